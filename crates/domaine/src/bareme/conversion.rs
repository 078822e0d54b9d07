//! What an hour is worth in euros, and a euro in hours.

use super::series::{Series, Source, Value};
use crate::mesures::{Day, Euros, Hours};

const DECRET_2018_1153: Source =
    Source { text: "Décret n° 2018-1153 du 14 décembre 2018", article: "conversion des heures" };
const D6323_44: Source = Source { text: "Code du travail", article: "D6323-44" };
const ANFH: Source = Source { text: "ANFH", article: "le CPF des agents publics" };
const AT_RISK: Source =
    Source { text: "Face au risque", article: "droits d’engagement citoyen des agents, décret n° 2019-1392" };

const IN_EUROS: Day = Day::date(2019, 1, 1);
const AGENTS: Day = Day::date(2020, 1, 1);

pub(super) const EUROS_PER_HOUR: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(15), source: DECRET_2018_1153 }]);

/// Hours of a public agent to euros: R6323-43 and D6323-44 are in force from 1 January 2020 (décret n° 2019-1392, article 9).
pub(super) const EUROS_PER_AGENT_HOUR: Series<Euros> =
    Series::new(&[Value { since: AGENTS, value: Euros::whole(15), source: D6323_44 }]);

/// Euros to hours of a public agent.
pub(super) const EUROS_PER_CONVERTED_HOUR: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(15), source: ANFH }]);

/// The most hours that euros can become over a few years.
pub(super) const CONVERTIBLE_HOURS: Series<Hours> =
    Series::new(&[Value { since: IN_EUROS, value: Hours::new(150), source: ANFH }]);

/// Over how many years those hours are counted.
pub(super) const CONVERSION_YEARS: Series<u16> = Series::new(&[Value { since: IN_EUROS, value: 6, source: ANFH }]);

/// Euros of the *compte d'engagement citoyen* to hours of a public agent.
pub(super) const CEC_PER_HOUR: Series<Euros> =
    Series::new(&[Value { since: AGENTS, value: Euros::whole(12), source: AT_RISK }]);
