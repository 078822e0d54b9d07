//! `acquis importer`: from the files of employers to the years of people. Reads and reports; what
//! becomes of a declaration is the store's to say.

pub mod activites;
pub mod dsn;
pub mod evenements;
mod fingerprint;
mod oddity;
mod report;
mod table;

use std::collections::HashSet;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use domaine::plausible::Limits;
use mail::{Address, Occasion};
use store::{NewLetter, Operator, Store, StoreError, StoreResult, Told, WriteTx, account_reference};
use vault::Vault;

use crate::Moment;
use crate::console::{Console, Progress};

pub use report::Report;

/// What an import works with.
pub struct Context<'a> {
    /// Where it writes.
    pub store: &'a Store,
    /// The keys.
    pub vault: &'a Vault,
    /// Who imports.
    pub operator: &'a Operator,
    /// What writes to holders whose account is set aside.
    pub letters: &'a mail::Writer,
    /// Who hears how far it has come, and gives what `-` stands for.
    pub console: &'a dyn Console,
    /// When it runs.
    pub moment: Moment,
    /// Which quantities are believed.
    pub limits: Limits,
    /// Only say what would change.
    pub dry_run: bool,
}

impl Context<'_> {
    /// What the holder of this account is told.
    fn letter(&self, told: Told, account: &str, courriel: &str) -> NewLetter {
        let reference = account_reference(account);
        let occasion = match told {
            Told::SetAside => Occasion::SetAside { account: &reference },
            Told::GivenBack => Occasion::NirGivenBack { account: &reference },
        };
        self.letters.write(Address(courriel), &occasion, self.moment.now)
    }
}

/// Why an import stops before its end. What was imported before stays: the next run goes on.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// A file or a folder cannot be read.
    #[error("{0} : lecture impossible : {1}")]
    Unreadable(PathBuf, #[source] io::Error),
    /// The store failed.
    #[error("la base de données a fait défaut : {0} ; ce qui précède est gardé, relancez la même commande")]
    Base(#[from] StoreError),
    /// The file is not one of those that this command reads; says why.
    #[error("{0} : {1}")]
    File(PathBuf, String),
}

/// An import that stopped, and what it had done; nothing when it stopped before anything was read.
#[derive(Debug, thiserror::Error)]
#[error("{stop}")]
pub struct Interruption {
    /// What was done before.
    pub report: Option<Box<Report>>,
    /// Why it stopped.
    #[source]
    pub stop: Stop,
}

impl From<Stop> for Interruption {
    fn from(stop: Stop) -> Self {
        Self { report: None, stop }
    }
}

/// The files that those names stand for: a folder for all that it and its subfolders hold, in the order of names;
/// `-` for the standard input.
///
/// # Errors
/// [`Stop`] when one is not there, or a folder holds no file: nothing was imported yet.
pub fn files(noms: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
    let mut files = Vec::new();
    for nom in noms {
        if nom == Path::new("-") || !facts(nom)?.is_dir() {
            files.push(nom.clone());
            continue;
        }
        let before = files.len();
        walk(nom, &mut HashSet::new(), &mut files)?;
        if files.len() == before {
            return Err(Stop::File(nom.clone(), "ce dossier ne contient aucun fichier".to_owned()));
        }
    }
    Ok(files)
}

/// What a folder holds. Names that begin with a dot are passed over, and so is a folder that was seen already: a
/// link may lead back to it.
fn walk(dir: &Path, seen: &mut HashSet<PathBuf>, files: &mut Vec<PathBuf>) -> Result<(), Stop> {
    let failure = |error| Stop::Unreadable(dir.to_owned(), error);
    if !seen.insert(dir.canonicalize().map_err(failure)?) {
        return Ok(());
    }
    let mut inside = Vec::new();
    for input in std::fs::read_dir(dir).map_err(failure)? {
        let input = input.map_err(failure)?;
        if !input.file_name().to_string_lossy().starts_with('.') {
            inside.push(input.path());
        }
    }
    inside.sort();
    for path in inside {
        let facts = facts(&path)?;
        if facts.is_dir() {
            walk(&path, seen, files)?;
        } else if facts.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

fn facts(path: &Path) -> Result<Metadata, Stop> {
    std::fs::metadata(path).map_err(|error| Stop::Unreadable(path.to_owned(), error))
}

/// Opens every file before the first is read, so that an import does not stop at one that could be known not to
/// be readable. The standard input and pipes open when their turn comes.
fn open_first(files: &[PathBuf], judge: impl Fn(&Path, File) -> Result<(), Stop>) -> Result<(), Stop> {
    for path in files {
        if path != Path::new("-") && facts(path)?.is_file() {
            let file = File::open(path).map_err(|error| Stop::Unreadable(path.clone(), error))?;
            judge(path, file)?;
        }
    }
    Ok(())
}

/// The bytes of a file, its name in reports, and how many bytes there are when that is known.
fn open(path: &Path, console: &dyn Console) -> Result<(Box<dyn Read>, String, u64), Stop> {
    if path == Path::new("-") {
        return Ok((console.input(None), "entrée standard".into(), 0));
    }
    let failure = |error| Stop::Unreadable(path.to_owned(), error);
    let file = File::open(path).map_err(failure)?;
    let size = file.metadata().map_err(failure)?.len();
    Ok((Box::new(file), path.display().to_string(), size))
}

/// Tells how far the reading has come.
struct Tracked<'a, R> {
    source: R,
    readings: u64,
    progress: Progress<'a>,
}

impl<R: Read> Read for Tracked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let readings = self.source.read(buffer)?;
        self.readings += readings as u64;
        self.progress.advance(self.readings);
        if readings == 0 {
            self.progress.finish();
        }
        Ok(readings)
    }
}

