//! What the ledger lacks against the statement. What it holds is never changed: a counter-entry takes it back.

use crate::droits::{Ligne, Motif, Raison, Reference, Releve, Situation};
use crate::mesures::{Day, Euros, HoursVariation, Year};

/// An entry of the ledger, as one compares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place among those of the person and year, from 1.
    pub rank: i64,
    /// The day from which it counts.
    pub date: Day,
    /// What it adds or takes.
    pub montant: Euros,
    /// The same in hours.
    pub hours: HoursVariation,
    /// The place of the entry it takes back.
    pub takes_back: Option<i64>,
}

/// An entry to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingEntry {
    /// The entry.
    pub entry: Entry,
    /// What the ceiling withheld.
    pub withheld: Euros,
    /// The same in hours.
    pub withheld_hours: HoursVariation,
    /// The rule and the facts.
    pub motif: Motif,
    /// The text, where a line of the statement gives it.
    pub source: Option<Reference>,
}

/// What a statement says of a year.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// The lines that stand for it, spendable or only acquired: of the counter in euros, then of the hours of a public agent.
    pub lignes: [Option<&'a Ligne>; 2],
    /// The last line that takes each of them back.
    pub reversals: [Option<&'a Ligne>; 2],
}

impl<'a> Stated<'a> {
    /// What that statement says of that year.
    pub fn of(releve: &'a Releve, year: Year) -> Self {
        let mut stated = Self { lignes: [None; 2], reversals: [None; 2] };
        for ligne in releve.lignes.iter().chain(&releve.earned) {
            match &ligne.motif {
                Motif::FullYear { facts }
                | Motif::PartialYear { facts, .. }
                | Motif::YearWithoutCredit { facts, .. }
                    if facts.year == year =>
                {
                    stated.lignes[usize::from(facts.category.is_an_agents())] = Some(ligne);
                }
                // A correction that leaves no work takes the line back and writes none in its place.
                Motif::Contrepassation { year: Some(reversal), .. } if *reversal == year => {
                    let counter = counter(ligne.hours + ligne.withheld_hours);
                    stated.lignes[counter] = None;
                    stated.reversals[counter] = Some(ligne);
                }
                _ => {}
            }
        }
        stated
    }
}

/// Whether a year is to be looked at for that person: something is known of it, or was written.
pub fn is_concerned(situation: &Situation, year: Year, entries: &[Entry]) -> bool {
    situation.activites.iter().any(|activite| activite.year == year)
        || situation.rectifications.iter().any(|rectification| rectification.year == year)
        || !entries.is_empty()
}

/// What is missing in the ledger for the statement and it to say the same of that year: what stands otherwise is taken
/// back, then the line of the statement is written. Nothing is missing twice: with these entries added there is none.
///
/// The day and the reason of a counter-entry are those of the statement. It takes nothing back when the correction was
/// known before the day of the credit, which the ledger holds already: then they are those of the last correction of
/// the year, else of the last declaration of a level taken back, else today's.
///
/// Sources: Code du travail, R6323-1, III (what employers declared wrong is put right) and R6323-3-1, V (a wrong
/// declaration of level); that the ledger is only added to is the house's (decisions 0010 and 0016).
pub fn missing_entries(
    year: Year,
    stated: Stated<'_>,
    entries: &[Entry],
    situation: &Situation,
    today: Day,
) -> Vec<MissingEntry> {
    let mut lignes: Vec<&Ligne> = stated.lignes.into_iter().flatten().collect();
    let mut otherwise = standing(entries);
    otherwise.retain(|entry| {
        let same = lignes.iter().position(|ligne| (ligne.montant, ligne.hours) == (entry.montant, entry.hours));
        same.map(|index| lignes.remove(index)).is_none()
    });
    if lignes.is_empty() {
        // Nothing is said in its place: what gave nothing may stay.
        otherwise.retain(|entry| !entry.montant.is_zero() || !entry.hours.is_zero());
    }
    let mut missing = Vec::with_capacity(otherwise.len() + lignes.len());
    let mut rank = entries.last().map_or(0, |entry| entry.rank);
    for standing in otherwise {
        rank += 1;
        let reversal = stated.reversals[counter(standing.hours)].filter(|ligne| is_fresh(ligne, standing, entries));
        missing.push(counter_entry(standing, rank, year, (reversal, !lignes.is_empty()), situation, today));
    }
    for ligne in lignes {
        rank += 1;
        let entry = Entry { rank, date: ligne.date, montant: ligne.montant, hours: ligne.hours, takes_back: None };
        missing.push(MissingEntry {
            entry,
            withheld: ligne.withheld,
            withheld_hours: ligne.withheld_hours,
            motif: ligne.motif.clone(),
            source: Some(ligne.source.clone()),
        });
    }
    missing
}

/// The entries that count: those that nothing takes back.
fn standing(entries: &[Entry]) -> Vec<&Entry> {
    let taken_back = |rank| entries.iter().any(|entry| entry.takes_back == Some(rank));
    entries.iter().filter(|entry| entry.takes_back.is_none() && !taken_back(entry.rank)).collect()
}

/// Whether a line takes that entry back, and not one that the ledger took back by it already.
fn is_fresh(ligne: &Ligne, standing: &Entry, entries: &[Entry]) -> bool {
    let of_hours = !standing.hours.is_zero();
    let known =
        |other: &Entry| other.takes_back.is_some() && other.date == ligne.date && other.hours.is_zero() != of_hours;
    standing.date <= ligne.date && !entries.iter().any(known)
}

/// Which counter moved: since 2019 the hours are those of a public agent.
fn counter(hours: HoursVariation) -> usize {
    usize::from(!hours.is_zero())
}

fn counter_entry(
    standing: &Entry,
    rank: i64,
    year: Year,
    (reversal, still_gives): (Option<&Ligne>, bool),
    situation: &Situation,
    today: Day,
) -> MissingEntry {
    let told = reversal.and_then(|ligne| match ligne.motif {
        Motif::Contrepassation { raison, .. } => Some((ligne.date, raison)),
        _ => None,
    });
    let corrected = situation.rectifications.iter().filter(|r| r.year == year).map(|r| r.on).max();
    let withdrawn = situation.sous_niveau_3.iter().filter_map(|declaration| declaration.cancelled_on).max();
    let (day, raison) = told
        .or(corrected.map(|day| (day, Raison::RectifiedYear)))
        .or(withdrawn.map(|day| (day, Raison::CancelledDeclaration)))
        .unwrap_or((today, if still_gives { Raison::OtherLineCorrected } else { Raison::RectifiedYear }));
    // What was spent in good faith stays where it is: the statement says how much of the entry that is.
    let put_right = reversal.filter(|_| raison == Raison::CorrectedRule);
    let entry = Entry {
        rank,
        // Nothing is taken back before it was given.
        date: day.max(standing.date),
        montant: put_right.map_or(-standing.montant, |ligne| ligne.montant),
        hours: put_right.map_or(-standing.hours, |ligne| ligne.hours),
        takes_back: Some(standing.rank),
    };
    MissingEntry {
        entry,
        withheld: put_right.map_or(Euros::ZERO, |ligne| ligne.withheld),
        withheld_hours: put_right.map_or(HoursVariation::ZERO, |ligne| ligne.withheld_hours),
        motif: Motif::Contrepassation { of: standing.date, raison, year: Some(year) },
        source: reversal.map(|ligne| ligne.source.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bareme::Bareme;
    use crate::droits::{Activite, DeclarationSousNiveau3, Provenance, Rectification, Statut, calculate};
    use crate::mesures::WorkDuration;

    const TODAY: Day = Day::date(2026, 11, 23);

    fn year() -> Year {
        Year::new(2024).unwrap()
    }

    fn worked(hours: u32) -> Activite {
        Activite::salariee(year(), WorkDuration::hours(hours), None, Provenance::Employeurs)
    }

    fn life(hours: u32) -> Situation {
        Situation { activites: vec![worked(hours)], ..Situation::default() }
    }

    fn missing(situation: &Situation, entries: &[Entry]) -> Vec<MissingEntry> {
        let releve = calculate(situation, TODAY, &Bareme::IN_FORCE);
        missing_entries(year(), Stated::of(&releve, year()), entries, situation, TODAY)
    }

    fn written(rank: i64, montant: Euros) -> Entry {
        let (date, hours) = (Day::date(2025, 6, 30), HoursVariation::ZERO);
        Entry { rank, date, montant, hours, takes_back: None }
    }

    /// As short as one reads a ledger: the day, the amount and what it takes back.
    fn told(missing: &[MissingEntry]) -> Vec<(Day, Euros, Option<i64>)> {
        missing.iter().map(|m| (m.entry.date, m.entry.montant, m.entry.takes_back)).collect()
    }

    #[test]
    fn a_year_is_written_once() {
        let first = missing(&life(803), &[]);
        let [credit] = first.as_slice() else { panic!("{first:?}") };
        assert_eq!((credit.entry.rank, credit.entry.montant), (1, Euros::from_centimes(24_985)));
        assert_eq!(missing(&life(803), std::slice::from_ref(&credit.entry)), []);
        assert_eq!(missing(&Situation::default(), &[]), []);
    }

    #[test]
    fn one_cent_less_or_more_is_taken_back_and_written_anew() {
        let due = Euros::from_centimes(24_985);
        let day = Day::date(2025, 6, 30);
        for held in [24_984, 24_986].map(Euros::from_centimes) {
            let entries = missing(&life(803), &[written(1, held)]);
            assert_eq!(entries.iter().map(|m| m.entry.rank).collect::<Vec<_>>(), [2, 3]);
            let dates: Vec<_> = told(&entries);
            assert_eq!((dates[0].1, dates[0].2), (-held, Some(1)));
            assert_eq!(dates[1].1, due);
            assert!(dates[0].0 >= day);
        }
        assert_eq!(missing(&life(803), &[written(1, due)]), []);
    }

    #[test]
    fn what_is_written_stands_until_something_takes_it_back() {
        let due = Euros::from_centimes(24_985);
        let back = Entry { takes_back: Some(1), ..written(2, -Euros::whole(500)) };
        let entries = [written(1, Euros::whole(500)), back, written(3, due)];
        assert_eq!(missing(&life(803), &entries), []);
        // The last one is missing when it was not written.
        assert_eq!(missing(&life(803), &entries[..2]).iter().map(|m| m.entry.rank).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn nothing_stated_takes_back_whatever_is_held_but_zero() {
        let empty = Situation::default();
        assert_eq!(missing(&empty, &[written(1, Euros::ZERO)]), []);
        let cent = Euros::from_centimes(1);
        assert_eq!(told(&missing(&empty, &[written(1, cent)])), [(TODAY, -cent, Some(1))]);
    }

    // Source: Code du travail, R6323-27, al. 2; décret n° 2017-928, article 3-2.
    #[test]
    fn a_year_that_feeds_both_counters_is_written_in_both_and_each_is_put_right_alone() {
        let statut = Statut::PublicAgent { without_niveau_3: false, incomplete: false };
        let agent = Activite { statut, ..worked(1_607) };
        let both = |hours| Situation { activites: vec![agent.clone(), worked(hours)], ..Situation::default() };
        let first = missing(&both(803), &[]);
        let given: Vec<_> = first.iter().map(|m| (m.entry.rank, m.entry.montant, m.entry.hours.count())).collect();
        assert_eq!(given, [(1, Euros::from_centimes(24_985), 0), (2, Euros::ZERO, 25)]);
        let entries: Vec<Entry> = first.into_iter().map(|missing| missing.entry).collect();
        assert_eq!(missing(&both(803), &entries), []);
        let corrected = missing(&both(1_607), &entries);
        assert_eq!(corrected.iter().map(|m| m.entry.takes_back).collect::<Vec<_>>(), [Some(1), None]);
        assert_eq!(corrected[1].entry.montant, Euros::whole(500));
        let alone = missing(&life(803), &entries);
        assert_eq!(alone.iter().map(|m| m.entry.takes_back).collect::<Vec<_>>(), [Some(2)]);
    }

    fn reason(situation: &Situation, held: Entry) -> (Day, Raison) {
        match &missing(situation, &[held])[0] {
            MissingEntry { entry, motif: Motif::Contrepassation { raison, .. }, .. } => (entry.date, *raison),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_day_and_the_reason_are_those_of_the_statement_first() {
        let held = written(1, Euros::from_centimes(24_985));
        let rectified = |on| Situation {
            rectifications: vec![Rectification { on, year: year(), activites: vec![worked(1_607)] }],
            ..life(803)
        };
        let late = Day::date(2026, 3, 2);
        assert_eq!(reason(&rectified(late), held.clone()), (late, Raison::RectifiedYear));
        // Known before the credit: the statement takes nothing back, the ledger does, and not before it gave.
        let early = Day::date(2025, 2, 3);
        assert_eq!(reason(&rectified(early), held.clone()), (held.date, Raison::RectifiedYear));
        let declared_on = Day::date(2024, 5, 6);
        let cancelled_on = Some(Day::date(2026, 4, 7));
        let withdrawn = Situation {
            sous_niveau_3: vec![DeclarationSousNiveau3 { declared_on, end_declared_on: None, cancelled_on }],
            ..Situation::default()
        };
        assert_eq!(reason(&withdrawn, held.clone()), (Day::date(2026, 4, 7), Raison::CancelledDeclaration));
        assert_eq!(reason(&Situation::default(), held), (TODAY, Raison::RectifiedYear));
    }

    #[test]
    fn a_person_is_concerned_by_a_year_that_is_known_corrected_or_written() {
        let other = Year::new(2023).unwrap();
        let rectifications = vec![Rectification { on: TODAY, year: year(), activites: Vec::new() }];
        let corrected = Situation { rectifications, ..Situation::default() };
        assert!(is_concerned(&life(1), year(), &[]) && !is_concerned(&life(1), other, &[]));
        assert!(is_concerned(&corrected, year(), &[]) && !is_concerned(&corrected, other, &[]));
        assert!(is_concerned(&Situation::default(), other, &[written(1, Euros::ZERO)]));
        assert!(!is_concerned(&Situation::default(), year(), &[]));
    }
}
