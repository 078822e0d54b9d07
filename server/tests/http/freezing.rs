//! A holder stops their account: by the link of a letter, or from their profile.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use store::{Act, Store};
use testbed::{Application, Browser, MOT_DE_PASSE, TestResponse, code_in, operator, trial};

const DOMINIQUE: &str = "dominique@exemple.fr";
const THIEF: &str = "voleur@exemple.fr";
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Whoever has the password signs in from a browser that the account does not know; the holder is told.
async fn thief(application: &Application) -> Browser {
    let mut thief = application.anonyme();
    assert_eq!(thief.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
    thief
}

/// What the link carries of the last letter of that subject to this mailbox.
async fn token(application: &Application, courriel: &str, subject: &str) -> String {
    let letters = application.letters_to(courriel).await;
    let letter = letters.iter().find(|letter| letter.subject == subject).expect(subject);
    let link = letter.text.lines().find_map(|line| line.split_once("/ce-n-etait-pas-moi#"));
    link.unwrap_or_else(|| panic!("a link in {}", letter.text)).1.to_owned()
}

/// The code of the letter that gives an account back.
async fn recovery_code(application: &Application, courriel: &str) -> String {
    let letters = application.letters_to(courriel).await;
    let letter = letters.iter().find(|letter| letter.subject == "Choisissez un autre mot de passe").expect("a letter");
    code_in(&letter.text).expect("a code").to_owned()
}

async fn stop(application: &Application, token: &str) -> TestResponse {
    application.anonyme().json(Method::POST, "/api/ce-n-etait-pas-moi", &json!({ "jeton": token })).await
}

/// The e-mail of the account becomes another, as if whoever took it over had changed it.
async fn takes_the_mailbox(application: &Application) {
    application.rows(&format!("UPDATE comptes SET courriel = '{THIEF}', courriel_cle = '{THIEF}'")).await;
}

async fn frozen(application: &Application) -> Vec<String> {
    application.rows("SELECT COALESCE(gel_origine, 'service') FROM comptes WHERE gele_le IS NOT NULL").await
}

const NEW_DEVICE: &str = "Nouvelle connexion à votre compte";

#[test]
fn the_link_of_a_letter_stops_everything_at_once_from_any_browser() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut thief = thief(&application).await;
        let mut recovering = application.anonyme();
        let asked = json!({ "courriel": DOMINIQUE });
        assert_eq!(recovering.json(Method::POST, "/api/recuperation", &asked).await.statut, StatusCode::ACCEPTED);
        let code = recovery_code(&application, DOMINIQUE).await;
        let link = token(&application, DOMINIQUE, NEW_DEVICE).await;
        let stopped = stop(&application, &link).await;
        assert_eq!((stopped.statut, stopped.header("set-cookie")), (StatusCode::NO_CONTENT, ""));
        assert_eq!(frozen(&application).await, ["lettre"]);
        for browser in [&mut home, &mut thief] {
            browser.fetch("/api/droits").await.is_refused_with(401, "session_requise");
            let yes = json!({ "confirmation": true });
            browser.json(Method::POST, "/api/sous-niveau-3", &yes).await.is_refused_with(401, "session_requise");
            browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
        }
        application.anonyme().sign_in(DOMINIQUE, "Un autre 9 mot").await.is_refused_with(401, "identifiants_faux");
        let new = json!({ "code": code, "mot_de_passe": "Girafe violette du lundi 8" });
        recovering.json(Method::POST, "/api/recuperation/mot-de-passe", &new).await.is_refused_with(410, "lien_perime");
        let told = application.letters_to(DOMINIQUE).await;
        assert_eq!(told.iter().filter(|letter| letter.subject == "Votre compte est gelé").count(), 1);
        let noted = application.rows("SELECT raison FROM journal WHERE quoi = 'compte_gele' AND qui = compte").await;
        assert_eq!(noted, ["lettre"], "by its holder, by a letter");
        assert_eq!(application.count("journal WHERE quoi = 'compte_gele' AND origine IS NOT NULL").await, 1);
    });
}

#[test]
fn a_link_that_is_followed_twice_stops_once_and_one_that_was_never_written_stops_nothing() {
    trial(async |application| {
        let _home = application.dominique().await;
        thief(&application).await;
        let link = token(&application, DOMINIQUE, NEW_DEVICE).await;
        for wrong in ["", "7K2D-Q9XM-04AB-WZ8R", "0f0f", &"0".repeat(64), &link[..63]] {
            stop(&application, wrong).await.is_refused_with(410, "lien_perime");
        }
        assert!(frozen(&application).await.is_empty());
        for _ in 0..3 {
            assert_eq!(stop(&application, &link).await.statut, StatusCode::NO_CONTENT);
        }
        assert_eq!(application.count("journal WHERE quoi = 'compte_gele'").await, 1);
        let told = application.letters_to(DOMINIQUE).await;
        assert_eq!(told.iter().filter(|letter| letter.subject == "Votre compte est gelé").count(), 1);
        assert!(!application.all().await.iter().any(|row| row.contains(&link)), "only its hash is kept");
    });
}