fn follow<'a, R: Read>(console: &'a dyn Console, source: R, what: &'static str, size: u64) -> Tracked<'a, R> {
    Tracked { source, readings: 0, progress: Progress::new(console, what, size) }
}

/// Whether it can be read twice: neither the standard input nor a pipe can.
fn reads_back(path: &Path) -> bool {
    path != Path::new("-") && facts(path).is_ok_and(|facts| facts.is_file())
}

/// The transactions of an import: one after the other, or a single one that is dropped at the end
/// when nothing may be written, so that what would change is counted as it would be.
struct Writer<'a> {
    store: &'a Store,
    trial: Option<WriteTx>,
    dry_run: bool,
}

impl<'a> Writer<'a> {
    const fn new(context: &Context<'a>) -> Self {
        Self { store: context.store, trial: None, dry_run: context.dry_run }
    }

    async fn start(&mut self) -> StoreResult<WriteTx> {
        match self.trial.take() {
            Some(tx) => Ok(tx),
            None => self.store.tx().await,
        }
    }

    async fn finish(&mut self, tx: WriteTx, has_changed: bool) -> StoreResult<()> {
        if self.dry_run {
            self.trial = Some(tx);
            Ok(())
        } else if has_changed {
            self.store.keep(tx).await
        } else {
            self.store.give_up(tx).await
        }
    }

    async fn close(self) -> StoreResult<()> {
        match self.trial {
            Some(tx) => self.store.give_up(tx).await,
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: PathBuf) -> PathBuf {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        std::fs::write(&path, "x").expect("a file");
        path
    }

    #[test]
    fn a_folder_is_read_with_its_subfolders_in_the_order_of_names() {
        let dir = tempfile::tempdir().expect("a folder");
        let within = |nom: &str| dir.path().join(nom);
        let all_expected = ["a/2.dsn", "a/b/1.dsn", "b.dsn", "c/3.dsn"].map(|nom| write(within(nom)));
        write(within(".cache/x.dsn"));
        write(within("a/.b.dsn.swp"));
        assert_eq!(files(&[dir.path().to_owned()]).expect("files"), all_expected);
        // The standard input is no file of the disk.
        assert_eq!(files(&["-".into()]).expect("files"), [PathBuf::from("-")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_to_its_folder_is_followed_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let expected = write(dir.path().join("a/1.dsn"));
        for link in ["a/boucle", "z"] {
            std::os::unix::fs::symlink(dir.path(), dir.path().join(link)).expect("a link");
        }
        assert_eq!(files(&[dir.path().to_owned()]).expect("files"), [expected]);
        // A link to nothing is a file that somebody believes to be there.
        std::os::unix::fs::symlink("absent.dsn", dir.path().join("b.dsn")).expect("a link");
        assert!(matches!(files(&[dir.path().to_owned()]), Err(Stop::Unreadable(path, _)) if path.ends_with("b.dsn")));
    }

    #[test]
    fn a_folder_without_a_file_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(dir.path().join("vide")).expect("a folder");
        let refusal = files(&[dir.path().to_owned()]).expect_err("a refusal");
        assert!(refusal.to_string().contains("ce dossier ne contient aucun fichier"), "{refusal}");
    }
}
