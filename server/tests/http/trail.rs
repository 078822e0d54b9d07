//! What the journal keeps of requests that are refused.

use std::time::Duration;

use api::routes;
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use testbed::{MOT_DE_PASSE, Method, dominique, trial, with};

const KEPT: &str = "SELECT quoi FROM journal WHERE qui = 'visiteur'";

#[test]
fn a_refused_sign_up_and_a_page_of_another_site_are_kept() {
    trial(async |application| {
        let _dominique = application.dominique().await;
        let mut stranger = application.anonyme();
        stranger.key = "une-autre-0123456789".into();
        let other = with(dominique(), "courriel", "autre@exemple.fr");
        application.comes_to_nothing(&other).await;
        assert_eq!(application.rows(KEPT).await, ["inscription_refusee"]);
        for _ in 0..3 {
            let request = Request::post("/api/connexion").header("origin", "https://ailleurs.example");
            let body = json!({ "courriel": "dominique@exemple.fr", "mot_de_passe": MOT_DE_PASSE }).to_string();
            let request = request.header("content-type", "application/json").body(Body::from(body));
            stranger.send(request.expect("a request")).await.is_refused_with(403, "origine_refusee");
        }
        assert_eq!(application.rows(KEPT).await, ["inscription_refusee", "origine_refusee"], "once for a place");
        // What tells of nobody, or happens to everybody, is in no journal.
        stranger.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        stranger.fetch("/api/rien").await.is_refused_with(404, "introuvable");
        assert_eq!(application.rows(KEPT).await.len(), 2);
    });
}

#[test]
fn what_the_page_does_not_send_the_screen_of_another_and_a_link_that_is_over_are_kept_once_for_a_place() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        for _ in 0..3 {
            let unread = dominique.json(Method::POST, "/api/connexion", &json!({ "role": "administrateur" })).await;
            unread.is_refused_with(400, "corps_illisible");
            let cookie = dominique.cookie.clone().expect("a session");
            let request =
                Request::get("/api/droits").header("cookie", cookie).header("acquis-compte", "celui-d-un-autre");
            let request = request.body(Body::empty()).expect("a request");
            application.anonyme().send(request).await.is_refused_with(409, "autre_compte");
            let link = json!({ "jeton": "0f".repeat(16), "mot_de_passe": MOT_DE_PASSE });
            let over = application.anonyme().json(Method::POST, "/api/inscription/confirmation", &link).await;
            over.is_refused_with(410, "lien_perime");
        }
        for what in ["demande_illisible", "autre_compte_refuse", "lien_perime"] {
            assert_eq!(application.count(&format!("journal WHERE quoi = '{what}'")).await, 1, "{what}");
        }
        let about = application.rows("SELECT quoi FROM journal WHERE compte IS NOT NULL AND quoi LIKE '%refuse'").await;
        assert_eq!(about, ["autre_compte_refuse"], "with the account whose session it was");
    });
}

#[test]
fn whoever_is_stopped_is_kept_once_and_each_place_apart() {
    trial(async |application| {
        let mut stranger = application.anonyme();
        let mut stopped = 0;
        for _ in 0..100 {
            let answer = stranger.sign_in("personne@exemple.fr", "Ce n'est pas lui 9").await;
            stopped += i32::from(answer.statut == 429);
        }
        assert!(stopped > 10, "{stopped}");
        let only = "SELECT quoi FROM journal WHERE quoi = 'tentatives_arretees'";
        assert_eq!(application.rows(only).await.len(), 1);
        let wrong = application.count("journal WHERE quoi = 'connexion_refusee'").await;
        assert_eq!(wrong, i64::from(100 - stopped));
        let marks = application.rows("SELECT DISTINCT origine FROM journal WHERE qui = 'visiteur'").await;
        assert_eq!((marks.len(), marks[0].len()), (1, 16), "{marks:?}");
    });
}

