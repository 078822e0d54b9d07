//! A disability declared with its proof: nothing of it counts before an operator has seen it.

use axum::http::StatusCode;
use domaine::droits::Period;
use domaine::forms::HANDICAP_CONSENT;
use domaine::mesures::Day;
use serde_json::{Value, json};
use store::Verdict;
use testbed::{Application, Browser, MOT_DE_PASSE, Method, TestResponse, multipart, trial};

const PATH: &str = "/api/handicap";
const PDF: &[u8] = b"%PDF-1.7\nune decision de reconnaissance, de personne en particulier\n%%EOF\n";

async fn declare(person: &mut Browser, file: Option<&[u8]>) -> TestResponse {
    let body = multipart(&[("consentement", "oui")], file);
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
fn nothing_of_a_proof_of_health_is_kept_without_the_consent_of_its_holder_and_what_was_consented_to_is() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        for consent in [&[][..], &[("consentement", "")], &[("consentement", "non")]] {
            let body = multipart(consent, Some(PDF));
            let refusal = dominique.bytes(Method::POST, PATH, "multipart/form-data; boundary=FRONTIERE", body).await;
            refusal.is_refused_with(422, "saisie");
            assert_eq!(refusal.faute("consentement"), json!("confirmation_manquante"));
            assert_eq!((application.count("declarations_handicap").await, application.piece_files()), (0, 0));
        }
        assert_eq!(declare(&mut dominique, Some(PDF)).await.statut, 201);
        let export = dominique.fetch("/api/profil/export").await.json();
        assert_eq!(export["declarations_handicap"][0]["consentement"], json!(HANDICAP_CONSENT));
    });
}

#[test]
fn what_is_taken_back_counts_no_more_keeps_what_it_gave_and_its_proof_is_erased() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let view = declare(&mut dominique, Some(PDF)).await.json();
        decide(&application, &view, Verdict::Accepted(Period { since: Day::date(2020, 1, 1), as_of: None })).await;
        let before = amounts(&mut dominique).await;
        assert_eq!(before, ["810.00", "500.00", "500.00", "-500.00", "800.00"]);
        let withdrawn = dominique.json(Method::DELETE, PATH, &json!({})).await;
        assert_eq!(withdrawn.statut, 200, "{}", withdrawn.text());
        let shown = withdrawn.json()["declarations"][0].clone();
        assert_eq!(
            (&shown["statut"], &shown["decidee_le"], &shown["du"], &shown["au"]),
            (&json!("retiree"), &json!("2026-11-23"), &json!("2020-01-01"), &json!("2026-11-23"))
        );
        assert_eq!(application.piece_files(), 0, "nobody can read the proof any more");
        assert_eq!(application.count("pieces WHERE sha256 LIKE '0000%'").await, 1, "nor recognise it by its hash");
        assert_eq!(amounts(&mut dominique).await, before, "what was added stays");
        let letters = application.letters().await;
        let told = letters.iter().find(|letter| letter.subject.contains("retirée")).expect("a letter");
        assert!(!told.text.contains("handicap"), "a disability is nobody's business there: {}", told.text);
        // Twice is once, and nobody decides of it any more.
        assert_eq!(dominique.json(Method::DELETE, PATH, &json!({})).await.json(), withdrawn.json());
        assert_eq!(application.count("retraits_handicap").await, 1);
        let export = dominique.fetch("/api/profil/export").await.json();
        assert_eq!(export["declarations_handicap"][0]["justificatif"], Value::Null);
        dominique.key = "une-autre-0123456789".into();
        assert_eq!(declare(&mut dominique, Some(PDF)).await.statut, 201, "who changes their mind declares again");
        server::clean(&application.state).await.expect("a clean-up");
        assert_eq!(application.piece_files(), 1);
    });
}

#[test]
fn what_is_taken_back_while_it_waits_is_decided_by_nobody() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let view = declare(&mut dominique, Some(PDF)).await.json();
        assert_eq!(dominique.json(Method::DELETE, PATH, &json!({})).await.statut, 200);
        let reference = view["declarations"][0]["reference"].as_str().expect("a reference");
        let (moment, store) = (application.moment(), &application.state.store);
        let verdict = Verdict::Refused("Trop tard.".into());
        let decided =
            store.decide_handicap(reference, &verdict, None, &testbed::operator(), moment.today, moment.now).await;
        assert_eq!(decided.expect("a base"), store::Decided::Withdrawn(Day::date(2026, 11, 23)));
        assert_eq!(store.everybodys_handicaps(false).await.expect("a base").len(), 0);
        let closing = dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
        assert_eq!(closing.statut.as_u16() / 100, 2, "{}", closing.text());
        assert_eq!(application.count("retraits_handicap").await, 0);
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
        application.as_seen_by_an_operator().await;
        let export = dominique.take_everything_away("").await;
        let (files, export) = (export.files(), export.exported());
        let kept = &export["declarations_handicap"][0];
        assert_eq!(
            (&kept["declaration"]["raison"], &kept["justificatif"]["type"]),
            (&json!("Illisible."), &json!("application/pdf"))
        );
        let name = kept["justificatif"]["fichier"].as_str().expect("a file");
        assert!(files[name].starts_with(b"%PDF-1.7\n"), "{name}");
        let closing = dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
        assert_eq!(closing.statut.as_u16() / 100, 2, "{}", closing.text());
        assert_eq!((application.count("decisions_handicap").await, application.piece_files()), (0, 0));
    });
}
