//! A year that the ledger holds stands as it was credited, though a rule has changed since: the ledger puts it right on a
//! day of its own, and the statement tells both. No rule here.

use crate::bareme::{Bareme, Pace};
use crate::droits::account::{Account, Credit, Droit, Ledger, RecordedYear};
use crate::droits::facts::{CreditedYear, Montant, Raison, Situation};
use crate::droits::statement::Hypotheses;
use crate::mesures::{Day, Euros, HoursVariation, Year};

/// What a year gives, as the ledger gave it where it says otherwise than the rules of today.
// Called for every year of every life: see the bench « droits ».
#[inline]
pub(super) fn as_credited(situation: &Situation, bareme: &Bareme, credit: Credit, as_of: Day) -> Credit {
    if situation.credited.is_empty() {
        return credit;
    }
    let standing = situation.credited.iter().find(|credited| situation.holds(credited, &credit.facts, as_of));
    let Some(droit) = standing.and_then(|credited| given(credited, &credit, bareme)) else { return credit };
    let facts = standing.map_or(credit.facts, |credited| credited.facts);
    let missing = standing.and_then(|credited| credited.missing).map_or(0, |missing| missing.hundredths());
    Credit { droit, facts, missing, hypotheses: Hypotheses::NONE, ..credit }
}

/// What the ledger gave for a year; nothing when the rules of today give the same.
fn given(credited: &CreditedYear, credit: &Credit, bareme: &Bareme) -> Option<Droit> {
    match (credited.raison, credited.facts.credit, credit.droit) {
        // The age and a pension are looked at when the credit is written.
        (Some(Raison::Age | Raison::Retraite), ..) => None,
        (Some(raison), _, droit) => Some(Droit::Nothing(raison)).filter(|given| *given != droit),
        (None, Montant::Euros(_), droit) => {
            let (same, plafond) = match droit {
                Droit::Euros { montant, plafond } => (montant == credited.montant, plafond),
                _ => (false, bareme.plafond.as_of(credit.date).map_or(Euros::ZERO, |plafond| plafond.value)),
            };
            (!same).then_some(Droit::Euros { montant: credited.montant, plafond })
        }
        (None, Montant::Hours(_), droit) => {
            let hours = credited.hours.absolute();
            let rates = |pace: Pace, part, all| [pace.per_year, pace.then].map(|rate| rate.pro_rata(part, all));
            let (same, pace) = match droit {
                Droit::Hours { pace, part, all, .. } => (rates(pace, part, all).contains(&hours), pace),
                _ => (false, bareme.agent_hours.as_of(credit.date)?.value),
            };
            let pace = Pace { per_year: hours, then: hours, ..pace };
            (!same).then_some(Droit::Hours { pace, part: 1, all: 1, agent: true })
        }
    }
}

impl<R: Ledger> Account<'_, R> {
    /// Whether the ledger gave that year though the rules of today say that the account was closed to it: no pension was
    /// told of, which would be a fact.
    pub(super) fn stands_despite(&self, raison: Raison, credit: &Credit, as_of: Day) -> bool {
        let told = self.situation.retraite_since.is_some_and(|since| since <= credit.date);
        raison == Raison::Retraite
            && !told
            && self
                .situation
                .credited
                .iter()
                .any(|credited| credited.raison.is_none() && self.situation.holds(credited, &credit.facts, as_of))
    }

    /// Whether the ledger put that year right on that day.
    pub(super) fn is_put_right(&self, year: Year, date: Day) -> bool {
        let credited = &mut self.situation.credited.iter();
        credited.any(|credited| credited.by_rule && credited.year() == year && credited.until == Some(date))
    }
}

/// What is left of an account for what is taken back because a rule was wrong: nobody owes what they spent in good faith.
pub(super) struct Left {
    euros: Euros,
    hours: HoursVariation,
}

impl Left {
    /// So much of each.
    pub(super) const fn new(euros: Euros, hours: HoursVariation) -> Self {
        Self { euros, hours }
    }

    /// What of that year was spent already, and is not taken back, knowing what is given in its place.
    pub(super) fn spent_of(&mut self, reversal: &RecordedYear, new: Option<&RecordedYear>) -> (Euros, HoursVariation) {
        let after = new.map_or((Euros::ZERO, HoursVariation::ZERO), |new| (new.montant, new.hours));
        let (loss, loss_in_hours) = (reversal.montant - after.0, reversal.hours - after.1);
        let spent = (loss - self.euros.max(Euros::ZERO)).max(Euros::ZERO);
        let spent_in_hours = (loss_in_hours - self.hours.max(HoursVariation::ZERO)).max(HoursVariation::ZERO);
        self.euros = self.euros - loss + spent;
        self.hours = self.hours - loss_in_hours + spent_in_hours;
        (spent, spent_in_hours)
    }
}
