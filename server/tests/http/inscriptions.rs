//! Opening an account.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testbed::{Application, MOT_DE_PASSE, camille, dominique, renaud, trial, with};

#[test]
fn opening_an_account_connects_and_shows_the_rights_of_the_founding_document() {
    trial(async |application| {
        let mut dominique_ = application.anonyme();
        let response = dominique_.sign_up(&dominique()).await;
        assert_eq!(response.statut, StatusCode::CREATED);
        assert_eq!(response.json()["titulaire"]["nom_naissance"], "Pat-Trois");
        assert_eq!(response.json()["expire_dans"], "1800");
        let droits = dominique_.fetch("/api/droits").await.json();
        assert_eq!(droits["solde"], "1810.00");
        assert_eq!(droits["dont_dif"], "0.00");
        assert_eq!(droits["connu"], true);
    });
}

#[test]
fn a_person_whom_the_employers_do_not_know_starts_at_zero() {
    trial(async |application| {
        let mut camille = application.recorded(camille()).await;
        let droits = camille.fetch("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["connu"]), (&json!("0.00"), &json!(false)));
    });
}

#[test]
fn names_are_compared_without_accents_case_or_hyphens_and_kept_as_typed() {
    trial(async |application| {
        let mut dominique_ = application.recorded(with(dominique(), "nom_naissance", "pat trois")).await;
        assert_eq!(dominique_.fetch("/api/session").await.json()["titulaire"]["nom_naissance"], "pat trois");
    });
}

#[test]
fn the_same_submission_gives_the_same_account() {
    trial(async |application| {
        let mut browser = application.anonyme();
        let first = browser.sign_up(&dominique()).await;
        let first_cookie = browser.cookie.take();
        let second = browser.sign_up(&dominique()).await;
        assert_eq!((first.statut, second.statut), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(first.body, second.body);
        assert_ne!(first_cookie, browser.cookie);
        assert_eq!(application.count("comptes").await, 1);
    });
}

#[test]
fn a_key_cannot_serve_for_another_submission() {
    trial(async |application| {
        application.dominique().await;
        application.anonyme().sign_up(&renaud()).await.is_refused_with(409, "cle_idempotence_reprise");
        assert_eq!(application.count("comptes").await, 1);
    });
}

#[test]
fn a_second_tab_with_the_same_details_gets_the_same_account() {
    trial(async |application| {
        application.dominique().await;
        let mut other_tab = application.anonyme();
        other_tab.key = "autre-onglet-0123456789".into();
        let response = other_tab.sign_up(&dominique()).await;
        assert_eq!(response.statut, StatusCode::CREATED);
        assert_eq!(other_tab.fetch("/api/droits").await.json()["solde"], "1810.00");
        assert_eq!(application.count("comptes").await, 1);
        let other_mot_de_passe = with(dominique(), "mot_de_passe", "Tout autre chose, vraiment 7");
        other_tab.key = "troisieme-onglet-0123".into();
        other_tab.sign_up(&other_mot_de_passe).await.is_refused_with(409, "compte_impossible");
    });
}

async fn at_the_same_time(application: &Application, same_keys: bool) {
    let tasks: Vec<_> = (0..6)
        .map(|index| {
            let mut browser = application.anonyme();
            if !same_keys {
                browser.key = format!("onglet-0123456789-{index}");
            }
            tokio::spawn(async move { browser.sign_up(&dominique()).await })
        })
        .collect();
    for task in tasks {
        let response = task.await.expect("a task that ends");
        assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
    }
    assert_eq!(application.count("comptes").await, 1);
    assert_eq!(application.count("sessions").await, 6);
}

#[test]
fn identical_submissions_at_once_make_exactly_one_account() {
    trial(async |application| at_the_same_time(&application, true).await);
}

#[test]
fn tabs_that_submit_at_once_under_different_keys_make_exactly_one_account() {
    trial(async |application| at_the_same_time(&application, false).await);
}

#[test]
fn every_obstacle_gets_the_same_answer_byte_for_byte_and_leaves_nothing() {
    trial(async |application| {
        application.dominique().await;
        let people = application.count("personnes").await;
        let obstacles = [
            ("a name that is not the one known", with(renaud(), "nom_naissance", "Durand")),
            ("a date that is not the one known", with(renaud(), "date_naissance", "16/01/1980")),
            ("an account of the same person", with(dominique(), "courriel", "autre@exemple.fr")),
            ("an e-mail already used", with(renaud(), "courriel", "Dominique@Exemple.fr")),
            ("an e-mail already used, by somebody unknown", with(camille(), "courriel", "dominique@exemple.fr")),
        ];
        let mut body = Vec::new();
        for (index, (what, obstacle)) in obstacles.iter().enumerate() {
            let mut browser = application.anonyme();
            browser.key = format!("obstacle-0123456789-{index}");
            let response = browser.sign_up(obstacle).await;
            response.is_refused_with(409, "compte_impossible");
            assert_eq!(response.header("set-cookie"), "", "{what}");
            body.push(response.body);
        }
        body.dedup();
        assert_eq!(body.len(), 1);
        assert_eq!(application.count("comptes").await, 1);
        assert_eq!(application.count("personnes").await, people);
        assert_eq!(application.count("cles_idempotence").await, 1);
    });
}

#[test]
fn a_person_unknown_to_the_employers_is_also_held_to_what_they_said_first() {
    trial(async |application| {
        application.recorded(camille()).await;
        let mut other = application.anonyme();
        other.key = "autre-0123456789-abc".into();
        let spoofed = with(with(camille(), "nom_naissance", "Durand"), "courriel", "durand@exemple.fr");
        other.sign_up(&spoofed).await.is_refused_with(409, "compte_impossible");
    });
}

#[test]
fn refusals_from_one_address_end_by_having_to_wait() {
    testbed::trial_with(
        |s| s.attempts_by_address = 3,
        async |application| {
            let mut browser = application.anonyme();
            let wrong = with(renaud(), "nom_naissance", "Durand");
            for index in 0..3 {
                browser.key = format!("essai-0123456789-{index}");
                browser.sign_up(&wrong).await.is_refused_with(409, "compte_impossible");
            }
            let response = browser.sign_up(&renaud()).await;
            response.is_refused_with(429, "trop_de_tentatives");
            assert_eq!(response.header("retry-after"), "900");
            browser.ip = [127, 0, 0, 2];
            assert_eq!(browser.sign_up(&renaud()).await.statut, StatusCode::CREATED);
        },
    );
}

#[test]
fn a_common_password_is_refused_at_its_field() {
    trial(async |application| {
        let current = with(dominique(), "mot_de_passe", "Motdepasse2026!");
        let response = application.anonyme().sign_up(&current).await;
        response.is_refused_with(422, "saisie");
        assert_eq!(response.faute("mot-de-passe"), json!({ "mot_de_passe": "courant" }));
        assert_eq!(application.count("comptes").await, 0);
    });
}

#[test]
fn bad_values_are_refused_at_their_fields_and_leave_nothing() {
    trial(async |application| {
        let people = application.count("personnes").await;
        let long = "a".repeat(10_000);
        let case: &[(&str, &str, Value)] = &[
            ("nom_naissance", "nom-naissance", json!("Du\u{0}rand")),
            ("nom_naissance", "nom-naissance", json!("Du\u{202e}rand")),
            ("prenoms", "prenoms", json!("محمد")),
            ("prenoms", "prenoms", json!("")),
            ("nom_naissance", "nom-naissance", json!(long)),
            ("courriel", "courriel", json!(long)),
            ("mot_de_passe", "mot-de-passe", json!(long)),
            ("nir", "nir", json!(long)),
            ("telephone_mobile", "telephone-mobile", json!(long)),
            ("date_naissance", "date-naissance", json!("28/03/2079")),
            ("date_naissance", "date-naissance", json!("31/02/1979")),
            ("date_naissance", "date-naissance", json!("28/03/1980")),
            ("nir", "nir", json!("3790351215189")),
            ("cle", "cle", json!("88")),
            ("telephone_mobile", "telephone-mobile", json!("")),
            ("telephone_mobile", "telephone-fixe", json!("")),
            ("courriel", "courriel", json!("personne")),
            ("mot_de_passe", "mot-de-passe", json!("court")),
            ("cgu", "cgu", json!(false)),
        ];
        for (member, champ, value) in case {
            let response = application.anonyme().sign_up(&with(dominique(), member, value.clone())).await;
            response.is_refused_with(422, "saisie");
            assert_ne!(response.faute(champ), Value::Null, "{champ}: {}", response.text());
        }
        assert_eq!(application.count("comptes").await, 0);
        assert_eq!(application.count("personnes").await, people);
        assert_eq!(application.count("cles_idempotence").await, 0);
    });
}

#[test]
fn a_body_that_is_not_the_form_is_refused_as_a_whole() {
    trial(async |application| {
        let mut without_cgu = dominique();
        without_cgu.as_object_mut().expect("an object").remove("cgu");
        let unreadable: Vec<Vec<u8>> = vec![
            Vec::new(),
            b"{".to_vec(),
            b"null".to_vec(),
            b"[]".to_vec(),
            b"\"texte\"".to_vec(),
            b"{\"nom_naissance\":\"\xff\xfe\"}".to_vec(),
            with(dominique(), "nir", 2_790_351_215_189_i64).to_string().into_bytes(),
            with(dominique(), "cgu", "oui").to_string().into_bytes(),
            with(dominique(), "prenoms", json!(["a"])).to_string().into_bytes(),
            with(dominique(), "administrateur", true).to_string().into_bytes(),
            without_cgu.to_string().into_bytes(),
            "[".repeat(50_000).into_bytes(),
        ];
        for body in unreadable {
            let response =
                application.anonyme().bytes(Method::POST, "/api/inscription", "application/json", body).await;
            response.is_refused_with(400, "corps_illisible");
        }
        for size in [65 * 1_024, 20_000_000] {
            let body = vec![b' '; size];
            let response =
                application.anonyme().bytes(Method::POST, "/api/inscription", "application/json", body).await;
            response.is_refused_with(413, "corps_trop_grand");
        }
        for media in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let body = dominique().to_string().into_bytes();
            let response = application.anonyme().bytes(Method::POST, "/api/inscription", media, body).await;
            response.is_refused_with(415, "type_inattendu");
        }
        assert_eq!(application.count("comptes").await, 0);
    });
}

#[test]
fn a_submission_without_a_sound_key_is_refused() {
    trial(async |application| {
        for key in ["", "court", "0123456789 abcdef", &"a".repeat(65)] {
            let mut browser = application.anonyme();
            browser.key = key.into();
            browser.sign_up(&dominique()).await.is_refused_with(400, "cle_idempotence_manquante");
        }
        let browser = application.anonyme();
        let mut request = browser
            .request(Method::POST, "/api/inscription")
            .header("content-type", "application/json")
            .body(Body::from(dominique().to_string()))
            .expect("a request");
        request.headers_mut().remove("idempotency-key");
        application.anonyme().send(request).await.is_refused_with(400, "cle_idempotence_manquante");
    });
}

#[test]
fn an_account_that_was_closed_can_be_opened_again() {
    trial(async |application| {
        let mut dominique_ = application.dominique().await;
        let closing = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(dominique_.json(Method::DELETE, "/api/profil", &closing).await.statut, StatusCode::NO_CONTENT);
        let mut revenue = application.dominique().await;
        assert_eq!(revenue.fetch("/api/droits").await.json()["solde"], "1810.00");
    });
}
