//! A real provider of identities and this service: by which address people come and go, and what one of them does wrong.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testbed::{Application, Browser, MOT_DE_PASSE, ORIGIN, camille, example, shown_by_application};

use super::identities::{ask, come_as, come_back, leave, level, link, with_provider, with_provider_at};

/// Another address of the same service.
const SECOND: &str = "http://droits.localhost:8087";

/// What an address says under this name, as it is written there.
fn said<'a>(address: &'a str, name: &str) -> &'a str {
    let parts = address.split(['?', '&']).filter_map(|part| part.split_once('='));
    parts.into_iter().find_map(|(said, value)| (said == name).then_some(value)).unwrap_or_default()
}

/// Leaves as a program does that writes these headers itself.
async fn leave_saying(browser: &mut Browser, headers: &[(&str, &str)]) -> String {
    let mut request = axum::http::Request::post("/api/identite/depart").header("sec-fetch-site", "same-origin");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = browser.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.statut, StatusCode::OK, "{}", answer.text());
    answer.json()["adresse"].as_str().expect("an address").to_owned()
}

#[test]
fn whoever_came_by_a_second_address_comes_back_to_it_and_signs_out_to_it() {
    with_provider_at(&[ORIGIN, SECOND], "ES256", "eidas1", async |application, identities| {
        let second = "http%3A%2F%2Fdroits.localhost%3A8087%2Fapi%2Fidentite%2F";
        let first = "http%3A%2F%2F127.0.0.1%3A8087%2Fapi%2Fidentite%2F";
        let mut browser = application.dominique().await;
        let address = leave(&mut browser).await;
        assert_eq!(said(&address, "redirect_uri"), [first, "retour"].concat());
        browser.origin = SECOND;
        let address = leave(&mut browser).await;
        assert_eq!(said(&address, "redirect_uri"), [second, "retour"].concat());
        // The provider exchanges what it gave for that address alone.
        let back = identities.choose(&address, "dominique");
        assert_eq!(come_back(&mut browser, &back).await, "/acces#identite-reliee");
        assert_eq!(link(&mut browser).await.statut, StatusCode::NO_CONTENT);
        let left = browser.json(Method::POST, "/api/deconnexion", &json!({})).await.json();
        let left = left["adresse"].as_str().expect("an address");
        assert_eq!(said(left, "post_logout_redirect_uri"), [second, "fin"].concat());
        // Known, it opens the account by either.
        for origin in [ORIGIN, SECOND] {
            let mut other = application.anonyme();
            other.origin = origin;
            assert_eq!(come_as(&mut other, identities, "dominique").await, "/solde", "{origin}");
        }
        // What a request says is followed nowhere but to an address of ours.
        let mut program = application.anonyme();
        for (headers, expected) in [
            (&[("host", "droits.localhost:8087")][..], second),
            (&[("origin", "https://ailleurs.example"), ("host", "ailleurs.example")], first),
            (&[("origin", "http://droits.localhost:8087.ailleurs.example")], first),
            (&[], first),
        ] {
            let address = leave_saying(&mut program, headers).await;
            assert_eq!(said(&address, "redirect_uri"), [expected, "retour"].concat(), "{headers:?}");
        }
    });
}

/// Where whoever signs out is sent; nothing where it is nowhere.
async fn sign_out(browser: &mut Browser) -> Option<String> {
    let answer = browser.json(Method::POST, "/api/deconnexion", &json!({})).await;
    if answer.statut == StatusCode::NO_CONTENT {
        return None;
    }
    assert_eq!(answer.statut, StatusCode::OK, "{}", answer.text());
    answer.json()["adresse"].as_str().map(str::to_owned)
}

/// Whether that ends the session of somebody at the provider.
fn ends_there(address: Option<&str>) -> bool {
    address.is_some_and(|address| !said(address, "id_token_hint").is_empty())
}

/// Sets a second step; the secret of its application.
async fn set_second_step(application: &Application, home: &mut Browser) -> String {
    let step = "/api/profil/seconde-etape";
    let begun = home.json(Method::POST, step, &json!({ "mot_de_passe": MOT_DE_PASSE })).await.json();
    let secret = begun["secret"].as_str().expect("a secret").to_owned();
    let code = json!({ "code": shown_by_application(&secret, application.state.clock.now()) });
    let set = home.json(Method::POST, &format!("{step}/confirmation"), &code).await;
    assert_eq!(set.statut, StatusCode::CREATED, "{}", set.text());
    secret
}

