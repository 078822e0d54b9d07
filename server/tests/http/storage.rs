//! What is kept, how, and for how long.

use std::time::Duration;

use serde_json::json;
use server::clean;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use store::{OpeningFailed, Store, sqlite_address};
use testbed::{Application, MOT_DE_PASSE, Method, camille, dominique, journal, renaud, trial, with};
use vault::Vault;

const CONFIRMATION: &str = "/api/inscription/confirmation";
const HOUR: Duration = Duration::from_secs(3_600);

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn no_nir_is_readable_in_the_files_of_the_database() {
    trial(async |application| {
        application.dominique().await;
        application.state.store.close().await;
        let mut files = 0;
        for input in std::fs::read_dir(application.dir.path()).expect("the data folder") {
            let path = input.expect("an entry").path();
            if path.is_file() {
                let bytes = std::fs::read(&path).expect("a file");
                files += 1;
                assert!(!contains(&bytes, "2790351215189"), "{}", path.display());
                assert!(!contains(&bytes, MOT_DE_PASSE), "{}", path.display());
            }
        }
        assert!(files > 0);
    });
}

#[test]
fn nothing_personal_is_logged_even_at_the_most_talkative_level() {
    trial(async |application| {
        let mut dominique_ = application.dominique().await;
        dominique_.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await;
        dominique_.fetch("/api/profil/export?nir=2790351215189").await;
        dominique_.fetch("/api/2790351215189").await;
        dominique_.fetch("/2790351215189").await;
        application.anonyme().sign_up(&dominique()).await;
        let mut renaud_ = application.anonyme();
        renaud_.key = "renaud-0123456789".into();
        renaud_.sign_up(&with(renaud(), "courriel", "quelqu.un@exemple.fr")).await;
        let code = application.code_for("quelqu.un@exemple.fr").await;
        let figures = code.replace(' ', "");
        let token = application.token_for("quelqu.un@exemple.fr").await;
        let secret = renaud_.waiting.values().next().expect("a secret").clone();
        let saisie = json!({ "jeton": token, "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(application.anonyme().json(Method::POST, CONFIRMATION, &saisie).await.statut, 201);
        renaud_.confirm(&code).await;
        renaud_.confirm("041837").await;
        dominique_.sign_in("dominique@exemple.fr", "un mot de passe faux").await;
        let journal = journal().lock().expect("the log").clone();
        assert!(contains(&journal, "route=\"/api/inscription\""));
        // The figures of a code may stand in a number by chance: between quotes, or after a sign, they are a code.
        let typed = [format!("\"{figures}\""), format!(" {figures} "), format!("={figures} "), format!("\"{code}\"")];
        let [one, two, three, four] = typed.each_ref().map(String::as_str);
        for secret in [
            "2790351215189",
            MOT_DE_PASSE,
            "un mot de passe faux",
            "Pat-Trois",
            "dominique@",
            "quelqu.un@",
            "+33612345678",
            &token,
            &secret,
            one,
            two,
            three,
            four,
        ] {
            if let Some(at) = journal.windows(secret.len()).position(|window| window == secret.as_bytes()) {
                let start = at.saturating_sub(400);
                panic!("{secret}: {}", String::from_utf8_lossy(&journal[start..at + 60]));
            }
        }
    });
}

#[test]
fn tables_are_made_from_nothing_and_making_them_again_changes_nothing() {
    trial(async |application| {
        let state = &application.state;
        let counted = async || (application.count("personnes").await, application.count("_sqlx_migrations").await);
        let before = counted().await;
        state.store.migrate(&state.vault).await.expect("migrations once more");
        assert_eq!(counted().await, before);
        assert!(state.store.is_up_to_date().await.is_ok_and(|up_to_date| up_to_date));
    });
}

#[test]
fn a_database_filled_under_another_key_is_refused() {
    trial(async |application| {
        let store = Store::open(&application.url).await.expect("the database");
        let refusal = store.migrate(&Vault::new(&[1; 32])).await;
        assert!(matches!(refusal, Err(OpeningFailed::OtherKey)));
        store.close().await;
    });
}

#[test]
fn filling_with_the_fictional_people_twice_is_filling_once() {
    trial(async |application| {
        let state = &application.state;
        let (people, years) = (application.count("personnes").await, application.count("activites").await);
        batch::demo::fill(&state.store, &state.vault, state.clock.now()).await.expect("the fictional people");
        assert_eq!(application.count("personnes").await, people);
        assert_eq!(application.count("activites").await, years);
    });
}

#[test]
fn a_lost_database_is_told_as_such_and_nothing_breaks() {
    trial(async |application| {
        let mut dominique_ = application.dominique().await;
        assert_eq!(dominique_.fetch("/sante/pret").await.statut, 200);
        application.state.store.close().await;
        dominique_.fetch("/sante/pret").await.is_refused_with(503, "indisponible");
        assert_eq!(dominique_.fetch("/sante/vif").await.statut, 200);
        dominique_.fetch("/api/droits").await.is_refused_with(503, "indisponible");
        dominique_.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.is_refused_with(503, "indisponible");
        application.anonyme().sign_up(&dominique()).await.is_refused_with(503, "indisponible");
        application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.is_refused_with(503, "indisponible");
        assert_eq!(application.piece_files(), 0);
    });
}

async fn count(application: &Application) -> [i64; 4] {
    [
        application.count("sessions").await,
        application.count("tentatives").await,
        application.count("cles_idempotence").await,
        application.count("journal").await,
    ]
}

#[test]
fn what_has_served_its_time_is_erased_and_nothing_else() {
    trial(async |application| {
        let mut dominique_ = application.dominique().await;
        assert_eq!(dominique_.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        application.anonyme().sign_in("personne@exemple.fr", "faux").await;
        let clock = &application.state.clock;
        assert!(clean(&application.state).await.is_ok());
        assert_eq!(count(&application).await, [1, 4, 1, 4]);
        clock.advance(Duration::from_secs(3_600));
        assert!(clean(&application.state).await.is_ok());
        assert_eq!(count(&application).await, [0, 0, 1, 4]);
        clock.advance(Duration::from_secs(24 * 3_600));
        assert!(clean(&application.state).await.is_ok());
        assert_eq!(count(&application).await, [0, 0, 0, 4]);
        // A clock that leaps is not believed at once: were it wrong, it would erase a year of the journal.
        clock.advance(Duration::from_secs(365 * 24 * 3_600));
        for _ in 0..24 {
            assert!(clean(&application.state).await.is_ok());
            assert_eq!(count(&application).await, [0, 0, 0, 4]);
            clock.advance(HOUR);
        }
        assert!(clean(&application.state).await.is_ok());
        assert_eq!(count(&application).await, [0, 0, 0, 1], "the line that says so");
        assert_eq!(application.count("declarations_dif").await, 1);
        assert_eq!(application.piece_files(), 1);
    });
}

#[test]
fn a_proof_that_no_record_names_is_erased_once_it_is_old() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let entry = application.state.pieces.write("0123456789abcdef0123456789abcdef").await.expect("a proof");
        entry.finish().await.expect("its end");
        // A program that was killed during an upload leaves this.
        std::fs::write(application.dir.path().join("pieces/fedcba98#1"), b"half").expect("a file");
        assert_eq!(application.piece_files(), 3);
        // The files bear the time of the machine, the clock of the test is its own: go far enough.
        application.state.clock.advance(Duration::from_secs(20 * 365 * 24 * 3_600));
        assert!(clean(&application.state).await.is_ok());
        assert_eq!(application.piece_files(), 3, "a leap of the clock erases nothing");
        application.state.clock.advance(HOUR);
        assert!(clean(&application.state).await.is_ok());
        assert_eq!(application.piece_files(), 1);
    });
}

