//! `acquis importer dsn`: one transaction for each declaration that was read to its end.

use std::fmt::Write as _;
use std::io::Read;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use domaine::identite::nir::coherence;
use domaine::mesures::{Days, Year};
use domaine::plausible::{self, Limits, Odd};
use domaine::told::NamedPerson;
use dsn::values::Month;
use dsn::{Declaration, Event, Identifier, Individu, Part, Place, Precheck, Reader, Totals, mapping};
use store::{DsnFiling, Recognized, Testimony};

use super::fingerprint;
use super::oddity::{ODD_ACCORD, told};
use super::{Context, Interruption, Report, Stop, Writer, follow, open, open_first, reads_back};
use crate::Console;

/// Years of birth of people who may work, as the database admits them.
const NAISSANCES: RangeInclusive<u16> = 1850..=2199;
/// Years of work that a declaration may speak of.
const YEARS: RangeInclusive<u16> = 1990..=2199;

/// Imports those files, in that order.
///
/// # Errors
/// [`Interruption`] says why the import stopped, and what was done before.
pub async fn import(context: &Context<'_>, files: &[PathBuf]) -> Result<Report, Interruption> {
    open_first(files, |_, _| Ok(()))?;
    let mut report = Report::from_dsn();
    match read_everything(context, &mut report, files).await {
        Ok(()) => Ok(report),
        Err(stop) => Err(Interruption { report: Some(Box::new(report)), stop }),
    }
}

async fn read_everything(context: &Context<'_>, report: &mut Report, files: &[PathBuf]) -> Result<(), Stop> {
    let mut writer = Writer::new(context);
    for path in files {
        let precheck = check(path, context.console)?;
        let (source, file_name, size) = open(path, context.console)?;
        let mut reader = Reader::new(&file_name, follow(context.console, source, "octets lus", size));
        let outcome = read(context, &mut writer, report, (path, &file_name), &precheck, &mut reader).await;
        // Even when the reading stopped half way: what comes before is kept, and must be told.
        report.reports.push(reader.report().clone());
        outcome?;
    }
    Ok(writer.close().await?)
}

/// Which envelopes of a file do not hold what they announce, when it can be read twice.
fn check(path: &Path, console: &dyn Console) -> Result<Precheck, Stop> {
    if !reads_back(path) {
        return Ok(Precheck::default());
    }
    let (source, _, size) = open(path, console)?;
    let precheck = Precheck::make(follow(console, source, "octets vérifiés", size));
    precheck.map_err(|error| Stop::Unreadable(path.to_owned(), error))
}

async fn read<R: Read>(
    context: &Context<'_>,
    writer: &mut Writer<'_>,
    report: &mut Report,
    (path, file_name): (&Path, &str),
    precheck: &Precheck,
    reader: &mut Reader<R>,
) -> Result<(), Stop> {
    let mut opened: Option<Opened> = None;
    let mut envelope = 0;
    // The lines of the declarations of this envelope that were taken in.
    let mut taken_in: Vec<u64> = Vec::new();
    while let Some(event) = reader.read_next().map_err(|error| Stop::Unreadable(path.to_owned(), error))? {
        match event {
            Event::Declaration(declaration) => {
                let line = declaration.line;
                opened = UnderWay::open(&declaration).map(|under_way| {
                    if precheck.is_doubtful(envelope) {
                        Opened::Refused(line)
                    } else {
                        Opened::Reading(line, Box::new(under_way))
                    }
                });
                report.without_hours += u64::from(opened.is_none());
            }
            Event::Individu(individu) => {
                if let Some(Opened::Reading(_, under_way)) = &mut opened {
                    under_way.add(individu, file_name, context.limits, report);
                }
            }
            Event::End(end) => match opened.take() {
                Some(_) if !end.complete => report.cut += 1,
                Some(Opened::Refused(line)) => report.refuse(&format!("{file_name}, ligne {line}")),
                Some(Opened::Reading(line, under_way)) => {
                    under_way.deposit(context, writer, report).await?;
                    taken_in.push(line);
                }
                None => {}
            },
            Event::EnvelopeEnd(totals) => {
                envelope += 1;
                let taken_in = taken_in.drain(..);
                if totals != Totals::Right {
                    taken_in.for_each(|line| report.doubt(&format!("{file_name}, ligne {line}")));
                }
            }
        }
    }
    Ok(())
}

/// A declaration that counts, and the line where it begins.
enum Opened {
    /// Being read.
    Reading(u64, Box<UnderWay>),
    /// Of an envelope that does not hold what it announces.
    Refused(u64),
}

/// A declaration being read.
struct UnderWay {
    filing: DsnFiling,
    /// Its month.
    month: Month,
    /// Where each of its people stands, for the report.
    places: Vec<String>,
    /// What it says, to be hashed: two declarations that say the same are one.
    content: String,
}

impl UnderWay {
    fn open(declaration: &Declaration) -> Option<Self> {
        // The reader decides what counts, and under which key.
        let Place { siret, month, portion, cancels } = declaration.place()?;
        let filing = DsnFiling {
            siret: siret.to_string(),
            month: month.to_string(),
            portion,
            cancels,
            digest: String::new(),
            people: Vec::new(),
            worked_months: Vec::new(),
        };
        Some(Self { filing, month, places: Vec::new(), content: String::new() })
    }

