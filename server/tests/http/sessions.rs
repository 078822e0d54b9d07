//! Connecting, disconnecting, and what ends a session.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use testbed::{Application, Browser, MOT_DE_PASSE, ORIGIN, camille, renaud, trial, trial_with, with};

const MINUTE: Duration = Duration::from_secs(60);

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.fetch("/api/session").await.json()["titulaire"] != Value::Null
}

#[test]
fn the_e_mail_and_the_password_open_a_session_whatever_the_case_of_the_e_mail() {
    trial(async |application| {
        application.dominique().await;
        let mut elsewhere = application.anonyme();
        let response = elsewhere.sign_in(" DOMINIQUE@exemple.fr ", MOT_DE_PASSE).await;
        assert_eq!(response.statut, StatusCode::OK, "{}", response.text());
        assert_eq!(response.json()["titulaire"]["prenoms"], "Dominique Marie-Louise");
        assert!(is_signed_in(&mut elsewhere).await);
    });
}

#[test]
fn a_wrong_password_and_an_unknown_e_mail_get_the_same_answer() {
    trial(async |application| {
        application.dominique().await;
        let wrong = application.anonyme().sign_in("dominique@exemple.fr", "autre chose").await;
        let unknown = application.anonyme().sign_in("personne@exemple.fr", MOT_DE_PASSE).await;
        wrong.is_refused_with(401, "identifiants_faux");
        assert_eq!(wrong.body, unknown.body);
        assert_eq!(wrong.header("set-cookie"), "");
    });
}

#[test]
fn an_empty_form_is_told_field_by_field() {
    trial(async |application| {
        let response = application.anonyme().sign_in("", "").await;
        response.is_refused_with(422, "saisie");
        assert_eq!(response.faute("mot-de-passe"), "mot_de_passe_manquant");
        assert_ne!(response.faute("courriel"), Value::Null);
    });
}

#[test]
fn an_idle_session_ends_and_a_used_one_goes_on_until_its_limit() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let clock = &application.state.clock;
        for _ in 0..24 {
            clock.advance(29 * MINUTE);
            let response = dominique.fetch("/api/session").await;
            assert_ne!(response.json()["titulaire"], Value::Null);
        }
        // 24 × 29 minutes have passed; 12 hours end the session whatever happens.
        let rest = dominique.fetch("/api/session").await.json();
        assert_eq!(rest["expire_dans"], (24 * 60).to_string());
        clock.advance(24 * MINUTE);
        assert!(!is_signed_in(&mut dominique).await);
        dominique.fetch("/api/droits").await.is_refused_with(401, "session_requise");

        let mut idle = application.anonyme();
        assert_eq!(idle.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        clock.advance(30 * MINUTE);
        assert!(!is_signed_in(&mut idle).await);
    });
}

#[test]
fn an_account_has_twenty_connections_and_one_more_takes_the_place_of_the_last() {
    trial(async |application| {
        let mut first = application.dominique().await;
        let clock = &application.state.clock;
        let mut others = Vec::new();
        for _ in 0..21 {
            clock.advance(Duration::from_secs(1));
            let mut browser = application.anonyme();
            assert_eq!(browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
            others.push(browser);
        }
        assert_eq!(application.count("sessions").await, 20);
        for (index, browser) in others.iter_mut().enumerate() {
            assert_eq!(is_signed_in(browser).await, ![18, 19].contains(&index), "{index}");
        }
        // Those that are over hold no place.
        clock.advance(20 * MINUTE);
        assert!(is_signed_in(&mut first).await);
        clock.advance(11 * MINUTE);
        let mut one_more = application.anonyme();
        assert_eq!(one_more.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert_eq!(application.count("sessions").await, 2);
        assert!(is_signed_in(&mut first).await && is_signed_in(&mut one_more).await);
    });
}

#[test]
fn disconnecting_ends_the_session_for_good() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut duplicate = dominique.clone();
        let response = dominique.json(Method::POST, "/api/deconnexion", &json!({})).await;
        assert_eq!(response.statut, StatusCode::NO_CONTENT);
        assert!(response.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(response.header("clear-site-data"), "\"storage\"");
        assert!(!is_signed_in(&mut duplicate).await);
        assert_eq!(dominique.json(Method::POST, "/api/deconnexion", &json!({})).await.statut, StatusCode::NO_CONTENT);
    });
}

#[test]
fn connecting_again_from_the_same_browser_ends_its_former_session() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut former = dominique.clone();
        assert_eq!(dominique.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert!(is_signed_in(&mut dominique).await);
        assert!(!is_signed_in(&mut former).await);
        assert_eq!(application.count("sessions").await, 1);
    });
}

/// The attributes of a cookie, sorted: their order means nothing (RFC 6265).
fn attributes(cookie: &str) -> Vec<&str> {
    let mut attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
    attributes.sort_unstable();
    attributes
}

async fn cookie_set(application: &Application) -> String {
    application.dominique().await;
    application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.header("set-cookie").to_owned()
}

#[test]
fn the_cookie_is_opaque_and_closed_to_scripts_and_other_sites() {
    trial(async |application| {
        let cookie = cookie_set(&application).await;
        let (value, _) = cookie.split_once(';').expect("attributes");
        assert_eq!(value.strip_prefix("acquis=").map(str::len), Some(64));
        assert_eq!(attributes(&cookie), ["HttpOnly", "Path=/", "SameSite=Lax"]);
    });
}

