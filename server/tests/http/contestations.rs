//! Disputing a line of the statement.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection};
use store::{Suite, Suivi};
use testbed::{Application, MOT_DE_PASSE, Navigateur, Reponse, essai, maelle};

async fn contester(personne: &mut Navigateur, ligne: &str, raison: &str) -> Reponse {
    personne.json(Method::POST, "/api/contestations", &json!({ "ligne": ligne, "raison": raison })).await
}

async fn suivre(application: &Application, reference: &str, suite: Suite<'_>) -> Suivi {
    let (store, clock) = (&application.etat.store, &application.etat.clock);
    store.suivre_contestation(reference, suite, clock.aujourdhui(), clock.maintenant()).await.expect("a database")
}

async fn contestations(personne: &mut Navigateur) -> Value {
    personne.lire("/api/historique").await.json()["contestations"].clone()
}

#[test]
fn a_disputed_line_gets_a_reference_an_addressee_and_a_status() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(contestations(&mut dominique).await, Value::Null);
        let reponse = contester(&mut dominique, "2020-06-30.0", "  J’ai travaillé\r\nà temps plein. ").await;
        assert_eq!(reponse.statut, 201, "{}", reponse.texte());
        let vue = reponse.json();
        assert!(vue["reference"].as_str().is_some_and(|r| r.starts_with("CTR-") && r.len() == 13));
        assert_eq!((&vue["ligne"], &vue["montant"]), (&json!("2020-06-30.0"), &json!("500.00")));
        assert_eq!((&vue["destinataire"], &vue["statut"]), (&json!("employeur"), &json!("recue")));
        assert_eq!(
            (&vue["raison"], &vue["deposee_le"]),
            (&json!("J’ai travaillé\nà temps plein."), &json!("2026-11-23"))
        );
        assert_eq!(contestations(&mut dominique).await, json!([vue]));

        dominique.cle = "autre-0123456789".into();
        let conversion = contester(&mut dominique, "2019-01-01.0", "J’avais 60 heures.").await.json();
        assert_eq!(conversion["destinataire"], "service");
        assert_eq!(contestations(&mut dominique).await, json!([conversion, vue]), "the newest first");
        let export = dominique.lire("/api/profil/export").await.json();
        assert_eq!(export["contestations"].as_array().map(Vec::len), Some(2));
    });
}

#[test]
fn an_answer_is_seen_with_its_day_and_another_is_added_to_it_never_put_in_its_place() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let vue = contester(&mut dominique, "2020-06-30.0", "Faux.").await.json();
        let jour = application.etat.clock.aujourdhui();
        let reference = vue["reference"].as_str().expect("a reference");
        assert_eq!(suivre(&application, "CTR-0000-0000", Suite::PriseEnCharge).await, Suivi::Inconnue);
        assert_eq!(suivre(&application, reference, Suite::Complement("Trop tôt.")).await, Suivi::PasRepondue);
        assert_eq!(suivre(&application, reference, Suite::PriseEnCharge).await, Suivi::Fait);
        assert_eq!(suivre(&application, reference, Suite::PriseEnCharge).await, Suivi::DejaEnCours(jour));
        let suivie = &contestations(&mut dominique).await[0];
        assert_eq!((&suivie["statut"], &suivie["reponses"]), (&json!("en_cours"), &Value::Null));

        let corrige = "Votre employeur\na corrigé.";
        assert_eq!(suivre(&application, reference, Suite::Reponse(corrige)).await, Suivi::Fait);
        for suite in [Suite::Reponse("Autre."), Suite::PriseEnCharge] {
            assert_eq!(suivre(&application, reference, suite).await, Suivi::DejaRepondue(jour));
        }
        application.etat.clock.avancer(Duration::from_secs(24 * 3_600));
        assert_eq!(suivre(&application, reference, Suite::Complement("En partie.")).await, Suivi::Fait);
        let mut dominique = application.anonyme();
        assert_eq!(dominique.connecter("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let suivie = &contestations(&mut dominique).await[0];
        assert_eq!(suivie["statut"], "repondue");
        let attendues =
            json!([{ "le": "2026-11-23", "texte": corrige }, { "le": "2026-11-24", "texte": "En partie." }]);
        assert_eq!(suivie["reponses"], attendues);
        let export = dominique.lire("/api/profil/export").await.json();
        assert_eq!(export["contestations"][0]["reponses"], attendues);
        let notes = application.lignes("SELECT quoi FROM journal WHERE qui = 'operateur' ORDER BY quand").await;
        assert_eq!(notes, ["contestation_prise_en_charge", "contestation_repondue", "contestation_repondue"]);
    });
}

#[test]
fn the_database_itself_refuses_to_change_what_was_said_and_closing_the_account_erases_it() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let confirmation = json!({ "confirmation": true });
        assert_eq!(dominique.json(Method::POST, "/api/sous-niveau-3", &confirmation).await.statut, 200);
        let vue = contester(&mut dominique, "2020-06-30.0", "Faux.").await.json();
        let reference = vue["reference"].as_str().expect("a reference");
        assert_eq!(suivre(&application, reference, Suite::Reponse("Non.")).await, Suivi::Fait);
        let url = &application.url;
        let mut interdits = vec![
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
            interdits.extend([
                "REPLACE INTO declarations_sous_niveau_3 SELECT compte, rang, 'fin', le, creee_le FROM declarations_sous_niveau_3",
                "REPLACE INTO contestations SELECT id, compte, rang, reference, ligne, 0, heures, destinataire, raison, deposee_le FROM contestations",
                "REPLACE INTO contestations SELECT 'autre', compte, 9, reference, ligne, 0, heures, destinataire, raison, deposee_le FROM contestations",
                "REPLACE INTO suites_contestations SELECT contestation, rang, acte, 'Oui.', le, creee_le FROM suites_contestations",
            ]);
        } else {
            interdits.extend([
                "TRUNCATE declarations_sous_niveau_3",
                "TRUNCATE suites_contestations",
                "TRUNCATE comptes CASCADE",
            ]);
        }
        let mut connexion = AnyConnection::connect(url).await.expect("a connection");
        for interdit in interdits {
            let refus = sqlx::query(interdit).execute(&mut connexion).await.expect_err(interdit);
            assert!(refus.to_string().contains("ce qui a été dit ne s"), "{interdit}: {refus}");
        }
        connexion.close().await.expect("a connection that closes");
        assert_eq!(contestations(&mut dominique).await[0]["reponses"][0]["texte"], "Non.");
        let fermeture = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(dominique.json(Method::DELETE, "/api/profil", &fermeture).await.statut, 204);
        for table in ["declarations_sous_niveau_3", "contestations", "suites_contestations"] {
            assert_eq!(application.compter(table).await, 0, "{table}");
        }
    });
}

