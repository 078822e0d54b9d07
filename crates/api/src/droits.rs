//! The balance and the statement.

use crate::contestations::ContestationVue;
use domaine::droits::{DeclarationSousNiveau3, Etat, Releve};
use domaine::mesures::{Annee, Euros, Jour, VariationHeures};
use serde::{Deserialize, Serialize};

pub use domaine::forms::SaisieSousNiveau3;

/// The balance, and what the screens around it need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DroitsVus {
    /// The day the balance is true of.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub au: Jour,
    /// The balance.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1810.00"))]
    pub solde: Euros,
    /// The part of it that comes from the DIF.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub dont_dif: Euros,
    /// The part of it that others added or that comes from volunteering: outside the ceiling.
    #[serde(default, skip_serializing_if = "Euros::est_nul")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub hors_plafond: Euros,
    /// The balance in hours, of a public agent.
    #[serde(default, skip_serializing_if = "VariationHeures::est_nulle")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0"))]
    pub solde_heures: VariationHeures,
    /// Where the account stops.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "5000.00"))]
    pub plafond: Euros,
    /// What can be done with the account.
    #[serde(default)]
    pub etat: Etat,
    /// Whether anything is known of the person's working life; else the balance is zero and the
    /// screen says why and what to do.
    pub connu: bool,
    /// Whether a DIF was declared.
    pub dif_declare: bool,
    /// The last day on which a DIF can be declared; nothing while it stays open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2021-06-30"))]
    pub fin_dif: Option<Jour>,
}

/// The statement, line by line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoriqueVu {
    /// The statement of the day that was asked for.
    pub releve: Releve,
    /// The last day that can be asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub aujourdhui: Jour,
    /// The day of the first line there is; nothing when today's statement has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2019-01-01"))]
    pub depuis: Option<Jour>,
    /// As in [`DroitsVus`].
    pub connu: bool,
    /// As in [`DroitsVus`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2021-06-30"))]
    pub fin_dif: Option<Jour>,
    /// The lines that the holder disputed, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contestations: Vec<ContestationVue>,
}

/// Below level 3: what the holder declared, and what it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SousNiveau3Vu {
    /// The declarations, newest first.
    pub declarations: Vec<DeclarationSousNiveau3>,
    /// Whether one counts today.
    pub en_cours: bool,
    /// The first year that a declaration made today raises.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026"))]
    pub annee: Annee,
    /// What a full year gives below level 3.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "800.00"))]
    pub credit: Euros,
    /// Where the account then stops.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "8000.00"))]
    pub plafond: Euros,
    /// What a full year gives otherwise.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "500.00"))]
    pub credit_ordinaire: Euros,
    /// Where the account stops otherwise.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "5000.00"))]
    pub plafond_ordinaire: Euros,
}
