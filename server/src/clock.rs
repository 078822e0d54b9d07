//! What time it is: the only file that reads a clock, and the clock that tests set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domaine::mesures::Day;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// A clock. Times are milliseconds since 1970, UTC; days are those of French legal time.
#[derive(Clone)]
pub struct Clock {
    settled: Option<Arc<AtomicI64>>,
    paris: TimeZone,
}

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self { settled: None, paris: paris() }
    }

    /// A clock that stands still at this instant (« 2026-11-23T09:00:00Z ») until it is moved.
    ///
    /// # Panics
    /// When the text is not an instant: it is written in a test.
    pub fn settled(instant: &str) -> Self {
        let instant: Timestamp = instant.parse().expect("an instant written in a test");
        Self { settled: Some(Arc::new(AtomicI64::new(instant.as_millisecond()))), paris: paris() }
    }

    /// Moves a set clock forward; the clock of the machine does not move.
    pub fn advance(&self, duration: Duration) {
        if let Some(instant) = &self.settled {
            instant.fetch_add(to_ms(duration), Ordering::SeqCst);
        }
    }

    /// Now.
    pub fn now(&self) -> i64 {
        match &self.settled {
            Some(instant) => instant.load(Ordering::SeqCst),
            None => read_clock(),
        }
    }

    /// Today.
    pub fn today(&self) -> Day {
        day_of(self.legal(self.now()).date())
    }

    /// The day so many days before today, and its first millisecond.
    pub fn day_before(&self, days: u16) -> (Day, i64) {
        let date = self.legal(self.now()).date().saturating_sub(Span::new().days(days));
        let start = date.to_zoned(self.paris.clone()).map_or(i64::MIN, |start| start.timestamp().as_millisecond());
        (day_of(date), start)
    }

    /// The first millisecond of that day.
    pub fn start_of(&self, day: Day) -> i64 {
        let figures = (i16::try_from(day.year()), i8::try_from(day.month()), i8::try_from(day.day()));
        let (Ok(year), Ok(month), Ok(day)) = figures else { return i64::MIN };
        let start = Date::new(year, month, day).and_then(|date| date.to_zoned(self.paris.clone()));
        start.map_or(i64::MIN, |start| start.timestamp().as_millisecond())
    }

    /// « 2026-11-23T10:04 », in French legal time.
    pub fn in_words(&self, ms: i64) -> String {
        self.legal(ms).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    fn legal(&self, ms: i64) -> jiff::Zoned {
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.paris.clone())
    }
}

fn day_of(date: Date) -> Day {
    let figures = (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()));
    match figures {
        (Ok(year), Ok(month), Ok(day)) => Day::new(year, month, day).unwrap_or(Day::date(1970, 1, 1)),
        _ => Day::date(1970, 1, 1),
    }
}

/// A duration in the unit of this clock.
pub fn to_ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock of the machine")]
fn read_clock() -> i64 {
    Timestamp::now().as_millisecond()
}

fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").expect("the time zones are part of the program")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_french_legal_time() {
        assert_eq!(Clock::settled("2026-12-31T22:59:59Z").today(), Day::date(2026, 12, 31));
        assert_eq!(Clock::settled("2026-12-31T23:00:00Z").today(), Day::date(2027, 1, 1));
        assert_eq!(Clock::settled("2026-06-30T22:00:00Z").today(), Day::date(2026, 7, 1));
    }

    #[test]
    fn a_day_before_begins_at_its_own_midnight_summer_and_winter() {
        let clock = Clock::settled("2026-11-23T09:00:00Z");
        for (days, day, start) in [
            (0, Day::date(2026, 11, 23), "2026-11-22T23:00:00Z"),
            (1, Day::date(2026, 11, 22), "2026-11-21T23:00:00Z"),
            (365, Day::date(2025, 11, 23), "2025-11-22T23:00:00Z"),
            (150, Day::date(2026, 6, 26), "2026-06-25T22:00:00Z"),
        ] {
            let start = Clock::settled(start).now();
            assert_eq!((clock.day_before(days), clock.start_of(day)), ((day, start), start));
        }
    }
}
