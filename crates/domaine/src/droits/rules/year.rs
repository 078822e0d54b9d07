//! A year of work being judged: the words that the rules of every status share. No rule here.

use crate::bareme::{AbsenceNatures, Bareme, Pace, Source, Value};
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::{Activite, Montant, Provenance, Situation, Statut, Work};
use crate::droits::statement::{Category, Hypotheses, Hypothesis, Raison, YearOfWork};
use crate::mesures::{Day, Euros, Hours, MonthsOfYear, Quantity, Year};
use crate::sorting::sort_by_key;

/// A year being judged.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Judgement<'a> {
    pub year: Year,
    /// What is known on that day counts.
    pub as_of: Day,
    pub situation: &'a Situation,
    pub bareme: &'a Bareme,
}

impl Judgement<'_> {
    /// The last day of the year.
    pub(in crate::droits) fn end(&self) -> Day {
        self.year.last_day()
    }

    /// The day of the following year on which it is credited.
    pub(in crate::droits) fn credit_day(&self) -> Day {
        self.bareme.credit_day.of(self.year.next())
    }

    /// A year that gives nothing, and why.
    pub(in crate::droits) fn nothing(&self, total: &Total<'_>, raison: Raison, source: Source) -> Credit {
        Credit {
            date: self.credit_day(),
            droit: Droit::Nothing(raison),
            facts: total.facts(self.year, Category::of(total.main.statut), Montant::Euros(Euros::ZERO)),
            missing: 0,
            source,
            hypotheses: total.hypotheses().with(Hypothesis::CreditDay),
        }
    }

    /// A year that gives hours: how many depends on those that the account holds.
    pub(in crate::droits) fn hours(
        &self,
        total: &Total<'_>,
        category: Category,
        pace: &Value<Pace>,
        (part, all): (u32, u32),
        agent: bool,
    ) -> Credit {
        let hypotheses: Hypotheses = total.hypotheses();
        let per_year: Hours = pace.value.per_year;
        Credit {
            date: self.end(),
            droit: Droit::Hours { pace: pace.value, part, all, agent },
            facts: total.facts(self.year, category, Montant::Hours(per_year)),
            missing: all - part,
            source: pace.source,
            hypotheses,
        }
    }
}

/// The records of one status in one year, added up in the unit of the longest.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Total<'a> {
    pub main: &'a Activite,
    /// Work, absences that count included.
    pub work: Quantity,
    /// Those absences alone, in hundredths.
    pub absences: u32,
    pub natures: AbsenceNatures,
    /// A full year; zero when it is not known.
    pub reference: Quantity,
    /// The months in which one of the employers declared a disability.
    pub boeth: MonthsOfYear,
    /// Self-employed: the day on which the last contribution was paid.
    pub paid_on: Option<Day>,
    /// Whether it adds up several records.
    pub several: bool,
    pub joined: bool,
}

impl<'a> Total<'a> {
    /// One record alone.
    pub(in crate::droits) fn of(activite: &'a Activite, bareme: &Bareme) -> Option<Self> {
        let (work, absences, natures) = activite.quantities(bareme);
        if work.hundredths() == 0 {
            return None;
        }
        let reference = activite.reference(bareme).unwrap_or(work.with(0));
        let paid_on = match activite.statut {
            Statut::Independant { cotisation_paid_on } => cotisation_paid_on,
            Statut::Salarie | Statut::Esat | Statut::PublicAgent { .. } => None,
        };
        let (main, boeth) = (activite, activite.boeth);
        Some(Self { main, work, absences, natures, reference, boeth, paid_on, several: false, joined: false })
    }

