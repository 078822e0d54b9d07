//! A self-employed person. Sources: Code du travail, L6323-27, R6323-22.

use super::year::{Judgement, Total};
use crate::bareme::{Bareme, Source};
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::{Montant, Statut};
use crate::droits::statement::{Category, Hypothesis, Raison};
use crate::mesures::Year;

/// In proportion to the time of exercise, once the contribution is paid (L6323-27, R6323-22).
pub(in crate::droits) fn credit(judgement: &Judgement<'_>, total: &Total<'_>) -> Credit {
    let (bareme, end) = (judgement.bareme, judgement.end());
    let (Some(credit), Some(plafond)) = (bareme.independant_credit.as_of(end), bareme.independant_plafond.as_of(end))
    else {
        return judgement.nothing(total, Raison::NoRule, Source::COTISATION);
    };
    let Some(paid) = total.paid_on else {
        return judgement.nothing(total, Raison::UnpaidCotisation, Source::COTISATION);
    };
    let (part, all) = total.part();
    // 2018, the first of all, was credited a year later than the others.
    let following = judgement.year.next();
    let in_year = Year::new(bareme.independant_first_feeding).map_or(following, |first| first.max(following));
    let day = bareme.credit_day.of(in_year);
    let date = day.max(paid);
    Credit {
        date,
        droit: Droit::Euros { montant: credit.value.pro_rata(part, all), plafond: plafond.value },
        facts: total.facts(judgement.year, Category::Independant, Montant::Euros(credit.value)),
        missing: all - part,
        source: credit.source,
        hypotheses: total
            .hypotheses()
            .with_if(date == day, Hypothesis::CreditDay)
            .with_if(part < all, Hypothesis::ExerciceInDays)
            .with_if(total.several, Hypothesis::JoinedPeriods)
            .with_if(end < Bareme::EURO_SWITCH, Hypothesis::IndependantFrom2018),
    }
}

/// Whether it is work as self-employed whose contribution is paid.
pub(in crate::droits) const fn is_paid(statut: Statut) -> bool {
    matches!(statut, Statut::Independant { cotisation_paid_on: Some(_) })
}

/// Whether work of that status counts beside some that [`is_paid`]: what was not paid gives nothing to what was
/// (L6323-27).
pub(in crate::droits) const fn counts_beside_paid(statut: Statut) -> bool {
    is_paid(statut) || !matches!(statut, Statut::Independant { .. })
}
