//! What the ledger says that a year was given. It stands, whatever becomes of the rules, until the ledger puts it right: a
//! line of yesterday is never told otherwise today.

use super::year_of_work::{Raison, YearOfWork};
use crate::mesures::{Day, Euros, HoursVariation, Quantity, Year};

/// An entry of the ledger, as the account goes by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditedYear {
    /// The day it was written.
    pub written_on: Day,
    /// The day from which it stands, for one that took the place of another.
    pub since: Option<Day>,
    /// The day from which it stands no more.
    pub until: Option<Day>,
    /// Whether it stands no more because its rule was not that of the text.
    pub by_rule: bool,
    /// What it gave, before the ceiling.
    pub montant: Euros,
    /// The same in hours.
    pub hours: HoursVariation,
    /// From what.
    pub facts: YearOfWork,
    /// How much more work would have given the whole credit.
    pub missing: Option<Quantity>,
    /// Why it gave nothing, if it did.
    pub raison: Option<Raison>,
}

impl CreditedYear {
    /// The year of work.
    pub const fn year(&self) -> Year {
        self.facts.year
    }

    /// Whether it was written from those facts, as far as an entry tells them: not whether a contribution was paid.
    pub(super) fn is_of(&self, facts: &YearOfWork) -> bool {
        let told = |year: &YearOfWork| (year.category, year.work, year.absences, year.reference, year.majoration);
        self.raison.is_none() && told(&self.facts) == told(facts)
    }
}
