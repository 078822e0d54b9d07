//! How much was worked, in the unit in which that work is counted.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::euros::Euros;
use super::hours::{DurationInvalide, WorkDuration};

/// Days worked in a year under a *forfait-jours*, in hundredths of a day. Travels as `"109.50"`.
///
/// ```
/// use domaine::mesures::Days;
/// assert_eq!(Days::whole(218).to_string(), "218.00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Days {
    hundredths: u32,
}

impl Days {
    /// No day.
    pub const ZERO: Self = Self { hundredths: 0 };

    /// Whole days.
    pub const fn whole(days: u32) -> Self {
        Self { hundredths: days * 100 }
    }

    /// Hundredths of a day.
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self { hundredths }
    }

    /// The number in hundredths of a day.
    pub const fn hundredths(self) -> u32 {
        self.hundredths
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&WorkDuration::from_hundredths(self.hundredths), f)
    }
}

impl TryFrom<String> for Days {
    type Error = DurationInvalide;

    fn try_from(text: String) -> Result<Self, DurationInvalide> {
        WorkDuration::try_from(text).map(|duration| Self { hundredths: duration.hundredths() })
    }
}

impl From<Days> for String {
    fn from(days: Days) -> Self {
        days.to_string()
    }
}

/// An amount of work: hours, days of a *forfait-jours*, or pay when nothing else is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Quantity {
    /// Hours.
    #[serde(rename = "heures")]
    Hours(WorkDuration),
    /// Days.
    #[serde(rename = "jours")]
    Days(Days),
    /// Pay.
    Paie(Euros),
}

impl Quantity {
    /// The amount in hundredths of its unit; a negative pay counts for none.
    pub const fn hundredths(self) -> u32 {
        match self {
            Self::Hours(duration) => duration.hundredths(),
            Self::Days(days) => days.hundredths(),
            Self::Paie(euros) => {
                let centimes = euros.centimes();
                if centimes < 0 {
                    0
                } else if centimes > u32::MAX as i64 {
                    u32::MAX
                } else {
                    centimes as u32
                }
            }
        }
    }

    /// That many hundredths of the same unit.
    #[must_use]
    pub const fn with(self, hundredths: u32) -> Self {
        match self {
            Self::Hours(_) => Self::Hours(WorkDuration::from_hundredths(hundredths)),
            Self::Days(_) => Self::Days(Days::from_hundredths(hundredths)),
            Self::Paie(_) => Self::Paie(Euros::from_centimes(hundredths as i64)),
        }
    }

    /// Whether both are counted in the same unit.
    pub const fn same_unit(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Hours(_), Self::Hours(_)) | (Self::Days(_), Self::Days(_)) | (Self::Paie(_), Self::Paie(_))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_keep_their_unit() {
        let days = Quantity::Days(Days::whole(218));
        assert_eq!(days.with(50), Quantity::Days(Days::from_hundredths(50)));
        assert!(!days.same_unit(Quantity::Paie(Euros::ZERO)));
        assert_eq!(Quantity::Paie(Euros::from_centimes(-1)).hundredths(), 0);
        assert_eq!(Quantity::Paie(Euros::whole(i64::MAX / 100)).hundredths(), u32::MAX);
    }
}
