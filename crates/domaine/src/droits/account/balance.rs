//! The account while it unfolds: what each pocket holds, and how an entry changes it. No rule here.

use super::credit::Credit;
use super::entry::{Entry, Ledger};
use crate::bareme::{Bareme, Source};
use crate::droits::facts::{Abondement, Montant, Nature, Situation};
use crate::droits::statement::{AccountState, Hypotheses, Hypothesis, Motif, Poche, Raison, Soldes};
use crate::mesures::{Day, Euros, Hours, HoursVariation, Year};

/// An account, and where its entries go.
pub(in crate::droits) struct Account<'a, R> {
    pub situation: &'a Situation,
    pub bareme: &'a Bareme,
    pub ledger: R,
    pub soldes: Soldes,
    /// The part in euros that counts under the ceiling, DIF left out.
    pub cpf: Euros,
    /// Hours of CPF of an employee, before 2019.
    pub private_hours: HoursVariation,
    /// Hours of CPF of a public agent.
    pub public_hours: HoursVariation,
    /// Hours of DIF, before 2019.
    pub dif_hours: HoursVariation,
    /// Hours of volunteering: anybody's before 2019, then those that a public agent asked for.
    pub cec_hours: HoursVariation,
    /// What volunteering gave, whatever became of it; hours for what they were worth in 2019.
    pub cec_acquired: Euros,
    /// Hours acquired as an employee, whatever became of them: the first level looks at these.
    pub earned_hours: HoursVariation,
    /// Whether accounts are kept in euros by now.
    pub to_euros: bool,
    /// The latest year of work that was credited in euros, and its ceiling.
    pub plafond: Option<(Year, Euros)>,
    /// The latest year of work that was credited in hours to an agent, and its ceiling.
    pub hours_plafond: Option<(Year, Hours)>,
    /// What others added and is left, in the order in which it is spent.
    pub dotations: Vec<Remaining<'a>>,
    /// What agreements added inside the ceiling.
    pub accords: Vec<RecordedAccord<'a>>,
    /// The places of the attestations that were declared and not refused, in the order in which they were declared.
    pub attested: Vec<usize>,
    /// DIF attestations that count.
    pub difs: Vec<RecordedDif>,
    /// Years credited, only when one of them may have to be taken back.
    pub years: Vec<RecordedYear>,
    pub follow_years: bool,
    /// What an expense or a conversion wrote: a correction leaves it as it is.
    pub mouvements: Vec<Mouvement>,
    /// The nature of the event being written, when what it writes must be found again.
    pub under_way: Option<Nature>,
    /// The last day on which corrections were written.
    pub corrected_on: Option<Day>,
    /// The day by which facts are known, when it is not that of what is written.
    pub known_on: Option<Day>,
    /// Euros that became hours: when, and how many.
    pub conversions: Vec<(Day, Hours)>,
    /// The day on which the holder is of the age of a full-rate pension.
    pub full_rate_on: Option<Day>,
}

/// The day on which somebody born that day is of that age: 1 March for the 29 February of a year that has none.
fn birthday(born: Day, age: u16) -> Day {
    let year = born.year() + age;
    Day::new(year, born.month(), born.day()).unwrap_or(Day::date(year, 3, 1))
}

/// The day on which the holder is of the age of a full-rate pension, when the texts give it.
fn full_rate_on(situation: &Situation, bareme: &Bareme) -> Option<Day> {
    let born = situation.naissance_year_end.or(situation.naissance)?;
    bareme.full_rate_age.as_of(born).map(|age| birthday(born, age.value))
}

/// What is left of what someone added.
pub(in crate::droits) struct Remaining<'a> {
    pub abondement: &'a Abondement,
    pub rest: Euros,
}

/// What an agreement added inside the ceiling, as it was written in the account.
pub(in crate::droits) struct RecordedAccord<'a> {
    pub abondement: &'a Abondement,
    pub date: Day,
    pub montant: Euros,
    /// Its line, among those that are kept.
    pub ligne: usize,
}

/// An attestation as it was written in the account.
#[derive(Clone, Copy)]
pub(in crate::droits) struct RecordedDif {
    /// Its place among those of the situation.
    pub place: usize,
    pub date: Day,
    /// The hours it certifies.
    pub attested: Hours,
    /// The day of the first of those that it replaced, or its own.
    pub origin: Day,
    pub montant: Euros,
    pub hours: HoursVariation,
    /// Its line, among those that are kept.
    pub ligne: usize,
}

