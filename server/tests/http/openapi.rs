//! The description of the interface.

use std::collections::BTreeSet;

use api::routes;
use testbed::trial;

#[test]
fn the_description_names_every_path_and_no_other() {
    trial(async |application| {
        let document = application.anonyme().fetch(routes::OPENAPI).await.json();
        let described: BTreeSet<&str> =
            document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
        let known_ones: BTreeSet<&str> = routes::ALL.iter().copied().collect();
        assert_eq!(described, known_ones);
    });
}

#[test]
fn every_constant_of_the_shared_table_is_tested_here() {
    // A path that is written twice would be counted once above.
    let paths = routes::ALL.iter().collect::<BTreeSet<_>>().len();
    assert_eq!(paths, routes::ALL.len());
    assert_eq!(paths, 17);
}

#[test]
fn every_described_operation_answers() {
    trial(async |application| {
        let document = application.anonyme().fetch(routes::OPENAPI).await.json();
        for (path, operations) in document["paths"].as_object().expect("paths") {
            for method in operations.as_object().expect("operations").keys() {
                let method: axum::http::Method = method.to_uppercase().parse().expect("a method");
                let response = application.anonyme().json(method.clone(), path, &serde_json::json!({})).await;
                assert!(![404, 405, 500].contains(&response.statut.as_u16()), "{path}: {}", response.text());
                // What travels is what is described.
                let described = &operations[method.as_str().to_lowercase()]["responses"][response.statut.as_str()];
                assert!(described.is_object(), "{method} {path}: {} is not described", response.statut);
                let media = response.header("content-type").split(';').next().unwrap_or_default().to_owned();
                if response.statut.as_u16() >= 400 {
                    assert!(described["content"][&media].is_object(), "{method} {path}: {media} is not described");
                }
            }
        }
    });
}

#[test]
fn every_refusal_is_described_as_a_problem_and_a_session_as_a_cookie() {
    trial(async |application| {
        let document = application.anonyme().fetch(routes::OPENAPI).await.json();
        assert_eq!(document["components"]["securitySchemes"]["session"]["in"], "cookie");
        for (path, operations) in document["paths"].as_object().expect("paths") {
            for (method, operation) in operations.as_object().expect("operations") {
                let responses = operation["responses"].as_object().expect("responses");
                for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
                    let content = response["content"].as_object().expect("a content");
                    assert_eq!(content.keys().collect::<Vec<_>>(), ["application/problem+json"], "{path} {status}");
                }
                let wanted: &[&str] =
                    if method == "get" { &["405", "503"] } else { &["400", "403", "405", "408", "413", "503"] };
                for status in wanted {
                    assert!(responses.contains_key(*status), "{method} {path}: {status}");
                }
                assert_eq!(operation["requestBody"].is_object(), responses.contains_key("415"), "{method} {path}");
                // One that asks for a session says so, and what it answers without one.
                if operation["security"].is_array() {
                    assert!(responses.contains_key("401"), "{method} {path}");
                }
            }
        }
        let asks = |path: &str| {
            document["paths"][path].as_object().expect("a path").values().all(|o| o["security"].is_array())
        };
        assert!(asks(routes::PROFIL) && asks(routes::DIF) && !asks(routes::CONNEXION) && !asks(routes::SESSION));
    });
}
