//! An identity of elsewhere, with a real provider: coming in, opening an account, linking; and everything that a provider, or
//! somebody on the way, may do wrong.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::{IdentityProvider, Picture, Settings};
use testbed::{
    Application, Browser, CLIENT, Identities, MOT_DE_PASSE, SECRET, camille, dominique, inscription, renaud,
    shown_by_application, trial_with, with,
};
use tokio::sync::Mutex;

/// The one address of a service that has no public one.
const SERVICE: &str = "http://localhost:8087";

/// Runs a test with a provider that signs so, where one can be run; its level is asked of it.
pub(super) fn with_provider(algorithm: &'static str, level: &str, test: impl AsyncFn(Application, &mut Identities)) {
    with_provider_at(&[], algorithm, level, test);
}

/// The same, of a service that has these public addresses.
pub(super) fn with_provider_at(
    addresses: &[&str],
    algorithm: &'static str,
    level: &str,
    test: impl AsyncFn(Application, &mut Identities),
) {
    let services = if addresses.is_empty() { &[SERVICE] } else { addresses };
    let Some(identities) = Identities::start(services, algorithm) else { return };
    let issuer = identities.issuer();
    let identities = Mutex::new(identities);
    let settle = |settings: &mut Settings| {
        settings.public_addresses = addresses.iter().map(|&address| address.to_owned()).collect();
        settings.identity = Some(IdentityProvider {
            issuer: issuer.clone(),
            client: CLIENT.to_owned(),
            secret: SECRET.to_owned(),
            label: "Identité Exemple".to_owned(),
            level: level.to_owned(),
            button: None,
        });
    };
    trial_with(settle, async |application| {
        let mut identities = identities.lock().await;
        identities.goes_wrong("");
        test(application, &mut identities).await;
    });
}

/// Leaves for the provider; its address.
pub(super) async fn leave(browser: &mut Browser) -> String {
    let answer = browser.json(Method::POST, "/api/identite/depart", &json!({})).await;
    assert_eq!(answer.statut, StatusCode::OK, "{}", answer.text());
    answer.json()["adresse"].as_str().expect("an address").to_owned()
}

/// Goes there, is `who`, and comes back: where that leads.
pub(super) async fn come_as(browser: &mut Browser, identities: &Identities, who: &str) -> String {
    let address = leave(browser).await;
    let back = identities.choose(&address, who);
    come_back(browser, &back).await
}

pub(super) async fn come_back(browser: &mut Browser, back: &str) -> String {
    let answer = browser.fetch(back).await;
    assert_eq!(answer.statut, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

pub(super) async fn level(browser: &mut Browser) -> Value {
    browser.fetch("/api/session").await.json()["niveau"].clone()
}

/// Asks for an account with the identity that the browser holds.
pub(super) async fn ask(browser: &mut Browser, body: &Value) -> testbed::TestResponse {
    browser.json(Method::POST, "/api/identite/inscription", body).await
}

/// Opens an account with it, by the code of the letter.
async fn open(application: &Application, browser: &mut Browser, body: &Value) {
    let answer = ask(browser, body).await;
    assert_eq!(answer.statut, StatusCode::ACCEPTED, "{}", answer.text());
    let code = application.code_for(body["courriel"].as_str().expect("an e-mail")).await;
    let answer = browser.confirm(&code).await;
    assert_eq!(answer.statut, StatusCode::CREATED, "{}", answer.text());
}

pub(super) async fn link(browser: &mut Browser) -> testbed::TestResponse {
    browser.json(Method::POST, "/api/identite/lien", &json!({ "mot_de_passe": MOT_DE_PASSE })).await
}

/// The same where the account asks for a second step as well.
async fn link_with_code(browser: &mut Browser, secret: &str, application: &Application) -> testbed::TestResponse {
    let code = shown_by_application(secret, application.state.clock.now());
    browser.json(Method::POST, "/api/identite/lien", &json!({ "mot_de_passe": MOT_DE_PASSE, "code": code })).await
}

#[test]
fn somebody_new_opens_an_account_with_their_identity_and_comes_back_by_it() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut browser = application.anonyme();
        assert_eq!(come_as(&mut browser, identities, "camille").await, "/identite");
        let held = json!({ "nom_naissance": "Nouvel", "prenoms": "Camille", "date_naissance": "12/01/1980" });
        let shown = browser.fetch("/api/identite").await.json();
        assert_eq!(shown, json!({ "identite": held }));
        // What is typed of the name changes nothing of it.
        open(&application, &mut browser, &with(camille(), "nom_naissance", "Quelqu'un d'autre")).await;
        assert_eq!(level(&mut browser).await, "identite_prouvee");
        let profil = browser.fetch("/api/profil").await.json();
        assert_eq!(profil["titulaire"], json!({ "nom_naissance": "Nouvel", "prenoms": "Camille" }));
        let mut elsewhere = application.anonyme();
        assert_eq!(come_as(&mut elsewhere, identities, "camille").await, "/solde");
        assert_eq!(level(&mut elsewhere).await, "identite_prouvee");
        assert_eq!(application.count("identites").await, 1);
        assert_eq!(application.count("comptes").await, 1);
    });
}

