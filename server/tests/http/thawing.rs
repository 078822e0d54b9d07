//! A frozen account is opened again by two proofs: what each of them alone does, in the hands of a thief.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use store::Act;
use testbed::{Application, Browser, MOT_DE_PASSE, TestResponse, code_in, operator, trial};

const DOMINIQUE: &str = "dominique@exemple.fr";
const NEW: &str = "Girafe violette du lundi 8";

/// Dominique froze their account; this browser gave its password.
async fn at_the_door(application: &Application) -> Browser {
    let mut home = application.dominique().await;
    assert_eq!(home.json(Method::POST, "/api/profil/gel", &Value::Null).await.statut, StatusCode::NO_CONTENT);
    gives_the_password(application).await
}

async fn gives_the_password(application: &Application) -> Browser {
    let mut browser = application.anonyme();
    browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
    browser
}

async fn gel(browser: &mut Browser) -> Value {
    browser.fetch("/api/degel").await.json()["gel"].clone()
}

async fn ask(browser: &mut Browser) -> TestResponse {
    browser.json(Method::POST, "/api/degel", &Value::Null).await
}

/// The code of the last letter that opens a frozen account again.
async fn code(application: &Application) -> String {
    let letters = application.letters_to(DOMINIQUE).await;
    let letter = letters.iter().find(|letter| letter.subject == "Débloquez votre compte").expect("a letter");
    code_in(&letter.text).expect("a code").to_owned()
}

async fn thaw(browser: &mut Browser, proof: &str, value: &str, mot_de_passe: &str) -> TestResponse {
    let saisie = json!({ proof: value, "mot_de_passe": mot_de_passe });
    browser.json(Method::POST, "/api/degel/confirmation", &saisie).await
}

async fn is_frozen(application: &Application) -> bool {
    application.count("comptes WHERE gele_le IS NOT NULL").await == 1
}

async fn account(application: &Application) -> store::Account {
    let id = application.rows("SELECT id FROM comptes").await.remove(0);
    application.state.store.account(&id).await.expect("a store").expect("an account")
}

async fn printed(application: &Application) -> String {
    let (account, who) = (account(application).await, operator());
    let requests = &application.state.requests;
    let printed = requests.print_code(&account, Act::of(&who).because("vu"), application.state.clock.now()).await;
    printed.expect("a store").expect("a code").code
}

#[test]
fn the_password_then_a_code_and_another_password_open_the_account_again() {
    trial(async |application| {
        let mut browser = at_the_door(&application).await;
        assert_eq!(
            gel(&mut browser).await,
            json!({ "depuis": "2026-11-23T10:00", "par": "profil", "par_courriel": true, "attente": null })
        );
        assert_eq!(gel(&mut application.anonyme()).await, Value::Null, "nobody else is told");
        assert_eq!(ask(&mut browser).await.statut, StatusCode::ACCEPTED);
        let code = code(&application).await;
        assert_eq!(gel(&mut browser).await["attente"]["courriel"], DOMINIQUE);
        let same = thaw(&mut browser, "code", &code, MOT_DE_PASSE).await;
        assert_eq!(same.faute("mot-de-passe"), "mot_de_passe_inchange");
        let mut twin = browser.clone();
        let opened = thaw(&mut browser, "code", &code, NEW).await;
        assert_eq!(opened.statut, StatusCode::OK, "{}", opened.text());
        let (mut thief, mut late) = (twin.clone(), twin.clone());
        assert_eq!(thaw(&mut twin, "code", &code, NEW).await.statut, StatusCode::OK, "an answer that was lost");
        assert_eq!(browser.fetch("/api/droits").await.json()["solde"], "1810.00");
        thaw(&mut late, "code", &code, NEW).await.is_refused_with(410, "lien_perime");
        thaw(&mut thief, "code", &code, "Une autre phrase, longue 9").await.is_refused_with(410, "lien_perime");
        application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.is_refused_with(401, "identifiants_faux");
        assert_eq!(application.anonyme().sign_in(DOMINIQUE, NEW).await.statut, StatusCode::OK);
        let told = application.letters_to(DOMINIQUE).await;
        let told = told.iter().find(|letter| letter.subject == "Votre compte est débloqué").expect("a letter");
        assert!(told.text.contains("/ce-n-etait-pas-moi#"), "{}", told.text);
        assert_eq!(application.count("journal WHERE quoi = 'compte_degele' AND qui = compte").await, 1);
        assert!(application.count("journal WHERE quoi = 'connexion' AND raison = 'degel'").await > 0);
    });
}

