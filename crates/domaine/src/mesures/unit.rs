//! What work is counted in, when the amount is kept apart from its unit.

use super::euros::Euros;
use super::heures::DureeTravaillee;
use super::quantite::{Jours, Quantite};

/// What a [`Quantite`] is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Hours.
    Heures,
    /// Days.
    Jours,
    /// Pay.
    Paie,
}

impl Unit {
    const ALL: [Self; 3] = [Self::Heures, Self::Jours, Self::Paie];

    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Heures => "heures",
            Self::Jours => "jours",
            Self::Paie => "paie",
        }
    }

    /// The unit that this word names.
    ///
    /// ```
    /// use domaine::mesures::{Jours, Quantite, Unit};
    /// let unit = Unit::from_code("jours").unwrap();
    /// assert_eq!(unit.quantite(10_950), Quantite::Jours(Jours::de_centiemes(10_950)));
    /// assert_eq!(Unit::of(unit.quantite(1)), unit);
    /// assert_eq!(Unit::from_code("mois"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }

    /// What that amount is counted in.
    pub const fn of(quantite: Quantite) -> Self {
        match quantite {
            Quantite::Heures(_) => Self::Heures,
            Quantite::Jours(_) => Self::Jours,
            Quantite::Paie(_) => Self::Paie,
        }
    }

    /// That many hundredths of it.
    pub fn quantite(self, hundredths: u32) -> Quantite {
        match self {
            Self::Heures => Quantite::Heures(DureeTravaillee::de_centiemes(hundredths)),
            Self::Jours => Quantite::Jours(Jours::de_centiemes(hundredths)),
            Self::Paie => Quantite::Paie(Euros::de_centimes(hundredths.into())),
        }
    }
}
