//! What is known of the holder: seen, changed, erased.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testbed::{Application, Browser, MOT_DE_PASSE, camille, maelle, trial, trial_with, with};

async fn elsewhere(application: &Application) -> Browser {
    let mut browser = application.anonyme();
    assert_eq!(browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
    browser
}

#[test]
fn the_profile_says_what_is_known_and_masks_the_nir() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let response = dominique.fetch("/api/profil").await;
        let profil = response.json();
        assert_eq!(profil["date_naissance"], "28/03/1979");
        assert_eq!(profil["telephone_mobile"], "+33612345678");
        assert_eq!(profil["telephone_fixe"], Value::Null);
        assert_eq!(profil["connu_des_employeurs"], true);
        assert_eq!(profil["ouvert_le"], "2026-11-23");
        assert!(profil["nir_masque"].as_str().is_some_and(|nir| nir.starts_with('2') && nir.contains('•')));
        assert!(!response.text().contains("51215"));
        let account = application.rows("SELECT id FROM comptes").await.remove(0);
        let read_out = store::account_prefix(profil["reference"].as_str().expect("a reference")).expect("one of ours");
        assert!(account.starts_with(&read_out));
    });
}

#[test]
fn telephones_and_e_mail_change_together() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let saisie = json!({ "telephone_fixe": "0262 12 34 56", "telephone_mobile": "", "courriel": "Neuf@exemple.fr",
                    "mot_de_passe_actuel": MOT_DE_PASSE });
        let response = application.change_coordonnees(&mut dominique, &saisie).await;
        assert_eq!(response.statut, StatusCode::OK, "{}", response.text());
        assert_eq!(response.json()["telephone_fixe"], "+262262123456");
        assert_eq!(response.json()["telephone_mobile"], Value::Null);
        assert_eq!(response.json()["courriel"], "Neuf@exemple.fr");
        assert_eq!(application.anonyme().sign_in("neuf@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let empty = json!({ "telephone_fixe": "", "telephone_mobile": "", "courriel": "neuf@exemple.fr" });
        let refusal = dominique.json(Method::PUT, "/api/profil/coordonnees", &empty).await;
        refusal.is_refused_with(422, "saisie");
        assert_eq!(refusal.faute("telephone-fixe"), "telephone_manquant");
    });
}

#[test]
fn a_new_password_needs_the_old_one_and_ends_the_other_connections() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut tablet = elsewhere(&application).await;
        let change = |current: &str, new: &str| json!({ "actuel": current, "nouveau": new });
        let new = "Girafe violette du lundi 8";
        let wrong = dominique.json(Method::PUT, "/api/profil/mot-de-passe", &change("faux", new)).await;
        wrong.is_refused_with(422, "saisie");
        assert_eq!(wrong.faute("mot-de-passe-actuel"), "mot_de_passe_faux");
        let present =
            dominique.json(Method::PUT, "/api/profil/mot-de-passe", &change(MOT_DE_PASSE, "Motdepasse2026!")).await;
        assert_eq!(present.faute("mot-de-passe"), json!({ "mot_de_passe": "courant" }));
        let response = dominique.json(Method::PUT, "/api/profil/mot-de-passe", &change(MOT_DE_PASSE, new)).await;
        assert_eq!(response.statut, StatusCode::NO_CONTENT, "{}", response.text());
        assert_eq!(dominique.fetch("/api/droits").await.statut, 200);
        tablet.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        application
            .anonyme()
            .sign_in("dominique@exemple.fr", MOT_DE_PASSE)
            .await
            .is_refused_with(401, "identifiants_faux");
        assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", new).await.statut, 200);
    });
}

#[test]
fn guessing_the_password_from_an_open_session_makes_wait_too() {
    trial_with(
        |s| s.attempts_by_account = 2,
        async |application| {
            let mut dominique = application.dominique().await;
            let wrong = json!({ "mot_de_passe": "faux" });
            for _ in 0..2 {
                dominique.json(Method::DELETE, "/api/profil", &wrong).await.is_refused_with(422, "saisie");
            }
            dominique.json(Method::DELETE, "/api/profil", &wrong).await.is_refused_with(429, "trop_de_tentatives");
        },
    );
}

#[test]
fn connections_are_listed_the_present_one_first_and_the_others_can_be_ended() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.state.clock.advance(std::time::Duration::from_secs(300));
        let mut tablet = elsewhere(&application).await;
        let connexions = dominique.fetch("/api/profil/connexions").await.json()["connexions"].clone();
        assert_eq!(connexions.as_array().map(Vec::len), Some(2));
        assert_eq!(connexions[0]["actuelle"], true);
        assert_eq!(connexions[0]["ouverte_le"], "2026-11-23T10:00");
        assert_eq!(connexions[1]["ouverte_le"], "2026-11-23T10:05");
        let response = dominique.json(Method::DELETE, "/api/profil/connexions", &json!({})).await;
        assert_eq!(response.statut, StatusCode::NO_CONTENT);
        tablet.fetch("/api/profil").await.is_refused_with(401, "session_requise");
        assert_eq!(dominique.fetch("/api/profil").await.statut, 200);
    });
}

#[test]
fn closing_erases_the_account_and_keeps_what_the_employers_said() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(dominique.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let yes = json!({ "confirmation": true });
        assert_eq!(dominique.json(Method::POST, "/api/sous-niveau-3", &yes).await.statut, 200);
        let people = application.count("personnes").await;
        let wrong = dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": "faux" })).await;
        assert_eq!(wrong.faute("mot-de-passe-actuel"), "mot_de_passe_faux");
        let response = dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
        assert_eq!(response.statut, StatusCode::NO_CONTENT, "{}", response.text());
        assert!(response.header("set-cookie").contains("Max-Age=0"));
        for table in [
            "comptes",
            "sessions",
            "pieces",
            "declarations_dif",
            "declarations_sous_niveau_3",
            "contestations",
            "suites_contestations",
            "cles_idempotence",
        ] {
            assert_eq!(application.count(table).await, 0, "{table}");
        }
        assert_eq!(application.piece_files(), 0);
        assert_eq!(application.count("personnes").await, people);
        application
            .anonyme()
            .sign_in("dominique@exemple.fr", MOT_DE_PASSE)
            .await
            .is_refused_with(401, "identifiants_faux");
    });
}

#[test]
fn closing_forgets_a_person_whom_only_the_account_made_known() {
    trial(async |application| {
        let people = application.count("personnes").await;
        let mut camille = application.recorded(camille()).await;
        assert_eq!(application.count("personnes").await, people + 1);
        let closing = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(camille.json(Method::DELETE, "/api/profil", &closing).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(application.count("personnes").await, people);
    });
}

#[test]
fn nobody_sees_the_account_of_another() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(dominique.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let mut maelle_ = application.anonyme();
        maelle_.key = "maelle-0123456789".into();
        application.register(&mut maelle_, &with(maelle(), "telephone_fixe", "0123456789")).await;
        assert_eq!(maelle_.fetch("/api/dif").await.json()["declarations"], json!([]));
        assert!(dominique.fetch("/api/profil/export").await.text().contains("Dominique"));
        assert!(!maelle_.fetch("/api/profil/export").await.text().contains("Dominique"));
        // The same key under another account is another key.
        maelle_.key.clone_from(&dominique.key);
        assert_eq!(maelle_.declare(&[("heures", "3")], Some(b"%PDF-1.7")).await.statut, 201);
        assert_eq!(dominique.fetch("/api/dif").await.json()["heures"], "12");
    });
}
