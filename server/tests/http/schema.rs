//! The documented schema of the statement: made from the types, and true of what the server answers.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use axum::http::Method;
use serde_json::{Map, Value, json};
use server::Description;
use store::{Suite, Suivi};
use testbed::{essai, maelle};
use utoipa::OpenApi;

const DOCUMENT: &str = include_str!("../../../docs/releve.schema.json");
const COMPOSANTS: &str = "#/components/schemas/";

/// The schema of `GET /api/historique`, on its own: what it refers to is under `$defs`.
fn schema() -> Value {
    let openapi = serde_json::to_value(Description::openapi()).expect("a description");
    let composants = openapi["components"]["schemas"].as_object().expect("schemas");
    let mut definitions = BTreeMap::new();
    let mut a_prendre = vec!["HistoriqueVu".to_owned()];
    while let Some(nom) = a_prendre.pop() {
        if let Entry::Vacant(place) = definitions.entry(nom) {
            let mut composant = composants[place.key()].clone();
            renvoyer(&mut composant, &mut a_prendre);
            place.insert(composant);
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Relevé de droits à la formation",
        "$ref": "#/$defs/HistoriqueVu",
        "$defs": definitions,
    })
}

/// Turns the references of OpenAPI into those of the schema, and tells what they name.
fn renvoyer(valeur: &mut Value, noms: &mut Vec<String>) {
    match valeur {
        Value::Object(membres) => {
            if let Some(Value::String(renvoi)) = membres.get_mut("$ref")
                && let Some(nom) = renvoi.strip_prefix(COMPOSANTS).map(str::to_owned)
            {
                *renvoi = format!("#/$defs/{nom}");
                noms.push(nom);
            }
            membres.values_mut().for_each(|membre| renvoyer(membre, noms));
        }
        Value::Array(valeurs) => valeurs.iter_mut().for_each(|valeur| renvoyer(valeur, noms)),
        _ => {}
    }
}

/// Where the value breaks the schema, if it does. Knows the words that our schema uses, and no other.
fn faute(racine: &Value, schema: &Value, valeur: &Value, ou: &str) -> Result<(), String> {
    for (mot, regle) in schema.as_object().unwrap_or(&Map::new()) {
        let juste = match mot.as_str() {
            "$ref" => {
                let chemin = regle.as_str().unwrap_or_default().trim_start_matches('#');
                faute(racine, racine.pointer(chemin).ok_or_else(|| format!("{ou}: no {chemin}"))?, valeur, ou)?;
                true
            }
            "oneOf" => {
                let cas = regle.as_array().expect("cases");
                cas.iter().filter(|cas| faute(racine, cas, valeur, ou).is_ok()).count() == 1
            }
            "enum" => regle.as_array().expect("values").contains(valeur),
            "type" => {
                let types = regle.as_array().cloned().unwrap_or_else(|| vec![regle.clone()]);
                types.iter().any(|nom| match nom.as_str() {
                    Some("object") => valeur.is_object(),
                    Some("array") => valeur.is_array(),
                    Some("string") => valeur.is_string(),
                    Some("boolean") => valeur.is_boolean(),
                    Some("null") => valeur.is_null(),
                    _ => false,
                })
            }
            "required" => {
                regle.as_array().expect("names").iter().all(|nom| valeur[nom.as_str().unwrap_or("")] != Value::Null)
            }
            "properties" => {
                let connus = regle.as_object().expect("members");
                for (nom, membre) in valeur.as_object().unwrap_or(&Map::new()) {
                    let regle = connus.get(nom).ok_or_else(|| format!("{ou}.{nom}: not documented"))?;
                    faute(racine, regle, membre, &format!("{ou}.{nom}"))?;
                }
                true
            }
            "items" => {
                for (rang, element) in valeur.as_array().into_iter().flatten().enumerate() {
                    faute(racine, regle, element, &format!("{ou}[{rang}]"))?;
                }
                true
            }
            "description" | "example" | "title" | "$schema" | "$defs" => true,
            autre => return Err(format!("{ou}: this test does not know « {autre} »")),
        };
        if !juste {
            return Err(format!("{ou}: not as « {mot} » says"));
        }
    }
    Ok(())
}

#[test]
fn the_documented_schema_is_that_of_the_types() {
    let schema = serde_json::to_string_pretty(&schema()).expect("a text") + "\n";
    if std::env::var_os("ACQUIS_ECRIRE_SCHEMA").is_some() {
        let fichier = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/releve.schema.json");
        std::fs::write(fichier, &schema).expect("the document can be written");
        return;
    }
    assert_eq!(schema, DOCUMENT, "ACQUIS_ECRIRE_SCHEMA=1 cargo test -p server --test http schema writes it again");
}

#[test]
fn what_the_server_answers_is_as_documented() {
    let racine: Value = serde_json::from_str(DOCUMENT).expect("JSON");
    essai(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declarer(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        assert_eq!(renaud.declarer(&[("heures", "90"), ("rapport", "remplace")], Some(b"%PDF-1.6")).await.statut, 409);
        renaud.cle = "seconde-0123456789".into();
        assert_eq!(renaud.declarer(&[("heures", "90"), ("rapport", "remplace")], Some(b"%PDF-1.6")).await.statut, 201);
        renaud.cle = "contestation-0123456789".into();
        let demande = json!({ "ligne": "2019-01-01.0", "raison": "J’avais 60 heures." });
        let vue = renaud.json(Method::POST, "/api/contestations", &demande).await.json();
        let reference = vue["reference"].as_str().expect("a reference");
        let (store, clock) = (&application.etat.store, &application.etat.clock);
        let reponse = Suite::Reponse("Apportez-en la preuve.");
        let suivi = store.suivre_contestation(reference, reponse, clock.aujourdhui(), clock.maintenant()).await;
        assert!(suivi.is_ok_and(|suivi| suivi == Suivi::Fait));
        let mut pleine = application.anonyme();
        pleine.cle = "maelle-0123456789".into();
        assert_eq!(pleine.inscrire(&maelle()).await.statut, 201);
        for personne in [&mut renaud, &mut pleine] {
            for au in ["", "?au=2014-01-01", "?au=2019-01-01", "?au=2020-02-01"] {
                let historique = personne.lire(&format!("/api/historique{au}")).await.json();
                assert_eq!(faute(&racine, &racine, &historique, "$"), Ok(()));
            }
        }
        let mut fausse = renaud.lire("/api/historique").await.json();
        fausse["releve"]["solde"] = json!(12);
        assert!(faute(&racine, &racine, &fausse, "$").is_err());
    });
}
