//! A disability declared with its proof: nothing of it counts before an operator has seen it.

use axum::http::StatusCode;
use domaine::droits::Period;
use domaine::mesures::Day;
use serde_json::{Value, json};
use store::Verdict;
use testbed::{Application, Browser, MOT_DE_PASSE, Method, TestResponse, multipart, trial};

const PATH: &str = "/api/handicap";
const PDF: &[u8] = b"%PDF-1.7\nune decision de reconnaissance, de personne en particulier\n%%EOF\n";

async fn declare(person: &mut Browser, file: Option<&[u8]>) -> TestResponse {
    let body = multipart(&[], file);
    person.bytes(Method::POST, PATH, "multipart/form-data; boundary=FRONTIERE", body).await
}

async fn decide(application: &Application, view: &Value, verdict: Verdict) {
    let reference = view["declarations"][0]["reference"].as_str().expect("a reference");
    let moment = application.moment();
    let decided = application
        .state
        .store
        .decide_handicap(reference, &verdict, None, &testbed::operator(), moment.today, moment.now)
        .await;
    assert_eq!(decided.expect("a decision"), store::Decided::Done);
}

async fn amounts(person: &mut Browser) -> Vec<String> {
    let historique = person.fetch("/api/historique").await.json();
    let lignes = historique["releve"]["lignes"].as_array().cloned().unwrap_or_default();
    lignes.iter().map(|ligne| ligne["montant"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn what_waits_changes_nothing_and_what_is_accepted_raises_the_years_by_counter_entries() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let before = amounts(&mut dominique).await;
        assert_eq!(before, ["810.00", "500.00", "500.00"]);
        let response = declare(&mut dominique, Some(PDF)).await;
        assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
        let view = response.json();
        assert_eq!((&view["declarations"][0]["statut"], &view["majoration"]), (&json!("en_attente"), &json!("300.00")));
        assert_eq!(amounts(&mut dominique).await, before);
        assert_eq!(application.piece_files(), 1);
        decide(&application, &view, Verdict::Accepted(Period { since: Day::date(2020, 1, 1), as_of: None })).await;
        let shown = dominique.fetch(PATH).await.json()["declarations"][0].clone();
        assert_eq!(
            (&shown["statut"], &shown["du"], &shown["decidee_le"]),
            (&json!("acceptee"), &json!("2020-01-01"), &json!("2026-11-23"))
        );
        assert_eq!(amounts(&mut dominique).await, ["810.00", "500.00", "500.00", "-500.00", "800.00"]);
        let historique = dominique.fetch("/api/historique").await.json();
        assert_eq!(historique["releve"]["lignes"][3]["motif"]["contrepassation"]["raison"], json!("handicap_reconnu"));
        assert_eq!(
            historique["releve"]["lignes"][4]["motif"]["annee_pleine"]["faits"]["handicap_declare"],
            json!(true)
        );
        let eve = dominique.fetch("/api/historique?au=2026-11-22").await.json();
        assert_eq!(eve["releve"]["solde"], "1810.00");
    });
}

#[test]
fn what_is_refused_says_why_and_another_may_be_declared() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let view = declare(&mut dominique, Some(PDF)).await.json();
        dominique.key = "une-autre-0123456789".into();
        declare(&mut dominique, Some(PDF)).await.is_refused_with(409, "trop_de_declarations");
        assert_eq!(application.piece_files(), 1);
        decide(&application, &view, Verdict::Refused("Le document est coupé.".into())).await;
        let shown = dominique.fetch(PATH).await.json()["declarations"][0].clone();
        assert_eq!((&shown["statut"], &shown["raison"]), (&json!("refusee"), &json!("Le document est coupé.")));
        assert_eq!(declare(&mut dominique, Some(PDF)).await.statut, 201);
        assert_eq!(dominique.fetch(PATH).await.json()["declarations"].as_array().map(Vec::len), Some(2));
    });
}

#[test]
fn the_same_submission_twice_is_one_and_a_file_that_is_no_proof_leaves_nothing() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        for (file, faute) in [(None, "manquante"), (Some(b"du texte".as_slice()), "type_inconnu")] {
            let refusal = declare(&mut dominique, file).await;
            refusal.is_refused_with(422, "saisie");
            assert_eq!(refusal.faute("attestation"), json!({ "piece": faute }));
        }
        let first = declare(&mut dominique, Some(PDF)).await;
        let second = declare(&mut dominique, Some(PDF)).await;
        assert_eq!((first.statut, first.body), (second.statut, second.body));
        assert_eq!((application.count("declarations_handicap").await, application.piece_files()), (1, 1));
    });
}

#[test]
fn the_export_holds_the_proof_and_closing_the_account_erases_it() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let view = declare(&mut dominique, Some(PDF)).await.json();
        decide(&application, &view, Verdict::Refused("Illisible.".into())).await;
        let export = dominique.fetch("/api/profil/export").await.json();
        let kept = &export["declarations_handicap"][0];
        assert_eq!(
            (&kept["declaration"]["raison"], &kept["justificatif"]["type"]),
            (&json!("Illisible."), &json!("application/pdf"))
        );
        assert!(
            kept["justificatif"]["contenu_base64"].as_str().is_some_and(|content| content.starts_with("JVBERi0xLjcK"))
        );
        let closing = dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
        assert_eq!(closing.statut.as_u16() / 100, 2, "{}", closing.text());
        assert_eq!((application.count("decisions_handicap").await, application.piece_files()), (0, 0));
    });
}
