//! E-mail addresses: shape only. Whether somebody reads them, only a message can tell.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An e-mail address of plausible shape, kept as typed. `Debug` shows nothing of it.
///
/// ```
/// use domaine::identite::{Courriel, CourrielInvalide};
/// assert!(Courriel::parse("dominique@example.org").is_ok());
/// assert_eq!(Courriel::parse("dominique@example"), Err(CourrielInvalide::PointManque));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Courriel(String);

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourrielInvalide {
    /// Nothing was typed.
    Vide,
    /// The @ is still missing.
    Arobase,
    /// More than one @.
    DeuxArobases,
    /// Nothing before the @.
    AvantArobase,
    /// A space inside.
    Espace,
    /// Nothing after the @, or it ends in the middle.
    Domaine,
    /// No dot after the @ yet.
    PointManque,
    /// Two dots in a row, or a dot or hyphen where none can be.
    Point,
    /// A character that no address has.
    Caractere(char),
    /// Longer than an address can be (254 characters, 64 before the @). Source: RFC 5321.
    TropLong,
}

impl CourrielInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::Arobase | Self::Domaine | Self::PointManque)
    }
}

impl Courriel {
    /// Reads an address.
    ///
    /// # Errors
    /// The first part that cannot be right.
    pub fn parse(texte: &str) -> Result<Self, CourrielInvalide> {
        let texte = texte.trim();
        if texte.is_empty() {
            return Err(CourrielInvalide::Vide);
        }
        if texte.len() > 254 {
            return Err(CourrielInvalide::TropLong);
        }
        if texte.chars().any(char::is_whitespace) {
            return Err(CourrielInvalide::Espace);
        }
        let interdit = |c: &char| {
            !c.is_alphanumeric()
                && !matches!(c, '@' | '.' | '!' | '#'..='\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^'..='`' | '{'..='~')
        };
        if let Some(c) = texte.chars().find(interdit) {
            let visible = if c.is_control() || super::latin::est_invisible(c) { '\u{fffd}' } else { c };
            return Err(CourrielInvalide::Caractere(visible));
        }
        let (local, domaine) = match texte.split_once('@') {
            Some(("", _)) => return Err(CourrielInvalide::AvantArobase),
            Some((_, domaine)) if domaine.contains('@') => return Err(CourrielInvalide::DeuxArobases),
            Some(parties) => parties,
            None => (texte, ""),
        };
        if local.starts_with('.') || local.contains("..") || (texte.contains('@') && local.ends_with('.')) {
            return Err(CourrielInvalide::Point);
        }
        if local.len() > 64 {
            return Err(CourrielInvalide::TropLong);
        }
        if !texte.contains('@') {
            return Err(CourrielInvalide::Arobase);
        }
        juger_domaine(domaine)?;
        Ok(Self(texte.to_owned()))
    }

    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two writings of one address have in common.
    pub fn cle_de_comparaison(&self) -> String {
        self.0.to_lowercase()
    }
}

fn juger_domaine(domaine: &str) -> Result<(), CourrielInvalide> {
    if let Some(c) = domaine.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '-' | '.')) {
        return Err(CourrielInvalide::Caractere(c));
    }
    if domaine.starts_with(['.', '-']) || ["..", ".-", "-."].iter().any(|double| domaine.contains(double)) {
        return Err(CourrielInvalide::Point);
    }
    if domaine.split('.').any(|etiquette| etiquette.len() > 63) {
        return Err(CourrielInvalide::TropLong);
    }
    match domaine.rsplit_once('.') {
        _ if domaine.is_empty() || domaine.ends_with(['.', '-']) => Err(CourrielInvalide::Domaine),
        None => Err(CourrielInvalide::PointManque),
        // A top-level name has at least two letters: one alone may be its beginning.
        Some((_, fin)) if fin.chars().count() < 2 => Err(CourrielInvalide::Domaine),
        Some(_) => Ok(()),
    }
}

/// Domains that fingers slip on, and the ones that were meant.
const GLISSADES: &[(&str, &str)] = &[
    ("gmial.com", "gmail.com"),
    ("gmail.fr", "gmail.com"),
    ("gmai.com", "gmail.com"),
    ("gmail.co", "gmail.com"),
    ("gamil.com", "gmail.com"),
    ("hotmial.com", "hotmail.com"),
    ("hotmial.fr", "hotmail.fr"),
    ("hotmai.fr", "hotmail.fr"),
    ("orange.f", "orange.fr"),
    ("ornage.fr", "orange.fr"),
    ("wanado.fr", "wanadoo.fr"),
    ("laposte.fr", "laposte.net"),
    ("yaho.fr", "yahoo.fr"),
    ("yahou.fr", "yahoo.fr"),
    ("outlok.fr", "outlook.fr"),
    ("fre.fr", "free.fr"),
];

/// The address that was probably meant; proposed to the person, never put in its place.
pub fn suggestion(texte: &str) -> Option<String> {
    let (local, domaine) = texte.trim().split_once('@')?;
    let (_, voulu) = GLISSADES.iter().find(|(glissade, _)| domaine.eq_ignore_ascii_case(glissade))?;
    Some([local, "@", voulu].concat())
}

impl fmt::Debug for Courriel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Courriel(…)")
    }
}
