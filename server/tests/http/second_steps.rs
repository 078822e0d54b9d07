//! What an account asks for besides its password: set, shown once, guessed, lost, removed.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use store::Act;
use testbed::{Application, Browser, MOT_DE_PASSE, TestResponse, operator, shown_by_application, trial};

const DOMINIQUE: &str = "dominique@exemple.fr";
const NEW: &str = "Girafe violette du lundi 8";
const STEP: &str = "/api/connexion/seconde-etape";
const SET: &str = "/api/profil/seconde-etape";

/// Dominique with an application: their browser, its secret, the codes to keep.
pub struct Protected {
    pub home: Browser,
    pub secret: String,
    pub codes: Vec<String>,
}

impl Protected {
    pub async fn new(application: &Application) -> Self {
        let mut home = application.dominique().await;
        let secret = begin(&mut home).await;
        let code = shown(application, &secret);
        let set = home.json(Method::POST, &format!("{SET}/confirmation"), &json!({ "code": code })).await;
        assert_eq!(set.statut, StatusCode::CREATED, "{}", set.text());
        let codes = texts(&set.json()["codes"]);
        Self { home, secret, codes }
    }

    /// The next code of the application: the one before served.
    pub fn next(&self, application: &Application) -> String {
        application.state.clock.advance(Duration::from_secs(30));
        shown(application, &self.secret)
    }
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

async fn begin(home: &mut Browser) -> String {
    let begun = home.json(Method::POST, SET, &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
    assert_eq!(begun.statut, StatusCode::OK, "{}", begun.text());
    begun.json()["secret"].as_str().expect("a secret").to_owned()
}

pub fn shown(application: &Application, secret: &str) -> String {
    shown_by_application(secret, application.state.clock.now())
}

/// A browser that gave the password.
pub async fn at_the_step(application: &Application) -> Browser {
    let mut browser = application.anonyme();
    let asked = browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await;
    assert_eq!(asked.statut, StatusCode::ACCEPTED, "{}", asked.text());
    browser
}

pub async fn take(browser: &mut Browser, champ: &str, code: &str) -> TestResponse {
    browser.json(Method::POST, STEP, &json!({ champ: code })).await
}

async fn is_told(application: &Application, subject: &str) -> bool {
    application.letters_to(DOMINIQUE).await.iter().any(|letter| letter.subject == subject)
}

#[test]
fn an_application_is_asked_for_after_the_password_and_nothing_is_said_of_the_account_before() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        assert_eq!(protected.codes.len(), 10);
        assert!(is_told(&application, "Une seconde étape protège votre compte").await);
        assert_eq!(protected.home.fetch("/api/session").await.json()["niveau"], "seconde_etape", "it was just shown");
        let mut browser = application.anonyme();
        browser.sign_in(DOMINIQUE, "Une autre phrase, longue 9").await.is_refused_with(401, "identifiants_faux");
        assert_eq!(browser.fetch(STEP).await.json(), json!({ "etape": null }));
        let asked = browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await;
        assert_eq!(asked.statut, StatusCode::ACCEPTED);
        let expected = json!({ "methodes": ["application", "code_secours"], "jusqu_a": "2026-11-23T10:10" });
        assert_eq!(asked.json(), expected);
        let cookie = asked.header("set-cookie");
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Max-Age=600"),
            "{cookie}"
        );
        assert_eq!(browser.cookie, None, "no session");
        assert_eq!(browser.fetch("/api/session").await.json()["compte"], Value::Null);
        browser.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        assert_eq!(browser.fetch(STEP).await.json(), json!({ "etape": expected }));
        let opened = take(&mut browser, "code", &protected.next(&application)).await;
        assert_eq!(opened.statut, StatusCode::OK, "{}", opened.text());
        assert_eq!(opened.json()["niveau"], "seconde_etape");
        assert_eq!(browser.fetch("/api/droits").await.json()["solde"], "1810.00");
        assert_eq!(browser.fetch(STEP).await.json(), json!({ "etape": null }), "it has served");
        let asked = "journal WHERE quoi = 'seconde_etape_demandee' AND raison = 'mot_de_passe' AND qui = 'visiteur'";
        assert_eq!(application.count(asked).await, 1);
        assert!(application.count("journal WHERE quoi = 'connexion' AND raison = 'application'").await > 0);
    });
}

