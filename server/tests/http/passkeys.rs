//! Passkeys: what a software authenticator may prove, and what it cannot.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testbed::{
    Application, Authenticator, Browser, MOT_DE_PASSE, TestResponse, camille, shown_by_application, trial, trial_with,
};

const DOMINIQUE: &str = "dominique@exemple.fr";
const KEYS: &str = "/api/profil/cles";
const ASK: &str = "/api/profil/cles/defi";
const CHALLENGE: &str = "/api/connexion/cle/defi";
const SIGN_IN: &str = "/api/connexion/cle";

/// What an authenticator is made to say that a right one does not.
type Lie<'a> = &'a dyn Fn(&mut Authenticator);

/// Asks for one more passkey, with the password.
async fn ask(browser: &mut Browser, name: &str) -> TestResponse {
    browser.json(Method::POST, ASK, &json!({ "nom": name, "mot_de_passe": MOT_DE_PASSE })).await
}

async fn sends(browser: &mut Browser, path: &str, response: &str) -> TestResponse {
    browser.json(Method::POST, path, &json!({ "reponse": response })).await
}

/// A passkey of this person, made by an authenticator of its own.
async fn made(browser: &mut Browser, name: &str) -> Authenticator {
    let mut device = Authenticator::default();
    let asked = ask(browser, name).await;
    assert_eq!(asked.statut, StatusCode::OK, "{}", asked.text());
    let added = sends(browser, KEYS, &device.make(&asked.json())).await;
    assert_eq!(added.statut, StatusCode::CREATED, "{}", added.text());
    device
}

/// What a browser is asked of its passkeys.
async fn challenge(browser: &mut Browser) -> Value {
    let asked = browser.json(Method::POST, CHALLENGE, &json!({})).await;
    assert_eq!(asked.statut, StatusCode::OK, "{}", asked.text());
    asked.json()
}

/// Signs in without typing anything.
async fn signs_in(browser: &mut Browser, device: &mut Authenticator) -> TestResponse {
    let asked = challenge(browser).await;
    sends(browser, SIGN_IN, &device.answer(&asked)).await
}

async fn keys(browser: &mut Browser) -> Vec<Value> {
    browser.fetch(KEYS).await.json()["cles"].as_array().expect("a list").clone()
}

async fn titles(application: &Application) -> Vec<String> {
    application.letters_to(DOMINIQUE).await.into_iter().map(|letter| letter.subject).collect()
}

#[test]
fn a_passkey_opens_the_account_without_typing_anything_and_is_worth_a_second_step() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, " Téléphone \n de Dominique").await;
        let kept = keys(&mut home).await;
        assert_eq!((kept.len(), &kept[0]["nom"]), (1, &json!("Téléphone de Dominique")));
        assert_eq!(kept[0]["utilisee_le"], Value::Null);
        application.state.clock.advance(Duration::from_secs(3_600));
        let mut abroad = application.anonyme();
        let opened = signs_in(&mut abroad, &mut device).await;
        assert_eq!(opened.statut, StatusCode::OK, "{}", opened.text());
        assert_eq!(opened.json()["titulaire"]["nom_naissance"], "Pat-Trois");
        assert_eq!(opened.json()["niveau"], "seconde_etape");
        assert_eq!(abroad.fetch("/api/session").await.json()["niveau"], "seconde_etape");
        assert_eq!(abroad.fetch("/api/profil/export").await.json()["niveau_demande"], "identite_prouvee");
        assert_eq!(keys(&mut abroad).await[0]["utilisee_le"], "2026-11-23T11:00");
        let titles = titles(&application).await;
        assert!(titles.iter().any(|title| title == "Une clé d’accès ouvre votre compte"), "{titles:?}");
        assert!(titles.iter().any(|title| title == "Nouvelle connexion à votre compte"), "{titles:?}");
        assert!(application.count("journal WHERE quoi = 'connexion' AND raison = 'cle_acces'").await > 0);
    });
}

