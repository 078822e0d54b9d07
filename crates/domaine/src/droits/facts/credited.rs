//! What the ledger says that a year was given. It stands, whatever becomes of the rules, until the ledger puts it right: a
//! line of yesterday is never told otherwise today.

use super::situation::Situation;
use super::year_of_work::{Category, Raison, YearOfWork};
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

    /// Whether it stands on that day for a year whose facts are, by then, those: one that is older than a correction of
    /// these facts says nothing of them.
    pub(in crate::droits) fn stands(&self, facts: &YearOfWork, situation: &Situation, as_of: Day) -> bool {
        if self.year() != facts.year
            || self.facts.category.is_an_agents() != facts.category.is_an_agents()
            || self.since.is_some_and(|since| as_of < since)
            || self.until.is_some_and(|until| until <= as_of)
        {
            return false;
        }
        let of_the_year = situation.rectifications.iter().filter(|r| r.year == facts.year).map(|r| r.on);
        let raised = matches!(self.facts.category, Category::SalarieSousNiveau3);
        let cancelled = situation.sous_niveau_3.iter().filter(|_| raised).filter_map(|one| one.cancelled_on);
        let last = of_the_year.chain(cancelled).filter(|on| *on <= as_of).max();
        match last {
            Some(on) if on > self.written_on => false,
            // Of one day: only the facts tell which came first.
            Some(on) if on == self.written_on => self.is_of(facts),
            _ => true,
        }
    }

    /// Whether it was written from those facts, as far as an entry tells them: not whether a contribution was paid.
    fn is_of(&self, facts: &YearOfWork) -> bool {
        let told = |year: &YearOfWork| (year.category, year.work, year.absences, year.reference, year.majoration);
        self.raison.is_none() && told(&self.facts) == told(facts)
    }
}