/// Shows it, a while later: a code serves once.
async fn step(application: &Application, browser: &mut Browser, secret: &str) -> testbed::TestResponse {
    application.state.clock.advance(Duration::from_secs(30));
    let code = json!({ "code": shown_by_application(secret, application.state.clock.now()) });
    browser.json(Method::POST, "/api/connexion/seconde-etape", &code).await
}

#[test]
fn an_answer_that_was_lost_proves_no_more_than_the_letter_which_opens_nothing_once_it_arrived() {
    with_provider("ES256", "eidas2", async |application, identities| {
        let mut browser = application.anonyme();
        come_as(&mut browser, identities, "camille").await;
        assert_eq!(ask(&mut browser, &camille()).await.statut, StatusCode::ACCEPTED);
        let code = application.code_for("camille@exemple.fr").await;
        let token = application.token_for("camille@exemple.fr").await;
        let (mut lost, mut elsewhere) = (browser.clone(), application.anonyme());
        let opened = browser.confirm(&code).await;
        assert_eq!(opened.json()["niveau"], "france_connect_plus", "{}", opened.text());
        // Another browser, by the link and the password, was never at the provider.
        let saisie = json!({ "jeton": token, "mot_de_passe": MOT_DE_PASSE });
        let followed = elsewhere.json(Method::POST, "/api/inscription/confirmation", &saisie).await;
        assert_eq!((followed.statut, &followed.json()["niveau"]), (StatusCode::CREATED, &json!("identite_prouvee")));
        // Its answer was lost: the same code connects again, and proves nothing more than a code.
        assert_eq!(lost.confirm(&code).await.json()["niveau"], "identite_prouvee");
        assert_eq!(level(&mut lost).await, "identite_prouvee");
        assert!(ends_there(sign_out(&mut lost).await.as_deref()));
        // Once one of them was shown, the letter opens nothing more.
        let late = elsewhere.json(Method::POST, "/api/inscription/confirmation", &saisie).await;
        late.is_refused_with(410, "lien_perime");
    });
}

#[test]
fn whoever_opened_an_account_with_an_identity_is_as_proved_as_it_is_and_signs_out_of_the_provider() {
    with_provider("ES256", "eidas2", async |application, identities| {
        let mut browser = application.anonyme();
        come_as(&mut browser, identities, "camille").await;
        assert_eq!(ask(&mut browser, &camille()).await.statut, StatusCode::ACCEPTED);
        let token = application.token_for("camille@exemple.fr").await;
        let mut elsewhere = application.anonyme();
        let saisie = json!({ "jeton": token, "mot_de_passe": MOT_DE_PASSE });
        let followed = elsewhere.json(Method::POST, "/api/inscription/confirmation", &saisie).await;
        assert_eq!(followed.statut, StatusCode::CREATED, "{}", followed.text());
        assert_eq!(level(&mut elsewhere).await, "identite_prouvee");
        assert_eq!(sign_out(&mut elsewhere).await, None, "this browser was never there");
    });
    with_provider("ES256", "eidas2", async |application, identities| {
        let mut browser = application.anonyme();
        come_as(&mut browser, identities, "camille").await;
        assert_eq!(ask(&mut browser, &camille()).await.statut, StatusCode::ACCEPTED);
        let code = application.code_for("camille@exemple.fr").await;
        assert_eq!(browser.confirm(&code).await.statut, StatusCode::CREATED);
        assert_eq!(level(&mut browser).await, "france_connect_plus");
        assert!(ends_there(sign_out(&mut browser).await.as_deref()));
    });
}

