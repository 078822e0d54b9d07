//! The statement: lines that explain themselves, and their sum. Nothing here decides what a line holds.

use serde::{Deserialize, Serialize};

use super::ligne::Ligne;
use super::soldes::Etat;
use crate::mesures::{Euros, Jour, VariationHeures};

/// A statement of rights on a given day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Releve {
    /// The day it is true of.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub au: Jour,
    /// What can be done with the account on that day.
    #[serde(default)]
    pub etat: Etat,
    /// The sum of the lines.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1810.00"))]
    pub solde: Euros,
    /// The part of the balance that comes from the DIF.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub dont_dif: Euros,
    /// The part of the balance that comes from volunteering; outside the ceiling.
    #[serde(default, skip_serializing_if = "Euros::est_nul")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub dont_cec: Euros,
    /// The part of the balance that others added; outside the ceiling.
    #[serde(default, skip_serializing_if = "Euros::est_nul")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub dont_abondements: Euros,
    /// Where the account stops, on that day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "5000.00"))]
    pub plafond: Euros,
    /// The sum of the lines in hours: before 2019, or as a public agent.
    #[serde(default, skip_serializing_if = "VariationHeures::est_nulle")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0"))]
    pub solde_heures: VariationHeures,
    /// The lines, oldest first.
    pub lignes: Vec<Ligne>,
    /// What is acquired and not spendable yet: each line counts from its date, and its balances are those of then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acquises: Vec<Ligne>,
}