/// A year as it was written in the account.
#[derive(Clone, Copy)]
pub(in crate::droits) struct RecordedYear {
    pub credit: Credit,
    /// What kept it from being credited: the age, or a pension.
    pub refusal: Option<Raison>,
    pub date: Day,
    /// What a correction would take back: hours of an employee are euros from 2019 on.
    pub montant: Euros,
    pub hours: HoursVariation,
    /// Its lines, among those that are kept: the first, and the one after the last.
    pub lignes: (usize, usize),
}

impl RecordedYear {
    /// The year of work.
    pub(in crate::droits) const fn year(&self) -> Year {
        self.credit.facts.year
    }

    /// The year of work and its counter.
    pub(in crate::droits) const fn key(&self) -> (Year, bool) {
        self.credit.key()
    }

    /// Whether it feeds the hours of a public agent.
    pub(in crate::droits) const fn is_an_agents(&self) -> bool {
        self.key().1
    }

    /// Whether both give the same for the same year and counter.
    pub(in crate::droits) fn equals(&self, other: &Self) -> bool {
        self.key() == other.key()
            && self.credit.droit == other.credit.droit
            && (self.refusal, self.montant, self.hours) == (other.refusal, other.montant, other.hours)
    }
}

/// Something written by an expense or a conversion.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Mouvement {
    pub nature: Nature,
    pub entry: Entry,
}

impl<'a, R: Ledger> Account<'a, R> {
    pub(in crate::droits) fn open(situation: &'a Situation, bareme: &'a Bareme, ledger: R) -> Self {
        Self {
            situation,
            bareme,
            ledger,
            soldes: Soldes::default(),
            cpf: Euros::ZERO,
            private_hours: HoursVariation::ZERO,
            public_hours: HoursVariation::ZERO,
            dif_hours: HoursVariation::ZERO,
            cec_hours: HoursVariation::ZERO,
            cec_acquired: Euros::ZERO,
            earned_hours: HoursVariation::ZERO,
            to_euros: false,
            plafond: None,
            hours_plafond: None,
            dotations: Vec::new(),
            accords: Vec::new(),
            attested: Vec::new(),
            difs: Vec::new(),
            years: Vec::new(),
            mouvements: Vec::new(),
            under_way: None,
            corrected_on: None,
            known_on: None,
            follow_years: !situation.rectifications.is_empty()
                || !situation.handicaps.is_empty()
                || situation.credited.iter().any(|credited| credited.by_rule)
                || situation.sous_niveau_3.iter().any(|declaration| declaration.cancelled_on.is_some()),
            conversions: Vec::new(),
            full_rate_on: full_rate_on(situation, bareme),
        }
    }

    /// Writes an entry: the only place where a balance changes.
    pub(in crate::droits) fn write(&mut self, entry: Entry, motif: impl FnOnce() -> Motif) {
        match entry.poche {
            Poche::Cpf => {
                self.cpf += entry.montant;
                if entry.agent {
                    self.public_hours += entry.hours;
                } else {
                    self.private_hours += entry.hours;
                }
            }
            Poche::Dif => {
                self.soldes.dif_part += entry.montant;
                self.dif_hours += entry.hours;
            }
            Poche::Cec => {
                self.soldes.cec_part += entry.montant;
                self.cec_hours += entry.hours;
            }
            Poche::Abondement => self.soldes.abondements_part += entry.montant,
        }
        if let Some(nature) = self.under_way {
            self.mouvements.push(Mouvement { nature, entry });
        }
        self.soldes.total += entry.montant;
        self.soldes.hours += entry.hours;
        self.ledger.record(entry, self.soldes.total, self.soldes.hours, motif);
    }

    /// What counts under the ceiling in euros.
    pub(in crate::droits) fn below_plafond(&self) -> Euros {
        self.cpf + self.soldes.dif_part
    }

    /// The ceiling in euros on that day: that of the latest year of work credited, else the ordinary one.
    pub(in crate::droits) fn plafond_at(&self, date: Day) -> Euros {
        let ordinary = || self.bareme.plafond.as_of(date).map_or(Euros::ZERO, |plafond| plafond.value);
        self.plafond.map_or_else(ordinary, |(_, plafond)| plafond)
    }

    /// The ceiling of a year of work becomes that of the account, unless a later one has its own.
    pub(in crate::droits) fn withhold_above_plafond(&mut self, year: Year, plafond: Euros) {
        if self.plafond.is_none_or(|(last, _)| last <= year) {
            self.plafond = Some((year, plafond));
        }
    }

