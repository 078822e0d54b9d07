//! What adds a way into an account, or changes one, where it asks for a second step: who sits at an open session and knows the
//! password gains none that outlives it.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testbed::{Authenticator, Browser, MOT_DE_PASSE, TestResponse, trial, with};

use crate::second_steps::{Protected, at_the_step, take};

const DOMINIQUE: &str = "dominique@exemple.fr";
const NEW: &str = "Girafe violette du lundi 8";
const SET: &str = "/api/profil/seconde-etape";
const KEYS: &str = "/api/profil/cles";

/// Asks for one more passkey, with the password and this besides.
async fn ask(browser: &mut Browser, champ: &str, code: &str) -> TestResponse {
    let asked = json!({ "nom": "Téléphone", "mot_de_passe": MOT_DE_PASSE });
    browser.json(Method::POST, "/api/profil/cles/defi", &with(asked, champ, code)).await
}

/// Changes the password, with this besides that of today.
async fn change(browser: &mut Browser, champ: &str, code: &str) -> TestResponse {
    let asked = json!({ "actuel": MOT_DE_PASSE, "nouveau": NEW });
    browser.json(Method::PUT, "/api/profil/mot-de-passe", &with(asked, champ, code)).await
}

async fn keys(browser: &mut Browser) -> usize {
    browser.fetch(KEYS).await.json()["cles"].as_array().expect("a list").len()
}

#[test]
fn a_passkey_is_added_by_the_password_and_a_code_that_serves_once() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let password = ask(&mut protected.home, "code", "").await;
        assert_eq!(password.faute("code-application"), json!({ "code": "vide" }), "{}", password.text());
        let served = crate::second_steps::shown(&application, &protected.secret);
        assert_eq!(ask(&mut protected.home, "code", &served).await.faute("code-application"), "code_deja_servi");
        assert_eq!(ask(&mut protected.home, "code", "000000").await.faute("code-application"), "code_faux");
        let refused = ask(&mut protected.home, "code_secours", "0000-0000-0000").await;
        assert_eq!(refused.faute("code-secours"), "code_faux");
        // The code alone is as little as the password alone.
        let code = protected.next(&application);
        let wrong = json!({ "nom": "", "mot_de_passe": "Une autre phrase, longue 9", "code": code });
        let refused = protected.home.json(Method::POST, "/api/profil/cles/defi", &wrong).await;
        assert_eq!(refused.faute("mot-de-passe-actuel"), "mot_de_passe_faux");
        assert_eq!(keys(&mut protected.home).await, 0);
        let kept = protected.codes[0].clone();
        for (champ, at, code) in [("code", "code-application", code), ("code_secours", "code-secours", kept)] {
            let asked = ask(&mut protected.home, champ, &code).await;
            assert_eq!(asked.statut, StatusCode::OK, "{}", asked.text());
            let made = json!({ "reponse": Authenticator::default().make(&asked.json()) });
            let added = protected.home.json(Method::POST, KEYS, &made).await;
            assert_eq!(added.statut, StatusCode::CREATED, "{}", added.text());
            assert_eq!(ask(&mut protected.home, champ, &code).await.faute(at), "code_deja_servi");
        }
        assert_eq!(keys(&mut protected.home).await, 2);
    });
}

#[test]
fn a_passkey_that_was_asked_for_before_the_second_step_was_set_is_not_added_after() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut thief = home.clone();
        let asked = ask(&mut thief, "code", "").await;
        assert_eq!(asked.statut, StatusCode::OK, "{}", asked.text());
        let begun = home.json(Method::POST, SET, &json!({ "mot_de_passe": MOT_DE_PASSE })).await.json();
        let secret = begun["secret"].as_str().expect("a secret");
        let code = crate::second_steps::shown(&application, secret);
        let set = home.json(Method::POST, &format!("{SET}/confirmation"), &json!({ "code": code })).await;
        assert_eq!(set.statut, StatusCode::CREATED, "{}", set.text());
        home.waiting.clone_from(&thief.waiting);
        let made = json!({ "reponse": Authenticator::default().make(&asked.json()) });
        home.json(Method::POST, KEYS, &made).await.is_refused_with(410, "lien_perime");
        thief.json(Method::POST, KEYS, &made).await.is_refused_with(401, "session_requise");
    });
}

#[test]
fn a_password_is_replaced_by_the_one_of_today_and_a_code() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let refused = change(&mut protected.home, "code", "").await;
        assert_eq!(refused.faute("code-application"), json!({ "code": "vide" }), "{}", refused.text());
        // What is refused for another reason costs no code.
        let code = protected.next(&application);
        let common = json!({ "actuel": MOT_DE_PASSE, "nouveau": "Motdepasse2026!", "code": code });
        let refused = protected.home.json(Method::PUT, "/api/profil/mot-de-passe", &common).await;
        assert_eq!(refused.json()["erreurs"][0]["champ"], "mot-de-passe", "{}", refused.text());
        let changed = change(&mut protected.home, "code", &code).await;
        assert_eq!(changed.statut, StatusCode::NO_CONTENT, "{}", changed.text());
        let asked = application.anonyme().sign_in(DOMINIQUE, NEW).await;
        assert_eq!(asked.statut, StatusCode::ACCEPTED, "{}", asked.text());
    });
}

#[test]
fn other_codes_to_keep_and_no_second_step_any_more_end_the_other_sessions_and_change_the_secret_of_this_one() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        for (method, path) in [(Method::POST, format!("{SET}/codes-secours")), (Method::DELETE, SET.to_owned())] {
            let mut elsewhere = at_the_step(&application).await;
            let code = protected.next(&application);
            assert_eq!(take(&mut elsewhere, "code", &code).await.statut, StatusCode::OK);
            let mut waiting = at_the_step(&application).await;
            let former = protected.home.clone();
            let proof = json!({ "code": protected.next(&application) });
            let done = protected.home.json(method.clone(), &path, &proof).await;
            assert!(done.statut.is_success(), "{path}: {}", done.text());
            assert_ne!(protected.home.cookie, former.cookie, "{path}: whoever knew the former secret is out");
            for mut gone in [former, elsewhere] {
                gone.fetch("/api/droits").await.is_refused_with(401, "session_requise");
            }
            assert_eq!(protected.home.fetch("/api/droits").await.statut, StatusCode::OK, "{path}");
            let late = take(&mut waiting, "code", &protected.next(&application)).await;
            late.is_refused_with(410, "lien_perime");
            assert_eq!(waiting.cookie, None);
        }
        assert_eq!(protected.home.fetch(SET).await.json()["posee_le"], Value::Null);
    });
}