    /// The order of the records, and how many pieces the work of one employer comes in, change nothing: those that
    /// count alike are added up first, then brought to the longest.
    pub(in crate::droits) fn sum(activites: impl Iterator<Item = &'a Activite>, bareme: &Bareme) -> Option<Self> {
        let mut totals: Vec<Self> = activites.filter_map(|activite| Self::of(activite, bareme)).collect();
        if totals.len() > 1 {
            sort_by_key(&mut totals, Self::key);
            totals.dedup_by(|other, kept| {
                let alike = other.key() == kept.key();
                if alike {
                    kept.add(other);
                }
                alike
            });
        }
        // The longest, the first of those that are as long: every other is brought to it, once.
        let mut index = 0;
        for (other, total) in totals.iter().enumerate().skip(1) {
            if longest(total.work, total.reference, totals[index].work, totals[index].reference) {
                index = other;
            }
        }
        let mut long = (index < totals.len()).then(|| totals.swap_remove(index))?;
        totals.iter().for_each(|short| long.add(short));
        Some(long)
    }

    /// What makes two records count alike.
    fn key(&self) -> (u8, u32, [u8; 4]) {
        let unit = match self.work {
            Quantity::Hours(_) => 0,
            Quantity::Days(_) => 1,
            Quantity::Paie(_) => 2,
        };
        let statut = match self.main.statut {
            Statut::Salarie | Statut::Esat | Statut::Independant { .. } => [0; 2],
            Statut::PublicAgent { without_niveau_3, incomplete } => [u8::from(without_niveau_3), u8::from(incomplete)],
        };
        let work = match self.main.work {
            Work::Hours { reference, .. } => u8::from(reference.is_some()),
            Work::Days { accord, .. } => u8::from(accord.is_some()),
            Work::Paie { .. } => 0,
        };
        let [niveau, full] = statut;
        (unit, self.reference.hundredths(), [niveau, full, self.main.provenance as u8, work])
    }

    /// Adds another. Another unit or another full year is brought to this one's, up to the next hundredth: never to
    /// the holder's loss.
    fn add(&mut self, short: &Self) {
        let long = self;
        let joined = long.joined || short.joined || long.reference != short.reference;
        let (all, own) = (u64::from(long.reference.hundredths()), u64::from(short.reference.hundredths()));
        let brought_back = |hundredths: u32| {
            if long.reference == short.reference {
                hundredths
            } else if own == 0 {
                0
            } else {
                u32::try_from((u64::from(hundredths) * all).div_ceil(own)).unwrap_or(u32::MAX)
            }
        };
        let (work, absences) = (brought_back(short.work.hundredths()), brought_back(short.absences));
        long.work = long.work.with(long.work.hundredths().saturating_add(work));
        long.absences = long.absences.saturating_add(absences);
        long.natures = long.natures.et(short.natures);
        long.boeth = long.boeth.union(short.boeth);
        long.paid_on = long.paid_on.max(short.paid_on);
        long.several = true;
        long.joined = joined;
    }

    /// The share of a full year, never more than the whole.
    pub(in crate::droits) fn part(&self) -> (u32, u32) {
        let all = self.reference.hundredths();
        (self.work.hundredths().min(all), all)
    }

    pub(in crate::droits) fn facts(&self, year: Year, category: Category, credit: Montant) -> YearOfWork {
        YearOfWork {
            year,
            category,
            discarded: None,
            work: self.work,
            absences: (self.absences > 0).then(|| self.work.with(self.absences)),
            natures: self.natures,
            reference: self.reference,
            credit,
            majoration: Euros::ZERO,
            declared_disability: false,
            provenance: self.main.provenance,
        }
    }

    pub(in crate::droits) fn hypotheses(&self) -> Hypotheses {
        Hypotheses::NONE
            .with_if(self.main.provenance == Provenance::Projection, Hypothesis::Projection)
            .with_if(self.joined, Hypothesis::JoinedDurations)
    }

    pub(in crate::droits) const fn is_a_forfait(&self) -> bool {
        matches!(self.main.work, Work::Days { .. })
    }
}

/// Whether the first work is a larger share of its full year than the other of its own.
pub(in crate::droits) fn longest(one: Quantity, its_year: Quantity, other: Quantity, own: Quantity) -> bool {
    let product = |a: Quantity, b: Quantity| u64::from(a.hundredths()) * u64::from(b.hundredths());
    product(one, own) > product(other, its_year)
}
