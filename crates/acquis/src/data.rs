//! The data of a start, made ready by one program at a time: the folder, the key, a copy before the tables change, the
//! tables. And what a dry run works on instead.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use batch::backup;
use store::{Store, sqlite_address, sqlite_file};
use vault::{Vault, identifier};

use crate::Failure;
use crate::settings::Config;

/// The data, ready.
pub(crate) struct Data {
    pub(crate) store: Store,
    pub(crate) vault: Arc<Vault>,
    /// The copy made before the tables were changed, when they were.
    pub(crate) copy: Option<PathBuf>,
}

/// Makes the data ready; copies the database first when its tables change, unless `unsaved`.
pub(crate) async fn ready(config: &Config, unsaved: bool) -> Result<Data, Failure> {
    store::create_dir(&config.data)?;
    let (path, turn) = lock(config, "demarrage")?;
    turn.lock().map_err(about(&path))?;
    let store = Store::open(&config.database_url).await?;
    let ring = match config.ring()? {
        Some(ring) => ring,
        None if store.has_a_witness().await? => {
            return Err(format!(
                "cle : la base de données a été remplie avec une clé qui n'est plus là ; remettez-la dans {}, ou dites-la \
                 dans le réglage « cle »",
                config.key_file().display()
            )
            .into());
        }
        None => config.make_key()?,
    };
    let vault = Arc::new(config.vault(ring));
    let copy = if unsaved { None } else { saved(config, &store).await? };
    store.migrate(&vault).await?;
    drop(turn);
    warn_of_readers(config);
    Ok(Data { store, vault, copy })
}

async fn saved(config: &Config, store: &Store) -> Result<Option<PathBuf>, Failure> {
    let copied = backup::before_migration(store, &config.database_url, &config.data).await;
    let copy = copied.map_err(|error| {
        format!(
            "les tables doivent être mises à jour, et la base n'a pas pu être copiée d'abord : {error} ; \
             faites une sauvegarde, puis « acquis migrer --sans-copie »"
        )
    })?;
    if let Some(copy) = &copy {
        tracing::info!(copie = %copy.display(), "the database was copied before its tables change");
    }
    Ok(copy)
}

/// Holds the place of the one server of an SQLite database, until it is dropped.
pub(crate) fn serve_alone(config: &Config) -> Result<Option<File>, Failure> {
    if sqlite_file(&config.database_url).is_none() {
        return Ok(None);
    }
    let (path, file) = lock(config, "service")?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => {
            Err("un autre « acquis servir » sert déjà cette base : arrêtez-le d'abord".into())
        }
        Err(TryLockError::Error(error)) => Err(about(&path)(error)),
    }
}

/// The file that stands for that lock: beside an SQLite database, else in the data folder. It stays there: taking it
/// away would let two programs hold two files of one name.
pub(crate) fn lock(config: &Config, of: &str) -> Result<(PathBuf, File), Failure> {
    let beside = sqlite_file(&config.database_url).unwrap_or_else(|| config.data.join("acquis"));
    let mut name = beside.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{of}"));
    let path = beside.with_file_name(name);
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        store::create_dir(dir).map_err(about(dir))?;
    }
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(about(&path))?;
    Ok((path, file))
}

fn about(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.to_owned();
    move |error| format!("{} : {error}", path.display()).into()
}

/// What this program makes is its owner's alone; what was made before, or by somebody else, may not be.
#[cfg(unix)]
fn warn_of_readers(config: &Config) {
    use std::os::unix::fs::PermissionsExt as _;
    let open_to_others = |path: &Path| path.metadata().is_ok_and(|facts| facts.permissions().mode() & 0o077 != 0);
    let base = sqlite_file(&config.database_url).unwrap_or_default();
    if open_to_others(&config.data) && (open_to_others(&base) || open_to_others(&config.pieces_dir())) {
        tracing::warn!(
            dossier = %config.data.display(),
            "other users of this machine can read the data: chmod -R go= on this folder"
        );
    }
}

#[cfg(not(unix))]
const fn warn_of_readers(_: &Config) {}

/// A database for a dry run: a copy of the one there is, which goes on serving, or an empty one. Gone with this value.
pub(crate) struct Draft(PathBuf);

/// What a draft begins its name with, in the folder of temporary files.
const DRAFT: &str = "acquis-a-blanc-";

/// How old a draft must be before it is taken for a leftover.
const DRAFT_AGE: Duration = Duration::from_secs(24 * 3_600);

impl Draft {
    /// Makes one and has the settings lead to it; PostgreSQL needs none, whose readers and writers do not meet.
    pub(crate) async fn of(config: &mut Config) -> Result<Option<Self>, Failure> {
        let Some(file) = sqlite_file(&config.database_url) else {
            must_be_up_to_date(&Store::open(&config.database_url).await?).await?;
            return Ok(None);
        };
        sweep_drafts();
        let dir = std::env::temp_dir().join(format!("{DRAFT}{}", identifier()));
        store::create_dir(&dir)?;
        let draft = Self(dir);
        let base = draft.0.join("acquis.db");
        if file.exists() {
            let store = Store::open(&config.database_url).await?;
            must_be_up_to_date(&store).await?;
            store.copy_to(&base).await?;
            store.close().await;
        } else {
            config.data.clone_from(&draft.0);
        }
        config.database_url = sqlite_address(&base);
        Ok(Some(draft))
    }
}

async fn must_be_up_to_date(store: &Store) -> Result<(), Failure> {
    if store.is_up_to_date().await? {
        return Ok(());
    }
    let why = "les tables de la base ne sont pas celles de ce programme, et un essai à blanc n'y touche pas";
    Err(format!("{why} : « acquis migrer » d'abord").into())
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What could not be erased is swept by a later dry run.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Erases the drafts that a killed run left: they hold a copy of everything.
fn sweep_drafts() {
    let old = |path: &Path| {
        let written = path.metadata().and_then(|facts| facts.modified());
        written.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > DRAFT_AGE))
    };
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(DRAFT) && old(&entry.path()) {
            // Another user's is not ours to erase, and says so.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
