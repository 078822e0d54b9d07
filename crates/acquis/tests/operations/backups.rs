//! A backup holds what was acknowledged before it began, opens elsewhere, and is trusted only when it is whole.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use batch::Console;
use batch::backup::{self, Source};
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use store::{Pieces, sqlite_address};
use testbed::{Application, MASTER_KEY, inscription, rows, said, trial};
use vault::Vault;

use crate::program::acquis;

/// The number of nobody: its commune is none.
fn somebody(rank: u64) -> serde_json::Value {
    let year = 80 + rank / 800;
    let body = format!("1{year}0175999{}", 100 + rank % 800);
    let key = 97 - body.parse::<u64>().expect("digits") % 97;
    let name: String = rank.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect();
    let name = format!("Essai{name}");
    inscription(&name, "Camille", &format!("15/01/19{year}"), &body, &format!("{key:02}"), &courriel(rank))
}

fn courriel(rank: u64) -> String {
    format!("essai{rank}@exemple.fr")
}

fn ask(data: &Path, url: &str, arguments: &[&str]) -> Output {
    acquis(data, arguments).env("ACQUIS_DATABASE_URL", url).output().expect("the program runs")
}

fn succeeds(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    said(output)
}

/// Where a backup is put back: a folder, and a database that is empty.
pub async fn elsewhere(application: &Application, data: &Path) -> String {
    let Some((server, options)) = application.url.split_once('?').filter(|(url, _)| url.starts_with("postgres")) else {
        return sqlite_address(&data.join("acquis.db"));
    };
    install_default_drivers();
    let name = format!("essai_restauration_{}_{}", std::process::id(), vault::identifier());
    let mut connexion = AnyConnection::connect(server).await.expect("the PostgreSQL of the tests");
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connexion).await.expect("a database");
    connexion.close().await.expect("a connection that closes");
    let (server, _) = server.rsplit_once('/').expect("the name of a database");
    format!("{server}/{name}?{options}")
}

/// People who write until they are told to stop; the e-mails of those whose account and proof were acknowledged.
struct Crowd {
    acknowledged: Arc<Mutex<BTreeSet<String>>>,
    stop: Arc<AtomicBool>,
    people: Vec<tokio::task::JoinHandle<()>>,
}

impl Crowd {
    fn start(application: &Application) -> Self {
        let (acknowledged, stop) = (Arc::new(Mutex::new(BTreeSet::new())), Arc::new(AtomicBool::new(false)));
        let people = (0..4)
            .map(|lane| {
                let (application, acknowledged, stop) =
                    (application.clone(), Arc::clone(&acknowledged), Arc::clone(&stop));
                tokio::spawn(async move {
                    let mut rank = lane * 400;
                    while !stop.load(Ordering::SeqCst) {
                        let mut person = application.anonyme();
                        person.key = format!("personne-{rank:08}");
                        person.ip = [
                            10,
                            0,
                            u8::try_from(rank / 200).expect("a byte"),
                            u8::try_from(rank % 200).expect("a byte"),
                        ];
                        application.register(&mut person, &somebody(rank)).await;
                        person.key = format!("attestation-{rank:08}");
                        let answer = person.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await;
                        assert_eq!(answer.statut, 201, "{}", answer.text());
                        acknowledged.lock().expect("a list").insert(courriel(rank));
                        rank += 1;
                    }
                })
            })
            .collect();
        Self { acknowledged, stop, people }
    }

    fn acknowledged(&self) -> BTreeSet<String> {
        self.acknowledged.lock().expect("a list").clone()
    }

    async fn stop(self) -> usize {
        self.stop.store(true, Ordering::SeqCst);
        for person in self.people {
            person.await.expect("a person who ends");
        }
        self.acknowledged.lock().expect("a list").len()
    }
}

