//! Why a field cannot be accepted, whatever the form: the one list that screens match to say it.

use serde::{Deserialize, Serialize};

use crate::dif::PieceInvalide;
use crate::droits::{DateInvalide, RaisonInvalide};
use crate::identite::nir::Incoherence;
use crate::identite::{
    CodeInvalide, CourrielInvalide, MotDePasseInvalide, NaissanceInvalide, NirInvalide, NomInvalide, TelephoneInvalide,
};
use crate::mesures::{HoursInvalides, Year};

/// Why a field cannot be accepted: a small fact, never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Faute {
    /// The names.
    Nom(NomInvalide),
    /// The birth date.
    Naissance(NaissanceInvalide),
    /// The thirteen characters or the key.
    Nir(NirInvalide),
    /// The NIR and the birth date contradict each other.
    Incoherence(Incoherence),
    /// A telephone number.
    Telephone(TelephoneInvalide),
    /// Neither of the two telephone numbers was given: shown at both fields.
    #[serde(rename = "telephone_manquant")]
    MissingTelephone,
    /// Both boxes hold a mobile number: the fixed one is at fault.
    #[serde(rename = "deux_mobiles")]
    TwoMobiles,
    /// Both boxes hold a fixed number: the mobile one is at fault.
    #[serde(rename = "deux_fixes")]
    TwoFixes,
    /// The e-mail.
    Courriel(CourrielInvalide),
    /// A password being chosen.
    MotDePasse(MotDePasseInvalide),
    /// A password being asked again was left empty.
    #[serde(rename = "mot_de_passe_manquant")]
    MissingMotDePasse,
    /// A password asked again is not the account's: decided by the server.
    #[serde(rename = "mot_de_passe_faux")]
    WrongMotDePasse,
    /// The password that must change is chosen again: decided by the server.
    #[serde(rename = "mot_de_passe_inchange")]
    SameMotDePasse,
    /// A code that was sent, as it is being copied.
    Code(CodeInvalide),
    /// Not the code that was sent last: decided by the server.
    #[serde(rename = "code_faux")]
    WrongCode,
    /// The code served already: an application shows another within half a minute, and a code that was kept serves once.
    #[serde(rename = "code_deja_servi")]
    UsedCode,
    /// The code serves no more: its time is over, or too many wrong ones were tried. Another must be asked for.
    #[serde(rename = "code_epuise")]
    SpentCode,
    /// The conditions were not accepted.
    Cgu,
    /// The hours of DIF.
    #[serde(rename = "heures")]
    Hours(HoursInvalides),
    /// The hours of DIF were left empty.
    #[serde(rename = "heures_manquantes")]
    MissingHours,
    /// The file of the attestation.
    Piece(PieceInvalide),
    /// How this attestation relates to one already declared was not said.
    #[serde(rename = "rapport_manquant")]
    MissingRapport,
    /// Not a year, or one that is not between these two, both included.
    #[serde(rename = "annee_hors_bornes")]
    YearOutOfBounds {
        /// The first.
        de: Year,
        /// The last.
        a: Year,
    },
    /// Not the hours that somebody works in a year.
    #[serde(rename = "heures_par_an")]
    HoursPerYear,
    /// What one does for a living was not chosen.
    #[serde(rename = "emploi_manquant")]
    MissingEmploi,
    /// The day of a statement.
    Date(DateInvalide),
    /// Why a line is disputed.
    Raison(RaisonInvalide),
    /// The box that confirms was not ticked.
    #[serde(rename = "confirmation_manquante")]
    MissingConfirmation,
    /// The text holds more characters than any honest answer: refused unread.
    #[serde(rename = "demesure")]
    Oversized,
}

impl Faute {
    /// Whether typing more at the end of the field may still mend it: such a fault is
    /// not spoken of before the field is left.
    pub fn can_become_right(&self) -> bool {
        match self {
            Self::Nom(faute) => faute.can_become_right(),
            Self::Naissance(faute) => faute.can_become_right(),
            Self::Nir(faute) => faute.can_become_right(),
            Self::Telephone(faute) => faute.can_become_right(),
            Self::Courriel(faute) => faute.can_become_right(),
            Self::MotDePasse(faute) => faute.can_become_right(),
            Self::Date(faute) => faute.can_become_right(),
            Self::Code(faute) => faute.can_become_right(),
            Self::MissingTelephone
            | Self::MissingMotDePasse
            | Self::Cgu
            | Self::MissingConfirmation
            | Self::MissingHours
            | Self::MissingRapport
            | Self::YearOutOfBounds { .. }
            | Self::HoursPerYear
            | Self::MissingEmploi => true,
            Self::Raison(faute) => matches!(faute, RaisonInvalide::Empty),
            Self::Hours(faute) => matches!(faute, HoursInvalides::Zero),
            Self::Incoherence(_)
            | Self::TwoMobiles
            | Self::TwoFixes
            | Self::WrongMotDePasse
            | Self::SameMotDePasse
            | Self::WrongCode
            | Self::UsedCode
            | Self::SpentCode
            | Self::Piece(_)
            | Self::Oversized => false,
        }
    }
}
