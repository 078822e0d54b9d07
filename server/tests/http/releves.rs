//! The balance and the statement.

use std::time::Duration;

use domaine::bareme::JourDeCredit;
use domaine::exemples::PERSONNES;
use serde_json::{Value, json};
use testbed::{MOT_DE_PASSE, avec, dominique, essai, essai_avec, maelle};

#[test]
fn nobody_reads_rights_without_a_session() {
    essai(async |application| {
        for chemin in [
            "/api/droits",
            "/api/historique",
            "/api/sous-niveau-3",
            "/api/dif",
            "/api/profil",
            "/api/profil/connexions",
            "/api/profil/export",
        ] {
            application.anonyme().lire(chemin).await.est_un_refus(401, "session_requise");
        }
    });
}

#[test]
fn each_of_the_fictional_people_has_the_rights_that_the_cast_says() {
    essai(async |application| {
        let attendus = ["1810.00", "1025.00", "5000.00", "249.85", "500.00"];
        for (exemple, solde) in PERSONNES.iter().zip(attendus) {
            let jour: Vec<&str> = exemple.date_naissance.split('-').rev().collect();
            let corps = json!({
                "nom_naissance": exemple.nom_naissance, "prenoms": exemple.prenoms, "date_naissance": jour.join("/"),
                "nir": exemple.nir, "cle": exemple.cle, "telephone_fixe": "01 23 45 67 89", "telephone_mobile": "",
                "courriel": format!("p{}@exemple.fr", exemple.nir.to_lowercase()), "mot_de_passe": MOT_DE_PASSE, "cgu": true
            });
            let mut personne = application.anonyme();
            personne.cle = format!("inscription-{}", exemple.nir);
            assert_eq!(personne.inscrire(&corps).await.statut, 201, "{}", exemple.pourquoi);
            assert_eq!(personne.lire("/api/droits").await.json()["solde"], solde, "{}", exemple.pourquoi);
        }
    });
}

#[test]
fn the_statement_sums_to_the_balance_and_says_why() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let historique = dominique.lire("/api/historique").await.json();
        assert_eq!(historique["connu"], true);
        let lignes = historique["releve"]["lignes"].as_array().cloned().unwrap_or_default();
        let montants: Vec<&Value> = lignes.iter().map(|ligne| &ligne["montant"]).collect();
        assert_eq!(montants, ["810.00", "500.00", "500.00"]);
        assert_eq!(lignes[0]["motif"]["heures_converties"]["heures"], "54");
        assert_eq!(lignes[1]["source"]["article"], "R6323-1, I");
        assert_eq!(lignes[1]["hypotheses"], json!(["jour_de_credit"]));
    });
}

#[test]
fn no_number_travels() {
    fn sans_nombre(valeur: &Value) -> bool {
        match valeur {
            Value::Number(_) => false,
            Value::Array(valeurs) => valeurs.iter().all(sans_nombre),
            Value::Object(membres) => membres.values().all(sans_nombre),
            _ => true,
        }
    }
    essai(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declarer(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        for chemin in [
            "/api/session",
            "/api/droits",
            "/api/historique",
            "/api/sous-niveau-3",
            "/api/dif",
            "/api/profil",
            "/api/profil/connexions",
            "/api/profil/export",
        ] {
            let json = renaud.lire(chemin).await.json();
            assert!(sans_nombre(&json), "{chemin}: {json}");
        }
    });
}

#[test]
fn a_balance_that_was_read_follows_a_declaration_at_once() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.lire("/api/droits").await.json()["solde"], "1025.00");
        assert_eq!(renaud.declarer(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        let droits = renaud.lire("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["dont_dif"]), (&json!("2330.00"), &json!("1305.00")));
        assert_eq!(droits["dif_declare"], true);
    });
}

#[test]
fn a_year_is_credited_on_the_day_of_the_settings_and_not_on_its_eve() {
    essai_avec(
        |s| s.bareme.jour_de_credit = JourDeCredit::new(5, 15).expect("a day"),
        async |application| {
            // Yann's only year is 2024; the clock starts after it was credited, so look at the line.
            let mut maelle = application.inscrit(maelle()).await;
            let historique = maelle.lire("/api/historique").await.json();
            let dates: Vec<&Value> =
                historique["releve"]["lignes"].as_array().expect("lines").iter().map(|ligne| &ligne["date"]).collect();
            assert_eq!(dates[1], "2020-05-15");
        },
    );
}

#[test]
fn the_day_of_the_balance_is_that_of_french_legal_time() {
    essai(async |application| {
        let corps = avec(dominique(), "telephone_fixe", "");
        let mut dominique = application.inscrit(corps).await;
        // From ten in the morning to half past midnight in Paris, in steps that keep the session.
        for _ in 0..29 {
            application.etat.clock.avancer(Duration::from_secs(20 * 60));
            assert_eq!(dominique.lire("/api/droits").await.json()["au"], "2026-11-23");
        }
        let mut tard = application.anonyme();
        application.etat.clock.avancer(Duration::from_secs(4 * 3_600 + 3_000));
        assert_eq!(tard.connecter("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert_eq!(tard.lire("/api/droits").await.json()["au"], "2026-11-24");
    });
}
