//! What is known of the holder: seen, changed, exported, erased.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testbed::{Application, MOT_DE_PASSE, Navigateur, avec, camille, essai, essai_avec, maelle, renaud};

async fn ailleurs(application: &Application) -> Navigateur {
    let mut navigateur = application.anonyme();
    assert_eq!(navigateur.connecter("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
    navigateur
}

#[test]
fn the_profile_says_what_is_known_and_masks_the_nir() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let reponse = dominique.lire("/api/profil").await;
        let profil = reponse.json();
        assert_eq!(profil["date_naissance"], "28/03/1979");
        assert_eq!(profil["telephone_mobile"], "+33612345678");
        assert_eq!(profil["telephone_fixe"], Value::Null);
        assert_eq!(profil["connu_des_employeurs"], true);
        assert_eq!(profil["ouvert_le"], "2026-11-23");
        assert!(profil["nir_masque"].as_str().is_some_and(|nir| nir.starts_with('2') && nir.contains('•')));
        assert!(!reponse.texte().contains("51215"));
    });
}

#[test]
fn telephones_and_e_mail_change_together() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let saisie = json!({ "telephone_fixe": "0262 12 34 56", "telephone_mobile": "", "courriel": "Neuf@exemple.fr",
                    "mot_de_passe_actuel": MOT_DE_PASSE });
        let reponse = dominique.json(Method::PUT, "/api/profil/coordonnees", &saisie).await;
        assert_eq!(reponse.statut, StatusCode::OK, "{}", reponse.texte());
        assert_eq!(reponse.json()["telephone_fixe"], "+262262123456");
        assert_eq!(reponse.json()["telephone_mobile"], Value::Null);
        assert_eq!(reponse.json()["courriel"], "Neuf@exemple.fr");
        assert_eq!(application.anonyme().connecter("neuf@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let vide = json!({ "telephone_fixe": "", "telephone_mobile": "", "courriel": "neuf@exemple.fr" });
        let refus = dominique.json(Method::PUT, "/api/profil/coordonnees", &vide).await;
        refus.est_un_refus(422, "saisie");
        assert_eq!(refus.faute("telephone-fixe"), "telephone_manquant");
    });
}

#[test]
fn the_e_mail_changes_with_the_password_only_and_ends_the_other_connections() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let ancien = dominique.lire("/api/profil").await.json()["courriel"].as_str().unwrap_or_default().to_owned();
        let mut ailleurs = application.anonyme();
        assert_eq!(ailleurs.connecter(&ancien, MOT_DE_PASSE).await.statut, 200);
        for (secret, faute) in [("", "mot_de_passe_manquant"), ("pas celui-la", "mot_de_passe_faux")] {
            let saisie = json!({ "telephone_fixe": "", "telephone_mobile": "0612345678", "courriel": "neuf@exemple.fr",
                                 "mot_de_passe_actuel": secret });
            let refus = dominique.json(Method::PUT, "/api/profil/coordonnees", &saisie).await;
            refus.est_un_refus(422, "saisie");
            assert_eq!(refus.faute("mot-de-passe-actuel"), faute);
        }
        // A telephone asks nothing more.
        let telephone = json!({ "telephone_fixe": "", "telephone_mobile": "0745678901", "courriel": ancien });
        assert_eq!(dominique.json(Method::PUT, "/api/profil/coordonnees", &telephone).await.statut, StatusCode::OK);
        assert_eq!(ailleurs.lire("/api/profil").await.statut, StatusCode::OK);
        let saisie = json!({ "telephone_fixe": "", "telephone_mobile": "0745678901", "courriel": "neuf@exemple.fr",
                             "mot_de_passe_actuel": MOT_DE_PASSE });
        assert_eq!(dominique.json(Method::PUT, "/api/profil/coordonnees", &saisie).await.statut, StatusCode::OK);
        ailleurs.lire("/api/profil").await.est_un_refus(401, "session_requise");
        assert_eq!(dominique.lire("/api/profil").await.statut, StatusCode::OK);
    });
}

#[test]
fn an_e_mail_that_another_account_uses_is_refused_and_nothing_changes() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let mut autre = application.anonyme();
        autre.cle = "renaud-0123456789".into();
        assert_eq!(autre.inscrire(&renaud()).await.statut, 201);
        let saisie = json!({ "telephone_fixe": "", "telephone_mobile": "0745678901", "courriel": "RENAUD@exemple.fr",
                             "mot_de_passe_actuel": MOT_DE_PASSE });
        dominique.json(Method::PUT, "/api/profil/coordonnees", &saisie).await.est_un_refus(409, "courriel_pris");
        assert_eq!(dominique.lire("/api/profil").await.json()["telephone_mobile"], "+33612345678");
    });
}

