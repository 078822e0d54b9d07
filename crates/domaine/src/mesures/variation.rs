//! Whole hours of rights with a sign: what a line adds to or takes from an account kept in hours.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

use super::heures::{DureeInvalide, Heures};

/// Whole hours of rights, negative when a line takes them. Travels as `"-54"`.
///
/// ```
/// use domaine::mesures::{Heures, VariationHeures};
/// let credit = VariationHeures::from(Heures::new(24));
/// assert_eq!((credit - Heures::new(54).into()).to_string(), "-30");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VariationHeures(i32);

impl VariationHeures {
    /// No hour.
    pub const ZERO: Self = Self(0);

    /// That many whole hours.
    pub const fn new(heures: i32) -> Self {
        Self(heures)
    }

    /// The number of hours, with its sign.
    pub const fn nombre(self) -> i32 {
        self.0
    }

    /// Whether it changes nothing.
    // By reference, as serde asks.
    pub const fn est_nulle(&self) -> bool {
        self.0 == 0
    }

    /// The hours without their sign.
    pub const fn absolue(self) -> Heures {
        Heures::new(self.0.unsigned_abs())
    }
}

impl From<Heures> for VariationHeures {
    fn from(heures: Heures) -> Self {
        Self(i32::try_from(heures.nombre()).unwrap_or(i32::MAX))
    }
}

impl Add for VariationHeures {
    type Output = Self;

    fn add(self, autre: Self) -> Self {
        Self(self.0.saturating_add(autre.0))
    }
}

impl AddAssign for VariationHeures {
    fn add_assign(&mut self, autre: Self) {
        *self = *self + autre;
    }
}

impl Sub for VariationHeures {
    type Output = Self;

    fn sub(self, autre: Self) -> Self {
        Self(self.0.saturating_sub(autre.0))
    }
}

impl Neg for VariationHeures {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for VariationHeures {
    fn sum<I: Iterator<Item = Self>>(variations: I) -> Self {
        variations.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for VariationHeures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<String> for VariationHeures {
    type Error = DureeInvalide;

    fn try_from(texte: String) -> Result<Self, DureeInvalide> {
        let absolues = texte.strip_prefix('-').unwrap_or(&texte);
        let heures = Self::from(Heures::try_from(absolues.to_owned())?);
        Ok(if absolues.len() < texte.len() { -heures } else { heures })
    }
}

impl From<VariationHeures> for String {
    fn from(heures: VariationHeures) -> Self {
        heures.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variation_reads_back_as_it_was_written() {
        for heures in [0, 1, -1, 150, -400] {
            let variation = VariationHeures::new(heures);
            assert_eq!(String::from(variation).try_into(), Ok(variation));
        }
        for texte in ["", "-", "--1", "+1", "1.5"] {
            assert_eq!(VariationHeures::try_from(texte.to_owned()), Err(DureeInvalide), "{texte}");
        }
    }
}