    fn add(&mut self, individu: Individu, file: &str, limits: Limits, report: &mut Report) {
        // What a cancelled declaration repeats counts for nothing.
        if self.filing.cancels {
            return;
        }
        let mut at = format!("{file}, ligne {}, salarié n° {}", individu.line, individu.index);
        let months = mapping::worked_months(&individu, self.month);
        let odd_days: Vec<(Month, Odd)> = individu.parts_by_contrat().into_iter().filter_map(odd_days).collect();
        let without_droit = individu.contrats.iter().filter(|contrat| !mapping::gives_rights(contrat)).count();
        report.contrats_without_droit += without_droit as u64;
        let Identifier::Nir(nir) = individu.identifier else {
            let why = "Numéro temporaire : ses heures ne peuvent être versées à personne. Redéposez le mois \
                            lorsque son NIR est connu.";
            return report.discard(&at, why);
        };
        let _ = write!(at, " (NIR {})", dsn::report::mask(&nir));
        let Some(naissance) = individu.naissance.filter(|naissance| NAISSANCES.contains(&naissance.year())) else {
            let why = "Sans date de naissance plausible, un NIR ne désigne pas une seule personne : complétez-la, \
                            puis redéposez.";
            return report.discard(&at, why);
        };
        if coherence(&nir, &naissance).is_err() {
            return report.discard(&at, tables::NIR_AND_NAISSANCE);
        }
        let _ = writeln!(self.content, "{} {}", nir.as_str(), naissance.iso());
        let place = self.filing.people.len();
        for mut month in months {
            if !YEARS.contains(&month.year) {
                report.discard(&at, "Une paie finit une année impossible : corrigez sa période, puis redéposez.");
                continue;
            }
            let same = |(odd, _): &&(Month, Odd)| (odd.year(), odd.month()) == (month.year, month.month);
            let days = odd_days.iter().find(same).map(|(_, odd)| *odd);
            if let Some(odd) = plausible::judge_month(&month).err().or(days) {
                report.discard(&at, &told(odd));
                continue;
            }
            if month.accord.is_some_and(|accord| is_odd(limits, accord, month.year)) {
                month.accord = None;
                report.discard(&at, ODD_ACCORD);
            }
            fingerprint::write_month(&mut self.content, &month);
            self.filing.worked_months.push((place, month));
        }
        self.filing.people.push(NamedPerson {
            nir,
            nom: individu.nom,
            prenoms: individu.prenoms,
            naissance,
            former_nir: individu.former_nir,
        });
        self.places.push(at);
    }

    async fn deposit(
        mut self,
        context: &Context<'_>,
        writer: &mut Writer<'_>,
        report: &mut Report,
    ) -> Result<(), Stop> {
        let header = format!("{} {}", self.filing.portion.division.fractions, self.filing.cancels);
        self.filing.digest =
            context.vault.digest("contenu d'une déclaration", &[header.as_bytes(), self.content.as_bytes()]);
        let (today, now) = (context.moment.today, context.moment.now);
        let mut tx = writer.start().await?;
        let write = |told, account: &str, courriel: &str| context.letter(told, account, courriel);
        let testimony = Testimony { operator: context.operator, write: &write };
        let deposited = tx.deposit(context.vault, &self.filing, testimony, (today, now)).await?;
        writer.finish(tx, deposited.written).await?;
        report.count(deposited.outcome, self.filing.cancels);
        report.redivided += u64::from(deposited.redivided);
        let mut changes = deposited.changes;
        let recognized_ones = || deposited.recognized_ones.iter().zip(&self.places);
        for (person, year, odd) in changes.set_aside.drain(..) {
            let is_them =
                |recognized: &Recognized| matches!(recognized, Recognized::Person { id, .. } if *id == person);
            let at = recognized_ones().find(|(recognized, _)| is_them(recognized));
            let at = at.map_or_else(|| format!("personne {person}"), |(_, at)| at.clone());
            report.discard(&format!("{at}, année {year}"), &told(odd));
        }
        report.changes += changes;
        for (recognized, at) in recognized_ones() {
            report.recognize(recognized, at);
        }
        Ok(())
    }
}

/// The month of a contract that counts more days than it has.
fn odd_days((_, part): (&str, Part)) -> Option<(Month, Odd)> {
    let worked = part.time.days.hundredths().saturating_add(part.time.forfait_jours.hundredths());
    let odd = plausible::judge_days_of_month(worked, part.time.absence_days.hundredths()).err()?;
    Some((part.month, odd))
}

/// Whether those days are no full year of an agreement.
fn is_odd(limits: Limits, accord: i64, year: u16) -> bool {
    let accord = u32::try_from(accord).map(Days::from_hundredths);
    match (accord, Year::new(year)) {
        (Ok(accord), Ok(year)) => limits.accord(accord, year).is_err(),
        _ => true,
    }
}
