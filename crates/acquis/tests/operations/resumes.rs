//! The program itself, killed in the middle of its work and started again: the end state is that of a
//! run that nobody disturbed. From a file to statements with the command line alone.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use dsn::generator::Plan;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::sqlite_address;
use testbed::{DataDir, all, generated, plan, said, write};

use crate::program::{Program, acquis};

fn final_state(url: &str) -> Vec<String> {
    let mut all = executor().block_on(all(url));
    all.sort();
    all
}

pub fn succeeds(command: &mut Command, code: i32) -> String {
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(code), "{:?} {}", output.status, said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Starts, kills after so long; whether it was still at work.
fn kill(command: &mut Command, after: Duration) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    executor().block_on(async { tokio::time::sleep(after).await });
    let at_work = matches!(child.try_wait(), Ok(None));
    // SIGKILL: nothing is given a chance to be put in order.
    let _ = child.kill();
    child.wait().expect("its end");
    at_work
}

#[test]
fn an_import_killed_at_any_moment_then_run_again_ends_as_if_nothing_had_happened() {
    DataDir::trial(|new_ones| {
        let quiet = new_ones();
        let file = generated(&Plan { employeurs: 4, salaries: 60, ..plan(60) });
        let dsn = write(quiet.dir.path(), "paie.dsn", &file.bytes).display().to_string();
        let import = ["importer", "dsn", &dsn];
        let duration = time_it(|| succeeds(&mut quiet.acquis(&import), 3));
        let expected = final_state(&quiet.url);
        let all = count(&quiet.url, "declarations_dsn");
        let (mut interrupted, mut in_the_middle) = (0, 0);
        for part in [15, 45, 60, 80] {
            let data = new_ones();
            // Twice in a row, then to the end.
            for _ in 0..2 {
                interrupted += u32::from(kill(&mut data.acquis(&import), duration * part / 100));
                let kept = count(&data.url, "declarations_dsn");
                in_the_middle += u32::from(kept > 0 && kept < all);
            }
            succeeds(&mut data.acquis(&import), 3);
            assert!(final_state(&data.url) == expected, "killed at {part} %");
        }
        assert!(
            interrupted >= 3 && in_the_middle >= 1,
            "{interrupted} kills before the end, {in_the_middle} between two declarations"
        );
    });
}

#[test]
fn a_credit_killed_at_any_moment_then_run_again_ends_as_if_nothing_had_happened() {
    DataDir::trial(|new_ones| {
        let filled = || {
            let data = new_ones();
            succeeds(&mut data.acquis(&["migrer"]), 0);
            populate(&data);
            data
        };
        let alimentation = ["alimenter", "--annee", "2024"];
        let quiet = filled();
        let duration = time_it(|| succeeds(&mut quiet.acquis(&alimentation), 0));
        let expected = final_state(&quiet.url);
        assert!(expected.len() > 8 * 1_000);
        let (mut interrupted, mut in_the_middle) = (0, 0);
        for part in [10, 30, 45, 60, 75, 90] {
            let data = filled();
            interrupted += u32::from(kill(&mut data.acquis(&alimentation), duration * part / 100));
            let recorded_ones = count(&data.url, "ecritures");
            in_the_middle += u32::from(recorded_ones > 0 && recorded_ones < POPULATION);
            succeeds(&mut data.acquis(&alimentation), 0);
            assert!(final_state(&data.url) == expected, "killed at {part} %");
        }
        assert!(
            interrupted >= 3 && in_the_middle >= 1,
            "{interrupted} kills before the end, {in_the_middle} between two batches"
        );
    });
}

/// How many people [`populate`] makes: several batches of a credit.
const POPULATION: i64 = 8_000;

