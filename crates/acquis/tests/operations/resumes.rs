//! The program itself, killed in the middle of its work and started again: the end state is that of a
//! run that nobody disturbed. From a file to statements with the command line alone.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use dsn::generateur::Plan;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::adresse_sqlite;
use testbed::{Donnees, dit, ecrire, genere, plan, tout};

use crate::program::{Program, acquis};

fn etat_final(url: &str) -> Vec<String> {
    let mut tout = executeur().block_on(tout(url));
    tout.sort();
    tout
}

pub fn reussit(commande: &mut Command, code: i32) -> String {
    let sortie = commande.output().expect("the program runs");
    assert_eq!(sortie.status.code(), Some(code), "{:?} {}", sortie.status, dit(&sortie));
    String::from_utf8_lossy(&sortie.stdout).into_owned()
}

/// Starts, kills after so long; whether it was still at work.
fn tuer(commande: &mut Command, apres: Duration) -> bool {
    let mut enfant = commande.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    executeur().block_on(async { tokio::time::sleep(apres).await });
    let au_travail = matches!(enfant.try_wait(), Ok(None));
    // SIGKILL: nothing is given a chance to be put in order.
    let _ = enfant.kill();
    enfant.wait().expect("its end");
    au_travail
}

#[test]
fn an_import_killed_at_any_moment_then_run_again_ends_as_if_nothing_had_happened() {
    Donnees::essai(|nouvelles| {
        let calme = nouvelles();
        let fichier = genere(&Plan { employeurs: 4, salaries: 60, ..plan(60) });
        let dsn = ecrire(calme.dossier.path(), "paie.dsn", &fichier.octets).display().to_string();
        let importer = ["importer", "dsn", &dsn];
        let duree = chronometrer(|| reussit(&mut calme.acquis(&importer), 3));
        let attendu = etat_final(&calme.url);
        let toutes = compter(&calme.url, "declarations_dsn");
        let (mut interrompus, mut au_milieu) = (0, 0);
        for part in [15, 45, 60, 80] {
            let donnees = nouvelles();
            // Twice in a row, then to the end.
            for _ in 0..2 {
                interrompus += u32::from(tuer(&mut donnees.acquis(&importer), duree * part / 100));
                let gardees = compter(&donnees.url, "declarations_dsn");
                au_milieu += u32::from(gardees > 0 && gardees < toutes);
            }
            reussit(&mut donnees.acquis(&importer), 3);
            assert!(etat_final(&donnees.url) == attendu, "killed at {part} %");
        }
        assert!(
            interrompus >= 3 && au_milieu >= 1,
            "{interrompus} kills before the end, {au_milieu} between two declarations"
        );
    });
}

#[test]
fn a_credit_killed_at_any_moment_then_run_again_ends_as_if_nothing_had_happened() {
    Donnees::essai(|nouvelles| {
        let peuplees = || {
            let donnees = nouvelles();
            reussit(&mut donnees.acquis(&["migrate"]), 0);
            peupler(&donnees);
            donnees
        };
        let alimenter = ["alimenter", "--annee", "2024"];
        let calme = peuplees();
        let duree = chronometrer(|| reussit(&mut calme.acquis(&alimenter), 0));
        let attendu = etat_final(&calme.url);
        assert!(attendu.len() > 8 * 1_000);
        let (mut interrompus, mut au_milieu) = (0, 0);
        for part in [10, 30, 45, 60, 75, 90] {
            let donnees = peuplees();
            interrompus += u32::from(tuer(&mut donnees.acquis(&alimenter), duree * part / 100));
            let inscrites = compter(&donnees.url, "ecritures");
            au_milieu += u32::from(inscrites > 0 && inscrites < PEUPLE);
            reussit(&mut donnees.acquis(&alimenter), 0);
            assert!(etat_final(&donnees.url) == attendu, "killed at {part} %");
        }
        assert!(
            interrompus >= 3 && au_milieu >= 1,
            "{interrompus} kills before the end, {au_milieu} between two batches"
        );
    });
}

/// How many people [`peupler`] makes: several batches of a credit.
const PEUPLE: i64 = 8_000;

