//! Why one writes to a person, and what the letter says, in French. How it looks is elsewhere.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::letter::Letter;

/// Why a letter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// A death was recorded: whoever reads this may be alive.
    DeathRecorded {
        /// The reference of the account.
        account: &'a str,
    },
    /// What was declared with a proof was taken back. The letter does not say what either.
    ProofWithdrawn,
}

impl Occasion<'_> {
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
            Self::DeathRecorded { .. } => "deces_note",
            Self::ProofWithdrawn => "justificatif_retire",
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
            Self::DeathRecorded { account } => Letter::about("Un décès a été noté sur ce compte")
                .says("Le décès du titulaire de ce compte de formation nous a été appris. Le compte est clos, et plus personne ne s’y connecte.")
                .with(vec![when, ("Référence du compte", (*account).to_owned())])
                .says(
                    "Si vous êtes ce titulaire, écrivez sans attendre à qui tient ce service, avec cette référence : ses coordonnées \
                     sont sur la page d’aide. Tout sera rétabli.",
                )
                .leads("Demander de l’aide", to("/aide")),
            Self::ProofWithdrawn => Letter::about("Une déclaration a été retirée de votre compte")
                .says(
                    "Ce que vous aviez déclaré avec un justificatif vient d’être retiré de votre compte de formation, et le \
                     justificatif est effacé. Ce que cette déclaration avait ajouté reste.",
                )
                .with(vec![when])
                .says("C’était vous ? Vous n’avez rien à faire.")
                .says(NOT_YOU)
                .leads("Voir mes droits", to("/mes-droits")),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_french_and_by_the_time_of_paris() {
        assert_eq!(moment(1_795_860_300_000), "le 28 novembre 2026 à 11 h 05 (heure de Paris)");
        assert_eq!(moment(1_782_856_800_000), "le 1er juillet 2026 à 0 h 00 (heure de Paris)");
    }

    #[test]
    fn each_letter_has_its_subject_and_says_nothing_that_opens_an_account() {
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
            Occasion::DeathRecorded { account: "CPT-0000-0000-0000" },
            Occasion::ProofWithdrawn,
        ];
        for occasion in all {
            let letter = occasion.letter("https://acquis.example", 0);
            assert!(!letter.subject.is_empty() && letter.subject.chars().count() <= 60, "{}", letter.subject);
            assert!(letter.text().contains("https://acquis.example/"), "{occasion:?} leads somewhere");
        }
    }
}
