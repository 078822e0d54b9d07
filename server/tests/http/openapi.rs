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
                let method = method.to_uppercase().parse().expect("a method");
                let response = application.anonyme().json(method, path, &serde_json::json!({})).await;
                assert!(![404, 405, 500].contains(&response.statut.as_u16()), "{path}: {}", response.text());
            }
        }
    });
}
