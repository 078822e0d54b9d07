//! The barème: every series in one place, and the settings that the law leaves open.

use super::absences::{ABSENCES, AGENT_ABSENCES, AbsenceNature, CountedAbsence};
use super::conversion::{self, ConversionLimit};
use super::salaries::{self, Pace};
use super::series::Series;
use super::{agents, dif, engagement};
use crate::mesures::{Day, Days, Euros, Hours, WorkDuration, Year};

/// The day of the following year on which a year of work becomes spendable.
///
/// The law gives no day. The founding document and service-public.fr say « au cours du premier
/// semestre de l'année suivante »: the default is the last day of that half-year, the only one
/// that never promises too early. An operator may set another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditDay {
    // Of any year: every year has it.
    day: Day,
}

impl CreditDay {
    /// 30 June.
    pub const DEFAULT: Self = Self { day: Day::date(2023, 6, 30) };

    /// A day of the first half-year, or nothing: 29 February is refused, as it is not of every year.
    pub const fn new(month: u8, day: u8) -> Option<Self> {
        match Day::new(2023, month, day) {
            Ok(day) if month <= 6 => Some(Self { day }),
            _ => None,
        }
    }

    /// That day in the given year.
    pub const fn of(self, year: Year) -> Day {
        self.day.en(year)
    }
}

/// All the figures a statement is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Bareme {
    /// The credit of a year worked at half time or more.
    pub yearly_credit: Series<Euros>,
    /// The credit which is prorated below half time.
    pub proportional_credit: Series<Euros>,
    /// Where the account stops.
    pub plafond: Series<Euros>,
    /// The credit of a year worked at half time or more, below level 3.
    pub low_qualification_credit: Series<Euros>,
    /// Where the account stops, below level 3.
    pub low_qualification_plafond: Series<Euros>,
    /// What is added each year for a disability (BOETH).
    pub boeth_majoration: Series<Euros>,
    /// Where the account stops with a disability.
    pub boeth_plafond: Series<Euros>,
    /// The most that a year gives with a disability (BOETH).
    pub boeth_yearly_limit: Series<Euros>,
    /// The credit of a year in an ESAT, full or part time.
    pub esat_credit: Series<Euros>,
    /// Where the account of a person of an ESAT stops.
    pub esat_plafond: Series<Euros>,
    /// The credit of a full year of a self-employed person.
    pub independant_credit: Series<Euros>,
    /// Where the account of a self-employed person stops.
    pub independant_plafond: Series<Euros>,
    /// The first year in which a self-employed person was credited.
    pub independant_first_feeding: u16,
    /// Hours of a year of an employee, before accounts were kept in euros.
    pub salarie_hours: Series<Pace>,
    /// The same, below level 3.
    pub low_qualification_hours: Series<Pace>,
    /// Hours of a year in an ESAT, before accounts were kept in euros.
    pub esat_hours: Series<Pace>,
    /// Hours of a year of a public agent.
    pub agent_hours: Series<Pace>,
    /// The same, category C without a diploma of level 3.
    pub low_qualification_agent_hours: Series<Pace>,
    /// A full year of work, when no agreement fixes another duration.
    pub reference_duration: Series<WorkDuration>,
    /// The most days of a full year of *forfait-jours*.
    pub forfait_days: Series<Days>,
    /// How many times the hourly SMIC a full year of pay is.
    pub smic_hours: Series<Hours>,
    /// Absences that count as work.
    pub absences: &'static [CountedAbsence],
    /// Those that count besides for a public agent.
    pub agent_absences: &'static [CountedAbsence],
    /// What an hour acquired before 2019, or an hour of DIF, is worth.
    pub euros_per_hour: Series<Euros>,
    /// What an hour of a public agent becomes in euros.
    pub euros_per_agent_hour: Series<Euros>,
    /// The euros that become one hour of a public agent.
    pub euros_per_converted_hour: Series<Euros>,
    /// The most hours that euros can become, and over how many years.
    pub conversion_limit: Series<ConversionLimit>,
    /// The same for an agent of category C without a diploma of level 3.
    pub low_qualification_conversion_limit: Series<ConversionLimit>,
    /// The euros of volunteering that become one hour of a public agent.
    pub cec_per_hour: Series<Euros>,
    /// The most hours of DIF that one attestation can certify: 20 h a year over 6 years.
    pub hours_per_attestation: Series<Hours>,
    /// The most hours of DIF and CPF usable together before 2019.
    pub hours_together: Series<Hours>,
    /// The hours of one activity of volunteering, before accounts were kept in euros.
    pub cec_hours: Series<Hours>,
    /// Where they stop.
    pub cec_hours_plafond: Series<Hours>,
    /// What one of them became in euros.
    pub euros_per_cec_hour: Series<Euros>,
    /// The credit of one activity of volunteering.
    pub cec_credit: Series<Euros>,
    /// Where the *compte d'engagement citoyen* stops.
    pub cec_plafond: Series<Euros>,
    /// The age, in years, at which an account opens.
    pub opening_age: Series<u16>,
    /// The age, in years, at which an apprentice's account opens.
    pub apprenti_age: Series<u16>,
    /// The age, in years, of a full-rate pension, by the day of birth; nothing for those whose age depends on more.
    pub full_rate_age: Series<u16>,
    /// The lowest age of a full-rate pension of those.
    pub lowest_full_rate_age: u16,
    /// The first day on which a text gives the order in which money is spent: own rights, then what others add.
    pub first_depenses_order_since: Day,
    /// The first day on which what others add to the account is spent before own rights.
    pub depenses_order_since: Day,
    /// The first day on which an addition can be earmarked and have a deadline (R6323-42-1).
    pub earmarking_since: Day,
    /// When a year of work is credited.
    pub credit_day: CreditDay,
    /// The last day on which a DIF can be declared; nothing while it stays open.
    ///
    /// The law closed it on [`Bareme::LEGAL_DIF_END`]; the founding document of January 2020
    /// shows it open, so an operator decides.
    pub dif_declaration_end: Option<Day>,
}

