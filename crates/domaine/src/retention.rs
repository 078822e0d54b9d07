//! How long an account that nobody uses is kept, and how its holder is told before it goes. Knows no letter.
//!
//! No text gives a delay to a site that is not the official one (Code du travail, R6323-32 and following). What is assumed: an
//! account lasts a working life and is looked at rarely, so it is kept for five years without use by default, after
//! which ordinary claims about it are time-barred (Code civil, article 2224). After a death it is kept for three years, as
//! the official one is (Code du travail, R6323-39).

use crate::mesures::Day;

/// Years of keeping after a death. Source: Code du travail, R6323-39.
pub const AFTER_DEATH: u16 = 3;
/// Days from the first reminder to the last.
const FIRST_WAIT: u16 = 60;
/// Days from the last reminder to the closing.
const LAST_WAIT: u16 = 30;

/// Years without use after which the holder of an account is told that it closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention(u16);

/// What closing an account does, which depends on who runs the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// It is erased, that many days after its holder asked: the right to erasure of the GDPR (article 17).
    Erases(u16),
    /// It is not closed: for the controllers of the official system neither erasure nor objection apply, and what is kept goes three
    /// years after the death (Code du travail, R6323-38 and R6323-39).
    Excluded,
}

impl Closing {
    /// The longest delay, in days: past a month, what was asked would not be done within what the law gives (GDPR, article 12, 3).
    pub const LONGEST: u16 = 30;

    /// When it is erased that is asked now, in milliseconds; nothing when it is at once, or never.
    ///
    /// ```
    /// use domaine::retention::Closing;
    ///
    /// assert_eq!(Closing::Erases(0).later(1_000), None);
    /// assert_eq!(Closing::Erases(1).later(1_000), Some(86_401_000));
    /// assert_eq!(Closing::Excluded.later(1_000), None);
    /// ```
    pub const fn later(self, now: i64) -> Option<i64> {
        match self {
            Self::Erases(days) if days > 0 => Some(now + days as i64 * 86_400_000),
            Self::Erases(_) | Self::Excluded => None,
        }
    }
}

/// What is known of the use of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The last day somebody signed in to it.
    pub on: Day,
    /// The last reminder: whether it was the last of both, and its day.
    pub reminder: Option<(Reminder, Day)>,
}

/// Which reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// The account closes in three months.
    First,
    /// It closes in one.
    Last,
}

/// What is due of an account that nobody uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Its holder is told that it closes, from that day on.
    Remind(Reminder, Day),
    /// It closes.
    Close,
}

impl Retention {
    /// That many years: two at least, that nobody loses an account between two looks at it.
    pub const fn years(years: u16) -> Option<Self> {
        if years >= 2 && years <= 50 { Some(Self(years)) } else { None }
    }

    /// How many years.
    pub const fn count(self) -> u16 {
        self.0
    }

    /// The last day of use of the accounts that are told, on that day.
    pub fn used_by(self, today: Day) -> Day {
        years_before(today, self.0)
    }

    /// What is due on that day. Signing in at any time before the closing begins the years again.
    ///
    /// ```
    /// use domaine::mesures::Day;
    /// use domaine::retention::{Due, Reminder, Retention, Use};
    ///
    /// let five = Retention::years(5).unwrap();
    /// let unused = Use { on: Day::date(2020, 3, 1), reminder: None };
    /// assert_eq!(five.due(&unused, Day::date(2025, 2, 28)), None);
    /// let first = Due::Remind(Reminder::First, Day::date(2025, 5, 30));
    /// assert_eq!(five.due(&unused, Day::date(2025, 3, 1)), Some(first));
    /// ```
    pub fn due(self, known: &Use, today: Day) -> Option<Due> {
        if known.on > self.used_by(today) {
            return None;
        }
        match known.reminder {
            None => Some(Due::Remind(Reminder::First, after(today, FIRST_WAIT + LAST_WAIT))),
            Some((Reminder::First, on)) if after(on, FIRST_WAIT) <= today => {
                Some(Due::Remind(Reminder::Last, after(today, LAST_WAIT)))
            }
            Some((Reminder::Last, on)) if after(on, LAST_WAIT) <= today => Some(Due::Close),
            Some(_) => None,
        }
    }
}

/// The last day of death of those whose account goes on that day.
pub fn dead_by(today: Day) -> Day {
    years_before(today, AFTER_DEATH)
}

/// The same day that many years before; 28 February for a 29th.
fn years_before(day: Day, years: u16) -> Day {
    let year = day.year().saturating_sub(years);
    Day::new(year, day.month(), day.day()).or(Day::new(year, day.month(), 28)).unwrap_or(day)
}

fn after(day: Day, days: u16) -> Day {
    (0..days).fold(day, |day, _| day.next_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: Retention = Retention(5);

    #[test]
    fn a_holder_is_told_twice_before_an_account_closes_each_on_its_day_and_not_on_its_eve() {
        let used = Day::date(2021, 11, 23);
        let told = |reminder, on| Use { on: used, reminder: Some((reminder, on)) };
        let first = Day::date(2026, 11, 23);
        assert_eq!(FIVE.due(&Use { on: used, reminder: None }, Day::date(2026, 11, 22)), None);
        let due = FIVE.due(&Use { on: used, reminder: None }, first);
        assert_eq!(due, Some(Due::Remind(Reminder::First, Day::date(2027, 2, 21))));
        assert_eq!(FIVE.due(&told(Reminder::First, first), Day::date(2027, 1, 21)), None);
        let last = Day::date(2027, 1, 22);
        let due = FIVE.due(&told(Reminder::First, first), last);
        assert_eq!(due, Some(Due::Remind(Reminder::Last, Day::date(2027, 2, 21))));
        assert_eq!(FIVE.due(&told(Reminder::Last, last), Day::date(2027, 2, 20)), None);
        assert_eq!(FIVE.due(&told(Reminder::Last, last), Day::date(2027, 2, 21)), Some(Due::Close));
        // A server that was off for long: a month goes by after the second letter, whenever it leaves.
        let late = FIVE.due(&told(Reminder::First, first), Day::date(2030, 1, 1));
        assert_eq!(late, Some(Due::Remind(Reminder::Last, Day::date(2030, 1, 31))));
    }

    #[test]
    fn an_account_that_is_used_again_is_left_alone() {
        let told = Use { on: Day::date(2026, 11, 24), reminder: Some((Reminder::Last, Day::date(2026, 1, 1))) };
        assert_eq!(FIVE.due(&told, Day::date(2026, 11, 24)), None);
    }

    #[test]
    fn leap_days_and_the_three_years_of_a_death() {
        assert_eq!(FIVE.used_by(Day::date(2028, 2, 29)), Day::date(2023, 2, 28));
        assert_eq!(dead_by(Day::date(2026, 11, 23)), Day::date(2023, 11, 23));
        assert_eq!(Retention::years(1), None);
        assert_eq!(Retention::years(2).map(Retention::count), Some(2));
    }
}
