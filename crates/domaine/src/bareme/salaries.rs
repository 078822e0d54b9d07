//! Employees, people of an ESAT and the self-employed: yearly credits, ceilings, reference durations, ages.

use super::series::{Series, Source, Value};
use crate::mesures::{Day, Days, Euros, Hours, WorkDuration};

const R6323_1_I: Source = Source { text: "Code du travail", article: "R6323-1, I" };
const R6323_1_II: Source = Source { text: "Code du travail", article: "R6323-1, II" };
const R6323_3_1_I: Source = Source { text: "Code du travail", article: "R6323-3-1, I" };
const D6323_3_3: Source = Source { text: "Code du travail", article: "D6323-3-3" };
const R6323_29_I: Source = Source { text: "Code du travail", article: "R6323-29, I" };
const R6323_22: Source = Source { text: "Code du travail", article: "R6323-22" };
const L5151_2: Source = Source { text: "Code du travail", article: "L5151-2" };
const R6323_1_FORMER: Source = Source { text: "Code du travail", article: "R6323-1, rédaction antérieure à 2019" };
const L6323_11_FORMER: Source = Source { text: "Code du travail", article: "L6323-11, rédaction antérieure à 2019" };
const L6323_34_FORMER: Source = Source { text: "Code du travail", article: "L6323-34, rédaction antérieure à 2019" };
const L6323_11_1_FORMER: Source =
    Source { text: "Code du travail", article: "L6323-11-1, rédaction antérieure à 2019" };

// The article on the account held no number of days before 2019: the most that an agreement could fix was this one.
const L3121_64: Source = Source { text: "Code du travail", article: "L3121-64, I, 3°" };

const FIRST_CPF: Day = Day::date(2015, 1, 1);
const IN_EUROS: Day = Day::date(2019, 1, 1);

/// The hours that a full year gives: so many up to a first level, then so many up to the ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Hours of a full year below the first level.
    pub per_year: Hours,
    /// The first level.
    pub palier: Hours,
    /// Hours of a full year from the first level up.
    pub then: Hours,
    /// Where the account stops.
    pub plafond: Hours,
}

impl Pace {
    /// The same hours every year, up to the ceiling.
    pub(super) const fn constant(per_year: u32, plafond: u32) -> Self {
        let plafond = Hours::new(plafond);
        Self { per_year: Hours::new(per_year), palier: plafond, then: Hours::new(per_year), plafond }
    }

    /// 24 h a year up to 120 h, then 12 h a year up to 150 h.
    pub(super) const UP_TO_120_THEN_150: Self =
        Self { per_year: Hours::new(24), palier: Hours::new(120), then: Hours::new(12), plafond: Hours::new(150) };
}

pub(super) const SALARIE_HOURS: Series<Pace> =
    Series::new(&[Value { since: FIRST_CPF, value: Pace::UP_TO_120_THEN_150, source: L6323_11_FORMER }]);

/// Below the level of a CAP or a BEP: created by loi n° 2016-1088, article 39, in force on 1 January 2017.
pub(super) const LOW_QUALIFICATION_HOURS: Series<Pace> =
    Series::new(&[Value { since: Day::date(2017, 1, 1), value: Pace::constant(48, 400), source: L6323_11_1_FORMER }]);

/// A year of admission in an ESAT, full or part time alike: loi n° 2016-1088, article 39, from 1 January 2017.
pub(super) const ESAT_HOURS: Series<Pace> =
    Series::new(&[Value { since: Day::date(2017, 1, 1), value: Pace::UP_TO_120_THEN_150, source: L6323_34_FORMER }]);

pub(super) const YEARLY_CREDIT: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(500), source: R6323_1_I }]);

pub(super) const PROPORTIONAL_CREDIT: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(500), source: R6323_1_II }]);

pub(super) const PLAFOND: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(5_000), source: R6323_1_I }]);

pub(super) const LOW_QUALIFICATION_CREDIT: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(800), source: R6323_3_1_I }]);

pub(super) const LOW_QUALIFICATION_PLAFOND: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(8_000), source: R6323_3_1_I }]);

pub(super) const BOETH_MAJORATION: Series<Euros> =
    Series::new(&[Value { since: Day::date(2019, 6, 9), value: Euros::whole(300), source: D6323_3_3 }]);

pub(super) const BOETH_PLAFOND: Series<Euros> =
    Series::new(&[Value { since: Day::date(2019, 6, 9), value: Euros::whole(8_000), source: D6323_3_3 }]);

/// The most that a year gives with a disability, whatever else raises it.
pub(super) const BOETH_YEARLY_LIMIT: Series<Euros> = Series::new(&[Value {
    since: Day::date(2019, 6, 9),
    value: Euros::whole(800),
    source: Source { text: "Caisse des dépôts", article: "le compte des travailleurs handicapés" },
}]);

pub(super) const ESAT_CREDIT: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(800), source: R6323_29_I }]);

pub(super) const ESAT_PLAFOND: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(8_000), source: R6323_29_I }]);

/// The year in which the first of them, 2018, was credited: service-public.fr, fiche F10705 (edition of January 2020).
pub(super) const INDEPENDANT_FIRST_FEEDING: u16 = 2020;

/// For activity since 1 January 2018: service-public.fr, fiche F10705 (edition of January 2020).
pub(super) const INDEPENDANT_CREDIT: Series<Euros> =
    Series::new(&[Value { since: Day::date(2018, 1, 1), value: Euros::whole(500), source: R6323_22 }]);

pub(super) const INDEPENDANT_PLAFOND: Series<Euros> =
    Series::new(&[Value { since: Day::date(2018, 1, 1), value: Euros::whole(5_000), source: R6323_22 }]);

pub(super) const REFERENCE_DURATION: Series<WorkDuration> = Series::new(&[
    Value { since: FIRST_CPF, value: WorkDuration::hours(1607), source: R6323_1_FORMER },
    Value { since: IN_EUROS, value: WorkDuration::hours(1607), source: R6323_1_II },
]);

/// The days of a full year of *forfait-jours*: those of the agreement, at most these.
pub(super) const FORFAIT_DAYS: Series<Days> = Series::new(&[
    Value { since: FIRST_CPF, value: Days::whole(218), source: L3121_64 },
    Value { since: IN_EUROS, value: Days::whole(218), source: R6323_1_II },
]);

/// How many times the hourly SMIC a full year of pay is, when no time is counted.
pub(super) const SMIC_HOURS: Series<Hours> = Series::new(&[
    Value { since: FIRST_CPF, value: Hours::new(2_080), source: R6323_1_FORMER },
    Value { since: IN_EUROS, value: Hours::new(2_080), source: R6323_1_II },
]);

const L351_8: Source = Source { text: "Code de la sécurité sociale", article: "L351-8, 1°" };

/// The age, in years, at which a full-rate pension is due whatever was paid in, for whoever was born since that day.
pub(super) const FULL_RATE_AGE: Series<u16> =
    Series::new(&[Value { since: Day::date(1955, 1, 1), value: 67, source: L351_8 }]);

/// The lowest that this age was for whoever was born earlier: those of before July 1951.
pub(super) const LOWEST_FULL_RATE_AGE: u16 = 65;

/// The age, in years, at which an account opens.
pub(super) const OPENING_AGE: Series<u16> = Series::new(&[Value { since: FIRST_CPF, value: 16, source: L5151_2 }]);

/// The age, in years, at which an apprentice's account opens.
pub(super) const APPRENTI_AGE: Series<u16> = Series::new(&[Value { since: FIRST_CPF, value: 15, source: L5151_2 }]);