#[test]
fn who_reads_never_waits_for_who_writes() {
    trial(async |application| {
        let renaud = application.renaud().await;
        application.state.clock.advance(Duration::from_secs(120));
        // Somebody holds what one must have to write; eight people wait for it.
        let blocker = Store::open(&application.url).await.expect("the database");
        let held = blocker.tx().await.expect("the lock");
        let write = || {
            let mut writer = renaud.clone();
            async move {
                let yes = serde_json::json!({ "confirmation": true });
                writer.json(Method::POST, "/api/sous-niveau-3", &yes).await.statut.as_u16()
            }
        };
        let waiting: Vec<_> = (0..8).map(|_| tokio::spawn(write())).collect();
        let ninth = tokio::time::timeout(Duration::from_millis(200), write()).await;
        // PostgreSQL holds rows, and these are of nobody else: there they do not wait at all.
        let held_up = ninth.is_err() || !application.url.starts_with("sqlite:");
        assert!(held_up, "nobody writes meanwhile: {ninth:?}");
        for path in ["/api/session", "/api/droits", "/api/historique", "/api/profil", "/sante/pret"] {
            assert_eq!(renaud.clone().fetch(path).await.statut, 200, "{path}");
        }
        let waited = waiting.iter().filter(|writer| !writer.is_finished()).count();
        blocker.give_up(held).await.expect("the lock given back");
        let mut answers = Vec::new();
        for writer in waiting {
            answers.push(writer.await.expect("an answer"));
        }
        // Who waited too long, on a machine that is slow, was told to come back: nobody got anything but these two.
        assert!(answers.iter().all(|statut| matches!(statut, 200 | 503)), "{answers:?}");
        assert!(waited == 0 || answers.contains(&200), "who still waits may write: {answers:?}");
        blocker.close().await;
    });
}

