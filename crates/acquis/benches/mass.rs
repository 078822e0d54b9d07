//! The program itself on a whole population: how long `acquis importer` and `acquis alimenter` take, and the most
//! memory they hold. `cargo bench --package acquis --bench mass -- 1000000` says how many people, a million unless
//! told; on SQLite, or on the server of `ACQUIS_DATABASE_URL`, in a database of its own that is dropped at the end.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use dsn::generator::{Plan, generate};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::sqlite_address;
use tokio::runtime::Runtime;
use tokio::time::Instant;

/// How many people the promises are about.
const MILLION: u32 = 1_000_000;
/// The same key in every run: these people do not exist.
const KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707";
/// Something was left out: people without a NIR, which a generated DSN holds.
const GAPS: i32 = 3;

fn main() {
    let people = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(MILLION);
    let bench = Bench::prepare();
    // What was promised for a million people; a slower machine or a smaller crowd is held to nothing.
    let promise = |seconds, megabytes| (people == MILLION).then_some((seconds, megabytes));
    let promise = if bench.on_postgres() { promise(180, 600) } else { promise(90, 300) };

    let mut output = std::io::stdout();
    let base = if bench.on_postgres() { "PostgreSQL" } else { "SQLite" };
    let _ = writeln!(output, "{base:<52} {:>9} {:>8} {:>8} {:>8}", "time", "at most", "memory", "at most");
    let mut say = |what: String, (duration, memory): (Duration, u64), promise: Option<(u64, u64)>| {
        let (time, bytes) =
            promise.map_or(("-".into(), "-".into()), |(s, megabytes)| (format!("{s} s"), format!("{megabytes} MB")));
        let duration = format!("{}.{} s", duration.as_secs(), duration.subsec_millis() / 100);
        let memory = format!("{} MB", memory / 1_000);
        let _ = writeln!(output, "{what:<52} {duration:>9} {time:>8} {memory:>8} {bytes:>8}");
    };

    let (size, file) = bench.write_a_dsn();
    let import = bench.acquis(&["importer", "dsn", &file.display().to_string()], GAPS);
    say(format!("importer dsn, 10 000 people, 12 months, {} MB", size / 1_000_000), import, None);
    bench.clear();

    bench.populate(people);
    let alimentation = bench.acquis(&["alimenter", "--annee", "2024"], 0);
    say(format!("alimenter --annee 2024, {people} people"), alimentation, promise);
    assert_eq!(bench.count("ecritures"), u64::from(people), "everybody is credited once");
    let still = bench.acquis(&["alimenter", "--annee", "2024"], 0);
    say("the same again, nothing to write".to_owned(), still, promise);
    assert_eq!(bench.count("ecritures"), u64::from(people), "nobody is credited twice");
    if let Some((seconds, megabytes)) = promise {
        let (duration, memory) = alimentation;
        assert!(
            duration.as_secs() < seconds && memory < megabytes * 1_000,
            "crediting a million people broke its promise"
        );
    }
}

/// A database of its own, the folder of its data, and the program.
struct Bench {
    executor: Runtime,
    dir: tempfile::TempDir,
    /// Where databases are made and dropped, and the name of ours; nothing on SQLite.
    server: Option<(String, String)>,
    url: String,
}

impl Bench {
    fn prepare() -> Self {
        sqlx::any::install_default_drivers();
        let dir = tempfile::tempdir().expect("a temporary folder");
        let server = std::env::var("ACQUIS_DATABASE_URL").ok();
        let server = server.map(|server| (server, format!("acquis_masse_{}", std::process::id())));
        let url = match &server {
            Some((server, nom)) => {
                let (host, _) = server.rsplit_once('/').expect("postgres://…/database");
                format!("{host}/{nom}")
            }
            None => sqlite_address(&dir.path().join("acquis.db")),
        };
        let bench = Self { executor: Runtime::new().expect("a runtime"), dir, server, url };
        if let Some((server, nom)) = &bench.server {
            bench.run(server, &format!("CREATE DATABASE {nom}"));
        }
        bench.acquis(&["migrer"], 0);
        bench
    }

    fn on_postgres(&self) -> bool {
        self.server.is_some()
    }

