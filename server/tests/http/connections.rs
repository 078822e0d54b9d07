//! The secret of a session, which is never one that was known before; and the list of them, where one or all can be ended.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use testbed::{Application, Browser, MOT_DE_PASSE, camille, renaud, trial, trial_with};

const CONNEXIONS: &str = "/api/profil/connexions";

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.fetch("/api/session").await.json()["titulaire"] != Value::Null
}

async fn listed(browser: &mut Browser) -> Vec<Value> {
    browser.fetch(CONNEXIONS).await.json()["connexions"].as_array().expect("a list").clone()
}

/// By what the page ends it.
fn number(connexion: &Value) -> String {
    connexion["numero"].as_str().expect("a number").to_owned()
}

async fn end(browser: &mut Browser, number: &str) {
    let ended = browser.json(Method::DELETE, &format!("{CONNEXIONS}/{number}"), &json!({})).await;
    assert_eq!(ended.statut, 204, "{}", ended.text());
}

async fn elsewhere(application: &Application, ip: [u8; 4]) -> Browser {
    let mut browser = application.anonyme();
    browser.ip = ip;
    assert_eq!(browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
    browser
}

/// Checks that what this does leaves its session to whoever does it, and nothing to whoever had its cookie.
async fn changes_the_secret(
    application: &Application,
    mut browser: Browser,
    what: &str,
    act: impl AsyncFn(&Application, &mut Browser),
) {
    let (mut thief, before) = (browser.clone(), listed(&mut browser).await);
    assert!(is_signed_in(&mut thief).await, "{what}");
    act(application, &mut browser).await;
    assert_ne!(browser.cookie, thief.cookie, "{what}");
    thief.fetch("/api/profil").await.is_refused_with(401, "session_requise");
    assert!(!is_signed_in(&mut thief).await, "{what}");
    // It is the same session, for whoever reads the list.
    let after = listed(&mut browser).await;
    assert_eq!(after[0]["actuelle"], true, "{what}");
    assert_eq!((number(&after[0]), &after[0]["ouverte_le"]), (number(&before[0]), &before[0]["ouverte_le"]), "{what}");
}

#[test]
fn whoever_proves_more_or_changes_what_opens_the_account_has_another_secret_and_the_former_is_nothing() {
    trial(async |application| {
        let dominique = application.dominique().await;
        changes_the_secret(&application, dominique.clone(), "a new password", async |_, browser| {
            let change = json!({ "actuel": MOT_DE_PASSE, "nouveau": "Girafe violette du lundi 8" });
            assert_eq!(browser.json(Method::PUT, "/api/profil/mot-de-passe", &change).await.statut, 204);
        })
        .await;
        let renaud = application.renaud().await;
        for courriel in ["renaud@exemple.fr", "neuf@exemple.fr"] {
            // The one of its telephones, then of its e-mail as well.
            let mut browser = application.anonyme();
            assert_eq!(browser.sign_in("renaud@exemple.fr", MOT_DE_PASSE).await.statut, 200);
            changes_the_secret(&application, browser, courriel, async |application, browser| {
                let asked = json!({ "telephone_fixe": "0262 12 34 56", "telephone_mobile": "", "courriel": courriel,
                    "mot_de_passe_actuel": MOT_DE_PASSE });
                let changed = application.change_coordonnees(browser, &asked).await;
                assert_eq!(changed.statut, 200, "{}", changed.text());
            })
            .await;
        }
        drop(renaud);
        let camille = application.recorded(camille()).await;
        application.as_before_confirmation().await;
        changes_the_secret(&application, camille, "a confirmed e-mail", async |application, browser| {
            application.state.clock.advance(Duration::from_secs(1));
            assert_eq!(browser.json(Method::POST, "/api/profil/courriel", &json!({})).await.statut, 202);
            let code = json!({ "code": application.code_for("camille@exemple.fr").await });
            let proved = browser.json(Method::POST, "/api/profil/courriel/confirmation", &code).await;
            assert_eq!(proved.statut, 204, "{}", proved.text());
            // Sent again, because its answer was lost, it is right, and the secret stays.
            let kept = browser.cookie.clone();
            let again = browser.json(Method::POST, "/api/profil/courriel/confirmation", &code).await;
            assert_eq!((again.statut.as_u16(), again.header("set-cookie")), (204, ""));
            assert_eq!(browser.cookie, kept);
        })
        .await;
    });
}

#[test]
fn what_a_session_had_asked_waits_for_it_under_its_other_secret() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let asked =
            json!({ "telephone_fixe": "0262 12 34 56", "telephone_mobile": "", "courriel": "dominique@exemple.fr" });
        assert_eq!(dominique.json(Method::PUT, "/api/profil/coordonnees", &asked).await.statut, 202);
        let (session, renewed) = (dominique.cookie.clone().expect("a session"), "b".repeat(64));
        let digest = |cookie: &str| vault::token_digest(cookie.trim_start_matches("acquis="));
        let sql = format!(
            "UPDATE sessions SET empreinte = '{}' WHERE empreinte = '{}' RETURNING 'done'",
            digest(&renewed),
            digest(&session)
        );
        assert_eq!(application.rows(&sql).await, ["done"]);
        dominique.cookie = Some(format!("acquis={renewed}"));
        assert_eq!(dominique.fetch("/api/profil").await.json()["changement"]["telephone_fixe"], "+262262123456");
    });
}

