//! Everything that is kept of the holder, as one file.

use std::io::Cursor;
use std::time::Duration;

use api::routes;
use axum::body::Body;
use axum::http::{Method, Request, Response};
use export::{check, public_keys};
use http_body_util::BodyExt;
use serde_json::json;
use server::router;
use testbed::{Application, Authenticator, Browser, MOT_DE_PASSE, shown_by_application, trial};
use tower::ServiceExt;

const LIGHT: &str = routes::EXPORT;
const WHOLE: &str = routes::EXPORT_ENTIER;
const BY_PASSKEY: &str = routes::EXPORT_CLE;

/// The answer with its body unread.
async fn begun(application: &Application, browser: &Browser, path: &str) -> Response<Body> {
    let cookie = browser.cookie.as_deref().expect("a session");
    let request = Request::get(path).header("cookie", cookie).body(Body::empty()).expect("a request");
    router(application.state.clone()).oneshot(request).await.expect("a router never fails")
}

#[test]
fn the_export_holds_everything_that_is_kept() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_seen_by_an_operator().await;
        assert_eq!(dominique.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let response = dominique.take_everything_away("").await;
        assert!(response.header("content-disposition").starts_with("attachment;"));
        assert_eq!(response.header("content-type"), "application/zip");
        assert_eq!(response.header("cache-control"), "no-store");
        let (files, export) = (response.files(), response.exported());
        assert_eq!((&export["entier"], &export["ce_qui_manque"]), (&json!(true), &json!([])));
        assert_eq!(export["numero_de_securite_sociale"], "2790351215189 89");
        assert_eq!(export["profil"]["courriel"], "dominique@exemple.fr");
        assert_eq!(export["releve"]["solde"], "1990.00");
        assert_eq!(export["connexions"][0]["actuelle"], true);
        let proof = export["declarations_dif"][0]["attestation"]["fichier"].as_str().expect("a file");
        assert!(files[proof].starts_with(b"%PDF-1.7\n"), "{proof}");
        assert_eq!(export["$schema"], "donnees.schema.json");
        assert_eq!(files["donnees.schema.json"], application.anonyme().fetch(routes::EXPORT_SCHEMA).await.body);
        let releve = String::from_utf8(files["releve.html"].clone()).expect("a page");
        assert!(releve.contains("Pat-Trois") && releve.contains("1\u{202f}990,00\u{a0}€"), "{releve}");
        let notice = String::from_utf8(files["LISEZ-MOI.txt"].clone()).expect("a text");
        assert!(notice.contains("http://localhost:8087/.well-known/acquis-signatures.json"), "{notice}");
        // Whoever is given it asks the service for its keys alone.
        let keys = public_keys(&application.anonyme().fetch(routes::SIGNATURES).await.text());
        let checked = check(Cursor::new(&response.body), &keys).expect("a signed file");
        assert_eq!((checked.files, checked.faults), (5, Vec::new()));
        assert_eq!(checked.said, "http://localhost:8087, 2026-11-23T10:00");
    });
}

