//! A small count inside an error. It travels as text, like every number.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A count from 0 to 255: « il manque 2 caractères ».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Petit(pub u8);

impl Petit {
    /// The count, or 255 for anything larger.
    pub fn borne(nombre: usize) -> Self {
        Self(u8::try_from(nombre).unwrap_or(u8::MAX))
    }
}

impl fmt::Display for Petit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<String> for Petit {
    type Error = std::num::ParseIntError;

    fn try_from(texte: String) -> Result<Self, Self::Error> {
        texte.parse().map(Self)
    }
}

impl From<Petit> for String {
    fn from(petit: Petit) -> Self {
        petit.to_string()
    }
}