/// People who worked in 2023 and 2024, more and more: written at once, for the time it saves.
fn peupler(donnees: &Donnees) {
    sqlx::any::install_default_drivers();
    executeur().block_on(async {
        let mut connexion = AnyConnection::connect(&donnees.url).await.expect("a connection");
        // As many zeros as an identifier, then a hash, has figures.
        let (id, empreinte) = ("0".repeat(32), "0".repeat(64));
        let personnes = format!(
            "INSERT INTO personnes WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PEUPLE})
             SELECT substr('{id}' || i, length('{id}' || i) - 31), substr('{empreinte}' || i, length('{empreinte}' || i) - 63),
                 1980, 'x', 'Essai', 'Essai', '1980-01-01', 1, 0, 0, NULL FROM n"
        );
        let activites = "INSERT INTO activites SELECT p.id, a.annee, '', 'dsn', 1, 'salarie', NULL, 0, 0, 'heures',
                 CAST(p.id AS BIGINT) * 20, NULL, '', 'employeurs', 0
             FROM personnes p, (SELECT 2023 AS annee UNION SELECT 2024) a";
        for sql in [personnes.as_str(), activites] {
            sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connexion).await.expect("people");
        }
        connexion.close().await.expect("a connection that closes");
    });
}

/// How many rows a table has; none when the program was killed before there was a table.
fn compter(url: &str, table: &str) -> i64 {
    sqlx::any::install_default_drivers();
    executeur().block_on(async {
        let mut connexion = AnyConnection::connect(url).await.expect("a connection");
        let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        let lue = sqlx::query(sql).fetch_one(&mut connexion).await;
        connexion.close().await.expect("a connection that closes");
        lue.map_or(0, |ligne| ligne.get(0))
    })
}

fn chronometrer(travail: impl FnOnce() -> String) -> Duration {
    let debut = tokio::time::Instant::now();
    travail();
    debut.elapsed()
}

pub fn executeur() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[test]
fn from_a_file_to_the_ledger_by_the_command_line() {
    Donnees::essai(|nouvelles| {
        let donnees = nouvelles();
        let fichier = genere(&Plan { employeurs: 2, salaries: 50, ..plan(50) });
        let dossier = donnees.dossier.path().join("dsn");
        std::fs::create_dir(&dossier).expect("a folder");
        ecrire(&dossier, "paie.dsn", &fichier.octets);
        let dossier = dossier.display().to_string();
        reussit(&mut donnees.acquis(&["migrate"]), 0);
        let a_blanc = reussit(&mut donnees.acquis(&["importer", "dsn", &dossier, "--a-blanc"]), 3);
        assert!(a_blanc.contains("rien n'a été écrit"), "{a_blanc}");
        let vrai = reussit(&mut donnees.acquis(&["importer", "dsn", &dossier]), 3);
        assert!(a_blanc.starts_with(&vrai), "{a_blanc}\n{vrai}");
        // The standard input is a file like another: all of it is there already.
        let mut commande = donnees.acquis(&["importer", "dsn", "-"]);
        let entree = std::fs::File::open(format!("{dossier}/paie.dsn")).expect("the file");
        let encore = reussit(commande.stdin(entree), 3);
        assert!(encore.contains("0 nouvelles, 0 remplacées"), "{encore}");
        let a_blanc = reussit(&mut donnees.acquis(&["alimenter", "--annee", "2024", "--a-blanc"]), 0);
        let vrai = reussit(&mut donnees.acquis(&["alimenter", "--annee", "2024"]), 0);
        assert!(a_blanc.starts_with(&vrai) && vrai.contains('€'), "{a_blanc}\n{vrai}");
        for (arguments, attendu) in [
            (&["alimenter", "--annee", "2018"][..], "repris en heures"),
            (&["alimenter", "--annee", "2199"][..], "n'est pas finie"),
            (&["importer", "dsn", "absent.dsn"][..], "absent.dsn"),
        ] {
            let sortie = donnees.acquis(arguments).output().expect("the program runs");
            assert_eq!(sortie.status.code(), Some(1));
            assert!(dit(&sortie).contains(attendu), "{}", dit(&sortie));
        }
    });
}

/// A command that must stop before its end: what it says of what it did, and why it stopped.
fn s_arrete(commande: &mut Command) -> (String, String) {
    let sortie = commande.output().expect("the program runs");
    assert_eq!(sortie.status.code(), Some(1), "{}", dit(&sortie));
    let texte = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    (texte(&sortie.stdout), texte(&sortie.stderr))
}

