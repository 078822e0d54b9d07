//! Several statuses in one year that feed one counter: the most favourable amount and the most favourable ceiling (Code du
//! travail, R6323-27). The hours of a public agent are another counter, which is fed besides.

use crate::bareme::Bareme;
use crate::droits::account::{Credit, Droit};
use crate::droits::statement::Hypothesis;
use crate::mesures::Euros;

/// The larger amount, under the higher ceiling. What a disability adds to work as an employee is added to whichever is
/// larger without it, up to the limit of the year: the manager gives it from the first euro of such work.
pub(in crate::droits) fn most_favourable(bareme: &Bareme, one: Credit, other: Credit) -> Credit {
    let (mut kept, discarded) = if value(bareme, &other) > value(bareme, &one) { (other, one) } else { (one, other) };
    if let (Droit::Euros { montant, plafond }, Droit::Euros { plafond: second, .. }) =
        (&mut kept.droit, discarded.droit)
    {
        *plafond = (*plafond).max(second);
        let limit = bareme.boeth_yearly_limit.as_of(kept.facts.year.last_day());
        let added = discarded.facts.majoration;
        if let (Some(limit), true) = (limit, added > Euros::ZERO) {
            let majoration = added.min(limit.value - *montant).max(Euros::ZERO);
            *montant += majoration;
            kept.facts.majoration = majoration;
            kept.facts.declared_disability = !majoration.is_zero() && discarded.facts.declared_disability;
            kept.hypotheses = kept.hypotheses.with_if(!majoration.is_zero(), Hypothesis::BoethBelowHalfTime);
        }
    }
    if !matches!(discarded.droit, Droit::Nothing(_)) {
        kept.facts.discarded = Some(discarded.facts.category);
    }
    kept
}

/// In euros, to compare, a disability left out: an hour for what it is worth in 2019.
fn value(bareme: &Bareme, credit: &Credit) -> Euros {
    match credit.droit {
        Droit::Euros { montant, .. } => montant - credit.facts.majoration,
        Droit::Hours { pace, part, all, .. } => {
            let taux = bareme.euros_per_hour.all().first().map_or(Euros::ZERO, |taux| taux.value);
            taux.times(pace.per_year.pro_rata(part, all).count())
        }
        Droit::Nothing(_) => Euros::ZERO,
    }
}
