//! Corrections after the fact: the yearly credits are told again with what is known on that day, and what
//! differs from the account is taken back, then written anew. What was spent meanwhile stays spent.

use std::mem;

use super::standing::Left;
use super::years;
use crate::bareme::{Bareme, Source};
use crate::droits::account::{Account, Credit, Draft, Entry, Ledger, Mouvement, RecordedYear};
use crate::droits::facts::{Evenement, Nature};
use crate::droits::rules::{accord, dif, euro};
use crate::droits::statement::{Category, Hypotheses, Hypothesis, Motif, Poche, Raison};
use crate::mesures::{Day, Euros, HoursVariation, Year};
use crate::sorting::sort_by_key;

impl<'a, R: Ledger> Account<'a, R> {
    /// Writes the corrections of that day, all of them at once: first what is taken back, then what is given.
    pub(super) fn correct(&mut self, date: Day) {
        if self.corrected_on.replace(date) == Some(date) {
            return;
        }
        let shadow = self.replay(date);
        let (kept, mut reversals): (Vec<_>, Vec<_>) =
            mem::take(&mut self.years).into_iter().partition(|former| shadow.years.iter().any(|n| n.equals(former)));
        let mut new_ones: Vec<RecordedYear> =
            shadow.years.iter().filter(|new| !kept.iter().any(|a| a.key() == new.key())).copied().collect();
        sort_by_key(&mut reversals, RecordedYear::key);
        sort_by_key(&mut new_ones, RecordedYear::key);
        let difs: Vec<usize> = (0..self.difs.len().min(shadow.difs.len()))
            .filter(|index| self.difs[*index].montant != shadow.difs[*index].montant)
            .collect();
        let accords: Vec<usize> = (0..self.accords.len().min(shadow.accords.len()))
            .filter(|index| self.accords[*index].montant != shadow.accords[*index].montant)
            .collect();
        let by_accords: Euros =
            accords.iter().map(|index| shadow.accords[*index].montant - self.accords[*index].montant).sum();
        self.years = kept;
        self.take_back(&reversals, &new_ones, by_accords, date);
        let cpf_after = new_ones.iter().fold(self.cpf + by_accords, |cpf, new| cpf + new.montant);
        for index in &accords {
            let (montant, of) = (self.accords[*index].montant, self.accords[*index].date);
            let hypotheses = Hypotheses::NONE.with_if(cpf_after < Euros::ZERO, Hypothesis::OverPaid);
            let entry = Entry { montant, hypotheses, ..Entry::empty(date, Poche::Cpf, Source::PLAFOND) };
            self.reverse(entry, of, Raison::OtherLineCorrected, None);
        }
        let dif_after = difs
            .iter()
            .fold(self.soldes.dif_part, |dif, index| dif - self.difs[*index].montant + shadow.difs[*index].montant);
        for index in &difs {
            let recorded = self.difs[*index];
            let mut entry = Entry::empty(date, Poche::Dif, Source::PLAFOND);
            entry.montant = recorded.montant;
            entry.hypotheses = entry.hypotheses.with_if(dif_after < Euros::ZERO, Hypothesis::OverPaid);
            self.reverse(entry, recorded.date, Raison::OtherLineCorrected, None);
        }
        self.plafond = shadow.plafond;
        self.hours_plafond = shadow.hours_plafond;
        self.earned_hours = shadow.earned_hours;
        for new in new_ones {
            for (entry, motif) in &shadow.ledger.0[new.lignes.0..new.lignes.1] {
                // It is the day of the correction that counts, not one of a half-year that the law leaves open.
                let hypotheses = entry.hypotheses.without(Hypothesis::CreditDay);
                self.write(Entry { date, hypotheses, ..*entry }, || motif.clone());
            }
            if self.to_euros && !new.is_an_agents() {
                // Told in hours, on a day before they became euros.
                let hours = shadow.ledger.0[new.lignes.0..new.lignes.1].iter().map(|(e, _)| e.hours).sum();
                euro::convert_at_known_value(self, date, hours, new.montant);
            }
            self.years.push(RecordedYear { date, ..new });
        }
        for index in accords {
            let replacement = &shadow.accords[index];
            let (entry, motif) = &shadow.ledger.0[replacement.ligne];
            self.write(Entry { date, ..*entry }, || motif.clone());
            self.accords[index].montant = replacement.montant;
            self.accords[index].date = date;
        }
        for index in difs {
            let replacement = shadow.difs[index];
            let (entry, motif) = &shadow.ledger.0[replacement.ligne];
            // Its hours, if it was declared in hours, are euros by now.
            let entry = Entry { date, montant: replacement.montant, hours: HoursVariation::ZERO, ..*entry };
            self.write(entry, || motif.clone());
            self.difs[index].montant = replacement.montant;
            self.difs[index].date = date;
        }
    }

