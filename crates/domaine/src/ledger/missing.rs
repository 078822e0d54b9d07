//! What the ledger lacks against the statement. What it holds is never changed: a counter-entry takes it back.

use crate::droits::{Ligne, Motif, Raison, Releve, Situation};
use crate::mesures::{Annee, Euros, Jour, VariationHeures};

/// An entry of the ledger, as one compares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place among those of the person and year, from 1.
    pub rank: i64,
    /// The day from which it counts.
    pub date: Jour,
    /// What it adds or takes.
    pub montant: Euros,
    /// The same in hours.
    pub heures: VariationHeures,
    /// The place of the entry it takes back.
    pub takes_back: Option<i64>,
}

/// An entry to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingEntry {
    /// The entry.
    pub entry: Entry,
    /// What the ceiling withheld.
    pub retenu: Euros,
    /// The same in hours.
    pub retenu_heures: VariationHeures,
    /// The rule and the facts.
    pub motif: Motif,
}

/// What a statement says of a year.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// The line that stands for it, spendable or only acquired.
    pub ligne: Option<&'a Ligne>,
    /// The last line that takes it back.
    pub reprise: Option<&'a Ligne>,
}

impl<'a> Stated<'a> {
    /// What that statement says of that year.
    pub fn of(releve: &'a Releve, annee: Annee) -> Self {
        let mut stated = Self { ligne: None, reprise: None };
        for ligne in releve.lignes.iter().chain(&releve.acquises) {
            match &ligne.motif {
                Motif::AnneePleine { faits }
                | Motif::AnneePartielle { faits, .. }
                | Motif::AnneeSansCredit { faits, .. }
                    if faits.annee == annee =>
                {
                    stated.ligne = Some(ligne);
                }
                // A correction that leaves no work takes the line back and writes none in its place.
                Motif::Contrepassation { annee: Some(reprise), .. } if *reprise == annee => {
                    stated = Self { ligne: None, reprise: Some(ligne) };
                }
                _ => {}
            }
        }
        stated
    }
}