#[test]
fn a_backup_made_while_people_write_holds_what_was_acknowledged_and_opens_elsewhere() {
    trial(async |application| {
        let crowd = Crowd::start(&application);
        while crowd.acknowledged().len() < 8 {
            tokio::task::yield_now().await;
        }
        for round in 0..3 {
            let before = crowd.acknowledged();
            let aside = tempfile::tempdir().expect("a temporary folder");
            let backup = aside.path().join("sauvegardes/lundi");
            let folder = backup.to_string_lossy().into_owned();
            let (held, url) = (application.dir.path().to_owned(), application.url.clone());
            let made = {
                let folder = folder.clone();
                tokio::task::spawn_blocking(move || ask(&held, &url, &["sauvegarder", &folder]))
            };
            succeeds(&made.await.expect("a backup"));
            assert_eq!(
                fs::read_dir(aside.path().join("sauvegardes")).expect("a folder").count(),
                1,
                "nothing beside it"
            );
            assert!(!backup.join("cle").exists());

            let data = aside.path().join("ailleurs");
            fs::create_dir(&data).expect("a folder");
            let url = elsewhere(&application, &data).await;
            let told = succeeds(&ask(&data, &url, &["sauvegarde", "verifier", &folder]));
            assert!(told.contains("saine") && told.contains("c'est la bonne"), "{told}");
            succeeds(&ask(&data, &url, &["restaurer", &folder]));

            let sql = "SELECT c.courriel FROM comptes c JOIN declarations_dif d ON d.compte = c.id";
            let there: BTreeSet<String> = rows(&url, sql).await.into_iter().collect();
            let lost: Vec<_> = before.difference(&there).collect();
            assert!(lost.is_empty(), "round {round}: {lost:?} of {}", before.len());
            let pieces = Pieces::open(&data.join("pieces"), Arc::new(Vault::new(&MASTER_KEY))).expect("a folder");
            let ids = rows(&url, "SELECT id FROM pieces").await;
            assert!(ids.len() >= before.len());
            for id in &ids {
                pieces.check(id).await.expect("a proof that is referred to is there");
            }
            assert_eq!(rows(&url, "SELECT empreinte FROM sessions").await, [""; 0], "nobody is signed in");
            // What came back is what a program serves, and a second restoration replaces nothing.
            succeeds(&ask(&data, &url, &["migrer"]));
            let refused = ask(&data, &url, &["restaurer", &folder]);
            assert_eq!(refused.status.code(), Some(1));
            assert!(said(&refused).contains("ne remplace rien"), "{}", said(&refused));
        }
        assert!(crowd.stop().await > 8);
        assert_eq!(rows(&application.url, "SELECT quoi FROM journal WHERE quoi = 'sauvegarde'").await.len(), 3);
    });
}

async fn a_backup(application: &Application) -> (tempfile::TempDir, PathBuf) {
    let mut renaud = application.renaud().await;
    assert_eq!(renaud.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
    let aside = tempfile::tempdir().expect("a temporary folder");
    let folder = aside.path().join("sauvegarde");
    let arguments = ["sauvegarder", &folder.to_string_lossy()];
    succeeds(&ask(application.dir.path(), &application.url, &arguments));
    (aside, folder)
}

fn only_file(dir: &Path) -> PathBuf {
    fs::read_dir(dir).expect("a folder").next().expect("a file").expect("an entry").path()
}

/// What somebody who waits is shown.
#[derive(Default)]
struct Shown(Mutex<Vec<String>>);

impl Console for Shown {
    fn show(&self, line: &str) {
        self.0.lock().expect("the lines").push(line.to_owned());
    }

    fn clear(&self) {
        self.show("");
    }

    fn input(&self, _: Option<&str>) -> Box<dyn Read> {
        Box::new(std::io::empty())
    }
}

#[test]
fn who_backs_up_or_tries_a_backup_sees_how_far_it_has_come() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        for (key, declared) in [("une-premiere-preuve", "ajoute"), ("une-seconde-preuve", "ajoute")] {
            renaud.key = key.into();
            let answer = renaud.declare(&[("heures", "12"), ("rapport", declared)], Some(b"%PDF-1.7")).await;
            assert_eq!(answer.statut, 201, "{}", answer.text());
        }
        let (aside, shown) = (tempfile::tempdir().expect("a temporary folder"), Shown::default());
        let (folder, pieces) = (aside.path().join("sauvegarde"), application.dir.path().join("pieces"));
        let source =
            Source { store: &application.state.store, url: &application.url, pieces: &pieces, console: &shown };
        backup::make(&source, application.moment(), &folder).await.expect("a backup");
        backup::verify(&folder, Some(&application.state.vault), &shown).await.expect("a backup that is tried");
        let lines = shown.0.into_inner().expect("the lines");
        assert_eq!(
            lines,
            [
                "1 attestations copiées (50 %)",
                "2 attestations copiées (100 %)",
                "",
                "0 attestations vérifiées (0 %)",
                "1 attestations vérifiées (50 %)",
                ""
            ]
        );
    });
}