#[test]
fn a_link_lives_for_thirty_days_and_is_spent_once_what_it_stopped_is_open_again() {
    trial(async |application| {
        let _home = application.dominique().await;
        thief(&application).await;
        let late = token(&application, DOMINIQUE, NEW_DEVICE).await;
        application.state.clock.advance(30 * DAY);
        stop(&application, &late).await.is_refused_with(410, "lien_perime");
        thief(&application).await;
        let (spent, account) = (token(&application, DOMINIQUE, NEW_DEVICE).await, account(&application).await);
        application.state.clock.advance(29 * DAY);
        assert_eq!(stop(&application, &spent).await.statut, StatusCode::NO_CONTENT);
        let now = application.state.clock.now();
        let letter = application.state.letters.write(
            mail::Address(DOMINIQUE),
            &mail::Occasion::AccountThawed { account: "CPT-0000-0000-0000" },
            now,
        );
        let who = operator();
        application.state.store.thaw(&account, Act::of(&who).because("vu"), &letter, now).await.expect("a thaw");
        stop(&application, &spent).await.is_refused_with(410, "lien_perime");
        assert!(frozen(&application).await.is_empty());
    });
}

async fn account(application: &Application) -> String {
    application.rows("SELECT id FROM comptes").await.remove(0)
}

