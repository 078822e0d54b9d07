//! What an employer certifies, and how several attestations make one balance.
//! The uploaded file itself is a [`super::Piece`].

use serde::{Deserialize, Serialize};

use crate::mesures::Heures;

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
    Remplace,
    /// It adds to the others: another employer at the same time.
    Ajoute,
}

impl Rapport {
    /// The word that travels in a form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Remplace => "remplace",
            Self::Ajoute => "ajoute",
        }
    }

    /// The relation that this word names.
    pub fn par_code(code: &str) -> Option<Self> {
        [Self::Remplace, Self::Ajoute].into_iter().find(|rapport| rapport.code() == code)
    }
}

/// The hours that count, given the attestations in the order they were declared.
///
/// ```
/// use domaine::dif::{Rapport, solde};
/// use domaine::mesures::Heures;
///
/// let successifs = [(Rapport::Remplace, Heures::new(40)), (Rapport::Remplace, Heures::new(87))];
/// assert_eq!(solde(successifs), Heures::new(87));
/// let simultanes = [(Rapport::Remplace, Heures::new(40)), (Rapport::Ajoute, Heures::new(87))];
/// assert_eq!(solde(simultanes), Heures::new(127));
/// ```
pub fn solde(attestations: impl IntoIterator<Item = (Rapport, Heures)>) -> Heures {
    attestations.into_iter().fold(Heures::ZERO, |total, (rapport, heures)| match rapport {
        Rapport::Remplace => heures,
        Rapport::Ajoute => total + heures,
    })
}