#[test]
fn what_a_browser_is_asked_is_the_same_for_everybody_and_nothing_is_kept_of_it() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let without = |mut asked: Value| {
            let mut options: Value = serde_json::from_str(asked["options"].as_str().expect("a text")).expect("JSON");
            assert!(options["challenge"].as_str().is_some_and(|challenge| challenge.len() >= 22));
            options["challenge"] = Value::Null;
            asked["options"] = options;
            asked
        };
        let nobody = without(challenge(&mut application.anonyme()).await);
        made(&mut home, "").await;
        let mut known = application.anonyme();
        assert_eq!(known.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
        assert_eq!(without(challenge(&mut known).await), nobody);
        assert_eq!(nobody["options"]["userVerification"], "required");
        assert_eq!(nobody["options"]["rpId"], "localhost");
        assert!(nobody["options"].get("allowCredentials").is_none_or(|allowed| *allowed == json!([])));
        assert_eq!(application.count("defis_servis").await, 1, "the one that a passkey answered when it was made");
    });
}

#[test]
fn an_answer_serves_once_in_the_browser_that_was_asked() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, "").await;
        let mut browser = application.anonyme();
        let asked = challenge(&mut browser).await;
        let answer = device.answer(&asked);
        let mut thief = browser.clone();
        // Not in a browser that was not asked, nor in one that was asked something else.
        let mut elsewhere = application.anonyme();
        sends(&mut elsewhere, SIGN_IN, &answer).await.is_refused_with(410, "lien_perime");
        challenge(&mut elsewhere).await;
        sends(&mut elsewhere, SIGN_IN, &answer).await.is_refused_with(401, "cle_refusee");
        assert_eq!(sends(&mut browser, SIGN_IN, &answer).await.statut, StatusCode::OK);
        // Whoever recorded all of it, the cookie as well.
        let again = sends(&mut thief, SIGN_IN, &answer).await;
        assert!(matches!(again.statut.as_u16(), 401 | 410), "{}", again.text());
        assert_eq!(thief.cookie, None);
        // The cookie of a ceremony is over with it.
        browser.cookie = None;
        sends(&mut browser, SIGN_IN, &answer).await.is_refused_with(410, "lien_perime");
    });
}

#[test]
fn an_answer_sent_twice_at_once_opens_one_session() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, "").await;
        let before = application.count("sessions").await;
        let mut browser = application.anonyme();
        let asked = challenge(&mut browser).await;
        let answer = device.answer(&asked);
        let mut others: Vec<Browser> = (0..6).map(|_| browser.clone()).collect();
        let mut tries = Vec::new();
        for mut other in others.drain(..) {
            let answer = answer.clone();
            tries.push(tokio::spawn(async move { sends(&mut other, SIGN_IN, &answer).await.statut }));
        }
        let mut opened = 0;
        for attempt in tries {
            opened += usize::from(attempt.await.expect("an answer") == StatusCode::OK);
        }
        assert_eq!(opened, 1);
        assert_eq!(application.count("sessions").await, before + 1);
    });
}

#[test]
fn what_an_authenticator_of_another_site_page_or_state_signs_is_refused() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let device = made(&mut home, "").await;
        let mut camille = application.recorded(camille()).await;
        let others = made(&mut camille, "").await;
        let lies: [(&str, Lie<'_>); 5] = [
            ("another page", &|device| device.origin = "http://localhost:8088".to_owned()),
            ("another site", &|device| device.rp = "exemple.fr".to_owned()),
            ("nobody was checked", &|device| device.verifies = false),
            ("somebody else's", &|device| device.user.clone_from(&others.user)),
            ("an account that there is not", &|device| device.user = vec![0; 32]),
        ];
        for (lie, tell) in lies {
            let mut liar = device.clone();
            liar.counter = 100;
            tell(&mut liar);
            let mut browser = application.anonyme();
            let refused = signs_in(&mut browser, &mut liar).await;
            assert_eq!(refused.json()["code"], "cle_refusee", "{lie}");
            assert_eq!(browser.cookie, None, "{lie}");
        }
        // A signature over other bytes.
        let mut browser = application.anonyme();
        let asked = challenge(&mut browser).await;
        let mut answer: Value = serde_json::from_str(&device.clone().answer(&asked)).expect("JSON");
        let data = answer["response"]["authenticatorData"].as_str().expect("data").to_owned();
        let mut altered = data.clone().into_bytes();
        let last = altered.len() - 1;
        altered[last] = if altered[last] == b'A' { b'Q' } else { b'A' };
        answer["response"]["authenticatorData"] = String::from_utf8(altered).expect("text").into();
        sends(&mut browser, SIGN_IN, &answer.to_string()).await.is_refused_with(401, "cle_refusee");
        for text in ["", "{}", "null", "[1]", &"x".repeat(20_000)] {
            sends(&mut browser, SIGN_IN, text).await.is_refused_with(401, "cle_refusee");
        }
        // A passkey that nobody added.
        let mut stranger = Authenticator::default();
        stranger.user.clone_from(&device.user);
        signs_in(&mut browser, &mut stranger).await.is_refused_with(401, "cle_refusee");
        assert_eq!(
            signs_in(&mut browser, &mut device.clone()).await.statut,
            StatusCode::OK,
            "and the right one is right"
        );
    });
}