#[test]
fn a_new_password_needs_the_old_one_and_ends_the_other_connections() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let mut tablette = ailleurs(&application).await;
        let changer = |actuel: &str, nouveau: &str| json!({ "actuel": actuel, "nouveau": nouveau });
        let nouveau = "Girafe violette du lundi 8";
        let faux = dominique.json(Method::PUT, "/api/profil/mot-de-passe", &changer("faux", nouveau)).await;
        faux.est_un_refus(422, "saisie");
        assert_eq!(faux.faute("mot-de-passe-actuel"), "mot_de_passe_faux");
        let courant =
            dominique.json(Method::PUT, "/api/profil/mot-de-passe", &changer(MOT_DE_PASSE, "Motdepasse2026!")).await;
        assert_eq!(courant.faute("mot-de-passe"), json!({ "mot_de_passe": "courant" }));
        let reponse = dominique.json(Method::PUT, "/api/profil/mot-de-passe", &changer(MOT_DE_PASSE, nouveau)).await;
        assert_eq!(reponse.statut, StatusCode::NO_CONTENT, "{}", reponse.texte());
        assert_eq!(dominique.lire("/api/droits").await.statut, 200);
        tablette.lire("/api/droits").await.est_un_refus(401, "session_requise");
        application
            .anonyme()
            .connecter("dominique@exemple.fr", MOT_DE_PASSE)
            .await
            .est_un_refus(401, "identifiants_faux");
        assert_eq!(application.anonyme().connecter("dominique@exemple.fr", nouveau).await.statut, 200);
    });
}

#[test]
fn guessing_the_password_from_an_open_session_makes_wait_too() {
    essai_avec(
        |s| s.attempts_by_account = 2,
        async |application| {
            let mut dominique = application.dominique().await;
            let faux = json!({ "mot_de_passe": "faux" });
            for _ in 0..2 {
                dominique.json(Method::DELETE, "/api/profil", &faux).await.est_un_refus(422, "saisie");
            }
            dominique.json(Method::DELETE, "/api/profil", &faux).await.est_un_refus(429, "trop_de_tentatives");
        },
    );
}

#[test]
fn connections_are_listed_the_present_one_first_and_the_others_can_be_ended() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        application.etat.clock.avancer(std::time::Duration::from_secs(300));
        let mut tablette = ailleurs(&application).await;
        let connexions = dominique.lire("/api/profil/connexions").await.json()["connexions"].clone();
        assert_eq!(connexions.as_array().map(Vec::len), Some(2));
        assert_eq!(connexions[0]["actuelle"], true);
        assert_eq!(connexions[0]["ouverte_le"], "2026-11-23T10:00");
        assert_eq!(connexions[1]["ouverte_le"], "2026-11-23T10:05");
        let reponse = dominique.json(Method::DELETE, "/api/profil/connexions", &json!({})).await;
        assert_eq!(reponse.statut, StatusCode::NO_CONTENT);
        tablette.lire("/api/profil").await.est_un_refus(401, "session_requise");
        assert_eq!(dominique.lire("/api/profil").await.statut, 200);
    });
}

#[test]
fn the_export_holds_everything_that_is_kept() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(dominique.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let reponse = dominique.lire("/api/profil/export").await;
        assert!(reponse.entete("content-disposition").starts_with("attachment;"));
        assert_eq!(reponse.entete("cache-control"), "no-store");
        let export = reponse.json();
        assert_eq!(export["numero_de_securite_sociale"], "2790351215189 89");
        assert_eq!(export["profil"]["courriel"], "dominique@exemple.fr");
        assert_eq!(export["releve"]["solde"], "1990.00");
        assert_eq!(export["declarations_dif"][0]["attestation"]["contenu_base64"], "JVBERi0xLjc=");
        assert_eq!(export["connexions"][0]["actuelle"], true);
    });
}

#[test]
fn closing_erases_the_account_and_keeps_what_the_employers_said() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(dominique.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let oui = json!({ "confirmation": true });
        assert_eq!(dominique.json(Method::POST, "/api/sous-niveau-3", &oui).await.statut, 200);
        let personnes = application.compter("personnes").await;
        let faux = dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": "faux" })).await;
        assert_eq!(faux.faute("mot-de-passe-actuel"), "mot_de_passe_faux");
        let reponse = dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
        assert_eq!(reponse.statut, StatusCode::NO_CONTENT, "{}", reponse.texte());
        assert!(reponse.entete("set-cookie").contains("Max-Age=0"));
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
            assert_eq!(application.compter(table).await, 0, "{table}");
        }
        assert_eq!(application.fichiers_de_pieces(), 0);
        assert_eq!(application.compter("personnes").await, personnes);
        application
            .anonyme()
            .connecter("dominique@exemple.fr", MOT_DE_PASSE)
            .await
            .est_un_refus(401, "identifiants_faux");
    });
}

#[test]
fn closing_forgets_a_person_whom_only_the_account_made_known() {
    essai(async |application| {
        let personnes = application.compter("personnes").await;
        let mut camille = application.inscrit(camille()).await;
        assert_eq!(application.compter("personnes").await, personnes + 1);
        let fermeture = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(camille.json(Method::DELETE, "/api/profil", &fermeture).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(application.compter("personnes").await, personnes);
    });
}

#[test]
fn nobody_sees_the_account_of_another() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(dominique.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let mut maelle_ = application.anonyme();
        maelle_.cle = "maelle-0123456789".into();
        assert_eq!(maelle_.inscrire(&avec(maelle(), "telephone_fixe", "0123456789")).await.statut, 201);
        assert_eq!(maelle_.lire("/api/dif").await.json()["declarations"], json!([]));
        assert!(dominique.lire("/api/profil/export").await.texte().contains("Dominique"));
        assert!(!maelle_.lire("/api/profil/export").await.texte().contains("Dominique"));
        // The same key under another account is another key.
        maelle_.cle.clone_from(&dominique.cle);
        assert_eq!(maelle_.declarer(&[("heures", "3")], Some(b"%PDF-1.7")).await.statut, 201);
        assert_eq!(dominique.lire("/api/dif").await.json()["heures"], "12");
    });
}
