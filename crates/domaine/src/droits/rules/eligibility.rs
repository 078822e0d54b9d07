//! What keeps a year from being credited: the age of the account, a full-rate pension or its age.

use crate::bareme::Source;
use crate::droits::account::{Account, Ledger};
use crate::droits::statement::{Hypothesis, Raison};
use crate::mesures::{Day, Year};

/// Why that year of work is not credited to that counter on that day, where it is written, and what is assumed of it.
// Called for every year of every life: see the bench « droits ».
#[inline]
pub(in crate::droits) fn obstacle<R: Ledger>(
    account: &Account<'_, R>,
    (year, agents): (Year, bool),
    date: Day,
) -> Option<(Raison, Source, Hypothesis)> {
    if let Some(source) = account.frozen_by(date, agents) {
        Some((Raison::Retraite, source, Hypothesis::RetraiteBeforeCredit))
    } else if !account.at_age(year.last_day()) {
        Some((Raison::Age, Source::CLOSING, Hypothesis::AgeAtYearEnd))
    } else {
        None
    }
}
