//! A public agent: the account is kept in hours. Source: décret n° 2017-928, article 3.

use super::year::{Judgement, Total};
use crate::bareme::Source;
use crate::droits::account::Credit;
use crate::droits::statement::{Category, Hypothesis, Raison};

/// In hours, on 31 December, in the first version of the article too; only a post that is not full time is prorated.
pub(in crate::droits) fn credit(
    judgement: &Judgement<'_>,
    total: &Total<'_>,
    without_niveau_3: bool,
    incomplete: bool,
) -> Credit {
    let (bareme, end) = (judgement.bareme, judgement.end());
    let series = if without_niveau_3 { &bareme.low_qualification_agent_hours } else { &bareme.agent_hours };
    let Some(pace) = series.as_of(end) else {
        return judgement.nothing(total, Raison::NoRule, Source::AGENTS);
    };
    let category = Category::of(total.main.statut);
    let (part, all) = total.part();
    let short = !incomplete && part < all;
    let part = if incomplete { part } else { all };
    let mut credit = judgement.hours(total, category, pace, (part, all), true);
    credit.hypotheses = credit.hypotheses.with_if(short, Hypothesis::AgentShortPeriod);
    credit
}
