//! The balance and the statement.

use domaine::droits::Releve;
use domaine::mesures::{Euros, Jour};
use serde::{Deserialize, Serialize};

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
    /// Where the account stops.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "5000.00"))]
    pub plafond: Euros,
    /// Whether anything is known of the person's working life; else the balance is zero and the
    /// screen says why and what to do.
    pub connu: bool,
    /// Whether a DIF was declared.
    pub dif_declare: bool,
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
}
