//! The *numéro de sécurité sociale* (NIR): shape, key, masking, what it says of a person.
//! Knows nothing of accounts.

use serde::{Deserialize, Serialize};

use super::naissance::DateNaissance;

/// Thirteen characters without a key, as in a DSN.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir13([u8; 13]);

/// Thirteen characters and the key that agrees with them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir { corps: Nir13, cle: u8 }

/// Why a text is not a NIR, at the first part that cannot be right, read from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NirInvalide {
    /// Every character so far can be right; this many (as text on the wire) are missing out of 13.
    Manque(char),
    /// More than 13 (or 15 with the key) characters.
    TropLong,
    /// A character that is neither a figure nor the A or B of Corsica; its place, 1 to 15.
    Caractere(char),
    /// Begins with 3, 4, 7 or 8: a provisional number (*numéro provisoire*), not yet a NIR.
    Provisoire,
    /// Begins with 5 or 6: a number of a *migrant de passage*.
    Migrant,
    /// The first character is neither 1 nor 2, nor one of the above.
    Sexe,
    /// The 4th and 5th characters are no month of the official list; the two figures typed.
    Mois([char; 2]),
    /// The 6th and 7th characters are no department; the two characters typed.
    Departement([char; 2]),
    /// The 8th to 10th characters are 000.
    Commune,
    /// The 11th to 13th characters are 000.
    Ordre,
    /// A dummy number that the official rule forbids.
    Factice,
    /// The key is missing or has one figure only.
    CleManque,
    /// The key is made of something else than two figures from 01 to 97.
    CleForme,
    /// The key does not agree with the 13 characters.
    Cle,
}