#[test]
fn a_counter_that_goes_back_tells_a_copy() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, "").await;
        device.counter = 4;
        let mut copy = device.clone();
        assert_eq!(signs_in(&mut application.anonyme(), &mut device).await.statut, StatusCode::OK);
        signs_in(&mut application.anonyme(), &mut copy).await.is_refused_with(401, "cle_refusee");
        assert_eq!(signs_in(&mut application.anonyme(), &mut device).await.statut, StatusCode::OK);
    });
}

#[test]
fn what_is_asked_is_answered_within_five_minutes() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, "").await;
        let five = Duration::from_secs(5 * 60);
        let mut browser = application.anonyme();
        let asked = challenge(&mut browser).await;
        application.state.clock.advance(five);
        sends(&mut browser, SIGN_IN, &device.answer(&asked)).await.is_refused_with(410, "lien_perime");
        let asked = ask(&mut home, "").await.json();
        application.state.clock.advance(five);
        let another = Authenticator::default().make(&asked);
        sends(&mut home, KEYS, &another).await.is_refused_with(410, "lien_perime");
        assert_eq!(keys(&mut home).await.len(), 1);
    });
}

#[test]
fn a_passkey_is_added_with_the_password_in_the_session_that_asked_and_once() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let wrong = json!({ "nom": "", "mot_de_passe": "Un autre que le sien 42" });
        let refused = home.json(Method::POST, ASK, &wrong).await;
        assert_eq!(refused.faute("mot-de-passe-actuel"), "mot_de_passe_faux");
        let refused = home.json(Method::POST, ASK, &json!({ "nom": "", "mot_de_passe": "" })).await;
        assert_eq!(refused.faute("mot-de-passe-actuel"), "mot_de_passe_manquant");
        let refused =
            home.json(Method::POST, ASK, &json!({ "nom": "é".repeat(41), "mot_de_passe": MOT_DE_PASSE })).await;
        assert_eq!(refused.faute("nom-cle"), "demesure");
        sends(&mut home, KEYS, "{}").await.is_refused_with(410, "lien_perime");
        let mut device = Authenticator::default();
        let asked = ask(&mut home, "").await.json();
        let options: Value = serde_json::from_str(asked["options"].as_str().expect("a text")).expect("JSON");
        assert_eq!(options["user"]["name"], DOMINIQUE);
        assert_eq!(options["extensions"]["enforceCredentialProtectionPolicy"], false, "few devices know it");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        let answer = device.make(&asked);
        // Another session of the same account, with the cookie of this one's ceremony.
        let mut other = application.anonyme();
        assert_eq!(other.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
        other.waiting.clone_from(&home.waiting);
        sends(&mut other, KEYS, &answer).await.is_refused_with(410, "lien_perime");
        // One whose device did not check anybody, and one for another page.
        let lies: [Lie<'_>; 3] =
            [&|device| device.verifies = false, &|device| device.origin = "https://exemple.fr".to_owned(), &|device| {
                device.rp = "exemple.fr".to_owned()
            }];
        for tell in lies {
            let mut liar = device.clone();
            tell(&mut liar);
            sends(&mut home, KEYS, &liar.make(&asked)).await.is_refused_with(400, "corps_illisible");
        }
        let (recorded, mut thief) = (home.waiting.clone(), home.clone());
        assert_eq!(sends(&mut home, KEYS, &answer).await.statut, StatusCode::CREATED);
        thief.fetch(KEYS).await.is_refused_with(401, "session_requise");
        home.waiting = recorded;
        sends(&mut home, KEYS, &answer).await.is_refused_with(410, "lien_perime");
        assert_eq!(keys(&mut home).await.len(), 1);
        // What it has is not made again on the same device.
        let asked = ask(&mut home, "").await.json();
        let options: Value = serde_json::from_str(asked["options"].as_str().expect("a text")).expect("JSON");
        assert_eq!(options["excludeCredentials"].as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn a_passkey_is_named_and_removed_by_its_holder_alone() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, "Téléphone").await;
        let number = keys(&mut home).await[0]["numero"].clone();
        let mut camille = application.recorded(camille()).await;
        let theirs = json!({ "numero": number, "nom": "À moi" });
        camille.json(Method::PUT, KEYS, &theirs).await.is_refused_with(404, "introuvable");
        let removed = camille.json(Method::DELETE, KEYS, &json!({ "numero": number })).await;
        assert_eq!((removed.statut, removed.json()["cles"].clone()), (StatusCode::OK, json!([])));
        let named = home.json(Method::PUT, KEYS, &json!({ "numero": number, "nom": "Mon ordinateur" })).await;
        assert_eq!(named.json()["cles"][0]["nom"], "Mon ordinateur", "{}", named.text());
        let refused = home.json(Method::PUT, KEYS, &json!({ "numero": number, "nom": "x".repeat(41) })).await;
        assert_eq!(refused.faute("nom-cle"), "demesure");
        let mut connected = application.anonyme();
        assert_eq!(signs_in(&mut connected, &mut device).await.statut, StatusCode::OK);
        for _ in 0..2 {
            let removed = home.json(Method::DELETE, KEYS, &json!({ "numero": number })).await;
            assert_eq!((removed.statut, removed.json()["cles"].clone()), (StatusCode::OK, json!([])));
        }
        signs_in(&mut application.anonyme(), &mut device).await.is_refused_with(401, "cle_refusee");
        let titles = titles(&application).await;
        let told = titles.iter().filter(|title| *title == "Une clé d’accès est retirée de votre compte").count();
        assert_eq!(told, 1, "{titles:?}");
        let journal = application.rows("SELECT quoi FROM journal WHERE quoi LIKE 'cle_acces%' ORDER BY quoi").await;
        assert_eq!(journal, ["cle_acces_ajoutee", "cle_acces_renommee", "cle_acces_retiree"]);
    });
}

