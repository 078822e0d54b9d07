//! The form that adds a passkey: what its holder calls it, the password again, and what the account asks for besides.

use serde::{Deserialize, Serialize};

use super::connexion::gives_back;
use super::coordonnees::ChampMotDePasse;
use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire};
use super::proofs::Preuves;
use super::second_step::{ChampSecondeEtape, read_if_any};
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
    /// « Code de votre application », where the account asks for a second step.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// « Code de secours », in its place.
    #[serde(rename = "code_secours", default, skip_serializing_if = "String::is_empty")]
    pub secours: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampCleAcces {
    /// `#nom-cle`
    Name,
    /// `#mot-de-passe-actuel`
    MotDePasse,
    /// `#code-application`
    Code,
    /// `#code-secours`
    Secours,
}

impl Champ for ChampCleAcces {
    const ALL: &'static [Self] = &[Self::Name, Self::MotDePasse, Self::Code, Self::Secours];

    fn id(self) -> &'static str {
        match self {
            Self::Name => "nom-cle",
            Self::MotDePasse => ChampMotDePasse::Current.id(),
            Self::Code => ChampSecondeEtape::Code.id(),
            Self::Secours => ChampSecondeEtape::Secours.id(),
        }
    }
}

/// What a passkey is called, and what proves whose the account is. No `Debug`.
pub struct CleAcces {
    /// Empty when nothing was said.
    pub name: String,
    /// What was shown.
    pub preuves: Preuves,
}

impl Formulaire for SaisieCleAcces {
    type Champ = ChampCleAcces;
    type Valid = CleAcces;

    fn validate(&self, _today: Day) -> Result<CleAcces, Errors<ChampCleAcces>> {
        use ChampCleAcces as C;
        let mut errors = Errors::new();
        let name = errors.keep(C::Name, key_name(&self.name));
        let mot_de_passe = errors.keep(C::MotDePasse, gives_back(&self.mot_de_passe));
        let step = read_if_any(&mut errors, (&self.code, C::Code), (&self.secours, C::Secours));
        match (name, mot_de_passe, step) {
            (Some(name), Some(mot_de_passe), Some(step)) => {
                Ok(CleAcces { name, preuves: Preuves { mot_de_passe, step } })
            }
            _ => Err(errors),
        }
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
