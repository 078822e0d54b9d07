//! The documented schema of the statement: made from the types, and true of what the server answers.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use axum::http::Method;
use domaine::mesures::Day;
use regex_lite::Regex;
use serde_json::{Map, Value, json};
use server::Description;
use store::{FollowUp, Step};
use testbed::{maelle, trial};
use utoipa::OpenApi;

const DOCUMENT: &str = include_str!("../../../docs/releve.schema.json");
const EXPORT: &str = include_str!("../../../docs/export.schema.json");
const COMPONENTS: &str = "#/components/schemas/";

/// The schema of this component of the description, on its own: what it refers to is under `$defs`.
fn schema(of: &str, title: &str) -> String {
    let openapi = serde_json::to_value(Description::openapi()).expect("a description");
    let components = openapi["components"]["schemas"].as_object().expect("schemas");
    let mut definitions = BTreeMap::new();
    let mut to_take = vec![of.to_owned()];
    while let Some(nom) = to_take.pop() {
        if let Entry::Vacant(place) = definitions.entry(nom) {
            let mut component = components[place.key()].clone();
            send_back(&mut component, &mut to_take);
            place.insert(component);
        }
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": format!("#/$defs/{of}"),
        "$defs": definitions,
    });
    serde_json::to_string_pretty(&schema).expect("a text") + "\n"
}

/// Turns the references of OpenAPI into those of the schema, and tells what they name.
fn send_back(value: &mut Value, noms: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(redirect)) = members.get_mut("$ref")
                && let Some(nom) = redirect.strip_prefix(COMPONENTS).map(str::to_owned)
            {
                *redirect = format!("#/$defs/{nom}");
                noms.push(nom);
            }
            members.values_mut().for_each(|member| send_back(member, noms));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| send_back(value, noms)),
        _ => {}
    }
}

/// Where the value breaks the schema, if it does. Knows the words that our schema uses, and no other.
pub(crate) fn faute(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    for (word, rule) in schema.as_object().unwrap_or(&Map::new()) {
        let right = match word.as_str() {
            "$ref" => {
                let path = rule.as_str().unwrap_or_default().trim_start_matches('#');
                faute(root, root.pointer(path).ok_or_else(|| format!("{at}: no {path}"))?, value, at)?;
                true
            }
            "oneOf" => {
                let case = rule.as_array().expect("cases");
                case.iter().filter(|case| faute(root, case, value, at).is_ok()).count() == 1
            }
            "enum" => rule.as_array().expect("values").contains(value),
            "type" => {
                let types = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                types.iter().any(|nom| match nom.as_str() {
                    Some("object") => value.is_object(),
                    Some("array") => value.is_array(),
                    Some("string") => value.is_string(),
                    Some("boolean") => value.is_boolean(),
                    Some("null") => value.is_null(),
                    Some("integer") => value.is_u64(),
                    _ => false,
                })
            }
            "required" => {
                rule.as_array().expect("names").iter().all(|nom| value[nom.as_str().unwrap_or("")] != Value::Null)
            }
            "properties" => {
                let known_ones = rule.as_object().expect("members");
                for (nom, member) in value.as_object().unwrap_or(&Map::new()) {
                    let rule = known_ones.get(nom).ok_or_else(|| format!("{at}.{nom}: not documented"))?;
                    faute(root, rule, member, &format!("{at}.{nom}"))?;
                }
                true
            }
            "items" => {
                for (index, element) in value.as_array().into_iter().flatten().enumerate() {
                    faute(root, rule, element, &format!("{at}[{index}]"))?;
                }
                true
            }
            "pattern" => {
                let pattern = Regex::new(rule.as_str().expect("a pattern")).expect("a pattern");
                value.as_str().is_none_or(|text| pattern.is_match(text))
            }
            "format" if rule == "date" => value.as_str().is_some_and(|text| text.parse::<Day>().is_ok()),
            "minLength" | "maxLength" => {
                let (length, bound) = (value.as_str().map(|text| text.chars().count() as u64), rule.as_u64());
                if word == "minLength" { length >= bound } else { length <= bound }
            }
            "description" | "example" | "examples" | "title" | "$schema" | "$defs" => true,
            other => return Err(format!("{at}: this test does not know « {other} »")),
        };
        if !right {
            return Err(format!("{at}: not as « {word} » says"));
        }
    }
    Ok(())
}

#[test]
fn the_documented_schemas_are_those_of_the_types() {
    for (file, document, of, title) in [
        ("releve.schema.json", DOCUMENT, "HistoriqueView", "Relevé de droits à la formation"),
        ("export.schema.json", EXPORT, "ExportView", "Tout ce qu'un service garde d'une personne"),
    ] {
        let schema = schema(of, title);
        if std::env::var_os("ACQUIS_ECRIRE_SCHEMA").is_some() {
            let file = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(file, &schema).expect("the document can be written");
            continue;
        }
        let again = "ACQUIS_ECRIRE_SCHEMA=1 cargo test -p server --test http schema writes it again";
        assert_eq!(schema, document, "{file}: {again}");
    }
}

#[test]
fn what_leaves_with_its_holder_is_as_documented() {
    let root: Value = serde_json::from_str(EXPORT).expect("JSON");
    trial(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declare(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        renaud.key = "contestation-0123456789".into();
        let asked = json!({ "ligne": "2019-01-01.0", "raison": "J’avais 60 heures." });
        assert_eq!(renaud.json(Method::POST, "/api/contestations", &asked).await.statut, 201);
        let light = renaud.fetch("/api/profil/export").await.json();
        application.as_seen_by_an_operator().await;
        let whole = renaud.take_everything_away("").await.exported();
        for (what, export) in [("light", light), ("whole", whole)] {
            faute(&root, &root, &export, what).expect("as documented");
        }
    });
}

#[test]
fn what_the_server_answers_is_as_documented() {
    let root: Value = serde_json::from_str(DOCUMENT).expect("JSON");
    trial(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declare(&[("heures", "87")], Some(b"%PDF-1.7")).await.statut, 201);
        assert_eq!(renaud.declare(&[("heures", "90"), ("rapport", "remplace")], Some(b"%PDF-1.6")).await.statut, 409);
        renaud.key = "seconde-0123456789".into();
        assert_eq!(renaud.declare(&[("heures", "90"), ("rapport", "remplace")], Some(b"%PDF-1.6")).await.statut, 201);
        renaud.key = "contestation-0123456789".into();
        let asked = json!({ "ligne": "2019-01-01.0", "raison": "J’avais 60 heures." });
        let view = renaud.json(Method::POST, "/api/contestations", &asked).await.json();
        let reference = view["reference"].as_str().expect("a reference");
        let (store, clock) = (&application.state.store, &application.state.clock);
        let response = Step::Answer("Apportez-en la preuve.");
        let follow_up = store
            .follow_contestation(reference, response, None, &testbed::operator(), clock.today(), clock.now())
            .await;
        assert!(follow_up.is_ok_and(|follow_up| follow_up == FollowUp::Done));
        let mut full = application.anonyme();
        full.key = "maelle-0123456789".into();
        application.register(&mut full, &maelle()).await;
        for person in [&mut renaud, &mut full] {
            for as_of in ["", "?au=2014-01-01", "?au=2019-01-01", "?au=2020-02-01"] {
                let historique = person.fetch(&format!("/api/historique{as_of}")).await.json();
                assert_eq!(faute(&root, &root, &historique, "$"), Ok(()));
            }
        }
        let mut wrong = renaud.fetch("/api/historique").await.json();
        wrong["releve"]["solde"] = json!(12);
        assert!(faute(&root, &root, &wrong, "$").is_err());
    });
}
