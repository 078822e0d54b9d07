//! What makes a password strong enough. Nothing here keeps one.
//!
//! Source: CNIL recommendation of 2022 on passwords: 80 bits for a password alone, 50 bits
//! where repeated attempts are slowed down or blocked, which the server does.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::petit::Petit;

/// A password strong enough, kept only as long as it takes to hash it. `Debug` shows nothing of it.
///
/// ```
/// use domaine::identite::{MotDePasse, MotDePasseInvalide};
/// assert!(MotDePasse::parse("trois grues vertes").is_ok());
/// assert!(matches!(MotDePasse::parse("azerty"), Err(MotDePasseInvalide::Faible { .. })));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct MotDePasse(String);

/// Why a text cannot be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MotDePasseInvalide {
    /// Nothing was typed.
    Vide,
    /// Not strong enough: this many more characters of the same kinds would do.
    Faible {
        /// How many more characters.
        manque: Petit,
    },
    /// More than 256 characters.
    TropLong,
    /// A control character, which no keyboard can type again.
    Caractere,
    /// Holds one's own name or e-mail.
    Personnel,
    /// Among those that everybody chooses: told by the server.
    Courant,
}

impl MotDePasseInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::Faible { .. })
    }
}

/// The strength from which a password is accepted, in bits. Source: CNIL 2022, password with
/// slowed down attempts.
pub const SEUIL_ACCEPTE: u16 = 50;
/// The strength that is advised, in bits. Source: CNIL 2022, password alone.
pub const SEUIL_CONSEILLE: u16 = 80;
/// The most characters a password may have: a bound on hashing, not on strength.
pub const LONGUEUR_MAXIMALE: usize = 256;

/// How strong a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Robustesse {
    milli_bits: u32,
    par_caractere: u32,
}

impl Robustesse {
    /// Whole bits.
    pub fn bits(self) -> u16 {
        u16::try_from(self.milli_bits / 1_000).unwrap_or(u16::MAX)
    }

    /// How many more characters of the same kinds reach that many bits.
    pub fn manque(self, seuil: u16) -> usize {
        let reste = (u32::from(seuil) * 1_000).saturating_sub(self.milli_bits);
        reste.div_ceil(self.par_caractere.max(1)) as usize
    }
}

/// Measures a password: its length times the bits of the alphabets it draws from. A character
/// that repeats or continues the two before it (aaaa, 1234, azerty) counts for nothing.
pub fn mesurer(texte: &str) -> Robustesse {
    let (mut chiffres, mut minuscules, mut majuscules, mut autres) = (false, false, false, false);
    let mut comptes = 0_u32;
    let mut precedents = ['\0', '\0'];
    for c in texte.chars() {
        match c {
            '0'..='9' => chiffres = true,
            'a'..='z' => minuscules = true,
            'A'..='Z' => majuscules = true,
            _ => autres = true,
        }
        if !continue_une_suite(precedents, c.to_ascii_lowercase()) {
            comptes += 1;
        }
        precedents = [precedents[1], c.to_ascii_lowercase()];
    }
    // Sizes of the alphabets: 10 figures, 26 letters of each case, 37 special characters.
    let alphabet =
        10 * u32::from(chiffres) + 26 * u32::from(minuscules) + 26 * u32::from(majuscules) + 37 * u32::from(autres);
    let par_caractere = milli_bits(alphabet);
    Robustesse { milli_bits: comptes * par_caractere, par_caractere }
}

/// The rows of keyboards and the runs that fingers follow.
const SUITES: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
];

fn continue_une_suite([avant, dernier]: [char; 2], c: char) -> bool {
    if avant == dernier && dernier == c {
        return true;
    }
    let suit = |suite: &str, trois: [char; 3]| {
        suite.chars().zip(suite.chars().skip(1)).zip(suite.chars().skip(2)).any(|((a, b), c)| [a, b, c] == trois)
    };
    SUITES.iter().any(|suite| suit(suite, [avant, dernier, c]) || suit(suite, [c, dernier, avant]))
}

/// 1 000 times the base-2 logarithm of the sizes that four alphabets can add up to, rounded down.
const fn milli_bits(alphabet: u32) -> u32 {
    match alphabet {
        0 => 0,
        10 => 3_321,
        26 => 4_700,
        36 => 5_169,
        37 => 5_209,
        47 => 5_554,
        52 => 5_700,
        62 => 5_954,
        63 => 5_977,
        73 => 6_189,
        89 => 6_475,
        _ => 6_629,
    }
}

impl MotDePasse {
    /// Judges a password.
    ///
    /// # Errors
    /// [`MotDePasseInvalide`], with how many characters are missing.
    pub fn parse(texte: &str) -> Result<Self, MotDePasseInvalide> {
        if texte.is_empty() {
            return Err(MotDePasseInvalide::Vide);
        }
        if texte.chars().any(char::is_control) {
            return Err(MotDePasseInvalide::Caractere);
        }
        if texte.chars().count() > LONGUEUR_MAXIMALE {
            return Err(MotDePasseInvalide::TropLong);
        }
        match mesurer(texte).manque(SEUIL_ACCEPTE) {
            0 => Ok(Self(texte.to_owned())),
            manque => Err(MotDePasseInvalide::Faible { manque: Petit::borne(manque) }),
        }
    }

    /// The password itself, for whoever hashes it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is little more than one of these details of the person: without them,
    /// what is left would not be strong enough.
    pub fn contient_personnel(&self, details: &[&str]) -> bool {
        let bas = self.0.to_lowercase();
        let mut reste = bas.clone();
        for mot in details.iter().flat_map(|d| d.split(|c: char| !c.is_alphanumeric())) {
            if mot.chars().count() >= 4 {
                reste = reste.replace(&mot.to_lowercase(), "");
            }
        }
        reste.len() < bas.len() && mesurer(&reste).bits() < SEUIL_ACCEPTE
    }
}

impl fmt::Debug for MotDePasse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MotDePasse(…)")
    }
}