#[test]
fn several_first_starts_at_once_all_succeed() {
    trial(async |application| {
        let state = &application.state;
        let dir = tempfile::tempdir().expect("a temporary folder");
        let url = if application.url.starts_with("sqlite:") {
            sqlite_address(&dir.path().join("acquis.db"))
        } else {
            application.url.clone()
        };
        let starts: Vec<_> = (0..6)
            .map(|_| {
                let (url, vault) = (url.clone(), std::sync::Arc::clone(&state.vault));
                std::thread::spawn(move || {
                    let executor = tokio::runtime::Runtime::new().expect("a runtime");
                    executor.block_on(async {
                        let store = Store::open(&url).await.map_err(|error| error.to_string())?;
                        let migrated = store.migrate(&vault).await.map_err(|error| error.to_string());
                        store.close().await;
                        migrated
                    })
                })
            })
            .collect();
        for start in starts {
            assert_eq!(start.join().expect("a start that ends"), Ok(()));
        }
    });
}

/// What a clock 400 days ahead would have written, set right since.
async fn in_the_future(application: &Application, columns: &[(&str, &str)]) {
    let mut connexion = AnyConnection::connect(&application.url).await.expect("a connection");
    for (table, column) in columns {
        let sql = format!("UPDATE {table} SET {column} = {column} + {}", 400_i64 * 24 * 3_600_000);
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connexion).await.expect("times moved");
    }
    connexion.close().await.expect("a connection that closes");
}

#[test]
fn what_a_wrong_clock_wrote_in_the_future_is_over() {
    trial(async |application| {
        let mut dominique_ = application.dominique().await;
        in_the_future(&application, &[("sessions", "vue_le"), ("sessions", "expire_le")]).await;
        assert_eq!(dominique_.fetch("/api/profil").await.statut, 401);
        let mut stranger = application.anonyme();
        let mut last = 0;
        for _ in 0..11 {
            last = stranger.sign_in("dominique@exemple.fr", "faux").await.statut.as_u16();
        }
        assert_eq!(last, 429);
        in_the_future(&application, &[("tentatives", "debut")]).await;
        assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
    });
}

#[test]
fn what_a_closed_account_said_is_readable_nowhere_in_the_files() {
    trial(async |application| {
        let mut camille = application.recorded(camille()).await;
        assert_eq!(camille.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let answer =
            camille.json(Method::DELETE, "/api/profil", &serde_json::json!({"mot_de_passe": MOT_DE_PASSE})).await;
        assert_eq!(answer.statut, 204, "{}", answer.text());
        for entry in std::fs::read_dir(application.dir.path()).expect("the data folder") {
            let path = entry.expect("an entry").path();
            let bytes = if path.is_file() { std::fs::read(&path).expect("a file") } else { Vec::new() };
            assert!(!contains(&bytes, "camille@exemple.fr"), "{}", path.display());
        }
    });
}
