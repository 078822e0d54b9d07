//! A small count inside an error. It travels as text, like every number.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A count from 0 to 255: « il manque 2 caractères ».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Small(pub u8);

impl Small {
    /// The count, or 255 for anything larger.
    pub fn bound(count: usize) -> Self {
        Self(u8::try_from(count).unwrap_or(u8::MAX))
    }
}

impl fmt::Display for Small {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<String> for Small {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl From<Small> for String {
    fn from(small: Small) -> Self {
        small.to_string()
    }
}
