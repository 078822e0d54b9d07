//! An identity that a provider of elsewhere proves.

use serde::{Deserialize, Serialize};

/// Where a browser goes: to prove who its holder is, or to end the session of the provider too. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddressView {
    /// The address of the provider, whole.
    #[serde(rename = "adresse")]
    pub address: String,
}

/// Whom a provider names. No `Debug`: it holds a name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReliableView {
    /// The birth name.
    pub nom_naissance: String,
    /// The given names; a hyphen for none.
    pub prenoms: String,
    /// The birth date as typed on a form: « 28/03/1979 », unknown parts as 00.
    pub date_naissance: String,
}

/// The identity that this browser came back with, if any. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentiteView {
    /// Whom its provider names; nothing when this browser brought nobody, or too long ago.
    pub identite: Option<ReliableView>,
}

/// Whether an identity of elsewhere opens the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LienView {
    /// Since when it opens the account, « 2026-11-23T10:04 » in French legal time; nothing when it does not.
    #[serde(rename = "relie_le")]
    pub linked_on: Option<String>,
    /// When it last did, likewise.
    #[serde(rename = "vu_le")]
    pub seen_on: Option<String>,
}
