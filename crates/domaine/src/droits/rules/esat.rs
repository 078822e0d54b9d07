//! A person of an ESAT. Sources: Code du travail, L6323-34 (in hours in 2017 and 2018), R6323-29.

use super::year::{Judgement, Total};
use crate::bareme::Source;
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::Montant;
use crate::droits::statement::{Category, Hypothesis, Raison};

/// The same credit full or part time (L6323-34, R6323-29).
pub(in crate::droits) fn credit(judgement: &Judgement<'_>, total: &Total<'_>, raisable: bool) -> Credit {
    let (bareme, end) = (judgement.bareme, judgement.end());
    let (Some(credit), Some(plafond)) = (bareme.esat_credit.as_of(end), bareme.esat_plafond.as_of(end)) else {
        return in_hours(judgement, total);
    };
    let (part, all) = total.part();
    Credit {
        date: judgement.credit_day(),
        droit: Droit::Euros { montant: credit.value, plafond: plafond.value },
        facts: total.facts(judgement.year, Category::Esat, Montant::Euros(credit.value)),
        missing: 0,
        source: credit.source,
        hypotheses: total
            .hypotheses()
            .with(Hypothesis::CreditDay)
            .with_if(raisable, Hypothesis::EsatWithoutMajoration)
            .with_if(part < all, Hypothesis::EsatShortPeriod),
    }
}

/// A year of admission, full or part time: nothing in proportion (L6323-34 before 2019). Nothing at all before 2017.
fn in_hours(judgement: &Judgement<'_>, total: &Total<'_>) -> Credit {
    let Some(pace) = judgement.bareme.esat_hours.as_of(judgement.end()) else {
        return judgement.nothing(total, Raison::NoRule, Source::ESAT);
    };
    let (part, all) = total.part();
    let mut credit = judgement.hours(total, Category::Esat, pace, (all, all), false);
    credit.date = judgement.credit_day();
    credit.hypotheses = credit.hypotheses.with(Hypothesis::CreditDay).with_if(part < all, Hypothesis::EsatShortPeriod);
    credit
}
