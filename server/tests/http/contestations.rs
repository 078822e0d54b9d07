//! Disputing a line of the statement.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection};
use store::{FollowUp, Step};
use testbed::{Application, Browser, MOT_DE_PASSE, TestResponse, maelle, trial};

async fn dispute(person: &mut Browser, ligne: &str, raison: &str) -> TestResponse {
    person.json(Method::POST, "/api/contestations", &json!({ "ligne": ligne, "raison": raison })).await
}

async fn follow(application: &Application, reference: &str, tail: Step<'_>) -> FollowUp {
    let (store, clock) = (&application.state.store, &application.state.clock);
    store
        .follow_contestation(reference, tail, None, &testbed::operator(), clock.today(), clock.now())
        .await
        .expect("a database")
}

async fn contestations(person: &mut Browser) -> Value {
    person.fetch("/api/historique").await.json()["contestations"].clone()
}

#[test]
fn a_disputed_line_gets_a_reference_an_addressee_and_a_status() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(contestations(&mut dominique).await, Value::Null);
        let response = dispute(&mut dominique, "2020-06-30.0", "  J’ai travaillé\r\nà temps plein. ").await;
        assert_eq!(response.statut, 201, "{}", response.text());
        let view = response.json();
        assert!(view["reference"].as_str().is_some_and(|r| r.starts_with("CTR-") && r.len() == 13));
        assert_eq!((&view["ligne"], &view["montant"]), (&json!("2020-06-30.0"), &json!("500.00")));
        assert_eq!((&view["destinataire"], &view["statut"]), (&json!("employeur"), &json!("recue")));
        assert_eq!(
            (&view["raison"], &view["deposee_le"]),
            (&json!("J’ai travaillé\nà temps plein."), &json!("2026-11-23"))
        );
        assert_eq!(contestations(&mut dominique).await, json!([view]));

        dominique.key = "autre-0123456789".into();
        let conversion = dispute(&mut dominique, "2019-01-01.0", "J’avais 60 heures.").await.json();
        assert_eq!(conversion["destinataire"], "service");
        assert_eq!(contestations(&mut dominique).await, json!([conversion, view]), "the newest first");
        let export = dominique.fetch("/api/profil/export").await.json();
        assert_eq!(export["contestations"].as_array().map(Vec::len), Some(2));
    });
}

#[test]
fn an_answer_is_seen_with_its_day_and_another_is_added_to_it_never_put_in_its_place() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let view = dispute(&mut dominique, "2020-06-30.0", "Faux.").await.json();
        let day = application.state.clock.today();
        let reference = view["reference"].as_str().expect("a reference");
        assert_eq!(follow(&application, "CTR-0000-0000", Step::TakenUp).await, FollowUp::Unknown);
        assert_eq!(follow(&application, reference, Step::Complement("Trop tôt.")).await, FollowUp::NotAnswered);
        assert_eq!(follow(&application, reference, Step::TakenUp).await, FollowUp::Done);
        assert_eq!(follow(&application, reference, Step::TakenUp).await, FollowUp::AlreadyUnderWay(day));
        let followed = &contestations(&mut dominique).await[0];
        assert_eq!((&followed["statut"], &followed["reponses"]), (&json!("en_cours"), &Value::Null));

        let corrected = "Votre employeur\na corrigé.";
        assert_eq!(follow(&application, reference, Step::Answer(corrected)).await, FollowUp::Done);
        for tail in [Step::Answer("Autre."), Step::TakenUp] {
            assert_eq!(follow(&application, reference, tail).await, FollowUp::AlreadyAnswered(day));
        }
        application.state.clock.advance(Duration::from_secs(24 * 3_600));
        assert_eq!(follow(&application, reference, Step::Complement("En partie.")).await, FollowUp::Done);
        let mut dominique = application.anonyme();
        assert_eq!(dominique.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let followed = &contestations(&mut dominique).await[0];
        assert_eq!(followed["statut"], "repondue");
        let all_expected =
            json!([{ "le": "2026-11-23", "texte": corrected }, { "le": "2026-11-24", "texte": "En partie." }]);
        assert_eq!(followed["reponses"], all_expected);
        let export = dominique.fetch("/api/profil/export").await.json();
        assert_eq!(export["contestations"][0]["reponses"], all_expected);
        let notes = application.rows("SELECT quoi FROM journal WHERE qui = 'operateur' ORDER BY quand").await;
        assert_eq!(notes, ["contestation_prise_en_charge", "contestation_repondue", "contestation_repondue"]);
    });
}