#[test]
fn proofs_of_any_size_are_whole_in_the_export_and_signed() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_seen_by_an_operator().await;
        // Around the blocks in which a proof is sealed.
        let sizes = [40_usize, 41, 42, 65_535, 65_536, 65_537, 196_608, 300_001];
        let proof = |size: usize| -> Vec<u8> { b"%PDF-1.7".iter().copied().cycle().take(size).collect() };
        for (rank, size) in sizes.into_iter().enumerate() {
            dominique.key = format!("proof-0123456789-{rank}");
            let champs: &[(&str, &str)] =
                if rank == 0 { &[("heures", "1")] } else { &[("heures", "1"), ("rapport", "ajoute")] };
            assert_eq!(dominique.declare(champs, Some(&proof(size))).await.statut, 201, "{size}");
        }
        let response = dominique.take_everything_away("").await;
        let (files, export) = (response.files(), response.exported());
        let declarations = export["declarations_dif"].as_array().expect("declarations");
        assert_eq!(declarations.len(), sizes.len());
        for (declaration, size) in declarations.iter().zip(sizes) {
            let attestation = &declaration["attestation"];
            assert_eq!(attestation["taille"], size.to_string());
            assert_eq!(files[attestation["fichier"].as_str().expect("a file")], proof(size), "{size}");
        }
        let keys: Vec<_> = application.state.vault.public_keys().into_iter().map(|(_, key)| key).collect();
        let checked = check(Cursor::new(&response.body), &keys).expect("a signed file");
        assert_eq!((checked.files, checked.faults), (4 + sizes.len(), Vec::new()));
        // Nothing of it is ever whole in memory: no chunk is larger than a block of a proof and what stands around it.
        let shown = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(dominique.json(Method::POST, WHOLE, &shown).await.statut, 204);
        let mut body = begun(&application, &dominique, WHOLE).await.into_body();
        let (mut length, mut largest) = (0, 0);
        while let Some(frame) = body.frame().await {
            let bytes = frame.expect("a chunk").into_data().expect("bytes").len();
            (length, largest) = (length + bytes, largest.max(bytes));
        }
        assert!(length > 600_000 && largest < 200_000, "{largest} of {length}");
    });
}

#[test]
fn an_account_exports_once_at_a_time_and_again_when_its_client_is_gone() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut renaud = application.anonyme();
        renaud.key = "renaud-0123456789".into();
        application.register(&mut renaud, &testbed::renaud()).await;
        let under_way = begun(&application, &dominique, LIGHT).await;
        assert_eq!(under_way.status(), 200);
        let refusal = dominique.fetch("/api/profil/export").await;
        refusal.is_refused_with(429, "export_en_cours");
        assert_eq!(refusal.header("retry-after"), "10");
        // Nobody else waits for it, nor anything else of the same person.
        assert_eq!(renaud.fetch("/api/profil/export").await.statut, 200);
        assert_eq!(dominique.fetch("/api/droits").await.statut, 200);
        drop(under_way);
        assert_eq!(dominique.fetch("/api/profil/export").await.statut, 200);
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
        dominique.take_everything_away("").await.is_refused_with(503, "indisponible");
        // One that was altered cuts the answer: it never looks whole.
        std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("it is back, cut");
        // What was missing has used nothing up: the password is not asked again.
        assert!(begun(&application, &dominique, WHOLE).await.into_body().collect().await.is_err());
        std::fs::write(&path, &bytes).expect("it is back");
        assert_eq!(dominique.take_everything_away("").await.statut, 200);
        assert_eq!(dominique.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
    });
}

/// What the journal holds of exports, and the letters that told of them.
async fn told(application: &Application) -> (i64, i64, usize) {
    let letters = application.letters_to("dominique@exemple.fr").await;
    (
        application.count("journal WHERE quoi = 'export'").await,
        application.count("journal WHERE quoi = 'export_entier'").await,
        letters.iter().filter(|letter| letter.subject.contains("données ont été téléchargées")).count(),
    )
}

#[test]
fn everything_leaves_once_with_the_password_again_and_its_holder_is_told() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_seen_by_an_operator().await;
        dominique.fetch(WHOLE).await.is_refused_with(410, "lien_perime");
        for typed in ["", "un autre mot de passe"] {
            let refusal = dominique.json(Method::POST, WHOLE, &json!({ "mot_de_passe": typed })).await;
            refusal.is_refused_with(422, "saisie");
            assert!(refusal.text().contains("mot-de-passe-actuel"), "{}", refusal.text());
            dominique.fetch(WHOLE).await.is_refused_with(410, "lien_perime");
        }
        assert_eq!(told(&application).await, (0, 0, 0));
        assert_eq!(dominique.take_everything_away("").await.statut, 200);
        dominique.fetch(WHOLE).await.is_refused_with(410, "lien_perime");
        assert_eq!(told(&application).await, (0, 1, 1));
        // It does not wait for ever, and is of the session that asked alone.
        let shown = json!({ "mot_de_passe": MOT_DE_PASSE });
        let mut elsewhere = application.anonyme();
        assert_eq!(elsewhere.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert_eq!(dominique.json(Method::POST, WHOLE, &shown).await.statut, 204);
        elsewhere.fetch(WHOLE).await.is_refused_with(410, "lien_perime");
        application.state.clock.advance(Duration::from_secs(5 * 60));
        dominique.fetch(WHOLE).await.is_refused_with(410, "lien_perime");
        assert_eq!(dominique.fetch(LIGHT).await.json()["entier"], false);
        assert_eq!(told(&application).await, (1, 1, 2));
    });
}

