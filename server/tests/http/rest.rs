//! Money rests for a while after what opens an account changed, and waits for a second step where whoever runs the server says so.

use std::time::Duration;

use axum::http::Method;
use domaine::assurance::SpendingGuard;
use serde_json::{Value, json};
use testbed::{Application, Browser, MOT_DE_PASSE, dominique, shown_by_application, trial, trial_with, with};
use vault::token_digest;

const HOUR: Duration = Duration::from_secs(3_600);

async fn rests_until(person: &mut Browser) -> Value {
    let answer = person.fetch("/api/profil").await;
    assert_eq!(answer.statut, 200, "{}", answer.text());
    answer.json()["repos_jusqu_a"].clone()
}

/// Signs in again from the same browser, or from one that the account does not know.
async fn signs_in(person: &mut Browser) {
    let answer = person.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
    assert_eq!(answer.statut, 200, "{}", answer.text());
    let given = answer.headers.get_all("set-cookie").into_iter().filter_map(|value| value.to_str().ok());
    let known = given.filter_map(|cookie| cookie.split(';').next()?.strip_prefix("acquis-connu=")).next();
    person.waiting.insert("acquis-connu".to_owned(), known.expect("a cookie").to_owned());
}

async fn later(application: &Application, hours: u32) {
    application.state.clock.advance(HOUR * hours);
}

#[test]
fn a_new_account_rests_for_two_days_and_a_browser_that_it_knows_changes_nothing_of_that() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(rests_until(&mut dominique).await, "2026-11-25T10:00");
        signs_in(&mut dominique).await;
        later(&application, 30).await;
        signs_in(&mut dominique).await;
        assert_eq!(rests_until(&mut dominique).await, "2026-11-25T10:00", "that browser is known");
        later(&application, 18).await;
        signs_in(&mut dominique).await;
        assert_eq!(rests_until(&mut dominique).await, Value::Null, "two days are over");
    });
}

#[test]
fn a_browser_that_the_account_did_not_know_other_telephones_and_another_e_mail_make_it_rest_again() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        later(&application, 100).await;
        let mut other = application.anonyme();
        signs_in(&mut other).await;
        assert_eq!(rests_until(&mut other).await, "2026-11-29T14:00", "a browser that nobody knew");

        later(&application, 50).await;
        signs_in(&mut other).await;
        assert_eq!(rests_until(&mut other).await, Value::Null);
        let asked = json!({ "telephone_fixe": "", "telephone_mobile": "06 98 76 54 32", "courriel": "dominique@exemple.fr",
            "mot_de_passe_actuel": "" });
        let changed = application.change_coordonnees(&mut other, &asked).await;
        assert_eq!(changed.statut, 200, "{}", changed.text());
        assert_eq!(rests_until(&mut other).await, "2026-12-01T16:00", "another telephone");

        later(&application, 50).await;
        signs_in(&mut other).await;
        let asked = with(with(asked, "courriel", "neuf@exemple.fr"), "mot_de_passe_actuel", MOT_DE_PASSE);
        let changed = application.change_coordonnees(&mut other, &asked).await;
        assert_eq!(changed.statut, 200, "{}", changed.text());
        assert_eq!(rests_until(&mut other).await, "2026-12-03T18:00", "another e-mail");
        assert_eq!(dominique.fetch("/api/profil").await.statut, 401);
    });
}

#[test]
fn who_runs_the_server_says_how_long_and_that_it_never_does() {
    trial_with(
        |settings| settings.rest = Duration::ZERO,
        async |application| {
            assert_eq!(rests_until(&mut application.recorded(dominique()).await).await, Value::Null);
        },
    );
    trial_with(
        |settings| settings.rest = HOUR,
        async |application| {
            assert_eq!(rests_until(&mut application.recorded(dominique()).await).await, "2026-11-23T11:00");
        },
    );
}

/// Whether the account of this session asks for a second step, and whether anything that opens it changed: what the gate judges by.
async fn judged_by(application: &Application, person: &Browser) -> (bool, bool) {
    let token = person.cookie.as_deref().and_then(|cookie| cookie.strip_prefix("acquis=")).expect("a session");
    let session = application.state.store.session(&token_digest(token)).await.expect("a database").expect("a session");
    (session.second_step, session.changed_on.is_some())
}

#[test]
fn a_person_is_told_that_spending_asks_for_a_second_step_and_their_session_knows_that_it_is_set() {
    const SET: &str = "/api/profil/seconde-etape";
    trial(async |application| {
        assert_eq!(application.dominique().await.fetch(SET).await.json()["pour_depenser"], false, "off by default");
    });
    let asked = |settings: &mut server::Settings| settings.spending_guard = SpendingGuard::SecondStep;
    trial_with(asked, async |application| {
        let mut home = application.dominique().await;
        assert_eq!(home.fetch(SET).await.json()["pour_depenser"], true);
        assert_eq!(judged_by(&application, &home).await, (false, true));
        let begun = home.json(Method::POST, SET, &json!({ "mot_de_passe": MOT_DE_PASSE })).await.json();
        let code = shown_by_application(begun["secret"].as_str().expect("a secret"), application.state.clock.now());
        let set = home.json(Method::POST, &format!("{SET}/confirmation"), &json!({ "code": code })).await;
        assert_eq!(set.statut, 201, "{}", set.text());
        assert_eq!(judged_by(&application, &home).await, (true, true));
    });
}
