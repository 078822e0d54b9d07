//! The way back into an account whose password is lost.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use store::Act;
use testbed::{Application, Browser, MOT_DE_PASSE, TestResponse, code_in, dominique, operator, trial, trial_with};

const RECUPERATION: &str = "/api/recuperation";
const NEW: &str = "Girafe violette du lundi 8";
const MINUTE: Duration = Duration::from_secs(60);

/// Somebody who lost their password, and sends under this key.
fn somebody(application: &Application, key: &str) -> Browser {
    let mut browser = application.anonyme();
    browser.key = format!("{key}-0123456789-abc");
    browser
}

async fn ask(browser: &mut Browser, courriel: &str) -> TestResponse {
    browser.json(Method::POST, RECUPERATION, &json!({ "courriel": courriel })).await
}

async fn choose(browser: &mut Browser, proof: &str, value: &str, mot_de_passe: &str) -> TestResponse {
    let saisie = json!({ proof: value, "mot_de_passe": mot_de_passe });
    browser.json(Method::POST, "/api/recuperation/mot-de-passe", &saisie).await
}

/// The code of the last letter that gives one back.
async fn code(application: &Application) -> String {
    let letters = application.letters_to("dominique@exemple.fr").await;
    let letter = letters.iter().find(|letter| letter.subject == "Choisissez un autre mot de passe");
    code_in(&letter.expect("a letter").text).expect("a code").to_owned()
}

async fn token(application: &Application) -> String {
    let letters = application.letters_to("dominique@exemple.fr").await;
    let letter = letters.iter().find(|letter| letter.subject == "Choisissez un autre mot de passe");
    let text = &letter.expect("a letter").text;
    text.lines().find_map(|line| line.split_once('#')).expect("a link").1.to_owned()
}

#[test]
fn the_code_of_a_letter_gives_the_account_back_and_ends_every_other_session() {
    trial(async |application| {
        let mut home = application.dominique().await;
        application.state.clock.advance(MINUTE);
        let mut browser = application.anonyme();
        let asked = ask(&mut browser, "Dominique@Exemple.fr").await;
        assert_eq!(asked.statut, StatusCode::ACCEPTED);
        let expected = json!({ "courriel": "Dominique@Exemple.fr", "code_jusqu_a": "2026-11-23T10:16", "boite": true, "ouvert": false });
        assert_eq!(asked.json(), expected);
        assert_eq!(browser.fetch(RECUPERATION).await.json(), json!({ "attente": expected }));
        let code = code(&application).await;
        let weak = choose(&mut browser, "code", &code, "court").await;
        assert_ne!(weak.faute("mot-de-passe"), Value::Null);
        let common = choose(&mut browser, "code", &code, "Motdepasse2026!").await;
        assert_eq!(common.faute("mot-de-passe"), json!({ "mot_de_passe": "courant" }), "the code serves still");
        let response = choose(&mut browser, "code", &code, NEW).await;
        assert_eq!(response.statut, StatusCode::OK, "{}", response.text());
        assert_eq!(response.json()["titulaire"]["nom_naissance"], "Pat-Trois");
        assert_eq!(browser.fetch("/api/droits").await.json()["solde"], "1810.00");
        home.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        application
            .anonyme()
            .sign_in("dominique@exemple.fr", MOT_DE_PASSE)
            .await
            .is_refused_with(401, "identifiants_faux");
        assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", NEW).await.statut, 200);
        let told = application.letters_to("dominique@exemple.fr").await;
        assert!(told.iter().any(|letter| letter.subject == "Votre mot de passe a été remplacé"));
        assert!(application.count("journal WHERE quoi = 'connexion' AND raison = 'recuperation'").await > 0);
    });
}

#[test]
fn an_answer_that_was_lost_is_given_again_to_whoever_chose_the_password() {
    trial(async |application| {
        application.dominique().await;
        let mut browser = application.anonyme();
        let (first, second) =
            (ask(&mut browser, "dominique@exemple.fr").await, ask(&mut browser, "dominique@exemple.fr").await);
        assert_eq!((&first.body, first.header("set-cookie")), (&second.body, second.header("set-cookie")));
        let code = code(&application).await;
        let mut twin = browser.clone();
        let mut thief = browser.clone();
        assert_eq!(choose(&mut browser, "code", &code, NEW).await.statut, 200);
        assert_eq!(choose(&mut twin, "code", &code, NEW).await.statut, 200);
        choose(&mut thief, "code", &code, "Une autre phrase, longue 9").await.is_refused_with(410, "lien_perime");
        assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", NEW).await.statut, 200);
    });
}

