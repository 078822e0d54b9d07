//! What is written to the holder of an account, and where it is read when nothing is sent.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;
use testbed::{Application, MOT_DE_PASSE, TestResponse, dominique, maelle, trial, trial_with};

/// The mailboxes and subjects of what was written so far, the last first.
async fn written(application: &Application) -> Vec<(String, String)> {
    application.notices().await.into_iter().map(|letter| (letter.to, letter.subject)).collect()
}

fn to_dominique(subject: &str) -> (String, String) {
    ("dominique@exemple.fr".to_owned(), subject.to_owned())
}

#[test]
fn opening_an_account_and_signing_in_again_with_its_browser_write_nothing() {
    trial(async |application| {
        let mut browser = application.anonyme();
        browser.sign_up(&dominique()).await;
        let code = application.code_for("dominique@exemple.fr").await;
        let opened = browser.confirm(&code).await;
        assert_eq!(opened.statut, StatusCode::CREATED);
        let given = opened.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
        let known =
            given.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.starts_with("acquis-connu="));
        browser.cookie = known.map(str::to_owned);
        assert_eq!(browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert!(written(&application).await.is_empty());
    });
}

#[test]
fn a_browser_that_the_account_does_not_know_is_told_to_its_holder() {
    trial(async |application| {
        application.dominique().await;
        application.anonyme().sign_in("dominique@exemple.fr", "faux").await.is_refused_with(401, "identifiants_faux");
        assert!(written(&application).await.is_empty(), "who is not let in is nobody's news");
        assert_eq!(application.anonyme().sign_in("Dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let letters = application.notices().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, "dominique@exemple.fr");
        assert!(letters[0].text.contains("le 23 novembre 2026 à 10 h 00"), "{}", letters[0].text);
    });
}

#[test]
fn nobody_is_flooded_with_letters_of_one_kind() {
    trial(async |application| {
        application.dominique().await;
        for _ in 0..9 {
            let courriel = "DOMINIQUE@exemple.fr";
            assert_eq!(application.anonyme().sign_in(courriel, MOT_DE_PASSE).await.statut, 200);
        }
        assert_eq!(application.notices().await.len(), 5);
        application.state.clock.advance(std::time::Duration::from_secs(24 * 3_600 + 1));
        assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert_eq!(application.notices().await.len(), 6, "the next day");
    });
}

#[test]
fn each_sensitive_change_is_told_to_the_address_that_the_account_had() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut change = async |telephone: &str, courriel: &str| {
            let saisie = json!({ "telephone_fixe": "", "telephone_mobile": telephone, "courriel": courriel,
                                 "mot_de_passe_actuel": MOT_DE_PASSE });
            application.change_coordonnees(&mut dominique, &saisie).await.statut
        };
        assert_eq!(change("0745678901", "dominique@exemple.fr").await, StatusCode::OK);
        assert_eq!(written(&application).await, [to_dominique("Vos numéros de téléphone ont changé")]);
        application.state.clock.advance(std::time::Duration::from_secs(60));
        assert_eq!(change("0745678901", "neuf@exemple.fr").await, StatusCode::OK);
        assert_eq!(written(&application).await[0], to_dominique("L’adresse de votre compte a changé"));
        application.state.clock.advance(std::time::Duration::from_secs(60));
        let passwords = json!({ "actuel": MOT_DE_PASSE, "nouveau": "Girafe violette du lundi 8" });
        assert_eq!(dominique.json(Method::PUT, "/api/profil/mot-de-passe", &passwords).await.statut, 204);
        let new = ("neuf@exemple.fr".to_owned(), "Votre mot de passe a changé".to_owned());
        assert_eq!(written(&application).await[0], new, "the address that the account has by now");
        application.state.clock.advance(std::time::Duration::from_secs(60));
        let closing = json!({ "mot_de_passe": "Girafe violette du lundi 8" });
        assert_eq!(dominique.json(Method::DELETE, "/api/profil", &closing).await.statut, 204);
        let closed = ("neuf@exemple.fr".to_owned(), "Votre compte est fermé".to_owned());
        assert_eq!(written(&application).await[0], closed);
        assert_eq!(application.count("courriers").await, 8, "with those that proved a mailbox");
    });
}

#[test]
fn what_is_refused_is_not_told() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut other = application.anonyme();
        other.key = "maelle-0123456789".into();
        application.register(&mut other, &maelle()).await;
        let saisie = json!({ "telephone_fixe": "", "telephone_mobile": "0745678901", "courriel": "neuf@exemple.fr",
                             "mot_de_passe_actuel": MOT_DE_PASSE });
        assert_eq!(dominique.json(Method::PUT, "/api/profil/coordonnees", &saisie).await.statut, StatusCode::ACCEPTED);
        application.examine().await;
        let wrong = json!({ "code_actuel": "000000", "code_nouveau": "000000" });
        let refused = dominique.json(Method::POST, "/api/profil/coordonnees/confirmation", &wrong).await;
        refused.is_refused_with(422, "saisie");
        let passwords = json!({ "actuel": "faux", "nouveau": "Girafe violette du lundi 8" });
        dominique.json(Method::PUT, "/api/profil/mot-de-passe", &passwords).await.is_refused_with(422, "saisie");
        dominique
            .json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": "faux" }))
            .await
            .is_refused_with(422, "saisie");
        assert!(written(&application).await.is_empty());
    });
}

#[test]
fn a_letter_is_readable_nowhere_in_the_database() {
    trial(async |application| {
        application.dominique().await;
        application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        assert_eq!(application.count("courriers").await, 2);
        assert_eq!(
            application.count("courriers WHERE lettre LIKE '%dominique%' OR lettre LIKE '%connexion%'").await,
            0
        );
    });
}

async fn mailbox(application: &Application, host: &str) -> TestResponse {
    let mut browser = application.anonyme();
    let request = browser.request(Method::GET, "/boite").header("host", host).body(Body::empty()).expect("a request");
    browser.send(request).await
}

#[test]
fn letters_that_stay_are_read_on_the_machine_itself_and_there_alone() {
    trial(async |application| {
        application.dominique().await;
        application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        application.letters().await;
        let shown = mailbox(&application, "localhost:8087").await;
        assert_eq!(shown.statut, 200);
        assert!(shown.text().contains("Nouvelle connexion à votre compte"));
        assert!(!shown.header("content-security-policy").contains("script-src"));
        assert_eq!(shown.header("cache-control"), "no-store");
        let elsewhere = mailbox(&application, "acquis.example").await;
        assert_eq!(elsewhere.statut, 404);
        assert!(!elsewhere.text().contains("Nouvelle connexion"));
    });
    for open in [true, false] {
        trial_with(
            move |settings| {
                if open {
                    settings.listen = "0.0.0.0:8087".parse().expect("an address");
                } else {
                    settings.letters_stay = false;
                }
            },
            async |application| assert_eq!(mailbox(&application, "localhost:8087").await.statut, 404),
        );
    }
}
