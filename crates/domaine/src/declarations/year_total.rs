//! The months that all employers declare of a person, added up to the records of a year. Judges no right.

use std::collections::BTreeMap;

use super::worked_month::{StatutDeclare, WorkedMonth};
use crate::bareme::AbsenceNature;
use crate::droits::{Absence, Activite, Provenance, Work};
use crate::mesures::{Days, MonthsOfYear, Unit, WorkDuration, Year};

/// The most hundredths that a year may come to: a million hours are nobody's, and every amount stays one that is kept.
const MOST: i64 = 99_999_999;

/// The months of one person in one civil year, added up by status.
///
/// ```
/// use domaine::declarations::{StatutDeclare, WorkedMonth, YearTotals};
/// use domaine::mesures::{Year, WorkDuration};
///
/// let january = WorkedMonth {
///     year: 2024,
///     month: 1,
///     statut: StatutDeclare::Salarie,
///     hours: 15_167,
///     days: 0,
///     accord: None,
///     absences: Vec::new(),
///     boeth: false,
///     apprenti_since: None,
/// };
/// let mut totals = YearTotals::default();
/// totals.add(&january);
/// // What another declaration takes back of the same month.
/// totals.add(&WorkedMonth { hours: -700, ..january });
/// let activites = totals.activites(Year::new(2024).unwrap());
/// assert_eq!(activites[0].to_hours(), Some((WorkDuration::from_hundredths(14_467), None)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearTotals(BTreeMap<StatutDeclare, Total>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Total {
    hours: i64,
    days: i64,
    accord: Option<i64>,
    absences: BTreeMap<(AbsenceNature, Unit), i64>,
    boeth: MonthsOfYear,
}

impl YearTotals {
    /// Adds a month of that year.
    pub fn add(&mut self, month: &WorkedMonth) {
        self.0.entry(month.statut).or_default().add(month);
    }

    /// The records of the year: by status, one for what is counted in hours, one for what is counted in days.
    pub fn activites(&self, year: Year) -> Vec<Activite> {
        self.0.iter().flat_map(|(statut, total)| total.activites(year, *statut)).collect()
    }
}

impl Total {
    fn add(&mut self, month: &WorkedMonth) {
        self.hours = self.hours.saturating_add(month.hours);
        self.days = self.days.saturating_add(month.days);
        // Of several agreements the one under which a full year is the shortest: in doubt, the most favourable.
        self.accord = [self.accord, month.accord].into_iter().flatten().min();
        for (nature, unit, hundredths) in &month.absences {
            let total = self.absences.entry((*nature, *unit)).or_default();
            *total = total.saturating_add(*hundredths);
        }
        if month.boeth {
            self.boeth = self.boeth.with(month.month);
        }
    }

    /// One record for hours, one for days: what corrections take back beyond zero is nothing.
    fn activites(&self, year: Year, statut: StatutDeclare) -> impl Iterator<Item = Activite> {
        let (in_hours, in_days) = (self.absences_in(Unit::Hours), self.absences_in(Unit::Days));
        let (hours, days) = (bounded(self.hours), bounded(self.days));
        let activite = |work, absences| Activite {
            year,
            statut: statut.into(),
            work,
            absences,
            boeth: self.boeth,
            provenance: Provenance::Employeurs,
        };
        let of_hours = Work::Hours { worked: WorkDuration::from_hundredths(hours), reference: None };
        let accord = self.accord.map(|accord| Days::from_hundredths(bounded(accord)));
        let of_days = Work::Days { facts: Days::from_hundredths(days), accord };
        let hours = (hours > 0 || !in_hours.is_empty()).then(|| activite(of_hours, in_hours));
        let days = (days > 0 || !in_days.is_empty()).then(|| activite(of_days, in_days));
        hours.into_iter().chain(days)
    }

    fn absences_in(&self, wanted: Unit) -> Vec<Absence> {
        let left = self.absences.iter().filter(|((_, unit), hundredths)| *unit == wanted && **hundredths > 0);
        left.map(|((nature, unit), hundredths)| Absence {
            nature: *nature,
            quantity: unit.quantity(bounded(*hundredths)),
        })
        .collect()
    }
}

