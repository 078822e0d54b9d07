//! The way back that an operator opens on a proof: a code printed for a letter, another e-mail in place of a lost one.

use std::time::Duration;

use mail::KeptLetter;
use serde_json::json;
use server::Clock;
use store::account_reference;
use testbed::{Application, Browser, MOT_DE_PASSE, Method, TestResponse, camille, trial, with};

use crate::program::{is_refused, succeeds};

const CAMILLE: &str = "camille@exemple.fr";
const OTHER: &str = "camille.nouvel@exemple.org";
const NEW: &str = "quatre grues jaunes 8";

async fn reference(application: &Application, courriel: &str) -> String {
    account_reference(&application.rows(&format!("SELECT id FROM comptes WHERE courriel = '{courriel}'")).await[0])
}

fn act(application: &Application, reference: &str, gesture: &str, typed: &str) -> String {
    let proof = "carte d'identité vue le 28/11/2026";
    succeeds(application, &["comptes", reference, gesture, "--preuve", proof, "--agent", "Zoé Martin"], typed)
}

/// The letters to this mailbox: the program wrote some by the clock of the machine, which the tests do not follow.
async fn letters_to(application: &Application, courriel: &str) -> Vec<KeptLetter> {
    let clock = &application.state.clock;
    let behind = Clock::system().now().saturating_sub(clock.now()).max(0);
    clock.advance(Duration::from_millis(behind.unsigned_abs()) + Duration::from_secs(1));
    application.letters_to(courriel).await
}

/// The code that stands alone on its line.
fn printed(said: &str) -> String {
    let alone = said.lines().map(str::trim).filter(|line| line.len() == 29 && line.matches('-').count() == 5);
    let codes: Vec<&str> = alone.collect();
    assert_eq!(codes.len(), 1, "{said}");
    codes[0].to_owned()
}

async fn choose(browser: &mut Browser, code: &str, mot_de_passe: &str) -> TestResponse {
    let chosen = json!({ "jeton": code, "mot_de_passe": mot_de_passe });
    browser.json(Method::POST, "/api/recuperation/mot-de-passe", &chosen).await
}

#[test]
fn a_code_is_printed_for_a_letter_serves_once_and_is_kept_nowhere_in_clear() {
    trial(async |application| {
        let mut elsewhere = application.recorded(camille()).await;
        let reference = reference(&application, CAMILLE).await;
        let first = printed(&act(&application, &reference, "--code", ""));
        let said = act(&application, &reference, "--code", "");
        assert!(said.contains(&reference) && said.contains("Il sert une fois, jusqu'au "), "{said}");
        let code = printed(&said);
        assert!(!code.contains(['I', 'L', 'O', 'U']) && code != first, "{code}");
        let mut browser = application.anonyme();
        assert_eq!(choose(&mut browser, &first, NEW).await.faute("jeton"), "code_faux", "the last one alone serves");
        assert_eq!(choose(&mut browser, &code.to_lowercase(), NEW).await.statut, 200);
        application.state.clock.advance(Duration::from_secs(2));
        elsewhere.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        assert_eq!(choose(&mut application.anonyme(), &code, "cinq grues noires 9").await.statut, 410);

        let letters = letters_to(&application, CAMILLE).await;
        assert_eq!(
            letters.iter().filter(|letter| letter.subject == "Un code a été imprimé pour votre compte").count(),
            2
        );
        let compact = code.replace('-', "");
        assert!(letters.iter().all(|letter| !letter.text.contains(&code) && !letter.text.contains(&compact)));
        let journal = succeeds(&application, &["journal", "--quoi", "code_imprime"], "");
        assert!(!journal.contains(&code) && !journal.contains(&compact), "{journal}");
        assert_eq!(journal.matches("agent Zoé Martin  « carte d'identité vue le 28/11/2026 »").count(), 2, "{journal}");
        for column in ["lien", "code", "contenu", "id"] {
            let kept = application.rows(&format!("SELECT {column} FROM demandes")).await;
            assert!(kept.iter().all(|kept| !kept.contains(&compact)), "{column}");
        }
    });
}

