//! Below level 3: declared and ended by the holder.

use std::time::Duration;

use axum::http::Method;
use domaine::droits::{Activite, EarlierHours, Provenance, Situation};
use domaine::examples::PEOPLE;
use domaine::identite::DateNaissance;
use domaine::mesures::{Hours, WorkDuration, Year};
use serde_json::{Value, json};
use store::{Facts, NewPerson};
use testbed::{Application, Browser, MOT_DE_PASSE, trial};
use vault::identifier;

const PATH: &str = "/api/sous-niveau-3";
const DAY: Duration = Duration::from_secs(24 * 3_600);

async fn declare(person: &mut Browser) -> Value {
    let response = person.json(Method::POST, PATH, &json!({ "confirmation": true })).await;
    assert_eq!(response.statut, 200, "{}", response.text());
    response.json()
}

async fn finish(person: &mut Browser, mistake: bool) -> Value {
    let response = person.json(Method::DELETE, PATH, &json!({ "confirmation": true, "erreur": mistake })).await;
    assert_eq!(response.statut, 200, "{}", response.text());
    response.json()
}

/// Dominique works in 2026, 2027 and 2028 too.
async fn work(application: &Application) {
    let dominique = &PEOPLE[0];
    let state = &application.state;
    let activites = (2026..=2028).map(|year| {
        let year = Year::new(year).expect("a year");
        Activite::salariee(year, WorkDuration::hours(1_607), None, Provenance::Employeurs)
    });
    let hours = EarlierHours { hours: Hours::new(54), provenance: Provenance::FormerAccount };
    let situation = Situation { earlier_hours: Some(hours), activites: activites.collect(), ..Situation::default() };
    let person = NewPerson {
        nir_digests: state.vault.nir_digests(dominique.nir),
        id: identifier(),
        sealed_nir: String::new(),
        nom_naissance: dominique.nom_naissance.into(),
        prenoms: dominique.prenoms.into(),
        date_naissance: DateNaissance::from_iso(dominique.date_naissance).expect("a birth date"),
    };
    let facts = Facts { known: true, situation };
    state.store.save_facts(&person, &facts, state.clock.now()).await.expect("facts");
}

/// Lets days go by, and comes back.
async fn retry_after(application: &Application, days: u32) -> Browser {
    application.state.clock.advance(DAY * days);
    let mut dominique = application.anonyme();
    assert_eq!(dominique.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
    dominique
}

async fn credits(person: &mut Browser) -> Vec<String> {
    let historique = person.fetch("/api/historique").await.json();
    let lignes = historique["releve"]["lignes"].as_array().cloned().unwrap_or_default();
    lignes.iter().map(|ligne| ligne["montant"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn nobody_declares_without_the_box() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let seen = dominique.fetch(PATH).await.json();
        assert_eq!((&seen["en_cours"], &seen["declarations"]), (&json!(false), &json!([])));
        assert_eq!((&seen["credit"], &seen["plafond"]), (&json!("800.00"), &json!("8000.00")));
        assert_eq!((&seen["credit_ordinaire"], &seen["plafond_ordinaire"]), (&json!("500.00"), &json!("5000.00")));
        assert_eq!(seen["annee"], "2026");
        for method in [Method::POST, Method::DELETE] {
            let refusal = dominique.json(method.clone(), PATH, &json!({ "confirmation": false })).await;
            refusal.is_refused_with(422, "saisie");
            assert_eq!(refusal.faute("confirmation"), "confirmation_manquante");
            let refusal = dominique.json(method, PATH, &json!({ "confirmation": true, "autre": 1 })).await;
            refusal.is_refused_with(400, "corps_illisible");
        }
        assert_eq!(application.count("declarations_sous_niveau_3").await, 0);
    });
}

#[test]
fn declaring_twice_is_declaring_once_and_so_is_ending() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(finish(&mut dominique, false).await["declarations"], json!([]));
        for _ in 0..2 {
            let seen = declare(&mut dominique).await;
            assert_eq!(seen["en_cours"], true);
            assert_eq!(
                seen["declarations"],
                json!([{ "declaree_le": "2026-11-23", "fin_declaree_le": null, "annulee_le": null }])
            );
        }
        for _ in 0..2 {
            let seen = finish(&mut dominique, false).await;
            assert_eq!(seen["en_cours"], false);
            assert_eq!(seen["declarations"][0]["fin_declaree_le"], "2026-11-23");
        }
        assert_eq!(application.count("declarations_sous_niveau_3").await, 2);
        let seen = declare(&mut dominique).await;
        assert_eq!(seen["declarations"].as_array().map(Vec::len), Some(2));
        assert_eq!(seen["declarations"][0]["fin_declaree_le"], Value::Null);
    });
}

#[test]
fn two_declarations_at_the_same_time_are_one() {
    trial(async |application| {
        let dominique = application.dominique().await;
        let (mut one, mut other) = (dominique.clone(), dominique);
        let (one, other) = tokio::join!(declare(&mut one), declare(&mut other));
        assert_eq!(one, other);
        assert_eq!(application.count("declarations_sous_niveau_3").await, 1);
    });
}

#[test]
fn a_declaration_raises_the_credit_of_its_year_until_the_year_of_its_end() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        work(&application).await;
        declare(&mut dominique).await;
        assert_eq!(credits(&mut dominique).await, ["810.00"], "what is credited already does not change");
        // 2026 is credited on 30 June 2027, 2027 a year later.
        let mut dominique = retry_after(&application, 219).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00"]);
        assert_eq!(dominique.fetch("/api/droits").await.json()["plafond"], "8000.00");
        finish(&mut dominique, false).await;
        let mut dominique = retry_after(&application, 366).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00", "800.00"]);
        let mut dominique = retry_after(&application, 365).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00", "800.00", "500.00"]);
    });
}

#[test]
fn taking_a_declaration_back_recalculates_what_it_gave_and_keeps_the_old_statement() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        work(&application).await;
        declare(&mut dominique).await;
        let mut dominique = retry_after(&application, 250).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00"]);
        application.alimentation(2026).await;
        finish(&mut dominique, true).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00", "-800.00", "500.00"]);
        // The ledger takes it back for the reason of the statement.
        application.alimentation(2026).await;
        let reversal = application.rows("SELECT motif FROM ecritures WHERE annee = 2026 AND rang = 2").await;
        let expected = r#"{"contrepassation":{"du":"2027-06-30","raison":"declaration_annulee","annee":"2026"}}"#;
        assert_eq!(reversal, [expected]);
        assert_eq!(application.alimentation(2026).await.recorded_ones, 0);
        let before = dominique.fetch("/api/historique?au=2027-07-01").await.json();
        assert_eq!(before["releve"]["solde"], "1610.00");
        let export = dominique.fetch("/api/profil/export").await.json();
        assert_eq!(export["declarations_sous_niveau_3"][0]["annulee_le"], "2027-07-31");
    });
}
