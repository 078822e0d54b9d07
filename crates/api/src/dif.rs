//! DIF declarations.

use crate::handicap::ProofStatut;
use domaine::dif::{PieceType, Rapport};
use domaine::droits::Outlook;
use domaine::mesures::{Day, Euros, Hours};
use serde::{Deserialize, Serialize};

/// An attestation that was declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeclarationView {
    /// The reference given to the holder, for example `DIF-7K2M-9QXA`.
    pub reference: String,
    /// Its hours.
    #[serde(rename = "heures")]
    pub hours: Hours,
    /// What they are worth.
    pub euros: Euros,
    /// What the ceiling withheld of it the day it was declared, or the state of the account; zero most of the time.
    #[serde(rename = "retenu", default, skip_serializing_if = "Euros::is_zero")]
    pub withheld: Euros,
    /// How it relates to those before.
    pub rapport: Rapport,
    /// The day it was declared.
    #[serde(rename = "declaree_le")]
    pub declared_on: Day,
    /// The kind of proof.
    pub piece: PieceType,
    /// Whether it counts today; not once a later one stands for it or it was refused, nor before its proof was seen where
    /// this server asks so.
    #[serde(rename = "compte")]
    pub account: bool,
    /// Whether a later one stands for it.
    #[serde(rename = "remplacee", default, skip_serializing_if = "std::ops::Not::not")]
    pub replaced: bool,
    /// Whether its proof was seen, and what was decided.
    pub statut: ProofStatut,
    /// The day it was decided.
    #[serde(rename = "decidee_le", default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<Day>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raison: Option<String>,
}

/// All that was declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DifView {
    /// The declarations, newest first.
    pub declarations: Vec<DeclarationView>,
    /// The hours that count.
    #[serde(rename = "heures")]
    pub hours: Hours,
    /// What they are worth, before the ceiling.
    pub euros: Euros,
    /// The last day on which a DIF can be declared; nothing while it stays open.
    #[serde(rename = "fin", default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Day>,
    /// Whether one can be declared today, and how much of it the account has room for.
    #[serde(rename = "perspective", default)]
    pub outlook: Outlook,
}

/// The answer to a declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordedDif {
    /// What was recorded.
    pub declaration: DeclarationView,
    /// The balance after it.
    pub solde: Euros,
    /// What the ceiling withheld of it; zero most of the time.
    #[serde(rename = "retenu")]
    pub withheld: Euros,
}