#[test]
fn a_provider_that_signs_with_rsa_is_believed_as_well() {
    with_provider("RS256", "eidas1", async |application, identities| {
        let mut browser = application.anonyme();
        assert_eq!(come_as(&mut browser, identities, "camille").await, "/identite");
        assert_eq!(browser.fetch("/api/identite").await.json()["identite"]["nom_naissance"], "Nouvel");
    });
}

#[test]
fn an_identity_is_linked_opens_the_account_and_is_taken_back() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut browser = application.dominique().await;
        assert_eq!(level(&mut browser).await, "courriel_confirme");
        let mut twin = browser.clone();
        assert_eq!(come_as(&mut browser, identities, "dominique").await, "/acces#identite-reliee");
        let answer = link(&mut browser).await;
        assert_eq!(answer.statut, StatusCode::NO_CONTENT, "{}", answer.text());
        // The level rose: the secret of before is nobody's.
        twin.fetch("/api/profil").await.is_refused_with(401, "session_requise");
        assert_eq!(level(&mut browser).await, "identite_prouvee");
        let subjects: Vec<String> = application.letters().await.into_iter().map(|letter| letter.subject).collect();
        assert!(subjects.iter().any(|subject| subject == "Un autre moyen d’ouvrir votre compte"), "{subjects:?}");
        assert!(browser.fetch("/api/identite/lien").await.json()["relie_le"].is_string());
        let export = browser.fetch("/api/profil/export").await.json();
        assert_eq!(export["identites_reliees"][0]["dit"]["family_name"], "Pat-Trois");
        // What brought it serves once.
        link(&mut browser).await.is_refused_with(410, "lien_perime");
        let mut other = application.anonyme();
        assert_eq!(come_as(&mut other, identities, "dominique").await, "/solde");
        assert_eq!(browser.json(Method::DELETE, "/api/identite/lien", &json!({})).await.statut, 204);
        assert_eq!(browser.fetch("/api/identite/lien").await.json()["relie_le"], Value::Null);
        let mut late = application.anonyme();
        assert_eq!(come_as(&mut late, identities, "dominique").await, "/identite");
        assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert!(application.count("journal WHERE quoi = 'connexion' AND raison = 'fournisseur'").await > 0);
    });
}

#[test]
fn an_identity_opens_no_account_but_that_of_its_holder_and_one_alone() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut renaud_s = application.recorded(renaud()).await;
        come_as(&mut renaud_s, identities, "dominique").await;
        link(&mut renaud_s).await.is_refused_with(409, "identite_contredite");
        assert_eq!(level(&mut renaud_s).await, "courriel_confirme");
        // Somebody else's number: the sex, the month or the place differ.
        let mut stranger = application.anonyme();
        come_as(&mut stranger, identities, "camille").await;
        // One that could be theirs, and that an employer knows under another name: an operator decides.
        let body = with(with(camille(), "nir", "1800175999001"), "cle", "37");
        assert_eq!(ask(&mut stranger, &body).await.statut, StatusCode::ACCEPTED);
        application.examine().await;
        assert_eq!(application.count("demandes WHERE etat = 'attend'").await, 0);
        for (nir, key) in [("2790351215189", "89"), ("2650669999012", "80")] {
            let body = with(with(camille(), "nir", nir), "cle", key);
            let refused = ask(&mut stranger, &body).await;
            assert_ne!(refused.statut, StatusCode::ACCEPTED, "{}", refused.text());
        }
        // Nobody without an identity.
        let mut nobody = application.anonyme();
        ask(&mut nobody, &camille()).await.is_refused_with(410, "lien_perime");
        link(&mut nobody).await.is_refused_with(401, "session_requise");
        assert_eq!(application.count("identites").await, 0);
        // Whose it is, once for a place.
        assert_eq!(application.count("journal WHERE quoi = 'identite_refusee' AND compte IS NOT NULL").await, 1);
    });
}

