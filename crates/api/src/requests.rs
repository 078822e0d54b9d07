//! What is asked for and proved by a letter: an account, the way back into one.

use domaine::freezing::FrozenBy;
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

/// An account that is frozen, told to whoever gave its password. No `Debug`: it may hold an e-mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GelView {
    /// Since when, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "depuis")]
    pub since: String,
    /// By whom, and from where.
    #[serde(rename = "par")]
    pub by: FrozenBy,
    /// Whether a code sent to the e-mail of the account opens it again, with the password; else a printed one does, unless whoever
    /// runs the service froze it.
    #[serde(rename = "par_courriel")]
    pub by_mail: bool,
    /// The code that was sent to the e-mail, if one was.
    pub attente: Option<AttenteView>,
}

/// What this browser may open again, if anything. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenView {
    /// The frozen account whose password it gave; nothing when it gave none.
    pub gel: Option<GelView>,
}
