//! A disability that its holder declares with a proof.

use domaine::mesures::{Day, Euros};
use serde::{Deserialize, Serialize};

/// Where what was declared with a proof stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProofStatut {
    /// Nobody has seen its proof yet. A disability does not count then; a DIF counts or not, as this server chose.
    #[serde(rename = "en_attente")]
    Waiting,
    /// It counts.
    #[serde(rename = "acceptee")]
    Accepted,
    /// It does not.
    #[serde(rename = "refusee")]
    Refused,
    /// Its holder took it back: it counts no more, and its proof is erased.
    #[serde(rename = "retiree")]
    Withdrawn,
}

/// A declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandicapDeclarationView {
    /// The reference given to the holder, for example `HAN-7K2M-9QXA`.
    pub reference: String,
    /// The day it was declared.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    #[serde(rename = "declaree_le")]
    pub declared_on: Day,
    /// Where it stands.
    pub statut: ProofStatut,
    /// The day it was decided, or taken back.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-11-25"))]
    #[serde(rename = "decidee_le", default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<Day>,
    /// The first day that counts, once accepted.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2024-01-01"))]
    #[serde(rename = "du", default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The last, when there is one.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2028-12-31"))]
    #[serde(rename = "au", default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raison: Option<String>,
}

/// All that was declared, and what it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandicapView {
    /// The declarations, newest first.
    pub declarations: Vec<HandicapDeclarationView>,
    /// What a disability adds to a year as an employee.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "300.00"))]
    pub majoration: Euros,
}

impl HandicapView {
    /// Whether one waits to be seen: no other may be declared meanwhile.
    pub fn is_waiting(&self) -> bool {
        self.declarations.iter().any(|declaration| declaration.statut == ProofStatut::Waiting)
    }
}