/// Whether a year is to be looked at for that person: something is known of it, or was written.
pub fn is_concerned(situation: &Situation, annee: Annee, entries: &[Entry]) -> bool {
    situation.activites.iter().any(|activite| activite.annee == annee)
        || situation.rectifications.iter().any(|rectification| rectification.annee == annee)
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
/// declaration of level); that the ledger is only added to is the house's (decision 0010).
pub fn missing_entries(
    annee: Annee,
    stated: Stated<'_>,
    entries: &[Entry],
    situation: &Situation,
    today: Jour,
) -> Vec<MissingEntry> {
    let standing = standing(entries);
    if agree(standing, stated.ligne) {
        return Vec::new();
    }
    let mut missing = Vec::with_capacity(2);
    let mut rank = entries.last().map_or(0, |entry| entry.rank);
    if let Some(standing) = standing {
        rank += 1;
        missing.push(counter_entry(standing, rank, annee, stated.reprise, situation, today));
    }
    if let Some(ligne) = stated.ligne {
        rank += 1;
        let entry = Entry { rank, date: ligne.date, montant: ligne.montant, heures: ligne.heures, takes_back: None };
        missing.push(MissingEntry {
            entry,
            retenu: ligne.retenu,
            retenu_heures: ligne.retenu_heures,
            motif: ligne.motif.clone(),
        });
    }
    missing
}

/// The entry that counts: the one that nothing takes back.
fn standing(entries: &[Entry]) -> Option<&Entry> {
    let taken_back = |rank| entries.iter().any(|entry| entry.takes_back == Some(rank));
    entries.iter().find(|entry| entry.takes_back.is_none() && !taken_back(entry.rank))
}

fn agree(standing: Option<&Entry>, ligne: Option<&Ligne>) -> bool {
    match (standing, ligne) {
        (None, None) => true,
        (Some(standing), Some(ligne)) => standing.montant == ligne.montant && standing.heures == ligne.heures,
        (Some(standing), None) => standing.montant.est_nul() && standing.heures.est_nulle(),
        (None, Some(_)) => false,
    }
}

fn counter_entry(
    standing: &Entry,
    rank: i64,
    annee: Annee,
    reprise: Option<&Ligne>,
    situation: &Situation,
    today: Jour,
) -> MissingEntry {
    let told = reprise.and_then(|ligne| match ligne.motif {
        Motif::Contrepassation { raison, .. } => Some((ligne.date, raison)),
        _ => None,
    });
    let corrected = situation.rectifications.iter().filter(|r| r.annee == annee).map(|r| r.le).max();
    let withdrawn = situation.sous_niveau_3.iter().filter_map(|declaration| declaration.annulee_le).max();
    let (day, raison) = told
        .or(corrected.map(|day| (day, Raison::AnneeRectifiee)))
        .or(withdrawn.map(|day| (day, Raison::DeclarationAnnulee)))
        .unwrap_or((today, Raison::AnneeRectifiee));
    let entry = Entry {
        rank,
        // Nothing is taken back before it was given.
        date: day.max(standing.date),
        montant: -standing.montant,
        heures: -standing.heures,
        takes_back: Some(standing.rank),
    };
    MissingEntry {
        entry,
        retenu: Euros::ZERO,
        retenu_heures: VariationHeures::ZERO,
        motif: Motif::Contrepassation { du: standing.date, raison, annee: Some(annee) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bareme::Bareme;
    use crate::droits::{Activite, DeclarationSousNiveau3, Provenance, Rectification, calculer};
    use crate::mesures::DureeTravaillee;

    const TODAY: Jour = Jour::date(2026, 11, 23);

    fn annee() -> Annee {
        Annee::new(2024).unwrap()
    }

    fn worked(hours: u32) -> Activite {
        Activite::salariee(annee(), DureeTravaillee::heures(hours), None, Provenance::Employeurs)
    }

    fn life(hours: u32) -> Situation {
        Situation { activites: vec![worked(hours)], ..Situation::default() }
    }

    fn missing(situation: &Situation, entries: &[Entry]) -> Vec<MissingEntry> {
        let releve = calculer(situation, TODAY, &Bareme::EN_VIGUEUR);
        missing_entries(annee(), Stated::of(&releve, annee()), entries, situation, TODAY)
    }

    fn written(rank: i64, montant: Euros) -> Entry {
        let (date, heures) = (Jour::date(2025, 6, 30), VariationHeures::ZERO);
        Entry { rank, date, montant, heures, takes_back: None }
    }

    /// As short as one reads a ledger: the day, the amount and what it takes back.
    fn told(missing: &[MissingEntry]) -> Vec<(Jour, Euros, Option<i64>)> {
        missing.iter().map(|m| (m.entry.date, m.entry.montant, m.entry.takes_back)).collect()
    }

    #[test]
    fn a_year_is_written_once() {
        let premieres = missing(&life(803), &[]);
        let [credit] = premieres.as_slice() else { panic!("{premieres:?}") };
        assert_eq!((credit.entry.rank, credit.entry.montant), (1, Euros::de_centimes(24_985)));
        assert_eq!(missing(&life(803), std::slice::from_ref(&credit.entry)), []);
        assert_eq!(missing(&Situation::default(), &[]), []);
    }

    #[test]
    fn one_cent_less_or_more_is_taken_back_and_written_anew() {
        let due = Euros::de_centimes(24_985);
        let day = Jour::date(2025, 6, 30);
        for held in [24_984, 24_986].map(Euros::de_centimes) {
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
        let due = Euros::de_centimes(24_985);
        let back = Entry { takes_back: Some(1), ..written(2, -Euros::entiers(500)) };
        let entries = [written(1, Euros::entiers(500)), back, written(3, due)];
        assert_eq!(missing(&life(803), &entries), []);
        // The last one is missing when it was not written.
        assert_eq!(missing(&life(803), &entries[..2]).iter().map(|m| m.entry.rank).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn nothing_stated_takes_back_whatever_is_held_but_zero() {
        let empty = Situation::default();
        assert_eq!(missing(&empty, &[written(1, Euros::ZERO)]), []);
        let cent = Euros::de_centimes(1);
        assert_eq!(told(&missing(&empty, &[written(1, cent)])), [(TODAY, -cent, Some(1))]);
    }

    fn reason(situation: &Situation, held: Entry) -> (Jour, Raison) {
        match &missing(situation, &[held])[0] {
            MissingEntry { entry, motif: Motif::Contrepassation { raison, .. }, .. } => (entry.date, *raison),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_day_and_the_reason_are_those_of_the_statement_first() {
        let held = written(1, Euros::de_centimes(24_985));
        let rectified = |le| Situation {
            rectifications: vec![Rectification { le, annee: annee(), activites: vec![worked(1_607)] }],
            ..life(803)
        };
        let late = Jour::date(2026, 3, 2);
        assert_eq!(reason(&rectified(late), held.clone()), (late, Raison::AnneeRectifiee));
        // Known before the credit: the statement takes nothing back, the ledger does, and not before it gave.
        let early = Jour::date(2025, 2, 3);
        assert_eq!(reason(&rectified(early), held.clone()), (held.date, Raison::AnneeRectifiee));
        let declaree_le = Jour::date(2024, 5, 6);
        let annulee_le = Some(Jour::date(2026, 4, 7));
        let withdrawn = Situation {
            sous_niveau_3: vec![DeclarationSousNiveau3 { declaree_le, fin_declaree_le: None, annulee_le }],
            ..Situation::default()
        };
        assert_eq!(reason(&withdrawn, held.clone()), (Jour::date(2026, 4, 7), Raison::DeclarationAnnulee));
        assert_eq!(reason(&Situation::default(), held), (TODAY, Raison::AnneeRectifiee));
    }

    #[test]
    fn a_person_is_concerned_by_a_year_that_is_known_corrected_or_written() {
        let other = Annee::new(2023).unwrap();
        let rectifications = vec![Rectification { le: TODAY, annee: annee(), activites: Vec::new() }];
        let corrected = Situation { rectifications, ..Situation::default() };
        assert!(is_concerned(&life(1), annee(), &[]) && !is_concerned(&life(1), other, &[]));
        assert!(is_concerned(&corrected, annee(), &[]) && !is_concerned(&corrected, other, &[]));
        assert!(is_concerned(&Situation::default(), other, &[written(1, Euros::ZERO)]));
        assert!(!is_concerned(&Situation::default(), annee(), &[]));
    }
}
