//! Everything that is kept of the holder, as one file.

use axum::body::Body;
use axum::http::{Request, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::BodyExt;
use serde_json::Value;
use server::router;
use testbed::{Application, Browser, MOT_DE_PASSE, trial};
use tower::ServiceExt;

/// The answer with its body unread.
async fn begun(application: &Application, browser: &Browser) -> Response<Body> {
    let cookie = browser.cookie.as_deref().expect("a session");
    let request = Request::get("/api/profil/export").header("cookie", cookie).body(Body::empty()).expect("a request");
    router(application.state.clone()).oneshot(request).await.expect("a router never fails")
}

#[test]
fn the_export_holds_everything_that_is_kept() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_seen_by_an_operator().await;
        assert_eq!(dominique.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let response = dominique.fetch("/api/profil/export").await;
        assert!(response.header("content-disposition").starts_with("attachment;"));
        assert_eq!(response.header("content-type"), "application/json");
        assert_eq!(response.header("cache-control"), "no-store");
        let export = response.json();
        assert_eq!(export["numero_de_securite_sociale"], "2790351215189 89");
        assert_eq!(export["profil"]["courriel"], "dominique@exemple.fr");
        assert_eq!(export["releve"]["solde"], "1990.00");
        let content = export["declarations_dif"][0]["attestation"]["contenu_base64"].as_str();
        assert!(content.is_some_and(|content| content.starts_with("JVBERi0xLjcK")));
        assert_eq!(export["connexions"][0]["actuelle"], true);
    });
}

#[test]
fn proofs_of_any_size_are_whole_in_the_export_and_in_their_order() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_seen_by_an_operator().await;
        // Around the blocks in which a proof is sealed, and whatever is left of a group of three bytes.
        let sizes = [40_usize, 41, 42, 65_535, 65_536, 65_537, 196_608, 300_001];
        let proof = |size: usize| -> Vec<u8> { b"%PDF-1.7".iter().copied().cycle().take(size).collect() };
        for (rank, size) in sizes.into_iter().enumerate() {
            dominique.key = format!("proof-0123456789-{rank}");
            let champs: &[(&str, &str)] =
                if rank == 0 { &[("heures", "1")] } else { &[("heures", "1"), ("rapport", "ajoute")] };
            assert_eq!(dominique.declare(champs, Some(&proof(size))).await.statut, 201, "{size}");
        }
        let response = dominique.fetch("/api/profil/export").await;
        let export = response.json();
        let declarations = export["declarations_dif"].as_array().expect("declarations");
        assert_eq!(declarations.len(), sizes.len());
        for (declaration, size) in declarations.iter().zip(sizes) {
            let attestation = &declaration["attestation"];
            assert_eq!(attestation["taille"], size.to_string());
            let content = STANDARD.decode(attestation["contenu_base64"].as_str().expect("a text"));
            assert!(content.is_ok_and(|content| content == proof(size)), "{size}");
        }
        // Written piece by piece, it is the text that would be written at once.
        assert_eq!(response.text(), export.to_string());
    });
}

#[test]
fn an_account_exports_once_at_a_time_and_again_when_its_client_is_gone() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut renaud = application.anonyme();
        renaud.key = "renaud-0123456789".into();
        application.register(&mut renaud, &testbed::renaud()).await;
        let under_way = begun(&application, &dominique).await;
        assert_eq!(under_way.status(), 200);
        let refusal = dominique.fetch("/api/profil/export").await;
        refusal.is_refused_with(429, "export_en_cours");
        assert_eq!(refusal.header("retry-after"), "10");
        // Nobody else waits for it, nor anything else of the same person.
        assert_eq!(renaud.fetch("/api/profil/export").await.statut, 200);
        assert_eq!(dominique.fetch("/api/droits").await.statut, 200);
        drop(under_way);
        assert_eq!(dominique.fetch("/api/profil/export").await.statut, 200);
        let read = begun(&application, &dominique).await.into_body().collect().await.expect("a whole body").to_bytes();
        assert!(serde_json::from_slice::<Value>(&read).is_ok());
        assert_eq!(dominique.fetch("/api/profil/export").await.statut, 200);
    });
}

#[test]
fn a_proof_that_is_not_there_is_said_before_a_file_begins() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_seen_by_an_operator().await;
        assert_eq!(dominique.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let dir = application.dir.path().join("pieces");
        let path = std::fs::read_dir(dir).expect("proofs").next().expect("one").expect("one").path();
        let bytes = std::fs::read(&path).expect("its bytes");
        std::fs::remove_file(&path).expect("it goes");
        dominique.fetch("/api/profil/export").await.is_refused_with(503, "indisponible");
        // One that was altered cuts the answer: it never looks whole.
        std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("it is back, cut");
        assert!(begun(&application, &dominique).await.into_body().collect().await.is_err());
        std::fs::write(&path, &bytes).expect("it is back");
        assert_eq!(dominique.fetch("/api/profil/export").await.statut, 200);
        assert_eq!(dominique.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
    });
}
