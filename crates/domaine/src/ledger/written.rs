//! From what the ledger holds to how the account goes by it, and the day on which a rule that changed is put right.

use super::missing::Entry;
use crate::bareme::Bareme;
use crate::droits::{CreditedYear, Motif, Raison, Situation, rule_has_changed};
use crate::mesures::{Day, Euros, HoursVariation, Year};

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenEntry {
    /// The year it credits.
    pub year: Year,
    /// The entry.
    pub entry: Entry,
    /// What the ceiling withheld.
    pub withheld: Euros,
    /// The same in hours.
    pub withheld_hours: HoursVariation,
    /// The rule and the facts; nothing when this program does not know how to read them.
    pub motif: Option<Motif>,
    /// The day it was written.
    pub written_on: Day,
}

/// How the account goes by these entries of one person, in the order of their years and ranks.
pub fn credited_years(entries: &[WrittenEntry]) -> Vec<CreditedYear> {
    entries.iter().filter_map(|written| credited_year(written, entries)).collect()
}

fn credited_year(written: &WrittenEntry, entries: &[WrittenEntry]) -> Option<CreditedYear> {
    let (facts, missing, raison) = match written.motif {
        Some(Motif::FullYear { facts }) => (facts, None, None),
        Some(Motif::PartialYear { facts, missing }) => (facts, Some(missing), None),
        Some(Motif::YearWithoutCredit { facts, raison }) => (facts, None, Some(raison)),
        _ => return None,
    };
    let rank = written.entry.rank;
    let mut of_the_year = entries.iter().filter(|other| other.year == written.year);
    let replaces = of_the_year.clone().any(|other| other.entry.takes_back.is_some() && other.entry.rank < rank);
    let taken_back = of_the_year.find(|other| other.entry.takes_back == Some(rank));
    let by_rule = |other: &WrittenEntry| {
        matches!(other.motif, Some(Motif::Contrepassation { raison: Raison::CorrectedRule, .. }))
    };
    Some(CreditedYear {
        written_on: written.written_on,
        since: replaces.then_some(written.entry.date),
        until: taken_back.map(|other| other.entry.date),
        by_rule: taken_back.is_some_and(by_rule),
        montant: written.entry.montant + written.withheld,
        hours: written.entry.hours + written.withheld_hours,
        facts,
        missing,
        raison,
    })
}

/// Puts that year right from today on, where the rules of today give it otherwise than the ledger says, from facts that
/// did not change: the statement then takes the former line back today, and writes what the text gives. Whether there was
/// anything to put right.
pub fn put_right(situation: &mut Situation, year: Year, today: Day, bareme: &Bareme) -> bool {
    if !rule_has_changed(situation, year, today, bareme) {
        return false;
    }
    let standing = situation.credited.iter_mut().filter(|credited| credited.year() == year && credited.until.is_none());
    for credited in standing {
        credited.until = Some(today);
        credited.by_rule = true;
    }
    true
}
