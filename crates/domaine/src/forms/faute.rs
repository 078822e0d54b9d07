//! Why a field cannot be accepted, whatever the form: the one list that screens match to say it.

use serde::{Deserialize, Serialize};

use crate::dif::PieceInvalide;
use crate::droits::{DateInvalide, RaisonInvalide};
use crate::identite::nir::Incoherence;
use crate::identite::{
    CourrielInvalide, MotDePasseInvalide, NaissanceInvalide, NirInvalide, NomInvalide, TelephoneInvalide,
};
use crate::mesures::{Annee, HeuresInvalides};

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
    TelephoneManquant,
    /// Both boxes hold a mobile number: the fixed one is at fault.
    DeuxMobiles,
    /// Both boxes hold a fixed number: the mobile one is at fault.
    DeuxFixes,
    /// The e-mail.
    Courriel(CourrielInvalide),
    /// A password being chosen.
    MotDePasse(MotDePasseInvalide),
    /// A password being asked again was left empty.
    MotDePasseManquant,
    /// A password asked again is not the account's: decided by the server.
    MotDePasseFaux,
    /// The conditions were not accepted.
    Cgu,
    /// The hours of DIF.
    Heures(HeuresInvalides),
    /// The hours of DIF were left empty.
    HeuresManquantes,
    /// The file of the attestation.
    Piece(PieceInvalide),
    /// How this attestation relates to one already declared was not said.
    RapportManquant,
    /// Not a year, or one that is not between these two, both included.
    AnneeHorsBornes {
        /// The first.
        de: Annee,
        /// The last.
        a: Annee,
    },
    /// Not the hours that somebody works in a year.
    HeuresParAn,
    /// What one does for a living was not chosen.
    EmploiManquant,
    /// The day of a statement.
    Date(DateInvalide),
    /// Why a line is disputed.
    Raison(RaisonInvalide),
    /// The box that confirms was not ticked.
    ConfirmationManquante,
    /// The text holds more characters than any honest answer: refused unread.
    Demesure,
}

impl Faute {
    /// Whether typing more at the end of the field may still mend it: such a fault is
    /// not spoken of before the field is left.
    pub fn peut_devenir_juste(&self) -> bool {
        match self {
            Self::Nom(faute) => faute.peut_devenir_juste(),
            Self::Naissance(faute) => faute.peut_devenir_juste(),
            Self::Nir(faute) => faute.peut_devenir_juste(),
            Self::Telephone(faute) => faute.peut_devenir_juste(),
            Self::Courriel(faute) => faute.peut_devenir_juste(),
            Self::MotDePasse(faute) => faute.peut_devenir_juste(),
            Self::Date(faute) => faute.peut_devenir_juste(),
            Self::TelephoneManquant
            | Self::MotDePasseManquant
            | Self::Cgu
            | Self::ConfirmationManquante
            | Self::HeuresManquantes
            | Self::RapportManquant
            | Self::AnneeHorsBornes { .. }
            | Self::HeuresParAn
            | Self::EmploiManquant => true,
            Self::Raison(faute) => matches!(faute, RaisonInvalide::Vide),
            Self::Heures(faute) => matches!(faute, HeuresInvalides::Nulles),
            Self::Incoherence(_)
            | Self::DeuxMobiles
            | Self::DeuxFixes
            | Self::MotDePasseFaux
            | Self::Piece(_)
            | Self::Demesure => false,
        }
    }
}