#[test]
fn the_export_says_that_a_second_step_is_set_and_nothing_of_its_secret() {
    trial(async |application| {
        let protected = Protected::new(&application).await;
        let mut home = protected.home;
        let export = home.fetch("/api/profil/export").await;
        assert_eq!((&export.json()["entier"], &export.json()["niveau"]), (&json!(false), &json!("seconde_etape")));
        assert_eq!(
            export.json()["seconde_etape"],
            json!({ "posee_le": "2026-11-23T10:00", "codes_restants": "10", "pour_depenser": false })
        );
        assert!(!export.text().contains(&protected.secret.replace(' ', "")), "the secret is nobody's to read again");
    });
}

#[test]
fn a_code_serves_once_wherever_it_is_shown() {
    trial(async |application| {
        let protected = Protected::new(&application).await;
        let (mut one, mut other) = (at_the_step(&application).await, at_the_step(&application).await);
        let first = shown(&application, &protected.secret);
        assert_eq!(
            take(&mut one, "code", &first).await.faute("code-application"),
            "code_deja_servi",
            "it set the second step"
        );
        let code = protected.next(&application);
        assert_eq!(take(&mut one, "code", &code).await.statut, StatusCode::OK);
        assert_eq!(take(&mut other, "code", &code).await.faute("code-application"), "code_deja_servi");
        assert_eq!(
            take(&mut other, "code", &first).await.faute("code-application"),
            "code_deja_servi",
            "nor one of before"
        );
        assert_eq!(take(&mut other, "code", &protected.next(&application)).await.statut, StatusCode::OK);
    });
}

#[test]
fn of_two_who_show_one_code_at_once_one_comes_in() {
    trial(async |application| {
        let protected = Protected::new(&application).await;
        for (champ, code) in [("code", protected.next(&application)), ("code_secours", protected.codes[0].clone())] {
            let (mut one, mut other) = (at_the_step(&application).await, at_the_step(&application).await);
            let answers = tokio::join!(take(&mut one, champ, &code), take(&mut other, champ, &code));
            let mut statuts = [answers.0.statut.as_u16(), answers.1.statut.as_u16()];
            statuts.sort_unstable();
            assert_eq!(statuts, [200, 422], "{champ}");
        }
    });
}

#[test]
fn five_wrong_codes_end_a_sign_in_and_the_holder_is_told_that_their_password_is_known() {
    trial(async |application| {
        let protected = Protected::new(&application).await;
        let mut thief = at_the_step(&application).await;
        let right = protected.next(&application);
        let wrong = if right == "123456" { "654321" } else { "123456" };
        for _ in 0..4 {
            assert_eq!(take(&mut thief, "code", wrong).await.faute("code-application"), "code_faux");
        }
        assert!(!is_told(&application, "Quelqu’un connaît votre mot de passe").await);
        assert_eq!(take(&mut thief, "code_secours", "0000-0000-0000").await.faute("code-secours"), "code_faux");
        assert!(is_told(&application, "Quelqu’un connaît votre mot de passe").await);
        take(&mut thief, "code", &right).await.is_refused_with(410, "lien_perime");
        assert_eq!(application.count("journal WHERE quoi = 'seconde_etape_refusee' AND qui = 'visiteur'").await, 5);
        assert_eq!(application.count("journal WHERE quoi = 'code_refuse'").await, 0, "each is kept once");
        // The password given again gives no more tries than the account allows from everywhere.
        let mut again = at_the_step(&application).await;
        for _ in 0..4 {
            assert_eq!(take(&mut again, "code", wrong).await.faute("code-application"), "code_faux");
        }
        take(&mut again, "code", &right).await.is_refused_with(429, "trop_de_tentatives");
        application.state.clock.advance(Duration::from_secs(16 * 60));
        let mut holder = at_the_step(&application).await;
        assert_eq!(take(&mut holder, "code", &shown(&application, &protected.secret)).await.statut, StatusCode::OK);
    });
}

