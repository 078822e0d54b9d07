//! A real provider of identities and this service: by which address people come and go, and what one of them does wrong.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;
use testbed::{Browser, ORIGIN};

use super::identities::{come_as, come_back, leave, link, with_provider_at};

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
