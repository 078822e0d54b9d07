//! The facts of a year of work that its credit uses, under which category, and why it may give nothing: what travels of it
//! in a statement and in the ledger. No rule.

use serde::{Deserialize, Serialize};

use super::activite::{Provenance, Statut};
use super::mouvements::Montant;
use crate::bareme::AbsenceNatures;
use crate::mesures::{Euros, Quantity, Year};

/// Why a year gives nothing, a payment is refused, or a line is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Raison {
    /// The contribution to training was not paid.
    #[serde(rename = "cotisation_impayee")]
    UnpaidCotisation,
    /// The age of the account was not reached.
    Age,
    /// A full-rate pension is due.
    Retraite,
    /// No rule gives anything to that status in that year.
    #[serde(rename = "sans_regle")]
    NoRule,
    /// The full year to which the work is compared is not known: no SMIC was given.
    #[serde(rename = "sans_reference")]
    NoReference,
    /// The account does not hold enough.
    #[serde(rename = "solde_insuffisant")]
    InsufficientSolde,
    /// A later DIF attestation stands for all.
    #[serde(rename = "attestation_remplacee")]
    ReplacedAttestation,
    /// The proof of the DIF attestation was refused.
    #[serde(rename = "attestation_refusee")]
    RefusedAttestation,
    /// The facts of the year were corrected.
    #[serde(rename = "annee_rectifiee")]
    RectifiedYear,
    /// The declaration of being below level 3 was wrong.
    #[serde(rename = "declaration_annulee")]
    CancelledDeclaration,
    /// The proof of a disability was accepted, which raises the year.
    #[serde(rename = "handicap_reconnu")]
    RecognisedDisability,
    /// Another line was corrected, which changes the room that was left for this one.
    #[serde(rename = "autre_ligne_corrigee")]
    OtherLineCorrected,
    /// The rule by which the line was given was not that of the text: the year is given what the text gives.
    #[serde(rename = "regle_corrigee")]
    CorrectedRule,
}

/// The category under which a year is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Category {
    /// An employee.
    Salarie,
    /// An employee below level 3.
    SalarieSousNiveau3,
    /// A person of an ESAT.
    Esat,
    /// A self-employed person.
    Independant,
    /// A public agent.
    Agent,
    /// A public agent of category C below level 3.
    AgentSousNiveau3,
}

impl Category {
    /// Whether it feeds the hours of a public agent, which are another counter than the euros of everybody else.
    pub(crate) const fn is_an_agents(self) -> bool {
        matches!(self, Self::Agent | Self::AgentSousNiveau3)
    }

    /// The category of a status, before anything is known of its holder.
    pub(in crate::droits) const fn of(statut: Statut) -> Self {
        match statut {
            Statut::Salarie => Self::Salarie,
            Statut::Esat => Self::Esat,
            Statut::Independant { .. } => Self::Independant,
            Statut::PublicAgent { without_niveau_3: true, .. } => Self::AgentSousNiveau3,
            Statut::PublicAgent { .. } => Self::Agent,
        }
    }
}

/// The facts of a year of work that the yearly credit uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct YearOfWork {
    /// The civil year of work.
    #[serde(rename = "annee")]
    pub year: Year,
    /// As whom; of several that feed one counter, the most favourable.
    #[serde(rename = "categorie")]
    pub category: Category,
    /// The other status of that year, less favourable, when there was a choice (R6323-27).
    #[serde(rename = "ecartee", default, skip_serializing_if = "Option::is_none")]
    pub discarded: Option<Category>,
    /// Work, absences that count as work included.
    #[serde(rename = "travail")]
    pub work: Quantity,
    /// The part of it that is absence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absences: Option<Quantity>,
    /// What those absences were.
    #[serde(default, skip_serializing_if = "AbsenceNatures::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::bareme::AbsenceNature>))]
    pub natures: AbsenceNatures,
    /// A full year of work.
    pub reference: Quantity,
    /// The credit of a full year.
    pub credit: Montant,
    /// What a disability adds to it.
    #[serde(default, skip_serializing_if = "Euros::is_zero")]
    pub majoration: Euros,
    /// Whether the holder declared it with a proof; else it is said as the rest of the year is.
    #[serde(rename = "handicap_declare", default, skip_serializing_if = "std::ops::Not::not")]
    pub declared_disability: bool,
    /// Who said so.
    pub provenance: Provenance,
}
