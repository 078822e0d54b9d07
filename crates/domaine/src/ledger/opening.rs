//! Which years may be credited on a day.

use crate::bareme::Bareme;
use crate::mesures::{Annee, Jour};

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
/// use domaine::mesures::{Annee, Jour};
/// let annee = Annee::new(2026).unwrap();
/// assert_eq!(creditable(annee, Jour::date(2026, 12, 31)), Err(NotCreditable::NotOver));
/// assert_eq!(creditable(annee, Jour::date(2027, 1, 1)), Ok(()));
/// ```
pub fn creditable(annee: Annee, today: Jour) -> Result<(), NotCreditable> {
    if annee.nombre() < Bareme::PASSAGE_A_L_EURO.annee() {
        return Err(NotCreditable::KeptInHours);
    }
    if annee.nombre() >= today.annee() { Err(NotCreditable::NotOver) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_credited_from_the_euro_on_once_they_are_over() {
        let on = |annee| creditable(Annee::new(annee).unwrap(), Jour::date(2026, 1, 1));
        assert_eq!([2018, 2019, 2020].map(on), [Err(NotCreditable::KeptInHours), Ok(()), Ok(())]);
        assert_eq!([2025, 2026, 2027].map(on), [Ok(()), Err(NotCreditable::NotOver), Err(NotCreditable::NotOver)]);
    }
}
