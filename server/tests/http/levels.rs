//! How much is proved of who somebody is: what it lets them do, read and take away.

use std::collections::BTreeSet;

use axum::http::Method;
use domaine::assurance::DeclaredReading;
use serde_json::{Value, json};
use testbed::{Application, Browser, MOT_DE_PASSE, TestResponse, camille, code_in, multipart, trial, trial_with, with};

const COORDONNEES: &str = "/api/profil/coordonnees";
const PDF: &[u8] = b"%PDF-1.7\nun justificatif, de personne en particulier, assez long pour en etre un\n%%EOF\n";

/// Every request by which somebody who is connected writes, as the description of the interface lists them.
pub async fn writings(application: &Application) -> Vec<(Method, String)> {
    let document = application.anonyme().fetch("/api/openapi.json").await.json();
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, operations)| {
        operations.as_object().expect("operations").iter().map(move |(method, described)| (path, method, described))
    });
    let mut writings: Vec<(Method, String)> = operations
        .filter(|(_, method, described)| *method != "get" && described["security"].is_array())
        .map(|(path, method, _)| (method.to_uppercase().parse().expect("a method"), path.clone()))
        .collect();
    // What ends the session comes last.
    writings.sort_by_key(|(_, path)| path == "/api/profil/gel");
    writings
}

fn coordonnees(courriel: &str, mobile: &str) -> Value {
    json!({ "telephone_fixe": "", "telephone_mobile": mobile, "courriel": courriel, "mot_de_passe_actuel": MOT_DE_PASSE })
}

/// The level that a session says.
async fn level(person: &mut Browser) -> Value {
    person.fetch("/api/session").await.json()["niveau"].clone()
}

#[test]
fn an_account_of_before_writes_nothing_but_what_protects_it_until_its_courriel_is_confirmed() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_before_confirmation().await;
        let mut let_through = BTreeSet::new();
        for (method, path) in writings(&application).await {
            let answer = dominique.json(method.clone(), &path, &json!({})).await;
            if answer.statut == 403 {
                answer.is_refused_with(403, "niveau_insuffisant");
                let needs =
                    if path.starts_with("/api/profil/export/") { "identite_prouvee" } else { "courriel_confirme" };
                assert_eq!(answer.json()["niveau"], needs, "{path}");
            } else {
                assert!(
                    [200, 202, 204, 400, 410, 422].contains(&answer.statut.as_u16()),
                    "{method} {path}: {}",
                    answer.text()
                );
                let_through.insert(format!("{method} {path}"));
            }
        }
        let protects = [
            "DELETE /api/handicap",
            "DELETE /api/identite/lien",
            "DELETE /api/profil",
            "DELETE /api/profil/cles",
            "DELETE /api/profil/connexions",
            "DELETE /api/profil/connexions/{numero}",
            "DELETE /api/profil/coordonnees",
            "DELETE /api/profil/fermeture",
            "DELETE /api/profil/seconde-etape",
            "POST /api/identite/lien",
            "POST /api/profil/cles",
            "POST /api/profil/cles/defi",
            "POST /api/profil/coordonnees/code",
            "POST /api/profil/coordonnees/confirmation",
            "POST /api/profil/courriel",
            "POST /api/profil/courriel/confirmation",
            "POST /api/profil/gel",
            "POST /api/profil/seconde-etape",
            "POST /api/profil/seconde-etape/codes-secours",
            "POST /api/profil/seconde-etape/confirmation",
            "POST /api/profil/seconde-etape/remplacement",
            "PUT /api/profil/cles",
            "PUT /api/profil/coordonnees",
            "PUT /api/profil/mot-de-passe",
        ];
        assert_eq!(let_through.iter().map(String::as_str).collect::<Vec<_>>(), protects);
        assert_eq!(application.piece_files(), 0);
    });
}

#[test]
fn a_confirmed_courriel_lets_every_writing_through_but_what_asks_who_one_is_and_no_route_is_without_its_action() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(level(&mut dominique).await, "courriel_confirme");
        let writings = writings(&application).await;
        assert!(writings.len() > 8, "{}", writings.len());
        for (method, path) in writings {
            let answer = dominique.json(method.clone(), &path, &json!({})).await;
            // What lets somebody pass for another asks who they are.
            if path.starts_with("/api/profil/export/") {
                answer.is_refused_with(403, "niveau_insuffisant");
                assert_eq!(answer.json()["niveau"], "identite_prouvee", "{path}");
                continue;
            }
            assert!(
                [200, 202, 204, 400, 410, 415, 422].contains(&answer.statut.as_u16()),
                "{method} {path}: {}",
                answer.text()
            );
        }
    });
}

