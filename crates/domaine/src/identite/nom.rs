//! Names as people write them. Kept as typed: altering a civil-status name is no small thing.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;

/// A birth name or given names: 1 to 80 characters of the Latin alphabet, kept as typed but for
/// the spaces around them, composed (NFC). `Debug` shows nothing of it.
///
/// Source of the length: DSN rubrics S21.G00.30.002 and .004.
///
/// ```
/// use domaine::identite::Nom;
/// let nom = Nom::parse(" L’Haÿ-Peña ").unwrap();
/// assert_eq!(nom.as_str(), "L’Haÿ-Peña");
/// assert_eq!(nom.cle_de_comparaison(), Nom::parse("L'HAY PENA").unwrap().cle_de_comparaison());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Nom(String);

/// Why a text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NomInvalide {
    /// Nothing was typed.
    Vide,
    /// More than 80 characters.
    TropLong,
    /// A figure.
    Chiffre(char),
    /// A letter of another alphabet than the Latin one.
    Alphabet(char),
    /// A character that names do not have. The replacement character stands for an invisible one.
    Caractere(char),
    /// Hyphens, spaces or apostrophes, and no letter yet.
    SansLettre,
}

impl NomInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::SansLettre)
    }
}

/// The most characters a name may have. Source: DSN rubric S21.G00.30.002.
pub const LONGUEUR_MAXIMALE: usize = 80;

impl Nom {
    /// Reads a name.
    ///
    /// # Errors
    /// The first character that names do not have, else what is missing.
    pub fn parse(texte: &str) -> Result<Self, NomInvalide> {
        let nom = latin::composer(texte.trim());
        if nom.is_empty() {
            return Err(NomInvalide::Vide);
        }
        if let Some(faute) = nom.chars().find_map(refuser) {
            return Err(faute);
        }
        if nom.chars().count() > LONGUEUR_MAXIMALE {
            return Err(NomInvalide::TropLong);
        }
        if !nom.chars().any(char::is_alphabetic) {
            return Err(NomInvalide::SansLettre);
        }
        Ok(Self(nom))
    }

    /// The name as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one name have in common: capitals without accents, one space for
    /// any run of spaces, hyphens and apostrophes.
    pub fn cle_de_comparaison(&self) -> String {
        latin::comparable(&self.0)
    }
}

fn refuser(c: char) -> Option<NomInvalide> {
    match c {
        ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | 'ʼ' | '.' => None,
        // A mark that no letter could take in.
        '\u{300}'..='\u{36f}' => None,
        c if c.is_ascii_digit() => Some(NomInvalide::Chiffre(c)),
        c if latin::est_latine(c) => None,
        c if c.is_alphabetic() => Some(NomInvalide::Alphabet(c)),
        c if c.is_control() || latin::est_invisible(c) => Some(NomInvalide::Caractere('\u{fffd}')),
        c => Some(NomInvalide::Caractere(c)),
    }
}

impl fmt::Debug for Nom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nom(…)")
    }
}
