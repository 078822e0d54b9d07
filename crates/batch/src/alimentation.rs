//! Credits a year for everyone: what the statement gives for it goes into the ledger, and what the
//! ledger holds otherwise is taken back first. Idempotent: a second run finds nothing to write.

use std::collections::BTreeMap;
use std::fmt;

use domaine::bareme::Bareme;
use domaine::droits::{Motif, calculate};
use domaine::ledger::{NotCreditable, Stated, creditable, is_concerned, missing_entries};
use domaine::mesures::{Day, Euros, HoursVariation, Year};
use store::{LedgerEntry, Life, Store, StoreResult};

use crate::Moment;
use crate::console::{Console, Progress};
use crate::wording::{self, count, to_euros};

/// How many people are read, computed and written in one transaction.
const BATCH: i64 = 1_000;

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// People looked at.
    pub people: u64,
    /// Those whom the year concerns.
    pub concerned: u64,
    /// Those for whom something was written.
    pub recorded_ones: u64,
    /// Those for whom the ledger said so already.
    pub already: u64,
    /// Credits written, in euros.
    pub euros: Euros,
    /// The same in hours, for public agents.
    pub hours: HoursVariation,
    /// Entries that take back an earlier one.
    pub counter_entries: u64,
    /// What they take back.
    pub taken_back: Euros,
    /// People whom the ceiling stopped.
    pub at_plafond: u64,
    /// People to whom the year gives nothing, and why.
    pub uncredited: BTreeMap<&'static str, u64>,
}

/// Why that year cannot be credited on that day, if it cannot.
pub fn refusal(year: Year, today: Day) -> Option<String> {
    creditable(year, today).err().map(|why| match why {
        NotCreditable::KeptInHours => {
            format!("{year} : les droits d'avant 2019 sont repris en heures, ils ne s'alimentent pas")
        }
        NotCreditable::NotOver => format!("{year} : l'année n'est pas finie, ses droits ne sont pas connus"),
    })
}

/// Credits that year, or only says what would be written.
///
/// # Errors
/// [`store::StoreError`] when the database fails: the batches before are kept, and the next run goes on.
pub async fn alimentation(
    store: &Store,
    console: &dyn Console,
    moment: Moment,
    bareme: &Bareme,
    year: Year,
    dry_run: bool,
) -> StoreResult<Report> {
    let (today, mut report, mut after) = (moment.today, Report::default(), String::new());
    let mut progress = Progress::new(console, "personnes", store.count_people().await?);
    loop {
        let mut tx = store.tx().await?;
        let lives = tx.lives(year, &after, BATCH).await?;
        let Some(last) = lives.last() else {
            store.give_up(tx).await?;
            break;
        };
        after.clone_from(&last.person);
        let mut entries = Vec::new();
        for life in &lives {
            report.follow(life, year, today, bareme, &mut entries);
        }
        if dry_run || entries.is_empty() {
            store.give_up(tx).await?;
        } else {
            tx.append_to_ledger(year, &entries, moment.now).await?;
            store.keep(tx).await?;
        }
        progress.advance(report.people);
    }
    progress.finish();
    Ok(report)
}

impl Report {
    fn follow(&mut self, life: &Life, year: Year, as_of: Day, bareme: &Bareme, entries: &mut Vec<LedgerEntry>) {
        self.people += 1;
        let situation = &life.situation;
        if !is_concerned(situation, year, &life.recorded_ones) {
            return;
        }
        self.concerned += 1;
        let releve = calculate(situation, as_of, bareme);
        let stated = Stated::of(&releve, year);
        for ligne in stated.lignes.into_iter().flatten() {
            self.at_plafond += u64::from(!ligne.withheld.is_zero() || !ligne.withheld_hours.is_zero());
            if let Motif::YearWithoutCredit { raison, .. } = ligne.motif {
                *self.uncredited.entry(wording::raison(raison)).or_default() += 1;
            }
        }
        let before = entries.len();
        let missing = missing_entries(year, stated, &life.recorded_ones, situation, as_of);
        entries.extend(missing.into_iter().map(|missing| LedgerEntry { person: life.person.clone(), missing }));
        for entry in &entries[before..] {
            let recorded = &entry.missing.entry;
            if recorded.takes_back.is_some() {
                self.counter_entries += 1;
                self.taken_back += -recorded.montant;
            } else {
                self.euros += recorded.montant;
                self.hours += recorded.hours;
            }
        }
        if entries.len() > before {
            self.recorded_ones += 1;
        } else if !life.recorded_ones.is_empty() {
            self.already += 1;
        }
    }
}

/// What an operator reads at the end.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "personnes parcourues : {}", count(self.people))?;
        writeln!(f, "concernées par l'année : {}", count(self.concerned))?;
        writeln!(f, "inscrites au registre : {}, pour {}", count(self.recorded_ones), to_euros(self.euros))?;
        if !self.hours.is_zero() {
            writeln!(f, "et {} h d'agents publics", self.hours)?;
        }
        writeln!(f, "déjà inscrites : {}", count(self.already))?;
        if self.counter_entries > 0 {
            writeln!(
                f,
                "contre-écritures : {}, qui reprennent {}",
                count(self.counter_entries),
                to_euros(self.taken_back)
            )?;
        }
        writeln!(f, "arrêtées par le plafond : {}", count(self.at_plafond))?;
        for (raison, how_many) in &self.uncredited {
            writeln!(f, "sans crédit, {raison} : {}", count(*how_many))?;
        }
        Ok(())
    }
}
