//! A birth date once it is known, and why a text is none. How it is typed is the business of `reading`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::mesures::Day;

/// A birth date; day and month may be unknown, the year never is.
///
/// Travels as `"1979-03-28"`, an unknown part as `00`. `Debug` shows nothing of it.
/// Source: DSN rubric S21.G00.30.006 (99 for an unknown part, year mandatory, at most 120 years).
///
/// ```
/// use domaine::identite::{DateNaissance, NaissanceInvalide};
/// use domaine::mesures::Day;
/// let day = Day::date(2026, 11, 23);
/// assert_eq!(DateNaissance::parse("28/03/1979", day).unwrap().iso(), "1979-03-28");
/// assert_eq!(DateNaissance::parse("00/03/1979", day).unwrap().day(), None);
/// assert_eq!(DateNaissance::parse("31/04/1979", day), Err(NaissanceInvalide::DayOfMonth));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateNaissance {
    pub(super) year: u16,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
}

/// Why a text is not a birth date that an account can have: the first part, from the left, that
/// cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NaissanceInvalide {
    /// Nothing was typed.
    #[serde(rename = "vide")]
    Empty,
    /// All that stands can be right; day, month or the four figures of the year are missing.
    Incomplete,
    /// A year alone, as « 1955 » or « né en 1955 »: the day and the month have to be said unknown.
    #[serde(rename = "annee_seule")]
    YearAlone,
    /// Not a date in any way that people write one.
    #[serde(rename = "illisible")]
    Unreadable,
    /// A month beyond 12 that is not 99.
    #[serde(rename = "mois")]
    Month,
    /// A day beyond 31 that is not 99.
    #[serde(rename = "jour")]
    Day,
    /// That month of that year has no such day.
    #[serde(rename = "jour_du_mois")]
    DayOfMonth,
    /// A known day of an unknown month.
    #[serde(rename = "mois_inconnu")]
    UnknownMonth,
    /// The year is written with two figures, or begins as no living person's year does.
    #[serde(rename = "annee_courte")]
    ShortYear,
    /// The day has not come yet.
    Future,
    /// Less than 15 years old. Source: Code du travail, L5151-2 (16 years, 15 for apprentices).
    #[serde(rename = "trop_jeune")]
    TooYoung,
    /// More than 120 years old. Source: DSN control S21.G00.30.006/CCH-12.
    #[serde(rename = "trop_ancienne")]
    TooOld,
}

impl NaissanceInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn can_become_right(&self) -> bool {
        matches!(self, Self::Empty | Self::Incomplete | Self::YearAlone)
    }
}

/// The youngest holder, in years. Source: Code du travail, article L5151-2.
pub const MIN_AGE: u16 = 15;
/// The oldest, in years. Source: DSN control S21.G00.30.006/CCH-12.
pub const MAX_AGE: u16 = 120;

