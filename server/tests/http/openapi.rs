//! The description of the interface.

use std::collections::BTreeSet;

use api::routes;
use testbed::essai;

#[test]
fn the_description_names_every_path_and_no_other() {
    essai(async |application| {
        let document = application.anonyme().lire(routes::OPENAPI).await.json();
        let decrits: BTreeSet<&str> =
            document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
        let connus: BTreeSet<&str> = routes::ALL.iter().copied().collect();
        assert_eq!(decrits, connus);
    });
}

#[test]
fn every_constant_of_the_shared_table_is_tested_here() {
    // A path that is written twice would be counted once above.
    let chemins = routes::ALL.iter().collect::<BTreeSet<_>>().len();
    assert_eq!(chemins, routes::ALL.len());
    assert_eq!(chemins, 17);
}

#[test]
fn every_described_operation_answers() {
    essai(async |application| {
        let document = application.anonyme().lire(routes::OPENAPI).await.json();
        for (chemin, operations) in document["paths"].as_object().expect("paths") {
            for methode in operations.as_object().expect("operations").keys() {
                let methode = methode.to_uppercase().parse().expect("a method");
                let reponse = application.anonyme().json(methode, chemin, &serde_json::json!({})).await;
                assert!(![404, 405, 500].contains(&reponse.statut.as_u16()), "{chemin}: {}", reponse.texte());
            }
        }
    });
}