#[test]
fn where_a_second_step_is_set_a_code_is_asked_for_as_well_and_serves_once() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let again = json!({ "mot_de_passe": MOT_DE_PASSE });
        let begun = dominique.json(Method::POST, "/api/profil/seconde-etape", &again).await.json();
        let secret = begun["secret"].as_str().expect("a secret").to_owned();
        let code = shown_by_application(&secret, application.state.clock.now());
        let set =
            dominique.json(Method::POST, "/api/profil/seconde-etape/confirmation", &json!({ "code": code })).await;
        let kept = set.json()["codes"][0].as_str().expect("a code").to_owned();
        // A squatter with a mailbox and an application of their own is nobody yet.
        let refusal = dominique.take_everything_away("").await;
        refusal.is_refused_with(403, "niveau_insuffisant");
        assert_eq!(refusal.json()["niveau"], "identite_prouvee");
        application.as_seen_by_an_operator().await;
        for wrong in ["", "000000", code.as_str()] {
            let refusal = dominique.take_everything_away(wrong).await;
            refusal.is_refused_with(422, "saisie");
            assert!(refusal.text().contains("code-application"), "{}", refusal.text());
        }
        application.state.clock.advance(Duration::from_secs(60));
        let code = shown_by_application(&secret, application.state.clock.now());
        assert_eq!(dominique.take_everything_away(&code).await.statut, 200);
        assert_eq!(dominique.take_everything_away(&code).await.statut, 422, "it has served");
        assert_eq!(dominique.take_everything_away(&kept).await.statut, 200);
        assert_eq!(dominique.take_everything_away(&kept).await.statut, 422, "it has served");
    });
}

#[test]
fn a_passkey_of_the_account_stands_for_the_password_and_that_of_another_does_not() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut renaud = application.anonyme();
        renaud.key = "renaud-0123456789".into();
        application.register(&mut renaud, &testbed::renaud()).await;
        application.as_seen_by_an_operator().await;
        let mut devices = [Authenticator::default(), Authenticator::default()];
        for (browser, device) in [&mut dominique, &mut renaud].into_iter().zip(&mut devices) {
            let asked = json!({ "nom": "", "mot_de_passe": MOT_DE_PASSE });
            let asked = browser.json(Method::POST, "/api/profil/cles/defi", &asked).await.json();
            let made = json!({ "reponse": device.make(&asked) });
            assert_eq!(browser.json(Method::POST, "/api/profil/cles", &made).await.statut, 201);
        }
        let mut shows = async |device: &mut Authenticator| {
            let asked = dominique.json(Method::POST, "/api/connexion/cle/defi", &json!({})).await.json();
            let answer = json!({ "reponse": device.answer(&asked) });
            let first = dominique.json(Method::POST, BY_PASSKEY, &answer).await;
            (first, dominique.fetch(WHOLE).await, dominique.json(Method::POST, BY_PASSKEY, &answer).await)
        };
        let [mut own, mut other] = devices;
        let (refused, nothing, _) = shows(&mut other).await;
        refused.is_refused_with(401, "cle_refusee");
        nothing.is_refused_with(410, "lien_perime");
        let (allowed, whole, again) = shows(&mut own).await;
        assert_eq!((allowed.statut.as_u16(), whole.statut.as_u16()), (204, 200), "{}", allowed.text());
        again.is_refused_with(401, "cle_refusee");
        dominique.fetch(WHOLE).await.is_refused_with(410, "lien_perime");
    });
}
