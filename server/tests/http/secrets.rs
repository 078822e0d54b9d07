//! A whole life of an account: what opens it, the NIR and what is told to browsers alone stand in no letter, in no line of the journal
//! and nowhere in the log.

use std::time::Duration;

use axum::http::Method;
use serde_json::json;
use testbed::{Application, Authenticator, Browser, MOT_DE_PASSE, trial};

use crate::second_steps::Protected;

const DOMINIQUE: &str = "dominique@exemple.fr";
const NEW: &str = "Girafe violette du lundi 8";
const PROOF: &[u8] = b"%PDF-1.7\nCONTENU-DU-JUSTIFICATIF, assez long pour en etre un, et que personne ne lit\n%%EOF\n";

/// What a browser holds, and nobody else may have.
fn held(browser: &Browser) -> Vec<String> {
    let cookies = browser.cookie.iter().chain(browser.waiting.values());
    cookies.map(|cookie| cookie.rsplit('=').next().unwrap_or_default().to_owned()).filter(|s| s.len() > 15).collect()
}

/// What must stand nowhere, met on the way through everything that an account does.
async fn live(application: &Application) -> Vec<String> {
    let second = Duration::from_secs(1);
    let Protected { mut home, secret, codes } = Protected::new(application).await;
    let mut secrets = vec![secret.clone(), codes[0].clone(), codes[0].replace('-', "")];
    application.anonyme().sign_in(DOMINIQUE, "Un mot de passe bien faux 3").await;
    assert_eq!(home.declare(&[("heures", "12")], Some(PROOF)).await.statut, 201);
    let next = |application: &Application| {
        application.state.clock.advance(Duration::from_secs(30));
        crate::second_steps::shown(application, &secret)
    };
    let asked = json!({ "nom": "", "mot_de_passe": MOT_DE_PASSE, "code": next(application) });
    let challenge = home.json(Method::POST, "/api/profil/cles/defi", &asked).await;
    secrets.extend(held(&home));
    let made = json!({ "reponse": Authenticator::default().make(&challenge.json()) });
    assert_eq!(home.json(Method::POST, "/api/profil/cles", &made).await.statut, 201);
    secrets.extend(held(&home));
    let change = json!({
        "courriel": "dominique.neuve@exemple.fr",
        "telephone_mobile": "06 98 76 54 32",
        "telephone_fixe": "",
        "mot_de_passe_actuel": MOT_DE_PASSE,
    });
    let changed = application.change_coordonnees(&mut home, &change).await;
    assert!(changed.statut.is_success(), "{}", changed.text());
    application.as_seen_by_an_operator().await;
    let whole = home.take_everything_away(&next(application)).await;
    assert_eq!(whole.statut, 200, "{}", whole.text());
    secrets.extend(held(&home));
    application.state.clock.advance(second);
    let mut lost = application.anonyme();
    lost.json(Method::POST, "/api/recuperation", &json!({ "courriel": "dominique.neuve@exemple.fr" })).await;
    application.examine().await;
    let code = application.code_titled("dominique.neuve@exemple.fr", "Choisissez un autre mot de passe").await;
    let chosen = json!({ "code": code.expect("a code"), "mot_de_passe": NEW });
    secrets.extend(held(&lost));
    lost.json(Method::POST, "/api/recuperation/mot-de-passe", &chosen).await;
    secrets.extend(held(&lost));
    let shown = json!({ "code_secours": codes[0] });
    let opened = lost.json(Method::POST, "/api/connexion/seconde-etape", &shown).await;
    assert_eq!(opened.statut, 200, "{}", opened.text());
    secrets.extend(held(&lost));
    let closing = json!({ "mot_de_passe": NEW, "code_secours": codes[1] });
    let closed = lost.json(Method::DELETE, "/api/profil", &closing).await;
    assert_eq!(closed.statut, 204, "{}", closed.text());
    secrets.push(codes[1].clone());
    secrets
}

fn named<'a>(places: &'a str, secret: &str) -> Option<&'a str> {
    let at = places.find(secret)?;
    let start = (0..=at.saturating_sub(200)).rev().find(|start| places.is_char_boundary(*start)).unwrap_or_default();
    Some(&places[start..at])
}

#[test]
fn nothing_of_a_whole_life_that_opens_an_account_or_is_its_nir_stands_in_a_letter_the_journal_or_the_log() {
    trial(async |application| {
        let mut secrets = live(&application).await;
        assert!(secrets.len() > 8, "what browsers hold was met");
        for known in [
            "2790351215189",
            "2 79 03 51 215 189",
            MOT_DE_PASSE,
            NEW,
            "mot de passe bien faux",
            "CONTENU-DU-JUSTIFICATIF",
        ] {
            secrets.push(known.to_owned());
        }
        let letters = application.letters().await;
        assert!(letters.len() >= 8, "only {} letters", letters.len());
        let letters: String =
            letters.into_iter().map(|letter| [letter.subject, letter.text, letter.html].concat()).collect();
        let lines = application.rows("SELECT * FROM journal").await;
        assert!(lines.len() >= 12, "only {} lines", lines.len());
        let log = String::from_utf8_lossy(&testbed::journal().lock().expect("the log")).into_owned();
        for (place, text) in [("a letter", letters.as_str()), ("the journal", &lines.join("\n")), ("the log", &log)] {
            for secret in &secrets {
                if let Some(before) = named(text, secret) {
                    panic!("« {secret} » is in {place}, after « {before} »");
                }
            }
        }
        // A name is in what is written to its holder alone.
        assert!(lines.iter().all(|line| !line.contains("Dominique") && !line.contains('@')), "{lines:?}");
    });
}
