//! The store: opens, migrates, begins transactions. The files beside this one hold all the SQL,
//! written once for SQLite and PostgreSQL. Gives domaine types; knows no HTTP.

mod accounts;
mod audit_log;
mod cleanup;
mod imports;
mod ledger;
mod lives;
mod pieces;
mod recognition;
mod row;
mod write_tx;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use accounts::SeenSessions;
use row::{count, text};
use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Any, AnyPool, SqlSafeStr, Transaction};
use vault::Vault;

pub use accounts::{
    Account, Contestation, Declaration, FollowUp, KeptPiece, NewAccount, NewDeclaration, NewPiece, NewSession, Opening,
    Session, SessionOpened, Step,
};
pub use audit_log::{OPERATOR, Operation};
pub use imports::{Deposited, DsnFiling, DsnOutcome};
pub use ledger::{LedgerEntry, Life};
pub use lives::{Changes, EvenementOutcome, Facts, NewPerson, Person, ReadTx};
pub use pieces::{ORPHAN_AGE, PieceEntry, PieceReading, Pieces, PiecesError, create_dir};
pub use recognition::Recognized;
pub use write_tx::WriteTx;

/// What the store answers.
pub type StoreResult<T> = Result<T, StoreError>;

/// The store failed. Absence is not a failure: it is an `Option`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or written now.
    #[error("{}", without_values(.0))]
    Base(sqlx::Error),
    /// A stored value cannot be what this program wrote.
    #[error("unreadable stored value: {0}")]
    Corrupt(&'static str),
}

impl StoreError {
    /// Whether no healthy database would answer so: a fault of ours, told from a database that is lost or full.
    pub fn is_a_bug(&self) -> bool {
        use sqlx::error::ErrorKind;
        match self {
            Self::Base(sqlx::Error::Database(error)) => !matches!(error.kind(), ErrorKind::Other),
            Self::Base(
                sqlx::Error::ColumnDecode { .. }
                | sqlx::Error::ColumnIndexOutOfBounds { .. }
                | sqlx::Error::ColumnNotFound(_)
                | sqlx::Error::TypeNotFound { .. }
                | sqlx::Error::Decode(_)
                | sqlx::Error::Encode(_)
                | sqlx::Error::RowNotFound,
            )
            | Self::Corrupt(_) => true,
            Self::Base(_) => false,
        }
    }
}

// By hand: `#[from]` would also give the error of the database as a source, with the values that it names.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Base(error)
    }
}

/// A constraint names columns and, in PostgreSQL, the values that break it: a message of the database is not repeated.
fn without_values(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => {
            format!("database error {} ({:?})", error.code().unwrap_or_default(), error.kind())
        }
        error => format!("database: {error}"),
    }
}

/// Why the store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpeningFailed {
    /// Neither `sqlite:` nor `postgres:`.
    #[error("database_url : une adresse sqlite: ou postgres: est attendue")]
    Address,
    /// The database does not answer.
    #[error("la base de données ne répond pas : {0}")]
    Base(#[source] sqlx::Error),
    /// Its tables cannot be brought up to date.
    #[error("la base de données ne peut pas être mise à jour : {0}")]
    Migration(#[source] Box<MigrateError>),
    /// It was filled under another master key.
    #[error(
        "cle : cette base de données a été remplie avec une autre clé ; reprenez la clé d'origine, \
         sans elle les numéros de sécurité sociale ne peuvent être lus"
    )]
    OtherKey,
    /// Reading or writing the witness of the key failed.
    #[error("la base de données n'a pas pu être préparée : {0}")]
    StoreError(#[source] StoreError),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Engine {
    Sqlite,
    Postgres,
}

/// The one door to the data.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    engine: Engine,
    views: Arc<SeenSessions>,
}

impl Store {
    /// Connects; creates the file of an SQLite database that is not there.
    ///
    /// # Errors
    /// [`OpeningFailed`] when the address is of another kind or the database does not answer.
    pub async fn open(url: &str) -> Result<Self, OpeningFailed> {
        install_default_drivers();
        let engine = match url.split(':').next() {
            Some("sqlite") => Engine::Sqlite,
            Some("postgres" | "postgresql") => Engine::Postgres,
            _ => return Err(OpeningFailed::Address),
        };
        let options = AnyPoolOptions::new().acquire_timeout(Duration::from_secs(5));
        let options = match engine {
            Engine::Postgres => options.max_connections(16),
            // A file has no network to lose: testing each connection would cost as much as a query.
            Engine::Sqlite => {
                options.max_connections(4).test_before_acquire(false).idle_timeout(None).max_lifetime(None)
            }
        };
        let pool = options
            .after_connect(move |connexion, _| {
                Box::pin(async move {
                    if engine == Engine::Sqlite {
                        // FULL: what was answered « enregistré » survives a power cut. secure_delete: what
                        // a person had erased does not stay readable in the file.
                        for pragma in [
                            "PRAGMA busy_timeout = 10000",
                            "PRAGMA journal_mode = WAL",
                            "PRAGMA synchronous = FULL",
                            "PRAGMA foreign_keys = ON",
                            "PRAGMA secure_delete = ON",
                        ] {
                            sqlx::query(pragma).execute(&mut *connexion).await?;
                        }
                    }
                    Ok(())
                })
            })
            .connect(url)
            .await
            .map_err(OpeningFailed::Base)?;
        Ok(Self { pool, engine, views: Arc::default() })
    }

