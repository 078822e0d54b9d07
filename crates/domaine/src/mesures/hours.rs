//! Hours: whole hours of rights, and worked durations in hundredths of an hour.
//! Hours become euros only where a rule says at which rate.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

/// Whole hours of training rights (DIF, or CPF before 2019). Travels as `"54"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours(u32);

/// Why a text is not a number of hours of rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursInvalides {
    /// Something else than figures, for example « h » in the middle or a word.
    Caractere,
    /// A fraction: the hours must be rounded up; holds the whole number to type instead.
    Fraction {
        /// The next whole hour, as text.
        #[serde(rename = "arrondi")]
        rounded: Hours,
    },
    /// No hour at all.
    #[serde(rename = "nulles")]
    Zero,
    /// More than an attestation can certify; holds the most that it can.
    #[serde(rename = "trop")]
    TooMany {
        /// The most that one attestation can certify, as text.
        plafond: Hours,
    },
}

impl Hours {
    /// No hour.
    pub const ZERO: Self = Self(0);

    /// That many whole hours.
    pub const fn new(hours: u32) -> Self {
        Self(hours)
    }

    /// The number of hours.
    pub const fn count(self) -> u32 {
        self.0
    }

    /// These hours times `part / tout`, rounded **up to the whole hour**.
    ///
    /// Source: Code du travail, article R6323-1 before 2019; décret n° 2017-928 for public agents.
    ///
    /// ```
    /// use domaine::mesures::Hours;
    /// assert_eq!(Hours::new(24).pro_rata(80_350, 160_700), Hours::new(12));
    /// assert_eq!(Hours::new(24).pro_rata(80_351, 160_700), Hours::new(13));
    /// ```
    ///
    /// # Panics
    /// When `all` is zero: a reference duration always exists.
    #[must_use]
    pub const fn pro_rata(self, part: u32, all: u32) -> Self {
        assert!(all > 0, "a reference duration is never zero");
        let hours = (self.0 as u64 * part as u64).div_ceil(all as u64);
        Self(if hours > u32::MAX as u64 { u32::MAX } else { hours as u32 })
    }
}

impl Add for Hours {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Hours {
    fn sum<I: Iterator<Item = Self>>(hours: I) -> Self {
        hours.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<String> for Hours {
    type Error = DurationInvalide;

    fn try_from(text: String) -> Result<Self, DurationInvalide> {
        if text.is_empty() || text.len() > 6 || !text.bytes().all(|c| c.is_ascii_digit()) {
            return Err(DurationInvalide);
        }
        text.parse().map(Self).map_err(|_| DurationInvalide)
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> Self {
        hours.to_string()
    }
}

/// A duration of work over a year, in hundredths of an hour (803.50 h = 803 h 30 min).
/// Travels as `"803.50"`. Payroll gives hours in decimals, so hundredths are exact.
///
/// ```
/// use domaine::mesures::WorkDuration;
/// let an: WorkDuration = "1607.00".to_owned().try_into().unwrap();
/// assert_eq!(an, WorkDuration::hours(1607));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkDuration {
    hundredths: u32,
}

/// The text is not a duration written `803.50`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationInvalide;

impl WorkDuration {
    /// No work.
    pub const ZERO: Self = Self { hundredths: 0 };

    /// Whole hours.
    pub const fn hours(hours: u32) -> Self {
        Self { hundredths: hours * 100 }
    }

    /// Hundredths of an hour.
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self { hundredths }
    }

    /// The duration in hundredths of an hour.
    pub const fn hundredths(self) -> u32 {
        self.hundredths
    }
}

impl Add for WorkDuration {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { hundredths: self.hundredths.saturating_add(other.hundredths) }
    }
}

impl Sum for WorkDuration {
    fn sum<I: Iterator<Item = Self>>(durations: I) -> Self {
        durations.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for WorkDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.hundredths / 100, self.hundredths % 100)
    }
}

impl TryFrom<String> for WorkDuration {
    type Error = DurationInvalide;

    fn try_from(text: String) -> Result<Self, DurationInvalide> {
        let (whole, hundredths) = text.split_once('.').ok_or(DurationInvalide)?;
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|c| c.is_ascii_digit());
        if !digits(whole) || !digits(hundredths) || hundredths.len() != 2 || whole.len() > 6 {
            return Err(DurationInvalide);
        }
        let whole: u32 = whole.parse().map_err(|_| DurationInvalide)?;
        let hundredths: u32 = hundredths.parse().map_err(|_| DurationInvalide)?;
        Ok(Self { hundredths: whole * 100 + hundredths })
    }
}

impl From<WorkDuration> for String {
    fn from(duration: WorkDuration) -> Self {
        duration.to_string()
    }
}

impl fmt::Display for DurationInvalide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a duration in figures")
    }
}

impl std::error::Error for DurationInvalide {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_back_as_it_was_written() {
        for hundredths in [0, 1, 50, 100, 80_350, 160_700] {
            let duration = WorkDuration::from_hundredths(hundredths);
            assert_eq!(String::from(duration).try_into(), Ok(duration));
        }
    }

    #[test]
    fn hours_that_are_not_figures_are_refused() {
        for text in ["", "-1", "12.5", "9999999", "douze"] {
            assert_eq!(Hours::try_from(text.to_owned()), Err(DurationInvalide));
        }
    }
}
