//! Which quantities can be those of a person: the one place that says what is too much, or too little, to be believed.
//! Whoever lets facts in asks here, and sets aside what is odd: nothing odd may become money. What a quantity is worth
//! is not said here.
//!
//! No text gives these bounds but the calendar. Each is wide of every life, and catches what a hand slips: a comma that
//! was lost, a month or a week given for a year, hours given for days.

use crate::bareme::Bareme;
use crate::declarations::WorkedMonth;
use crate::droits::{Activite, Work};
use crate::mesures::{Day, Days, Euros, Quantity, Unit, WorkDuration, Year};
use crate::told::Nature;

/// The hours of the longest year: 366 days of 24 hours.
pub const HOURS_OF_YEAR: WorkDuration = WorkDuration::hours(8_784);
/// The hours of the longest month.
pub const HOURS_OF_MONTH: WorkDuration = WorkDuration::hours(744);
/// The days of the longest month.
pub const DAYS_OF_MONTH: Days = Days::whole(31);
/// The longest full year that an agreement may be thought to fix: 52 weeks of 40 hours.
pub const LONGEST_REFERENCE: WorkDuration = WorkDuration::hours(2_080);
/// More hours than that in a year, from a person who supposes a life, are a mistake of typing: 52 weeks of 48 hours, the
/// most that is lawful (L3121-20).
pub const LAWFUL_HOURS_OF_YEAR: WorkDuration = WorkDuration::hours(2_496);
/// No hourly SMIC since 2015 was below, that of Mayotte included (7,26 € in 2015).
pub const LEAST_SMIC: Euros = Euros::whole(7);
/// None was near it either: 12,02 € in 2026.
pub const MOST_SMIC: Euros = Euros::whole(20);

/// What an operator may set of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The shortest full year that an agreement may be thought to fix.
    pub shortest_reference: WorkDuration,
    /// The most that somebody may be thought to add to an account at once.
    pub largest_sum: Euros,
}

/// Why a quantity is set aside. Names the bound, never the quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// More hours of work, absences included, than the year has.
    HoursOfYear,
    /// More days than the year has.
    DaysOfYear {
        /// Those that it has.
        days: u16,
    },
    /// More pay than every hour of the year at that SMIC.
    Paie,
    /// A SMIC that no year knew.
    Smic,
    /// A full year shorter than any is thought to be: perhaps that of a week or a month.
    ShortReference {
        /// The shortest that is believed.
        least: WorkDuration,
        /// What it may be instead.
        perhaps: Option<Span>,
    },
    /// A full year longer than any is thought to be.
    LongReference,
    /// A full year of *forfait-jours* of too few days.
    FewReferenceDays {
        /// The fewest that are believed.
        least: u16,
    },
    /// A full year of *forfait-jours* of more days than the year has.
    ManyReferenceDays {
        /// Those that it has.
        days: u16,
    },
    /// More hours, worked or absent, than a month has.
    HoursOfMonth,
    /// More days than a month has.
    DaysOfMonth,
    /// More than anybody is thought to add at once.
    Sum {
        /// The most that is believed.
        most: Euros,
    },
}

/// A time shorter than a year, for which a yearly one may have been asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A week: 35 or 39 hours.
    Week,
    /// A month: 151,67 hours.
    Month,
}

impl Limits {
    /// What is believed when an operator sets nothing.
    pub const DEFAULT: Self =
        Self { shortest_reference: WorkDuration::hours(1_000), largest_sum: Euros::whole(20_000) };

    /// Whether a record of a year can be that of a person.
    ///
    /// ```
    /// use domaine::droits::{Activite, Provenance};
    /// use domaine::mesures::{WorkDuration, Year};
    /// use domaine::plausible::{Limits, Odd, Span};
    ///
    /// let year = Year::new(2025).unwrap();
    /// let worked = |hours, reference| Activite::salariee(year, hours, reference, Provenance::Employeurs);
    /// let (hours, month) = (WorkDuration::hours(160), WorkDuration::from_hundredths(15_167));
    /// assert_eq!(Limits::DEFAULT.judge(&worked(hours, None)), Ok(()));
    /// let odd = Odd::ShortReference { least: WorkDuration::hours(1_000), perhaps: Some(Span::Month) };
    /// assert_eq!(Limits::DEFAULT.judge(&worked(hours, Some(month))), Err(odd));
    /// ```
    ///
    /// # Errors
    /// [`Odd`] says which of its quantities cannot.
    pub fn judge(&self, activite: &Activite) -> Result<(), Odd> {
        match activite.work {
            Work::Hours { reference: Some(reference), .. } => self.reference(reference)?,
            Work::Days { accord: Some(accord), .. } => self.accord(accord, activite.year)?,
            Work::Paie { hourly_smic, .. } if !(LEAST_SMIC..=MOST_SMIC).contains(&hourly_smic) => {
                return Err(Odd::Smic);
            }
            _ => {}
        }
        judge_record(activite)
    }

