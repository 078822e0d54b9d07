//! Why one writes to a person, and what the letter says, in French. How it looks is elsewhere.

use domaine::identite::CodeCourriel;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::letter::Letter;

/// Why a letter is written. No `Debug`: it may hold a code.
#[derive(Clone, Copy)]
pub enum Occasion<'a> {
    /// The password changed.
    MotDePasseChanged,
    /// Another e-mail opens the account now; told to the one that did.
    CourrielChanged,
    /// The telephones changed.
    TelephonesChanged,
    /// Somebody signed in with a browser that the account did not know.
    NewDevice {
        /// The browser and system, in a few words.
        device: &'a str,
    },
    /// The account was closed, and what it held erased.
    AccountClosed,
    /// An operator answered a disputed line.
    ContestationAnswered {
        /// The reference that its holder was given.
        reference: &'a str,
    },
    /// An operator decided of a proof. The letter does not say of what: a disability is nobody's business at whoever reads
    /// this mailbox.
    ProofDecided {
        /// The reference that its holder was given.
        reference: &'a str,
    },
    /// The account was frozen by whoever runs the service.
    AccountFrozen {
        /// The reference of the account.
        account: &'a str,
    },
    /// It was thawed.
    AccountThawed {
        /// The reference of the account.
        account: &'a str,
    },
    /// Every device was signed out by whoever runs the service.
    SignedOut {
        /// The reference of the account.
        account: &'a str,
    },
    /// Somebody else proved that the NIR of the account is theirs: it is set aside.
    NirReleased {
        /// The reference of the account.
        account: &'a str,
    },
    /// What the account says of its holder was put right. The letter does not say what it was, nor what it is.
    IdentityCorrected {
        /// The reference of the account.
        account: &'a str,
        /// « votre nom ».
        what: &'a str,
    },
    /// A document that an operator saw proves whose account it is.
    IdentityProved {
        /// The reference of the account.
        account: &'a str,
    },
    /// A death was recorded: whoever reads this may be alive.
    DeathRecorded {
        /// The reference of the account.
        account: &'a str,
    },
    /// Nobody has used the account for years: it closes unless somebody signs in.
    AccountUnused {
        /// For how many.
        years: u16,
        /// The day it closes, JJ/MM/AAAA.
        closes_on: &'a str,
    },
    /// It was closed for that.
    UnusedAccountClosed {
        /// For how many years nobody used it.
        years: u16,
    },
    /// What was declared with a proof was taken back. The letter does not say what either.
    ProofWithdrawn,
    /// Somebody asked for an account with this mailbox, and may have it.
    SignUpCode {
        /// What proves that the mailbox is theirs.
        code: &'a CodeCourriel,
        /// What the link carries.
        token: &'a str,
        /// Until when the code can be typed.
        until: i64,
    },
    /// Somebody asked for an account with this mailbox, which has one.
    AlreadyAnAccount,
    /// Somebody asked, with another mailbox, for an account for the person who has this one.
    AskedWithYourNumber,
    /// Somebody asked for an account with this mailbox, and cannot have it. The letter does not say why: it may be read by
    /// whoever typed the number of another.
    NoAccountOpened,
    /// The holder asked for the way back into their account.
    RecoveryCode {
        /// What proves that the mailbox is theirs.
        code: &'a CodeCourriel,
        /// What the link carries.
        token: &'a str,
        /// Until when they serve.
        until: i64,
    },
    /// The holder of an account, who is connected, confirms its e-mail.
    ConfirmationCode {
        /// What proves that the mailbox is theirs.
        code: &'a CodeCourriel,
        /// Until when it serves.
        until: i64,
    },
    /// Somebody asked for the way back into the account of this mailbox, which has none.
    NoAccountHere,
    /// A lost password was replaced.
    AccessGivenBack,
}

/// Three days: whoever does not read mail more often is told on the site as well, and a mail server that is down for
/// longer is somebody's to mend.
const USEFUL: i64 = 3 * 24 * 3_600_000;
/// A letter with a code is of no use long after the code.
const USEFUL_WITH_A_CODE: i64 = 3_600_000;
/// Letters of one occasion that a mailbox gets in a day: a holder knows by then.
const A_DAY: i64 = 5;
/// Codes that a mailbox gets in a day: some people ask again before they look among the unwanted.
const CODES_A_DAY: i64 = 10;

