//! The program itself on a whole population: how long `acquis importer` and `acquis alimenter` take, and the most
//! memory they hold. `cargo bench --package acquis --bench mass -- 1000000` says how many people, a million unless
//! told; on SQLite, or on the server of `ACQUIS_DATABASE_URL`, in a database of its own that is dropped at the end.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use dsn::generateur::{Plan, generer};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::adresse_sqlite;
use tokio::runtime::Runtime;
use tokio::time::Instant;

/// How many people the promises are about.
const MILLION: u32 = 1_000_000;
/// The same key in every run: these people do not exist.
const CLE: &str = "0707070707070707070707070707070707070707070707070707070707070707";
/// Something was left out: people without a NIR, which a generated DSN holds.
const ECARTS: i32 = 3;

fn main() {
    let personnes = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(MILLION);
    let banc = Banc::preparer();
    // What was promised for a million people; a slower machine or a smaller crowd is held to nothing.
    let promesse = |secondes, mo| (personnes == MILLION).then_some((secondes, mo));
    let promesse = if banc.sur_postgres() { promesse(180, 600) } else { promesse(90, 300) };

    let mut sortie = std::io::stdout();
    let base = if banc.sur_postgres() { "PostgreSQL" } else { "SQLite" };
    let _ = writeln!(sortie, "{base:<52} {:>9} {:>8} {:>8} {:>8}", "time", "at most", "memory", "at most");
    let mut dire = |quoi: String, (duree, memoire): (Duration, u64), promesse: Option<(u64, u64)>| {
        let (temps, octets) =
            promesse.map_or(("-".into(), "-".into()), |(s, mo)| (format!("{s} s"), format!("{mo} MB")));
        let duree = format!("{}.{} s", duree.as_secs(), duree.subsec_millis() / 100);
        let memoire = format!("{} MB", memoire / 1_000);
        let _ = writeln!(sortie, "{quoi:<52} {duree:>9} {temps:>8} {memoire:>8} {octets:>8}");
    };

    let (taille, fichier) = banc.ecrire_une_dsn();
    let importer = banc.acquis(&["importer", "dsn", &fichier.display().to_string()], ECARTS);
    dire(format!("importer dsn, 10 000 people, 12 months, {} MB", taille / 1_000_000), importer, None);
    banc.vider();

    banc.peupler(personnes);
    let alimenter = banc.acquis(&["alimenter", "--annee", "2024"], 0);
    dire(format!("alimenter --annee 2024, {personnes} people"), alimenter, promesse);
    assert_eq!(banc.compter("ecritures"), u64::from(personnes), "everybody is credited once");
    let encore = banc.acquis(&["alimenter", "--annee", "2024"], 0);
    dire("the same again, nothing to write".to_owned(), encore, promesse);
    assert_eq!(banc.compter("ecritures"), u64::from(personnes), "nobody is credited twice");
    if let Some((secondes, mo)) = promesse {
        let (duree, memoire) = alimenter;
        assert!(duree.as_secs() < secondes && memoire < mo * 1_000, "crediting a million people broke its promise");
    }
}

/// A database of its own, the folder of its data, and the program.
struct Banc {
    executeur: Runtime,
    dossier: tempfile::TempDir,
    /// Where databases are made and dropped, and the name of ours; nothing on SQLite.
    serveur: Option<(String, String)>,
    url: String,
}

impl Banc {
    fn preparer() -> Self {
        sqlx::any::install_default_drivers();
        let dossier = tempfile::tempdir().expect("a temporary folder");
        let serveur = std::env::var("ACQUIS_DATABASE_URL").ok();
        let serveur = serveur.map(|serveur| (serveur, format!("acquis_masse_{}", std::process::id())));
        let url = match &serveur {
            Some((serveur, nom)) => {
                let (hote, _) = serveur.rsplit_once('/').expect("postgres://…/database");
                format!("{hote}/{nom}")
            }
            None => adresse_sqlite(&dossier.path().join("acquis.db")),
        };
        let banc = Self { executeur: Runtime::new().expect("a runtime"), dossier, serveur, url };
        if let Some((serveur, nom)) = &banc.serveur {
            banc.executer(serveur, &format!("CREATE DATABASE {nom}"));
        }
        banc.acquis(&["migrate"], 0);
        banc
    }

    fn sur_postgres(&self) -> bool {
        self.serveur.is_some()
    }

