//! What surrounds every request.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;
use server::router;
use testbed::{MOT_DE_PASSE, essai, essai_avec};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[test]
fn only_pages_of_this_site_may_change_anything() {
    essai_avec(
        |s| s.public_addresses = vec!["https://acquis.example".into()],
        async |application| {
            let essayer = async |entetes: &[(&str, &str)]| {
                let mut requete = Request::post("/api/deconnexion");
                for (nom, valeur) in entetes {
                    requete = requete.header(*nom, *valeur);
                }
                application.anonyme().envoyer(requete.body(Body::empty()).expect("a request")).await
            };
            for entetes in [
                [("origin", "https://acquis.example")],
                [("origin", "http://localhost:3000")],
                [("sec-fetch-site", "same-origin")],
            ] {
                assert_eq!(essayer(&entetes).await.statut, 204, "{entetes:?}");
            }
            essayer(&[]).await.est_un_refus(403, "origine_refusee");
            for origine in
                ["https://autre.example", "null", "http://acquis.example", "https://acquis.example.autre.fr", "é"]
            {
                essayer(&[("origin", origine)]).await.est_un_refus(403, "origine_refusee");
            }
            essayer(&[("origin", "https://autre.example"), ("sec-fetch-site", "cross-site")])
                .await
                .est_un_refus(403, "origine_refusee");
        },
    );
}

#[test]
fn outside_the_machine_its_pages_are_strangers() {
    essai_avec(
        |s| {
            s.listen = "0.0.0.0:8087".parse().expect("an address");
            s.public_addresses = vec!["https://acquis.example".into()];
        },
        async |application| {
            let requete =
                Request::post("/api/deconnexion").header("origin", "http://localhost:8087").body(Body::empty());
            application.anonyme().envoyer(requete.expect("a request")).await.est_un_refus(403, "origine_refusee");
        },
    );
}

#[test]
fn every_refusal_under_api_is_a_problem() {
    essai(async |application| {
        for chemin in ["/api/inconnu", "/api/droits/1", "/api/"] {
            application.anonyme().lire(chemin).await.est_un_refus(404, "introuvable");
        }
        let refus = application.anonyme().json(Method::POST, "/api/droits", &json!({})).await;
        refus.est_un_refus(405, "methode_refusee");
        assert!(refus.entete("allow").contains("GET"), "{:?}", refus.entetes);
        application.anonyme().lire("/api/inscription").await.est_un_refus(405, "methode_refusee");
        application.anonyme().json(Method::PATCH, "/api/profil", &json!({})).await.est_un_refus(405, "methode_refusee");
    });
}

#[test]
fn every_answer_bears_the_security_headers() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        for chemin in ["/api/droits", "/api/inconnu", "/", "/sante/vif", "/inconnu.js"] {
            let reponse = dominique.lire(chemin).await;
            assert_eq!(reponse.entete("x-content-type-options"), "nosniff", "{chemin}");
            assert_eq!(reponse.entete("referrer-policy"), "same-origin", "{chemin}");
            assert_eq!(reponse.entete("cross-origin-opener-policy"), "same-origin", "{chemin}");
            assert!(reponse.entete("content-security-policy").contains("frame-ancestors 'none'"), "{chemin}");
            assert!(!reponse.entete("content-security-policy").contains("unsafe-inline"), "{chemin}");
            assert!(reponse.entete("permissions-policy").contains("camera=()"), "{chemin}");
            assert_eq!(reponse.entete("strict-transport-security"), "", "{chemin}");
            assert_eq!(reponse.entete("x-request-id").len(), 16, "{chemin}");
        }
        for chemin in ["/api/droits", "/api/session", "/api/inconnu"] {
            assert_eq!(dominique.lire(chemin).await.entete("cache-control"), "no-store");
        }
    });
}

#[test]
fn a_refused_upload_is_answered_in_full_over_a_real_connection() {
    essai(async |application| {
        let ecoute = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let adresse = ecoute.local_addr().expect("its address");
        let serveur = tokio::spawn(async move {
            axum::serve(ecoute, router(application.etat.clone())).await.expect("a server");
        });
        for (taille, chemin) in
            [(20_000_000_usize, "/api/inscription"), (20_000_000, "/api/dif"), (70_000_000, "/api/connexion")]
        {
            let flux = tokio::net::TcpStream::connect(adresse).await.expect("a connection");
            let (mut lecture, mut ecriture) = flux.into_split();
            let tete = format!(
                "POST {chemin} HTTP/1.1\r\nHost: a\r\nOrigin: http://localhost:1\r\nContent-Type: application/json\r\n\
                 Idempotency-Key: 0123456789abcdef\r\nContent-Length: {taille}\r\n\r\n"
            );
            let envoi = tokio::spawn(async move {
                ecriture.write_all(tete.as_bytes()).await.expect("the head is sent");
                let morceau = vec![b' '; 1_000_000];
                let mut reste = taille;
                // Past what the server empties, it may hang up.
                while reste > 0 && ecriture.write_all(&morceau).await.is_ok() {
                    reste = reste.saturating_sub(morceau.len());
                }
                ecriture
            });
            let mut recu = Vec::new();
            while !contient_la_fin(&recu) {
                let mut tampon = [0; 4_096];
                match lecture.read(&mut tampon).await {
                    Ok(0) | Err(_) => break,
                    Ok(lus) => recu.extend_from_slice(&tampon[..lus]),
                }
            }
            let texte = String::from_utf8_lossy(&recu).into_owned();
            let attendu = if chemin == "/api/dif" { "HTTP/1.1 401" } else { "HTTP/1.1 413" };
            if taille < 32_000_000 {
                assert!(texte.starts_with(attendu), "{chemin}: {texte}");
                assert!(texte.contains("\"code\":"), "{chemin}: {texte}");
            } else if !texte.is_empty() {
                assert!(texte.contains("connection: close"), "{texte}");
            }
            drop(lecture);
            drop(envoi.await);
        }
        serveur.abort();
    });
}

fn contient_la_fin(recu: &[u8]) -> bool {
    recu.ends_with(b"}")
}

#[test]
fn security_txt_is_there_when_the_settings_name_a_contact() {
    essai(async |application| {
        assert_eq!(application.anonyme().lire("/.well-known/security.txt").await.statut, 404);
    });
    essai_avec(
        |s| s.security_contact = Some("mailto:securite@acquis.example".into()),
        async |application| {
            let reponse = application.anonyme().lire("/.well-known/security.txt").await;
            assert!(
                reponse.texte().contains("Contact: mailto:securite@acquis.example\nExpires: 2027-05-22T00:00:00Z\n")
            );
        },
    );
}

#[test]
fn a_session_cookie_alone_does_not_let_another_site_act() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let requete = Request::delete("/api/profil")
            .header("origin", "https://piege.example")
            .header("content-type", "application/json")
            .body(Body::from(json!({ "mot_de_passe": MOT_DE_PASSE }).to_string()))
            .expect("a request");
        dominique.envoyer(requete).await.est_un_refus(403, "origine_refusee");
        assert_eq!(application.compter("comptes").await, 1);
    });
}

#[test]
fn a_bug_of_ours_is_a_problem_like_any_other() {
    essai(async |application| {
        async fn tomber() -> &'static str {
            panic!("on purpose")
        }
        let panne = axum::Router::new().route("/api/panne", axum::routing::get(tomber));
        let routeur = server::router_with(application.etat.clone(), panne);
        application.sur_ce_routeur(routeur).lire("/api/panne").await.est_un_refus(500, "interne");
    });
}