fn bounded(hundredths: i64) -> u32 {
    u32::try_from(hundredths.clamp(0, MOST)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::droits::Statut;

    fn month(hours: i64, days: i64) -> WorkedMonth {
        WorkedMonth {
            year: 2024,
            month: 3,
            statut: StatutDeclare::Salarie,
            hours,
            days,
            accord: None,
            absences: Vec::new(),
            boeth: false,
            apprenti_since: None,
        }
    }

    fn total(months: &[WorkedMonth]) -> Vec<Activite> {
        let mut totals = YearTotals::default();
        months.iter().for_each(|month| totals.add(month));
        totals.activites(Year::new(2024).unwrap())
    }

    fn hours(months: &[WorkedMonth]) -> Option<u32> {
        total(months).first().map(|activite| match activite.work {
            Work::Hours { worked, .. } => worked.hundredths(),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn beyond_zero_is_nothing() {
        assert_eq!(hours(&[month(10_000, 0), month(-9_999, 0)]), Some(1));
        assert_eq!(hours(&[month(10_000, 0), month(-10_000, 0)]), None);
        assert_eq!(hours(&[month(10_000, 0), month(-10_001, 0)]), None);
        // It is the year that is bounded, not the month: what is taken back first is given back after.
        assert_eq!(hours(&[month(-10_000, 0), month(15_000, 0)]), Some(5_000));
    }

    #[test]
    fn an_impossible_year_stops_at_what_can_be_kept() {
        assert_eq!(hours(&[month(MOST - 1, 0)]), Some(99_999_998));
        assert_eq!(hours(&[month(MOST, 0)]), Some(99_999_999));
        assert_eq!(hours(&[month(MOST + 1, 0)]), Some(99_999_999));
        assert_eq!(hours(&[month(i64::MAX, 0), month(1, 0)]), Some(99_999_999));
    }

    #[test]
    fn hours_and_days_are_two_records() {
        let mut both = month(700, 21_800);
        both.accord = Some(21_800);
        let shorter = WorkedMonth { accord: Some(21_000), hours: 0, days: 0, ..month(0, 0) };
        let tx: Vec<Work> = total(&[both, shorter]).iter().map(|activite| activite.work).collect();
        let facts = Days::whole(218);
        assert_eq!(
            tx,
            [
                Work::Hours { worked: WorkDuration::hours(7), reference: None },
                Work::Days { facts, accord: Some(Days::whole(210)) }
            ]
        );
    }

    #[test]
    fn absences_add_up_in_their_unit_and_alone_make_a_record() {
        let absent = |unit, hundredths| WorkedMonth {
            absences: vec![(AbsenceNature::Maternite, unit, hundredths)],
            ..month(0, 0)
        };
        let quantities = |months: &[WorkedMonth]| -> Vec<_> {
            total(months).iter().flat_map(|a| a.absences.clone()).map(|absence| absence.quantity).collect()
        };
        assert_eq!(quantities(&[absent(Unit::Hours, 100), absent(Unit::Hours, -99)]), [Unit::Hours.quantity(1)]);
        assert_eq!(quantities(&[absent(Unit::Hours, 100), absent(Unit::Hours, -100)]), []);
        assert_eq!(quantities(&[absent(Unit::Hours, 100), absent(Unit::Hours, -101)]), []);
        assert_eq!(
            quantities(&[absent(Unit::Days, 200), absent(Unit::Hours, 700)]),
            [Unit::Hours.quantity(700), Unit::Days.quantity(200)]
        );
    }

    #[test]
    fn each_status_has_its_records_and_a_disability_its_months() {
        let agent = WorkedMonth { statut: StatutDeclare::PublicAgent, month: 12, boeth: true, ..month(100, 0) };
        let activites = total(&[month(300, 0), agent.clone(), WorkedMonth { month: 1, ..agent }]);
        let statuts: Vec<Statut> = activites.iter().map(|activite| activite.statut).collect();
        assert_eq!(statuts, [Statut::PublicAgent { without_niveau_3: false, incomplete: false }, Statut::Salarie]);
        let boeth: Vec<MonthsOfYear> = activites.iter().map(|activite| activite.boeth).collect();
        assert_eq!(boeth, [MonthsOfYear::NONE.with(1).with(12), MonthsOfYear::NONE]);
    }
}
