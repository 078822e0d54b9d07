//! Opens the store and brings its tables up to date. On SQLite one connection writes and others, that cannot, read.

use std::fmt::Write as _;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AnyConnection, AnyPool, Connection as _, Row as _};
use vault::Vault;

use crate::audit_log;
use crate::opening_failed::OpeningFailed;
use crate::row::number_or_none;
use crate::{Engine, Store, StoreResult, keys};

/// How long one waits for the other writers of this program, then for those of another.
const WRITER_WAIT: Duration = Duration::from_secs(10);
/// How long one waits for a connection to read with.
const READER_WAIT: Duration = Duration::from_secs(5);

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
        let (readers, writer) = match engine {
            Engine::Postgres => {
                if !is_private(&url.parse().map_err(OpeningFailed::Base)?) {
                    return Err(OpeningFailed::InClear);
                }
                let options = AnyPoolOptions::new().acquire_timeout(READER_WAIT).max_connections(16);
                let pool = options.connect(url).await.map_err(OpeningFailed::Base)?;
                if !keeps_statements(&pool).await.map_err(OpeningFailed::Base)? {
                    return Err(OpeningFailed::Pooler);
                }
                (pool.clone(), pool)
            }
            // The writer first: it makes the file.
            Engine::Sqlite => {
                can_be_read(url).await.map_err(OpeningFailed::Base)?;
                let writer = sqlite_pool(url, 1, WRITER_WAIT, &[]).await?;
                let readers = sqlite_pool(url, 4, READER_WAIT, &["PRAGMA query_only = ON"]).await?;
                (readers, writer)
            }
        };
        Ok(Self { readers, writer, engine, views: Arc::default() })
    }

    /// Brings the tables up to date and checks that the key is the one the data was written with.
    /// All of it or nothing, and one program at a time: several may start at once.
    ///
    /// # Errors
    /// [`OpeningFailed`] names which of the two failed.
    pub async fn migrate(&self, vault: &Vault) -> Result<(), OpeningFailed> {
        let unprepared = |error: sqlx::Error| OpeningFailed::StoreError(error.into());
        let mut transaction = self.write().await.map_err(OpeningFailed::StoreError)?;
        if self.engine == Engine::Postgres {
            // Released with the transaction, whatever connection a pooler gives to the next one.
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(MIGRATION_LOCK)
                .execute(&mut *transaction)
                .await
                .map_err(unprepared)?;
        }
        let before = self.step_of(&mut transaction).await.map_err(OpeningFailed::StoreError)?;
        let made =
            before.is_some() && self.made_each_step(&mut transaction).await.map_err(OpeningFailed::StoreError)?;
        if !made {
            let mut steps = Migrator::with_migrations(self.steps());
            steps.set_locking(false);
            steps.run(&mut *transaction).await.map_err(|error| OpeningFailed::Migration(Box::new(error)))?;
        }
        keys::recognize(&mut transaction, vault).await?;
        self.hold_key(vault);
        if before.is_some_and(|step| step < audit_log::CHAINED) {
            let taken = audit_log::take_over(&mut transaction, self.engine, &vault.pen()).await;
            taken.map_err(OpeningFailed::StoreError)?;
        }
        self.complete(transaction).await.map_err(OpeningFailed::StoreError)?;
        self.fold_courriels().await.map_err(OpeningFailed::StoreError)
    }

    /// Seals under this key what is written in the journal: for whoever writes there without bringing tables up to date.
    pub fn hold_key(&self, vault: &Vault) {
        audit_log::hold_pen(vault.pen());
    }

    /// Whether each step was made, just as this program knows it. Nothing is then asked of the migrator, which begins by making
    /// its table: a role that may only read and write rows serves.
    async fn made_each_step(&self, connexion: &mut AnyConnection) -> StoreResult<bool> {
        let made = "SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version";
        let made = sqlx::query(made).fetch_all(connexion).await?;
        let made = made.iter().map(|row| Ok((row.try_get("version")?, row.try_get("checksum")?)));
        let made: Vec<(i64, Vec<u8>)> = made.collect::<Result<_, sqlx::Error>>()?;
        let steps = self.steps();
        let known = steps.iter().map(|step| (step.version, step.checksum.as_ref()));
        Ok(known.eq(made.iter().map(|(version, checksum)| (*version, checksum.as_slice()))))
    }

    /// The last step of tables that may not be there.
    async fn step_of(&self, connexion: &mut AnyConnection) -> StoreResult<Option<i64>> {
        // Asked of the catalogue: in PostgreSQL a failure would end the transaction.
        let there = match self.engine {
            Engine::Sqlite => "SELECT name AS nom FROM sqlite_schema WHERE name = '_sqlx_migrations'",
            Engine::Postgres => {
                "SELECT CAST(t AS TEXT) AS nom FROM to_regclass('_sqlx_migrations') t WHERE t IS NOT NULL"
            }
        };
        if sqlx::query(there).fetch_optional(&mut *connexion).await?.is_none() {
            return Ok(None);
        }
        let row = sqlx::query("SELECT MAX(version) AS etape FROM _sqlx_migrations").fetch_one(connexion).await?;
        number_or_none(&row, "etape")
    }
}