#[test]
fn the_password_alone_opens_nothing_however_often_it_is_given() {
    trial(async |application| {
        let mut thief = at_the_door(&application).await;
        assert_eq!(thaw(&mut thief, "code", "000000", NEW).await.faute("code"), "code_faux", "none was sent");
        assert_eq!(ask(&mut thief).await.statut, StatusCode::ACCEPTED);
        let right = code(&application).await;
        let wrong = if right == "123 456" { "123457" } else { "123456" };
        for _ in 0..5 {
            assert_eq!(thaw(&mut thief, "code", wrong, NEW).await.faute("code"), "code_faux");
        }
        assert_eq!(thaw(&mut thief, "code", &right, NEW).await.faute("code"), "code_epuise");
        // The code is that of the browser that asked for it.
        let mut other = gives_the_password(&application).await;
        assert_eq!(thaw(&mut other, "code", &right, NEW).await.faute("code"), "code_faux");
        thaw(&mut application.anonyme(), "code", &right, NEW).await.is_refused_with(410, "lien_perime");
        assert!(is_frozen(&application).await);
    });
}

#[test]
fn the_mailbox_alone_opens_nothing() {
    trial(async |application| {
        at_the_door(&application).await;
        let mut thief = application.anonyme();
        let asked = json!({ "courriel": DOMINIQUE });
        assert_eq!(thief.json(Method::POST, "/api/recuperation", &asked).await.statut, StatusCode::ACCEPTED);
        let letters = application.letters_to(DOMINIQUE).await;
        let letter = letters.iter().find(|letter| letter.subject == "Choisissez un autre mot de passe");
        let code = code_in(&letter.expect("a letter").text).expect("a code").to_owned();
        let new = json!({ "code": code, "mot_de_passe": NEW });
        thief.json(Method::POST, "/api/recuperation/mot-de-passe", &new).await.is_refused_with(403, "compte_gele");
        ask(&mut thief).await.is_refused_with(410, "lien_perime");
        thaw(&mut thief, "code", &code, NEW).await.is_refused_with(410, "lien_perime");
        assert!(is_frozen(&application).await);
    });
}

#[test]
fn a_printed_code_alone_opens_nothing_and_with_the_password_it_does() {
    trial(async |application| {
        let mut browser = at_the_door(&application).await;
        application.as_before_confirmation().await;
        assert_eq!(gel(&mut browser).await["par_courriel"], false, "nobody proved that e-mail");
        ask(&mut browser).await.is_refused_with(410, "lien_perime");
        let code = printed(&application).await;
        let new = json!({ "jeton": code, "mot_de_passe": NEW });
        let mut thief = application.anonyme();
        thief.json(Method::POST, "/api/recuperation/mot-de-passe", &new).await.is_refused_with(403, "compte_gele");
        thaw(&mut thief, "jeton", &code, NEW).await.is_refused_with(410, "lien_perime");
        assert_eq!(thaw(&mut browser, "jeton", "7K2D-Q9XM-04AB-WZ8R", NEW).await.faute("jeton"), "code_faux");
        assert!(is_frozen(&application).await);
        assert_eq!(thaw(&mut browser, "jeton", &code.to_lowercase(), NEW).await.statut, StatusCode::OK);
        assert_eq!(browser.fetch("/api/droits").await.statut, StatusCode::OK);
        assert!(!is_frozen(&application).await);
    });
}

