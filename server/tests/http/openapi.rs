//! The description of the interface.

use std::collections::BTreeSet;

use api::routes;
use axum::http::Method;
use domaine::droits::Marker;
use domaine::forms::MAX_LENGTH;
use domaine::mesures::{Day, Days, Euros, Hours, HoursVariation, WorkDuration, Year};
use serde_json::{Value, json};
use testbed::trial;

use crate::schema::faute;

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
    assert_eq!(paths, 51);
}

#[test]
fn no_two_operations_have_one_name() {
    trial(async |application| {
        let document = application.anonyme().fetch(routes::OPENAPI).await.json();
        let paths = document["paths"].as_object().expect("paths").values();
        let operations = paths.flat_map(|operations| operations.as_object().expect("operations").values());
        let names: Vec<&str> = operations.map(|one| one["operationId"].as_str().expect("a name")).collect();
        assert!(names.contains(&"delete_api_profil_connexions_numero"), "{names:?}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    });
}

#[test]
fn every_described_operation_answers() {
    trial(async |application| {
        let document = application.anonyme().fetch(routes::OPENAPI).await.json();
        for (path, operations) in document["paths"].as_object().expect("paths") {
            for method in operations.as_object().expect("operations").keys() {
                let method: Method = method.to_uppercase().parse().expect("a method");
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

#[test]
fn what_is_answered_is_written_as_it_is_described() {
    trial(async |application| {
        let document = application.anonyme().fetch(routes::OPENAPI).await.json();
        let mut renaud = application.anonyme();
        renaud.key = "renaud-0123456789".into();
        application.register(&mut renaud, &testbed::renaud()).await;
        let mut people = vec![application.dominique().await, renaud, application.anonyme()];
        let pdf = [b"%PDF-1.7\n".as_slice(), &[b'\n'; 64]].concat();
        assert_eq!(people[1].declare(&[("heures", "87")], Some(&pdf)).await.statut, 201);
        people.iter_mut().for_each(|person| person.key = "une-autre-0123456789".into());
        let line = json!({ "ligne": "2020-06-30.0", "raison": "Il manque des heures." });
        assert_eq!(people[0].json(Method::POST, routes::CONTESTATIONS, &line).await.statut, 201);
        let mut judged = 0;
        for person in &mut people {
            for path in routes::ALL {
                let responses = &document["paths"][path]["get"]["responses"];
                let answer = person.fetch(path).await;
                let contents = &responses[answer.statut.as_str()]["content"];
                for media in ["application/json", "application/problem+json"] {
                    let schema = &contents[media]["schema"];
                    if answer.header("content-type").starts_with(media) && schema.is_object() {
                        assert_eq!(faute(&document, schema, &answer.json(), path), Ok(()));
                        judged += 1;
                    }
                }
            }
        }
        assert!(judged > 15, "{judged}");
    });
}

#[test]
fn what_is_typed_is_described_with_the_bounds_that_it_meets() {
    trial(async |application| {
        let document = application.anonyme().fetch(routes::OPENAPI).await.json();
        let schemas = document["components"]["schemas"].as_object().expect("schemas");
        let mut typed = 0;
        for (_, operation) in
            document["paths"].as_object().expect("paths").values().flat_map(|p| p.as_object().expect("operations"))
        {
            let contents = operation["requestBody"]["content"].as_object().into_iter().flatten();
            for path in contents.filter_map(|(_, content)| content["schema"]["$ref"].as_str()) {
                let name = path.rsplit('/').next().unwrap_or_default();
                for (champ, schema) in schemas[name]["properties"].as_object().expect("fields") {
                    // A file, and what browsers write to servers, are typed by nobody.
                    if schema["type"] == "string" && schema["format"] != "binary" && schema["format"] != "json" {
                        assert_eq!(schema["maxLength"], MAX_LENGTH, "{name}.{champ}");
                        let secret = champ.contains("mot_de_passe")
                            || champ.starts_with("code")
                            || champ == "jeton"
                            || name == "SaisieMotDePasse";
                        assert_eq!(schema["format"] == "password", secret, "{name}.{champ}");
                        typed += 1;
                    }
                }
            }
        }
        assert!(typed > 14, "{typed}");
        let mut renaud = application.renaud().await;
        let described = &document["paths"][routes::DIF]["post"]["parameters"][0]["schema"];
        assert!(described["pattern"].is_string());
        for key in ["a".repeat(15), "a".repeat(16), "A-9-".repeat(16), "a".repeat(65), "a_".repeat(10), "a.b".repeat(9)]
        {
            renaud.key.clone_from(&key);
            let refused = renaud.declare(&[], None).await.json()["code"] == "cle_idempotence_manquante";
            assert_eq!(faute(&document, described, &json!(key), "key").is_err(), refused, "{key}");
        }
    });
}

#[test]
fn a_measure_is_described_as_it_writes_itself() {
    fn each<T: utoipa::PartialSchema + ToString>(values: &[T]) {
        let schema = serde_json::to_value(T::schema()).expect("a schema");
        for value in values {
            assert_eq!(faute(&Value::Null, &schema, &json!(value.to_string()), "measure"), Ok(()));
        }
        for example in schema["examples"].as_array().expect("an example") {
            assert_eq!(faute(&Value::Null, &schema, example, "example"), Ok(()));
        }
        for foreign in ["", "1 810,00", "2021-02-30", "1e3", "12.345", "Infinity", "5\n"] {
            assert!(faute(&Value::Null, &schema, &json!(foreign), "foreign").is_err(), "{foreign:?}");
        }
    }
    each(&[Euros::ZERO, Euros::from_centimes(-1), Euros::from_centimes(i64::MAX), Euros::from_centimes(i64::MIN)]);
    each(&[Hours::new(0), Hours::new(400)]);
    each(&[HoursVariation::ZERO, HoursVariation::new(i32::MIN), HoursVariation::new(i32::MAX)]);
    each(&[WorkDuration::from_hundredths(0), WorkDuration::from_hundredths(u32::MAX)]);
    each(&[Days::whole(218), Days::from_hundredths(5)]);
    each(&[Year::FIRST, Year::new(2199).expect("the last year")]);
    each(&[Day::date(1, 1, 1), Day::date(9999, 12, 31)]);
    each(&["2020-06-30.0".parse::<Marker>().expect("a mark")]);
}