#[test]
fn a_backup_that_is_damaged_is_told_and_never_restored() {
    trial(async |application| {
        let (aside, folder) = a_backup(&application).await;
        let name = folder.to_string_lossy().into_owned();
        let data = aside.path().join("ailleurs");
        fs::create_dir(&data).expect("a folder");
        let url = elsewhere(&application, &data).await;
        let base = if url.starts_with("sqlite:") { "acquis.db" } else { "acquis.pgdump" };
        let proof = only_file(&folder.join("pieces"));
        let damages: [(&str, PathBuf); 3] =
            [("base", folder.join(base)), ("attestation", proof), ("manifeste", folder.join("manifeste.json"))];
        for (what, path) in damages {
            let whole = fs::read(&path).expect("a file");
            let mut altered = whole.clone();
            let middle = altered.len() / 2;
            altered[middle] ^= 1;
            for damage in [Some(altered), Some(whole[..middle].to_vec()), None] {
                match &damage {
                    Some(bytes) => fs::write(&path, bytes).expect("a damage"),
                    None => fs::remove_file(&path).expect("a file lost"),
                }
                let seen = ask(&data, &url, &["sauvegarde", "verifier", &name]);
                assert_eq!(seen.status.code(), Some(1), "{what}: {}", said(&seen));
                let restored = ask(&data, &url, &["restaurer", &name]);
                assert_eq!(restored.status.code(), Some(1), "{what}: {}", said(&restored));
                assert!(!data.join("acquis.db").exists() && !data.join("pieces").exists(), "{what}");
                fs::write(&path, &whole).expect("the file mended");
            }
        }
        succeeds(&ask(&data, &url, &["sauvegarde", "verifier", &name]));
        let other = acquis(&data, &["restaurer", &name])
            .env("ACQUIS_DATABASE_URL", &url)
            .env("ACQUIS_CLE", "ab".repeat(32))
            .output()
            .expect("the program runs");
        assert_eq!(other.status.code(), Some(1));
        assert!(said(&other).contains("la clé donnée n'est pas celle de cette sauvegarde"), "{}", said(&other));
        let without = acquis(&data, &["restaurer", &name]).env_remove("ACQUIS_CLE").output().expect("the program runs");
        assert!(said(&without).contains("remettez d'abord la clé d'origine"), "{}", said(&without));
        assert!(!data.join("cle").exists(), "a key is never made for a backup");
    });
}

#[test]
fn a_backup_replaces_nothing_and_tells_what_was_lost_before_it() {
    trial(async |application| {
        let (aside, folder) = a_backup(&application).await;
        let again = ask(application.dir.path(), &application.url, &["sauvegarder", &folder.to_string_lossy()]);
        assert_eq!(again.status.code(), Some(1));
        assert!(said(&again).contains("n'est pas vide"), "{}", said(&again));
        fs::remove_file(only_file(&application.dir.path().join("pieces"))).expect("a proof lost");
        let second = aside.path().join("seconde").to_string_lossy().into_owned();
        let made = ask(application.dir.path(), &application.url, &["sauvegarder", &second]);
        assert_eq!(made.status.code(), Some(3), "{}", said(&made));
        assert!(said(&made).contains("perdue avant cette sauvegarde"), "{}", said(&made));
        let seen = ask(application.dir.path(), &application.url, &["sauvegarde", "verifier", &second]);
        assert_eq!(seen.status.code(), Some(3), "{}", said(&seen));
    });
}

