//! The DIF, and how it was used together with hours of CPF.

use super::series::{Series, Source, Value};
use crate::mesures::{Day, Hours};

const DECRET_2018_1153: Source =
    Source { text: "Décret n° 2018-1153 du 14 décembre 2018", article: "droit individuel à la formation" };
const LOI_2014_288: Source = Source { text: "Loi n° 2014-288 du 5 mars 2014", article: "article 1er, V" };

/// 20 h a year over 6 years.
pub(super) const HOURS_PER_ATTESTATION: Series<Hours> =
    Series::new(&[Value { since: Day::date(2015, 1, 1), value: Hours::new(120), source: DECRET_2018_1153 }]);

/// The most hours of DIF and CPF that were usable together, before 2019.
pub(super) const HOURS_TOGETHER: Series<Hours> =
    Series::new(&[Value { since: Day::date(2015, 1, 1), value: Hours::new(150), source: LOI_2014_288 }]);