#[test]
fn an_account_that_was_only_declared_gives_way_to_whoever_proves_who_they_are() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let squatter = inscription("Squatteur", "Jean", "12/01/1980", "1800175999029", "09", "squatteur@exemple.fr");
        let mut taken = application.recorded(squatter).await;
        let mut browser = application.anonyme();
        come_as(&mut browser, identities, "camille").await;
        open(&application, &mut browser, &camille()).await;
        assert_eq!(level(&mut browser).await, "identite_prouvee");
        application.another_server().await;
        application.state.clock.advance(Duration::from_secs(2));
        assert_eq!(level(&mut taken).await, "mis_a_part");
        let letters = application.letters_to("squatteur@exemple.fr").await;
        assert!(letters.iter().any(|letter| letter.subject == "Votre compte est mis à part"));
        // Not to an identity that does not say every part of the number, nor to another that is proved: an operator decides.
        let alix = |nom, courriel| inscription(nom, "Alix", "15/06/1990", "1900651215001", "30", courriel);
        let _typed = application.recorded(alix("Squatteur", "alix@exemple.fr")).await;
        let mut unsaid = application.anonyme();
        unsaid.key = "identite-0123456789-unsaid".to_owned();
        come_as(&mut unsaid, identities, "sans-genre").await;
        let before = application.count("comptes").await;
        assert_eq!(ask(&mut unsaid, &alix("Neutre", "neutre@exemple.fr")).await.statut, StatusCode::ACCEPTED);
        application.examine().await;
        assert_eq!(application.count("comptes").await, before);
        // One whom an employer named does not: an operator decides.
        let mut known = application.anonyme();
        known.key = "identite-0123456789-known".to_owned();
        come_as(&mut known, identities, "dominique").await;
        let before = application.count("comptes").await;
        ask(&mut known, &with(dominique(), "courriel", "dominique@exemple.fr")).await;
        application.examine().await;
        assert_eq!(application.count("comptes").await, before);
    });
}

#[test]
fn what_is_tampered_with_or_comes_from_elsewhere_opens_nothing() {
    with_provider("ES256", "eidas1", async |application, identities| {
        for (how, issue) in [
            ("signature", "refus"),
            ("unsigned", "refus"),
            ("shared", "refus"),
            ("forged", "refus"),
            ("issuer", "perime"),
        ] {
            identities.goes_wrong(how);
            let mut browser = application.anonyme();
            let place = come_as(&mut browser, identities, "camille").await;
            assert_eq!(place, format!("/identite?issue={issue}"), "{how}");
            assert_eq!(browser.fetch("/api/identite").await.json()["identite"], Value::Null, "{how}");
        }
        identities.goes_wrong("");
        assert_eq!(come_as(&mut application.anonyme(), identities, "abandon").await, "/identite?issue=abandon");
        assert_eq!(application.count("voyages").await, 0);
        assert_eq!(application.count("journal WHERE quoi = 'identite_refusee'").await, 1, "once for a place");
    });
}

#[test]
fn a_return_serves_once_in_the_browser_that_left_for_ten_minutes() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let stale = "/identite?issue=perime";
        let mut browser = application.anonyme();
        let address = leave(&mut browser).await;
        let back = identities.choose(&address, "camille");
        // Another browser: somebody made its holder follow the way back of another.
        assert_eq!(come_back(&mut application.anonyme(), &back).await, stale);
        let mut left_too = application.anonyme();
        leave(&mut left_too).await;
        assert_eq!(come_back(&mut left_too, &back).await, stale);
        let mut replayed = browser.clone();
        assert_eq!(come_back(&mut browser, &back).await, "/identite");
        assert_eq!(come_back(&mut replayed, &back).await, stale);
        let mut slow = application.anonyme();
        let address = leave(&mut slow).await;
        let back = identities.choose(&address, "camille");
        application.state.clock.advance(Duration::from_secs(600));
        assert_eq!(come_back(&mut slow, &back).await, stale);
    });
}