impl Occasion<'_> {
    /// How long it is of use, in milliseconds.
    pub(crate) const fn useful_for(&self) -> i64 {
        match self {
            Self::SignUpCode { .. } | Self::RecoveryCode { .. } | Self::ConfirmationCode { .. } => USEFUL_WITH_A_CODE,
            _ => USEFUL,
        }
    }

    /// How many a mailbox gets in a day.
    pub(crate) const fn most_a_day(&self) -> i64 {
        match self {
            Self::SignUpCode { .. } | Self::RecoveryCode { .. } | Self::ConfirmationCode { .. } => CODES_A_DAY,
            _ => A_DAY,
        }
    }

    /// What the log and the outbox may say of it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MotDePasseChanged => "mot_de_passe_change",
            Self::CourrielChanged => "courriel_change",
            Self::TelephonesChanged => "telephones_changes",
            Self::NewDevice { .. } => "nouvel_appareil",
            Self::AccountClosed => "compte_ferme",
            Self::ContestationAnswered { .. } => "contestation_repondue",
            Self::ProofDecided { .. } => "justificatif_decide",
            Self::AccountFrozen { .. } => "compte_gele",
            Self::AccountThawed { .. } => "compte_degele",
            Self::SignedOut { .. } => "deconnecte_par_le_service",
            Self::NirReleased { .. } => "nir_libere",
            Self::IdentityCorrected { .. } => "identite_corrigee",
            Self::IdentityProved { .. } => "identite_prouvee",
            Self::DeathRecorded { .. } => "deces_note",
            Self::ProofWithdrawn => "justificatif_retire",
            Self::SignUpCode { .. } => "code_inscription",
            Self::AlreadyAnAccount => "compte_existant",
            Self::AskedWithYourNumber => "numero_demande",
            Self::NoAccountOpened => "inscription_sans_suite",
            Self::RecoveryCode { .. } => "code_recuperation",
            Self::ConfirmationCode { .. } => "code_confirmation",
            Self::NoAccountHere => "aucun_compte",
            Self::AccessGivenBack => "acces_rendu",
            Self::AccountUnused { .. } => "compte_inutilise",
            Self::UnusedAccountClosed { .. } => "compte_inutilise_ferme",
        }
    }

    /// The letter, for the site of this address.
    pub(crate) fn letter(&self, site: &str, now: i64) -> Letter {
        let when = ("Quand", moment(now));
        let to = |path: &str| format!("{site}{path}");
        match self {
            Self::MotDePasseChanged => Letter::about("Votre mot de passe a changé")
                .says("Le mot de passe de votre compte de formation vient de changer. Tous les autres appareils ont été déconnectés.")
                .with(vec![when])
                .says("C’était vous ? Vous n’avez rien à faire.")
                .says(NOT_YOU_AND_OUT)
                .leads("Demander de l’aide", to("/aide")),
            Self::CourrielChanged => Letter::about("L’adresse de votre compte a changé")
                .says(
                    "Une autre adresse de courriel ouvre désormais votre compte de formation. Celle-ci ne l’ouvre plus, et ce \
                     message est le dernier qu’elle reçoit.",
                )
                .with(vec![when])
                .says("C’était vous ? Vous n’avez rien à faire.")
                .says(NOT_YOU_AND_OUT)
                .leads("Demander de l’aide", to("/aide")),
            Self::TelephonesChanged => Letter::about("Vos numéros de téléphone ont changé")
                .says("Les numéros de téléphone de votre compte de formation viennent de changer.")
                .with(vec![when])
                .says("C’était vous ? Vous n’avez rien à faire.")
                .says(NOT_YOU)
                .leads("Voir mon profil", to("/profil")),
            Self::NewDevice { device } => Letter::about("Nouvelle connexion à votre compte")
                .says("Quelqu’un s’est connecté à votre compte de formation depuis un appareil que votre compte ne connaissait pas.")
                .with(vec![when, ("Appareil", (*device).to_owned())])
                .says("C’était vous ? Vous n’avez rien à faire.")
                .says(NOT_YOU)
                .leads("Voir les appareils connectés", to("/profil")),
            Self::AccountClosed => Letter::about("Votre compte est fermé")
                .says(
                    "Votre compte de formation est fermé. Ce que vous y aviez écrit et vos justificatifs sont effacés ; ce que vos \
                     employeurs ont déclaré leur appartient et reste connu.",
                )
                .with(vec![when])
                .says("Vous pourrez en ouvrir un autre quand vous voudrez : vos droits vous attendent.")
                .says("Ce n’était pas vous ? Écrivez sans attendre à qui tient ce service : ses coordonnées sont sur la page d’aide.")
                .leads("Demander de l’aide", to("/aide")),
            Self::ContestationAnswered { reference } => Letter::about("Une réponse à votre contestation")
                .says("Une réponse a été écrite à la ligne que vous contestez. Elle se lit dans votre compte, sous cette ligne.")
                .with(vec![("Référence", (*reference).to_owned())])
                .leads("Lire la réponse", to("/historique")),
            Self::ProofDecided { reference } => Letter::about("Votre justificatif a été examiné")
                .says("Le justificatif que vous avez déposé a été examiné. Ce qui a été décidé se lit dans votre compte.")
                .with(vec![("Référence", (*reference).to_owned())])
                .leads("Lire la décision", to("/mes-droits")),
            Self::AccountFrozen { account } => Letter::about("Votre compte est gelé")
                .says(
                    "Qui tient ce service a gelé votre compte de formation pour le protéger. Personne ne peut plus s’y connecter ni rien \
                     y changer, pas même avec le bon mot de passe. Vos droits restent les mêmes.",
                )
                .with(vec![when, ("Référence du compte", (*account).to_owned())])
                .says("Pour le rouvrir, écrivez à qui tient ce service, avec cette référence : ses coordonnées sont sur la page d’aide.")
                .leads("Demander de l’aide", to("/aide")),
            Self::AccountThawed { account } => Letter::about("Votre compte est rouvert")
                .says("Votre compte de formation n’est plus gelé : vous pouvez vous y connecter comme avant.")
                .with(vec![when, ("Référence du compte", (*account).to_owned())])
                .says(NOT_ASKED)
                .leads("Me connecter", to("/connexion")),
            Self::SignedOut { account } => Letter::about("Vos appareils sont déconnectés")
                .says(
                    "Qui tient ce service a déconnecté tous les appareils de votre compte de formation. Votre mot de passe n’a pas \
                     changé : vous pouvez vous reconnecter.",
                )
                .with(vec![when, ("Référence du compte", (*account).to_owned())])
                .leads("Me connecter", to("/connexion")),
            Self::NirReleased { account } => Letter::about("Votre compte est mis à part")
                .says(
                    "Une autre personne a prouvé que le numéro de sécurité sociale de ce compte est le sien. Le compte est mis à part : \
                     personne ne peut s’y connecter, et rien de ce qu’il contient n’est montré à cette personne.",
                )
                .with(vec![when, ("Référence du compte", (*account).to_owned())])
                .says(
                    "Vous vous étiez trompé de numéro, ou ce numéro est bien le vôtre ? Écrivez à qui tient ce service, avec cette \
                     référence : ses coordonnées sont sur la page d’aide. Votre compte peut recevoir son vrai numéro.",
                )
                .leads("Demander de l’aide", to("/aide")),
            Self::IdentityCorrected { account, what } => Letter::about("Votre identité a été corrigée")
                .says(["Sur preuve, qui tient ce service a corrigé ", what, " dans votre compte de formation."].concat())
                .with(vec![when, ("Référence du compte", (*account).to_owned())])
                .says(NOT_ASKED)
                .leads("Voir mon profil", to("/profil")),
            Self::IdentityProved { account } => Letter::about("Votre identité est prouvée")
                .says(
                    "Qui tient ce service a vu un document qui prouve votre identité, et l’a noté sur votre compte de formation. Vous \
                     pouvez désormais télécharger toutes vos données, vos justificatifs compris.",
                )
                .with(vec![when, ("Référence du compte", (*account).to_owned())])
                .says(NOT_ASKED)
                .leads("Voir mon profil", to("/profil")),
            Self::DeathRecorded { account } => Letter::about("Un décès a été noté sur ce compte")
                .says("Le décès du titulaire de ce compte de formation nous a été appris. Le compte est clos, et plus personne ne s’y connecte.")
                .with(vec![when, ("Référence du compte", (*account).to_owned())])
                .says(
                    "Si vous êtes ce titulaire, écrivez sans attendre à qui tient ce service, avec cette référence : ses coordonnées \
                     sont sur la page d’aide. Tout sera rétabli.",
                )
                .leads("Demander de l’aide", to("/aide")),
            Self::AccountUnused { years, closes_on } => Letter::about("Votre compte va être fermé")
                .says(format!(
                    "Personne ne s’est connecté à votre compte de formation depuis {years} ans. Sans nouvelle de vous, il sera fermé, et \
                     ce que vous y avez écrit sera effacé. Ce que vos employeurs ont déclaré reste connu."
                ))
                .with(vec![("Fermeture", ["à partir du ", closes_on].concat())])
                .says("Pour le garder, connectez-vous une fois avant ce jour : cela suffit.")
                .says("Mot de passe perdu, ou plus d’accès ? Écrivez à qui tient ce service : ses coordonnées sont sur la page d’aide.")
                .leads("Me connecter", to("/connexion")),
            Self::UnusedAccountClosed { years } => Letter::about("Votre compte est fermé")
                .says(format!(
                    "Personne ne s’était connecté à votre compte de formation depuis {years} ans, et deux courriels vous l’avaient \
                     annoncé : il est fermé. Ce que vous y aviez écrit et vos justificatifs sont effacés ; ce que vos employeurs ont \
                     déclaré leur appartient et reste connu."
                ))
                .with(vec![when])
                .says("Vous pourrez en ouvrir un autre quand vous voudrez.")
                .leads("Ouvrir un compte", to("/inscription")),
            Self::ProofWithdrawn => Letter::about("Une déclaration a été retirée de votre compte")
                .says(
                    "Ce que vous aviez déclaré avec un justificatif vient d’être retiré de votre compte de formation, et le \
                     justificatif est effacé. Ce que cette déclaration avait ajouté reste.",
                )
                .with(vec![when])
                .says("C’était vous ? Vous n’avez rien à faire.")
                .says(NOT_YOU)
                .leads("Voir mes droits", to("/mes-droits")),
            Self::SignUpCode { code, token, until } => Letter::about("Confirmez votre adresse pour ouvrir votre compte")
                .says("Vous avez demandé un compte de formation. Pour l’ouvrir, montrez que cette adresse est bien la vôtre.")
                .says("Tapez ce code sur la page où vous vous êtes inscrit :")
                .shows(code.group())
                .with(vec![("Ce code sert", until_words(*until))])
                .says(
                    "Ou suivez ce lien et confirmez. Sur un autre appareil que celui de votre inscription, votre mot de passe vous sera \
                     demandé.",
                )
                .leads("Confirmer mon adresse", to(&format!("/confirmer#{token}")))
                .says(
                    "Ce n’était pas vous ? Ne faites rien : sans ce code, aucun compte ne s’ouvre, et la demande s’efface \
                     d’elle-même en une journée.",
                ),
            Self::ConfirmationCode { code, until } => Letter::about("Confirmez l’adresse de votre compte")
                .says("Vous êtes connecté à votre compte de formation et confirmez que cette adresse est la vôtre.")
                .says("Tapez ce code dans votre profil, sur l’appareil où vous l’avez demandé :")
                .shows(code.group())
                .with(vec![("Ce code sert", until_words(*until))])
                .leads("Voir mon profil", to("/profil"))
                .says(NOT_YOU),
            Self::AlreadyAnAccount => Letter::about("Vous avez déjà un compte")
                .says(
                    "Quelqu’un, vous sans doute, vient de demander un compte de formation avec cette adresse. Elle en ouvre déjà un : \
                     il n’y a rien à refaire, vos droits vous y attendent.",
                )
                .with(vec![when])
                .leads("Me connecter", to("/connexion"))
                .says("Votre mot de passe est oublié ? Vous pouvez en choisir un autre.")
                .leads("Choisir un autre mot de passe", to("/mot-de-passe-oublie"))
                .says("Ce n’était pas vous ? Ne faites rien : votre compte n’a pas changé."),
            Self::AskedWithYourNumber => Letter::about("Une demande de compte avec votre numéro")
                .says(
                    "Quelqu’un vient de demander un compte de formation avec votre numéro de sécurité sociale et une autre adresse que \
                     celle-ci. Aucun compte n’a été ouvert, et le vôtre n’a pas changé.",
                )
                .with(vec![when])
                .says("C’était vous ? Votre compte existe déjà, et c’est cette adresse qui l’ouvre.")
                .leads("Me connecter", to("/connexion"))
                .leads("Choisir un autre mot de passe", to("/mot-de-passe-oublie"))
                .says(
                    "Ce n’était pas vous ? Quelqu’un connaît votre numéro. Vous n’avez rien à faire ici ; si cela se répète, écrivez à qui \
                     tient ce service : ses coordonnées sont sur la page d’aide.",
                )
                .leads("Demander de l’aide", to("/aide")),
            Self::NoAccountOpened => Letter::about("Votre demande de compte n’a pas abouti")
                .says(
                    "Un compte de formation a été demandé avec cette adresse. Avec ce qui a été saisi, il ne peut pas être ouvert. Rien \
                     n’en est gardé.",
                )
                .with(vec![when])
                .says(
                    "Si c’était vous, relisez votre nom de naissance, votre date de naissance et votre numéro de sécurité sociale, tels \
                     qu’ils sont sur votre carte Vitale, puis recommencez. Si vous avez déjà ouvert un compte avec une autre adresse, \
                     c’est elle qui vous le rouvre.",
                )
                .leads("Recommencer mon inscription", to("/inscription"))
                .leads("Retrouver mon compte", to("/mot-de-passe-oublie"))
                .says("Si tout est juste, écrivez à qui tient ce service : ses coordonnées sont sur la page d’aide.")
                .leads("Demander de l’aide", to("/aide"))
                .says("Ce n’était pas vous ? Ne faites rien."),
            Self::RecoveryCode { code, token, until } => Letter::about("Choisissez un autre mot de passe")
                .says("Vous avez demandé à retrouver votre compte de formation. Tapez ce code sur la page où vous l’avez demandé :")
                .shows(code.group())
                .with(vec![("Ce code sert", until_words(*until))])
                .says("Ou suivez ce lien, sur l’appareil de votre choix :")
                .leads("Choisir un autre mot de passe", to(&format!("/mot-de-passe-oublie#{token}")))
                .says(
                    "Ce n’était pas vous ? Ne faites rien : votre mot de passe n’a pas changé. Ne donnez ce code à personne.",
                ),
            Self::NoAccountHere => Letter::about("Cette adresse n’ouvre aucun compte")
                .says(
                    "Quelqu’un, vous peut-être, cherche à retrouver un compte de formation avec cette adresse. Elle n’en ouvre aucun.",
                )
                .with(vec![when])
                .says("Si c’était vous, essayez une autre adresse que vous auriez pu donner, ou ouvrez un compte.")
                .leads("Essayer une autre adresse", to("/mot-de-passe-oublie"))
                .leads("Ouvrir un compte", to("/inscription"))
                .says("Ce n’était pas vous ? Ne faites rien."),
            Self::AccessGivenBack => Letter::about("Votre mot de passe a été remplacé")
                .says(
                    "Le mot de passe oublié de votre compte de formation vient d’être remplacé. Tous les appareils ont été déconnectés, \
                     sauf celui qui l’a choisi.",
                )
                .with(vec![when])
                .says("C’était vous ? Vous n’avez rien à faire.")
                .says(NOT_YOU_AND_OUT)
                .leads("Demander de l’aide", to("/aide")),
        }
    }
}