#[test]
fn the_database_itself_refuses_to_change_what_was_said_and_closing_the_account_erases_it() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let confirmation = json!({ "confirmation": true });
        assert_eq!(dominique.json(Method::POST, "/api/sous-niveau-3", &confirmation).await.statut, 200);
        let view = dispute(&mut dominique, "2020-06-30.0", "Faux.").await.json();
        let reference = view["reference"].as_str().expect("a reference");
        assert_eq!(follow(&application, reference, Step::Answer("Non.")).await, FollowUp::Done);
        let url = &application.url;
        let mut forbidden_ones = vec![
            "UPDATE declarations_sous_niveau_3 SET le = '2020-01-01'",
            "UPDATE declarations_sous_niveau_3 SET acte = 'fin'",
            "UPDATE contestations SET raison = 'x'",
            "UPDATE contestations SET montant = 0",
            "UPDATE contestations SET ligne = '2021-06-30.0'",
            "UPDATE contestations SET deposee_le = '2020-01-01'",
            "UPDATE suites_contestations SET texte = 'Oui.'",
            "DELETE FROM declarations_sous_niveau_3",
            "DELETE FROM contestations WHERE rang = 1",
            "DELETE FROM suites_contestations",
        ];
        if url.starts_with("sqlite:") {
            forbidden_ones.extend([
                "REPLACE INTO declarations_sous_niveau_3 SELECT compte, rang, 'fin', le, creee_le FROM declarations_sous_niveau_3",
                "REPLACE INTO contestations SELECT id, compte, rang, reference, ligne, 0, heures, destinataire, raison, deposee_le FROM contestations",
                "REPLACE INTO contestations SELECT 'autre', compte, 9, reference, ligne, 0, heures, destinataire, raison, deposee_le FROM contestations",
                "REPLACE INTO suites_contestations SELECT contestation, rang, acte, 'Oui.', le, creee_le FROM suites_contestations",
            ]);
        } else {
            forbidden_ones.extend([
                "TRUNCATE declarations_sous_niveau_3",
                "TRUNCATE suites_contestations",
                "TRUNCATE comptes CASCADE",
            ]);
        }
        let mut connexion = AnyConnection::connect(url).await.expect("a connection");
        for forbidden in forbidden_ones {
            let refusal = sqlx::query(forbidden).execute(&mut connexion).await.expect_err(forbidden);
            assert!(refusal.to_string().contains("ce qui a été dit ne s"), "{forbidden}: {refusal}");
        }
        connexion.close().await.expect("a connection that closes");
        assert_eq!(contestations(&mut dominique).await[0]["reponses"][0]["texte"], "Non.");
        let closing = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(dominique.json(Method::DELETE, "/api/profil", &closing).await.statut, 204);
        for table in ["declarations_sous_niveau_3", "contestations", "suites_contestations"] {
            assert_eq!(application.count(table).await, 0, "{table}");
        }
    });
}

#[test]
fn two_operators_who_answer_at_the_same_time_give_one_answer() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let view = dispute(&mut dominique, "2020-06-30.0", "Faux.").await.json();
        let reference = view["reference"].as_str().expect("a reference");
        let (one, other) = tokio::join!(
            follow(&application, reference, Step::Answer("Oui.")),
            follow(&application, reference, Step::Answer("Non."))
        );
        let day = application.state.clock.today();
        assert!(
            [(one, other), (other, one)].contains(&(FollowUp::Done, FollowUp::AlreadyAnswered(day))),
            "{one:?} {other:?}"
        );
        assert_eq!(application.count("suites_contestations").await, 1);
    });
}

