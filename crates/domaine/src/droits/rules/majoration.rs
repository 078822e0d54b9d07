//! What a recognised disability (BOETH) adds to a year. Source: Code du travail, D6323-3-3.

use super::year::{Judgement, Total};
use crate::bareme::Value;
use crate::droits::facts::{Coverage, Period};
use crate::mesures::{Euros, MonthsOfYear};

/// What a disability adds to that year, if the holder had one on any day of it, as a period of the
/// situation or a month of an employer says.
pub(in crate::droits) fn boeth(
    judgement: &Judgement<'_>,
    total: &Total<'_>,
) -> Option<(&'static Value<Euros>, Coverage)> {
    // A disability that ended before the rule took effect is not concerned.
    let since = judgement.bareme.boeth_majoration.all().first()?.since;
    let concerned = |period: &&Period| period.as_of.is_none_or(|as_of| as_of >= since);
    let periods = judgement.situation.boeth.iter().chain(declared(judgement));
    let of_periods = periods.filter(concerned).map(|p| p.coverage(judgement.year)).max();
    let count = if judgement.year.count() == since.year() { total.boeth.since(since.month()) } else { total.boeth };
    let from_employeurs = match (count.is_empty(), total.boeth) {
        (true, _) => Coverage::Nothing,
        (false, MonthsOfYear::ALL) => Coverage::Whole,
        (false, _) => Coverage::Partial,
    };
    let coverage = of_periods.map_or(from_employeurs, |coverage| coverage.max(from_employeurs));
    (coverage != Coverage::Nothing).then_some((judgement.bareme.boeth_majoration.as_of(judgement.end())?, coverage))
}

/// The periods that the holder declared, as far as their proof had been seen by then.
fn declared<'a>(judgement: &Judgement<'a>) -> impl Iterator<Item = &'a Period> + use<'a> {
    let as_of = judgement.as_of;
    judgement.situation.handicaps.iter().filter(move |one| one.known_on <= as_of).map(|one| &one.period)
}

/// Whether no employer says so: the holder alone did.
pub(in crate::droits) fn declared_alone(judgement: &Judgement<'_>, total: &Total<'_>) -> bool {
    total.boeth.is_empty() && declared(judgement).any(|period| period.coverage(judgement.year) != Coverage::Nothing)
}