const NOT_YOU: &str = "Ce n’était pas vous ? Connectez-vous, changez votre mot de passe et déconnectez les autres appareils. Si vous ne \
                       pouvez plus vous connecter, écrivez à qui tient ce service : ses coordonnées sont sur la page d’aide.";
const NOT_ASKED: &str = "Vous ne l’aviez pas demandé ? Écrivez sans attendre à qui tient ce service : ses coordonnées sont sur la page d’aide.";
const NOT_YOU_AND_OUT: &str = "Ce n’était pas vous ? Quelqu’un a pris votre compte. Écrivez sans attendre à qui tient ce service : ses \
                               coordonnées sont sur la page d’aide.";

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « le 28 novembre 2026 à 10 h 05 », in French legal time.
pub(crate) fn moment(now: i64) -> String {
    let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let at = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(paris);
    let day = if at.day() == 1 { "1er".to_owned() } else { at.day().to_string() };
    let month = usize::try_from(at.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("le {day} {month} {} à {} h {:02} (heure de Paris)", at.year(), at.hour(), at.minute())
}

/// « jusqu’à 11 h 20 (heure de Paris) ».
fn until_words(until: i64) -> String {
    let told = moment(until);
    let hour = told.split_once(" à ").map_or(told.as_str(), |(_, hour)| hour);
    format!("jusqu’à {hour}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_french_and_by_the_time_of_paris() {
        assert_eq!(moment(1_795_860_300_000), "le 28 novembre 2026 à 11 h 05 (heure de Paris)");
        assert_eq!(moment(1_782_856_800_000), "le 1er juillet 2026 à 0 h 00 (heure de Paris)");
    }

    #[test]
    fn each_letter_has_its_subject_which_never_holds_a_code() {
        let code = &CodeCourriel::of(41_837);
        let all = [
            Occasion::MotDePasseChanged,
            Occasion::CourrielChanged,
            Occasion::TelephonesChanged,
            Occasion::NewDevice { device: "Firefox sur Linux" },
            Occasion::AccountClosed,
            Occasion::ContestationAnswered { reference: "C-0000-0000" },
            Occasion::ProofDecided { reference: "HAN-0000-0000" },
            Occasion::AccountFrozen { account: "CPT-0000-0000-0000" },
            Occasion::AccountThawed { account: "CPT-0000-0000-0000" },
            Occasion::SignedOut { account: "CPT-0000-0000-0000" },
            Occasion::NirReleased { account: "CPT-0000-0000-0000" },
            Occasion::IdentityCorrected { account: "CPT-0000-0000-0000", what: "votre nom" },
            Occasion::IdentityProved { account: "CPT-0000-0000-0000" },
            Occasion::DeathRecorded { account: "CPT-0000-0000-0000" },
            Occasion::ProofWithdrawn,
            Occasion::SignUpCode { code, token: "0f0f", until: 0 },
            Occasion::AlreadyAnAccount,
            Occasion::AskedWithYourNumber,
            Occasion::NoAccountOpened,
            Occasion::RecoveryCode { code, token: "0f0f", until: 0 },
            Occasion::ConfirmationCode { code, until: 0 },
            Occasion::NoAccountHere,
            Occasion::AccessGivenBack,
            Occasion::AccountUnused { years: 5, closes_on: "21/02/2027" },
            Occasion::UnusedAccountClosed { years: 5 },
        ];
        for occasion in all {
            let letter = occasion.letter("https://acquis.example", 0);
            assert!(!letter.subject.is_empty() && letter.subject.chars().count() <= 60, "{}", letter.subject);
            assert!(!letter.subject.contains(|c: char| c.is_ascii_digit()), "{}", letter.subject);
            assert!(letter.text().contains("https://acquis.example/"), "{} leads somewhere", occasion.code());
            // A mailbox reads them, and whoever looks over its shoulder: a refusal does not say what stood in the way.
            if matches!(occasion, Occasion::NoAccountOpened) {
                let said = letter.text();
                assert!(!said.contains("déjà un compte avec ce numéro") && !said.contains("employeur"), "{said}");
            }
        }
    }
}