#[test]
fn a_file_is_not_even_read_from_an_account_of_before() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_before_confirmation().await;
        dominique.declare(&[("heures", "12")], Some(PDF)).await.is_refused_with(403, "niveau_insuffisant");
        let body = multipart(&[], Some(PDF));
        let answer =
            dominique.bytes(Method::POST, "/api/handicap", "multipart/form-data; boundary=FRONTIERE", body).await;
        answer.is_refused_with(403, "niveau_insuffisant");
        assert_eq!(application.piece_files(), 0);
    });
}

#[test]
fn an_account_of_before_mends_its_address_and_nothing_beside_it() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_before_confirmation().await;
        let other = coordonnees("dominique@exemple.fr", "06 98 76 54 32");
        dominique.json(Method::PUT, COORDONNEES, &other).await.is_refused_with(403, "niveau_insuffisant");
        let both = coordonnees("autre@exemple.fr", "06 98 76 54 32");
        dominique.json(Method::PUT, COORDONNEES, &both).await.is_refused_with(403, "niveau_insuffisant");
        assert_eq!(dominique.fetch("/api/profil").await.json()["courriel"], "dominique@exemple.fr");
        // Whoever found the screen open has not the password.
        let mended = coordonnees("autre@exemple.fr", "06 12 34 56 78");
        let without = with(mended.clone(), "mot_de_passe_actuel", "");
        assert_eq!(dominique.json(Method::PUT, COORDONNEES, &without).await.statut, 422);
        assert_eq!(application.change_coordonnees(&mut dominique, &mended).await.statut, 200);
        assert_eq!(level(&mut dominique).await, "courriel_confirme", "the other address is proved");
    });
}

#[test]
fn a_session_says_how_much_is_proved_and_follows_what_changes() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(application.anonyme().fetch("/api/session").await.json()["niveau"], Value::Null);
        application.as_before_confirmation().await;
        assert_eq!(level(&mut dominique).await, "declare");
        let mut elsewhere = application.anonyme();
        let signed_in = elsewhere.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.json();
        assert_eq!(signed_in["niveau"], "declare");
        application.as_seen_by_an_operator().await;
        assert_eq!(level(&mut dominique).await, "identite_prouvee");
    });
}

const ASK: &str = "/api/profil/courriel";
const CONFIRM: &str = "/api/profil/courriel/confirmation";

async fn confirm(person: &mut Browser, code: &str) -> TestResponse {
    person.json(Method::POST, CONFIRM, &json!({ "code": code })).await
}

#[test]
fn a_code_typed_in_the_session_that_asked_confirms_the_courriel_and_everything_opens() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_before_confirmation().await;
        let mut elsewhere = application.anonyme();
        assert_eq!(elsewhere.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let asked = dominique.json(Method::POST, ASK, &json!({})).await;
        assert_eq!(asked.statut, 202, "{}", asked.text());
        assert_eq!(asked.json()["courriel"], "dominique@exemple.fr");
        application.letters_to("dominique@exemple.fr").await;
        let letters = application.letters().await;
        let letter = letters.iter().find(|letter| letter.subject.starts_with("Confirmez l’adresse")).expect("a letter");
        let code = code_in(&letter.text).expect("a code").to_owned();
        assert!(!letter.text.contains('#'), "nothing that a link could do");
        // Another session of the same account, and the session of somebody else, prove nothing by it.
        assert_eq!(confirm(&mut elsewhere, &code).await.faute("code"), json!("code_epuise"));
        let wrong = if code == "000 000" { "000 001" } else { "000 000" };
        assert_eq!(confirm(&mut dominique, wrong).await.faute("code"), json!("code_faux"));
        assert_eq!(level(&mut dominique).await, "declare");
        for again in 0..2 {
            assert_eq!(confirm(&mut dominique, &code).await.statut, 204, "{again}");
        }
        assert_eq!(
            (level(&mut dominique).await, level(&mut elsewhere).await),
            (json!("courriel_confirme"), json!("courriel_confirme"))
        );
        assert_eq!(dominique.declare(&[("heures", "12")], Some(PDF)).await.statut, 201);
        assert_eq!(application.count("journal WHERE quoi = 'courriel_confirme'").await, 1);
    });
}

