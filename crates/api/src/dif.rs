//! DIF declarations.

use domaine::dif::{Rapport, TypePiece};
use domaine::mesures::{Euros, Heures, Jour};
use serde::{Deserialize, Serialize};

/// An attestation that was declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeclarationVue {
    /// The reference given to the holder, for example `DIF-7K2M-9QXA`.
    pub reference: String,
    /// Its hours.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "87"))]
    pub heures: Heures,
    /// What they are worth.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1305.00"))]
    pub euros: Euros,
    /// How it relates to those before.
    pub rapport: Rapport,
    /// The day it was declared.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub declaree_le: Jour,
    /// The kind of proof.
    pub piece: TypePiece,
    /// Whether it still counts, or a later one stands for it.
    pub compte: bool,
}

/// All that was declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DifVu {
    /// The declarations, newest first.
    pub declarations: Vec<DeclarationVue>,
    /// The hours that count.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "87"))]
    pub heures: Heures,
    /// What they are worth, before the ceiling.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1305.00"))]
    pub euros: Euros,
    /// The last day on which a DIF can be declared; nothing while it stays open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2021-06-30"))]
    pub fin: Option<Jour>,
}

/// The answer to a declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DifEnregistre {
    /// What was recorded.
    pub declaration: DeclarationVue,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2330.00"))]
    pub solde: Euros,
    /// What the ceiling withheld of it; zero most of the time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub retenu: Euros,
}
