//! Credits a year for everyone: what the statement gives for it goes into the ledger, and what the
//! ledger holds otherwise is taken back first. What a rule had given that was not that of the text is put right on the
//! day of the run. Idempotent: a second run finds nothing to write.

use std::collections::BTreeMap;
use std::fmt;

use domaine::bareme::Bareme;
use domaine::droits::{Motif, Raison, calculate};
use domaine::ledger::{NotCreditable, Stated, creditable, is_concerned, missing_entries, put_right};
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
    /// What a rule that changed makes of the year for people, in the order of their identifiers.
    pub put_right: Vec<PutRight>,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// People whom the ceiling stopped.
    pub at_plafond: u64,
    /// People to whom the year gives nothing, and why.
    pub uncredited: BTreeMap<&'static str, u64>,
}

/// What a person has of a year, before and after a rule is put right. Named by the identifier of the database, which says
/// nothing of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutRight {
    /// Whose.
    pub person: String,
    /// What is added; negative when it is taken.
    pub euros: Euros,
    /// The same in hours.
    pub hours: HoursVariation,
    /// What would have been taken too, and was spent already: it is left.
    pub spent: Euros,
    /// The same in hours.
    pub spent_hours: HoursVariation,
    /// The text.
    pub text: String,
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
    let (today, mut after) = (moment.today, String::new());
    let mut report = Report { dry_run, ..Report::default() };
    let mut progress = Progress::new(console, "personnes", store.count_people().await?);
    loop {
        let mut tx = store.tx().await?;
        let mut lives = tx.lives(year, &after, BATCH).await?;
        let Some(last) = lives.last() else {
            store.give_up(tx).await?;
            break;
        };
        after.clone_from(&last.person);
        let mut entries = Vec::new();
        for life in &mut lives {
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
    fn follow(&mut self, life: &mut Life, year: Year, as_of: Day, bareme: &Bareme, entries: &mut Vec<LedgerEntry>) {
        self.people += 1;
        let situation = &mut life.situation;
        if !is_concerned(situation, year, &life.recorded_ones) {
            return;
        }
        self.concerned += 1;
        put_right(situation, year, as_of, bareme);
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
        self.put_right.extend(corrected(&entries[before..]));
        if entries.len() > before {
            self.recorded_ones += 1;
        } else if !life.recorded_ones.is_empty() {
            self.already += 1;
        }
    }
}

/// What these entries of one person put right of a rule, if they do.
fn corrected(entries: &[LedgerEntry]) -> Option<PutRight> {
    let of_a_rule = |entry: &&LedgerEntry| {
        matches!(entry.missing.motif, Motif::Contrepassation { raison: Raison::CorrectedRule, .. })
    };
    let reversal = entries.iter().find(of_a_rule)?;
    let (mut euros, mut hours) = (Euros::ZERO, HoursVariation::ZERO);
    for entry in entries {
        euros += entry.missing.entry.montant;
        hours += entry.missing.entry.hours;
    }
    let text = reversal.missing.source.as_ref();
    Some(PutRight {
        person: reversal.person.clone(),
        euros,
        hours,
        spent: reversal.missing.withheld,
        spent_hours: reversal.missing.withheld_hours,
        text: text.map(|source| format!("{}, {}", source.text, source.article)).unwrap_or_default(),
    })
}

impl fmt::Display for PutRight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { person, euros, hours, spent, spent_hours, text } = self;
        write!(f, "{person} :")?;
        if !euros.is_zero() || hours.is_zero() {
            let sign = if *euros > Euros::ZERO { "+" } else { "" };
            write!(f, " {sign}{}", to_euros(*euros))?;
        }
        if !hours.is_zero() {
            let sign = if *hours > HoursVariation::ZERO { "+" } else { "" };
            write!(f, " {sign}{hours} h")?;
        }
        if !spent.is_zero() {
            write!(f, ", et {} déjà dépensés lui restent", to_euros(*spent))?;
        }
        if !spent_hours.is_zero() {
            write!(f, ", et {spent_hours} h déjà dépensées lui restent")?;
        }
        write!(f, " ({text})")
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
        if !self.put_right.is_empty() {
            let gains = |one: &&PutRight| one.euros > Euros::ZERO || one.hours > HoursVariation::ZERO;
            let losses = |one: &&PutRight| one.euros < Euros::ZERO || one.hours < HoursVariation::ZERO;
            writeln!(
                f,
                "règle corrigée, à annoncer aux personnes (voir docs/importer.md) : {} gagnent, {} perdent, {} gardent autant",
                count(self.put_right.iter().filter(gains).count() as u64),
                count(self.put_right.iter().filter(losses).count() as u64),
                count(self.put_right.iter().filter(|one| !gains(one) && !losses(one)).count() as u64),
            )?;
            // Before it is done, whoever has to announce it needs everyone.
            if self.dry_run {
                for one in &self.put_right {
                    writeln!(f, "  {one}")?;
                }
            }
        }
        writeln!(f, "arrêtées par le plafond : {}", count(self.at_plafond))?;
        for (raison, how_many) in &self.uncredited {
            writeln!(f, "sans crédit, {raison} : {}", count(*how_many))?;
        }
        Ok(())
    }
}
