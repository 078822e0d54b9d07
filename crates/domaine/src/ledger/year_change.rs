//! What becomes of a year when one of those who feed it says something else: a year that the ledger does not know is
//! rewritten; one that it knows is corrected, and what was first known stays beside; one that nobody could have worked
//! stays as it was.

use std::collections::BTreeMap;

use crate::droits::Activite;
use crate::plausible::{Odd, judge_year};

/// A record of a year of work, and who says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRecord {
    /// Who: `dsn`, a file and its employer, the former account.
    pub origin: String,
    /// What.
    pub activite: Activite,
}

/// How the records of a year that changed are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// In the place of those that were there: nobody was credited by them.
    Rewrite,
    /// Beside them, from today on: the credit they gave is taken back by a counter-entry.
    Correct,
    /// Not at all: with them the year would hold more than a year can, and nothing odd makes money.
    SetAside(Odd),
}

/// A year that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearChange {
    /// All its records from now on: by origin, then as they were given.
    pub records: Vec<YearRecord>,
    /// How they are kept.
    pub handling: Handling,
    /// Whether one who now speaks had spoken of that year before.
    pub said_before: bool,
}

/// What a year becomes when those origins say that of it, each in the place of what it said before, nothing to take it
/// back; none when it stays as it is.
///
/// `standing` are the records of today, by origin; `credited` says whether the ledger holds the year.
///
/// Sources: Code du travail, R6323-1, III (the credit follows what the employers declare, and what they declared wrong
/// is put right); that a credited year is corrected and never rewritten is the house's (decision 0010).
pub fn change_year(
    standing: &[YearRecord],
    said: &BTreeMap<String, Vec<Activite>>,
    credited: bool,
) -> Option<YearChange> {
    let speaks = |record: &YearRecord| said.contains_key(&record.origin);
    let mut records: Vec<YearRecord> = standing.iter().filter(|record| !speaks(record)).cloned().collect();
    for (origin, activites) in said {
        let record = |activite: &Activite| YearRecord { origin: origin.clone(), activite: activite.clone() };
        records.extend(activites.iter().map(record));
    }
    // Stable: of one origin, as given.
    records.sort_by(|one, other| one.origin.cmp(&other.origin));
    if records == standing {
        return None;
    }
    let adds = said.values().any(|activites| !activites.is_empty());
    let all = || records.iter().map(|record| &record.activite);
    // What takes words back may always do so, be the rest odd still.
    let odd = if adds { judge_year(all()).err() } else { None };
    let handling = match odd {
        Some(odd) => Handling::SetAside(odd),
        None if credited => Handling::Correct,
        None => Handling::Rewrite,
    };
    Some(YearChange { records, handling, said_before: standing.iter().any(speaks) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::droits::Provenance;
    use crate::mesures::{WorkDuration, Year};

    fn worked(hours: u32) -> Activite {
        let year = Year::new(2024).unwrap();
        Activite::salariee(year, WorkDuration::hours(hours), None, Provenance::Employeurs)
    }

    fn record(origin: &str, hours: u32) -> YearRecord {
        YearRecord { origin: origin.to_owned(), activite: worked(hours) }
    }

    fn said(origin: &str, hours: &[u32]) -> BTreeMap<String, Vec<Activite>> {
        BTreeMap::from([(origin.to_owned(), hours.iter().map(|hours| worked(*hours)).collect())])
    }

    #[test]
    fn the_same_again_changes_nothing_and_one_hour_does() {
        let standing = [record("dsn", 803)];
        assert_eq!(change_year(&standing, &said("dsn", &[803]), true), None);
        for hours in [802, 804] {
            let change = change_year(&standing, &said("dsn", &[hours]), false).unwrap();
            assert_eq!((change.records, change.said_before), (vec![record("dsn", hours)], true));
        }
        assert_eq!(change_year(&[], &said("dsn", &[]), true), None);
    }

    #[test]
    fn a_year_that_was_credited_is_corrected_and_another_is_rewritten() {
        let handling = |credited| change_year(&[], &said("dsn", &[1]), credited).map(|change| change.handling);
        assert_eq!(handling(false), Some(Handling::Rewrite));
        assert_eq!(handling(true), Some(Handling::Correct));
    }

    #[test]
    fn a_year_that_nobody_could_have_worked_is_set_aside_until_something_is_taken_back() {
        let standing = [record("fichier:salarie:1", 8_000)];
        let handling = |said| change_year(&standing, &said, false).map(|change| change.handling);
        assert_eq!(handling(said("fichier:salarie:2", &[784])), Some(Handling::Rewrite));
        assert_eq!(handling(said("fichier:salarie:2", &[785])), Some(Handling::SetAside(Odd::HoursOfYear)));
        assert_eq!(handling(said("fichier:salarie:1", &[8_784])), Some(Handling::Rewrite));
        // What is odd in the base already gives way as soon as one takes it back.
        let odd = [record("fichier:salarie:1", 999_999), record("fichier:salarie:2", 999_999)];
        let taken_back = change_year(&odd, &said("fichier:salarie:1", &[]), false).map(|change| change.handling);
        assert_eq!(taken_back, Some(Handling::Rewrite));
    }

    #[test]
    fn each_origin_takes_back_its_own_words_only() {
        let standing = [record("dsn", 100), record("fichier:salarie:1", 200), record("reprise", 300)];
        let change = change_year(&standing, &said("fichier:salarie:1", &[]), false).unwrap();
        assert_eq!(change.records, [record("dsn", 100), record("reprise", 300)]);
        assert!(change.said_before);
        let change = change_year(&standing, &said("fichier:salarie:2", &[7, 5]), false).unwrap();
        assert!(!change.said_before);
        let origins: Vec<&str> = change.records.iter().map(|record| record.origin.as_str()).collect();
        assert_eq!(origins, ["dsn", "fichier:salarie:1", "fichier:salarie:2", "fichier:salarie:2", "reprise"]);
        assert_eq!(change.records[2..4], [record("fichier:salarie:2", 7), record("fichier:salarie:2", 5)]);
    }
}