#[test]
fn two_operators_who_answer_at_the_same_time_give_one_answer() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let vue = contester(&mut dominique, "2020-06-30.0", "Faux.").await.json();
        let reference = vue["reference"].as_str().expect("a reference");
        let (un, autre) = tokio::join!(
            suivre(&application, reference, Suite::Reponse("Oui.")),
            suivre(&application, reference, Suite::Reponse("Non."))
        );
        let jour = application.etat.clock.aujourdhui();
        assert!([(un, autre), (autre, un)].contains(&(Suivi::Fait, Suivi::DejaRepondue(jour))), "{un:?} {autre:?}");
        assert_eq!(application.compter("suites_contestations").await, 1);
    });
}

#[test]
fn a_declared_dif_is_for_its_holder_to_prove() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declarer(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        renaud.cle = "autre-0123456789".into();
        let vue = contester(&mut renaud, "2026-11-23.0", "C’était 90.").await.json();
        assert_eq!(vue["destinataire"], "titulaire");
    });
}

#[test]
fn the_same_submission_twice_is_one_request() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let premiere = contester(&mut dominique, "2020-06-30.0", "Faux.").await;
        let seconde = contester(&mut dominique, "2020-06-30.0", " Faux. ").await;
        assert_eq!((premiere.statut.as_u16(), seconde.statut.as_u16()), (201, 201));
        assert_eq!(premiere.json(), seconde.json());
        contester(&mut dominique, "2020-06-30.0", "Autre.").await.est_un_refus(409, "cle_idempotence_reprise");
        contester(&mut dominique, "2021-06-30.0", "Faux.").await.est_un_refus(409, "cle_idempotence_reprise");
        assert_eq!(application.compter("contestations").await, 1);
        let (mut un, mut autre) = (dominique.clone(), dominique.clone());
        (un.cle, autre.cle) = ("ensemble-0123456789".into(), "ensemble-0123456789".into());
        let (un, autre) =
            tokio::join!(contester(&mut un, "2019-01-01.0", "Faux."), contester(&mut autre, "2019-01-01.0", "Faux."));
        assert_eq!(un.json(), autre.json());
        let (mut un, mut autre) = (dominique.clone(), dominique);
        (un.cle, autre.cle) = ("separes-0123456789-1".into(), "separes-0123456789-2".into());
        let (un, autre) =
            tokio::join!(contester(&mut un, "2019-01-01.0", "Faux."), contester(&mut autre, "2019-01-01.0", "Faux."));
        assert_eq!((un.statut.as_u16(), autre.statut.as_u16()), (201, 201));
        assert_eq!(application.compter("contestations").await, 4);
    });
}

#[test]
fn what_cannot_be_a_request_is_refused() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        for (raison, faute) in
            [(" \n ".to_owned(), "vide"), ("é".repeat(2_001), "trop_longue"), ("a\u{0}b".to_owned(), "caractere")]
        {
            let refus = contester(&mut dominique, "2020-06-30.0", &raison).await;
            refus.est_un_refus(422, "saisie");
            assert_eq!(refus.faute("raison"), json!({ "raison": faute }));
        }
        contester(&mut dominique, "2020-06-30.1", "Faux.").await.est_un_refus(404, "introuvable");
        contester(&mut dominique, "hier", "Faux.").await.est_un_refus(400, "corps_illisible");
        contester(&mut application.anonyme(), "2020-06-30.0", "Faux.").await.est_un_refus(401, "session_requise");
        dominique.cle = "courte".into();
        contester(&mut dominique, "2020-06-30.0", "Faux.").await.est_un_refus(400, "cle_idempotence_manquante");
        assert_eq!(application.compter("contestations").await, 0);
        dominique.cle = "longue-0123456789".into();
        assert_eq!(contester(&mut dominique, "2020-06-30.0", &"𝄞".repeat(2_000)).await.statut, 201);
    });
}

#[test]
fn nobody_sees_the_request_of_another_and_closing_erases_it() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let vue = contester(&mut dominique, "2020-06-30.0", "Faux.").await.json();
        let reference = vue["reference"].as_str().expect("a reference");
        assert_eq!(suivre(&application, reference, Suite::Reponse("Non.")).await, Suivi::Fait);
        let mut autre = application.anonyme();
        autre.cle = "maelle-0123456789".into();
        assert_eq!(autre.inscrire(&maelle()).await.statut, 201);
        assert_eq!(contestations(&mut autre).await, Value::Null);
        let fermeture = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(dominique.json(Method::DELETE, "/api/profil", &fermeture).await.statut, 204);
        assert_eq!(application.compter("contestations").await, 0);
        assert_eq!(application.compter("suites_contestations").await, 0);
    });
}