#[test]
fn what_stops_an_account_stops_its_passkeys() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, "").await;
        assert_eq!(home.json(Method::POST, "/api/profil/gel", &json!({})).await.statut, StatusCode::NO_CONTENT);
        signs_in(&mut application.anonyme(), &mut device).await.is_refused_with(401, "cle_refusee");
        assert_eq!(application.count("cles_acces").await, 0, "whoever had the account may have added it");
        let mut camille = application.recorded(camille()).await;
        made(&mut camille, "").await;
        let closing = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(camille.json(Method::DELETE, "/api/profil", &closing).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(application.count("cles_acces").await, 0);
    });
}

#[test]
fn a_passkey_goes_with_a_lost_password_and_stays_with_one_that_is_changed() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, "").await;
        let change = json!({ "actuel": MOT_DE_PASSE, "nouveau": "Un tout autre mot 58 !" });
        assert_eq!(home.json(Method::PUT, "/api/profil/mot-de-passe", &change).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(signs_in(&mut application.anonyme(), &mut device).await.statut, StatusCode::OK);
        let mut lost = application.anonyme();
        let asked = json!({ "courriel": DOMINIQUE });
        assert_eq!(lost.json(Method::POST, "/api/recuperation", &asked).await.statut, StatusCode::ACCEPTED);
        let code = application.code_titled(DOMINIQUE, "Choisissez un autre mot de passe").await.expect("a code");
        let renewed = json!({ "code": code, "mot_de_passe": "Encore un autre mot 77 !" });
        let renewed = lost.json(Method::POST, "/api/recuperation/mot-de-passe", &renewed).await;
        assert_eq!(renewed.statut, StatusCode::OK, "{}", renewed.text());
        signs_in(&mut application.anonyme(), &mut device).await.is_refused_with(401, "cle_refusee");
    });
}