    /// Adds euros as far as the ceiling leaves room, and says what it withheld.
    pub(in crate::droits) fn below(&self, entry: Entry, raw: Euros, plafond: Euros) -> Entry {
        let montant = raw.min(plafond - self.below_plafond()).max(Euros::ZERO);
        Entry { montant, withheld: raw - montant, plafond: Some(Montant::Euros(plafond)), ..entry }
    }

    /// Where it is written that a counter is neither fed nor spent on that day, if it is: a full-rate pension that was told,
    /// or the age at which one is due (L6323-3, L5421-4, 2°). The hours of a public agent know the first alone: « a fait
    /// valoir ses droits » (décret n° 2017-928, article 10-1).
    pub(in crate::droits) fn frozen_by(&self, date: Day, agents: bool) -> Option<Source> {
        if self.situation.retraite_since.is_some_and(|since| since <= date) {
            return Some(Source::RETRAITE);
        }
        self.full_rate_on.filter(|age| !agents && *age <= date).map(|_| Source::FULL_RATE_AGE)
    }

    /// What is assumed of the age of the holder by what is written on that day, in euros.
    pub(in crate::droits) fn assumed_of_age(&self, date: Day) -> Hypotheses {
        let Some(naissance) = self.situation.naissance.filter(|_| self.frozen_by(date, true).is_none()) else {
            return Hypotheses::NONE;
        };
        let latest = self.situation.naissance_year_end.unwrap_or(naissance);
        match self.bareme.full_rate_age.as_of(latest) {
            Some(age) => Hypotheses::NONE
                .with_if(latest != naissance && birthday(naissance, age.value) <= date, Hypothesis::BirthAtYearEnd),
            None => Hypotheses::NONE
                .with_if(birthday(naissance, self.bareme.lowest_full_rate_age) <= date, Hypothesis::BornBefore1955),
        }
    }

    /// Whether the age of the account is reached on that day; yes when the birth date is not known.
    pub(in crate::droits) fn at_age(&self, date: Day) -> bool {
        let Some(naissance) = self.situation.naissance else { return true };
        let age_at = |age: &crate::bareme::Series<u16>| age.as_of(date).map_or(u16::MAX, |age| age.value);
        let elapsed = |age_at: u16| {
            let day = |day: Day, age_at: u16| (u32::from(day.year()) + u32::from(age_at), day.month(), day.day());
            day(date, 0) >= day(naissance, age_at)
        };
        elapsed(age_at(&self.bareme.opening_age))
            || (elapsed(age_at(&self.bareme.apprenti_age))
                && self.situation.apprenti_since.is_some_and(|since| since <= date))
    }

    pub(in crate::droits) fn state(&self, date: Day) -> AccountState {
        if self.situation.deces.is_some_and(|deces| deces <= date) {
            AccountState::Closed
        } else if self.frozen_by(date, self.hours_plafond.is_some()).is_some() {
            AccountState::Frozen
        } else if self.at_age(date) {
            AccountState::Open
        } else {
            AccountState::NotYetOpen
        }
    }

    /// Takes back what an earlier line gave, to the cent.
    pub(in crate::droits) fn reverse(&mut self, entry: Entry, of: Day, raison: Raison, year: Option<Year>) {
        let (montant, hours) = (-entry.montant, -entry.hours);
        let kept = !entry.withheld.is_zero() || !entry.withheld_hours.is_zero();
        if !montant.is_zero() || !hours.is_zero() || kept {
            let motif = || Motif::Contrepassation { of, raison, year };
            self.write(Entry { montant, hours, ..entry }, motif);
        }
    }

    /// Death: every pocket is emptied.
    pub(in crate::droits) fn close(&mut self, date: Day) {
        let poches = [
            (Poche::Cpf, false, self.cpf, self.private_hours),
            (Poche::Cpf, true, Euros::ZERO, self.public_hours),
            (Poche::Dif, false, self.soldes.dif_part, self.dif_hours),
            (Poche::Cec, false, self.soldes.cec_part, self.cec_hours),
            (Poche::Abondement, false, self.soldes.abondements_part, HoursVariation::ZERO),
        ];
        for (poche, agent, montant, hours) in poches {
            if !montant.is_zero() || !hours.is_zero() {
                let empty = Entry::empty(date, poche, Source::CLOSING);
                self.write(Entry { agent, montant: -montant, hours: -hours, ..empty }, || Motif::Closing);
            }
        }
        self.dotations.clear();
    }
}