#[test]
fn the_former_mailbox_still_stops_the_account_of_whoever_took_it_over_and_both_are_told() {
    trial(async |application| {
        let _home = application.dominique().await;
        thief(&application).await;
        let link = token(&application, DOMINIQUE, NEW_DEVICE).await;
        takes_the_mailbox(&application).await;
        // The thief asks for the way back in, which ends what other letters open.
        let mut thief = application.anonyme();
        thief.json(Method::POST, "/api/recuperation", &json!({ "courriel": THIEF })).await;
        let new =
            json!({ "code": recovery_code(&application, THIEF).await, "mot_de_passe": "Girafe violette du lundi 8" });
        assert_eq!(thief.json(Method::POST, "/api/recuperation/mot-de-passe", &new).await.statut, StatusCode::OK);
        assert_eq!(stop(&application, &link).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(frozen(&application).await, ["ancienne_adresse"]);
        thief.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        for mailbox in [DOMINIQUE, THIEF] {
            let told = application.letters_to(mailbox).await;
            assert!(told.iter().any(|letter| letter.subject == "Votre compte est gelé"), "{mailbox}");
        }
    });
}

#[test]
fn what_stopped_an_account_becomes_harder_to_undo_and_never_easier() {
    trial(async |application| {
        let mut home = application.dominique().await;
        thief(&application).await;
        let own = token(&application, DOMINIQUE, NEW_DEVICE).await;
        assert_eq!(home.json(Method::POST, "/api/profil/gel", &Value::Null).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(frozen(&application).await, ["profil"]);
        assert_eq!(stop(&application, &own).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(frozen(&application).await, ["lettre"]);
        takes_the_mailbox(&application).await;
        assert_eq!(stop(&application, &own).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(frozen(&application).await, ["ancienne_adresse"]);
        let (account, now, who) = (account(&application).await, application.state.clock.now(), operator());
        let letter = application.state.letters.write(
            mail::Address(DOMINIQUE),
            &mail::Occasion::AccountFrozen { account: "CPT-0000-0000-0000" },
            now,
        );
        application.state.store.freeze(&account, Act::of(&who).because("vu"), &letter, now).await.expect("a freeze");
        assert_eq!(frozen(&application).await, ["service"], "the operator's from then on");
        assert_eq!(stop(&application, &own).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(frozen(&application).await, ["service"]);
        assert_eq!(application.rows("SELECT gele_par FROM comptes").await, [who.name()]);
    });
}

#[test]
fn a_holder_freezes_their_account_in_one_action_and_signs_out_everywhere() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut elsewhere = thief(&application).await;
        let mut nobody = application.anonyme();
        nobody.json(Method::POST, "/api/profil/gel", &Value::Null).await.is_refused_with(401, "session_requise");
        let response = home.json(Method::POST, "/api/profil/gel", &Value::Null).await;
        assert_eq!(response.statut, StatusCode::NO_CONTENT);
        assert!(response.header("set-cookie").contains("Max-Age=0"), "{}", response.header("set-cookie"));
        assert_eq!(application.count("sessions").await, 0);
        elsewhere.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        home.sign_in(DOMINIQUE, MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
        let told = application.letters_to(DOMINIQUE).await;
        assert!(told.iter().any(|letter| letter.text.contains("depuis « Mes accès »")));
        assert_eq!(application.rows("SELECT raison FROM journal WHERE quoi = 'compte_gele'").await, ["profil"]);
    });
}

#[test]
fn an_account_of_before_that_proved_nothing_is_stopped_as_well() {
    trial(async |application| {
        let mut home = application.dominique().await;
        application.as_before_confirmation().await;
        assert_eq!(home.json(Method::POST, "/api/profil/gel", &Value::Null).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(frozen(&application).await, ["profil"]);
    });
}

#[test]
fn every_letter_of_what_a_thief_may_do_stops_the_account() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let change = json!({ "actuel": MOT_DE_PASSE, "nouveau": "Girafe violette du lundi 8" });
        assert_eq!(home.json(Method::PUT, "/api/profil/mot-de-passe", &change).await.statut, StatusCode::NO_CONTENT);
        let mut recovering = application.anonyme();
        recovering.json(Method::POST, "/api/recuperation", &json!({ "courriel": DOMINIQUE })).await;
        let new = json!({ "code": recovery_code(&application, DOMINIQUE).await, "mot_de_passe": MOT_DE_PASSE });
        recovering.json(Method::POST, "/api/recuperation/mot-de-passe", &new).await;
        thief(&application).await;
        let subjects = [NEW_DEVICE, "Votre mot de passe a changé", "Votre mot de passe a été remplacé"];
        let mut links = Vec::new();
        for subject in subjects {
            links.push(token(&application, DOMINIQUE, subject).await);
        }
        links.dedup();
        assert_eq!(links.len(), subjects.len(), "each has its own");
        for link in links {
            assert_eq!(stop(&application, &link).await.statut, StatusCode::NO_CONTENT);
            assert_eq!(application.rows("UPDATE comptes SET gele_le = NULL, gel_origine = NULL").await.len(), 0);
        }
    });
}

#[test]
fn whoever_writes_while_an_account_is_stopped_wrote_before_or_not_at_all() {
    trial(async |application| {
        for round in 0..4 {
            let home = application.dominique().await;
            thief(&application).await;
            let link = token(&application, DOMINIQUE, NEW_DEVICE).await;
            // Another server on the same database.
            let other = Store::open(&application.url).await.expect("a second server");
            let now = application.state.clock.now();
            let found = other.stop_link(&vault::token_digest(&link), now).await.expect("a store").expect("a link");
            let by = (domaine::freezing::FrozenBy::Letter, DOMINIQUE);
            let mut writers = Vec::new();
            for n in 0..4 {
                let mut browser = home.clone();
                browser.key = format!("meanwhile-0123456789-{round}-{n}");
                // Each says what becomes of those that came before it.
                let champs = [("heures", "12"), ("rapport", "ajoute")];
                writers.push(tokio::spawn(async move { browser.declare(&champs, Some(b"%PDF-1.7")).await }));
            }
            let (here, there) =
                tokio::join!(stop(&application, &link), other.freeze_by_link(&found, by, "ailleurs", &[], now));
            assert_eq!(here.statut, StatusCode::NO_CONTENT);
            there.expect("a freeze");
            let mut written = 0;
            for writer in writers {
                let response = writer.await.expect("an answer");
                match response.statut.as_u16() {
                    201 => written += 1,
                    _ => response.is_refused_with(401, "session_requise"),
                }
            }
            assert_eq!(application.count("declarations_dif").await, written);
            assert_eq!(application.count("sessions").await, 0);
            assert_eq!(
                application.count("journal WHERE quoi = 'compte_gele'").await,
                i64::from(round + 1),
                "once each"
            );
            // The next round opens it again, from nothing.
            let account = account(&application).await;
            let known = application.state.store.account(&account).await.expect("a store").expect("an account");
            let letter = application.state.letters.write(mail::Address(DOMINIQUE), &mail::Occasion::AccountClosed, now);
            let who = operator();
            let store = &application.state.store;
            store.close_for_its_holder(&known, Act::of(&who).because("vu"), &letter, now).await.expect("a closing");
            assert_eq!(application.count("liens_d_arret").await, 0, "a closed account leaves no link");
            application.state.clock.advance(DAY);
        }
    });
}