impl Bareme {
    /// The last day on which the law let a DIF be declared: ordonnance n° 2019-861, article 8, II,
    /// moved to 30 June 2021 in the autumn of 2020 (Assemblée nationale, amendement n° 109, texte 3472).
    pub const LEGAL_DIF_END: Day = Day::date(2021, 6, 30);

    /// The day accounts passed from hours to euros: loi n° 2018-771, décret n° 2018-1153.
    pub const EURO_SWITCH: Day = Day::date(2019, 1, 1);

    /// The first day of the *compte d'engagement citoyen*: loi n° 2016-1088, décret n° 2016-1970.
    pub const FIRST_ENGAGEMENT: Day = engagement::FIRST_DAY;

    /// The first day on which hours of a public agent could become euros, or euros such hours: R6323-43 and décret n°
    /// 2017-928, articles 2 and 3-1, all three in force by décret n° 2019-1392.
    pub const FIRST_CONVERSION: Day = Day::date(2020, 1, 1);

    /// The figures in force, as far as this edition of the project knows.
    pub const IN_FORCE: Self = Self {
        yearly_credit: salaries::YEARLY_CREDIT,
        proportional_credit: salaries::PROPORTIONAL_CREDIT,
        plafond: salaries::PLAFOND,
        low_qualification_credit: salaries::LOW_QUALIFICATION_CREDIT,
        low_qualification_plafond: salaries::LOW_QUALIFICATION_PLAFOND,
        boeth_majoration: salaries::BOETH_MAJORATION,
        boeth_plafond: salaries::BOETH_PLAFOND,
        boeth_yearly_limit: salaries::BOETH_YEARLY_LIMIT,
        esat_credit: salaries::ESAT_CREDIT,
        esat_plafond: salaries::ESAT_PLAFOND,
        independant_credit: salaries::INDEPENDANT_CREDIT,
        independant_plafond: salaries::INDEPENDANT_PLAFOND,
        independant_first_feeding: salaries::INDEPENDANT_FIRST_FEEDING,
        salarie_hours: salaries::SALARIE_HOURS,
        low_qualification_hours: salaries::LOW_QUALIFICATION_HOURS,
        esat_hours: salaries::ESAT_HOURS,
        agent_hours: agents::AGENT_HOURS,
        low_qualification_agent_hours: agents::LOW_QUALIFICATION_AGENT_HOURS,
        reference_duration: salaries::REFERENCE_DURATION,
        forfait_days: salaries::FORFAIT_DAYS,
        smic_hours: salaries::SMIC_HOURS,
        absences: ABSENCES,
        agent_absences: AGENT_ABSENCES,
        euros_per_hour: conversion::EUROS_PER_HOUR,
        euros_per_agent_hour: conversion::EUROS_PER_AGENT_HOUR,
        euros_per_converted_hour: conversion::EUROS_PER_CONVERTED_HOUR,
        conversion_limit: conversion::CONVERSION_LIMIT,
        low_qualification_conversion_limit: conversion::LOW_QUALIFICATION_CONVERSION_LIMIT,
        cec_per_hour: conversion::CEC_PER_HOUR,
        hours_per_attestation: dif::HOURS_PER_ATTESTATION,
        hours_together: dif::HOURS_TOGETHER,
        cec_hours: engagement::CEC_HOURS,
        cec_hours_plafond: engagement::CEC_HOURS_PLAFOND,
        euros_per_cec_hour: engagement::EUROS_PER_CEC_HOUR,
        cec_credit: engagement::CEC_CREDIT,
        cec_plafond: engagement::CEC_PLAFOND,
        opening_age: salaries::OPENING_AGE,
        apprenti_age: salaries::APPRENTI_AGE,
        full_rate_age: salaries::FULL_RATE_AGE,
        lowest_full_rate_age: salaries::LOWEST_FULL_RATE_AGE,
        first_depenses_order_since: engagement::FIRST_ORDER_SINCE,
        depenses_order_since: engagement::ORDER_SINCE,
        earmarking_since: engagement::EARMARKING_SINCE,
        credit_day: CreditDay::DEFAULT,
        dif_declaration_end: None,
    };

    /// Whether a DIF can be declared on that day.
    ///
    /// ```
    /// use domaine::bareme::Bareme;
    /// use domaine::mesures::Day;
    ///
    /// let loi = Bareme { dif_declaration_end: Some(Bareme::LEGAL_DIF_END), ..Bareme::IN_FORCE };
    /// assert!(loi.dif_can_be_declared(Day::date(2021, 6, 30)));
    /// assert!(!loi.dif_can_be_declared(Day::date(2021, 7, 1)));
    /// assert!(Bareme::IN_FORCE.dif_can_be_declared(Day::date(2026, 11, 24)));
    /// ```
    pub fn dif_can_be_declared(&self, day: Day) -> bool {
        self.dif_declaration_end.is_none_or(|end| day <= end)
    }

    /// Whether an absence of that civil year counts as work, for a public agent or for anybody else.
    pub fn counted_absence(&self, nature: AbsenceNature, agent: bool, year: Year) -> bool {
        let end = year.last_day();
        let besides = if agent { self.agent_absences } else { &[] };
        self.absences.iter().chain(besides).any(|absence| absence.nature == nature && absence.since <= end)
    }
}
