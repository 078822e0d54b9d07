//! Writing what a year gives within its ceiling: that of its status in euros, its levels in hours.

use crate::bareme::Pace;
use crate::droits::account::{Account, Credit, Droit, Entry, Ledger};
use crate::droits::facts::Montant;
use crate::droits::statement::{Hypothesis, Motif, YearOfWork};
use crate::mesures::Hours;

/// Writes the credit of a year, and answers the hours of it that are to become euros at once: those of an employee,
/// once accounts are kept in euros.
// Called for every year of every life: see the bench « droits ».
#[inline]
pub(in crate::droits) fn give<R: Ledger>(account: &mut Account<'_, R>, credit: &Credit, mut entry: Entry) -> Hours {
    let year = credit.facts.year;
    match credit.droit {
        Droit::Nothing(raison) => account.write(entry, || Motif::YearWithoutCredit { facts: credit.facts, raison }),
        Droit::Euros { montant, plafond } => {
            account.withhold_above_plafond(year, plafond);
            let entry = account.below(entry, montant, plafond);
            account.write(entry, || motif(credit, credit.facts));
        }
        Droit::Hours { pace, part, all, agent } => {
            let kept = if agent || !account.to_euros {
                account.private_hours + account.public_hours
            } else {
                account.earned_hours
            };
            let gain = Gain::of(&pace, kept.count().max(0).unsigned_abs(), part, all);
            entry.agent = agent;
            entry.hours = gain.hours.into();
            entry.withheld_hours = gain.withheld_ones.into();
            entry.plafond = Some(Montant::Hours(pace.plafond));
            entry.hypotheses = entry.hypotheses.with_if(gain.at_palier, Hypothesis::PalierCrossing);
            let facts = YearOfWork { credit: Montant::Hours(gain.taux), ..credit.facts };
            account.write(entry, || motif(credit, facts));
            if !agent {
                account.earned_hours += gain.hours.into();
                if account.to_euros {
                    return gain.hours;
                }
            } else if account.hours_plafond.is_none_or(|(last, _)| last <= year) {
                account.hours_plafond = Some((year, pace.plafond));
            }
        }
    }
    Hours::ZERO
}

fn motif(credit: &Credit, facts: YearOfWork) -> Motif {
    if credit.missing == 0 {
        Motif::FullYear { facts }
    } else {
        Motif::PartialYear { facts, missing: facts.work.with(credit.missing) }
    }
}

/// What a year gives in hours to an account that holds so many: what is credited, what is withheld,
/// the rate that was used, and whether the first level stopped it.
struct Gain {
    pub hours: Hours,
    pub withheld_ones: Hours,
    pub taux: Hours,
    pub at_palier: bool,
}

impl Gain {
    fn of(pace: &Pace, kept: u32, part: u32, all: u32) -> Self {
        let below_palier = kept < pace.palier.count();
        let (taux, limit) = if below_palier { (pace.per_year, pace.palier) } else { (pace.then, pace.plafond) };
        let raw = taux.pro_rata(part, all).count();
        let hours = raw.min(limit.count().saturating_sub(kept));
        Self {
            hours: Hours::new(hours),
            withheld_ones: Hours::new(raw - hours),
            taux,
            at_palier: below_palier && hours < raw && pace.palier < pace.plafond,
        }
    }
}
