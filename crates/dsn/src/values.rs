//! The values of rubrics as types: what exists is right. Knows no rubric.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

pub use domaine::declarations::ShortCode;
use domaine::identite::DateNaissance;
use domaine::mesures::Day;

/// The fourteen figures of an establishment.
///
/// Its key is not required: [`Siret::has_a_right_key`] tells, and real files hold wrong ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret([u8; 14]);

impl Siret {
    /// The establishment made of the nine figures of a SIREN and the five of a NIC.
    ///
    /// ```
    /// use dsn::values::Siret;
    /// let siret = Siret::of(b"732829320", b"00074").unwrap();
    /// assert_eq!(siret.to_string(), "73282932000074");
    /// assert!(siret.has_a_right_key());
    /// ```
    pub fn of(siren: &[u8], nic: &[u8]) -> Option<Self> {
        if siren.len() != 9 || nic.len() != 5 {
            return None;
        }
        let mut all = [0; 14];
        all[..9].copy_from_slice(siren);
        all[9..].copy_from_slice(nic);
        all.iter().all(u8::is_ascii_digit).then_some(Self(all))
    }

    /// The fourteen figures.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether both keys agree, that of the SIREN and that of the whole. The establishments of
    /// La Poste follow their own rule: a sum that five divides.
    pub fn has_a_right_key(&self) -> bool {
        let sum: u32 = self.0.iter().map(|c| u32::from(c - b'0')).sum();
        luhn(&self.0[..9]) && (luhn(&self.0) || (self.0.starts_with(b"356000000") && sum.is_multiple_of(5)))
    }
}

pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, c)| {
            let digit = u32::from(c - b'0') * if index % 2 == 1 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A civil month. Shown and ordered as `2026-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// The month of that day.
    pub const fn of(day: Day) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A quantity in hundredths, negative when it takes back what an earlier month declared too much.
///
/// ```
/// use dsn::values::Quantity;
/// assert_eq!(Quantity::parse(b"151.67"), Some(Quantity::from_hundredths(15_167)));
/// assert_eq!(Quantity::parse(b"-7.00").unwrap().to_string(), "-7.00");
/// assert_eq!(Quantity::parse(b"151,67"), None);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// That many hundredths.
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// In hundredths.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Reads `151.67`: a dot and two figures, as the norm writes every quantity.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let (sign, text) = match text {
            [b'-', tail @ ..] => (-1, tail),
            text => (1, text),
        };
        let [whole @ .., b'.', tenth, hundredth] = text else { return None };
        if whole.is_empty() || whole.len() > 12 {
            return None;
        }
        let digits = whole.iter().chain([tenth, hundredth]);
        let count = digits
            .into_iter()
            .try_fold(0_i64, |count, c| c.is_ascii_digit().then(|| count * 10 + i64::from(c - b'0')))?;
        Some(Self(sign * count))
    }
}

impl Add for Quantity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
        quantities.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A whole number without a sign, at most nineteen figures.
pub(crate) fn whole(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 19 {
        return None;
    }
    text.iter().try_fold(0_u64, |n, c| c.is_ascii_digit().then(|| n * 10 + u64::from(c - b'0')))
}

/// The three numbers of `DDMMYYYY`.
fn ddmmyyyy(text: &[u8]) -> Option<(u8, u8, u16)> {
    if text.len() != 8 {
        return None;
    }
    let count = whole(text)?;
    Some((
        u8::try_from(count / 1_000_000).ok()?,
        u8::try_from(count / 10_000 % 100).ok()?,
        u16::try_from(count % 10_000).ok()?,
    ))
}

/// A day written `DDMMYYYY`.
pub(crate) fn day(text: &[u8]) -> Option<Day> {
    let (day, month, year) = ddmmyyyy(text)?;
    Day::new(year, month, day).ok()
}

/// A birth date written `DDMMYYYY`, 99 for a day or a month that is not known; programs of payroll write 00 too.
pub(crate) fn naissance(text: &[u8]) -> Option<DateNaissance> {
    let (day, month, year) = ddmmyyyy(text)?;
    let part = |part: u8| if part == 99 { 0 } else { part };
    DateNaissance::from_iso(&format!("{year:04}-{:02}-{:02}", part(month), part(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_a_siret_are_those_of_luhn_but_for_la_poste() {
        let siret = |text: &str| Siret::of(&text.as_bytes()[..9], &text.as_bytes()[9..]).unwrap();
        assert!(siret("73282932000074").has_a_right_key());
        assert!(!siret("73282932000075").has_a_right_key());
        assert!(siret("35600000000048").has_a_right_key());
        assert!(siret("35600000049837").has_a_right_key());
        assert!(!siret("35600000049838").has_a_right_key());
    }

    #[test]
    fn a_quantity_has_a_dot_and_two_figures() {
        for text in ["", "1", "1.5", ".50", "1.567", "+1.00", "--1.00", "1 000.00", "1e3.00", "9999999999999.00"] {
            assert_eq!(Quantity::parse(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Quantity::parse(b"0007.50"), Some(Quantity(750)));
    }

    #[test]
    fn what_is_not_known_of_a_birth_is_written_99_or_00() {
        assert_eq!(naissance(b"28031979").map(|date| date.iso()).as_deref(), Some("1979-03-28"));
        assert_eq!(naissance(b"99031979").map(|date| date.iso()).as_deref(), Some("1979-03-00"));
        assert_eq!(naissance(b"99991979").map(|date| date.iso()).as_deref(), Some("1979-00-00"));
        assert_eq!(naissance(b"00001979").map(|date| date.iso()).as_deref(), Some("1979-00-00"));
        assert_eq!(naissance(b"00031979").map(|date| date.iso()).as_deref(), Some("1979-03-00"));
        for text in [
            &b"28001979"[..],
            b"31021979",
            b"28131979",
            b"98031979",
            b"28981979",
            b"2803197",
            b"280319790",
            b"2803I979",
        ] {
            assert_eq!(naissance(text), None);
        }
    }
}