#[test]
fn a_step_lasts_ten_minutes_and_is_that_of_the_browser_that_gave_the_password() {
    trial(async |application| {
        let protected = Protected::new(&application).await;
        let code = protected.next(&application);
        take(&mut application.anonyme(), "code", &code).await.is_refused_with(410, "lien_perime");
        // Its cookie opens nothing by itself, and is no session.
        let mut browser = at_the_step(&application).await;
        let mut thief = application.anonyme();
        thief.cookie = browser.waiting.get("acquis-etape").map(|secret| format!("acquis={secret}"));
        assert_eq!(thief.fetch("/api/session").await.json()["compte"], Value::Null);
        // Once its holder came in, a copy of it is worth nothing.
        let mut copy = browser.clone();
        assert_eq!(take(&mut browser, "code", &code).await.statut, StatusCode::OK);
        take(&mut copy, "code", &protected.next(&application)).await.is_refused_with(410, "lien_perime");
        let mut late = at_the_step(&application).await;
        application.state.clock.advance(Duration::from_secs(601));
        take(&mut late, "code", &shown(&application, &protected.secret)).await.is_refused_with(410, "lien_perime");
    });
}

#[test]
fn a_code_that_was_kept_serves_once_in_the_place_of_the_application() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let mut browser = at_the_step(&application).await;
        let code = protected.codes[3].to_lowercase().replace('-', " ");
        assert_eq!(take(&mut browser, "code_secours", &code).await.statut, StatusCode::OK);
        let letters = application.letters_to(DOMINIQUE).await;
        let letter = letters.iter().find(|letter| letter.subject == "Un code de secours a servi").expect("a letter");
        assert!(
            letter.text.contains("Il en reste 9") && letter.text.contains("/ce-n-etait-pas-moi#"),
            "{}",
            letter.text
        );
        assert_eq!(browser.fetch(SET).await.json()["codes_restants"], "9");
        let mut again = at_the_step(&application).await;
        assert_eq!(take(&mut again, "code_secours", &code).await.faute("code-secours"), "code_deja_servi");
        // Renewed: those of before serve no more.
        let proof = json!({ "code": protected.next(&application) });
        let renewed = protected.home.json(Method::POST, &format!("{SET}/codes-secours"), &proof).await;
        assert_eq!(renewed.statut, StatusCode::OK, "{}", renewed.text());
        let mut again = at_the_step(&application).await;
        assert_eq!(take(&mut again, "code_secours", &protected.codes[4]).await.faute("code-secours"), "code_faux");
        assert_eq!(take(&mut again, "code_secours", &texts(&renewed.json()["codes"])[0]).await.statut, StatusCode::OK);
        assert!(application.count("journal WHERE quoi = 'connexion' AND raison = 'code_secours'").await > 0);
    });
}

#[test]
fn setting_it_takes_the_password_and_a_right_code_ends_the_other_sessions_and_changes_the_secret_of_this_one() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut elsewhere = application.anonyme();
        assert_eq!(elsewhere.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
        let wrong = home.json(Method::POST, SET, &json!({ "mot_de_passe": "Une autre phrase, longue 9" })).await;
        assert_eq!(wrong.faute("mot-de-passe-actuel"), "mot_de_passe_faux");
        let confirmation = format!("{SET}/confirmation");
        let none = home.json(Method::POST, &confirmation, &json!({ "code": "123456" })).await;
        none.is_refused_with(410, "lien_perime");
        let secret = begin(&mut home).await;
        let right = shown(&application, &secret);
        let other = if right == "123456" { "654321" } else { "123456" };
        let refused = home.json(Method::POST, &confirmation, &json!({ "code": other })).await;
        assert_eq!(refused.faute("code-application"), "code_faux");
        assert_eq!(home.fetch(SET).await.json()["posee_le"], Value::Null, "nothing is asked before it works");
        assert_eq!(application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
        // Another session of the account cannot finish what this one began.
        elsewhere
            .json(Method::POST, &confirmation, &json!({ "code": right }))
            .await
            .is_refused_with(410, "lien_perime");
        let former = home.clone();
        let set = home.json(Method::POST, &confirmation, &json!({ "code": right })).await;
        assert_eq!(set.statut, StatusCode::CREATED, "{}", set.text());
        assert_ne!(home.cookie, former.cookie, "whoever knew the former secret is out");
        for mut gone in [former, elsewhere] {
            gone.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        }
        let set = json!({ "posee_le": "2026-11-23T10:00", "codes_restants": "10", "pour_depenser": false });
        assert_eq!(home.fetch(SET).await.json(), set);
        assert_eq!(application.count("codes_secours WHERE length(empreinte) = 64").await, 10, "kept as keyed hashes");
        assert_eq!(application.count(&format!("secondes_etapes WHERE secret LIKE '%{}%'", &secret[..4])).await, 0);
    });
}