#[test]
fn five_codes_are_tried_and_the_right_one_serves_no_more_nor_for_another_address() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_before_confirmation().await;
        let ask = async |person: &mut Browser, to: &str| {
            let before: Vec<String> = application.letters_to(to).await.into_iter().map(|letter| letter.text).collect();
            assert_eq!(person.json(Method::POST, ASK, &json!({})).await.statut, 202);
            let letters = application.letters_to(to).await;
            let letter = letters.into_iter().find(|letter| !before.contains(&letter.text)).expect("a letter");
            code_in(&letter.text).expect("a code").to_owned()
        };
        let code = ask(&mut dominique, "dominique@exemple.fr").await;
        let wrong = if code == "000 000" { "000 001" } else { "000 000" };
        for _ in 0..5 {
            assert_eq!(confirm(&mut dominique, wrong).await.faute("code"), json!("code_faux"));
        }
        assert_eq!(confirm(&mut dominique, &code).await.faute("code"), json!("code_epuise"));
        let code = ask(&mut dominique, "dominique@exemple.fr").await;
        let mended = coordonnees("autre@exemple.fr", "06 12 34 56 78");
        assert_eq!(application.change_coordonnees(&mut dominique, &mended).await.statut, 200);
        application.as_before_confirmation().await;
        assert_eq!(confirm(&mut dominique, &code).await.faute("code"), json!("code_epuise"));
        assert_eq!(level(&mut dominique).await, "declare", "the code was for another address");
        let code = ask(&mut dominique, "autre@exemple.fr").await;
        assert_eq!(confirm(&mut dominique, &code).await.statut, 204);
        assert_eq!(level(&mut dominique).await, "courriel_confirme");
    });
}

#[test]
fn the_way_back_by_the_mailbox_proves_it() {
    trial(async |application| {
        application.dominique().await;
        application.as_before_confirmation().await;
        // Letters of one moment have no order.
        application.state.clock.advance(std::time::Duration::from_secs(60));
        let mut person = application.anonyme();
        let asked =
            person.json(Method::POST, "/api/recuperation", &json!({ "courriel": "dominique@exemple.fr" })).await;
        assert_eq!(asked.statut, 202);
        let code = application.code_for("dominique@exemple.fr").await;
        let chosen = json!({ "code": code, "mot_de_passe": "Deux tramways, quai 9 !" });
        let answer = person.json(Method::POST, "/api/recuperation/mot-de-passe", &chosen).await.json();
        assert_eq!(answer["niveau"], "courriel_confirme");
    });
}

#[test]
fn an_account_of_before_reads_everything_unless_whoever_hosts_says_otherwise() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let solde = dominique.fetch("/api/droits").await.json();
        application.as_before_confirmation().await;
        assert_eq!(dominique.fetch("/api/droits").await.json(), solde);
        assert_eq!(dominique.fetch("/api/historique").await.statut, 200);
        assert_eq!(dominique.fetch("/api/profil").await.json()["connu_des_employeurs"], true);
    });
}

#[test]
fn where_whoever_hosts_says_so_an_account_of_before_reads_what_its_holder_typed_alone() {
    let settle = |settings: &mut server::Settings| settings.declared_reading = DeclaredReading::Typed;
    trial_with(settle, async |application| {
        let mut dominique = application.dominique().await;
        // Confirmed, everything is read: what was computed then must not be shown later.
        assert_eq!(dominique.fetch("/api/droits").await.json()["connu"], true);
        assert_eq!(dominique.declare(&[("heures", "12")], Some(PDF)).await.statut, 201);
        let line = json!({ "ligne": "2020-06-30.0", "raison": "Il manque des heures." });
        dominique.key = "une-autre-0123456789".into();
        assert_eq!(dominique.json(Method::POST, "/api/contestations", &line).await.statut, 201);
        application.as_before_confirmation().await;
        for path in ["/api/droits", "/api/historique", "/api/historique?au=2021-06-30"] {
            let refusal = dominique.fetch(path).await;
            refusal.is_refused_with(403, "niveau_insuffisant");
            assert_eq!(refusal.json()["niveau"], "courriel_confirme");
        }
        let dif = dominique.fetch("/api/dif").await.json();
        assert_eq!((&dif["heures"], &dif["declarations"][0]["heures"]), (&json!("12"), &json!("12")));
        assert_eq!(dominique.fetch("/api/profil").await.json()["connu_des_employeurs"], false);
        let export = dominique.fetch("/api/profil/export").await.json();
        assert_eq!((&export["entier"], &export["releve"]), (&json!(false), &Value::Null));
        assert_eq!(export["ce_qui_manque"].as_array().map(Vec::len), Some(2));
        assert_eq!(export["profil"]["connu_des_employeurs"], false);
        assert_eq!(export["declarations_dif"][0]["heures"], "12");
        assert_eq!(export["contestations"][0]["raison"], "Il manque des heures.");
        assert_eq!(export["contestations"][0]["montant"], Value::Null);
    });
}

