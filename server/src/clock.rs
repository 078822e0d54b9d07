//! What time it is: the only file that reads a clock, and the clock that tests set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domaine::mesures::Jour;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A clock. Times are milliseconds since 1970, UTC; days are those of French legal time.
#[derive(Clone)]
pub struct Clock {
    reglee: Option<Arc<AtomicI64>>,
    paris: TimeZone,
}

impl Clock {
    /// The clock of the machine.
    pub fn systeme() -> Self {
        Self { reglee: None, paris: paris() }
    }

    /// A clock that stands still at this instant (« 2026-11-23T09:00:00Z ») until it is moved.
    ///
    /// # Panics
    /// When the text is not an instant: it is written in a test.
    pub fn reglee(instant: &str) -> Self {
        let instant: Timestamp = instant.parse().expect("an instant written in a test");
        Self { reglee: Some(Arc::new(AtomicI64::new(instant.as_millisecond()))), paris: paris() }
    }

    /// Moves a set clock forward; the clock of the machine does not move.
    pub fn avancer(&self, duree: Duration) {
        if let Some(instant) = &self.reglee {
            instant.fetch_add(en_ms(duree), Ordering::SeqCst);
        }
    }

    /// Now.
    pub fn maintenant(&self) -> i64 {
        match &self.reglee {
            Some(instant) => instant.load(Ordering::SeqCst),
            None => lire_l_horloge(),
        }
    }

    /// Today.
    pub fn aujourdhui(&self) -> Jour {
        let date = self.legale(self.maintenant()).date();
        let figures = (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()));
        match figures {
            (Ok(annee), Ok(mois), Ok(jour)) => Jour::new(annee, mois, jour).unwrap_or(Jour::date(1970, 1, 1)),
            _ => Jour::date(1970, 1, 1),
        }
    }

    /// « 2026-11-23T10:04 », in French legal time.
    pub fn en_clair(&self, ms: i64) -> String {
        self.legale(ms).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    fn legale(&self, ms: i64) -> jiff::Zoned {
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.paris.clone())
    }
}

/// A duration in the unit of this clock.
pub fn en_ms(duree: Duration) -> i64 {
    i64::try_from(duree.as_millis()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock of the machine")]
fn lire_l_horloge() -> i64 {
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
        assert_eq!(Clock::reglee("2026-12-31T22:59:59Z").aujourdhui(), Jour::date(2026, 12, 31));
        assert_eq!(Clock::reglee("2026-12-31T23:00:00Z").aujourdhui(), Jour::date(2027, 1, 1));
        assert_eq!(Clock::reglee("2026-06-30T22:00:00Z").aujourdhui(), Jour::date(2026, 7, 1));
    }
}
