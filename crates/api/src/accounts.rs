//! Accounts, sessions and profiles.

use domaine::assurance::Level;
use domaine::mesures::Day;
use serde::{Deserialize, Serialize};

pub use domaine::forms::{SaisieCodes, SaisieConnexion, SaisieCoordonnees, SaisieInscription, SaisieMotDePasse};

/// The holder, as the header of the page greets them. No `Debug`: it holds a name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TitulaireView {
    /// Birth name, as typed.
    pub nom_naissance: String,
    /// Given names, as typed.
    pub prenoms: String,
}

/// Who is connected, if anybody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// The holder; nothing when nobody is connected.
    pub titulaire: Option<TitulaireView>,
    /// Tells accounts apart, and nothing else of them; goes back in the header `acquis-compte`.
    #[serde(rename = "compte")]
    pub account: Option<String>,
    /// How much is proved of who the holder is.
    #[serde(rename = "niveau")]
    pub level: Option<Level>,
    /// Seconds before the session ends by itself, as text; each request starts them again.
    #[serde(rename = "expire_dans")]
    pub expires_in: Option<String>,
    /// What was answered and not read yet; said when it is asked who is connected, not when somebody signs in.
    #[serde(rename = "reponses", default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<AnswersView>,
}

/// Answers to disputed lines and decisions about proofs that their holder has not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswersView {
    /// How many, as text.
    #[serde(rename = "nombre")]
    pub count: String,
    /// The screen where the first of them is read.
    #[serde(rename = "ecran")]
    pub path: String,
}

/// What is known of the holder and from whom.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProfilView {
    /// The reference of the account, to be read out on the telephone: « CPT-7K2M-9QXA-0B3C ».
    pub reference: String,
    /// The names.
    pub titulaire: TitulaireView,
    /// Birth date as typed on a form: « 28/03/1979 », unknown parts as 00.
    pub date_naissance: String,
    /// The NIR, masked but for its first character.
    #[serde(rename = "nir_masque")]
    pub masked_nir: String,
    /// Whether the employers' declarations know this person.
    #[serde(rename = "connu_des_employeurs")]
    pub known_to_employeurs: bool,
    /// E.164.
    pub telephone_fixe: Option<String>,
    /// E.164.
    pub telephone_mobile: Option<String>,
    /// E-mail, as typed.
    pub courriel: String,
    /// The day the account was opened.
    #[serde(rename = "ouvert_le")]
    pub opened_on: Day,
    /// Until when nothing can be spent, because what opens the account just changed, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "repos_jusqu_a", default, skip_serializing_if = "Option::is_none")]
    pub rests_until: Option<String>,
    /// What closing the account does here.
    #[serde(rename = "fermeture")]
    pub closing: ClosingView,
    /// What this session asked to change, and has not proved yet.
    #[serde(rename = "changement", default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeView>,
}

/// What closing the account does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosingView {
    /// Whether the law that whoever runs the service answers to lets no account be closed.
    #[serde(rename = "exclue")]
    pub excluded: bool,
    /// When an account is erased that is closed now, « 2026-11-23T10:04 » in French legal time; nothing: at once.
    #[serde(rename = "effacement", default, skip_serializing_if = "Option::is_none")]
    pub erased_on: Option<String>,
    /// When this one is, because its holder asked for that, likewise.
    #[serde(rename = "demandee", default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
}

/// Other telephones or another e-mail, which wait for their codes. No `Debug`: it holds both.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeView {
    /// The e-mail that the account shall have, as typed, where it changes: a code was sent there.
    pub courriel: Option<String>,
    /// The telephone that it shall have, E.164.
    pub telephone_fixe: Option<String>,
    /// Likewise.
    pub telephone_mobile: Option<String>,
    /// Whether a code was sent to the e-mail that it has, too.
    #[serde(rename = "code_actuel")]
    pub asks_present: bool,
    /// Until when the codes can be typed, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "code_jusqu_a")]
    pub code_until: String,
    /// Whether this server sends nothing: its letters are read at `/boite`.
    #[serde(rename = "boite")]
    pub stays_here: bool,
}

/// An open connection.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnexionView {
    /// By what it is ended; opens nothing.
    #[serde(rename = "numero")]
    pub number: String,
    /// When it was opened, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "ouverte_le")]
    pub opened_on: String,
    /// When it was last used, likewise.
    #[serde(rename = "vue_le")]
    pub seen_on: String,
    /// The browser and system, in a few words: « Firefox, Windows ».
    #[serde(rename = "appareil")]
    pub device: String,
    /// Whether it is the one that asks.
    #[serde(rename = "actuelle")]
    pub current: bool,
    /// Whether it was last used from the place that asks: the same address, or the same network of IPv6; nothing where that
    /// was not noted.
    #[serde(rename = "meme_lieu", default, skip_serializing_if = "Option::is_none")]
    pub same_place: Option<bool>,
}

/// The open connections, the present one first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnexionsView {
    /// At least the present one.
    pub connexions: Vec<ConnexionView>,
}
