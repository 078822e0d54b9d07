//! The balance and the statement.

use std::time::Duration;

use domaine::bareme::CreditDay;
use domaine::examples::PEOPLE;
use serde_json::{Value, json};
use testbed::{MOT_DE_PASSE, dominique, maelle, trial, trial_with, with};

#[test]
fn nobody_reads_rights_without_a_session() {
    trial(async |application| {
        for path in [
            "/api/droits",
            "/api/historique",
            "/api/sous-niveau-3",
            "/api/dif",
            "/api/profil",
            "/api/profil/connexions",
            "/api/profil/export",
        ] {
            application.anonyme().fetch(path).await.is_refused_with(401, "session_requise");
        }
    });
}

#[test]
fn each_of_the_fictional_people_has_the_rights_that_the_cast_says_and_is_offered_what_is_theirs() {
    trial(async |application| {
        let all_expected = ["1810.00", "1025.00", "5000.00", "249.85", "500.00"];
        for (index, example) in PEOPLE.iter().enumerate() {
            let day: Vec<&str> = example.date_naissance.split('-').rev().collect();
            let body = json!({
                "nom_naissance": example.nom_naissance, "prenoms": example.prenoms, "date_naissance": day.join("/"),
                "nir": example.nir, "cle": example.key, "telephone_fixe": "01 23 45 67 89", "telephone_mobile": "",
                "courriel": format!("p{}@exemple.fr", example.nir.to_lowercase()), "mot_de_passe": MOT_DE_PASSE, "cgu": true
            });
            let mut person = application.anonyme();
            person.ip = [192, 0, 2, u8::try_from(index).expect("a small cast")];
            person.key = format!("inscription-{}", example.nir);
            application.register(&mut person, &body).await;
            let droits = person.fetch("/api/droits").await.json();
            if let Some(solde) = all_expected.get(index) {
                assert_eq!(droits["solde"], *solde, "{}", example.why);
            }
            let (credit, dif, niveau) = match example.nom_naissance {
                "Lhéritier" => ("compte_plein", "sans_place", "salarie"),
                "Ndiaye" => ("fin_d_annee", "ouvert", "autre_statut"),
                "Rousset" => ("aucun", "compte_arrete", "compte_arrete"),
                "Nouvel" => ("inconnu", "ouvert", "salarie"),
                _ => ("semestre_suivant", "ouvert", "salarie"),
            };
            let outlook = &droits["perspective"];
            assert_eq!((&outlook["credit"], &outlook["dif"]), (&json!(credit), &json!(dif)), "{}", example.why);
            assert_eq!(outlook["niveau"], niveau, "{}", example.why);
            // Every screen asks the same function.
            assert_eq!(&person.fetch("/api/historique").await.json()["perspective"], outlook, "{}", example.why);
            assert_eq!(&person.fetch("/api/dif").await.json()["perspective"], outlook, "{}", example.why);
        }
    });
}

#[test]
fn the_statement_sums_to_the_balance_and_says_why() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let historique = dominique.fetch("/api/historique").await.json();
        assert_eq!(historique["connu"], true);
        let lignes = historique["releve"]["lignes"].as_array().cloned().unwrap_or_default();
        let amounts: Vec<&Value> = lignes.iter().map(|ligne| &ligne["montant"]).collect();
        assert_eq!(amounts, ["810.00", "500.00", "500.00"]);
        assert_eq!(lignes[0]["motif"]["heures_converties"]["heures"], "54");
        assert_eq!(lignes[1]["source"]["article"], "R6323-1, I");
        assert_eq!(lignes[1]["hypotheses"], json!(["jour_de_credit"]));
    });
}

#[test]
fn no_number_travels() {
    fn without_number(value: &Value) -> bool {
        match value {
            Value::Number(_) => false,
            Value::Array(values) => values.iter().all(without_number),
            Value::Object(members) => members.values().all(without_number),
            _ => true,
        }
    }
    trial(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declare(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        for path in [
            "/api/session",
            "/api/droits",
            "/api/historique",
            "/api/sous-niveau-3",
            "/api/dif",
            "/api/profil",
            "/api/profil/connexions",
            "/api/profil/export",
        ] {
            let json = renaud.fetch(path).await.json();
            assert!(without_number(&json), "{path}: {json}");
        }
    });
}

#[test]
fn a_balance_that_was_read_follows_a_declaration_at_once() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.fetch("/api/droits").await.json()["solde"], "1025.00");
        assert_eq!(renaud.declare(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        let droits = renaud.fetch("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["dont_dif"]), (&json!("2330.00"), &json!("1305.00")));
        assert_eq!(droits["dif_declare"], true);
    });
}

#[test]
fn a_year_is_credited_on_the_day_of_the_settings_and_not_on_its_eve() {
    trial_with(
        |s| s.bareme.credit_day = CreditDay::new(5, 15).expect("a day"),
        async |application| {
            // Yann's only year is 2024; the clock starts after it was credited, so look at the line.
            let mut maelle = application.recorded(maelle()).await;
            let historique = maelle.fetch("/api/historique").await.json();
            let dates: Vec<&Value> =
                historique["releve"]["lignes"].as_array().expect("lines").iter().map(|ligne| &ligne["date"]).collect();
            assert_eq!(dates[1], "2020-05-15");
        },
    );
}

#[test]
fn the_day_of_the_balance_is_that_of_french_legal_time() {
    trial(async |application| {
        let body = with(dominique(), "telephone_fixe", "");
        let mut dominique = application.recorded(body).await;
        // From ten in the morning to half past midnight in Paris, in steps that keep the session.
        for _ in 0..29 {
            application.state.clock.advance(Duration::from_secs(20 * 60));
            assert_eq!(dominique.fetch("/api/droits").await.json()["au"], "2026-11-23");
        }
        let mut late = application.anonyme();
        application.state.clock.advance(Duration::from_secs(4 * 3_600 + 3_000));
        assert_eq!(late.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert_eq!(late.fetch("/api/droits").await.json()["au"], "2026-11-24");
    });
}
