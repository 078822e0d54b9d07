//! Hours: whole hours of rights, and worked durations in hundredths of an hour.
//! Hours become euros only where a rule says at which rate.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

/// Whole hours of training rights (DIF, or CPF before 2019). Travels as `"54"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Heures(u32);

/// Why a text is not a number of hours of rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeuresInvalides {
    /// Something else than figures, for example « h » in the middle or a word.
    Caractere,
    /// A fraction: the hours must be rounded up; holds the whole number to type instead.
    Fraction {
        /// The next whole hour, as text.
        arrondi: Heures,
    },
    /// No hour at all.
    Nulles,
    /// More than an attestation can certify; holds the most that it can.
    Trop {
        /// The most that one attestation can certify, as text.
        plafond: Heures,
    },
}

impl Heures {
    /// No hour.
    pub const ZERO: Self = Self(0);

    /// That many whole hours.
    pub const fn new(heures: u32) -> Self {
        Self(heures)
    }

    /// The number of hours.
    pub const fn nombre(self) -> u32 {
        self.0
    }

    /// These hours times `part / tout`, rounded **up to the whole hour**.
    ///
    /// Source: Code du travail, article R6323-1 before 2019; décret n° 2017-928 for public agents.
    ///
    /// ```
    /// use domaine::mesures::Heures;
    /// assert_eq!(Heures::new(24).au_prorata(80_350, 160_700), Heures::new(12));
    /// assert_eq!(Heures::new(24).au_prorata(80_351, 160_700), Heures::new(13));
    /// ```
    ///
    /// # Panics
    /// When `tout` is zero: a reference duration always exists.
    #[must_use]
    pub const fn au_prorata(self, part: u32, tout: u32) -> Self {
        assert!(tout > 0, "a reference duration is never zero");
        let heures = (self.0 as u64 * part as u64).div_ceil(tout as u64);
        Self(if heures > u32::MAX as u64 { u32::MAX } else { heures as u32 })
    }
}

impl Add for Heures {
    type Output = Self;

    fn add(self, autre: Self) -> Self {
        Self(self.0.saturating_add(autre.0))
    }
}

impl Sum for Heures {
    fn sum<I: Iterator<Item = Self>>(heures: I) -> Self {
        heures.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Heures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<String> for Heures {
    type Error = DureeInvalide;

    fn try_from(texte: String) -> Result<Self, DureeInvalide> {
        if texte.is_empty() || texte.len() > 6 || !texte.bytes().all(|c| c.is_ascii_digit()) {
            return Err(DureeInvalide);
        }
        texte.parse().map(Self).map_err(|_| DureeInvalide)
    }
}

impl From<Heures> for String {
    fn from(heures: Heures) -> Self {
        heures.to_string()
    }
}

/// A duration of work over a year, in hundredths of an hour (803.50 h = 803 h 30 min).
/// Travels as `"803.50"`. Payroll gives hours in decimals, so hundredths are exact.
///
/// ```
/// use domaine::mesures::DureeTravaillee;
/// let an: DureeTravaillee = "1607.00".to_owned().try_into().unwrap();
/// assert_eq!(an, DureeTravaillee::heures(1607));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DureeTravaillee {
    centiemes: u32,
}

/// The text is not a duration written `803.50`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DureeInvalide;

impl DureeTravaillee {
    /// No work.
    pub const ZERO: Self = Self { centiemes: 0 };

    /// Whole hours.
    pub const fn heures(heures: u32) -> Self {
        Self { centiemes: heures * 100 }
    }

    /// Hundredths of an hour.
    pub const fn de_centiemes(centiemes: u32) -> Self {
        Self { centiemes }
    }

    /// The duration in hundredths of an hour.
    pub const fn centiemes(self) -> u32 {
        self.centiemes
    }
}

impl Add for DureeTravaillee {
    type Output = Self;

    fn add(self, autre: Self) -> Self {
        Self { centiemes: self.centiemes.saturating_add(autre.centiemes) }
    }
}

impl Sum for DureeTravaillee {
    fn sum<I: Iterator<Item = Self>>(durees: I) -> Self {
        durees.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for DureeTravaillee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.centiemes / 100, self.centiemes % 100)
    }
}

impl TryFrom<String> for DureeTravaillee {
    type Error = DureeInvalide;

    fn try_from(texte: String) -> Result<Self, DureeInvalide> {
        let (entieres, centiemes) = texte.split_once('.').ok_or(DureeInvalide)?;
        let chiffres = |t: &str| !t.is_empty() && t.bytes().all(|c| c.is_ascii_digit());
        if !chiffres(entieres) || !chiffres(centiemes) || centiemes.len() != 2 || entieres.len() > 6 {
            return Err(DureeInvalide);
        }
        let entieres: u32 = entieres.parse().map_err(|_| DureeInvalide)?;
        let centiemes: u32 = centiemes.parse().map_err(|_| DureeInvalide)?;
        Ok(Self { centiemes: entieres * 100 + centiemes })
    }
}

impl From<DureeTravaillee> for String {
    fn from(duree: DureeTravaillee) -> Self {
        duree.to_string()
    }
}

impl fmt::Display for DureeInvalide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a duration in figures")
    }
}

impl std::error::Error for DureeInvalide {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_back_as_it_was_written() {
        for centiemes in [0, 1, 50, 100, 80_350, 160_700] {
            let duree = DureeTravaillee::de_centiemes(centiemes);
            assert_eq!(String::from(duree).try_into(), Ok(duree));
        }
    }

    #[test]
    fn hours_that_are_not_figures_are_refused() {
        for texte in ["", "-1", "12.5", "9999999", "douze"] {
            assert_eq!(Heures::try_from(texte.to_owned()), Err(DureeInvalide));
        }
    }
}
