//! A person of an ESAT. Sources: Code du travail, L6323-34, R6323-29.

use super::year::{Judgement, Total};
use crate::bareme::Source;
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::Montant;
use crate::droits::statement::{Category, Hypothesis, Raison};

/// The same credit full or part time (L6323-34, R6323-29).
pub(in crate::droits) fn credit(judgement: &Judgement<'_>, total: &Total<'_>, raisable: bool) -> Credit {
    let (bareme, end) = (judgement.bareme, judgement.end());
    let (Some(credit), Some(plafond)) = (bareme.esat_credit.as_of(end), bareme.esat_plafond.as_of(end)) else {
        return judgement.nothing(total, Raison::NoRule, Source::ESAT);
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