#[test]
fn a_declared_dif_is_for_its_holder_to_prove() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declare(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        renaud.key = "autre-0123456789".into();
        let view = dispute(&mut renaud, "2026-11-23.0", "C’était 90.").await.json();
        assert_eq!(view["destinataire"], "titulaire");
    });
}

#[test]
fn the_same_submission_twice_is_one_request() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let first = dispute(&mut dominique, "2020-06-30.0", "Faux.").await;
        let second = dispute(&mut dominique, "2020-06-30.0", " Faux. ").await;
        assert_eq!((first.statut.as_u16(), second.statut.as_u16()), (201, 201));
        assert_eq!(first.json(), second.json());
        dispute(&mut dominique, "2020-06-30.0", "Autre.").await.is_refused_with(409, "cle_idempotence_reprise");
        dispute(&mut dominique, "2021-06-30.0", "Faux.").await.is_refused_with(409, "cle_idempotence_reprise");
        assert_eq!(application.count("contestations").await, 1);
        let (mut one, mut other) = (dominique.clone(), dominique.clone());
        (one.key, other.key) = ("ensemble-0123456789".into(), "ensemble-0123456789".into());
        let (one, other) =
            tokio::join!(dispute(&mut one, "2019-01-01.0", "Faux."), dispute(&mut other, "2019-01-01.0", "Faux."));
        assert_eq!(one.json(), other.json());
        let (mut one, mut other) = (dominique.clone(), dominique);
        (one.key, other.key) = ("separes-0123456789-1".into(), "separes-0123456789-2".into());
        let (one, other) =
            tokio::join!(dispute(&mut one, "2019-01-01.0", "Faux."), dispute(&mut other, "2019-01-01.0", "Faux."));
        assert_eq!((one.statut.as_u16(), other.statut.as_u16()), (201, 201));
        assert_eq!(application.count("contestations").await, 4);
    });
}

#[test]
fn what_cannot_be_a_request_is_refused() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        for (raison, faute) in
            [(" \n ".to_owned(), "vide"), ("é".repeat(2_001), "trop_longue"), ("a\u{0}b".to_owned(), "caractere")]
        {
            let refusal = dispute(&mut dominique, "2020-06-30.0", &raison).await;
            refusal.is_refused_with(422, "saisie");
            assert_eq!(refusal.faute("raison"), json!({ "raison": faute }));
        }
        dispute(&mut dominique, "2020-06-30.1", "Faux.").await.is_refused_with(404, "introuvable");
        dispute(&mut dominique, "hier", "Faux.").await.is_refused_with(400, "corps_illisible");
        dispute(&mut application.anonyme(), "2020-06-30.0", "Faux.").await.is_refused_with(401, "session_requise");
        dominique.key = "courte".into();
        dispute(&mut dominique, "2020-06-30.0", "Faux.").await.is_refused_with(400, "cle_idempotence_manquante");
        assert_eq!(application.count("contestations").await, 0);
        dominique.key = "longue-0123456789".into();
        assert_eq!(dispute(&mut dominique, "2020-06-30.0", &"𝄞".repeat(2_000)).await.statut, 201);
    });
}

#[test]
fn nobody_sees_the_request_of_another_and_closing_erases_it() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let view = dispute(&mut dominique, "2020-06-30.0", "Faux.").await.json();
        let reference = view["reference"].as_str().expect("a reference");
        assert_eq!(follow(&application, reference, Step::Answer("Non.")).await, FollowUp::Done);
        let mut other = application.anonyme();
        other.key = "maelle-0123456789".into();
        application.register(&mut other, &maelle()).await;
        assert_eq!(contestations(&mut other).await, Value::Null);
        let closing = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(dominique.json(Method::DELETE, "/api/profil", &closing).await.statut, 204);
        assert_eq!(application.count("contestations").await, 0);
        assert_eq!(application.count("suites_contestations").await, 0);
    });
}
