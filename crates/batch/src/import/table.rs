//! What the imports of CSV files share: a batch of lines in one transaction, and a word for each line that is left out.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use domaine::plausible::{Limits, Odd};
use domaine::told::NamedPerson;
use store::{Recognized, StoreResult, WriteTx};
use tables::{Table, TableReader};

use super::oddity::told;
use super::{Context, Interruption, Report, Stop, Writer, follow, open, open_first};

/// How many lines are written in one transaction.
const BATCH: usize = 500;

/// Where a line stands, for the report.
pub(super) type Place = String;

/// What becomes of the lines of a file.
pub(super) trait Deposit: Table {
    /// What is said of a line that says again what another said above.
    const TWICE: &'static str;

    /// What two lines of one file may not share.
    fn key(person: &NamedPerson, said: &Self::Said) -> String;

    /// Whether what is said can be so of a person.
    fn judge(limits: &Limits, said: &Self::Said) -> Result<(), Odd>;

    /// Writes what is said of people, recognised or not in the same order.
    async fn deposit(
        tx: &mut WriteTx,
        recognized_ones: &[Recognized],
        said_ones: Vec<Self::Said>,
        context: &Context<'_>,
        summary: (&[Place], &mut Report),
    ) -> StoreResult<()>;
}

/// Imports those files, in that order.
///
/// # Errors
/// [`Interruption`] says why the import stopped, and what was done before.
pub(super) async fn import<T: Deposit>(context: &Context<'_>, files: &[PathBuf]) -> Result<Report, Interruption> {
    // A wrong header in the last file is known before the first is written.
    open_first(files, |path, file| open_table::<T, _>(context, path, file).map(drop))?;
    let mut report = Report::default();
    match read_everything::<T>(context, &mut report, files).await {
        Ok(()) => Ok(report),
        Err(stop) => Err(Interruption { report: Some(Box::new(report)), stop }),
    }
}

async fn read_everything<T: Deposit>(
    context: &Context<'_>,
    report: &mut Report,
    files: &[PathBuf],
) -> Result<(), Stop> {
    let mut writer = Writer::new(context);
    for path in files {
        let (source, nom, size) = open(path, context.console)?;
        read::<T, _>(context, &mut writer, report, path, follow(context.console, source, "octets lus", size), &nom)
            .await?;
    }
    Ok(writer.close().await?)
}

/// A file whose columns are all known.
fn open_table<T: Table, R: Read>(context: &Context<'_>, path: &Path, source: R) -> Result<TableReader<T, R>, Stop> {
    let reader = TableReader::open(source, context.moment.today);
    let reader = reader.map_err(|error| Stop::Unreadable(path.to_owned(), error))?;
    reader.map_err(|why| Stop::File(path.to_owned(), why))
}

async fn read<T: Deposit, R: Read>(
    context: &Context<'_>,
    writer: &mut Writer<'_>,
    report: &mut Report,
    path: &Path,
    source: R,
    nom: &str,
) -> Result<(), Stop> {
    let failure = |error| Stop::Unreadable(path.to_owned(), error);
    let mut reader = open_table::<T, _>(context, path, source)?;
    let mut seen_ones = HashSet::new();
    let mut batch: Vec<(Place, NamedPerson, T::Said)> = Vec::with_capacity(BATCH);
    while let Some((number, read)) = reader.read_next().map_err(failure)? {
        let at = format!("{nom}, ligne {number}");
        match read.and_then(|(person, said)| match T::judge(&context.limits, &said) {
            Ok(()) => Ok((person, said)),
            Err(odd) => Err(told(odd)),
        }) {
            Ok((person, said)) => {
                let key = T::key(&person, &said);
                if seen_ones.insert(context.vault.digest("ligne d'un fichier", &[key.as_bytes()])) {
                    batch.push((at, person, said));
                } else {
                    report.discard(&at, T::TWICE);
                }
            }
            Err(why) => report.discard(&at, &why),
        }
        if batch.len() == BATCH {
            deposit::<T>(context, writer, report, &mut batch).await?;
        }
    }
    deposit::<T>(context, writer, report, &mut batch).await
}

async fn deposit<T: Deposit>(
    context: &Context<'_>,
    writer: &mut Writer<'_>,
    report: &mut Report,
    batch: &mut Vec<(Place, NamedPerson, T::Said)>,
) -> Result<(), Stop> {
    if batch.is_empty() {
        return Ok(());
    }
    let mut tx = writer.start().await?;
    let (mut places, mut people, mut said_ones) = (Vec::new(), Vec::new(), Vec::new());
    for (at, person, said) in batch.drain(..) {
        places.push(at);
        people.push(person);
        said_ones.push(said);
    }
    let recognized_ones = tx.recognize(context.vault, &people, context.moment.now).await?;
    let gaps = report.gaps();
    T::deposit(&mut tx, &recognized_ones, said_ones, context, (&places, report)).await?;
    writer.finish(tx, true).await?;
    for (recognized, at) in recognized_ones.iter().zip(&places) {
        report.recognize(recognized, at);
    }
    report.lines += places.len() as u64 - (report.gaps() - gaps);
    Ok(())
}