/// Whether nobody between this program and PostgreSQL reads or answers in its place: on this machine, or by TLS with a
/// certificate that is checked. Judged on what sqlx understood of the address, the variables `PGHOST`… included.
fn is_private(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || address.is_ok_and(|address| address.to_canonical().is_loopback());
    here || matches!(options.get_ssl_mode(), PgSslMode::VerifyFull)
}

/// What tells this lock from those of other programs: « acquis » in letters of five bits.
const MIGRATION_LOCK: i64 = 0x0004_618d_24d3;

/// A pool tries until it has waited long enough, and says that; one connection says why.
async fn can_be_read(url: &str) -> Result<(), sqlx::Error> {
    let mut connexion = AnyConnection::connect(url).await?;
    let readable = sqlx::query("SELECT COUNT(*) FROM sqlite_schema").fetch_one(&mut connexion).await;
    connexion.close().await?;
    readable.map(drop)
}

async fn sqlite_pool(
    url: &str,
    connections: u32,
    wait: Duration,
    more: &'static [&'static str],
) -> Result<AnyPool, OpeningFailed> {
    AnyPoolOptions::new()
        .acquire_timeout(wait)
        .max_connections(connections)
        // A file has no network to lose: testing each connection would cost as much as a query.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        // A disk that is full ends the transaction by itself, which sqlx goes on counting: nothing would be written on that
        // connection ever again.
        .before_acquire(|connexion, _| Box::pin(std::future::ready(Ok(!connexion.is_in_transaction()))))
        .after_connect(move |connexion, _| {
            Box::pin(async move {
                // FULL: what was answered « enregistré » survives a power cut. secure_delete: what
                // a person had erased does not stay readable in the file.
                let ours = [
                    "PRAGMA busy_timeout = 10000",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA secure_delete = ON",
                ];
                for pragma in ours.iter().chain(more) {
                    sqlx::query(*pragma).execute(&mut *connexion).await?;
                }
                Ok(())
            })
        })
        .connect(url)
        .await
        .map_err(OpeningFailed::Base)
}

/// Whether a statement prepared on a connection is still there the next time. A pooler in transaction mode lends one
/// connection of PostgreSQL to several of ours: each then finds the statements of another, or none.
async fn keeps_statements(pool: &AnyPool) -> Result<bool, sqlx::Error> {
    match prepare_in_turn(pool).await {
        // No such statement, a statement of that name already, or one that takes other values.
        Err(sqlx::Error::Database(error)) if matches!(error.code().as_deref(), Some("26000" | "42P05" | "08P01")) => {
            Ok(false)
        }
        tried => tried.map(|()| true),
    }
}

async fn prepare_in_turn(pool: &AnyPool) -> Result<(), sqlx::Error> {
    async fn ask(connexion: &mut AnyConnection) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT CAST($1 AS BIGINT) AS essai").bind(1_i64).fetch_one(connexion).await.map(drop)
    }
    let (mut one, mut other) = (pool.acquire().await?, pool.acquire().await?);
    for _ in 0..3 {
        ask(&mut one).await?;
        // A pooler lends it what the first has just given back.
        let mut held = other.begin().await?;
        ask(&mut held).await?;
        ask(&mut one).await?;
        held.rollback().await?;
    }
    Ok(())
}

