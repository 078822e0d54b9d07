//! Why a text is not a NIR. Holds one or two characters of it at most.

use serde::{Deserialize, Serialize};

use crate::identite::small::Small;

/// Why a text is not a NIR: the first part, read from the left, that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NirInvalide {
    /// All that stands so far can be right; this many of the 13 characters are missing, or of
    /// the 15 when the key is being typed behind them.
    #[serde(rename = "manque")]
    Missing(Small),
    /// More characters than 13, or than 15 with the key.
    #[serde(rename = "trop_long")]
    TooLong,
    /// A character that has no place in a NIR.
    Caractere(char),
    /// Begins with 7 or 8, or with 3 or 4: a provisional number, not yet a NIR.
    #[serde(rename = "provisoire")]
    Provisional,
    /// Begins with 5 or 6: the number of a *migrant de passage*.
    Migrant,
    /// Begins with 0 or 9.
    Sexe,
    /// The 4th and 5th characters are in no month set of the official rule.
    #[serde(rename = "mois")]
    Month([char; 2]),
    /// The 6th and 7th characters are no department.
    Departement([char; 2]),
    /// The 8th to 10th characters are 000.
    Commune,
    /// The 11th to 13th characters are 000.
    #[serde(rename = "ordre")]
    Order,
    /// A dummy: ends with more than five 9s (which covers 1999999999999 and 2999999999999).
    #[serde(rename = "factice")]
    Fictitious,
    /// The key is empty or has one figure only.
    #[serde(rename = "cle_manque")]
    CleMissing,
    /// The key is something else than two figures from 01 to 97.
    #[serde(rename = "cle_forme")]
    CleShape,
    /// The key does not agree with the thirteen characters.
    Cle,
}

impl NirInvalide {
    /// Whether the fault is to be shown at the key rather than at the number.
    pub const fn is_about_the_key(&self) -> bool {
        matches!(self, Self::CleMissing | Self::CleShape | Self::Cle)
    }

    /// Whether typing more at the end may mend it.
    pub const fn can_become_right(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::CleMissing)
    }
}