#[test]
fn a_secret_that_somebody_planted_is_never_that_of_the_session() {
    trial(async |application| {
        application.dominique().await;
        let mut attacker = application.anonyme();
        attacker.key = "un-autre-compte-0123".into();
        application.register(&mut attacker, &renaud()).await;
        let own = attacker.cookie.clone().expect("a session");
        for planted in [format!("acquis={}", "a".repeat(64)), own] {
            // Whichever way leads in: a password, a sign-up, a new password by mail.
            let mut signs_in = application.anonyme();
            signs_in.cookie = Some(planted.clone());
            assert_eq!(signs_in.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
            let mut recovers = application.anonyme();
            recovers.cookie = Some(planted.clone());
            recovers.key = format!("retour-{}", &planted[7..30]);
            application.state.clock.advance(Duration::from_secs(1));
            let asked =
                recovers.json(Method::POST, "/api/recuperation", &json!({ "courriel": "dominique@exemple.fr" })).await;
            assert_eq!(asked.statut, 202, "{}", asked.text());
            let code = application.code_for("dominique@exemple.fr").await;
            let renewed = json!({ "code": code, "mot_de_passe": MOT_DE_PASSE });
            let answer = recovers.json(Method::POST, "/api/recuperation/mot-de-passe", &renewed).await;
            assert_eq!(answer.statut, 200, "{}", answer.text());
            for mut browser in [signs_in, recovers] {
                assert!(browser.cookie.is_some() && browser.cookie.as_ref() != Some(&planted));
                browser.cookie = Some(planted.clone());
                assert!(!is_signed_in(&mut browser).await, "what was planted opens nothing");
            }
        }
        let mut signs_up = application.anonyme();
        let planted = format!("acquis={}", "c".repeat(64));
        (signs_up.cookie, signs_up.key) = (Some(planted.clone()), "planted-0123456789".into());
        application.register(&mut signs_up, &camille()).await;
        assert!(is_signed_in(&mut signs_up).await);
        assert_ne!(signs_up.cookie.as_ref(), Some(&planted));
    });
}

#[test]
fn connections_end_one_by_one_and_only_those_of_one_s_own_account() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let (mut tablet, mut telephone) =
            (elsewhere(&application, [203, 0, 113, 7]).await, elsewhere(&application, [203, 0, 113, 8]).await);
        let own = listed(&mut tablet).await;
        let mut stranger = application.anonyme();
        stranger.key = "un-autre-compte-0123".into();
        application.register(&mut stranger, &renaud()).await;
        for connexion in &own {
            end(&mut stranger, &number(connexion)).await;
        }
        assert_eq!(listed(&mut dominique).await.len(), 3, "nobody ends what is somebody else's");
        // The number that the page has, and no part or other writing of it, nor what the database holds.
        for other in ["", "0", "%2e%2e", &number(&own[0]).to_uppercase(), &number(&own[0])[..15]] {
            let path = format!("{CONNEXIONS}/{other}");
            let answer = dominique.json(Method::DELETE, &path, &json!({})).await;
            assert!([204, 404].contains(&answer.statut.as_u16()), "{path}: {}", answer.text());
        }
        assert_eq!(listed(&mut dominique).await.len(), 3);
        let digests = application.rows("SELECT empreinte FROM sessions").await;
        let numbers = application.rows("SELECT numero FROM sessions").await;
        assert!(
            own.iter().all(|connexion| !digests.contains(&number(connexion)) && !numbers.contains(&number(connexion)))
        );

        end(&mut dominique, &number(&own[0])).await;
        assert!(!is_signed_in(&mut tablet).await);
        assert!(is_signed_in(&mut telephone).await && is_signed_in(&mut dominique).await);
        end(&mut dominique, &number(&own[0])).await;
        let journal = application.rows("SELECT quoi FROM journal WHERE quoi = 'connexion_fermee'").await;
        assert_eq!(journal.len(), 1, "what is ended already is not ended again");

        // Its own: that is to disconnect.
        let first = listed(&mut dominique).await;
        let path = format!("{CONNEXIONS}/{}", number(&first[0]));
        let left = dominique.json(Method::DELETE, &path, &json!({})).await;
        assert!(left.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(left.header("clear-site-data"), "\"storage\"");
        assert!(!is_signed_in(&mut dominique).await && is_signed_in(&mut telephone).await);
    });
}

