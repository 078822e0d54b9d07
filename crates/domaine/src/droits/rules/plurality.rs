//! Several statuses in one year: the most favourable amount and the most favourable ceiling (Code du travail, R6323-27);
//! hours or euros, by the longer work.

use super::year::longest;
use crate::bareme::Bareme;
use crate::droits::account::{Credit, Droit};
use crate::droits::statement::Hypothesis;
use crate::mesures::Euros;

/// The larger amount, under the higher ceiling.
pub(in crate::droits) fn most_favourable(bareme: &Bareme, one: Credit, other: Credit) -> Credit {
    let (mut kept, discarded) = if value(bareme, &other) > value(bareme, &one) { (other, one) } else { (one, other) };
    if let (Droit::Euros { plafond, .. }, Droit::Euros { plafond: second, .. }) = (&mut kept.droit, discarded.droit) {
        *plafond = (*plafond).max(second);
    }
    if !matches!(discarded.droit, Droit::Nothing(_)) {
        kept.facts.discarded = Some(discarded.facts.category);
    }
    kept
}

/// In euros, to compare: an hour for what it is worth in 2019.
fn value(bareme: &Bareme, credit: &Credit) -> Euros {
    match credit.droit {
        Droit::Euros { montant, .. } => montant,
        Droit::Hours { pace, part, all, .. } => {
            let taux = bareme.euros_per_hour.all().first().map_or(Euros::ZERO, |taux| taux.value);
            taux.times(pace.per_year.pro_rata(part, all).count())
        }
        Droit::Nothing(_) => Euros::ZERO,
    }
}

/// Hours or euros: the longer work decides.
pub(in crate::droits) fn main(private: Credit, agent: Credit) -> Credit {
    let mut kept = match (private.droit, agent.droit) {
        (Droit::Nothing(_), _) => return agent,
        (_, Droit::Nothing(_)) => return private,
        _ if longest(agent.facts.work, agent.facts.reference, private.facts.work, private.facts.reference) => agent,
        _ => private,
    };
    kept.hypotheses = kept.hypotheses.with(Hypothesis::MainActivite);
    kept
}