    /// Brings the tables up to date and checks that the key is the one the data was written with.
    ///
    /// # Errors
    /// [`OpeningFailed`] names which of the two failed.
    pub async fn migrate(&self, vault: &Vault) -> Result<(), OpeningFailed> {
        Migrator::with_migrations(self.steps())
            .run(&self.pool)
            .await
            .map_err(|error| OpeningFailed::Migration(Box::new(error)))?;
        match self.check_witness(vault.witness()).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(OpeningFailed::OtherKey),
            Err(failure) => Err(OpeningFailed::StoreError(failure)),
        }
    }

    /// Whether the tables are those of this program, without touching them.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn is_up_to_date(&self) -> StoreResult<bool> {
        let worked = sqlx::query("SELECT COUNT(*) AS faites FROM _sqlx_migrations").fetch_one(&self.pool).await;
        match worked {
            Ok(row) => Ok(count(&row, "faites")? == i64::try_from(self.steps().len()).unwrap_or(i64::MAX)),
            // No such table: nothing was ever made here.
            Err(sqlx::Error::Database(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn steps(&self) -> Vec<Migration> {
        let step = |version, nom: &'static str, sql: &'static str| {
            Migration::new(version, nom.into(), MigrationType::Simple, sql.into_sql_str(), false)
        };
        vec![
            step(1, "comptes", include_str!("../migrations/0001_comptes.sql")),
            step(2, "dif", include_str!("../migrations/0002_dif.sql")),
            step(3, "activites", include_str!("../migrations/0003_activites.sql")),
            step(4, "registre", include_str!("../migrations/0004_registre.sql")),
            step(
                5,
                "registre inaltérable",
                match self.engine {
                    Engine::Sqlite => include_str!("../migrations/0005_registre_sqlite.sql"),
                    Engine::Postgres => include_str!("../migrations/0005_registre_postgres.sql"),
                },
            ),
            step(10, "declarations", include_str!("../migrations/0010_declarations.sql")),
            step(
                11,
                "suites",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0011_suites.sql"),
                        include_str!("../migrations/0011_suites_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0011_suites.sql"),
                        include_str!("../migrations/0011_suites_postgres.sql")
                    ),
                },
            ),
            step(12, "vies", include_str!("../migrations/0012_vies.sql")),
            step(13, "evenements", include_str!("../migrations/0013_evenements.sql")),
            step(14, "divisions", include_str!("../migrations/0014_divisions_dsn.sql")),
            step(
                15,
                "registre sans détour",
                match self.engine {
                    Engine::Sqlite => include_str!("../migrations/0015_registre_sqlite.sql"),
                    Engine::Postgres => "SELECT 1",
                },
            ),
            step(16, "complements", include_str!("../migrations/0016_complements.sql")),
        ]
    }

    async fn check_witness(&self, expected: &str) -> StoreResult<bool> {
        sqlx::query("INSERT INTO temoins (nom, valeur) VALUES ('cle', $1) ON CONFLICT DO NOTHING")
            .bind(expected)
            .execute(&self.pool)
            .await?;
        let row = sqlx::query("SELECT valeur FROM temoins WHERE nom = 'cle'").fetch_one(&self.pool).await?;
        Ok(text(&row, "valeur")? == expected)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError`] when it does not.
    pub async fn answers(&self) -> StoreResult<()> {
        sqlx::query("SELECT nom FROM temoins").fetch_optional(&self.pool).await?;
        Ok(())
    }

    /// Closes every connection; whatever is asked after this fails.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Begins to write. SQLite takes its one lock at once: a transaction that reads then writes
    /// cannot find itself refused half-way.
    async fn write(&self) -> StoreResult<Transaction<'static, Any>> {
        Ok(match self.engine {
            Engine::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await?,
            Engine::Postgres => self.pool.begin().await?,
        })
    }

    /// Ends a writing transaction. What was remembered of sessions is forgotten, even when the
    /// outcome is not known.
    async fn complete(&self, transaction: Transaction<'static, Any>) -> StoreResult<()> {
        let issue = transaction.commit().await;
        self.views.forget();
        Ok(issue?)
    }
}

/// The address of an SQLite file, created if need be.
pub fn sqlite_address(path: &Path) -> String {
    let mut address = String::from("sqlite://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' | b' ' => {
                let _ = write!(address, "%{byte:02X}");
            }
            // The bytes of a character outside ASCII are escaped one by one.
            0x80.. => {
                let _ = write!(address, "%{byte:02X}");
            }
            _ => address.push(char::from(byte)),
        }
    }
    address.push_str("?mode=rwc");
    address
}