    /// Takes these years back, knowing what will be given in their place, and besides them.
    fn take_back(&mut self, reversals: &[RecordedYear], new_ones: &[RecordedYear], besides: Euros, date: Day) {
        let mut after = (self.cpf + besides, self.private_hours, self.public_hours);
        let mut count = |year: &RecordedYear, montant: Euros, hours: HoursVariation| {
            after.0 += montant;
            let account = if year.is_an_agents() { &mut after.2 } else { &mut after.1 };
            *account += hours;
        };
        let new_of = |reversal: &RecordedYear| new_ones.iter().find(|new| new.key() == reversal.key());
        let raisons: Vec<Raison> = reversals.iter().map(|year| self.raison(year, new_of(year), date)).collect();
        let is_of_a_rule = |key: (Year, bool)| {
            let mut with_raison = reversals.iter().zip(&raisons);
            with_raison.any(|(other, raison)| other.key() == key && *raison == Raison::CorrectedRule)
        };
        // What other corrections leave, then what a rule takes back, year after year: it stops at what is left.
        reversals.iter().filter(|year| !is_of_a_rule(year.key())).for_each(|y| count(y, -y.montant, -y.hours));
        new_ones.iter().filter(|year| !is_of_a_rule(year.key())).for_each(|y| count(y, y.montant, y.hours));
        let mut left = [Left::new(after.0, after.1), Left::new(Euros::ZERO, after.2)];
        for (reversal, raison) in reversals.iter().zip(raisons) {
            let new = new_of(reversal);
            let agent = reversal.is_an_agents();
            let (spent, spent_in_hours) = match raison {
                Raison::CorrectedRule => left[usize::from(agent)].spent_of(reversal, new),
                _ => (Euros::ZERO, HoursVariation::ZERO),
            };
            // What a rule had wrong is written where the right one is.
            let right = new.filter(|_| raison == Raison::CorrectedRule);
            let text = &right.unwrap_or(reversal).credit;
            let hours_after = if agent { after.2 } else { after.1 };
            let spent_too_much = (reversal.montant > Euros::ZERO && after.0 < Euros::ZERO)
                || (reversal.hours > HoursVariation::ZERO && hours_after < HoursVariation::ZERO);
            let over_paid = raison != Raison::CorrectedRule && spent_too_much;
            let entry = Entry {
                agent,
                montant: reversal.montant - spent,
                hours: reversal.hours - spent_in_hours,
                withheld: spent,
                withheld_hours: spent_in_hours,
                hypotheses: Hypotheses::NONE.with_if(over_paid, Hypothesis::OverPaid),
                ..Entry::empty(date, Poche::Cpf, source(raison, text))
            };
            if !spent.is_zero() || !spent_in_hours.is_zero() {
                // A later correction tells the account again: it must find this as it was.
                let kept = Entry {
                    montant: spent,
                    hours: spent_in_hours,
                    agent,
                    ..Entry::empty(date, Poche::Cpf, entry.source)
                };
                self.mouvements.push(Mouvement { nature: Nature::RuleCorrection, entry: kept });
            }
            self.reverse(entry, reversal.date, raison, Some(reversal.year()));
        }
    }

    /// Why that year is taken back on that day.
    fn raison(&self, reversal: &RecordedYear, new: Option<&RecordedYear>, date: Day) -> Raison {
        let unchanged = new.is_some_and(|new| new.credit.droit == reversal.credit.droit);
        if self.is_put_right(reversal.year(), date)
            && !(unchanged && new.is_some_and(|n| n.refusal == reversal.refusal))
        {
            return Raison::CorrectedRule;
        }
        let rectified = self.situation.rectifications.iter().any(|r| r.year == reversal.year() && r.on == date);
        let raised = new.is_some_and(|new| new.credit.facts.majoration > reversal.credit.facts.majoration);
        let recognised = raised && self.situation.handicaps.iter().any(|handicap| handicap.known_on == date);
        match (unchanged, rectified, recognised) {
            (true, ..) => Raison::OtherLineCorrected,
            (false, true, _) => Raison::RectifiedYear,
            (false, false, true) => Raison::RecognisedDisability,
            (false, false, false) => Raison::CancelledDeclaration,
        }
    }

