//! A data folder written by version 0.1 opens, whatever the program has become.
//!
//! `tests/version_0_1/` was made by that version: the fictional people, two years of declarations of two employers,
//! years of work and events by CSV, the credits of three years with a rectification, an account with a DIF and its
//! proof. A rule that changes a statement regenerates what is expected in its own commit and names each difference.

use std::fs;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use flate2::read::GzDecoder;
use sqlx::{Connection as _, Row as _};
use tempfile::TempDir;

const DAY: &str = "28/11/2026";
const PASSWORD: &str = "Tram jaune, quai 12 !";

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/version_0_1").join(name)
}

fn unpacked(name: &str) -> Vec<u8> {
    let packed = fs::read(kept(name)).expect("a file of the fixture");
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).expect("a gzip file");
    bytes
}

/// A copy of the folder, and the program on it with no setting of whoever runs the tests.
struct Folder(TempDir);

impl Folder {
    fn copied() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("acquis.db"), unpacked("acquis.db.gz")).expect("a base written");
        fs::copy(kept("cle"), folder.path().join("cle")).expect("a key copied");
        let proofs = folder.path().join("pieces");
        fs::create_dir(&proofs).expect("a folder made");
        for proof in fs::read_dir(kept("pieces")).expect("a folder of the fixture") {
            let proof = proof.expect("a file of the fixture");
            fs::copy(proof.path(), proofs.join(proof.file_name())).expect("a proof copied");
        }
        Self(folder)
    }

    fn acquis(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_acquis"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ACQUIS_")) {
            command.env_remove(name);
        }
        // Version 0.1 left the declaration of a DIF open unless told otherwise, and this folder holds one of 2026.
        command.env("ACQUIS_FIN_DECLARATION_DIF", "ouverte");
        command.args(arguments).env("ACQUIS_DONNEES", self.0.path()).current_dir(self.0.path());
        command
    }

    fn answer(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        let mut command = self.acquis(arguments);
        command.args(["--agent", "Zoé Martin"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().expect("the program runs");
        program.stdin.take().expect("an input").write_all(input).expect("an input written");
        let output = program.wait_with_output().expect("the program ends");
        assert!(output.status.code().is_some_and(|code| code == 0 || code == 3), "{:?}", output.status);
        output.stdout
    }
}

#[test]
fn a_folder_written_by_0_1_gives_the_same_statements_to_the_byte() {
    let expected = unpacked("releves-2026-11-28.jsonl.gz");
    let given = Folder::copied().answer(&["releves", "--au", DAY], b"");
    for (given, expected) in String::from_utf8_lossy(&given).lines().zip(String::from_utf8_lossy(&expected).lines()) {
        assert_eq!(given, expected);
    }
    assert!(given == expected, "{} bytes instead of {}", given.len(), expected.len());
}

#[test]
fn a_declaration_that_0_1_imported_is_known_again() {
    let folder = Folder::copied();
    let file = folder.0.path().join("paie-2024.dsn");
    fs::write(&file, unpacked("paie-2024.dsn.gz")).expect("a declaration written");
    let report = folder.answer(&["importer", "dsn", &file.to_string_lossy()], b"");
    let report = String::from_utf8_lossy(&report);
    let expected = "déclarations : 0 nouvelles, 0 remplacées, 24 déjà là, 5 dépassées par une plus récente\n";
    assert!(report.contains(expected), "{report}");
    assert!(report.contains("années changées : 0, "), "{report}");
}

#[test]
fn a_person_known_to_0_1_is_found_again_by_their_nir() {
    let statement = Folder::copied().answer(&["releve", "--au", DAY, "--json"], b"1800175999001\n");
    let statement = String::from_utf8_lossy(&statement);
    let all = unpacked("releves-2026-11-28.jsonl.gz");
    let all = String::from_utf8_lossy(&all);
    assert!(all.contains(statement.trim_end()), "{statement}");
    assert!(statement.contains(r#""dont_dif":"1305.00""#), "{statement}");
}

#[test]
fn an_account_opened_with_0_1_lets_its_holder_in_and_gives_their_proof_back_once_they_proved_who_they_are() {
    let folder = Folder::copied();
    let by = ["--agent", "ada"];
    let sheet = folder.answer(&[&["comptes"][..], &by].concat(), b"renaud@exemple.fr\n");
    let sheet = String::from_utf8_lossy(&sheet).into_owned();
    assert!(sheet.contains("ni le courriel"), "{sheet}");
    let reference = sheet.split_ascii_whitespace().find(|word| word.starts_with("CPT-")).expect("a reference");
    let reference = reference.trim_end_matches(',');
    let proof = ["--prouver", "--preuve", "carte vue"];
    folder.answer(&[&["comptes", reference][..], &proof, &by].concat(), b"");
    let served = Served::start(&folder);
    let body = format!(r#"{{"courriel":"renaud@exemple.fr","mot_de_passe":"{PASSWORD}"}}"#);
    let answer = served.post("/api/connexion", "", &body);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
    let cookie = format!("Cookie: {}\r\n", cookie.split(';').next().expect("a cookie and its value"));
    let body = format!(r#"{{"mot_de_passe":"{PASSWORD}"}}"#);
    let allowed = served.post("/api/profil/export/entier", &cookie, &body);
    assert!(allowed.starts_with("HTTP/1.1 204"), "{allowed}");
    let exported = served.ask(&format!("GET /api/profil/export/entier HTTP/1.1\r\n{cookie}"), "");
    assert!(exported.starts_with("HTTP/1.1 200"), "{exported}");
    // The NIR is unsealed, and so is the proof.
    for expected in ["1800175999001", "Ambroise", "%PDF-1.7\nune attestation"] {
        assert!(exported.contains(expected), "{expected} is missing from {exported}");
    }
}

/// Whatever the steps added since, one is undone here, so that there is always something to bring up to date.
const A_STEP_BACK: &str =
    "ALTER TABLE evenements DROP COLUMN complement; DELETE FROM _sqlx_migrations WHERE version = 16";

#[tokio::test]
async fn one_goes_back_to_the_former_version_by_the_copy_made_before_the_update() {
    let folder = Folder::copied();
    let base = folder.0.path().join("acquis.db");
    let url = store::sqlite_address(&base);
    let mut connexion = connected(&url).await;
    sqlx::raw_sql(A_STEP_BACK).execute(&mut connexion).await.expect("a step back");
    connexion.close().await.expect("a connection that closes");
    let before = everything(&url).await;
    let told = folder.answer(&["migrer"], b"");
    let copy = folder.0.path().join("acquis.db.avant-etape-16");
    assert!(String::from_utf8_lossy(&told).contains("acquis.db.avant-etape-16"), "{}", String::from_utf8_lossy(&told));
    assert_ne!(everything(&url).await, before, "the tables are those of this program");
    assert!(!String::from_utf8_lossy(&folder.answer(&["migrer"], b"")).contains("avant-etape"), "copied once");
    // What docs/sauvegarde.md says: the program stopped, the copy takes the place of the database.
    for companion in ["acquis.db-wal", "acquis.db-shm"] {
        let _ = fs::remove_file(folder.0.path().join(companion));
    }
    fs::rename(&copy, &base).expect("the copy in its place");
    assert_eq!(everything(&url).await, before, "table by table, what the former version left");
    let expected = unpacked("releves-2026-11-28.jsonl.gz");
    let given = folder.answer(&["releves", "--au", DAY], b"");
    assert!(given == expected, "brought up to date again, the statements are the same");
}

async fn connected(url: &str) -> sqlx::SqliteConnection {
    sqlx::SqliteConnection::connect(url).await.expect("a connection")
}

/// How each table is made, and how many rows it has.
async fn everything(url: &str) -> Vec<String> {
    let mut connexion = connected(url).await;
    let sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name, type";
    let mut all = Vec::new();
    for made in sqlx::query(sql).fetch_all(&mut connexion).await.expect("tables") {
        let (name, sql): (String, String) = (made.get("name"), made.get("sql"));
        let rows = if sql.starts_with("CREATE TABLE") {
            let count = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) AS n FROM \"{name}\""));
            sqlx::query(count).fetch_one(&mut connexion).await.expect("a count").get::<i64, _>("n")
        } else {
            0
        };
        all.push(format!("{name} {rows} {sql}"));
    }
    connexion.close().await.expect("a connection that closes");
    all
}

/// The program serving the folder on a port that the system chose.
struct Served {
    program: Child,
    address: String,
}

impl Served {
    fn start(folder: &Folder) -> Self {
        let mut command = folder.acquis(&["servir"]);
        command.env("ACQUIS_ECOUTE", "127.0.0.1:0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut program = command.spawn().expect("the program runs");
        let mut said = BufReader::new(program.stdout.take().expect("an output"));
        let mut line = String::new();
        said.read_line(&mut line).expect("a line of the program");
        let address = line.trim_end().rsplit("http://").next().expect("an address").to_owned();
        Self { program, address }
    }

    fn post(&self, path: &str, more: &str, body: &str) -> String {
        let (origin, length) = (&self.address, body.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nOrigin: http://{origin}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{more}"
        );
        self.ask(&head, body)
    }

    fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the program listens");
        write!(stream, "{head}Host: {}\r\nConnection: close\r\n\r\n{body}", self.address).expect("a request sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing left to stop.
        if self.program.kill().is_ok() {
            let _ended = self.program.wait();
        }
    }
}