#[test]
fn tokens_that_are_over_are_not_believed() {
    with_provider("ES256", "eidas1", async |application, identities| {
        // The clock of this server is far ahead of that of the provider.
        application.state.clock.advance(Duration::from_secs(3_650 * 86_400));
        assert_eq!(come_as(&mut application.anonyme(), identities, "camille").await, "/identite?issue=refus");
    });
}

#[test]
fn a_provider_may_change_its_keys_and_may_be_down() {
    with_provider("ES256", "eidas1", async |application, identities| {
        assert_eq!(come_as(&mut application.anonyme(), identities, "camille").await, "/identite");
        identities.restart();
        assert_eq!(come_as(&mut application.anonyme(), identities, "camille").await, "/identite");
        let mut browser = application.anonyme();
        let address = leave(&mut browser).await;
        let back = identities.choose(&address, "camille");
        identities.goes_wrong("down");
        assert_eq!(come_back(&mut browser, &back).await, "/identite?issue=indisponible");
        identities.stop();
        // What it said of itself is still known; another server knows nothing of it.
        let other = application.twin_server().await;
        let refused = other.anonyme().json(Method::POST, "/api/identite/depart", &json!({})).await;
        refused.is_refused_with(503, "fournisseur_indisponible");
        identities.restart();
    });
}

#[test]
fn a_provider_that_is_slow_is_not_waited_for_and_the_next_to_come_does_not_wait_at_all() {
    with_provider("ES256", "eidas1", async |application, identities| {
        identities.goes_wrong("slow");
        let mut browser = application.anonyme();
        for _ in 0..2 {
            let refused = browser.json(Method::POST, "/api/identite/depart", &json!({})).await;
            refused.is_refused_with(503, "fournisseur_indisponible");
        }
        assert_eq!(application.count("voyages").await, 0);
        // The password is a way in all the same.
        let mut home = application.dominique().await;
        assert_eq!(home.fetch("/api/droits").await.statut, StatusCode::OK);
    });
}

#[test]
fn an_identity_of_the_first_level_does_not_stand_for_the_second_step_and_a_substantial_one_does() {
    for (asked, expected) in [("eidas1", "/seconde-etape"), ("eidas2", "/solde")] {
        with_provider("ES256", asked, async |application, identities| {
            let mut home = application.dominique().await;
            come_as(&mut home, identities, "dominique").await;
            assert_eq!(link(&mut home).await.statut, StatusCode::NO_CONTENT);
            let step = "/api/profil/seconde-etape";
            let begun = home.json(Method::POST, step, &json!({ "mot_de_passe": MOT_DE_PASSE })).await.json();
            let secret = begun["secret"].as_str().expect("a secret").to_owned();
            let code = json!({ "code": shown_by_application(&secret, application.state.clock.now()) });
            let set = home.json(Method::POST, &format!("{step}/confirmation"), &code).await;
            assert_eq!(set.statut, StatusCode::CREATED, "{}", set.text());
            let mut other = application.anonyme();
            assert_eq!(come_as(&mut other, identities, "dominique").await, expected, "{asked}");
            if asked == "eidas1" {
                other.fetch("/api/droits").await.is_refused_with(401, "session_requise");
                application.state.clock.advance(Duration::from_secs(30));
                let code = json!({ "code": shown_by_application(&secret, application.state.clock.now()) });
                let shown = other.json(Method::POST, "/api/connexion/seconde-etape", &code).await;
                assert_eq!(shown.statut, StatusCode::OK, "{}", shown.text());
            }
            assert_eq!(other.fetch("/api/droits").await.statut, StatusCode::OK);
        });
    }
}

