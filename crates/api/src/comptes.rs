//! Accounts, sessions and profiles.

use domaine::mesures::Jour;
use serde::{Deserialize, Serialize};

pub use domaine::forms::{SaisieConnexion, SaisieCoordonnees, SaisieInscription, SaisieMotDePasse};

/// The holder, as the header of the page greets them. No `Debug`: it holds a name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TitulaireVu {
    /// Birth name, as typed.
    pub nom_naissance: String,
    /// Given names, as typed.
    pub prenoms: String,
}

/// Who is connected, if anybody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionVue {
    /// The holder; nothing when nobody is connected.
    pub titulaire: Option<TitulaireVu>,
    /// Tells accounts apart, and nothing else of them; goes back in the header `acquis-compte`.
    pub compte: Option<String>,
    /// Seconds before the session ends by itself, as text; each request starts them again.
    pub expire_dans: Option<String>,
}

/// What is known of the holder and from whom.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProfilVu {
    /// The names.
    pub titulaire: TitulaireVu,
    /// Birth date as typed on a form: « 28/03/1979 », unknown parts as 00.
    pub date_naissance: String,
    /// The NIR, masked but for its first character.
    pub nir_masque: String,
    /// Whether the employers' declarations know this person.
    pub connu_des_employeurs: bool,
    /// E.164.
    pub telephone_fixe: Option<String>,
    /// E.164.
    pub telephone_mobile: Option<String>,
    /// E-mail, as typed.
    pub courriel: String,
    /// The day the account was opened.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub ouvert_le: Jour,
}

/// An open connection.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnexionVue {
    /// When it was opened, « 2026-11-23T10:04 » in French legal time.
    pub ouverte_le: String,
    /// When it was last used, likewise.
    pub vue_le: String,
    /// The browser and system, in a few words: « Firefox, Windows ».
    pub appareil: String,
    /// Whether it is the one that asks.
    pub actuelle: bool,
}

/// The open connections, the present one first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnexionsVues {
    /// At least the present one.
    pub connexions: Vec<ConnexionVue>,
}

/// Asks to close the account. No `Debug`: it holds a password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FermetureCompte {
    /// The password, asked again.
    pub mot_de_passe: String,
}