#[test]
fn another_application_takes_its_place_for_whoever_shows_the_first_and_not_for_the_password() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let again = protected.home.json(Method::POST, SET, &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
        again.is_refused_with(410, "lien_perime");
        let replacement = format!("{SET}/remplacement");
        let wrong = protected.home.json(Method::POST, &replacement, &json!({ "code": "000000" })).await;
        assert_eq!(wrong.faute("code-application"), "code_faux");
        let nothing_began = json!({ "code": "123456" });
        let confirmation = format!("{SET}/confirmation");
        protected.home.json(Method::POST, &confirmation, &nothing_began).await.is_refused_with(410, "lien_perime");
        let code = protected.next(&application);
        let begun = protected.home.json(Method::POST, &replacement, &json!({ "code": code })).await;
        assert_eq!(begun.statut, StatusCode::OK, "{}", begun.text());
        let other = begun.json()["secret"].as_str().expect("a secret").to_owned();
        assert_ne!(other, protected.secret);
        // The first goes on until a code of the other.
        let code = protected.next(&application);
        assert_eq!(take(&mut at_the_step(&application).await, "code", &code).await.statut, StatusCode::OK);
        let code = json!({ "code": shown(&application, &other) });
        assert_eq!(protected.home.json(Method::POST, &confirmation, &code).await.statut, StatusCode::CREATED);
        application.state.clock.advance(Duration::from_secs(30));
        let late = shown(&application, &protected.secret);
        let refused = take(&mut at_the_step(&application).await, "code", &late).await;
        assert_eq!(refused.faute("code-application"), "code_faux");
        let code = shown(&application, &other);
        assert_eq!(take(&mut at_the_step(&application).await, "code", &code).await.statut, StatusCode::OK);
    });
}

#[test]
fn a_code_that_was_kept_puts_another_application_in_the_place_of_one_that_is_lost() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let replacement = format!("{SET}/remplacement");
        let kept = json!({ "code_secours": protected.codes[0] });
        assert_eq!(protected.home.json(Method::POST, &replacement, &kept).await.statut, StatusCode::OK);
        let served = protected.home.json(Method::POST, &replacement, &kept).await;
        assert_eq!(served.faute("code-secours"), "code_deja_servi");
        // An account that asks for nothing has nothing to replace.
        let mut renaud = application.renaud().await;
        renaud.json(Method::POST, &replacement, &json!({ "code": "123456" })).await.is_refused_with(410, "lien_perime");
    });
}

#[test]
fn it_is_removed_by_what_it_asks_for_and_by_nothing_else() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let wrong = protected.home.json(Method::DELETE, SET, &json!({ "code": "000000" })).await;
        assert_eq!(wrong.faute("code-application"), "code_faux");
        let proof = json!({ "code_secours": protected.codes[0] });
        assert_eq!(protected.home.json(Method::DELETE, SET, &proof).await.statut, StatusCode::NO_CONTENT);
        assert!(is_told(&application, "La seconde étape est retirée de votre compte").await);
        assert_eq!(application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
        assert_eq!(application.count("codes_secours").await + application.count("secondes_etapes").await, 0);
        protected.home.json(Method::DELETE, SET, &proof).await.is_refused_with(410, "lien_perime");
    });
}