#[test]
fn a_substantial_level_is_that_of_its_session_alone() {
    with_provider("ES256", "eidas2", async |application, identities| {
        let mut browser = application.dominique().await;
        come_as(&mut browser, identities, "dominique").await;
        assert_eq!(link(&mut browser).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(level(&mut browser).await, "france_connect_plus");
        let mut by_password = application.anonyme();
        by_password.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        assert_eq!(level(&mut by_password).await, "identite_prouvee");
        // Asked for one level, the provider reached a lower one.
        identities.goes_wrong("level");
        assert_eq!(come_as(&mut application.anonyme(), identities, "dominique").await, "/identite?issue=refus");
    });
}

#[test]
fn signing_out_leads_to_the_provider_and_back() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut browser = application.dominique().await;
        come_as(&mut browser, identities, "dominique").await;
        link(&mut browser).await;
        let answer = browser.json(Method::POST, "/api/deconnexion", &json!({})).await;
        assert_eq!(answer.statut, StatusCode::OK, "{}", answer.text());
        let json = answer.json();
        let suite = json["adresse"].as_str().expect("an address");
        assert!(suite.starts_with(&format!("{}/session/end?", identities.issuer())), "{suite}");
        let state = suite.split(['?', '&']).find_map(|part| part.strip_prefix("state=")).expect("a state");
        browser.fetch("/api/profil").await.is_refused_with(401, "session_requise");
        assert_eq!(come_back(&mut application.anonyme(), &format!("/api/identite/fin?state={state}")).await, "/");
        assert_eq!(come_back(&mut browser, &format!("/api/identite/fin?state={state}")).await, "/");
    });
}

#[test]
fn what_a_browser_came_back_with_is_not_for_whoever_sits_there_next() {
    with_provider("ES256", "eidas1", async |application, identities| {
        application.dominique().await;
        let nothing = json!({ "identite": null });
        // Signed out.
        let mut shared = application.anonyme();
        come_as(&mut shared, identities, "camille").await;
        shared.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        shared.json(Method::POST, "/api/deconnexion", &json!({})).await;
        assert_eq!(shared.fetch("/api/identite").await.json(), nothing);
        assert_eq!(application.count("voyages").await, 0);
        // An account asked for: the same request may come again, and no other.
        let mut asking = application.anonyme();
        come_as(&mut asking, identities, "camille").await;
        for _ in 0..2 {
            assert_eq!(ask(&mut asking, &camille()).await.statut, StatusCode::ACCEPTED);
        }
        assert_eq!(asking.fetch("/api/identite").await.json(), nothing);
        asking.key = "une-autre-cle-0123456789".to_owned();
        ask(&mut asking, &with(camille(), "courriel", "quelqu-un@exemple.fr"))
            .await
            .is_refused_with(410, "lien_perime");
        // Somebody else connects where a holder came back.
        let mut renaud_s = application.recorded(renaud()).await;
        come_as(&mut renaud_s, identities, "dominique").await;
        renaud_s.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        link(&mut renaud_s).await.is_refused_with(410, "lien_perime");
        // It is known: what was held before it goes.
        let mut home = application.anonyme();
        home.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        come_as(&mut home, identities, "dominique").await;
        assert_eq!(link(&mut home).await.statut, StatusCode::NO_CONTENT);
        let mut both = application.anonyme();
        come_as(&mut both, identities, "camille").await;
        assert_eq!(come_as(&mut both, identities, "dominique").await, "/solde");
        assert_eq!(both.fetch("/api/identite").await.json(), nothing);
    });
}

#[test]
fn what_ends_every_session_for_nobody_who_is_connected_takes_the_identity_back() {
    for by in ["freeze", "recovery"] {
        with_provider("ES256", "eidas1", async |application, identities| {
            let mut home = application.dominique().await;
            come_as(&mut home, identities, "dominique").await;
            assert_eq!(link(&mut home).await.statut, StatusCode::NO_CONTENT);
            let mut browser = application.anonyme();
            if by == "freeze" {
                home.json(Method::POST, "/api/profil/gel", &Value::Null).await;
                browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
                browser.json(Method::POST, "/api/degel", &Value::Null).await;
                let code = application.code_titled("dominique@exemple.fr", "Débloquez votre compte").await;
                let saisie = json!({ "code": code.expect("a code"), "mot_de_passe": "Girafe violette du lundi 8" });
                let thawed = browser.json(Method::POST, "/api/degel/confirmation", &saisie).await;
                assert_eq!(thawed.statut, StatusCode::OK, "{}", thawed.text());
            } else {
                let asked = json!({ "courriel": "dominique@exemple.fr" });
                browser.json(Method::POST, "/api/recuperation", &asked).await;
                let code = application.code_titled("dominique@exemple.fr", "Choisissez un autre mot de passe").await;
                let saisie = json!({ "code": code.expect("a code"), "mot_de_passe": "Girafe violette du lundi 8" });
                let found = browser.json(Method::POST, "/api/recuperation/mot-de-passe", &saisie).await;
                assert_eq!(found.statut, StatusCode::OK, "{}", found.text());
            }
            assert_eq!(application.count("identites").await, 0, "{by}");
            assert_eq!(come_as(&mut application.anonyme(), identities, "dominique").await, "/identite", "{by}");
        });
    }
}

