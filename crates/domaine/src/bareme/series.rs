//! Values by date of effect. Knows nothing of training.

use crate::mesures::Jour;

/// Where a figure comes from, as a person can look it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The text, for example « Code du travail ».
    pub texte: &'static str,
    /// The article or page in it, for example « R6323-1, I ».
    pub article: &'static str,
}

/// A figure, the day from which it applies and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Valeur<T> {
    /// The first day it applies.
    pub depuis: Jour,
    /// The figure.
    pub vaut: T,
    /// Where it is written.
    pub source: Source,
}

/// The successive values of one figure, oldest first.
#[derive(Clone, Copy, Debug)]
pub struct Serie<T: 'static> {
    valeurs: &'static [Valeur<T>],
}

impl<T> Serie<T> {
    /// A series from its values, which must be in the order of their dates.
    pub const fn new(valeurs: &'static [Valeur<T>]) -> Self {
        Self { valeurs }
    }

    /// The value in force on that day, or nothing before the first.
    pub fn au(&self, jour: Jour) -> Option<&'static Valeur<T>> {
        self.valeurs.iter().rev().find(|valeur| valeur.depuis <= jour)
    }

    /// Every value, oldest first.
    pub const fn toutes(&self) -> &'static [Valeur<T>] {
        self.valeurs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: Source = Source { texte: "essai", article: "1" };
    const SERIE: Serie<u8> = Serie::new(&[
        Valeur { depuis: Jour::date(2019, 1, 1), vaut: 1, source: SOURCE },
        Valeur { depuis: Jour::date(2026, 4, 2), vaut: 2, source: SOURCE },
    ]);

    #[test]
    fn a_value_applies_from_its_day_and_not_from_the_eve() {
        assert_eq!(SERIE.au(Jour::date(2018, 12, 31)), None);
        assert_eq!(SERIE.au(Jour::date(2019, 1, 1)).map(|v| v.vaut), Some(1));
        assert_eq!(SERIE.au(Jour::date(2026, 4, 1)).map(|v| v.vaut), Some(1));
        assert_eq!(SERIE.au(Jour::date(2026, 4, 2)).map(|v| v.vaut), Some(2));
    }
}