#[test]
fn once_its_answer_is_known_to_have_arrived_a_code_opens_nothing_more() {
    trial(async |application| {
        application.dominique().await;
        let mut browser = application.anonyme();
        ask(&mut browser, "dominique@exemple.fr").await;
        let code = code(&application).await;
        let (mut lost, mut thief) = (browser.clone(), browser.clone());
        assert_eq!(choose(&mut lost, "code", &code, NEW).await.statut, 200);
        assert_eq!(choose(&mut browser, "code", &code, NEW).await.statut, 200);
        assert_eq!(application.count("sessions").await, 2);
        assert_eq!(browser.fetch("/api/droits").await.statut, 200);
        choose(&mut thief, "code", &code, NEW).await.is_refused_with(410, "lien_perime");
        assert_eq!(lost.fetch("/api/droits").await.statut, 200, "two tabs that sent it at once");
        assert_eq!(browser.fetch("/api/droits").await.statut, 200);
        assert_eq!(application.count("sessions WHERE demande IS NOT NULL").await, 0);
    });
}

#[test]
fn where_the_account_asks_for_more_a_code_opens_what_is_left_to_show_once() {
    trial(async |application| {
        crate::second_steps::Protected::new(&application).await;
        let mut browser = application.anonyme();
        ask(&mut browser, "dominique@exemple.fr").await;
        let code = code(&application).await;
        let mut twin = browser.clone();
        assert_eq!(choose(&mut browser, "code", &code, NEW).await.statut, 202);
        choose(&mut twin, "code", &code, NEW).await.is_refused_with(410, "lien_perime");
        assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", NEW).await.statut, 202, "the password does");
    });
}

#[test]
fn a_link_gives_the_account_back_in_any_browser_once_and_for_an_hour() {
    trial(async |application| {
        application.dominique().await;
        ask(&mut somebody(&application, "late"), "dominique@exemple.fr").await;
        let late = token(&application).await;
        application.state.clock.advance(60 * MINUTE);
        choose(&mut application.anonyme(), "jeton", &late, NEW).await.is_refused_with(410, "lien_perime");
        ask(&mut somebody(&application, "soon"), "dominique@exemple.fr").await;
        let soon = token(&application).await;
        assert_eq!(choose(&mut application.anonyme(), "jeton", &soon, NEW).await.statut, 200);
        choose(&mut application.anonyme(), "jeton", &soon, MOT_DE_PASSE).await.is_refused_with(410, "lien_perime");
    });
}

#[test]
fn once_an_account_is_given_back_no_other_request_for_it_serves() {
    trial(async |application| {
        application.dominique().await;
        let mut stranger = somebody(&application, "stranger");
        ask(&mut stranger, "dominique@exemple.fr").await;
        let theirs = code(&application).await;
        application.state.clock.advance(MINUTE);
        let mut browser = somebody(&application, "holder");
        ask(&mut browser, "dominique@exemple.fr").await;
        let code = code(&application).await;
        assert_eq!(choose(&mut browser, "code", &code, NEW).await.statut, 200);
        choose(&mut stranger, "code", &theirs, MOT_DE_PASSE).await.is_refused_with(410, "lien_perime");
    });
}

#[test]
fn what_ends_the_other_sessions_ends_what_was_written_to_the_mailbox_too() {
    trial(async |application| {
        let mut holder = application.anonyme();
        let at = application.state.clock.now();
        assert_eq!(holder.sign_up(&dominique()).await.statut, StatusCode::ACCEPTED);
        let opened = application.code_for("dominique@exemple.fr").await;
        let mut kept = holder.clone();
        assert_eq!(holder.confirm(&opened).await.statut, StatusCode::CREATED);
        assert_eq!(
            kept.clone().confirm(&opened).await.statut,
            StatusCode::CREATED,
            "an answer that was lost comes again"
        );
        // Whoever reads the former mailbox, or has the browser of the sign-up, holds a code that was right.
        let mut stranger = somebody(&application, "stranger");
        ask(&mut stranger, "dominique@exemple.fr").await;
        let theirs = code(&application).await;
        let change = json!({
            "telephone_fixe": "", "telephone_mobile": "06 12 34 56 78", "courriel": "ailleurs@exemple.fr",
            "mot_de_passe_actuel": MOT_DE_PASSE,
        });
        assert_eq!(application.change_coordonnees(&mut holder, &change).await.statut, StatusCode::OK);
        choose(&mut stranger, "code", &theirs, NEW).await.is_refused_with(410, "lien_perime");
        kept.confirm(&opened).await.is_refused_with(410, "lien_perime");
        assert_eq!(holder.fetch("/api/droits").await.statut, StatusCode::OK);
        assert!(application.state.clock.now() < at + 60_000, "not by their age");
    });
}