#[test]
fn whoever_took_the_mailbox_over_does_not_undo_what_the_former_one_stopped() {
    trial(async |application| {
        let _home = application.dominique().await;
        assert_eq!(application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
        let letters = application.letters_to(DOMINIQUE).await;
        let link = letters.iter().find_map(|letter| letter.text.split_once("/ce-n-etait-pas-moi#")).expect("a link").1;
        let link = link.lines().next().expect("a token").to_owned();
        let thief = "voleur@exemple.fr";
        application.rows(&format!("UPDATE comptes SET courriel = '{thief}', courriel_cle = '{thief}'")).await;
        let stopped =
            application.anonyme().json(Method::POST, "/api/ce-n-etait-pas-moi", &json!({ "jeton": link })).await;
        assert_eq!(stopped.statut, StatusCode::NO_CONTENT);
        let mut browser = application.anonyme();
        browser.sign_in(thief, MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
        let gel = gel(&mut browser).await;
        assert_eq!((&gel["par"], &gel["par_courriel"]), (&json!("ancienne_adresse"), &json!(false)));
        ask(&mut browser).await.is_refused_with(410, "lien_perime");
        thaw(&mut browser, "code", "123456", NEW).await.is_refused_with(410, "lien_perime");
        assert!(is_frozen(&application).await);
    });
}

#[test]
fn what_an_operator_froze_no_proof_of_its_holder_opens() {
    trial(async |application| {
        let mut browser = at_the_door(&application).await;
        assert_eq!(ask(&mut browser).await.statut, StatusCode::ACCEPTED);
        let code = code(&application).await;
        let (account, now, who) = (account(&application).await, application.state.clock.now(), operator());
        let letter = application.state.letters.write(
            mail::Address(DOMINIQUE),
            &mail::Occasion::AccountFrozen { account: "CPT-0000-0000-0000" },
            now,
        );
        let act = Act::of(&who).because("vu");
        application.state.store.freeze(&account.id, act, &letter, now).await.expect("a freeze");
        thaw(&mut browser, "code", &code, NEW).await.is_refused_with(410, "lien_perime");
        let mut again = gives_the_password(&application).await;
        let gel = gel(&mut again).await;
        assert_eq!((&gel["par"], &gel["par_courriel"]), (&json!("service"), &json!(false)));
        ask(&mut again).await.is_refused_with(410, "lien_perime");
        thaw(&mut again, "code", &code, NEW).await.is_refused_with(403, "compte_gele");
        assert!(is_frozen(&application).await);
    });
}

#[test]
fn an_account_stopped_while_it_is_opened_again_ends_stopped() {
    trial(async |application| {
        for round in 0..3 {
            let _home = application.dominique().await;
            assert_eq!(application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
            let letters = application.letters_to(DOMINIQUE).await;
            let link =
                letters.iter().find_map(|letter| letter.text.split_once("/ce-n-etait-pas-moi#")).expect("a link").1;
            let link = json!({ "jeton": link.lines().next().expect("a token") });
            let mut freezes = application.anonyme();
            assert_eq!(freezes.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
            assert_eq!(freezes.json(Method::POST, "/api/profil/gel", &Value::Null).await.statut, 204);
            let mut browser = gives_the_password(&application).await;
            assert_eq!(ask(&mut browser).await.statut, StatusCode::ACCEPTED);
            let code = code(&application).await;
            let mut stops = application.anonyme();
            let (opened, stopped) = tokio::join!(
                thaw(&mut browser, "code", &code, NEW),
                stops.json(Method::POST, "/api/ce-n-etait-pas-moi", &link)
            );
            assert!(opened.statut.as_u16() < 500, "{}", opened.text());
            assert_eq!(stopped.statut, StatusCode::NO_CONTENT, "{round}");
            assert!(is_frozen(&application).await, "{round}");
            assert_eq!(application.count("sessions").await, 0, "{round}");
            let (known, now, who) = (account(&application).await, application.state.clock.now(), operator());
            let letter = application.state.letters.write(mail::Address(DOMINIQUE), &mail::Occasion::AccountClosed, now);
            let store = &application.state.store;
            store.close_for_its_holder(&known, Act::of(&who).because("vu"), &letter, now).await.expect("a closing");
            application.state.clock.advance(std::time::Duration::from_secs(24 * 3_600));
        }
    });
}
