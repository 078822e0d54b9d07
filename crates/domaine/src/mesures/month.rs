//! Months of one civil year, as a set.

/// Some of the twelve months of a year: those in which something was so.
///
/// ```
/// use domaine::mesures::MonthsOfYear;
/// let ete = MonthsOfYear::NONE.with(7).with(8);
/// assert!(ete.contains(8) && !ete.contains(9));
/// assert_eq!(MonthsOfYear::from_bits(ete.bits()), Some(ete));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonthsOfYear(u16);

impl MonthsOfYear {
    /// No month.
    pub const NONE: Self = Self(0);
    /// The whole year.
    pub const ALL: Self = Self(0b1111_1111_1111);

    /// These months and that one, January being 1; a number that is no month adds nothing.
    #[must_use]
    pub const fn with(self, month: u8) -> Self {
        if month >= 1 && month <= 12 { Self(self.0 | 1 << (month - 1)) } else { self }
    }

    /// The months of either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These months from that one on.
    #[must_use]
    pub const fn since(self, month: u8) -> Self {
        let before = if month > 12 { 12 } else { month.saturating_sub(1) };
        Self(self.0 >> before << before)
    }

    /// Whether that month is one of them.
    pub const fn contains(self, month: u8) -> bool {
        month >= 1 && month <= 12 && self.0 >> (month - 1) & 1 == 1
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// One bit a month, January the lowest: how it is stored.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// What was stored; nothing when a bit is no month.
    pub const fn from_bits(bits: u16) -> Option<Self> {
        if bits <= Self::ALL.0 { Some(Self(bits)) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_are_the_whole_year() {
        let all = (1..=12).fold(MonthsOfYear::NONE, MonthsOfYear::with);
        assert_eq!(all, MonthsOfYear::ALL);
        assert_eq!(all.with(0).with(13), MonthsOfYear::ALL);
        assert_eq!(MonthsOfYear::from_bits(MonthsOfYear::ALL.bits() + 1), None);
    }

    #[test]
    fn months_before_a_month_are_left_out() {
        let spring = MonthsOfYear::NONE.with(4).with(5).with(6);
        assert_eq!(spring.since(6), MonthsOfYear::NONE.with(6));
        assert_eq!(spring.since(1), spring);
        assert!(spring.since(7).is_empty() && spring.since(255).is_empty());
    }
}
