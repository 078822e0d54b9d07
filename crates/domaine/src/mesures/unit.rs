//! What work is counted in, when the amount is kept apart from its unit.

use super::euros::Euros;
use super::hours::WorkDuration;
use super::quantity::{Days, Quantity};

/// What a [`Quantity`] is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Pay.
    Paie,
}

impl Unit {
    const ALL: [Self; 3] = [Self::Hours, Self::Days, Self::Paie];

    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hours => "heures",
            Self::Days => "jours",
            Self::Paie => "paie",
        }
    }

    /// The unit that this word names.
    ///
    /// ```
    /// use domaine::mesures::{Days, Quantity, Unit};
    /// let unit = Unit::from_code("jours").unwrap();
    /// assert_eq!(unit.quantity(10_950), Quantity::Days(Days::from_hundredths(10_950)));
    /// assert_eq!(Unit::of(unit.quantity(1)), unit);
    /// assert_eq!(Unit::from_code("mois"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }

    /// What that amount is counted in.
    pub const fn of(quantity: Quantity) -> Self {
        match quantity {
            Quantity::Hours(_) => Self::Hours,
            Quantity::Days(_) => Self::Days,
            Quantity::Paie(_) => Self::Paie,
        }
    }

    /// That many hundredths of it.
    pub fn quantity(self, hundredths: u32) -> Quantity {
        match self {
            Self::Hours => Quantity::Hours(WorkDuration::from_hundredths(hundredths)),
            Self::Days => Quantity::Days(Days::from_hundredths(hundredths)),
            Self::Paie => Quantity::Paie(Euros::from_centimes(hundredths.into())),
        }
    }
}
