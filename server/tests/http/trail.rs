//! What the journal keeps of requests that are refused.

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
        stranger.json(Method::POST, "/api/connexion", &json!({})).await;
        stranger.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        stranger.fetch("/api/rien").await.is_refused_with(404, "introuvable");
        assert_eq!(application.rows(KEPT).await.len(), 2);
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
