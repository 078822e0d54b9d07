//! What an hour is worth in euros, and a euro in hours.

use super::series::{Series, Source, Value};
use crate::mesures::{Day, Euros, Hours};

const DECRET_2018_1153: Source =
    Source { text: "Décret n° 2018-1153 du 14 décembre 2018", article: "conversion des heures" };
const D6323_44: Source = Source { text: "Code du travail", article: "D6323-44" };
/// Inserted by décret n° 2019-1392, in force on 1 January 2020.
const DECRET_2017_928_3_1: Source = Source { text: "Décret n° 2017-928", article: "article 3-1" };
const DECRET_2017_928_2: Source = Source { text: "Décret n° 2017-928", article: "article 2" };

const IN_EUROS: Day = Day::date(2019, 1, 1);
const AGENTS: Day = Day::date(2020, 1, 1);

pub(super) const EUROS_PER_HOUR: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(15), source: DECRET_2018_1153 }]);

/// Hours of a public agent to euros: R6323-43 and D6323-44 are in force from 1 January 2020 (décret n° 2019-1392, article 9).
pub(super) const EUROS_PER_AGENT_HOUR: Series<Euros> =
    Series::new(&[Value { since: AGENTS, value: Euros::whole(15), source: D6323_44 }]);

/// Euros to hours of a public agent.
pub(super) const EUROS_PER_CONVERTED_HOUR: Series<Euros> =
    Series::new(&[Value { since: AGENTS, value: Euros::whole(15), source: DECRET_2017_928_3_1 }]);

/// The most hours that euros can become over a continuous period, and how many years it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConversionLimit {
    /// The hours.
    pub hours: Hours,
    /// The years.
    pub years: u16,
}

pub(super) const CONVERSION_LIMIT: Series<ConversionLimit> = Series::new(&[Value {
    since: AGENTS,
    value: ConversionLimit { hours: Hours::new(150), years: 6 },
    source: DECRET_2017_928_3_1,
}]);

/// The same for an agent of category C without a diploma of level 3.
pub(super) const LOW_QUALIFICATION_CONVERSION_LIMIT: Series<ConversionLimit> = Series::new(&[Value {
    since: AGENTS,
    value: ConversionLimit { hours: Hours::new(400), years: 8 },
    source: DECRET_2017_928_3_1,
}]);

/// Euros of the *compte d'engagement citoyen* to hours of a public agent.
pub(super) const CEC_PER_HOUR: Series<Euros> =
    Series::new(&[Value { since: AGENTS, value: Euros::whole(12), source: DECRET_2017_928_2 }]);