#[test]
fn whether_an_address_has_an_account_shows_in_no_answer() {
    trial(async |application| {
        application.dominique().await;
        let mut seen = Vec::new();
        for (key, courriel) in [("known", "dominique@exemple.fr"), ("none", "personne99@exemple.fr")] {
            let mut browser = somebody(&application, key);
            let mut answers = vec![ask(&mut browser, courriel).await, browser.fetch(RECUPERATION).await];
            application.examine().await;
            answers.push(browser.fetch(RECUPERATION).await);
            for _ in 0..6 {
                answers.push(choose(&mut browser, "code", "000000", NEW).await);
            }
            let told: Vec<String> = answers
                .iter()
                .map(|answer| {
                    let mut headers: Vec<String> = answer
                        .headers
                        .iter()
                        .filter(|(name, _)| !["x-request-id", "set-cookie", "content-length"].contains(&name.as_str()))
                        .map(|(name, value)| format!("{name}: {value:?}"))
                        .collect();
                    headers.sort();
                    format!("{} {headers:?} {}", answer.statut, answer.text().replace(courriel, "(the address)"))
                })
                .collect();
            seen.push(told);
        }
        assert_eq!(seen[0], seen[1]);
        let letters = application.letters_to("personne99@exemple.fr").await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].subject, "Cette adresse n’ouvre aucun compte");
    });
}

#[test]
fn a_printed_code_gives_the_account_back_once_however_it_is_copied() {
    trial(async |application| {
        application.dominique().await;
        let accounts = application.rows("SELECT id FROM comptes").await;
        let print = async || {
            let now = application.state.clock.now();
            let account =
                application.state.store.account(&accounts[0]).await.expect("a database").expect("the account");
            let printed = application.state.requests.print_code(&account, Act::of(&operator()), now).await;
            printed.expect("a database").unwrap_or_else(|refusal| panic!("{refusal:?}")).code
        };
        let (first, second) = (print().await, print().await);
        assert_eq!((second.len(), second.matches('-').count()), (29, 5), "{second}");
        let mut browser = application.anonyme();
        let replaced = choose(&mut browser, "jeton", &first, NEW).await;
        assert_eq!(replaced.faute("jeton"), "code_faux", "the last one alone serves");
        let copied = second.to_lowercase().replace('-', " ");
        assert_eq!(choose(&mut browser, "jeton", &copied, NEW).await.statut, 200);
        assert_eq!(choose(&mut browser, "jeton", &second, MOT_DE_PASSE).await.statut, 410);
        assert_eq!(
            choose(&mut browser, "jeton", &second[..9], NEW).await.faute("jeton"),
            json!({ "code": { "manque": "16" } })
        );
        assert_eq!(application.count("journal WHERE quoi = 'code_imprime'").await, 2);
    });
}

#[test]
fn a_printed_code_cannot_be_sought_without_end() {
    trial_with(
        |settings| settings.attempts_by_address = 3,
        async |application| {
            let mut browser = application.anonyme();
            for _ in 0..3 {
                let sought = choose(&mut browser, "jeton", "7K2D-Q9XM-04AB-WZ8R", NEW).await;
                assert_eq!(sought.faute("jeton"), "code_faux");
            }
            let sought = choose(&mut browser, "jeton", "7K2D-Q9XM-04AB-WZ8S", NEW).await;
            sought.is_refused_with(429, "trop_de_tentatives");
        },
    );
}

#[test]
fn an_account_that_is_closed_takes_its_requests_along() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut browser = somebody(&application, "closed");
        ask(&mut browser, "dominique@exemple.fr").await;
        let code = code(&application).await;
        let closing = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(home.json(Method::DELETE, "/api/profil", &closing).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(application.count("demandes").await, 0);
        choose(&mut browser, "code", &code, NEW).await.is_refused_with(410, "lien_perime");
        application.recorded(dominique()).await;
    });
}
