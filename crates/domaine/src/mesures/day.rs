//! A civil day and a civil year. No clock and no time zone: the two programs know those.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar, years 1 to 9999. Travels as `"2021-06-30"`.
///
/// ```
/// use domaine::mesures::Day;
/// let day: Day = "2024-02-29".parse().unwrap();
/// assert_eq!(day.year(), 2024);
/// assert!("2023-02-29".parse::<Day>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    // Year, month and day side by side in one number: days are compared far more often than they are read.
    index: u32,
}

/// The text or the figures are not a day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayInvalide;

impl Day {
    /// The day made of these figures, or [`DayInvalide`] when the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Self, DayInvalide> {
        if year == 0 || year > 9999 || month == 0 || month > 12 {
            return Err(DayInvalide);
        }
        if day == 0 || day > Self::days_in_month(year, month) {
            return Err(DayInvalide);
        }
        Ok(Self { index: (year as u32) << 16 | (month as u32) << 8 | day as u32 })
    }

    /// A day written in the source, checked when the program is compiled.
    ///
    /// # Panics
    /// When the calendar has no such day: in a constant this stops the compiler.
    pub const fn date(year: u16, month: u8, day: u8) -> Self {
        match Self::new(year, month, day) {
            Ok(day) => day,
            Err(DayInvalide) => panic!("not a day of the calendar"),
        }
    }

    /// How many days the month has; 0 for a month that does not exist.
    pub const fn days_in_month(year: u16, month: u8) -> u8 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
            2 => 28,
            _ => 0,
        }
    }

    /// The year, 1 to 9999.
    pub const fn year(self) -> u16 {
        (self.index >> 16) as u16
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        (self.index >> 8) as u8
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.index as u8
    }

    /// The same day of another year; the eve of a 29 February that this year has not.
    pub(crate) const fn en(self, year: Year) -> Self {
        let same = self.index & 0xffff | (year.0 as u32) << 16;
        let absent = self.day() == 29 && self.month() == 2 && Self::days_in_month(year.0, 2) < 29;
        Self { index: if absent { same - 1 } else { same } }
    }

    /// A number that is greater for a later day.
    pub(crate) const fn index(self) -> u32 {
        self.index
    }

    /// The day after; the last day of year 9999 is its own.
    ///
    /// ```
    /// use domaine::mesures::Day;
    /// assert_eq!(Day::date(2023, 2, 28).next_day(), Day::date(2023, 3, 1));
    /// ```
    #[must_use]
    pub const fn next_day(self) -> Self {
        let (year, month) = (self.year(), self.month());
        if let Ok(day) = Self::new(year, month, self.day() + 1) {
            return day;
        }
        if let Ok(day) = Self::new(year, month + 1, 1) {
            return day;
        }
        match Self::new(year + 1, 1, 1) {
            Ok(day) => day,
            Err(DayInvalide) => self,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = DayInvalide;

    fn from_str(text: &str) -> Result<Self, DayInvalide> {
        let [a0, a1, a2, a3, b'-', m0, m1, b'-', j0, j1] = *text.as_bytes() else {
            return Err(DayInvalide);
        };
        let digit = |c: u8| c.is_ascii_digit().then(|| c - b'0').ok_or(DayInvalide);
        let year = [a0, a1, a2, a3].into_iter().try_fold(0_u16, |n, c| Ok(n * 10 + u16::from(digit(c)?)))?;
        Self::new(year, digit(m0)? * 10 + digit(m1)?, digit(j0)? * 10 + digit(j1)?)
    }
}

impl TryFrom<String> for Day {
    type Error = DayInvalide;

    fn try_from(text: String) -> Result<Self, DayInvalide> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl fmt::Display for DayInvalide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day written YYYY-MM-DD")
    }
}

impl std::error::Error for DayInvalide {}

/// A civil year of work, 1900 to 2199. Travels as `"2021"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Year(u16);

impl Year {
    /// The first year there is.
    pub const FIRST: Self = Self(1900);

    /// The year, or [`DayInvalide`] outside 1900 to 2199.
    pub const fn new(year: u16) -> Result<Self, DayInvalide> {
        if year < 1900 || year > 2199 { Err(DayInvalide) } else { Ok(Self(year)) }
    }

    /// The number of the year.
    pub const fn count(self) -> u16 {
        self.0
    }

    /// 1 January.
    ///
    /// ```
    /// use domaine::mesures::{Year, Day};
    /// let year = Year::new(2024).unwrap();
    /// assert_eq!(year.first_day(), Day::date(2024, 1, 1));
    /// assert_eq!(year.last_day(), Day::date(2024, 12, 31));
    /// ```
    pub const fn first_day(self) -> Day {
        Day::date(2000, 1, 1).en(self)
    }

    /// 31 December.
    pub const fn last_day(self) -> Day {
        Day::date(2000, 12, 31).en(self)
    }

    /// The year after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<String> for Year {
    type Error = DayInvalide;

    fn try_from(text: String) -> Result<Self, DayInvalide> {
        if text.len() != 4 || !text.bytes().all(|c| c.is_ascii_digit()) {
            return Err(DayInvalide);
        }
        Self::new(text.parse().map_err(|_| DayInvalide)?)
    }
}

impl From<Year> for String {
    fn from(year: Year) -> Self {
        year.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_days_follow_the_gregorian_rule() {
        assert!(Day::new(2000, 2, 29).is_ok());
        assert!(Day::new(1900, 2, 29).is_err());
        assert!(Day::new(2024, 2, 29).is_ok());
        assert!(Day::new(2023, 2, 29).is_err());
    }

    #[test]
    fn a_day_keeps_its_place_in_another_year() {
        let en = |day: Day, year| day.en(Year::new(year).unwrap());
        assert_eq!(en(Day::date(2023, 6, 30), 2024), Day::date(2024, 6, 30));
        assert_eq!(en(Day::date(2024, 2, 29), 2028), Day::date(2028, 2, 29));
        assert_eq!(en(Day::date(2024, 2, 29), 2025), Day::date(2025, 2, 28));
    }

    #[test]
    fn a_day_reads_back_as_it_was_written() {
        let day = Day::date(2019, 1, 1);
        assert_eq!(day.to_string().parse(), Ok(day));
    }

    #[test]
    fn a_text_that_is_not_a_day_is_refused() {
        for text in ["", "2019-1-1", "2019-13-01", "2019-04-31", "0000-01-01", "2019/01/01", "２０１９-01-01"] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