#[test]
fn a_link_asks_for_the_password_and_for_a_code_where_a_second_step_is_set() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut home = application.dominique().await;
        let step = "/api/profil/seconde-etape";
        let begun = home.json(Method::POST, step, &json!({ "mot_de_passe": MOT_DE_PASSE })).await.json();
        let secret = begun["secret"].as_str().expect("a secret").to_owned();
        come_as(&mut home, identities, "dominique").await;
        for (password, faute) in [("", "mot_de_passe_manquant"), ("Une autre phrase, longue 9", "mot_de_passe_faux")] {
            let refused = home.json(Method::POST, "/api/identite/lien", &json!({ "mot_de_passe": password })).await;
            assert_eq!(refused.faute("mot-de-passe-actuel"), faute);
        }
        let code = json!({ "code": shown_by_application(&secret, application.state.clock.now()) });
        assert_eq!(home.json(Method::POST, &format!("{step}/confirmation"), &code).await.statut, StatusCode::CREATED);
        let refused = link(&mut home).await;
        assert_eq!(refused.faute("code-application"), json!({ "code": "vide" }), "{}", refused.text());
        let served = link_with_code(&mut home, &secret, &application).await;
        assert_eq!(served.faute("code-application"), "code_deja_servi");
        assert_eq!(application.count("identites").await, 0);
        application.state.clock.advance(Duration::from_secs(30));
        assert_eq!(link_with_code(&mut home, &secret, &application).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(application.count("identites").await, 1);
    });
}

#[test]
fn a_link_leaves_the_session_what_it_had_shown_and_its_end() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut home = application.dominique().await;
        let step = "/api/profil/seconde-etape";
        let begun = home.json(Method::POST, step, &json!({ "mot_de_passe": MOT_DE_PASSE })).await.json();
        let secret = begun["secret"].as_str().expect("a secret").to_owned();
        let code = json!({ "code": shown_by_application(&secret, application.state.clock.now()) });
        assert_eq!(home.json(Method::POST, &format!("{step}/confirmation"), &code).await.statut, StatusCode::CREATED);
        let session = "SELECT numero, expire_le, seconde_etape_le FROM sessions";
        let before = application.rows(session).await;
        application.state.clock.advance(Duration::from_secs(60));
        come_as(&mut home, identities, "dominique").await;
        assert_eq!(link_with_code(&mut home, &secret, &application).await.statut, StatusCode::NO_CONTENT);
        assert_eq!(application.rows(session).await, before);
        assert_eq!(home.fetch("/api/droits").await.statut, StatusCode::OK);
        assert_eq!(level(&mut home).await, "identite_prouvee");
    });
}

#[test]
fn what_a_detached_identity_had_opened_elsewhere_ends() {
    with_provider("ES256", "eidas2", async |application, identities| {
        let mut home = application.dominique().await;
        come_as(&mut home, identities, "dominique").await;
        link(&mut home).await;
        let (mut by_identity, mut by_password) = (application.anonyme(), application.anonyme());
        assert_eq!(come_as(&mut by_identity, identities, "dominique").await, "/solde");
        by_password.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        assert_eq!(home.json(Method::DELETE, "/api/identite/lien", &json!({})).await.statut, StatusCode::NO_CONTENT);
        by_identity.fetch("/api/profil").await.is_refused_with(401, "session_requise");
        assert_eq!(by_password.fetch("/api/profil").await.statut, StatusCode::OK);
        assert_eq!(level(&mut home).await, "identite_prouvee");
    });
}