#[cfg(target_os = "linux")]
#[test]
fn an_import_that_stops_half_way_tells_what_it_did_before() {
    let donnees = tempfile::tempdir().expect("a folder");
    let dsn = ecrire(donnees.path(), "paie.dsn", &dsn::exemple()).display().to_string();
    // A regular file that opens and cannot be read.
    let (fait, pourquoi) = s_arrete(&mut acquis(donnees.path(), &["importer", "dsn", &dsn, "/proc/self/mem"]));
    assert!(fait.contains("paie.dsn : 34 lignes") && fait.contains("déclarations : 1 nouvelles"), "{fait}");
    assert!(pourquoi.contains("/proc/self/mem : lecture impossible"), "{pourquoi}");
    assert_eq!(
        etat_final(&adresse_sqlite(&donnees.path().join("acquis.db")))
            .iter()
            .filter(|ligne| ligne.starts_with("mois_dsn"))
            .count(),
        1
    );
    let autre_mois = String::from_utf8(dsn::exemple()).expect("a text").replace("01012026", "01022026");
    let suite = ecrire(donnees.path(), "suite.dsn", autre_mois.as_bytes()).display().to_string();
    // Opened first, so that the one which is not there stops all of it.
    let (fait, pourquoi) = s_arrete(&mut acquis(donnees.path(), &["importer", "dsn", &suite, "absent.dsn"]));
    assert!(fait.is_empty() && pourquoi.contains("absent.dsn"), "{fait} {pourquoi}");
    assert_eq!(
        etat_final(&adresse_sqlite(&donnees.path().join("acquis.db")))
            .iter()
            .filter(|ligne| ligne.starts_with("mois_dsn"))
            .count(),
        1
    );
}

#[test]
fn a_wrong_header_in_the_last_file_is_known_before_the_first_is_written() {
    let donnees = tempfile::tempdir().expect("a folder");
    let csv =
        "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/01/1980;2024;12\n";
    let juste = ecrire(donnees.path(), "juste.csv", csv.as_bytes()).display().to_string();
    let faux = ecrire(donnees.path(), "faux.csv", b"nir;nom\n").display().to_string();
    let (fait, pourquoi) = s_arrete(&mut acquis(donnees.path(), &["importer", "activites", &juste, &faux]));
    assert!(
        fait.is_empty() && pourquoi.contains("faux.csv : la première ligne doit nommer les colonnes"),
        "{fait} {pourquoi}"
    );
    assert!(etat_final(&adresse_sqlite(&donnees.path().join("acquis.db"))).is_empty());
    // The header of a pipe is only known when its turn comes.
    let mut commande = acquis(donnees.path(), &["importer", "activites", &juste, "-"]);
    let (fait, pourquoi) = s_arrete(commande.stdin(std::fs::File::open(&faux).expect("the file")));
    assert!(fait.contains("lignes reprises : 1") && pourquoi.contains("doit nommer les colonnes"), "{fait} {pourquoi}");
}

#[cfg(unix)]
#[test]
fn what_a_pipe_brought_from_an_envelope_that_lost_lines_is_told_and_ends_with_three() {
    let donnees = tempfile::tempdir().expect("a folder");
    let texte = String::from_utf8(dsn::exemple()).expect("a text");
    let ampute = texte.replace("S21.G00.53.002,'7.00'\n", "");
    let mut enfant = acquis(donnees.path(), &["importer", "dsn", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    enfant.stdin.take().expect("a pipe").write_all((ampute + &texte).as_bytes()).expect("a pipe that takes");
    let sortie = enfant.wait_with_output().expect("its end");
    assert_eq!(sortie.status.code(), Some(3), "{}", dit(&sortie));
    // The one of the sound envelope behind it is not doubted.
    assert_eq!(dit(&sortie).matches("[perte] Déclaration reprise, mais son envoi").count(), 1, "{}", dit(&sortie));
    assert!(dit(&sortie).contains("entrée standard, ligne 4 [perte] Déclaration reprise"), "{}", dit(&sortie));
}

#[test]
fn a_file_without_loss_ends_with_zero() {
    let donnees = tempfile::tempdir().expect("a folder");
    let dsn = ecrire(donnees.path(), "paie.dsn", &dsn::exemple()).display().to_string();
    let dit = reussit(&mut acquis(donnees.path(), &["importer", "dsn", &dsn]), 0);
    assert!(dit.contains("1 nouvelles"), "{dit}");
    assert!(!dit.contains("2790351215189"), "{dit}");
}