/// People who worked in 2023 and 2024, more and more: written at once, for the time it saves.
fn populate(data: &DataDir) {
    sqlx::any::install_default_drivers();
    executor().block_on(async {
        let mut connexion = AnyConnection::connect(&data.url).await.expect("a connection");
        // As many zeros as an identifier, then a hash, has figures.
        let (id, digest) = ("0".repeat(32), "0".repeat(64));
        let people = format!(
            "INSERT INTO personnes WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {POPULATION})
             SELECT substr('{id}' || i, length('{id}' || i) - 31), substr('{digest}' || i, length('{digest}' || i) - 63),
                 1980, 'x', 'Essai', 'Essai', '1980-01-01', 1, 0, 0, NULL FROM n"
        );
        let activites = "INSERT INTO activites SELECT p.id, a.annee, '', 'dsn', 1, 'salarie', NULL, 0, 0, 'heures',
                 CAST(p.id AS BIGINT) * 20, NULL, '', 'employeurs', 0
             FROM personnes p, (SELECT 2023 AS annee UNION SELECT 2024) a";
        for sql in [people.as_str(), activites] {
            sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connexion).await.expect("people");
        }
        connexion.close().await.expect("a connection that closes");
    });
}

/// How many rows a table has; none when the program was killed before there was a table.
fn count(url: &str, table: &str) -> i64 {
    sqlx::any::install_default_drivers();
    executor().block_on(async {
        let mut connexion = AnyConnection::connect(url).await.expect("a connection");
        let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        let read = sqlx::query(sql).fetch_one(&mut connexion).await;
        connexion.close().await.expect("a connection that closes");
        read.map_or(0, |ligne| ligne.get(0))
    })
}

fn time_it(work: impl FnOnce() -> String) -> Duration {
    let start = tokio::time::Instant::now();
    work();
    start.elapsed()
}

pub fn executor() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[test]
fn from_a_file_to_the_ledger_by_the_command_line() {
    DataDir::trial(|new_ones| {
        let data = new_ones();
        let file = generated(&Plan { employeurs: 2, salaries: 50, ..plan(50) });
        let dir = data.dir.path().join("dsn");
        std::fs::create_dir(&dir).expect("a folder");
        write(&dir, "paie.dsn", &file.bytes);
        let dir = dir.display().to_string();
        succeeds(&mut data.acquis(&["migrer"]), 0);
        let dry_run = succeeds(&mut data.acquis(&["importer", "dsn", &dir, "--a-blanc"]), 3);
        assert!(dry_run.contains("rien n'a été écrit"), "{dry_run}");
        let vrai = succeeds(&mut data.acquis(&["importer", "dsn", &dir]), 3);
        assert!(dry_run.starts_with(&vrai), "{dry_run}\n{vrai}");
        // The standard input is a file like another: all of it is there already.
        let mut command = data.acquis(&["importer", "dsn", "-"]);
        let input = std::fs::File::open(format!("{dir}/paie.dsn")).expect("the file");
        let still = succeeds(command.stdin(input), 3);
        assert!(still.contains("0 nouvelles, 0 remplacées"), "{still}");
        let dry_run = succeeds(&mut data.acquis(&["alimenter", "--annee", "2024", "--a-blanc"]), 0);
        let vrai = succeeds(&mut data.acquis(&["alimenter", "--annee", "2024"]), 0);
        assert!(dry_run.starts_with(&vrai) && vrai.contains('€'), "{dry_run}\n{vrai}");
        for (arguments, expected) in [
            (&["alimenter", "--annee", "2018"][..], "repris en heures"),
            (&["alimenter", "--annee", "2199"][..], "n'est pas finie"),
            (&["importer", "dsn", "absent.dsn"][..], "absent.dsn"),
        ] {
            let output = data.acquis(arguments).output().expect("the program runs");
            assert_eq!(output.status.code(), Some(1));
            assert!(said(&output).contains(expected), "{}", said(&output));
        }
    });
}