#[test]
fn a_connection_says_whether_it_was_last_used_from_the_place_of_whoever_reads_the_list() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut away = elsewhere(&application, [203, 0, 113, 7]).await;
        let places = async |browser: &mut Browser| -> Vec<Value> {
            listed(browser).await.iter().map(|connexion| connexion["meme_lieu"].clone()).collect()
        };
        assert_eq!(places(&mut dominique).await, [json!(true), json!(false)]);
        assert_eq!(places(&mut away).await, [json!(true), json!(false)]);
        // Somebody who moves is seen there, within a minute.
        away.ip = dominique.ip;
        application.state.clock.advance(Duration::from_secs(61));
        assert!(is_signed_in(&mut away).await);
        assert_eq!(places(&mut dominique).await, [json!(true), json!(true)]);
        // No address is kept, nor told.
        let kept = application.rows("SELECT origine FROM sessions").await;
        assert!(kept.iter().all(|origin| origin.len() == 16 && !origin.contains('.')), "{kept:?}");
        assert!(!dominique.fetch(CONNEXIONS).await.text().contains(&kept[0]));
    });
}

#[test]
fn a_session_of_before_goes_on_is_listed_without_a_place_and_can_be_ended() {
    trial_with(
        |settings| settings.session_idle = Duration::from_secs(3_600),
        async |application| {
            let mut dominique = application.dominique().await;
            let mut tablet = elsewhere(&application, [203, 0, 113, 7]).await;
            let before = "UPDATE sessions SET numero = NULL, origine = NULL RETURNING 'done'";
            assert_eq!(application.rows(before).await, ["done", "done"]);
            // As another server sees them, which remembers nothing of them.
            let server = application.another_server().await;
            let (cookie, mut reader) = (dominique.cookie.take(), server.anonyme());
            (dominique, reader.cookie) = (server.anonyme(), tablet.cookie.clone());
            dominique.cookie = cookie;
            let all = listed(&mut dominique).await;
            assert_eq!(all.len(), 2);
            assert!(all.iter().all(|connexion| connexion.get("meme_lieu").is_none()));
            changes_the_secret(&server, dominique.clone(), "a session of before", async |_, browser| {
                let change = json!({ "actuel": MOT_DE_PASSE, "nouveau": "Girafe violette du lundi 8" });
                assert_eq!(browser.json(Method::PUT, "/api/profil/mot-de-passe", &change).await.statut, 204);
            })
            .await;
            assert!(!is_signed_in(&mut reader).await, "a new password ends the others");
            application.state.clock.advance(Duration::from_secs(2));
            assert!(!is_signed_in(&mut tablet).await || application.url.starts_with("sqlite:"));
        },
    );
}
