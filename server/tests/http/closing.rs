//! A holder closes their account: at once, later, or not at all, as whoever runs the service says; and may keep it until then.

use std::time::Duration;

use axum::http::Method;
use domaine::retention::Closing;
use mail::{Address, Occasion};
use serde_json::{Value, json};
use server::clean;
use store::Act;
use testbed::{Application, Browser, MOT_DE_PASSE, operator, shown_by_application, trial, trial_with};

const DAY: Duration = Duration::from_secs(24 * 3_600);
const DOMINIQUE: &str = "dominique@exemple.fr";

/// Lets that many days go by, and the clean-up see that its clock is steady.
async fn after(application: &Application, days: u32) {
    application.state.clock.advance(DAY * (days - 1));
    clean(&application.state).await.expect("a clean-up");
    application.state.clock.advance(DAY);
    clean(&application.state).await.expect("a clean-up");
}

async fn close(browser: &mut Browser) {
    let closed = browser.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
    assert_eq!(closed.statut, 204, "{}", closed.text());
}

async fn told(application: &Application, subject: &str) -> usize {
    application.letters().await.iter().filter(|letter| letter.subject == subject).count()
}

fn in_a_fortnight(test: impl AsyncFn(Application)) {
    trial_with(|settings| settings.closing = Closing::Erases(14), test);
}

#[test]
fn an_account_that_is_erased_later_is_told_signs_everybody_out_and_may_be_kept_until_then() {
    in_a_fortnight(async |application| {
        let mut dominique = application.dominique().await;
        let announced = dominique.fetch("/api/profil").await.json()["fermeture"]["effacement"].clone();
        assert_eq!(announced, "2026-12-07T10:00", "a fortnight from now, in legal time");
        close(&mut dominique).await;
        assert_eq!(dominique.fetch("/api/profil").await.statut, 401, "signed out");
        assert_eq!(told(&application, "Votre compte va être effacé").await, 1);
        let mut again = application.anonyme();
        assert_eq!(again.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        for (path, place) in [("/api/droits", "/fermeture"), ("/api/profil", "/fermeture/demandee")] {
            assert_eq!(again.fetch(path).await.json().pointer(place), Some(&announced), "{path}");
        }
        for _ in 0..2 {
            let kept = again.json(Method::DELETE, "/api/profil/fermeture", &Value::Null).await;
            assert_eq!(kept.statut, 204, "{}", kept.text());
        }
        assert_eq!(told(&application, "Votre compte est gardé").await, 1, "kept once, told once");
        assert!(again.fetch("/api/droits").await.json()["fermeture"].is_null());
        after(&application, 15).await;
        assert_eq!(application.count("comptes").await, 1);
        for what in ["fermeture_demandee", "fermeture_annulee"] {
            assert_eq!(application.count(&format!("journal WHERE quoi = '{what}'")).await, 1, "{what}");
        }
    });
}

#[test]
fn an_account_that_nobody_kept_is_erased_when_its_time_has_come_and_not_before() {
    in_a_fortnight(async |application| {
        let mut dominique = application.dominique().await;
        let proof = b"%PDF-1.7\nun justificatif de personne, assez long pour en etre un\n%%EOF\n";
        assert_eq!(dominique.declare(&[("heures", "12")], Some(proof)).await.statut, 201);
        close(&mut dominique).await;
        after(&application, 13).await;
        assert_eq!((application.count("comptes").await, application.piece_files()), (1, 1), "on the eve");
        after(&application, 2).await;
        assert_eq!((application.count("comptes").await, application.piece_files()), (0, 0));
        assert_eq!(told(&application, "Votre compte est fermé").await, 1);
        assert_eq!(application.count("journal WHERE qui = 'service' AND quoi = 'compte_ferme'").await, 1);
    });
}

#[test]
fn a_frozen_account_is_not_erased_whoever_asked_for_it_and_stays_once_it_is_thawed() {
    in_a_fortnight(async |application| {
        let mut dominique = application.dominique().await;
        close(&mut dominique).await;
        let mut holder = application.anonyme();
        assert_eq!(holder.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        assert_eq!(holder.json(Method::POST, "/api/profil/gel", &Value::Null).await.statut, 204);
        after(&application, 20).await;
        assert_eq!(application.count("comptes WHERE gele_le IS NOT NULL AND fermeture_le IS NOT NULL").await, 1);
        // Whoever thaws it has the account, and the time to look at it.
        let (account, who) = (application.rows("SELECT id FROM comptes").await.remove(0), operator());
        let (state, now) = (&application.state, application.state.clock.now());
        let letter = state.letters.write(Address(DOMINIQUE), &Occasion::AccountThawed { account: "CPT" }, now);
        state.store.thaw(&account, Act::of(&who).because("vu"), &letter, now).await.expect("a thaw");
        after(&application, 2).await;
        assert_eq!(application.count("comptes WHERE gele_le IS NULL AND fermeture_le IS NULL").await, 1);
    });
}

#[test]
fn nobody_closes_an_account_where_the_law_excludes_it_and_nothing_is_lost() {
    trial_with(
        |settings| settings.closing = Closing::Excluded,
        async |application| {
            let mut dominique = application.dominique().await;
            assert_eq!(dominique.fetch("/api/profil").await.json()["fermeture"], json!({ "exclue": true }));
            let body = json!({ "mot_de_passe": MOT_DE_PASSE });
            dominique.json(Method::DELETE, "/api/profil", &body).await.is_refused_with(405, "methode_refusee");
            assert_eq!(dominique.fetch("/api/profil").await.statut, 200);
        },
    );
}

#[test]
fn where_a_second_step_is_set_closing_asks_for_a_code_as_well() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let again = json!({ "mot_de_passe": MOT_DE_PASSE });
        let begun = dominique.json(Method::POST, "/api/profil/seconde-etape", &again).await.json();
        let secret = begun["secret"].as_str().expect("a secret").to_owned();
        let code = json!({ "code": shown_by_application(&secret, application.state.clock.now()) });
        assert_eq!(dominique.json(Method::POST, "/api/profil/seconde-etape/confirmation", &code).await.statut, 201);
        let refused = dominique.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": MOT_DE_PASSE })).await;
        assert_eq!(refused.statut, 422, "{}", refused.text());
        assert_eq!(application.count("comptes").await, 1);
        application.state.clock.advance(Duration::from_secs(60));
        let code = shown_by_application(&secret, application.state.clock.now());
        let body = json!({ "mot_de_passe": MOT_DE_PASSE, "code": code });
        assert_eq!(dominique.json(Method::DELETE, "/api/profil", &body).await.statut, 204);
        assert_eq!(application.count("comptes").await, 0);
    });
}
