//! Money in whole cents. Every rounding has a name, and there is only one so far.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount in euros, kept in whole cents, negative for a debit. Travels as `"1810.00"`.
///
/// ```
/// use domaine::mesures::Euros;
/// assert_eq!((Euros::whole(500) + Euros::whole(525)).to_string(), "1025.00");
/// assert_eq!(Euros::whole(500).pro_rata(803_00, 1607_00).to_string(), "249.85");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Euros {
    centimes: i64,
}

/// The text is not an amount written `1810.00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EurosInvalides;

impl Euros {
    /// No money at all.
    pub const ZERO: Self = Self { centimes: 0 };

    /// Whole euros.
    pub const fn whole(euros: i64) -> Self {
        Self { centimes: euros * 100 }
    }

    /// An amount given in cents.
    pub const fn from_centimes(centimes: i64) -> Self {
        Self { centimes }
    }

    /// The amount in cents.
    pub const fn centimes(self) -> i64 {
        self.centimes
    }

    /// This amount times `part / tout`, rounded **up to the next cent**.
    ///
    /// Source: Code du travail, article R6323-1, II (pro rata below half time).
    ///
    /// # Panics
    /// When `all` is zero: a reference duration always exists.
    #[must_use]
    pub fn pro_rata(self, part: u32, all: u32) -> Self {
        assert!(all > 0, "a reference duration is never zero");
        if let Some(product) = self.centimes.checked_mul(i64::from(part)) {
            let all = i64::from(all);
            return Self { centimes: product.div_euclid(all) + i64::from(product.rem_euclid(all) != 0) };
        }
        let product = i128::from(self.centimes) * i128::from(part);
        let all = i128::from(all);
        let rounded = product.div_euclid(all) + i128::from(product.rem_euclid(all) != 0);
        Self { centimes: i64::try_from(rounded).unwrap_or(i64::MAX) }
    }

    /// Whether it is zero.
    // By reference, as serde asks.
    pub const fn is_zero(&self) -> bool {
        self.centimes == 0
    }

    /// This amount `times` times.
    #[must_use]
    pub const fn times(self, times: u32) -> Self {
        Self { centimes: self.centimes.saturating_mul(times as i64) }
    }
}

impl Add for Euros {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { centimes: self.centimes.saturating_add(other.centimes) }
    }
}

impl AddAssign for Euros {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Euros {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { centimes: self.centimes.saturating_sub(other.centimes) }
    }
}

impl Neg for Euros {
    type Output = Self;

    fn neg(self) -> Self {
        Self { centimes: self.centimes.saturating_neg() }
    }
}

impl Sum for Euros {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Euros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.centimes < 0 { "-" } else { "" };
        let absolute = self.centimes.unsigned_abs();
        write!(f, "{sign}{}.{:02}", absolute / 100, absolute % 100)
    }
}

impl FromStr for Euros {
    type Err = EurosInvalides;

    fn from_str(text: &str) -> Result<Self, EurosInvalides> {
        let (sign, absolute) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, cents) = absolute.split_once('.').ok_or(EurosInvalides)?;
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|c| c.is_ascii_digit());
        if !digits(whole) || !digits(cents) || cents.len() != 2 || whole.len() > 15 {
            return Err(EurosInvalides);
        }
        let whole: i64 = whole.parse().map_err(|_| EurosInvalides)?;
        let cents: i64 = cents.parse().map_err(|_| EurosInvalides)?;
        Ok(Self { centimes: sign * (whole * 100 + cents) })
    }
}

impl TryFrom<String> for Euros {
    type Error = EurosInvalides;

    fn try_from(text: String) -> Result<Self, EurosInvalides> {
        text.parse()
    }
}

impl From<Euros> for String {
    fn from(euros: Euros) -> Self {
        euros.to_string()
    }
}

impl fmt::Display for EurosInvalides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an amount written 1810.00")
    }
}

impl std::error::Error for EurosInvalides {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pro_rata_rounds_up_to_the_next_cent() {
        assert_eq!(Euros::whole(500).pro_rata(803, 1607), Euros::from_centimes(24_985));
        assert_eq!(Euros::whole(500).pro_rata(1, 1607), Euros::from_centimes(32));
        assert_eq!(Euros::whole(500).pro_rata(0, 1607), Euros::ZERO);
        assert_eq!(Euros::whole(500).pro_rata(1607, 1607), Euros::whole(500));
    }

    #[test]
    fn an_amount_reads_back_as_it_was_written() {
        for centimes in [0, 1, 99, 100, 181_000, -5, -12_345, i64::from(u32::MAX)] {
            let euros = Euros::from_centimes(centimes);
            assert_eq!(euros.to_string().parse(), Ok(euros));
        }
    }

    #[test]
    fn a_text_that_is_not_an_amount_is_refused() {
        for text in ["", "1", "1.", ".50", "1.5", "1,50", "1.500", "+1.00", "1e3.00", "9999999999999999.00"] {
            assert!(text.parse::<Euros>().is_err(), "{text}");
        }
    }
}
