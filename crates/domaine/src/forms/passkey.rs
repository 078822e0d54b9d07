//! The form that adds a passkey: what its holder calls it, and the password again.

use serde::{Deserialize, Serialize};

use super::connexion::gives_back;
use super::coordonnees::ChampMotDePasse;
use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire};
use crate::mesures::Day;

/// The most characters of a name: a line of a list.
const NAME_LENGTH: usize = 40;

/// The form as typed. No `Debug`: it holds a password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieCleAcces {
    /// « Nom de la clé »: empty, it is known by its day.
    #[serde(rename = "nom")]
    pub name: String,
    /// « Mot de passe, pour confirmer ».
    pub mot_de_passe: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampCleAcces {
    /// `#nom-cle`
    Name,
    /// `#mot-de-passe-actuel`
    MotDePasse,
}

impl Champ for ChampCleAcces {
    const ALL: &'static [Self] = &[Self::Name, Self::MotDePasse];

    fn id(self) -> &'static str {
        match self {
            Self::Name => "nom-cle",
            Self::MotDePasse => ChampMotDePasse::Current.id(),
        }
    }
}

/// What a passkey is called, and the password as typed: it is compared, not judged. No `Debug`.
pub struct CleAcces {
    /// Empty when nothing was said.
    pub name: String,
    /// As typed.
    pub mot_de_passe: String,
}

impl Formulaire for SaisieCleAcces {
    type Champ = ChampCleAcces;
    type Valid = CleAcces;

    fn validate(&self, _today: Day) -> Result<CleAcces, Errors<ChampCleAcces>> {
        let mut errors = Errors::new();
        let name = errors.keep(ChampCleAcces::Name, key_name(&self.name));
        let mot_de_passe = errors.keep(ChampCleAcces::MotDePasse, gives_back(&self.mot_de_passe));
        name.zip(mot_de_passe).map(|(name, mot_de_passe)| CleAcces { name, mot_de_passe }).ok_or(errors)
    }
}

/// What somebody calls a passkey: one line, its blanks folded; it may be empty.
///
/// # Errors
/// [`Faute::Oversized`] past a line of a list.
///
/// ```
/// use domaine::forms::{Faute, key_name};
/// assert_eq!(key_name("  Téléphone\n de Léa "), Ok("Téléphone de Léa".to_owned()));
/// assert_eq!(key_name(""), Ok(String::new()));
/// assert_eq!(key_name(&"é".repeat(41)), Err(Faute::Oversized));
/// ```
pub fn key_name(text: &str) -> Result<String, Faute> {
    let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let name = words.join(" ");
    if name.chars().count() > NAME_LENGTH { Err(Faute::Oversized) } else { Ok(name) }
}