    /// Whether that can be the full year of an agreement; zero says that there is none.
    fn reference(&self, reference: WorkDuration) -> Result<(), Odd> {
        if reference == WorkDuration::ZERO {
            Ok(())
        } else if reference < self.shortest_reference {
            Err(Odd::ShortReference { least: self.shortest_reference, perhaps: span(reference) })
        } else if reference > LONGEST_REFERENCE {
            Err(Odd::LongReference)
        } else {
            Ok(())
        }
    }

    /// Whether that can be the full year of a *forfait-jours*: as short against the legal one as hours may be against
    /// theirs.
    ///
    /// # Errors
    /// [`Odd`] says that it is too short or too long; zero says that there is none.
    pub fn accord(&self, accord: Days, year: Year) -> Result<(), Odd> {
        let (days, least) = (days_of(year), self.fewest_days(year));
        if accord == Days::ZERO {
            Ok(())
        } else if accord < Days::whole(least.into()) {
            Err(Odd::FewReferenceDays { least })
        } else if accord > Days::whole(days.into()) {
            Err(Odd::ManyReferenceDays { days })
        } else {
            Ok(())
        }
    }

    fn fewest_days(&self, year: Year) -> u16 {
        let end = year.last_day();
        let full = Bareme::IN_FORCE.reference_duration.as_of(end).map_or(0, |value| value.value.hundredths());
        let days = Bareme::IN_FORCE.forfait_days.as_of(end).map_or(0, |value| value.value.hundredths() / 100);
        let least = u64::from(days) * u64::from(self.shortest_reference.hundredths());
        least.checked_div(u64::from(full)).and_then(|least| u16::try_from(least).ok()).unwrap_or(0)
    }

    /// Whether what somebody tells of an account can be so.
    ///
    /// # Errors
    /// [`Odd::Sum`] when more is added than anybody is thought to add.
    pub fn judge_event(&self, nature: &Nature) -> Result<(), Odd> {
        match nature {
            Nature::Abondement(abondement) if abondement.montant > self.largest_sum => {
                Err(Odd::Sum { most: self.largest_sum })
            }
            _ => Ok(()),
        }
    }
}

/// Whether a month of a declaration can be that of a person, what it takes back included. Two contracts may count the
/// same day: their days are judged apart, by [`judge_days_of_month`].
///
/// # Errors
/// [`Odd::HoursOfMonth`] when it says more hours than a month has.
pub fn judge_month(month: &WorkedMonth) -> Result<(), Odd> {
    let absent =
        month.absences.iter().filter(|(_, unit, _)| *unit == Unit::Hours).map(|(_, _, hundredths)| *hundredths);
    let hours =
        absent.fold(month.hours.unsigned_abs(), |sum, hundredths| sum.saturating_add(hundredths.unsigned_abs()));
    if hours > u64::from(HOURS_OF_MONTH.hundredths()) { Err(Odd::HoursOfMonth) } else { Ok(()) }
}

/// Whether a contract can count so many hundredths of a day in a month, worked and absent.
///
/// # Errors
/// [`Odd::DaysOfMonth`] when it counts more days than a month has.
pub const fn judge_days_of_month(worked: i64, absent: i64) -> Result<(), Odd> {
    let days = worked.unsigned_abs().saturating_add(absent.unsigned_abs());
    if days > DAYS_OF_MONTH.hundredths() as u64 { Err(Odd::DaysOfMonth) } else { Ok(()) }
}

/// Whether all the records of a year, from everybody who tells of it, can be those of one person. Only hours add up from
/// one employer to another: the same day may be worked for two.
///
/// # Errors
/// [`Odd::HoursOfYear`] when it is longer than a year.
pub fn judge_year<'a>(activites: impl IntoIterator<Item = &'a Activite>) -> Result<(), Odd> {
    let in_hours = activites.into_iter().filter(|activite| matches!(activite.work, Work::Hours { .. }));
    within_hours(in_hours.map(hundredths).fold(0, u64::saturating_add))
}

fn judge_record(activite: &Activite) -> Result<(), Odd> {
    match activite.work {
        Work::Hours { .. } => within_hours(hundredths(activite)),
        Work::Days { .. } => within_days(hundredths(activite), activite.year),
        Work::Paie { hourly_smic, .. } => {
            let most = hourly_smic.times(HOURS_OF_YEAR.hundredths() / 100).centimes().unsigned_abs();
            if hundredths(activite) > most { Err(Odd::Paie) } else { Ok(()) }
        }
    }
}