#[test]
fn a_password_that_was_lost_and_found_again_does_not_lift_it_and_an_operator_who_saw_a_proof_does() {
    trial(async |application| {
        let protected = Protected::new(&application).await;
        application.state.clock.advance(Duration::from_secs(60));
        let mut browser = application.anonyme();
        browser.key = "recuperation-0123456789".into();
        let asked = browser.json(Method::POST, "/api/recuperation", &json!({ "courriel": DOMINIQUE })).await;
        assert_eq!(asked.statut, StatusCode::ACCEPTED);
        let code = application.code_titled(DOMINIQUE, "Choisissez un autre mot de passe").await.expect("a code");
        let saisie = json!({ "code": code, "mot_de_passe": NEW });
        let renewed = browser.json(Method::POST, "/api/recuperation/mot-de-passe", &saisie).await;
        assert_eq!(renewed.statut, StatusCode::ACCEPTED, "{}", renewed.text());
        assert_eq!((renewed.json()["titulaire"].clone(), browser.cookie.clone()), (Value::Null, None));
        let mut lost = browser.clone();
        assert_eq!(take(&mut browser, "code", &protected.next(&application)).await.statut, StatusCode::OK);
        // Sent again, it connects no further than before.
        let again = lost.json(Method::POST, "/api/recuperation/mot-de-passe", &saisie).await;
        assert!([202, 410].contains(&again.statut.as_u16()) && lost.cookie.is_none(), "{}", again.text());
        let id = application.rows("SELECT id FROM comptes").await.remove(0);
        let account = application.state.store.account(&id).await.expect("a store").expect("an account");
        let (who, now) = (operator(), application.state.clock.now());
        let letter = application.state.letters.write_about(
            &id,
            mail::Address(DOMINIQUE),
            &mail::Occasion::SecondStep(mail::SecondStepNews::Lifted),
            now,
        );
        let store = &application.state.store;
        let lifted = store.lift_second_step(&account, Act::of(&who).because("carte vue"), &letter, now).await;
        assert_eq!(lifted.expect("a store"), store::Acted::Done);
        assert_eq!(application.anonyme().sign_in(DOMINIQUE, NEW).await.statut, StatusCode::OK);
        assert_eq!(application.count("journal WHERE quoi = 'seconde_etape_levee' AND raison = 'carte vue'").await, 1);
    });
}

#[test]
fn a_frozen_account_asks_for_it_as_well_once_it_is_open_again() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let mut waiting = at_the_step(&application).await;
        assert_eq!(
            protected.home.json(Method::POST, "/api/profil/gel", &Value::Null).await.statut,
            StatusCode::NO_CONTENT
        );
        let code = protected.next(&application);
        take(&mut waiting, "code", &code).await.is_refused_with(410, "lien_perime");
        let mut browser = application.anonyme();
        browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
        assert_eq!(browser.json(Method::POST, "/api/degel", &Value::Null).await.statut, StatusCode::ACCEPTED);
        let letter = application.code_titled(DOMINIQUE, "Débloquez votre compte").await.expect("a code");
        let saisie = json!({ "code": letter, "mot_de_passe": NEW });
        let thawed = browser.json(Method::POST, "/api/degel/confirmation", &saisie).await;
        assert_eq!(thawed.statut, StatusCode::ACCEPTED, "{}", thawed.text());
        assert_eq!(browser.cookie, None);
        assert_eq!(take(&mut browser, "code", &code).await.statut, StatusCode::OK);
    });
}

#[test]
fn another_password_ends_a_sign_in_that_waits_and_a_closed_account_leaves_nothing() {
    trial(async |application| {
        let mut protected = Protected::new(&application).await;
        let mut thief = at_the_step(&application).await;
        let code = protected.next(&application);
        let change = json!({ "actuel": MOT_DE_PASSE, "nouveau": NEW, "code": code });
        assert_eq!(
            protected.home.json(Method::PUT, "/api/profil/mot-de-passe", &change).await.statut,
            StatusCode::NO_CONTENT
        );
        take(&mut thief, "code", &protected.next(&application)).await.is_refused_with(410, "lien_perime");
        let closing = json!({ "mot_de_passe": NEW, "code": protected.next(&application) });
        let closed = protected.home.json(Method::DELETE, "/api/profil", &closing).await;
        assert_eq!(closed.statut, StatusCode::NO_CONTENT, "{}", closed.text());
        for table in ["codes_secours", "secondes_etapes", "demandes WHERE usage = 'connexion'"] {
            assert_eq!(application.count(table).await, 0, "{table}");
        }
    });
}

#[test]
fn somebody_who_never_proved_their_mailbox_is_no_surer_by_an_application_of_theirs() {
    trial(async |application| {
        let mut home = application.dominique().await;
        application.as_before_confirmation().await;
        let secret = begin(&mut home).await;
        let code = json!({ "code": shown(&application, &secret) });
        assert_eq!(home.json(Method::POST, &format!("{SET}/confirmation"), &code).await.statut, StatusCode::CREATED);
        assert_eq!(home.fetch("/api/session").await.json()["niveau"], "declare");
        assert_eq!(home.fetch("/api/profil/export").await.json()["entier"], false);
    });
}
