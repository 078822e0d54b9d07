//! What surrounds every request.

use axum::body::Body;
use axum::http::{Method, Request};
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use server::router;
use testbed::{MOT_DE_PASSE, ORIGIN, journal, trial, trial_with};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[test]
fn only_pages_of_this_site_may_change_anything() {
    trial_with(
        |s| s.public_addresses = vec!["https://acquis.example".into()],
        async |application| {
            let attempt = async |headers: &[(&str, &str)]| {
                let mut request = Request::post("/api/deconnexion");
                for (nom, value) in headers {
                    request = request.header(*nom, *value);
                }
                application.anonyme().send(request.body(Body::empty()).expect("a request")).await
            };
            for headers in [[("origin", "https://acquis.example")], [("sec-fetch-site", "same-origin")]] {
                assert_eq!(attempt(&headers).await.statut, 204, "{headers:?}");
            }
            attempt(&[]).await.is_refused_with(403, "origine_refusee");
            for origin in [
                "https://autre.example",
                "null",
                "http://acquis.example",
                "https://acquis.example.autre.fr",
                "é",
                // Another program of the machine, once people come by an address of their own.
                "http://localhost:3000",
                "http://127.0.0.1:8087",
            ] {
                attempt(&[("origin", origin)]).await.is_refused_with(403, "origine_refusee");
            }
            attempt(&[("origin", "https://autre.example"), ("sec-fetch-site", "cross-site")])
                .await
                .is_refused_with(403, "origine_refusee");
        },
    );
}

#[test]
fn on_the_machine_the_pages_of_its_other_programs_are_strangers() {
    trial(async |application| {
        let from = async |headers: &[(&str, &str)]| {
            let mut request = Request::post("/api/deconnexion");
            for (nom, value) in headers {
                request = request.header(*nom, *value);
            }
            application.anonyme().send(request.body(Body::empty()).expect("a request")).await
        };
        for own in ["http://127.0.0.1:8087", "http://localhost:8087", "http://[::1]:8087"] {
            assert_eq!(from(&[("origin", own)]).await.statut, 204, "{own}");
        }
        for other in ["http://127.0.0.1:9", "http://localhost:3000", "http://localhost"] {
            from(&[("origin", other)]).await.is_refused_with(403, "origine_refusee");
            // Ports of one machine are one site for a browser.
            from(&[("origin", other), ("sec-fetch-site", "same-site")]).await.is_refused_with(403, "origine_refusee");
        }
    });
}

#[test]
fn outside_the_machine_its_pages_are_strangers() {
    trial_with(
        |s| {
            s.listen = "0.0.0.0:8087".parse().expect("an address");
            s.public_addresses = vec!["https://acquis.example".into()];
        },
        async |application| {
            let request =
                Request::post("/api/deconnexion").header("origin", "http://localhost:8087").body(Body::empty());
            application.anonyme().send(request.expect("a request")).await.is_refused_with(403, "origine_refusee");
        },
    );
}

#[test]
fn every_refusal_under_api_is_a_problem() {
    trial(async |application| {
        for path in ["/api/inconnu", "/api/droits/1", "/api/"] {
            application.anonyme().fetch(path).await.is_refused_with(404, "introuvable");
        }
        let refusal = application.anonyme().json(Method::POST, "/api/droits", &json!({})).await;
        refusal.is_refused_with(405, "methode_refusee");
        assert!(refusal.header("allow").contains("GET"), "{:?}", refusal.headers);
        application.anonyme().fetch("/api/connexion").await.is_refused_with(405, "methode_refusee");
        application
            .anonyme()
            .json(Method::PATCH, "/api/profil", &json!({}))
            .await
            .is_refused_with(405, "methode_refusee");
    });
}

#[test]
fn every_answer_bears_the_security_headers() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        for path in ["/api/droits", "/api/inconnu", "/", "/sante/vif", "/inconnu.js"] {
            let response = dominique.fetch(path).await;
            assert_eq!(response.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(response.header("referrer-policy"), "same-origin", "{path}");
            assert_eq!(response.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert!(response.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert!(!response.header("content-security-policy").contains("unsafe-inline"), "{path}");
            assert!(response.header("permissions-policy").contains("camera=()"), "{path}");
            assert_eq!(response.header("strict-transport-security"), "", "{path}");
            assert_eq!(response.header("x-request-id").len(), 16, "{path}");
        }
        for path in ["/api/droits", "/api/session", "/api/inconnu"] {
            assert_eq!(dominique.fetch(path).await.header("cache-control"), "no-store");
        }
    });
}