#[test]
fn outside_the_machine_the_cookie_only_travels_over_tls() {
    trial_with(
        |s| s.public_addresses = vec!["https://acquis.example".into(), ORIGIN.into()],
        async |application| {
            let cookie = cookie_set(&application).await;
            assert!(cookie.starts_with("__Host-acquis="), "{cookie}");
            assert_eq!(attributes(&cookie), ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
            let response = application.anonyme().fetch("/api/session").await;
            assert_eq!(response.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
        },
    );
}

#[test]
fn a_cookie_that_is_not_ours_is_nobody() {
    trial(async |application| {
        let mut browser = application.anonyme();
        for cookie in ["acquis=", "acquis=abc", &format!("acquis={}", "0".repeat(64)), "autre=1; acquis=é"] {
            browser.cookie = Some(cookie.to_owned());
            assert!(!is_signed_in(&mut browser).await, "{cookie}");
        }
    });
}

#[test]
fn the_screen_of_one_person_changes_nothing_for_another() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut other = application.anonyme();
        other.key = "renaud-0123456789".into();
        application.register(&mut other, &renaud()).await;
        let screen = dominique.fetch("/api/session").await.json()["compte"].as_str().unwrap_or_default().to_owned();
        assert_eq!(screen.len(), 16);
        assert_ne!(other.fetch("/api/session").await.json()["compte"], screen.as_str());
        let change = || {
            Request::delete("/api/profil/connexions")
                .header("origin", ORIGIN)
                .header("acquis-compte", &screen)
                .body(Body::empty())
                .expect("a request")
        };
        assert_eq!(dominique.send(change()).await.statut, 204);
        other.send(change()).await.is_refused_with(409, "autre_compte");
    });
}

/// An account of Camille under this e-mail and password.
async fn with_courriel(application: &Application, courriel: &str, mot_de_passe: &str) {
    application.recorded(with(with(camille(), "courriel", courriel), "mot_de_passe", mot_de_passe)).await;
}

#[test]
fn every_writing_of_an_e_mail_and_of_a_password_opens_the_same_account() {
    trial(async |application| {
        with_courriel(&application, "zoé@exämple.fr", "trois étés à Nîmes").await;
        for courriel in ["ZOÉ@exämple.fr", "zoe\u{301}@exa\u{308}mple.fr", "zoé@xn--exmple-cua.fr"] {
            for mot_de_passe in ["trois étés à Nîmes", "trois e\u{301}te\u{301}s a\u{300} Ni\u{302}mes"] {
                let response = application.anonyme().sign_in(courriel, mot_de_passe).await;
                assert_eq!(response.statut, StatusCode::OK, "{courriel}");
            }
        }
        for (courriel, mot_de_passe) in
            [("zoe@exämple.fr", "trois étés à Nîmes"), ("zoé@exämple.fr", "trois etes a Nimes")]
        {
            application.anonyme().sign_in(courriel, mot_de_passe).await.is_refused_with(401, "identifiants_faux");
        }
    });
}

#[test]
fn one_mailbox_opens_one_account_however_it_is_written() {
    trial(async |application| {
        with_courriel(&application, "zoé@exämple.fr", MOT_DE_PASSE).await;
        application.comes_to_nothing(&with(renaud(), "courriel", "zoe\u{301}@xn--exmple-cua.fr")).await;
        assert_eq!(application.count("comptes").await, 1);
    });
}

#[test]
fn an_account_of_before_opens_after_its_key_is_folded_and_two_of_one_mailbox_each_with_their_own_writing() {
    trial(async |application| {
        let composed = "zoé@exämple.fr";
        let decomposed = "zoe\u{301}@exa\u{308}mple.fr";
        with_courriel(&application, composed, MOT_DE_PASSE).await;
        let mut second = application.anonyme();
        second.key = "une-autre-personne-0123".into();
        application.register(&mut second, &renaud()).await;
        // As the keys of both were while nothing but capitals was folded.
        let rename = async |former: &str, key: &str| {
            let sql = format!("UPDATE comptes SET courriel_cle = '{key}' WHERE courriel = '{former}' RETURNING 'done'");
            assert_eq!(application.rows(&sql).await, ["done"]);
        };
        rename(composed, composed).await;
        rename("renaud@exemple.fr", decomposed).await;
        let later = "UPDATE comptes SET ouvert_le = '2026-11-25' WHERE courriel = 'renaud@exemple.fr' RETURNING 'done'";
        assert_eq!(application.rows(later).await, ["done"]);
        let state = &application.state;
        for _ in 0..2 {
            state.store.migrate(&state.vault).await.expect("a start");
            for (courriel, nom) in [(composed, "Nouvel"), (decomposed, "Ambroise")] {
                let mut browser = application.anonyme();
                assert_eq!(browser.sign_in(courriel, MOT_DE_PASSE).await.statut, StatusCode::OK, "{courriel}");
                assert_eq!(browser.fetch("/api/session").await.json()["titulaire"]["nom_naissance"], nom);
            }
        }
        assert_eq!(application.count("comptes").await, 2);
        // The first opened has the mailbox under any other writing.
        let mut browser = application.anonyme();
        assert_eq!(browser.sign_in("zoé@xn--exmple-cua.fr", MOT_DE_PASSE).await.statut, StatusCode::OK);
        assert_eq!(browser.fetch("/api/session").await.json()["titulaire"]["nom_naissance"], "Nouvel");
    });
}