    /// The account as it would stand if what is known on that day had been known from the start: each year on
    /// its own day, each DIF on the day it was declared, each agreement on the day it was paid, expenses and conversions as they took place.
    fn replay(&self, date: Day) -> Account<'a, Draft> {
        let credits = self.known_credits(date);
        let mut steps =
            Vec::with_capacity(credits.len() + self.mouvements.len() + 2 * self.situation.attestations.len() + 1);
        if Bareme::EURO_SWITCH <= date {
            steps.push(Evenement { date: Bareme::EURO_SWITCH, nature: Nature::Passage, place: 0 });
        }
        for (place, attestation) in self.situation.attestations.iter().enumerate() {
            let Some((from, until)) = attestation.presence() else { continue };
            let happens = [(Some(from), Nature::Attestation), (until, Nature::Refusal)];
            let known = happens.into_iter().filter_map(|(on, nature)| Some((on.filter(|on| *on <= date)?, nature)));
            steps.extend(known.map(|(date, nature)| Evenement { date, nature, place }));
        }
        let added = self.accords.iter().enumerate();
        steps.extend(added.map(|(place, accord)| Evenement {
            date: accord.abondement.date,
            nature: Nature::Abondement,
            place,
        }));
        let credited = credits.iter().enumerate();
        steps.extend(credited.map(|(place, credit)| Evenement { date: credit.date, nature: Nature::Credit, place }));
        let mouvements = self.mouvements.iter().enumerate();
        steps.extend(mouvements.map(|(place, m)| Evenement { date: m.entry.date, nature: m.nature, place }));
        sort_by_key(&mut steps, Evenement::order);
        let mut shadow = Account::open(self.situation, self.bareme, Draft::default());
        shadow.known_on = Some(date);
        for Evenement { date, nature, place } in steps {
            match nature {
                Nature::Passage => euro::switch_to_euro(&mut shadow),
                Nature::Attestation => dif::declare(&mut shadow, place, date),
                Nature::Refusal => dif::refuse(&mut shadow, place, date),
                Nature::Abondement => accord::add_inside(&mut shadow, self.accords[place].abondement),
                Nature::Credit => shadow.credit_year(&credits[place], date),
                _ => shadow.write(self.mouvements[place].entry, || Motif::Closing),
            }
        }
        shadow
    }

    /// The credits due by that day, from what is known on it, in the order of the years.
    fn known_credits(&self, date: Day) -> Vec<Credit> {
        let known_ones = self.situation.rectifications.iter().filter(|r| r.on <= date).map(|r| r.year);
        let mut years: Vec<Year> = self.situation.activites.iter().map(|a| a.year).chain(known_ones).collect();
        sort_by_key(&mut years, |year| *year);
        years.dedup();
        let credits = |year| years::credits_at(self.situation, self.bareme, year, date).into_iter().flatten();
        years.into_iter().flat_map(credits).filter(|credit| credit.date <= date).collect()
    }
}

/// Where it is written that such a year is taken back for that reason.
const fn source(raison: Raison, credit: &Credit) -> Source {
    match (raison, credit.facts.category) {
        (Raison::CancelledDeclaration, _) => Source::RECALCUL,
        (Raison::RecognisedDisability, _) => Source::BOETH,
        // The article of a credit is that of its ceiling.
        (Raison::OtherLineCorrected | Raison::CorrectedRule, _) => credit.source,
        (_, Category::Salarie | Category::SalarieSousNiveau3) => Source::DATA_FROM_EMPLOYEURS,
        (_, Category::Esat) => Source::DATA_FROM_ESAT,
        (_, Category::Independant) => Source::DATA_FROM_INDEPENDANTS,
        (_, Category::Agent | Category::AgentSousNiveau3) => Source::AGENTS,
    }
}