#[test]
fn what_an_identity_proved_before_a_letter_was_read_late_is_worth_no_more_than_the_letter() {
    with_provider("ES256", "eidas2", async |application, identities| {
        let mut browser = application.anonyme();
        come_as(&mut browser, identities, "camille").await;
        assert_eq!(ask(&mut browser, &camille()).await.statut, StatusCode::ACCEPTED);
        application.state.clock.advance(Duration::from_secs(15 * 60));
        let again = json!({ "courriel": "camille@exemple.fr" });
        let again = browser.json(Method::POST, "/api/inscription/code", &again).await;
        assert_eq!(again.statut, StatusCode::ACCEPTED, "{}", again.text());
        let code = application.code_for("camille@exemple.fr").await;
        assert_eq!(browser.confirm(&code).await.statut, StatusCode::CREATED);
        assert_eq!(level(&mut browser).await, "identite_prouvee");
        assert!(ends_there(sign_out(&mut browser).await.as_deref()));
    });
}

#[test]
fn whoever_showed_a_second_step_after_an_identity_signs_out_of_the_provider_too() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut home = application.dominique().await;
        come_as(&mut home, identities, "dominique").await;
        link(&mut home).await;
        let secret = set_second_step(&application, &mut home).await;
        let mut by_identity = application.anonyme();
        assert_eq!(come_as(&mut by_identity, identities, "dominique").await, "/seconde-etape");
        assert_eq!(step(&application, &mut by_identity, &secret).await.statut, StatusCode::OK);
        assert!(ends_there(sign_out(&mut by_identity).await.as_deref()));
        by_identity.fetch("/api/profil").await.is_refused_with(401, "session_requise");
        // By the password nobody was there.
        let mut by_password = application.anonyme();
        assert_eq!(by_password.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, StatusCode::ACCEPTED);
        assert_eq!(step(&application, &mut by_password, &secret).await.statut, StatusCode::OK);
        assert_eq!(sign_out(&mut by_password).await, None);
    });
}

#[test]
fn a_detached_identity_ends_what_it_opened_by_a_second_step_and_what_still_waits_for_one() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut home = application.dominique().await;
        come_as(&mut home, identities, "dominique").await;
        link(&mut home).await;
        let secret = set_second_step(&application, &mut home).await;
        let (mut opened, mut waits, mut by_password) =
            (application.anonyme(), application.anonyme(), application.anonyme());
        come_as(&mut opened, identities, "dominique").await;
        assert_eq!(step(&application, &mut opened, &secret).await.statut, StatusCode::OK);
        come_as(&mut waits, identities, "dominique").await;
        by_password.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        assert_eq!(home.json(Method::DELETE, "/api/identite/lien", &json!({})).await.statut, StatusCode::NO_CONTENT);
        opened.fetch("/api/profil").await.is_refused_with(401, "session_requise");
        step(&application, &mut waits, &secret).await.is_refused_with(410, "lien_perime");
        assert_eq!(step(&application, &mut by_password, &secret).await.statut, StatusCode::OK);
    });
}

#[test]
fn a_token_of_somebody_else_or_of_another_time_is_not_believed_however_well_it_is_signed() {
    for algorithm in ["ES256", "RS256"] {
        with_provider(algorithm, "eidas1", async |application, identities| {
            let said = |what: &str, how: &[&str]| how.iter().map(|how| format!("{what}-{how}")).collect::<Vec<_>>();
            // Signed anew and with nothing wrong, or with a start that is past, each is believed.
            for sound in [said("token", &["same", "started"]), said("identity", &["same", "started"])].concat() {
                identities.goes_wrong(&sound);
                let mut browser = application.anonyme();
                assert_eq!(come_as(&mut browser, identities, "camille").await, "/identite", "{sound}");
            }
            let wrong = ["audience", "audiences", "author", "expired", "early", "undated"];
            let of_tokens = [&wrong[..], &["nonce", "unasked"]].concat();
            let of_identities = [&wrong[..], &["subject"]].concat();
            for wrong in [said("token", &of_tokens), said("identity", &of_identities)].concat() {
                identities.goes_wrong(&wrong);
                let mut browser = application.anonyme();
                let place = come_as(&mut browser, identities, "camille").await;
                assert_eq!(place, "/identite?issue=refus", "{wrong}");
                assert_eq!(browser.fetch("/api/identite").await.json()["identite"], Value::Null, "{wrong}");
            }
            // Of another subject than the identity, which is that of Camille.
            identities.goes_wrong("token-subject");
            assert_eq!(come_as(&mut application.anonyme(), identities, "camille").await, "/identite?issue=refus");
            assert_eq!(application.count("identites").await, 0);
        });
    }
}

