//! What is asked for and proved by a letter: an account, the way back into one.

use serde::{Deserialize, Serialize};

pub use domaine::forms::{SaisieCode, SaisieNouvelAcces, SaisieRecuperation};

/// A request that waits for what a letter says. No `Debug`: it holds an e-mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttenteView {
    /// Where it was written, as typed.
    pub courriel: String,
    /// Until when the last code can be typed, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "code_jusqu_a")]
    pub code_until: String,
    /// Whether this server sends nothing: its letters are read at `/boite`.
    #[serde(rename = "boite")]
    pub stays_here: bool,
    /// Whether it was proved already, perhaps on another device.
    #[serde(rename = "ouvert")]
    pub opened: bool,
}

/// « Ce n'était pas moi »: what the link of a letter carries. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieArret {
    /// The token.
    #[serde(rename = "jeton")]
    pub token: String,
}

/// What this browser waits for, if anything. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingView {
    /// The request that it made; nothing when it made none, or when it is over.
    pub attente: Option<AttenteView>,
}
