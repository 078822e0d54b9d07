//! What a backup asks of a database: one moment of it, its copy, and what a copy holds. The files of proofs, and the
//! folder of a backup, are not known here.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use sqlx::any::install_default_drivers;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Any, AnyConnection, Connection as _, Transaction};

use crate::accounts::ERASED;
use crate::opening::sqlite_address;
use crate::row::{count, is_missing_table, number_or_none, text};
use crate::{Engine, Store, StoreError, StoreResult, keys};

/// What a database holds, at one moment.
pub struct Contents {
    /// How many accounts are open.
    pub accounts: i64,
    /// The last step that its tables went through.
    pub step: i64,
    /// The witnesses of the versions of its key, the oldest first.
    pub witnesses: Vec<String>,
    /// Its proofs: identifier, and SHA-256 of the clear bytes.
    pub pieces: Vec<(String, String)>,
}

/// One moment of a PostgreSQL database, that a tool can read too.
pub struct Photograph {
    transaction: Transaction<'static, Any>,
    /// What the tool must be told to see the same moment.
    pub name: String,
    /// The schema where the tables are.
    pub schema: String,
    contents: Contents,
}

impl Photograph {
    /// Lets the moment go; gives what it held.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn release(self) -> StoreResult<Contents> {
        self.transaction.rollback().await?;
        Ok(self.contents)
    }
}

impl Store {
    /// Whether this is a file.
    pub fn is_sqlite(&self) -> bool {
        self.engine == Engine::Sqlite
    }

    /// Copies an SQLite database as it stands, whoever writes meanwhile: into a file that is not there.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read, or the file not written.
    pub async fn copy_to(&self, path: &Path) -> StoreResult<()> {
        let path = path.to_str().ok_or(StoreError::Corrupt("a path that is not UTF-8"))?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(&self.writer).await?;
        Ok(())
    }

    /// One moment of a PostgreSQL database, held until it is released.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn photograph(&self) -> StoreResult<Photograph> {
        let mut transaction = self.readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        let sql = "SELECT pg_export_snapshot() AS nom, current_schema()::TEXT AS schema";
        let row = sqlx::query(sql).fetch_one(&mut *transaction).await?;
        let (name, schema) = (text(&row, "nom")?, text(&row, "schema")?);
        let contents = contents(&mut transaction).await?;
        Ok(Photograph { transaction, name, schema, contents })
    }

    /// The last step that the tables went through; nothing when there are none.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn step(&self) -> StoreResult<Option<i64>> {
        match sqlx::query("SELECT MAX(version) AS etape FROM _sqlx_migrations").fetch_one(&self.writer).await {
            Ok(row) => number_or_none(&row, "etape"),
            Err(sqlx::Error::Database(error)) if is_missing_table(&*error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends every session and every request: those of a database that comes back from a backup may have been ended or done
    /// since.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn end_every_session(&self) -> StoreResult<()> {
        for end in ["DELETE FROM sessions", "DELETE FROM demandes"] {
            sqlx::query(end).execute(&self.writer).await?;
        }
        Ok(())
    }
}

/// A copy of an SQLite database, read where it lies; nothing is written beside it.
pub struct BaseCopy(AnyConnection);

impl BaseCopy {
    /// Opens it.
    ///
    /// # Errors
    /// [`StoreError`] when it is no database.
    pub async fn open(path: &Path) -> StoreResult<Self> {
        install_default_drivers();
        let address = sqlite_address(path).replace("?mode=rwc", "?mode=ro&immutable=true");
        Ok(Self(AnyConnection::connect(&address).await?))
    }

    /// Whether its pages, its indexes and its references hold together.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn is_sound(&mut self) -> StoreResult<bool> {
        let row = sqlx::query("SELECT integrity_check AS avis FROM pragma_integrity_check LIMIT 1");
        let sound = text(&row.fetch_one(&mut self.0).await?, "avis")? == "ok";
        let broken = sqlx::query("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1");
        Ok(sound && broken.fetch_optional(&mut self.0).await?.is_none())
    }

    /// What it holds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn contents(&mut self) -> StoreResult<Contents> {
        contents(&mut self.0).await
    }

    /// Lets the file go.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot.
    pub async fn close(self) -> StoreResult<()> {
        Ok(self.0.close().await?)
    }
}

async fn contents(connexion: &mut AnyConnection) -> StoreResult<Contents> {
    let row = sqlx::query("SELECT COUNT(*) AS comptes FROM comptes").fetch_one(&mut *connexion).await?;
    let accounts = count(&row, "comptes")?;
    let row = sqlx::query("SELECT MAX(version) AS etape FROM _sqlx_migrations").fetch_one(&mut *connexion).await?;
    let step = count(&row, "etape")?;
    let witnesses = keys::witnesses(&mut *connexion).await?.into_values().collect();
    // Of a proof that its holder took back no file is left.
    let pieces = sqlx::query("SELECT id, sha256 FROM pieces WHERE sha256 <> $1 ORDER BY id").bind(ERASED);
    let pieces = pieces.fetch_all(&mut *connexion).await?;
    let pieces = pieces.iter().map(|row| Ok((text(row, "id")?, text(row, "sha256")?)));
    Ok(Contents { accounts, step, witnesses, pieces: pieces.collect::<StoreResult<_>>()? })
}

/// The file of an SQLite address; nothing when the database is elsewhere.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") {
        return None;
    }
    SqliteConnectOptions::from_str(url).ok().map(|options| options.get_filename().to_owned())
}
