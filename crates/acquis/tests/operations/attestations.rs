//! The attestations of DIF, by the command line: seen, accepted, refused, and what their holder reads of it.

use domaine::dif::DifCounts;
use serde_json::{Value, json};
use testbed::{Application, Browser, trial, trial_with};

use crate::program::{is_refused, succeeds};

const PDF: &[u8] = b"%PDF-1.7\nune attestation de DIF, de personne en particulier\n%%EOF\n";

async fn declare(person: &mut Browser, hours: &str, rapport: &str) -> String {
    let answer = person.declare(&[("heures", hours), ("rapport", rapport)], Some(PDF)).await;
    assert_eq!(answer.statut, 201, "{}", answer.text());
    answer.json()["declaration"]["reference"].as_str().expect("a reference").to_owned()
}

async fn shown(person: &mut Browser) -> Value {
    person.fetch("/api/dif").await.json()["declarations"][0].clone()
}

async fn solde(person: &mut Browser) -> Value {
    person.fetch("/api/droits").await.json()["solde"].clone()
}

/// Another key, so that the same hours are another declaration.
fn anew(person: &mut Browser, key: &str) {
    person.key = format!("attestation-{key}-0123");
}

#[test]
fn hours_count_at_once_to_be_checked_and_an_accepted_attestation_changes_nothing_more() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let before = solde(&mut renaud).await;
        let reference = declare(&mut renaud, "40", "").await;
        let with = solde(&mut renaud).await;
        assert_ne!(with, before);
        let view = shown(&mut renaud).await;
        assert_eq!((&view["statut"], &view["compte"]), (&json!("en_attente"), &json!(true)));
        assert_eq!(renaud.fetch("/api/historique").await.json()["dif_a_verifier"], true);
        let list = succeeds(&application, &["attestations"], "");
        assert_eq!(
            list,
            format!("{reference}  23/11/2026  DIF, 40 h  PDF  en attente\nen attente d'une décision : 1\n")
        );
        let target = application.dir.path().join("vue.pdf");
        let take_out = ["justificatifs", &reference, "--extraire", &target.display().to_string()];
        assert!(succeeds(&application, &take_out, "").contains("effacez ce fichier"));
        assert_eq!(std::fs::read(&target).expect("the attestation"), PDF);
        is_refused(
            &application,
            &["justificatifs", &reference, "--accepter", "01/01/2024"],
            b"",
            "n'ont pas de premier",
        );
        assert!(
            succeeds(&application, &["justificatifs", &reference, "--accepter"], "").contains("les heures comptent")
        );
        is_refused(&application, &["justificatifs", &reference, "--refuser"], b"Non.", "ne se remplace pas");
        assert_eq!(shown(&mut renaud).await["statut"], "acceptee");
        assert_eq!(renaud.fetch("/api/historique").await.json()["dif_a_verifier"], Value::Null);
        assert_eq!(solde(&mut renaud).await, with);
        assert!(succeeds(&application, &["justificatifs", &reference], "").contains("accepté le"));
        let kept = application.rows("SELECT quoi, agent FROM journal WHERE qui = 'operateur'").await;
        assert_eq!(kept, ["dif_accepte | ada", "dif_lu | ada", "dif_piece_lue | ada"]);
    });
}

#[test]
fn refused_hours_leave_by_a_line_that_says_why_and_those_that_they_replaced_come_back() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        declare(&mut renaud, "40", "").await;
        let first = solde(&mut renaud).await;
        anew(&mut renaud, "deux");
        let wrong = declare(&mut renaud, "100", "remplace").await;
        assert_ne!(solde(&mut renaud).await, first);
        let before = renaud.fetch("/api/historique").await.json()["releve"]["lignes"].clone();
        let said = succeeds(&application, &["justificatifs", &wrong, "--refuser"], "Le nom n'est pas le vôtre.\n");
        assert!(said.contains("quittent le relevé"), "{said}");
        // The program has the clock of the machine, which is later than that of the application.
        application.state.clock.advance(std::time::Duration::from_secs(10 * 24 * 3_600));
        renaud.cookie = None;
        assert_eq!(renaud.sign_in("renaud@exemple.fr", testbed::MOT_DE_PASSE).await.statut, 200);
        let view = shown(&mut renaud).await;
        assert_eq!(
            (&view["statut"], &view["compte"], &view["raison"]),
            (&json!("refusee"), &json!(false), &json!("Le nom n'est pas le vôtre."))
        );
        assert_eq!(solde(&mut renaud).await, first);
        let after = renaud.fetch("/api/historique").await.json()["releve"]["lignes"].clone();
        let (before, after) = (before.as_array().expect("lines"), after.as_array().expect("lines"));
        assert_eq!(after[..before.len()], before[..], "nothing is written again");
        let added: Vec<_> = after[before.len()..].iter().map(|line| (&line["montant"], &line["motif"])).collect();
        assert_eq!((added.len(), added[0].0), (2, &json!("-1500.00")));
        assert_eq!(added[0].1["contrepassation"]["raison"], "attestation_refusee");
        assert_eq!(added[1].0, "600.00");
        assert_eq!(application.count("courriers WHERE occasion = 'justificatif_decide'").await, 1);
        for forbidden in ["UPDATE decisions_dif SET acte = 'acceptation', raison = NULL", "DELETE FROM decisions_dif"] {
            refuses(&application, forbidden).await;
        }
        // Closing the account takes them along.
        let closing = json!({ "mot_de_passe": testbed::MOT_DE_PASSE });
        assert_eq!(renaud.json(testbed::Method::DELETE, "/api/profil", &closing).await.statut, 204);
        assert_eq!(application.count("decisions_dif").await, 0);
    });
}

async fn refuses(application: &Application, sql: &str) {
    use sqlx::Connection as _;
    let mut connexion = sqlx::AnyConnection::connect(&application.url).await.expect("a connection");
    let refusal = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connexion).await.expect_err(sql);
    assert!(refusal.to_string().contains("ce qui a été dit ne s"), "{sql}: {refusal}");
    connexion.close().await.expect("a connection that closes");
}

#[test]
fn where_the_service_chose_so_hours_count_once_their_attestation_was_seen() {
    trial_with(
        |settings| settings.dif_counts = DifCounts::OnceSeen,
        async |application| {
            let mut renaud = application.renaud().await;
            let before = solde(&mut renaud).await;
            let reference = declare(&mut renaud, "40", "").await;
            assert_eq!(solde(&mut renaud).await, before);
            let view = shown(&mut renaud).await;
            assert_eq!((&view["statut"], &view["compte"]), (&json!("en_attente"), &json!(false)));
            assert_eq!(renaud.fetch("/api/dif").await.json()["heures"], "0");
            succeeds(&application, &["justificatifs", &reference, "--accepter"], "");
            application.state.clock.advance(std::time::Duration::from_secs(10 * 24 * 3_600));
            renaud.cookie = None;
            assert_eq!(renaud.sign_in("renaud@exemple.fr", testbed::MOT_DE_PASSE).await.statut, 200);
            assert_ne!(solde(&mut renaud).await, before);
            assert_eq!(shown(&mut renaud).await["compte"], true);
        },
    );
}
