//! What takes a way in away, or ends what somebody else opened: asked of whoever signed in a moment ago, and of nobody else, so that a
//! screen that was left open shuts nobody out.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use testbed::{Application, Authenticator, Browser, MOT_DE_PASSE, trial};

use crate::levels::writings;
use crate::second_steps::{Protected, take};

const DOMINIQUE: &str = "dominique@exemple.fr";
const CONNEXIONS: &str = "/api/profil/connexions";
const KEYS: &str = "/api/profil/cles";
const COORDONNEES: &str = "/api/profil/coordonnees";
const MINUTE: Duration = Duration::from_secs(60);
const OLD: Duration = Duration::from_secs(10 * 60 + 1);

async fn list(browser: &mut Browser, path: &str, of: &str) -> Vec<Value> {
    browser.fetch(path).await.json()[of].as_array().expect("a list").clone()
}

/// A passkey of this account: its number.
async fn with_a_passkey(browser: &mut Browser) -> Value {
    let asked = json!({ "nom": "Téléphone", "mot_de_passe": MOT_DE_PASSE });
    let asked = browser.json(Method::POST, "/api/profil/cles/defi", &asked).await;
    let made = json!({ "reponse": Authenticator::default().make(&asked.json()) });
    assert_eq!(browser.json(Method::POST, KEYS, &made).await.statut, 201);
    list(browser, KEYS, "cles").await[0]["numero"].clone()
}

/// Somebody who signed in long ago; their sessions do not end for that.
async fn grows_old(application: &Application, browser: &mut Browser) {
    for _ in 0..2 {
        application.state.clock.advance(OLD / 2);
        assert_eq!(browser.fetch("/api/droits").await.statut, 200);
    }
}

#[test]
fn whoever_signed_in_long_ago_takes_nothing_away_until_they_sign_in_again() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut elsewhere = application.anonyme();
        assert_eq!(elsewhere.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        let key = with_a_passkey(&mut home).await;
        grows_old(&application, &mut home).await;
        let other = list(&mut home, CONNEXIONS, "connexions").await.into_iter().find(|one| one["actuelle"] == false);
        let other = format!("{CONNEXIONS}/{}", other.expect("another")["numero"].as_str().expect("a number"));
        let withdrawn = [(KEYS, json!({ "numero": key })), (other.as_str(), json!({})), (CONNEXIONS, json!({}))];
        for (path, body) in &withdrawn {
            home.json(Method::DELETE, path, body).await.is_refused_with(403, "connexion_ancienne");
        }
        assert_eq!(elsewhere.fetch("/api/droits").await.statut, 200);
        assert_eq!(list(&mut home, KEYS, "cles").await.len(), 1);
        assert_eq!(home.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        application.state.clock.advance(MINUTE * 9);
        for (path, body) in &withdrawn {
            let done = home.json(Method::DELETE, path, body).await;
            assert!(done.statut.is_success(), "{path}: {}", done.text());
        }
        elsewhere.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        assert_eq!(list(&mut home, KEYS, "cles").await.len(), 0);
    });
}

#[test]
fn nothing_else_asks_for_it_again_and_each_route_that_does_says_so() {
    trial(async |application| {
        let mut home = application.dominique().await;
        grows_old(&application, &mut home).await;
        let mut refused = BTreeSet::new();
        for (method, path) in writings(&application).await {
            let answer = home.json(method.clone(), &path, &json!({})).await;
            if answer.statut == 403 && answer.json()["code"] == "connexion_ancienne" {
                refused.insert(format!("{method} {path}"));
            }
        }
        let withdraw = [
            "DELETE /api/identite/lien",
            "DELETE /api/profil/cles",
            "DELETE /api/profil/connexions",
            "DELETE /api/profil/connexions/{numero}",
        ];
        assert_eq!(refused.iter().map(String::as_str).collect::<Vec<_>>(), withdraw);
    });
}

#[test]
fn another_courriel_asks_for_the_second_step_again_where_the_account_has_one() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let asked = |courriel: &str, mobile: &str| json!({ "telephone_fixe": "", "telephone_mobile": mobile, "courriel": courriel, "mot_de_passe_actuel": MOT_DE_PASSE });
        let other = asked("autre@exemple.fr", "06 12 34 56 78");
        grows_old(&application, &mut protected.home).await;
        // The password is right, and is not all that opens this account.
        protected.home.json(Method::PUT, COORDONNEES, &other).await.is_refused_with(403, "connexion_ancienne");
        assert_eq!(protected.home.fetch("/api/profil").await.json()["changement"], Value::Null);
        let telephones = protected.home.json(Method::PUT, COORDONNEES, &asked(DOMINIQUE, "06 98 76 54 32")).await;
        assert_eq!(telephones.statut, 202, "a telephone opens nothing: {}", telephones.text());
        assert_eq!(protected.home.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 202);
        let code = protected.next(&application);
        assert_eq!(take(&mut protected.home, "code", &code).await.statut, 200);
        let changed = protected.home.json(Method::PUT, COORDONNEES, &other).await;
        assert_eq!(changed.statut, 202, "{}", changed.text());
    });
}

#[test]
fn where_there_is_no_second_step_the_password_of_the_form_is_all_that_another_courriel_asks() {
    trial(async |application| {
        let mut home = application.dominique().await;
        grows_old(&application, &mut home).await;
        let other = json!({ "telephone_fixe": "", "telephone_mobile": "06 12 34 56 78", "courriel": "autre@exemple.fr",
            "mot_de_passe_actuel": MOT_DE_PASSE });
        assert_eq!(home.json(Method::PUT, COORDONNEES, &other).await.statut, 202);
    });
}
