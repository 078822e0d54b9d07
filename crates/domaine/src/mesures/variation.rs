//! Whole hours of rights with a sign: what a line adds to or takes from an account kept in hours.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

use super::hours::{DurationInvalide, Hours};

/// Whole hours of rights, negative when a line takes them. Travels as `"-54"`.
///
/// ```
/// use domaine::mesures::{Hours, HoursVariation};
/// let credit = HoursVariation::from(Hours::new(24));
/// assert_eq!((credit - Hours::new(54).into()).to_string(), "-30");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HoursVariation(i32);

impl HoursVariation {
    /// No hour.
    pub const ZERO: Self = Self(0);

    /// That many whole hours.
    pub const fn new(hours: i32) -> Self {
        Self(hours)
    }

    /// The number of hours, with its sign.
    pub const fn count(self) -> i32 {
        self.0
    }

    /// Whether it changes nothing.
    // By reference, as serde asks.
    pub const fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// The hours without their sign.
    pub const fn absolute(self) -> Hours {
        Hours::new(self.0.unsigned_abs())
    }
}

impl From<Hours> for HoursVariation {
    fn from(hours: Hours) -> Self {
        Self(i32::try_from(hours.count()).unwrap_or(i32::MAX))
    }
}

impl Add for HoursVariation {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for HoursVariation {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for HoursVariation {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for HoursVariation {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for HoursVariation {
    fn sum<I: Iterator<Item = Self>>(variations: I) -> Self {
        variations.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for HoursVariation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<String> for HoursVariation {
    type Error = DurationInvalide;

    fn try_from(text: String) -> Result<Self, DurationInvalide> {
        let unsigned = text.strip_prefix('-').unwrap_or(&text);
        let hours = Self::from(Hours::try_from(unsigned.to_owned())?);
        Ok(if unsigned.len() < text.len() { -hours } else { hours })
    }
}

impl From<HoursVariation> for String {
    fn from(hours: HoursVariation) -> Self {
        hours.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variation_reads_back_as_it_was_written() {
        for hours in [0, 1, -1, 150, -400] {
            let variation = HoursVariation::new(hours);
            assert_eq!(String::from(variation).try_into(), Ok(variation));
        }
        for text in ["", "-", "--1", "+1", "1.5"] {
            assert_eq!(HoursVariation::try_from(text.to_owned()), Err(DurationInvalide), "{text}");
        }
    }
}