#[test]
fn a_key_is_never_made_beside_data_that_another_wrote() {
    trial(async |application| {
        let data = application.dir.path();
        fs::remove_file(data.join("cle")).expect("the key file lost");
        for command in ["servir", "migrer", "demo"] {
            let refused =
                acquis(data, &[command]).env("ACQUIS_DATABASE_URL", &application.url).env_remove("ACQUIS_CLE").output();
            let refused = refused.expect("the program runs");
            assert_eq!(refused.status.code(), Some(1), "{command}");
            assert!(said(&refused).contains("une clé qui n'est plus là"), "{command}: {}", said(&refused));
            assert!(!data.join("cle").exists(), "{command}");
        }
    });
}

#[test]
fn tables_that_are_not_those_of_this_program_are_told_in_french_with_a_remedy_and_left_as_they_are() {
    trial(async |application| {
        let change = async |sql: &str| {
            install_default_drivers();
            let mut connexion = AnyConnection::connect(&application.url).await.expect("a connection");
            sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connexion).await.expect("a change");
            connexion.close().await.expect("a connection that closes");
        };
        let steps = async || rows(&application.url, "SELECT CAST(version AS TEXT) FROM _sqlx_migrations").await;
        for (spoil, mend, expected) in [
            (
                "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
                 SELECT 9999, 'plus tard', installed_on, success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
                "DELETE FROM _sqlx_migrations WHERE version = 9999",
                "ne connaît pas leur étape 9999 ; prenez cette version",
            ),
            (
                "UPDATE _sqlx_migrations SET success = false WHERE version = 2",
                "UPDATE _sqlx_migrations SET success = true WHERE version = 2",
                "l'étape 2 de ses tables s'est arrêtée en chemin ; remettez la copie",
            ),
            (
                "UPDATE _sqlx_migrations SET checksum = (SELECT checksum FROM _sqlx_migrations WHERE version = 3)
                 WHERE version = 2",
                "",
                "l'étape 2 de ses tables n'est pas celle de ce programme",
            ),
        ] {
            change(spoil).await;
            let before = steps().await;
            let output = ask(application.dir.path(), &application.url, &["migrer"]);
            assert_eq!(output.status.code(), Some(1), "{}", said(&output));
            assert!(said(&output).contains(expected), "{}", said(&output));
            assert!(!said(&output).contains("migration"), "the words of a library: {}", said(&output));
            assert_eq!(steps().await, before);
            if !mend.is_empty() {
                change(mend).await;
            }
        }
        let copies = fs::read_dir(application.dir.path()).expect("the data folder");
        let copies = copies.filter(|entry| {
            entry.as_ref().expect("an entry").file_name().to_string_lossy().contains("avant-etape-10000")
        });
        assert_eq!(copies.count(), 0, "tables that are not going to change are not copied");
    });
}

#[test]
fn one_server_alone_serves_a_file() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let data = dir.path().join("pas encore là");
    let serve = || {
        let mut command = acquis(dir.path(), &["servir"]);
        command.env("ACQUIS_DONNEES", &data).env("ACQUIS_ECOUTE", "127.0.0.1:0").stdout(Stdio::piped());
        command.stderr(Stdio::piped());
        command
    };
    let mut first = serve().spawn().expect("the program runs");
    let mut line = String::new();
    BufReader::new(first.stdout.take().expect("an output")).read_line(&mut line).expect("a line of the program");
    assert!(line.contains("à l'écoute"), "{line}");
    let second = serve().output().expect("the program runs");
    assert_eq!(second.status.code(), Some(1));
    assert!(said(&second).contains("un autre « acquis servir » sert déjà cette base"), "{}", said(&second));
    first.kill().expect("the first is stopped");
    first.wait().expect("the first ends");
}

#[cfg(unix)]
#[test]
fn what_the_program_makes_is_its_owners_alone_in_a_folder_of_somebody_else_too() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).expect("a folder open to others");
    succeeds(&acquis(dir.path(), &["demo"]).env_remove("ACQUIS_CLE").output().expect("the program runs"));
    let mut files = 0;
    for entry in fs::read_dir(dir.path()).expect("a folder") {
        let entry = entry.expect("an entry");
        let mode = entry.metadata().expect("its facts").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", entry.path().display());
        files += 1;
    }
    assert!(files >= 2);
}
