//! Which years may be credited on a day.

use crate::bareme::Bareme;
use crate::mesures::{Day, Year};

/// Why a year cannot be credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCreditable {
    /// Accounts were kept in hours, which are taken over as one balance and not year by year.
    KeptInHours,
    /// It is not over: its rights are not known.
    NotOver,
}

/// Whether that year can be credited on that day.
///
/// Sources: loi n° 2018-771 and décret n° 2018-1153 (euros from 1 January 2019); Code du travail, R6323-1 (the credit
/// is that of a whole civil year).
///
/// # Errors
/// [`NotCreditable`] says why it cannot.
///
/// ```
/// use domaine::ledger::{NotCreditable, creditable};
/// use domaine::mesures::{Year, Day};
/// let year = Year::new(2026).unwrap();
/// assert_eq!(creditable(year, Day::date(2026, 12, 31)), Err(NotCreditable::NotOver));
/// assert_eq!(creditable(year, Day::date(2027, 1, 1)), Ok(()));
/// ```
pub fn creditable(year: Year, today: Day) -> Result<(), NotCreditable> {
    if year.count() < Bareme::EURO_SWITCH.year() {
        return Err(NotCreditable::KeptInHours);
    }
    if year.count() >= today.year() { Err(NotCreditable::NotOver) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_credited_from_the_euro_on_once_they_are_over() {
        let on = |year| creditable(Year::new(year).unwrap(), Day::date(2026, 1, 1));
        assert_eq!([2018, 2019, 2020].map(on), [Err(NotCreditable::KeptInHours), Ok(()), Ok(())]);
        assert_eq!([2025, 2026, 2027].map(on), [Ok(()), Err(NotCreditable::NotOver), Err(NotCreditable::NotOver)]);
    }
}
