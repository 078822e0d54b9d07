//! What must be known of a working life to compute rights. No identity here.

use serde::{Deserialize, Serialize};

use crate::dif::Rapport;
use crate::mesures::{Annee, DureeTravaillee, Heures, Jour};

/// A working life, as far as the account knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// Hours of CPF held on 31 December 2018.
    pub heures_anterieures: Option<HeuresAnterieures>,
    /// Years of work since 2019, one record a year.
    pub activites: Vec<Activite>,
    /// DIF attestations, in the order they were declared.
    pub attestations: Vec<AttestationDeclaree>,
}

/// Hours acquired before accounts were kept in euros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeuresAnterieures {
    /// Whole hours.
    pub heures: Heures,
    /// Who said so.
    pub provenance: Provenance,
}

/// A year of work as an employee, all employers together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activite {
    /// The civil year.
    pub annee: Annee,
    /// Time worked, or counted as work.
    pub travail: DureeTravaillee,
    /// The full year of the profession when an agreement fixes it; else the legal one applies.
    pub reference: Option<DureeTravaillee>,
    /// Who said so.
    pub provenance: Provenance,
}

/// A DIF attestation that the holder has declared with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestationDeclaree {
    /// Whole hours, at most those of the barème.
    pub heures: Heures,
    /// How it relates to the attestations before it.
    pub rapport: Rapport,
    /// The day it was declared.
    pub declaree_le: Jour,
    /// The reference that the holder was given.
    pub reference: String,
}

/// Who made a fact known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Provenance {
    /// The employers' declarations (DSN).
    Employeurs,
    /// The balance in hours of the former account.
    AncienCompte,
    /// The holder.
    Titulaire,
}

impl Provenance {
    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Employeurs => "employeurs",
            Self::AncienCompte => "ancien_compte",
            Self::Titulaire => "titulaire",
        }
    }

    /// The provenance that this word names.
    pub fn par_code(code: &str) -> Option<Self> {
        [Self::Employeurs, Self::AncienCompte, Self::Titulaire].into_iter().find(|p| p.code() == code)
    }
}