#[test]
fn the_identity_of_a_frozen_account_opens_nothing_and_the_journal_says_who_came() {
    with_provider("ES256", "eidas1", async |application, identities| {
        let mut home = application.dominique().await;
        come_as(&mut home, identities, "dominique").await;
        link(&mut home).await;
        let seen = application.rows("SELECT vue_le FROM identites").await;
        application.state.clock.advance(Duration::from_secs(60));
        application.rows("UPDATE comptes SET gele_le = 1, gele_par = 'service' RETURNING id").await;
        let place = come_as(&mut application.anonyme(), identities, "dominique").await;
        assert_eq!(place, "/identite?issue=gele");
        assert_eq!(application.rows("SELECT vue_le FROM identites").await, seen);
        assert_eq!(application.count("journal WHERE quoi = 'connexion_gelee' AND compte IS NOT NULL").await, 1);
    });
}

#[test]
fn many_people_of_one_address_leave_for_the_provider_and_ask_for_letters_all_the_same() {
    with_provider("ES256", "eidas1", async |application, _| {
        for _ in 0..40 {
            leave(&mut application.anonyme()).await;
        }
        let asked = json!({ "courriel": "quelqu-un@exemple.fr" });
        let letter = application.anonyme().json(Method::POST, "/api/recuperation", &asked).await;
        assert_eq!(letter.statut, StatusCode::ACCEPTED, "{}", letter.text());
    });
}

#[test]
fn every_kind_of_identity_is_understood() {
    with_provider("ES256", "eidas1", async |application, identities| {
        for (who, nom, naissance) in [
            ("corse", "Casanova", "05/01/1980"),
            ("corse-ancienne", "Colonna", "05/01/1970"),
            ("ailleurs", "Silva", "02/10/1985"),
            ("presume", "Présumé", "00/00/1955"),
            ("sans-genre", "Neutre", "15/06/1990"),
            ("une-lettre", "O", "29/02/1988"),
            ("cinquante", "Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx", "31/12/1991"),
            ("accents", "Lœvenbrück-Ñuñez", "14/07/1992"),
            ("seul", "Suharto", "01/04/1983"),
            ("jeune", "Petit", "01/06/2014"),
        ] {
            let mut browser = application.anonyme();
            browser.ip = [10, 0, 0, 1];
            assert_eq!(come_as(&mut browser, identities, who).await, "/identite", "{who}");
            let held = browser.fetch("/api/identite").await.json()["identite"].clone();
            assert_eq!((held["nom_naissance"].as_str(), held["date_naissance"].as_str()), (Some(nom), Some(naissance)));
        }
        // Too young for an account: the form says so.
        let mut young = application.anonyme();
        come_as(&mut young, identities, "jeune").await;
        let refused = ask(&mut young, &with(with(camille(), "nir", "1140651215001"), "cle", "36")).await;
        assert_eq!(refused.statut, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    });
}

#[test]
fn the_official_button_is_the_image_that_was_given_and_does_nothing_by_itself() {
    const IMAGE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let given = |settings: &mut Settings| {
        settings.identity = Some(IdentityProvider {
            issuer: "http://127.0.0.1:9".to_owned(),
            client: CLIENT.to_owned(),
            secret: SECRET.to_owned(),
            label: "Identité Exemple".to_owned(),
            level: "eidas1".to_owned(),
            button: Picture::of(IMAGE),
        });
    };
    trial_with(given, async |application| {
        let answer = application.anonyme().fetch("/api/identite/bouton").await;
        assert_eq!((answer.statut, answer.text().as_bytes()), (StatusCode::OK, IMAGE));
        assert_eq!(answer.header("content-type"), "image/svg+xml; charset=utf-8");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none';"));
        assert!(answer.header("content-security-policy").ends_with("sandbox"));
        let script = application.anonyme().fetch(api::routes::DAY_SCRIPT).await;
        assert!(script.text().contains("url(/api/identite/bouton)"), "{}", script.text());
    });
    trial_with(
        |_| {},
        async |application| {
            let answer = application.anonyme().fetch("/api/identite/bouton").await;
            assert_eq!(answer.statut, StatusCode::SERVICE_UNAVAILABLE);
            assert!(!application.anonyme().fetch(api::routes::DAY_SCRIPT).await.text().contains("bouton"));
        },
    );
}