    /// Runs the program to its end: how long it took, and the most kilobytes that it held.
    fn acquis(&self, arguments: &[&str], code: i32) -> (Duration, u64) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_acquis"));
        for (nom, _) in std::env::vars_os().filter(|(nom, _)| nom.to_string_lossy().starts_with("ACQUIS_")) {
            command.env_remove(nom);
        }
        let dir = self.dir.path();
        command.args(arguments).env("ACQUIS_DONNEES", dir).env("ACQUIS_CLE", KEY).current_dir(dir);
        command.env("ACQUIS_DATABASE_URL", &self.url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let mut child = command.spawn().expect("the program starts");
        let state = PathBuf::from(format!("/proc/{}/status", child.id()));
        let mut memory = 0;
        let end = loop {
            // The peak only grows: what is read last before the end is the most, but for the last instants.
            memory = peak(&state).unwrap_or(memory);
            if let Some(end) = child.try_wait().expect("its end") {
                break end;
            }
            self.executor.block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
        };
        assert_eq!(end.code(), Some(code), "acquis {arguments:?}: {end}");
        (start.elapsed(), memory)
    }

    /// A year of ten employers of a thousand people, replaced and cancelled declarations included.
    fn write_a_dsn(&self) -> (u64, PathBuf) {
        let file = self.dir.path().join("paie.dsn");
        let plan = Plan { employeurs: 10, salaries: 1_000, year: 2024, month: 12, ..Plan::default() };
        let bytes = generate(&plan).bytes;
        std::fs::write(&file, &bytes).expect("room for the file");
        (bytes.len() as u64, file)
    }

    /// Forgets the people of the DSN, whose credits would be counted with the others.
    fn clear(&self) {
        std::fs::remove_file(self.dir.path().join("paie.dsn")).expect("our own file");
        for table in ["mois_dsn", "declarations_dsn", "activites", "rectifications", "personnes"] {
            self.run(&self.url, &format!("DELETE FROM {table}"));
        }
    }

    /// People who worked in 2023 and 2024, from little to full time: by SQL, for the time it saves.
    fn populate(&self, people: u32) {
        // The same text for both databases: identifiers of 32 digits, empty hashes of 64.
        let tail = format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})");
        let id = "'0000000000000000000000' || CAST(1000000000 + i AS TEXT)";
        self.run(
            &self.url,
            &format!(
                "INSERT INTO personnes (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms,
                     date_naissance, connue, version, creee_le)
                 {tail} SELECT {id}, {id} || {id}, 1980, 'x', 'Essai', 'Essai', '1980-01-01', 1, 0, 0 FROM n"
            ),
        );
        self.run(
            &self.url,
            &format!(
                "INSERT INTO activites (personne, annee, corrige_le, origine, rang, statut, sans_niveau_3, non_complet,
                     unite, travail, absences, provenance)
                 {tail} SELECT {id}, a.annee, '', 'dsn', 1, 'salarie', 0, 0, 'heures', (i % 8000 + 1) * 20, '',
                     'employeurs'
                 FROM n, (SELECT 2023 AS annee UNION SELECT 2024) a"
            ),
        );
        // What a server does by itself within a minute.
        let rest = if self.on_postgres() { "VACUUM ANALYZE" } else { "PRAGMA wal_checkpoint(TRUNCATE)" };
        self.run(&self.url, rest);
    }

    fn run(&self, url: &str, sql: &str) {
        self.executor.block_on(async {
            let mut connexion = AnyConnection::connect(url).await.expect("a connection");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut connexion).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
            connexion.close().await.expect("a connection that closes");
        });
    }

    fn count(&self, table: &str) -> u64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let read: i64 = self.executor.block_on(async {
            let mut connexion = AnyConnection::connect(&self.url).await.expect("a connection");
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connexion).await.expect("a count")
        });
        u64::try_from(read).expect("a count")
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some((server, nom)) = &self.server {
            self.run(server, &format!("DROP DATABASE {nom} WITH (FORCE)"));
        }
    }
}

/// The most kilobytes that a process has held; nothing once it has ended, or where there is no `/proc`.
fn peak(state: &Path) -> Option<u64> {
    let state = std::fs::read_to_string(state).ok()?;
    state.lines().find_map(|ligne| ligne.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}
