//! How much was worked, in the unit in which that work is counted.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::euros::Euros;
use super::heures::{DureeInvalide, DureeTravaillee};

/// Days worked in a year under a *forfait-jours*, in hundredths of a day. Travels as `"109.50"`.
///
/// ```
/// use domaine::mesures::Jours;
/// assert_eq!(Jours::entiers(218).to_string(), "218.00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Jours {
    centiemes: u32,
}

impl Jours {
    /// No day.
    pub const ZERO: Self = Self { centiemes: 0 };

    /// Whole days.
    pub const fn entiers(jours: u32) -> Self {
        Self { centiemes: jours * 100 }
    }

    /// Hundredths of a day.
    pub const fn de_centiemes(centiemes: u32) -> Self {
        Self { centiemes }
    }

    /// The number in hundredths of a day.
    pub const fn centiemes(self) -> u32 {
        self.centiemes
    }
}

impl fmt::Display for Jours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&DureeTravaillee::de_centiemes(self.centiemes), f)
    }
}

impl TryFrom<String> for Jours {
    type Error = DureeInvalide;

    fn try_from(texte: String) -> Result<Self, DureeInvalide> {
        DureeTravaillee::try_from(texte).map(|duree| Self { centiemes: duree.centiemes() })
    }
}

impl From<Jours> for String {
    fn from(jours: Jours) -> Self {
        jours.to_string()
    }
}

/// An amount of work: hours, days of a *forfait-jours*, or pay when nothing else is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Quantite {
    /// Hours.
    Heures(DureeTravaillee),
    /// Days.
    Jours(Jours),
    /// Pay.
    Paie(Euros),
}

impl Quantite {
    /// The amount in hundredths of its unit; a negative pay counts for none.
    pub const fn centiemes(self) -> u32 {
        match self {
            Self::Heures(duree) => duree.centiemes(),
            Self::Jours(jours) => jours.centiemes(),
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
    pub const fn avec(self, centiemes: u32) -> Self {
        match self {
            Self::Heures(_) => Self::Heures(DureeTravaillee::de_centiemes(centiemes)),
            Self::Jours(_) => Self::Jours(Jours::de_centiemes(centiemes)),
            Self::Paie(_) => Self::Paie(Euros::de_centimes(centiemes as i64)),
        }
    }

    /// Whether both are counted in the same unit.
    pub const fn meme_unite(self, autre: Self) -> bool {
        matches!(
            (self, autre),
            (Self::Heures(_), Self::Heures(_)) | (Self::Jours(_), Self::Jours(_)) | (Self::Paie(_), Self::Paie(_))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_keep_their_unit() {
        let jours = Quantite::Jours(Jours::entiers(218));
        assert_eq!(jours.avec(50), Quantite::Jours(Jours::de_centiemes(50)));
        assert!(!jours.meme_unite(Quantite::Paie(Euros::ZERO)));
        assert_eq!(Quantite::Paie(Euros::de_centimes(-1)).centiemes(), 0);
        assert_eq!(Quantite::Paie(Euros::entiers(i64::MAX / 100)).centiemes(), u32::MAX);
    }
}