#[test]
fn the_identifier_of_a_request_is_ours_and_its_lines_bear_it() {
    trial(async |application| {
        let request = Request::get("/api/session").header("x-request-id", "2790351215189").body(Body::empty());
        let response = application.anonyme().send(request.expect("a request")).await;
        let id = response.header("x-request-id");
        assert!(id.len() == 16 && id.bytes().all(|c| c.is_ascii_hexdigit()), "{id}");
        let journal = String::from_utf8_lossy(&journal().lock().expect("the log").clone()).into_owned();
        let ligne = journal.lines().find(|ligne| ligne.contains(id) && ligne.contains("statut="));
        let ligne = ligne.unwrap_or_else(|| panic!("no line for {id}"));
        for part in ["methode=GET", "route=\"/api/session\"", "statut=200", "ms="] {
            assert!(ligne.contains(part), "{ligne}");
        }
        assert!(!ligne.contains("2790351215189"), "{ligne}");
    });
}

#[test]
fn a_refused_upload_is_answered_in_full_over_a_real_connection() {
    trial(async |application| {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let server = tokio::spawn(async move {
            axum::serve(listener, router(application.state.clone())).await.expect("a server");
        });
        for (size, path) in
            [(20_000_000_usize, "/api/inscription"), (20_000_000, "/api/dif"), (70_000_000, "/api/connexion")]
        {
            let stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
            let (mut read_only, mut entry) = stream.into_split();
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: a\r\nOrigin: {ORIGIN}\r\nContent-Type: application/json\r\n\
                 Idempotency-Key: 0123456789abcdef\r\nContent-Length: {size}\r\n\r\n"
            );
            let envelope = tokio::spawn(async move {
                entry.write_all(head.as_bytes()).await.expect("the head is sent");
                let chunk = vec![b' '; 1_000_000];
                let mut rest = size;
                // Past what the server empties, it may hang up.
                while rest > 0 && entry.write_all(&chunk).await.is_ok() {
                    rest = rest.saturating_sub(chunk.len());
                }
                entry
            });
            let mut received = Vec::new();
            while !contains_the_end(&received) {
                let mut buffer = [0; 4_096];
                match read_only.read(&mut buffer).await {
                    Ok(0) | Err(_) => break,
                    Ok(readings) => received.extend_from_slice(&buffer[..readings]),
                }
            }
            let text = String::from_utf8_lossy(&received).into_owned();
            let expected = if path == "/api/dif" { "HTTP/1.1 401" } else { "HTTP/1.1 413" };
            if size < 32_000_000 {
                assert!(text.starts_with(expected), "{path}: {text}");
                assert!(text.contains("\"code\":"), "{path}: {text}");
            } else if !text.is_empty() {
                assert!(text.contains("connection: close"), "{text}");
            }
            drop(read_only);
            drop(envelope.await);
        }
        server.abort();
    });
}

#[test]
fn a_body_that_stops_coming_is_refused_with_its_reason() {
    trial(async |application| {
        let sent = stream::iter([Ok::<_, axum::Error>("{\"courriel\":")]).chain(stream::pending());
        let mut browser = application.anonyme();
        let request = browser.request(Method::POST, "/api/connexion").header("content-type", "application/json");
        let refusal = browser.send(request.body(Body::from_stream(sent)).expect("a request")).await;
        refusal.is_refused_with(408, "envoi_trop_lent");
        // Its rest would be read as the next request.
        assert_eq!(refusal.header("connection"), "close");
    });
}

fn contains_the_end(received: &[u8]) -> bool {
    received.ends_with(b"}")
}

#[test]
fn security_txt_is_there_when_the_settings_name_a_contact() {
    trial(async |application| {
        assert_eq!(application.anonyme().fetch("/.well-known/security.txt").await.statut, 404);
    });
    trial_with(
        |s| s.security_contact = Some("mailto:securite@acquis.example".into()),
        async |application| {
            let response = application.anonyme().fetch("/.well-known/security.txt").await;
            assert!(
                response.text().contains("Contact: mailto:securite@acquis.example\nExpires: 2027-05-22T00:00:00Z\n")
            );
        },
    );
}

#[test]
fn a_session_cookie_alone_does_not_let_another_site_act() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let request = Request::delete("/api/profil")
            .header("origin", "https://piege.example")
            .header("content-type", "application/json")
            .body(Body::from(json!({ "mot_de_passe": MOT_DE_PASSE }).to_string()))
            .expect("a request");
        dominique.send(request).await.is_refused_with(403, "origine_refusee");
        assert_eq!(application.count("comptes").await, 1);
    });
}

#[test]
fn a_bug_of_ours_is_a_problem_like_any_other() {
    trial(async |application| {
        async fn fall() -> &'static str {
            panic!("on purpose")
        }
        let failure = axum::Router::new().route("/api/panne", axum::routing::get(fall));
        let router = server::router_with(application.state.clone(), failure);
        application.on_this_router(router).fetch("/api/panne").await.is_refused_with(500, "interne");
    });
}
