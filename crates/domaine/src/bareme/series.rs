//! Values by date of effect. Knows nothing of training.

use crate::mesures::Day;

/// Where a figure comes from, as a person can look it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The text, for example « Code du travail ».
    pub text: &'static str,
    /// The article or page in it, for example « R6323-1, I ».
    pub article: &'static str,
}

/// A figure, the day from which it applies and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<T> {
    /// The first day it applies.
    pub since: Day,
    /// The figure.
    pub value: T,
    /// Where it is written.
    pub source: Source,
}

/// The successive values of one figure, oldest first.
#[derive(Clone, Copy, Debug)]
pub struct Series<T: 'static> {
    values: &'static [Value<T>],
}

impl<T> Series<T> {
    /// A series from its values, which must be in the order of their dates.
    pub const fn new(values: &'static [Value<T>]) -> Self {
        Self { values }
    }

    /// The value in force on that day, or nothing before the first.
    pub fn as_of(&self, day: Day) -> Option<&'static Value<T>> {
        self.values.iter().rev().find(|value| value.since <= day)
    }

    /// Every value, oldest first.
    pub const fn all(&self) -> &'static [Value<T>] {
        self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: Source = Source { text: "essai", article: "1" };
    const SERIES: Series<u8> = Series::new(&[
        Value { since: Day::date(2019, 1, 1), value: 1, source: SOURCE },
        Value { since: Day::date(2026, 4, 2), value: 2, source: SOURCE },
    ]);

    #[test]
    fn a_value_applies_from_its_day_and_not_from_the_eve() {
        assert_eq!(SERIES.as_of(Day::date(2018, 12, 31)), None);
        assert_eq!(SERIES.as_of(Day::date(2019, 1, 1)).map(|v| v.value), Some(1));
        assert_eq!(SERIES.as_of(Day::date(2026, 4, 1)).map(|v| v.value), Some(1));
        assert_eq!(SERIES.as_of(Day::date(2026, 4, 2)).map(|v| v.value), Some(2));
    }
}