    /// Runs the program to its end: how long it took, and the most kilobytes that it held.
    fn acquis(&self, arguments: &[&str], code: i32) -> (Duration, u64) {
        let mut commande = Command::new(env!("CARGO_BIN_EXE_acquis"));
        for (nom, _) in std::env::vars_os().filter(|(nom, _)| nom.to_string_lossy().starts_with("ACQUIS_")) {
            commande.env_remove(nom);
        }
        let dossier = self.dossier.path();
        commande.args(arguments).env("ACQUIS_DONNEES", dossier).env("ACQUIS_CLE", CLE).current_dir(dossier);
        commande.env("ACQUIS_DATABASE_URL", &self.url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let debut = Instant::now();
        let mut enfant = commande.spawn().expect("the program starts");
        let etat = PathBuf::from(format!("/proc/{}/status", enfant.id()));
        let mut memoire = 0;
        let fin = loop {
            // The peak only grows: what is read last before the end is the most, but for the last instants.
            memoire = pic(&etat).unwrap_or(memoire);
            if let Some(fin) = enfant.try_wait().expect("its end") {
                break fin;
            }
            self.executeur.block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
        };
        assert_eq!(fin.code(), Some(code), "acquis {arguments:?}: {fin}");
        (debut.elapsed(), memoire)
    }

    /// A year of ten employers of a thousand people, replaced and cancelled declarations included.
    fn ecrire_une_dsn(&self) -> (u64, PathBuf) {
        let fichier = self.dossier.path().join("paie.dsn");
        let plan = Plan { employeurs: 10, salaries: 1_000, annee: 2024, mois: 12, ..Plan::default() };
        let octets = generer(&plan).octets;
        std::fs::write(&fichier, &octets).expect("room for the file");
        (octets.len() as u64, fichier)
    }

    /// Forgets the people of the DSN, whose credits would be counted with the others.
    fn vider(&self) {
        std::fs::remove_file(self.dossier.path().join("paie.dsn")).expect("our own file");
        for table in ["mois_dsn", "declarations_dsn", "activites", "rectifications", "personnes"] {
            self.executer(&self.url, &format!("DELETE FROM {table}"));
        }
    }

    /// People who worked in 2023 and 2024, from little to full time: by SQL, for the time it saves.
    fn peupler(&self, personnes: u32) {
        // The same text for both databases: identifiers of 32 digits, empty hashes of 64.
        let suite = format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {personnes})");
        let id = "'0000000000000000000000' || CAST(1000000000 + i AS TEXT)";
        self.executer(
            &self.url,
            &format!(
                "INSERT INTO personnes (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms,
                     date_naissance, connue, version, creee_le)
                 {suite} SELECT {id}, {id} || {id}, 1980, 'x', 'Essai', 'Essai', '1980-01-01', 1, 0, 0 FROM n"
            ),
        );
        self.executer(
            &self.url,
            &format!(
                "INSERT INTO activites (personne, annee, corrige_le, origine, rang, statut, sans_niveau_3, non_complet,
                     unite, travail, absences, provenance)
                 {suite} SELECT {id}, a.annee, '', 'dsn', 1, 'salarie', 0, 0, 'heures', (i % 8000 + 1) * 20, '',
                     'employeurs'
                 FROM n, (SELECT 2023 AS annee UNION SELECT 2024) a"
            ),
        );
        // What a server does by itself within a minute.
        let repos = if self.sur_postgres() { "VACUUM ANALYZE" } else { "PRAGMA wal_checkpoint(TRUNCATE)" };
        self.executer(&self.url, repos);
    }

    fn executer(&self, url: &str, sql: &str) {
        self.executeur.block_on(async {
            let mut connexion = AnyConnection::connect(url).await.expect("a connection");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut connexion).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
            connexion.close().await.expect("a connection that closes");
        });
    }

    fn compter(&self, table: &str) -> u64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let lu: i64 = self.executeur.block_on(async {
            let mut connexion = AnyConnection::connect(&self.url).await.expect("a connection");
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connexion).await.expect("a count")
        });
        u64::try_from(lu).expect("a count")
    }
}

impl Drop for Banc {
    fn drop(&mut self) {
        if let Some((serveur, nom)) = &self.serveur {
            self.executer(serveur, &format!("DROP DATABASE {nom} WITH (FORCE)"));
        }
    }
}

/// The most kilobytes that a process has held; nothing once it has ended, or where there is no `/proc`.
fn pic(etat: &Path) -> Option<u64> {
    let etat = std::fs::read_to_string(etat).ok()?;
    etat.lines().find_map(|ligne| ligne.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}