/// The address of an SQLite file, created if need be.
pub fn sqlite_address(path: &Path) -> String {
    let mut address = String::from("sqlite://");
    // As they are: a path that is not UTF-8 is refused when it is opened, and never becomes another one.
    for byte in path.as_os_str().as_encoded_bytes() {
        match *byte {
            b'%' | b'?' | b'#' | b' ' => {
                let _ = write!(address, "%{byte:02X}");
            }
            // The bytes of a character outside ASCII are escaped one by one.
            0x80.. => {
                let _ = write!(address, "%{byte:02X}");
            }
            byte => address.push(char::from(byte)),
        }
    }
    address.push_str("?mode=rwc");
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_postgresql_of_another_machine_is_reached_over_tls_with_a_certificate_that_is_checked_or_not_at_all() {
        let private = |url: &str| is_private(&url.parse().expect("an address"));
        for here in [
            "postgres://a@127.0.0.1:5432/b",
            "postgres://a@localhost/b",
            "postgres://a@[::1]/b",
            "postgres:///b?host=/run/postgresql",
            "postgres://a@%2Frun%2Fpostgresql/b",
            "postgres://a@base.exemple.fr/b?sslmode=verify-full",
            "postgres://a@10.0.0.9/b?sslmode=verify-full&sslrootcert=/etc/acquis/autorite.pem",
        ] {
            assert!(private(here), "{here}");
        }
        for elsewhere in ["base.exemple.fr", "10.0.0.9", "localhost.exemple.fr", "[2001:db8::1]"] {
            for mode in ["", "?sslmode=disable", "?sslmode=prefer", "?sslmode=require", "?sslmode=verify-ca"] {
                let url = format!("postgres://a:secret@{elsewhere}/b{mode}");
                assert!(!private(&url), "{url}");
                let refusal = Store::open(&url).await.err().map(|why| why.to_string()).unwrap_or_default();
                assert!(refusal.contains("?sslmode=verify-full") && !refusal.contains("secret@"), "{refusal}");
            }
        }
    }

    #[tokio::test]
    async fn a_database_that_cannot_be_opened_is_told_by_its_cause_at_once() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("acquis.db");
        let refusal = async || match Store::open(&sqlite_address(&path)).await {
            Err(refusal) => refusal.to_string(),
            Ok(_) => "it opened".to_owned(),
        };
        std::fs::write(&path, [b'x'; 8_192]).expect("a file");
        assert!(refusal().await.contains("le fichier de la base est abîmé"), "{}", refusal().await);
        std::fs::remove_file(&path).expect("no file");
        std::fs::create_dir(&path).expect("a folder in its place");
        assert!(refusal().await.contains("ne peut pas être ouvert"), "{}", refusal().await);
    }

    #[tokio::test]
    async fn once_there_is_room_again_on_a_full_disk_people_write_again() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let store = Store::open(&sqlite_address(&dir.path().join("acquis.db"))).await.expect("a database");
        store.migrate(&Vault::new(&[7; 32])).await.expect("its tables");
        // As SQLite meets it: not a page more.
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&store.writer).await.expect("a number");
        let full = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
        sqlx::query(full).execute(&store.writer).await.expect("a full disk");
        let write = async |text: String| {
            let mut transaction = store.write().await?;
            let written = sqlx::query("INSERT INTO temoins (nom, valeur) VALUES ('essai', $1)").bind(text);
            written.execute(&mut *transaction).await?;
            store.complete(transaction).await
        };
        let refusal = write("x".repeat(1_000_000)).await.expect_err("there is no room");
        assert!(!refusal.is_a_bug(), "{refusal}");
        assert_eq!(refusal.to_string(), "le disque est plein (13)");
        write("x".to_owned()).await.expect("there is room, and nothing is left of what did not fit");
        store.close().await;
    }
}