impl DateNaissance {
    /// A date kept earlier: real, but its age is not judged again.
    pub fn from_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let count = |t: &str| t.bytes().all(|c| c.is_ascii_digit()).then(|| t.parse::<u16>().ok()).flatten();
        let small = |t: &str| count(t).and_then(|n| u8::try_from(n).ok());
        let known = |part: u8| (part != 0).then_some(part);
        let (month, day) = (known(small(text.get(5..7)?)?), known(small(text.get(8..)?)?));
        let date = Self { year: count(text.get(..4)?)?, month, day };
        date.is_in_the_calendar().ok().map(|()| date)
    }

    /// The year.
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The month, when civil status knows it.
    pub const fn month(&self) -> Option<u8> {
        self.month
    }

    /// The day of the month, when civil status knows it.
    pub const fn day(&self) -> Option<u8> {
        self.day
    }

    /// The first day it can be: what is not known of it is never held against the person.
    ///
    /// ```
    /// use domaine::identite::DateNaissance;
    /// use domaine::mesures::Day;
    /// let naissance = DateNaissance::from_iso("1979-03-00").unwrap();
    /// assert_eq!(naissance.at_the_earliest(), Some(Day::date(1979, 3, 1)));
    /// ```
    pub fn at_the_earliest(&self) -> Option<Day> {
        Day::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// Whether what is not known of this date is written as that day: the first or the last it can be. A whole date
    /// stands for no other.
    ///
    /// Source: the practice of civil status and of payroll for who is born « in 1955 » (1 January or 31 December).
    pub(in crate::identite) fn stands_for(&self, full: Self) -> bool {
        let (Some(month), Some(day)) = (full.month, full.day) else { return false };
        let ends = |month: u8| [(month, 1), (month, Day::days_in_month(self.year, month))];
        self.year == full.year
            && match (self.month, self.day) {
                (None, _) => [ends(1)[0], ends(12)[1]].contains(&(month, day)),
                (Some(known), None) => ends(known).contains(&(month, day)),
                (Some(_), Some(_)) => false,
            }
    }

    /// 31 December of its year when a part of it is not known; nothing when the date is whole.
    ///
    /// ```
    /// use domaine::identite::DateNaissance;
    /// use domaine::mesures::Day;
    /// let year_end = |iso| DateNaissance::from_iso(iso).unwrap().year_end_if_partial();
    /// assert_eq!(year_end("1979-03-00"), Some(Day::date(1979, 12, 31)));
    /// assert_eq!(year_end("1979-03-28"), None);
    /// ```
    pub fn year_end_if_partial(&self) -> Option<Day> {
        let partial = self.month.is_none() || self.day.is_none();
        partial.then(|| Day::new(self.year, 12, 31).ok()).flatten()
    }

    /// `1979-03-28`, unknown parts as 00.
    pub fn iso(&self) -> String {
        let mut iso = String::with_capacity(10);
        write(&mut iso, self.year / 100);
        write(&mut iso, self.year % 100);
        for part in [self.month, self.day] {
            iso.push('-');
            write(&mut iso, u16::from(part.unwrap_or(0)));
        }
        iso
    }

    /// `28/03/1979`, as the form shows it once left.
    pub fn saisie(&self) -> String {
        let mut saisie = String::with_capacity(10);
        for part in [self.day, self.month] {
            write(&mut saisie, u16::from(part.unwrap_or(0)));
            saisie.push('/');
        }
        write(&mut saisie, self.year / 100);
        write(&mut saisie, self.year % 100);
        saisie
    }

    /// Whether an account can have it.
    pub(super) fn check(&self, today: Day) -> Result<(), NaissanceInvalide> {
        self.is_in_the_calendar()?;
        // The most favourable reading of what is unknown: born on the first day it can be.
        let at_the_earliest = (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        let threshold = |age: u16| (today.year().saturating_sub(age), today.month(), today.day());
        if at_the_earliest > threshold(0) {
            return Err(NaissanceInvalide::Future);
        }
        if at_the_earliest > threshold(MIN_AGE) {
            return Err(NaissanceInvalide::TooYoung);
        }
        // The control compares years, not days.
        if self.year < today.year().saturating_sub(MAX_AGE) {
            return Err(NaissanceInvalide::TooOld);
        }
        Ok(())
    }

    /// Whether there is such a day, as far as it is known.
    pub(super) fn is_in_the_calendar(&self) -> Result<(), NaissanceInvalide> {
        match (self.month, self.day) {
            (None, Some(_)) => Err(NaissanceInvalide::UnknownMonth),
            (Some(month), _) if month > 12 => Err(NaissanceInvalide::Month),
            (Some(month), Some(day)) if day > Day::days_in_month(self.year, month) => {
                Err(NaissanceInvalide::DayOfMonth)
            }
            _ => Ok(()),
        }
    }
}

/// Two figures.
fn write(text: &mut String, count: u16) {
    for digit in [count / 10 % 10, count % 10] {
        text.push(char::from_digit(u32::from(digit), 10).unwrap_or('0'));
    }
}

impl fmt::Debug for DateNaissance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DateNaissance(…)")
    }
}

impl TryFrom<String> for DateNaissance {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::from_iso(&text).ok_or("not a birth date written YYYY-MM-DD")
    }
}

impl From<DateNaissance> for String {
    fn from(date: DateNaissance) -> Self {
        date.iso()
    }
}