/// What was worked and what took its place.
fn hundredths(activite: &Activite) -> u64 {
    let done = match activite.work {
        Work::Hours { worked, .. } => Quantity::Hours(worked),
        Work::Days { facts, .. } => Quantity::Days(facts),
        Work::Paie { received, .. } => Quantity::Paie(received),
    };
    let absent = activite.absences.iter().map(|absence| u64::from(absence.quantity.hundredths()));
    absent.fold(done.hundredths().into(), u64::saturating_add)
}

fn within_hours(hundredths: u64) -> Result<(), Odd> {
    if hundredths > u64::from(HOURS_OF_YEAR.hundredths()) { Err(Odd::HoursOfYear) } else { Ok(()) }
}

fn within_days(hundredths: u64, year: Year) -> Result<(), Odd> {
    let days = days_of(year);
    if hundredths > u64::from(days) * 100 { Err(Odd::DaysOfYear { days }) } else { Ok(()) }
}

fn days_of(year: Year) -> u16 {
    337 + u16::from(Day::days_in_month(year.count(), 2))
}

/// What a duration that is no year may be.
const fn span(duration: WorkDuration) -> Option<Span> {
    match duration.hundredths() / 100 {
        20..=60 => Some(Span::Week),
        100..=220 => Some(Span::Month),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bareme::AbsenceNature;
    use crate::declarations::StatutDeclare;
    use crate::droits::{Abondement, AbondementNature, Absence, Provenance, Statut};
    use crate::mesures::MonthsOfYear;

    fn year() -> Year {
        Year::new(2025).unwrap()
    }

    fn of(work: Work) -> Activite {
        let (absences, boeth) = (Vec::new(), MonthsOfYear::NONE);
        Activite { year: year(), statut: Statut::Salarie, work, absences, boeth, provenance: Provenance::Employeurs }
    }

    fn hours(hundredths: u32, reference: Option<u32>) -> Activite {
        let reference = reference.map(WorkDuration::from_hundredths);
        of(Work::Hours { worked: WorkDuration::from_hundredths(hundredths), reference })
    }

    fn days(facts: u32, accord: Option<u32>) -> Activite {
        of(Work::Days { facts: Days::from_hundredths(facts), accord: accord.map(Days::from_hundredths) })
    }

    fn paie(received: i64, smic: i64) -> Activite {
        of(Work::Paie { received: Euros::from_centimes(received), hourly_smic: Euros::from_centimes(smic) })
    }

    fn judge(activite: &Activite) -> Result<(), Odd> {
        Limits::DEFAULT.judge(activite)
    }

    #[test]
    fn a_year_has_its_hours_and_not_one_hundredth_more() {
        assert_eq!([hours(878_399, None), hours(878_400, None)].map(|a| judge(&a)), [Ok(()); 2]);
        assert_eq!(judge(&hours(878_401, None)), Err(Odd::HoursOfYear));
        // A comma that was lost, and what a column can hold at most.
        assert_eq!(judge(&hours(16_070_000, None)), Err(Odd::HoursOfYear));
        assert_eq!(judge(&hours(u32::MAX, None)), Err(Odd::HoursOfYear));
    }

    #[test]
    fn absences_are_hours_of_the_same_year() {
        let maternite = |hundredths| {
            let quantity = Unit::Hours.quantity(hundredths);
            let absences = vec![Absence { nature: AbsenceNature::Maternite, quantity }];
            Activite { absences, ..hours(100_000, None) }
        };
        assert_eq!(judge(&maternite(778_400)), Ok(()));
        assert_eq!(judge(&maternite(778_401)), Err(Odd::HoursOfYear));
        assert_eq!(judge(&maternite(9_999_900)), Err(Odd::HoursOfYear));
    }

    #[test]
    fn a_full_year_is_between_the_shortest_and_the_longest_believed() {
        let short = |perhaps| Err(Odd::ShortReference { least: WorkDuration::hours(1_000), perhaps });
        for (reference, expected) in [
            (0, Ok(())),
            (3_500, short(Some(Span::Week))),
            (15_167, short(Some(Span::Month))),
            (80_000, short(None)),
            (99_999, short(None)),
            (100_000, Ok(())),
            (160_700, Ok(())),
            (208_000, Ok(())),
            (208_001, Err(Odd::LongReference)),
            (16_070_000, Err(Odd::LongReference)),
        ] {
            assert_eq!(judge(&hours(3_500, Some(reference))), expected, "{reference}");
        }
        let lenient = Limits { shortest_reference: WorkDuration::hours(900), ..Limits::DEFAULT };
        assert_eq!(lenient.judge(&hours(3_500, Some(90_000))), Ok(()));
    }

    #[test]
    fn a_forfait_jours_has_the_days_of_its_year_and_an_agreement_of_some_length() {
        assert_eq!(judge(&days(21_800, None)), Ok(()));
        assert_eq!(judge(&days(36_500, None)), Ok(()));
        assert_eq!(judge(&days(36_501, None)), Err(Odd::DaysOfYear { days: 365 }));
        let leap = Activite { year: Year::new(2024).unwrap(), ..days(36_600, None) };
        assert_eq!(judge(&leap), Ok(()));
        // 1 day against 1; as short as 1 000 hours are against 1 607, and one hundredth less.
        assert_eq!(judge(&days(100, Some(100))), Err(Odd::FewReferenceDays { least: 135 }));
        assert_eq!(judge(&days(100, Some(13_499))), Err(Odd::FewReferenceDays { least: 135 }));
        assert_eq!(judge(&days(100, Some(13_500))), Ok(()));
        // Above the legal one the legal one stands; above the calendar it is no year.
        assert_eq!(judge(&days(100, Some(23_500))), Ok(()));
        assert_eq!(judge(&days(100, Some(36_501))), Err(Odd::ManyReferenceDays { days: 365 }));
    }

    #[test]
    fn pay_is_at_most_every_hour_of_the_year_at_a_smic_that_was() {
        for (smic, expected) in
            [(1, Err(Odd::Smic)), (699, Err(Odd::Smic)), (700, Ok(())), (2_000, Ok(())), (2_001, Err(Odd::Smic))]
        {
            assert_eq!(judge(&paie(500_000, smic)), expected, "{smic}");
        }
        // 8 784 hours at 11,88 €.
        assert_eq!(judge(&paie(10_435_392, 1_188)), Ok(()));
        assert_eq!(judge(&paie(10_435_393, 1_188)), Err(Odd::Paie));
    }

    #[test]
    fn what_all_say_of_a_year_is_of_one_person_in_hours() {
        let records = [hours(500_000, None), hours(378_400, None), days(36_500, None), days(36_500, None)];
        assert_eq!(judge_year(&records), Ok(()));
        assert_eq!(judge_year(records.iter().chain([&hours(1, None)])), Err(Odd::HoursOfYear));
        // A trade counts the days of the calendar.
        let statut = Statut::Independant { cotisation_paid_on: None };
        assert_eq!(judge(&Activite { statut, ..days(36_500, None) }), Ok(()));
        assert_eq!(judge(&Activite { statut, ..days(36_501, None) }), Err(Odd::DaysOfYear { days: 365 }));
    }

    #[test]
    fn a_month_has_744_hours_and_31_days_worked_absent_or_taken_back() {
        let month = |hours, absences| WorkedMonth {
            year: 2025,
            month: 1,
            statut: StatutDeclare::Salarie,
            hours,
            days: 0,
            accord: None,
            absences,
            boeth: false,
            apprenti_since: None,
        };
        let judge = |hours| judge_month(&month(hours, Vec::new()));
        assert_eq!([judge(74_400), judge(-74_400)], [Ok(()); 2]);
        assert_eq!([74_401, -74_401, 1_516_700, i64::MIN].map(judge), [Err(Odd::HoursOfMonth); 4]);
        let absent = |hundredths| vec![(AbsenceNature::Maternite, Unit::Hours, hundredths)];
        assert_eq!(judge_month(&month(100, absent(74_300))), Ok(()));
        assert_eq!(judge_month(&month(100, absent(74_301))), Err(Odd::HoursOfMonth));
        assert_eq!([judge_days_of_month(3_100, 0), judge_days_of_month(-3_000, 100)], [Ok(()); 2]);
        assert_eq!(judge_days_of_month(3_101, 0), Err(Odd::DaysOfMonth));
        assert_eq!(judge_days_of_month(3_000, -101), Err(Odd::DaysOfMonth));
        assert_eq!(judge_days_of_month(i64::MIN, i64::MIN), Err(Odd::DaysOfMonth));
    }

    #[test]
    fn a_sum_is_believed_up_to_the_most_that_the_operator_set() {
        let added = |centimes| {
            Nature::Abondement(Abondement {
                nature: AbondementNature::Dotation,
                date: Day::date(2025, 1, 1),
                montant: Euros::from_centimes(centimes),
                financeur: "Région".to_owned(),
                action: None,
                echeance: None,
                accord: None,
            })
        };
        let judge = |centimes| Limits::DEFAULT.judge_event(&added(centimes));
        assert_eq!(judge(2_000_000), Ok(()));
        assert_eq!(judge(2_000_001), Err(Odd::Sum { most: Euros::whole(20_000) }));
    }
}
