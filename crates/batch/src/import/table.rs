//! What the imports of CSV files share: a batch of lines in one transaction, and a word for each line that is left out.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};

use domaine::plausible::{Limits, Odd};
use domaine::told::NamedPerson;
use store::{Recognized, StoreResult, Testimony, WriteTx};
use tables::{Encoding, ReadFault, Table, TableReader};

use super::oddity::told;
use super::{Context, Interruption, Report, Stop, Writer, follow, open, reads_back};

/// How many lines are written in one transaction.
const BATCH: usize = 500;

/// Where a line stands, for the report.
pub(super) type Place = String;

/// What becomes of the lines of a file.
pub(super) trait Deposit: Table {
    /// Whether employers speak in it: whom they name outranks an account that somebody opened.
    const OF_EMPLOYERS: bool;

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
    // A fault of form in the last file is known before the first is written.
    let check = |path: &PathBuf| if reads_back(path) { check::<T>(context, path).map(Some) } else { Ok(None) };
    let encodings = files.iter().map(check).collect::<Result<Vec<_>, Stop>>()?;
    let mut report = Report::default();
    match read_everything::<T>(context, &mut report, files.iter().zip(encodings)).await {
        Ok(()) => Ok(report),
        Err(stop) => Err(Interruption { report: Some(Box::new(report)), stop }),
    }
}

async fn read_everything<T: Deposit>(
    context: &Context<'_>,
    report: &mut Report,
    files: impl Iterator<Item = (&PathBuf, Option<Encoding>)>,
) -> Result<(), Stop> {
    let mut writer = Writer::new(context);
    for (path, encoding) in files {
        let (source, nom, size) = open(path, context.console)?;
        let (source, encoding): (Box<dyn Read>, _) = match encoding {
            Some(encoding) => (source, encoding),
            None => {
                let (kept, encoding) = set_aside::<T>(path, source)?;
                (Box::new(kept), encoding)
            }
        };
        report.read_as(&nom, encoding);
        let source = follow(context.console, source, "octets lus", size);
        read::<T, _>(context, &mut writer, report, (path, &nom), (source, encoding)).await?;
    }
    Ok(writer.close().await?)
}

/// How a file is written, when its form is right to its end.
fn check<T: Table>(context: &Context<'_>, path: &Path) -> Result<Encoding, Stop> {
    let size = path.metadata().map_or(0, |facts| facts.len());
    let again = || Ok(follow(context.console, File::open(path)?, "octets vérifiés", size));
    tables::check::<T, _>(again).map_err(|fault| stop(path, fault))
}

/// What comes once, of the standard input or a pipe, kept in a file without a name until it is read: it is checked to its
/// end too before anything of it is written, and memory does not grow with it.
fn set_aside<T: Table>(path: &Path, mut source: impl Read) -> Result<(File, Encoding), Stop> {
    let failure = |error| Stop::Unreadable(path.to_owned(), error);
    let mut kept = tempfile::tempfile().map_err(failure)?;
    io::copy(&mut source, &mut kept).map_err(failure)?;
    let from_start = || {
        let mut again = kept.try_clone()?;
        again.rewind()?;
        Ok(again)
    };
    let encoding = tables::check::<T, _>(from_start).map_err(|fault| stop(path, fault))?;
    kept.rewind().map_err(failure)?;
    Ok((kept, encoding))
}

fn stop(path: &Path, fault: ReadFault) -> Stop {
    match fault {
        ReadFault::Source(error) => Stop::Unreadable(path.to_owned(), error),
        ReadFault::Format(why) => Stop::File(path.to_owned(), why),
    }
}

async fn read<T: Deposit, R: Read>(
    context: &Context<'_>,
    writer: &mut Writer<'_>,
    report: &mut Report,
    (path, nom): (&Path, &str),
    (source, encoding): (R, Encoding),
) -> Result<(), Stop> {
    let failure = |fault| stop(path, fault);
    let mut reader = TableReader::<T, _>::open(source, encoding, context.moment.today).map_err(failure)?;
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
    let write = |told, account: &str, courriel: &str| context.letter(told, account, courriel);
    let testimony = T::OF_EMPLOYERS.then_some(Testimony { operator: context.operator, write: &write });
    let recognized_ones = tx.recognize(context.vault, &people, testimony, context.moment.now).await?;
    let gaps = report.gaps();
    T::deposit(&mut tx, &recognized_ones, said_ones, context, (&places, report)).await?;
    writer.finish(tx, true).await?;
    for (recognized, at) in recognized_ones.iter().zip(&places) {
        report.recognize(recognized, at);
    }
    report.lines += places.len() as u64 - (report.gaps() - gaps);
    Ok(())
}