/// A command that must stop before its end: what it says of what it did, and why it stopped.
fn stops(command: &mut Command) -> (String, String) {
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[cfg(target_os = "linux")]
#[test]
fn an_import_that_stops_half_way_tells_what_it_did_before() {
    let data = tempfile::tempdir().expect("a folder");
    let dsn = write(data.path(), "paie.dsn", &dsn::example()).display().to_string();
    // A regular file that opens and cannot be read.
    let (fact, why) = stops(&mut acquis(data.path(), &["importer", "dsn", &dsn, "/proc/self/mem"]));
    assert!(fact.contains("paie.dsn : 34 lignes") && fact.contains("déclarations : 1 nouvelles"), "{fact}");
    assert!(why.contains("/proc/self/mem : lecture impossible"), "{why}");
    assert_eq!(
        final_state(&sqlite_address(&data.path().join("acquis.db")))
            .iter()
            .filter(|ligne| ligne.starts_with("mois_dsn"))
            .count(),
        1
    );
    let other_month = String::from_utf8(dsn::example()).expect("a text").replace("01012026", "01022026");
    let tail = write(data.path(), "suite.dsn", other_month.as_bytes()).display().to_string();
    // Opened first, so that the one which is not there stops all of it.
    let (fact, why) = stops(&mut acquis(data.path(), &["importer", "dsn", &tail, "absent.dsn"]));
    assert!(fact.is_empty() && why.contains("absent.dsn"), "{fact} {why}");
    assert_eq!(
        final_state(&sqlite_address(&data.path().join("acquis.db")))
            .iter()
            .filter(|ligne| ligne.starts_with("mois_dsn"))
            .count(),
        1
    );
}

#[test]
fn a_wrong_header_in_the_last_file_is_known_before_the_first_is_written() {
    let data = tempfile::tempdir().expect("a folder");
    let csv =
        "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/01/1980;2024;12\n";
    let right = write(data.path(), "juste.csv", csv.as_bytes()).display().to_string();
    let wrong = write(data.path(), "faux.csv", b"nir;nom\n").display().to_string();
    let (fact, why) = stops(&mut acquis(data.path(), &["importer", "activites", &right, &wrong]));
    assert!(fact.is_empty() && why.contains("faux.csv : la première ligne doit nommer les colonnes"), "{fact} {why}");
    assert!(final_state(&sqlite_address(&data.path().join("acquis.db"))).is_empty());
    // The header of a pipe is only known when its turn comes.
    let mut command = acquis(data.path(), &["importer", "activites", &right, "-"]);
    let (fact, why) = stops(command.stdin(std::fs::File::open(&wrong).expect("the file")));
    assert!(fact.contains("lignes reprises : 1") && why.contains("doit nommer les colonnes"), "{fact} {why}");
}

#[cfg(unix)]
#[test]
fn what_a_pipe_brought_from_an_envelope_that_lost_lines_is_told_and_ends_with_three() {
    let data = tempfile::tempdir().expect("a folder");
    let text = String::from_utf8(dsn::example()).expect("a text");
    let cut_short = text.replace("S21.G00.53.002,'7.00'\n", "");
    let mut child = acquis(data.path(), &["importer", "dsn", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all((cut_short + &text).as_bytes()).expect("a pipe that takes");
    let output = child.wait_with_output().expect("its end");
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    // The one of the sound envelope behind it is not doubted.
    assert_eq!(said(&output).matches("[perte] Déclaration reprise, mais son envoi").count(), 1, "{}", said(&output));
    assert!(said(&output).contains("entrée standard, ligne 4 [perte] Déclaration reprise"), "{}", said(&output));
}

#[test]
fn a_file_without_loss_ends_with_zero() {
    let data = tempfile::tempdir().expect("a folder");
    let dsn = write(data.path(), "paie.dsn", &dsn::example()).display().to_string();
    let said = succeeds(&mut acquis(data.path(), &["importer", "dsn", &dsn]), 0);
    assert!(said.contains("1 nouvelles"), "{said}");
    assert!(!said.contains("2790351215189"), "{said}");
}
