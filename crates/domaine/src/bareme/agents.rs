//! Public agents: their accounts are kept in hours.

use super::salaries::Pace;
use super::series::{Series, Source, Value};
use crate::mesures::Day;

const DECRET_2017_928: Source =
    Source { text: "Décret n° 2017-928", article: "article 3, rédaction antérieure à 2020" };
const SINCE_DECRET_2019_1392: Source = Source { text: "Décret n° 2017-928", article: "article 3" };

const FIRST_DROITS: Day = Day::date(2017, 1, 1);
const SINCE_2020: Day = Day::date(2020, 1, 1);

pub(super) const AGENT_HOURS: Series<Pace> = Series::new(&[
    Value { since: FIRST_DROITS, value: Pace::UP_TO_120_THEN_150, source: DECRET_2017_928 },
    Value { since: SINCE_2020, value: Pace::constant(25, 150), source: SINCE_DECRET_2019_1392 },
]);

/// Category C without a diploma of level 3.
pub(super) const LOW_QUALIFICATION_AGENT_HOURS: Series<Pace> = Series::new(&[
    Value { since: FIRST_DROITS, value: Pace::constant(48, 400), source: DECRET_2017_928 },
    Value { since: SINCE_2020, value: Pace::constant(50, 400), source: SINCE_DECRET_2019_1392 },
]);
