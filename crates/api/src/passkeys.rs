//! Passkeys. What browsers and authenticators say to each other travels as one text, which the parser of the browser itself reads and
//! writes: it is not ours, and holds numbers.

use serde::{Deserialize, Serialize};

pub use domaine::forms::SaisieCleAcces;

/// What a browser asks its passkeys. Its cookie holds what must come back with the answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChallengeView {
    /// JSON of the Web Authentication recommendation, level 3: a `PublicKeyCredentialCreationOptionsJSON` or a
    /// `PublicKeyCredentialRequestOptionsJSON`.
    pub options: String,
}

/// What a passkey answered. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyAnswer {
    /// JSON of the same recommendation: what `PublicKeyCredential.toJSON()` gives.
    #[serde(rename = "reponse")]
    #[cfg_attr(feature = "openapi", schema(format = "json"))]
    pub response: String,
}

/// A passkey, as its holder sees it. No `Debug`: its name is personal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyView {
    /// By what it is named and removed; opens nothing.
    #[serde(rename = "numero")]
    pub number: String,
    /// What its holder calls it.
    #[serde(rename = "nom")]
    pub name: String,
    /// When it was added, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "ajoutee_le")]
    pub added_on: String,
    /// When it last opened the account.
    #[serde(rename = "utilisee_le")]
    pub used_on: Option<String>,
}

/// The passkeys of an account, the oldest first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeysView {
    /// The address at which passkeys can be used; nothing where browsers take none: at the address of a machine, or by http.
    #[serde(rename = "adresse")]
    pub address: Option<String>,
    /// Each passkey.
    #[serde(rename = "cles")]
    pub passkeys: Vec<PasskeyView>,
}

/// Another name for a passkey. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyName {
    /// Which one.
    #[serde(rename = "numero")]
    pub number: String,
    /// « Nom de la clé »: empty, it is known by its day.
    #[serde(rename = "nom")]
    pub name: String,
}

/// The passkey to remove.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyNumber {
    /// Which one.
    #[serde(rename = "numero")]
    pub number: String,
}
