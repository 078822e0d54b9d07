//! A year of work: its credit from what is known on a day, by the rules of its statuses, and its writing in the account.

use super::standing::as_credited;
use crate::bareme::{Bareme, Source};
use crate::droits::account::{Account, Credit, Entry, Ledger, RecordedYear};
use crate::droits::facts::{Activite, Situation, Statut};
use crate::droits::rules::year::{Judgement, Total};
use crate::droits::rules::{agent, eligibility, esat, euro, independant, majoration, plafond, plurality, salarie};
use crate::droits::statement::{Hypotheses, Motif, Poche, Raison};
use crate::mesures::{Day, Year};

/// What a year gives to each of the two counters: euros, or hours before 2019, then hours of a public agent. The texts say
/// which of the two is used, not which is fed (R6323-27, al. 2; décret n° 2017-928, article 3-2).
pub(super) type Credits = [Option<Credit>; 2];

/// The credits of a year, from the facts known on that day, as the ledger gave them where it still stands.
pub(super) fn credits_at(situation: &Situation, bareme: &Bareme, year: Year, as_of: Day) -> Credits {
    let credits = by_rule(situation, bareme, year, as_of);
    credits.map(|credit| credit.map(|credit| as_credited(situation, bareme, credit, as_of)))
}

/// The credits of a year by the rules of today, from the facts known on that day.
pub(super) fn by_rule(situation: &Situation, bareme: &Bareme, year: Year, as_of: Day) -> Credits {
    let judgement = Judgement { year, as_of, situation, bareme };
    // Of several corrections the latest stands; of the same day, the last one given.
    let rectification =
        situation.rectifications.iter().filter(|r| r.year == year && r.on <= as_of).max_by_key(|r| r.on);
    let of_the_year = |activite: &&Activite| activite.year == year;
    match rectification {
        Some(rectification) => credits(&judgement, rectification.activites.iter().filter(of_the_year)),
        None => credits(&judgement, situation.activites.iter().filter(of_the_year)),
    }
}

/// The credits of the year, from its records; nothing when no work was done, or before accounts existed.
pub(super) fn credits<'b>(judgement: &Judgement<'_>, activites: impl Iterator<Item = &'b Activite> + Clone) -> Credits {
    let mut tail = activites.clone();
    if let (Some(alone), None) = (tail.next(), tail.next()) {
        let credit = Total::of(alone, judgement.bareme).and_then(|total| of_the_statut(judgement, &total));
        return if matches!(alone.statut, Statut::PublicAgent { .. }) { [None, credit] } else { [credit, None] };
    }
    let one_paid = activites.clone().any(|activite| independant::is_paid(activite.statut));
    let account = |activite: &&Activite| !one_paid || independant::counts_beside_paid(activite.statut);
    let at_index = |index| {
        let at_index = |activite: &&Activite| statut_index(activite.statut) == index;
        let group = activites.clone().filter(account).filter(at_index);
        Total::sum(group, judgement.bareme).and_then(|total| of_the_statut(judgement, &total))
    };
    let mut private: Option<Credit> = None;
    for index in [0, 1, 2] {
        if let Some(credit) = at_index(index) {
            private = Some(private.map_or(credit, |other| plurality::most_favourable(judgement.bareme, other, credit)));
        }
    }
    [private, at_index(3)]
}

/// What one status gives for that year: the only place that knows which rule is whose.
fn of_the_statut(judgement: &Judgement<'_>, total: &Total<'_>) -> Option<Credit> {
    if judgement.end() < Bareme::EURO_SWITCH
        && matches!(total.main.statut, Statut::Salarie | Statut::Esat)
        && judgement.situation.earlier_hours.is_some()
    {
        return None;
    }
    // Before the first rule of all there was no account: such a year is not even a line.
    let end = judgement.end();
    judgement.bareme.salarie_hours.as_of(end)?;
    match total.main.statut {
        _ if total.reference.hundredths() == 0 => {
            Some(judgement.nothing(total, Raison::NoReference, Source::REFERENCE))
        }
        Statut::Salarie => {
            let declared = majoration::declared_alone(judgement, total);
            salarie::credit(judgement, total, (majoration::boeth(judgement, total), declared))
        }
        Statut::Esat => Some(esat::credit(judgement, total, majoration::boeth(judgement, total).is_some())),
        Statut::Independant { .. } => Some(independant::credit(judgement, total)),
        Statut::PublicAgent { without_niveau_3, incomplete } => {
            Some(agent::credit(judgement, total, without_niveau_3, incomplete))
        }
    }
}

const fn statut_index(statut: Statut) -> u8 {
    match statut {
        Statut::Salarie => 0,
        Statut::Esat => 1,
        Statut::Independant { .. } => 2,
        Statut::PublicAgent { .. } => 3,
    }
}

impl<R: Ledger> Account<'_, R> {
    /// Credits a year on that day.
    pub(super) fn credit_year(&mut self, credit: &Credit, date: Day) {
        let key = credit.key();
        let by_age = if key.1 { Hypotheses::NONE } else { self.assumed_of_age(date) };
        let hypotheses = credit.hypotheses.et(by_age);
        let mut entry = Entry { hypotheses, ..Entry::empty(date, Poche::Cpf, credit.source) };
        let known_on = self.known_on.unwrap_or(date);
        let blocker = eligibility::obstacle(self, key, date)
            .filter(|(raison, ..)| !self.stands_despite(*raison, credit, known_on));
        let refusal = blocker.map(|(raison, ..)| raison);
        let before = (self.cpf, self.private_hours + self.public_hours, self.ledger.count());
        if let Some((raison, source, hypothesis)) = blocker {
            entry.source = source;
            entry.hypotheses = entry.hypotheses.with(hypothesis);
            self.write(entry, || Motif::YearWithoutCredit { facts: credit.facts, raison });
        } else {
            let hours = plafond::give(self, credit, entry);
            euro::after_switch(self, date, hours);
        }
        if self.follow_years {
            self.years.push(RecordedYear {
                credit: *credit,
                refusal,
                date,
                montant: self.cpf - before.0,
                hours: self.private_hours + self.public_hours - before.1,
                lignes: (before.2, self.ledger.count()),
            });
        }
    }
}
