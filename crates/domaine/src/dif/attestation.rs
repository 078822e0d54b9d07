//! What an employer certifies, and how several attestations make one balance.
//! The uploaded file itself is a [`super::Piece`].

use serde::{Deserialize, Serialize};

use crate::mesures::Hours;

/// How an attestation relates to those declared before it.
///
/// Source: the founding document of January 2020: of successive employers only the last one's
/// attestation counts; those of simultaneous employers are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Rapport {
    /// It stands for all: it is the first, or replaces whatever was declared before
    /// (a later employer, or a correction).
    #[serde(rename = "remplace")]
    Replaces,
    /// It adds to the others: another employer at the same time.
    #[serde(rename = "ajoute")]
    Adds,
}

impl Rapport {
    /// The word that travels in a form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Replaces => "remplace",
            Self::Adds => "ajoute",
        }
    }

    /// The relation that this word names.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Replaces, Self::Adds].into_iter().find(|rapport| rapport.code() == code)
    }
}

/// The hours that count, given the attestations in the order they were declared.
///
/// ```
/// use domaine::dif::{Rapport, solde};
/// use domaine::mesures::Hours;
///
/// let successifs = [(Rapport::Replaces, Hours::new(40)), (Rapport::Replaces, Hours::new(87))];
/// assert_eq!(solde(successifs), Hours::new(87));
/// let simultanes = [(Rapport::Replaces, Hours::new(40)), (Rapport::Adds, Hours::new(87))];
/// assert_eq!(solde(simultanes), Hours::new(127));
/// ```
pub fn solde(attestations: impl IntoIterator<Item = (Rapport, Hours)>) -> Hours {
    attestations.into_iter().fold(Hours::ZERO, |total, (rapport, hours)| match rapport {
        Rapport::Replaces => hours,
        Rapport::Adds => total + hours,
    })
}
