use super::*;

#[test]
fn each_letter_has_its_subject_which_never_holds_a_code() {
    let code = &CodeCourriel::of(41_837);
    let all = [
        Occasion::MotDePasseChanged,
        Occasion::CourrielChanged,
        Occasion::TelephonesChanged,
        Occasion::NewDevice { device: "Firefox sur Linux" },
        Occasion::PasskeyAdded { device: "Firefox sur Linux" },
        Occasion::PasskeyRemoved { device: "Firefox sur Linux" },
        Occasion::AccountClosed,
        Occasion::ClosingAsked { on: 0 },
        Occasion::ClosingTakenBack,
        Occasion::ContestationAnswered { reference: "C-0000-0000" },
        Occasion::ProofDecided { reference: "HAN-0000-0000" },
        Occasion::FrozenByHolder { account: "CPT-0000-0000-0000", by: FrozenBy::Profil },
        Occasion::FrozenByHolder { account: "CPT-0000-0000-0000", by: FrozenBy::Letter },
        Occasion::FrozenByHolder { account: "CPT-0000-0000-0000", by: FrozenBy::FormerAddress },
        Occasion::ThawCode { code, until: 0 },
        Occasion::ThawedByHolder { account: "CPT-0000-0000-0000" },
        Occasion::AccountFrozen { account: "CPT-0000-0000-0000" },
        Occasion::AccountThawed { account: "CPT-0000-0000-0000" },
        Occasion::SignedOut { account: "CPT-0000-0000-0000" },
        Occasion::NirReleased { account: "CPT-0000-0000-0000" },
        Occasion::IdentityCorrected { account: "CPT-0000-0000-0000", what: "votre nom" },
        Occasion::IdentityProved { account: "CPT-0000-0000-0000" },
        Occasion::SetAside { account: "CPT-0000-0000-0000" },
        Occasion::Outranked { account: "CPT-0000-0000-0000" },
        Occasion::IdentityLinked { provider: "FranceConnect" },
        Occasion::IdentityUnlinked { provider: "FranceConnect" },
        Occasion::NirGivenBack { account: "CPT-0000-0000-0000" },
        Occasion::AnotherHadYourNumber,
        Occasion::CodePrinted { account: "CPT-0000-0000-0000" },
        Occasion::CourrielTakenOff { account: "CPT-0000-0000-0000" },
        Occasion::CourrielGiven { account: "CPT-0000-0000-0000" },
        Occasion::DeathRecorded { account: "CPT-0000-0000-0000" },
        Occasion::ProofWithdrawn,
        Occasion::SignUpCode { code, token: "0f0f", until: 0 },
        Occasion::AlreadyAnAccount,
        Occasion::AskedWithYourNumber,
        Occasion::NoAccountOpened,
        Occasion::RecoveryCode { code, token: "0f0f", until: 0 },
        Occasion::ConfirmationCode { code, until: 0 },
        Occasion::ChangeCode { code, until: 0, what: "ses téléphones" },
        Occasion::NewCourrielCode { code, until: 0 },
        Occasion::NewCourrielTaken,
        Occasion::NoAccountHere,
        Occasion::AccessGivenBack,
        Occasion::AccountUnused { years: 5, closes_on: "21/02/2027" },
        Occasion::UnusedAccountClosed { years: 5 },
        Occasion::SecondStep(SecondStepNews::Set),
        Occasion::SecondStep(SecondStepNews::Renewed),
        Occasion::SecondStep(SecondStepNews::Removed),
        Occasion::SecondStep(SecondStepNews::RecoveryUsed { left: 1 }),
        Occasion::SecondStep(SecondStepNews::Guessed),
        Occasion::SecondStep(SecondStepNews::Lifted),
        Occasion::ExportLeft { whole: false, device: "Firefox sur Linux" },
        Occasion::ExportLeft { whole: true, device: "Firefox sur Linux" },
    ];
    for occasion in all {
        let site = Site { address: "https://acquis.example", now: 0, stop: None };
        let letter = occasion.letter(site);
        assert!(!letter.subject.is_empty() && letter.subject.chars().count() <= 60, "{}", letter.subject);
        assert!(!letter.subject.contains(|c: char| c.is_ascii_digit()), "{}", letter.subject);
        assert!(letter.text().contains("https://acquis.example/"), "{} leads somewhere", occasion.code());
        let stopping = occasion.letter(Site { stop: Some("0f0f"), ..site });
        let links = stopping.text().matches("https://acquis.example/ce-n-etait-pas-moi#0f0f").count();
        assert_eq!(links, usize::from(occasion.can_be_stopped()), "{}", occasion.code());
        // A mailbox reads them, and whoever looks over its shoulder: a refusal does not say what stood in the way.
        if matches!(occasion, Occasion::NoAccountOpened) {
            let said = letter.text();
            assert!(!said.contains("déjà un compte avec ce numéro") && !said.contains("employeur"), "{said}");
        }
    }
}
