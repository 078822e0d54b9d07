//! Time of work and of absence by month: which measures of a declaration add up, and which would
//! count the same hour twice. Knows no law: days are not made into hours here.

use std::collections::BTreeMap;
use std::ops::{Add, AddAssign};

use domaine::mesures::WorkDuration;

use super::{Individu, Paie};
use crate::values::{Month, Quantity};

/// Time worked and time absent, in the units they were declared in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkedTime {
    /// Paid work in hours (units 10, 21 and 35).
    pub hours: Quantity,
    /// Paid work in days (units 12 and 38).
    pub days: Quantity,
    /// Paid work in days of a yearly agreement (unit 20).
    pub forfait_jours: Quantity,
    /// Absence not or partly paid, in hours.
    pub absence_hours: Quantity,
    /// Absence not or partly paid, in days of any kind.
    pub absence_days: Quantity,
}

impl WorkedTime {
    /// The hours of work as `domaine` counts them; nothing when corrections take back more than
    /// there was. Days are left to the rights, which know what a day is worth.
    ///
    /// ```
    /// use dsn::WorkedTime;
    /// use dsn::values::Quantity;
    /// let time = WorkedTime { hours: Quantity::from_hundredths(15_167), ..WorkedTime::default() };
    /// assert_eq!(time.work_duration().to_string(), "151.67");
    /// ```
    pub fn work_duration(&self) -> WorkDuration {
        let hundredths = self.hours.hundredths().clamp(0, i64::from(u32::MAX));
        WorkDuration::from_hundredths(u32::try_from(hundredths).unwrap_or(u32::MAX))
    }
}

impl Add for WorkedTime {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            hours: self.hours + other.hours,
            days: self.days + other.days,
            forfait_jours: self.forfait_jours + other.forfait_jours,
            absence_hours: self.absence_hours + other.absence_hours,
            absence_days: self.absence_days + other.absence_days,
        }
    }
}

impl AddAssign for WorkedTime {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// The time of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The month in which the pay ends, which need not be the month declared: a correction says
    /// which month it corrects.
    pub month: Month,
    /// The time.
    pub time: WorkedTime,
}

/// Where a measure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitKind {
    Hours,
    Days,
    ForfaitJours,
    /// Calendar days, Sunday hours: said beside what already counts.
    AlreadyCounted,
    /// Pieces, sessions, *cachets*…: not time.
    Other,
}

pub(super) fn unit_kind(unit: &str) -> UnitKind {
    match unit {
        "10" | "21" | "35" => UnitKind::Hours,
        "12" | "38" => UnitKind::Days,
        "20" => UnitKind::ForfaitJours,
        "40" | "41" => UnitKind::AlreadyCounted,
        _ => UnitKind::Other,
    }
}

/// The pay under which activity belongs (control S21.G00.53/CCH-11 and CCH-12).
const UNEMPLOYMENT_SALARY: &str = "002";

impl Paie {
    /// Whether it holds a measure that could count.
    pub(super) fn time_measure(&self) -> bool {
        let time = |unit_kind| matches!(unit_kind, UnitKind::Hours | UnitKind::Days | UnitKind::ForfaitJours);
        self.activites.iter().any(|activite| time(unit_kind(activite.unit.as_str())))
    }

    pub(super) fn is_of_type_002(&self) -> bool {
        self.kind == UNEMPLOYMENT_SALARY
    }

    /// The time it holds.
    fn time(&self) -> WorkedTime {
        let mut time = WorkedTime::default();
        for activite in &self.activites {
            let unit_kind = unit_kind(activite.unit.as_str());
            let place = match (activite.kind.as_str(), unit_kind) {
                ("01", UnitKind::Hours) => &mut time.hours,
                ("01", UnitKind::Days) => &mut time.days,
                ("01", UnitKind::ForfaitJours) => &mut time.forfait_jours,
                ("02", UnitKind::Hours) => &mut time.absence_hours,
                ("02", UnitKind::Days | UnitKind::ForfaitJours) => &mut time.absence_days,
                _ => continue,
            };
            *place += activite.measure;
        }
        time
    }
}

impl Individu {
    /// The time of each month that the declaration speaks of, in order.
    ///
    /// The activity under the pay of type 002 counts. Where a contract has none there for a
    /// month, what stands under another pay of that contract and month counts, from the pay of
    /// the least type only: the same hours are often written under several.
    pub fn parts(&self) -> Vec<Part> {
        let mut month: BTreeMap<Month, WorkedTime> = BTreeMap::new();
        for (_, part) in self.parts_by_contrat() {
            *month.entry(part.month).or_default() += part.time;
        }
        month.into_iter().map(|(month, time)| Part { month, time }).collect()
    }

    /// The same, contract by contract, under the number that its pays give: the nature of a contract
    /// decides as whom a person worked.
    ///
    /// ```
    /// use dsn::{Event, Reader};
    /// let bytes = dsn::example();
    /// let mut reader = Reader::new("paie.dsn", bytes.as_slice());
    /// while let Some(event) = reader.read_next()? {
    ///     if let Event::Individu(individu) = event {
    ///         let parts = individu.parts_by_contrat();
    ///         assert_eq!(parts.len(), 1);
    ///         assert_eq!((parts[0].0, parts[0].1), ("00001", individu.parts()[0]));
    ///     }
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn parts_by_contrat(&self) -> Vec<(&str, Part)> {
        let mut month: BTreeMap<(&str, Month), WorkedTime> = BTreeMap::new();
        for paie in self.paies.iter().filter(|paie| self.count(paie)) {
            *month.entry((&paie.contrat, Month::of(paie.end))).or_default() += paie.time();
        }
        month.into_iter().map(|((contrat, month), time)| (contrat, Part { month, time })).collect()
    }

    /// Whether the time of a pay counts.
    pub(super) fn count(&self, paie: &Paie) -> bool {
        if !paie.time_measure() {
            return false;
        }
        paie.is_of_type_002()
            || !self.paies.iter().any(|other| {
                other.time_measure()
                    && other.contrat == paie.contrat
                    && Month::of(other.end) == Month::of(paie.end)
                    && (other.is_of_type_002() || other.kind < paie.kind)
            })
    }
}
