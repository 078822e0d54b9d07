//! What became of the second step of an account: each is told, since a thief may have done it.

use super::{NOT_YOU, NOT_YOU_AND_OUT, Site};
use crate::letter::Letter;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondStepNews {
    /// An application shows it from now on.
    Set,
    /// The codes to keep are others.
    Renewed,
    /// The password alone is asked for.
    Removed,
    /// A code that was kept served.
    RecoveryUsed {
        /// How many are left.
        left: i64,
    },
    /// Somebody gave the right password, and as many wrong codes as may be tried.
    Guessed,
    /// Whoever runs the service lifted it, on a proof.
    Lifted,
}

impl SecondStepNews {
    /// What the log and the outbox may say of it.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Set => "seconde_etape_posee",
            Self::Renewed => "codes_secours_renouveles",
            Self::Removed => "seconde_etape_retiree",
            Self::RecoveryUsed { .. } => "code_secours_servi",
            Self::Guessed => "seconde_etape_ratee",
            Self::Lifted => "seconde_etape_levee",
        }
    }
}

pub(super) fn letter(site: Site<'_>, news: SecondStepNews) -> Letter {
    let (subject, says) = match news {
        SecondStepNews::Set => (
            "Une seconde étape protège votre compte",
            "Pour ouvrir votre compte de formation, il faut désormais, après le mot de passe, un code de votre application. Les autres \
             appareils ont été déconnectés. Gardez vos codes de secours ailleurs que sur votre téléphone."
                .to_owned(),
        ),
        SecondStepNews::Renewed => (
            "Vos codes de secours ont été renouvelés",
            "D’autres codes de secours viennent d’être remis pour votre compte de formation. Les précédents ne servent plus.".to_owned(),
        ),
        SecondStepNews::Removed => (
            "La seconde étape est retirée de votre compte",
            "Votre compte de formation s’ouvre de nouveau avec le seul mot de passe. Les codes de secours ne servent plus.".to_owned(),
        ),
        SecondStepNews::RecoveryUsed { left } => (
            "Un code de secours a servi",
            format!(
                "Un de vos codes de secours vient d’ouvrir votre compte de formation, à la place de l’application. {}",
                match left {
                    0 => "C’était le dernier : demandez-en d’autres dans « Mes accès ».".to_owned(),
                    1 => "Il en reste un seul : demandez-en d’autres dans « Mes accès ».".to_owned(),
                    left => format!("Il en reste {left}."),
                }
            ),
        ),
        SecondStepNews::Guessed => (
            "Quelqu’un connaît votre mot de passe",
            "Quelqu’un a donné le bon mot de passe de votre compte de formation, puis plusieurs codes faux à la seconde étape. Rien n’a été \
             ouvert. Si ce n’était pas vous, changez votre mot de passe sans attendre."
                .to_owned(),
        ),
        SecondStepNews::Lifted => (
            "La seconde étape de votre compte est levée",
            "Sur preuve, la personne qui tient ce service a levé la seconde étape de votre compte de formation : le mot de passe seul l’ouvre \
             de nouveau. Vous pouvez en poser une autre dans « Mes accès »."
                .to_owned(),
        ),
    };
    let letter = Letter::about(subject).says(says).with(vec![site.when()]);
    let otherwise = if matches!(news, SecondStepNews::Guessed) { NOT_YOU } else { NOT_YOU_AND_OUT };
    site.asks_who(letter, otherwise).leads("Voir mes accès", site.to("/acces"))
}