#[test]
fn whoever_signs_out_is_signed_out_here_before_a_provider_that_does_not_answer() {
    for how in ["slow", "down", "gone"] {
        with_provider("ES256", "eidas1", async |application, identities| {
            let mut home = application.dominique().await;
            come_as(&mut home, identities, "dominique").await;
            assert_eq!(link(&mut home).await.statut, StatusCode::NO_CONTENT);
            // A server that just started knows nothing of the provider yet.
            let other = application.twin_server().await;
            let mut browser = other.anonyme();
            browser.cookie.clone_from(&home.cookie);
            assert_eq!(browser.fetch("/api/profil").await.statut, StatusCode::OK);
            if how == "gone" {
                identities.stop();
            } else {
                identities.goes_wrong(how);
            }
            let began = Instant::now();
            let leaves = async {
                let place = sign_out(&mut browser).await;
                (place, Instant::now())
            };
            let is_over = async {
                while application.count("sessions").await > 0 {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                Instant::now()
            };
            let is_over = tokio::time::timeout(Duration::from_secs(30), is_over);
            let ((place, told), over) = tokio::join!(leaves, is_over);
            let over = over.expect("the session ends");
            assert_eq!(place, None, "{how}: nowhere to go, and it is said that the session is closed");
            assert!(told.duration_since(began) < Duration::from_secs(5), "{how}: a provider may take eight seconds");
            // It was over while the provider was waited for.
            assert!(how != "slow" || over < told, "{how}");
            browser.fetch("/api/profil").await.is_refused_with(401, "session_requise");
            home.fetch("/api/identite/lien").await.is_refused_with(401, "session_requise");
            if how == "gone" {
                identities.restart();
            }
        });
    }
}

/// A month of somebody under the NIR and the birth date of Camille, in a declaration of that number.
fn declared(nom: &str, prenoms: &str, number: &str) -> Vec<u8> {
    let (nom, prenoms) = (format!("'{nom}'"), format!("'{prenoms}'"));
    let number = format!("S20.G00.05.004,'{number}'");
    example(&[
        ("2790351215189", "1800175999029"),
        ("'28031979'", "'12011980'"),
        ("'PAT-TROIS'", &nom),
        ("'DOMINIQUE MARIE-LOUISE'", &prenoms),
        ("S20.G00.05.004,'1'", &number),
    ])
}

#[test]
fn an_identity_opens_nothing_while_the_number_is_of_somebody_else_and_is_linked_again_once_it_was_given_back() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut home = application.recorded(camille()).await;
        come_as(&mut home, identities, "camille").await;
        assert_eq!(link(&mut home).await.statut, StatusCode::NO_CONTENT);
        application.import_bytes(&declared("AUTRE", "SACHA", "1"), false).await;
        application.state.clock.advance(Duration::from_secs(2));
        assert_eq!(level(&mut home).await, "mis_a_part");
        let refused = "/identite?issue=identite";
        assert_eq!(come_as(&mut application.anonyme(), identities, "camille").await, refused);
        // Detached, it is linked to no account that has no number.
        assert_eq!(home.json(Method::DELETE, "/api/identite/lien", &json!({})).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(come_as(&mut home, identities, "camille").await, "/acces#identite-reliee");
        link(&mut home).await.is_refused_with(409, "identite_contredite");
        assert_eq!(application.count("identites").await, 0);
        let report = application.import_bytes(&declared("NOUVEL", "CAMILLE", "2"), false).await;
        assert!(report.to_string().contains("retrouve son NIR"), "{report}");
        application.state.clock.advance(Duration::from_secs(2));
        // What was refused waits in its browser still.
        let linked = link(&mut home).await;
        assert_eq!(linked.statut, StatusCode::NO_CONTENT, "{}", linked.text());
        assert_eq!(level(&mut home).await, "identite_prouvee");
        let mut other = application.anonyme();
        assert_eq!(come_as(&mut other, identities, "camille").await, "/solde");
        assert_eq!(level(&mut other).await, "identite_prouvee");
    });
}