#[test]
fn what_lets_somebody_pass_for_another_leaves_with_a_proved_identity_and_the_password_again_and_what_was_typed_always_does()
 {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(dominique.declare(&[("heures", "12")], Some(PDF)).await.statut, 201);
        for before in [false, true] {
            if before {
                application.as_before_confirmation().await;
            }
            let answer = dominique.fetch("/api/profil/export").await;
            let export = answer.json();
            assert_eq!((&export["entier"], &export["niveau_demande"]), (&json!(false), &json!("identite_prouvee")));
            assert!(export["ce_qui_manque"][0].as_str().is_some_and(|why| why.contains("masqué")));
            assert_eq!(export["numero_de_securite_sociale"], export["profil"]["nir_masque"]);
            assert!(!answer.text().contains("2790351215189") && !answer.text().contains("%PDF"));
            assert_eq!(export["declarations_dif"][0]["heures"], "12");
            assert_eq!(export["declarations_dif"][0]["attestation"]["type"], "application/pdf");
            assert_eq!(export["profil"]["courriel"], "dominique@exemple.fr");
            assert_eq!(export["releve"]["solde"].as_str().map(str::is_empty), Some(false));
        }
        dominique.take_everything_away("").await.is_refused_with(403, "niveau_insuffisant");
        dominique.fetch("/api/profil/export/entier").await.is_refused_with(403, "niveau_insuffisant");
        application.as_seen_by_an_operator().await;
        // Whoever finds the screen open has not the password.
        assert_eq!(dominique.fetch("/api/profil/export").await.json()["entier"], false);
        let export = dominique.take_everything_away("").await.exported();
        assert_eq!((&export["entier"], &export["niveau_demande"]), (&json!(true), &Value::Null));
        assert_eq!(export["ce_qui_manque"], json!([]));
        assert_eq!(export["numero_de_securite_sociale"], "2790351215189 89");
        assert!(export["declarations_dif"][0]["attestation"]["fichier"].is_string());
    });
}

/// An employer declares the NIR of Camille for somebody else.
const CONTRADICTED: &str = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n\
                            1800175999029;Tiers;Sacha;12/01/1980;2024;1607\n";

#[test]
fn an_account_that_is_set_aside_writes_nothing_but_what_protects_it_and_comes_back_by_a_proof_alone() {
    trial(async |application| {
        let mut camille_ = application.recorded(camille()).await;
        assert_eq!(camille_.declare(&[("heures", "12")], Some(PDF)).await.statut, 201);
        application.import_csv(CONTRADICTED, false).await;
        assert_eq!(level(&mut camille_).await, "mis_a_part");
        let mut refused = BTreeSet::new();
        for (method, path) in writings(&application).await {
            let answer = camille_.json(method.clone(), &path, &json!({})).await;
            if answer.statut == 403 {
                answer.is_refused_with(403, "niveau_insuffisant");
                assert_eq!(answer.json()["niveau"], "identite_prouvee", "{path}");
                refused.insert(format!("{method} {path}"));
            }
        }
        for adds in ["POST /api/dif", "POST /api/handicap", "POST /api/sous-niveau-3", "POST /api/contestations"] {
            assert!(refused.contains(adds), "{adds}: {refused:?}");
        }
        for protects in ["DELETE /api/profil", "DELETE /api/profil/connexions"] {
            assert!(!refused.contains(protects), "{protects}");
        }
    });
}

#[test]
fn an_account_that_is_set_aside_reads_what_was_typed_wherever_a_declared_one_reads_no_more() {
    let typed = |settings: &mut server::Settings| settings.declared_reading = DeclaredReading::Typed;
    trial_with(typed, async |application| {
        let mut camille_ = application.recorded(camille()).await;
        assert_eq!(camille_.declare(&[("heures", "12")], Some(PDF)).await.statut, 201);
        application.import_csv(CONTRADICTED, false).await;
        for path in ["/api/droits", "/api/historique"] {
            let seen = camille_.fetch(path).await;
            assert_eq!((seen.statut.as_u16(), seen.json()["connu"].clone()), (200, json!(false)), "{path}");
        }
        let export = camille_.fetch("/api/profil/export").await.json();
        assert_eq!((&export["entier"], &export["declarations_dif"][0]["heures"]), (&json!(false), &json!("12")));
    });
}