#[test]
fn a_wrong_password_that_is_asked_again_is_kept_with_its_account_and_its_place() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let wrong = json!({ "mot_de_passe": "Ce n'est pas lui 9" });
        let refused = dominique.json(Method::DELETE, "/api/profil", &wrong).await;
        assert_eq!((refused.statut.as_u16(), refused.faute("mot-de-passe-actuel")), (422, json!("mot_de_passe_faux")));
        // Nothing typed is no guess, and another fault of a form is nobody's business.
        assert_eq!(dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": "" })).await.statut, 422);
        assert_eq!(dominique.declare(&[("heures", "douze")], None).await.statut, 422);
        let kept = "SELECT quoi FROM journal WHERE quoi = 'mot_de_passe_refuse'";
        let whose = format!("{kept} AND compte IS NOT NULL AND length(origine) = 16");
        assert_eq!((application.rows(kept).await.len(), application.rows(&whose).await.len()), (1, 1));
    });
}

#[test]
fn a_wrong_code_is_kept_with_its_place_and_with_its_account_where_somebody_is_connected() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let asked =
            json!({ "telephone_fixe": "0262 12 34 56", "telephone_mobile": "", "courriel": "dominique@exemple.fr" });
        assert_eq!(dominique.json(Method::PUT, "/api/profil/coordonnees", &asked).await.statut, 202);
        let code = application.code_titled("dominique@exemple.fr", "Confirmez le changement de vos coordonnées").await;
        let wrong = if code.as_deref() == Some("000 000") { "000 001" } else { "000 000" };
        let codes = json!({ "code_actuel": wrong, "code_nouveau": "" });
        for _ in 0..2 {
            let refused = dominique.json(Method::POST, "/api/profil/coordonnees/confirmation", &codes).await;
            assert_eq!(refused.faute("code-actuel"), json!("code_faux"));
        }
        // What is no code is no guess.
        let empty = json!({ "code_actuel": "", "code_nouveau": "" });
        assert_eq!(dominique.json(Method::POST, "/api/profil/coordonnees/confirmation", &empty).await.statut, 422);
        let mut stranger = application.anonyme();
        let shown = json!({ "jeton": "0000-0000-0000-0000", "mot_de_passe": "Une autre phrase, longue 9" });
        let refused = stranger.json(Method::POST, "/api/recuperation/mot-de-passe", &shown).await;
        assert_eq!(refused.statut, 422, "{}", refused.text());
        let kept = "journal WHERE quoi = 'code_refuse' AND qui = 'visiteur' AND length(origine) = 16 AND compte";
        assert_eq!(application.count(&format!("{kept} IS NOT NULL")).await, 2);
        assert_eq!(application.count(&format!("{kept} IS NULL")).await, 1);
    });
}

#[test]
fn what_asks_for_more_to_be_proved_is_kept_once_for_a_place() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_before_confirmation().await;
        for _ in 0..3 {
            dominique.json(Method::POST, "/api/dif", &json!({})).await.is_refused_with(403, "niveau_insuffisant");
        }
        assert_eq!(application.count("journal WHERE quoi = 'niveau_refuse' AND compte IS NOT NULL").await, 1);
    });
}

#[test]
fn a_sign_in_says_by_which_way_and_what_its_holder_reads_leaves_nothing() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.state.clock.advance(Duration::from_secs(1));
        assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let ways = "SELECT raison FROM journal WHERE quoi = 'connexion' ORDER BY quand";
        assert_eq!(application.rows(ways).await, ["inscription", "mot_de_passe"]);
        let lines = application.count("journal").await;
        // What leaves, or is refused to, is kept.
        let kept = [routes::EXPORT, routes::EXPORT_ENTIER];
        for path in routes::ALL.iter().filter(|path| !path.contains('{') && !kept.contains(path)) {
            dominique.fetch(path).await;
        }
        assert_eq!(application.count("journal").await, lines);
    });
}