#[test]
fn a_printed_code_lasts_thirty_days_and_none_is_printed_for_an_account_that_it_could_not_open() {
    trial(async |application| {
        let _session = application.recorded(camille()).await;
        let reference = reference(&application, CAMILLE).await;
        is_refused(&application, &["comptes", &reference, "--code"], b"", "--code attend --preuve");
        is_refused(&application, &["comptes", &reference, "--code", "--preuve", " "], b"", "attend un texte");
        succeeds(&application, &["comptes", &reference, "--geler", "--raison", "appel"], "");
        let asked = ["comptes", &reference, "--code", "--preuve", "pièce vue"];
        is_refused(&application, &asked, b"", "ce compte est gelé");
        assert_eq!(application.count("demandes WHERE usage = 'lettre'").await, 0);
        assert_eq!(application.count("journal WHERE quoi = 'code_imprime'").await, 0);
        succeeds(&application, &["comptes", &reference, "--degeler", "--raison", "titulaire vu"], "");

        // The program that prints has the clock of the machine.
        let code = printed(&act(&application, &reference, "--code", ""));
        let until = application.rows("SELECT CAST(expire_le AS TEXT) FROM demandes WHERE usage = 'lettre'").await;
        let until: i64 = until[0].parse().expect("a moment");
        let left = u64::try_from(until - application.state.clock.now()).expect("a moment to come");
        application.state.clock.advance(Duration::from_millis(left - 1));
        let weak = choose(&mut application.anonyme(), &code, "camille").await;
        assert_eq!(weak.statut, 422, "the code is right until then: {}", weak.json());
        application.state.clock.advance(Duration::from_millis(1));
        assert_eq!(choose(&mut application.anonyme(), &code, NEW).await.faute("jeton"), "code_faux");
    });
}

#[test]
fn another_e_mail_takes_the_place_of_a_lost_one_and_nothing_of_the_former_opens_the_account_any_more() {
    trial(async |application| {
        let mut connected = application.recorded(camille()).await;
        let reference = reference(&application, CAMILLE).await;
        // Whoever has the former mailbox asked for the way in just before.
        let mut thief = application.anonyme();
        assert_eq!(thief.json(Method::POST, "/api/recuperation", &json!({ "courriel": CAMILLE })).await.statut, 202);
        application.state.clock.advance(Duration::from_secs(1));
        let letters = application.letters_to(CAMILLE).await;
        let code = letters
            .iter()
            .find(|letter| letter.subject == "Choisissez un autre mot de passe")
            .and_then(|letter| testbed::code_in(&letter.text));

        for (typed, expected) in [
            ("", "deux fois la même"),
            ("camille@\ncamille@\n", "deux fois la même"),
            ("camille.nouvel@exemple.org\n", "deux fois la même"),
            ("camille.nouvel@exemple.org\ncamille.nouvelle@exemple.org\n", "deux fois la même"),
        ] {
            let asked = ["comptes", &reference, "--courriel", "--preuve", "pièce vue"];
            is_refused(&application, &asked, typed.as_bytes(), expected);
        }
        let twice = format!("{OTHER}\nCamille.Nouvel@exemple.org\n");
        assert!(act(&application, &reference, "--courriel", &twice).contains("courriel remplacé, à confirmer"));
        assert!(act(&application, &reference, "--courriel", &twice).contains("rien n'a changé"));

        application.state.clock.advance(Duration::from_secs(2));
        connected.fetch("/api/droits").await.is_refused_with(401, "session_requise");
        let chosen = json!({ "code": code.expect("a code"), "mot_de_passe": NEW });
        assert_eq!(thief.json(Method::POST, "/api/recuperation/mot-de-passe", &chosen).await.statut, 410);
        connected.sign_in(CAMILLE, MOT_DE_PASSE).await.is_refused_with(401, "identifiants_faux");
        let session = connected.sign_in(OTHER, MOT_DE_PASSE).await;
        assert_eq!(session.statut, 200);
        assert_eq!(session.json()["niveau"], "declare");
        for (to, subject) in
            [(CAMILLE, "Cette adresse n’ouvre plus votre compte"), (OTHER, "Cette adresse ouvre votre compte")]
        {
            let letters = letters_to(&application, to).await;
            assert_eq!(letters.iter().filter(|letter| letter.subject == subject).count(), 1, "{to}");
            // Neither mailbox learns the other.
            let other = if to == CAMILLE { OTHER } else { CAMILLE };
            assert!(letters.iter().all(|letter| !letter.text.contains(other)), "{to}");
        }
        let kept = application.rows("SELECT quoi, agent, raison FROM journal WHERE quoi = 'courriel_remplace'").await;
        assert_eq!(kept, ["courriel_remplace | Zoé Martin | carte d'identité vue le 28/11/2026"]);
    });
}

#[test]
fn an_e_mail_that_opens_another_account_is_given_to_nobody_else() {
    trial(async |application| {
        let _dominique = application.dominique().await;
        let mut camille_ = application.recorded(with(camille(), "courriel", OTHER)).await;
        let reference = reference(&application, OTHER).await;
        let asked = ["comptes", &reference, "--courriel", "--preuve", "pièce vue"];
        let typed = "Dominique@exemple.fr\ndominique@exemple.fr\n";
        is_refused(&application, &asked, typed.as_bytes(), "un autre compte a cette adresse");
        assert_eq!(camille_.fetch("/api/droits").await.statut, 200);
        assert_eq!(application.count("journal WHERE quoi = 'courriel_remplace'").await, 0);
        assert_eq!(application.count("courriers WHERE occasion IN ('courriel_retire', 'courriel_donne')").await, 0);
    });
}
