//! What is asked for besides the password: set, shown, removed.

use serde::{Deserialize, Serialize};

pub use domaine::forms::{SaisiePreuves, SaisieSecondeEtape};

/// A way to show the second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StepMethod {
    /// The six figures of an application.
    Application,
    /// A code that was kept.
    #[serde(rename = "code_secours")]
    Secours,
}

/// The second step that is asked for once the password was right: nothing else of the account is said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepView {
    /// How it may be shown.
    #[serde(rename = "methodes")]
    pub methods: Vec<StepMethod>,
    /// Until when, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "jusqu_a")]
    pub until: String,
}

/// What this browser must show, if anything.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedStepView {
    /// The second step; nothing when it gave no right password, or too long ago.
    #[serde(rename = "etape")]
    pub step: Option<SecondStepView>,
}

/// What the account asks for besides the password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepSetView {
    /// Since when an application shows it, « 2026-11-23T10:04 » in French legal time; nothing when only the password is asked.
    #[serde(rename = "posee_le")]
    pub since: Option<String>,
    /// How many of the codes to keep have not served, as text.
    #[serde(rename = "codes_restants")]
    pub left: String,
    /// Whether whoever runs the service asks for it before anything is spent.
    #[serde(rename = "pour_depenser")]
    pub to_spend: bool,
}

/// The password, asked again. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordAgain {
    /// As typed.
    pub mot_de_passe: String,
}

/// What an application must be told, once. No `Debug`: it is the secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentView {
    /// The secret in groups of four, to be typed.
    pub secret: String,
    /// `otpauth:`, which an application on this device opens.
    #[serde(rename = "adresse")]
    pub address: String,
    /// The side of the drawing, in modules, as text.
    #[serde(rename = "cote")]
    pub side: String,
    /// The drawing: the `d` of a path, one square for each dark module.
    #[serde(rename = "dessin")]
    pub drawing: String,
}

/// The codes to keep, shown once. No `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodesView {
    /// Each serves once.
    pub codes: Vec<String>,
}