#[test]
fn a_passkey_alone_opens_an_account_that_asks_for_more_than_its_password() {
    trial(async |application| {
        let mut home = application.dominique().await;
        let mut device = made(&mut home, "").await;
        let set = "/api/profil/seconde-etape";
        let begun = home.json(Method::POST, set, &json!({ "mot_de_passe": MOT_DE_PASSE })).await.json();
        let code = shown_by_application(begun["secret"].as_str().expect("a secret"), application.state.clock.now());
        let confirmed = home.json(Method::POST, &format!("{set}/confirmation"), &json!({ "code": code })).await;
        assert_eq!(confirmed.statut, StatusCode::CREATED, "{}", confirmed.text());
        let by_password = application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await;
        assert_eq!(by_password.statut, StatusCode::ACCEPTED, "{}", by_password.text());
        let opened = signs_in(&mut application.anonyme(), &mut device).await;
        assert_eq!(opened.statut, StatusCode::OK, "{}", opened.text());
        assert_eq!(opened.json()["niveau"], "seconde_etape");
    });
}

#[test]
fn money_rests_after_a_new_passkey() {
    trial(async |application| {
        let mut home = application.dominique().await;
        application.as_seen_by_an_operator().await;
        application.state.clock.advance(Duration::from_secs(50 * 3_600));
        assert_eq!(home.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
        application.state.clock.advance(Duration::from_secs(50 * 3_600));
        let mut here = application.anonyme();
        assert_eq!(here.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, StatusCode::OK);
        application.rows("UPDATE comptes SET sensible_le = NULL").await;
        assert_eq!(here.fetch("/api/profil").await.json()["repos_jusqu_a"], Value::Null);
        made(&mut here, "").await;
        assert!(here.fetch("/api/profil").await.json()["repos_jusqu_a"].is_string());
    });
}

#[test]
fn an_account_has_twenty_passkeys_at_most() {
    trial(async |application| {
        let mut home = application.dominique().await;
        for rank in 1..20 {
            made(&mut home, &format!("Clé {rank}")).await;
        }
        let asked = ask(&mut home, "").await.json();
        made(&mut home, "la dernière").await;
        ask(&mut home, "").await.is_refused_with(409, "trop_de_cles");
        let mut late = Authenticator::default();
        let refused = sends(&mut home, KEYS, &late.make(&asked)).await;
        assert!(matches!(refused.statut.as_u16(), 409 | 410), "{}", refused.text());
        assert_eq!(keys(&mut home).await.len(), 20);
    });
}

#[test]
fn a_site_without_a_name_says_that_browsers_take_no_passkey_there() {
    let by_address = |settings: &mut server::Settings| {
        settings.public_addresses = vec!["https://192.168.1.20".to_owned(), "http://127.0.0.1:8087".to_owned()];
    };
    trial_with(by_address, async |application| {
        let mut home = application.dominique().await;
        assert_eq!(home.fetch(KEYS).await.json(), json!({ "adresse": null, "cles": [] }));
        ask(&mut home, "").await.is_refused_with(409, "cles_impossibles");
        let refused = application.anonyme().json(Method::POST, CHALLENGE, &json!({})).await;
        refused.is_refused_with(409, "cles_impossibles");
    });
}

#[test]
fn nothing_of_a_ceremony_is_read_by_scripts_or_sent_from_elsewhere() {
    trial(async |application| {
        let asked = application.anonyme().json(Method::POST, CHALLENGE, &json!({})).await;
        let cookie = asked.header("set-cookie");
        assert!(cookie.starts_with("acquis-cle=") && cookie.len() < 400, "{cookie}");
        for word in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=300"] {
            assert!(cookie.contains(word), "{cookie}");
        }
        let mut home = application.dominique().await;
        made(&mut home, "Téléphone de Dominique").await;
        let said = testbed::journal().lock().expect("the log").clone();
        let said = String::from_utf8_lossy(&said);
        assert!(!said.contains("Téléphone de Dominique"), "no name in the log");
    });
}
