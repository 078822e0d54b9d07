//! Other telephones and another e-mail: nothing changes before its codes are shown.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use testbed::{Application, Browser, MOT_DE_PASSE, TestResponse, dominique, renaud, trial, trial_with, with};

const COORDONNEES: &str = "/api/profil/coordonnees";
const CODE: &str = "/api/profil/coordonnees/code";
const CONFIRM: &str = "/api/profil/coordonnees/confirmation";
const OLD: &str = "dominique@exemple.fr";
const NEW: &str = "neuf@exemple.fr";

fn wanted(courriel: &str, mobile: &str) -> Value {
    json!({ "telephone_fixe": "", "telephone_mobile": mobile, "courriel": courriel, "mot_de_passe_actuel": MOT_DE_PASSE })
}

/// The same telephone, another e-mail.
fn other_courriel(courriel: &str) -> Value {
    wanted(courriel, "06 12 34 56 78")
}

/// The same e-mail, another telephone.
fn other_telephone() -> Value {
    with(wanted(OLD, "06 98 76 54 32"), "mot_de_passe_actuel", "")
}

async fn ask(person: &mut Browser, body: &Value) -> TestResponse {
    let answer = person.json(Method::PUT, COORDONNEES, body).await;
    assert_eq!(answer.statut, 202, "{}", answer.text());
    answer
}

async fn confirm(person: &mut Browser, codes: &Value) -> TestResponse {
    person.json(Method::POST, CONFIRM, codes).await
}

async fn courriel(person: &mut Browser) -> Value {
    person.fetch("/api/profil").await.json()["courriel"].clone()
}

/// Another code than this one.
fn not(code: &Value) -> &'static str {
    if code == "000 000" { "000 001" } else { "000 000" }
}

/// The account of Renaud, besides that of Dominique.
async fn renaud_too(application: &Application) -> Browser {
    let mut other = application.anonyme();
    other.key = "renaud-0123456789".into();
    application.register(&mut other, &renaud()).await;
    application.state.clock.advance(Duration::from_secs(60));
    other
}

#[test]
fn another_e_mail_opens_the_account_once_both_mailboxes_showed_their_code() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut elsewhere = application.anonyme();
        assert_eq!(elsewhere.sign_in(OLD, MOT_DE_PASSE).await.statut, 200);
        let asked = ask(&mut dominique, &other_courriel("Neuf@exemple.fr")).await.json();
        assert_eq!((&asked["courriel"], &asked["changement"]["courriel"]), (&json!(OLD), &json!("Neuf@exemple.fr")));
        assert_eq!(asked["changement"]["code_actuel"], true);
        assert_eq!(asked["changement"]["code_jusqu_a"], "2026-11-23T10:15");
        let codes = application.codes_of_change(OLD, "Neuf@exemple.fr").await;
        // Until then the account is as it was, here and elsewhere, and a reload comes back to the codes.
        assert_eq!(application.anonyme().sign_in(NEW, MOT_DE_PASSE).await.statut, 401);
        assert_eq!(dominique.fetch("/api/profil").await.json(), asked);
        assert_eq!(elsewhere.fetch("/api/profil").await.json()["changement"], Value::Null);
        assert!(application.notices().await.iter().all(|letter| letter.subject.starts_with("Nouvelle connexion")));
        // One is not the other, and neither is enough.
        let swapped = json!({ "code_actuel": codes["code_nouveau"], "code_nouveau": codes["code_actuel"] });
        let answer = confirm(&mut dominique, &swapped).await;
        assert_eq!(
            [answer.faute("code-actuel"), answer.faute("code-nouveau")],
            [json!("code_faux"), json!("code_faux")]
        );
        let one = with(codes.clone(), "code_actuel", not(&codes["code_actuel"]));
        let answer = confirm(&mut dominique, &one).await;
        assert_eq!([answer.faute("code-actuel"), answer.faute("code-nouveau")], [json!("code_faux"), Value::Null]);
        let answer = confirm(&mut dominique, &with(codes.clone(), "code_nouveau", "")).await;
        assert_eq!(answer.faute("code-nouveau"), json!({ "code": "vide" }));
        assert_eq!(courriel(&mut dominique).await, OLD);
        // Sent again, because an answer was lost, it is done.
        for _ in 0..2 {
            let changed = confirm(&mut dominique, &codes).await;
            assert_eq!((changed.statut.as_u16(), &changed.json()["courriel"]), (200, &json!("Neuf@exemple.fr")));
            assert_eq!(changed.json()["changement"], Value::Null);
        }
        elsewhere.fetch("/api/profil").await.is_refused_with(401, "session_requise");
        assert_eq!(application.anonyme().sign_in(OLD, MOT_DE_PASSE).await.statut, 401);
        assert_eq!(application.anonyme().sign_in(NEW, MOT_DE_PASSE).await.statut, 200);
        assert_eq!(dominique.fetch("/api/session").await.json()["niveau"], "courriel_confirme");
        let told = application.letters_to(OLD).await;
        assert_eq!(told.iter().filter(|letter| letter.subject == "L’adresse de votre compte a changé").count(), 1);
        assert_eq!(application.count("journal WHERE quoi = 'coordonnees_changees'").await, 1);
        assert_eq!(application.count("demandes WHERE usage = 'coordonnees' AND contenu LIKE '%neuf%'").await, 0);
    });
}

#[test]
fn telephones_change_by_a_code_at_the_confirmed_e_mail_and_end_nothing() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut elsewhere = application.anonyme();
        assert_eq!(elsewhere.sign_in(OLD, MOT_DE_PASSE).await.statut, 200);
        let asked = ask(&mut dominique, &other_telephone()).await.json();
        assert_eq!(asked["telephone_mobile"], "+33612345678");
        assert_eq!(asked["changement"]["telephone_mobile"], "+33698765432");
        assert_eq!(asked["changement"]["courriel"], Value::Null);
        let codes = application.codes_of_change(OLD, "personne@exemple.fr").await;
        let wrong = json!({ "code_actuel": not(&codes["code_actuel"]) });
        assert_eq!(confirm(&mut dominique, &wrong).await.faute("code-actuel"), json!("code_faux"));
        assert_eq!(confirm(&mut dominique, &json!({})).await.faute("code-actuel"), json!({ "code": "vide" }));
        assert_eq!(confirm(&mut dominique, &codes).await.json()["telephone_mobile"], "+33698765432");
        assert_eq!(elsewhere.fetch("/api/profil").await.json()["telephone_mobile"], "+33698765432");
        assert!(
            application.notices().await.iter().any(|letter| letter.subject == "Vos numéros de téléphone ont changé")
        );
    });
}

#[test]
fn an_address_that_nobody_proved_is_replaced_by_one_that_is_and_is_told() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        application.as_before_confirmation().await;
        let asked = ask(&mut dominique, &other_courriel(NEW)).await.json();
        assert_eq!(asked["changement"]["code_actuel"], false);
        let codes = application.codes_of_change(OLD, NEW).await;
        assert_eq!(codes["code_actuel"], "", "whoever lost that mailbox is not asked for it");
        assert_eq!(confirm(&mut dominique, &codes).await.statut, 200);
        assert_eq!(dominique.fetch("/api/session").await.json()["niveau"], "courriel_confirme");
        assert!(
            application.letters_to(OLD).await.iter().any(|told| told.subject == "L’adresse de votre compte a changé")
        );
    });
}

#[test]
fn an_address_that_was_proved_meanwhile_is_asked_to_agree_after_all() {
    trial(async |application| {
        let mut thief = application.dominique().await;
        application.as_before_confirmation().await;
        let mut holder = application.anonyme();
        assert_eq!(holder.sign_in(OLD, MOT_DE_PASSE).await.statut, 200);
        ask(&mut thief, &other_courriel(NEW)).await;
        let codes = application.codes_of_change(OLD, NEW).await;
        assert_eq!(holder.json(Method::POST, "/api/profil/courriel", &json!({})).await.statut, 202);
        let code = application.code_titled(OLD, "Confirmez l’adresse de votre compte").await;
        let shown = json!({ "code": code });
        assert_eq!(holder.json(Method::POST, "/api/profil/courriel/confirmation", &shown).await.statut, 204);
        confirm(&mut thief, &codes).await.is_refused_with(410, "lien_perime");
        assert_eq!(courriel(&mut holder).await, OLD);
    });
}

#[test]
fn whether_the_new_address_has_an_account_shows_in_no_answer_and_its_mailbox_alone_is_told() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        renaud_too(&application).await;
        let mut seen = Vec::new();
        for to in ["RENAUD@exemple.fr", "libres@exemple.fr"] {
            application.state.clock.advance(Duration::from_secs(20 * 60));
            let mut answers = vec![ask(&mut dominique, &other_courriel(to)).await];
            let until = answers[0].json()["changement"]["code_jusqu_a"].as_str().expect("a time").to_owned();
            let codes = application.codes_of_change(OLD, to).await;
            let taken = to.starts_with('R');
            assert_eq!(codes["code_nouveau"] == "", taken);
            answers.push(dominique.fetch("/api/profil").await);
            let wrong = with(codes.clone(), "code_nouveau", not(&codes["code_nouveau"]));
            for _ in 0..6 {
                answers.push(confirm(&mut dominique, &wrong).await);
            }
            answers.push(dominique.json(Method::POST, CODE, &json!({})).await);
            answers.push(dominique.json(Method::DELETE, COORDONNEES, &json!({})).await);
            let told: Vec<String> = answers
                .iter()
                .map(|answer| {
                    let headers: Vec<String> = answer
                        .headers
                        .iter()
                        .filter(|(name, _)| !["x-request-id", "content-length"].contains(&name.as_str()))
                        .map(|(name, value)| format!("{name}: {value:?}"))
                        .collect();
                    let text = answer.text().replace(to, "…").replace(&until, "…");
                    format!("{} {headers:?} {text}", answer.statut)
                })
                .collect();
            seen.push(told);
        }
        assert_eq!(seen[0], seen[1]);
        let theirs = application.letters_to("renaud@exemple.fr").await;
        let theirs: Vec<_> =
            theirs.iter().filter(|letter| letter.subject == "Cette adresse ouvre déjà un compte").collect();
        assert!(!theirs.is_empty() && theirs.iter().all(|letter| testbed::code_in(&letter.text).is_none()));
    });
}

#[test]
fn an_address_that_is_taken_between_the_letters_and_the_codes_is_refused_and_can_be_mended() {
    trial(async |application| {
        let mut holder = application.dominique().await;
        let body = with(other_courriel("renaud@exemple.fr"), "telephone_mobile", "06 98 76 54 32");
        ask(&mut holder, &body).await;
        let codes = application.codes_of_change(OLD, "renaud@exemple.fr").await;
        renaud_too(&application).await;
        confirm(&mut holder, &codes).await.is_refused_with(409, "courriel_pris");
        let profil = holder.fetch("/api/profil").await.json();
        assert_eq!((&profil["courriel"], &profil["telephone_mobile"]), (&json!(OLD), &json!("+33612345678")));
        assert_eq!(profil["changement"]["courriel"], "renaud@exemple.fr");
        let changed = application.change_coordonnees(&mut holder, &with(body, "courriel", NEW)).await.json();
        assert_eq!((&changed["courriel"], &changed["telephone_mobile"]), (&json!(NEW), &json!("+33698765432")));
    });
}

#[test]
fn what_is_asked_last_is_what_waits_in_one_session_alone() {
    trial(async |application| {
        let mut holder = application.dominique().await;
        let mut elsewhere = application.anonyme();
        assert_eq!(elsewhere.sign_in(OLD, MOT_DE_PASSE).await.statut, 200);
        ask(&mut holder, &other_courriel("errone@exemple.fr")).await;
        let first = application.codes_of_change(OLD, "errone@exemple.fr").await;
        // A second tab, then another browser: codes of the first serve no more, nor in a session that did not ask.
        application.state.clock.advance(Duration::from_secs(1));
        ask(&mut holder, &other_courriel(NEW)).await;
        let second = application.codes_of_change(OLD, NEW).await;
        assert_eq!(confirm(&mut holder, &first).await.statut, 422);
        confirm(&mut elsewhere, &second).await.is_refused_with(410, "lien_perime");
        application.state.clock.advance(Duration::from_secs(1));
        ask(&mut elsewhere, &other_courriel("ailleurs@exemple.fr")).await;
        let third = application.codes_of_change(OLD, "ailleurs@exemple.fr").await;
        confirm(&mut holder, &second).await.is_refused_with(410, "lien_perime");
        assert_eq!(confirm(&mut elsewhere, &third).await.json()["courriel"], "ailleurs@exemple.fr");
        holder.fetch("/api/profil").await.is_refused_with(401, "session_requise");
        assert_eq!(application.count("demandes WHERE usage = 'coordonnees'").await, 1);
    });
}

#[test]
fn what_is_given_up_or_asked_back_waits_no_more() {
    trial(async |application| {
        let mut holder = application.dominique().await;
        ask(&mut holder, &other_telephone()).await;
        let codes = application.codes_of_change(OLD, NEW).await;
        let left = holder.json(Method::DELETE, COORDONNEES, &json!({})).await;
        assert_eq!((left.statut.as_u16(), &left.json()["changement"]), (200, &Value::Null));
        confirm(&mut holder, &codes).await.is_refused_with(410, "lien_perime");
        holder.json(Method::POST, CODE, &json!({})).await.is_refused_with(410, "lien_perime");
        ask(&mut holder, &other_telephone()).await;
        let same = holder.json(Method::PUT, COORDONNEES, &other_courriel(OLD)).await;
        assert_eq!((same.statut.as_u16(), &same.json()["changement"]), (200, &Value::Null));
        assert_eq!(application.count("demandes WHERE usage = 'coordonnees'").await, 0);
    });
}

#[test]
fn five_are_tried_and_other_codes_kill_the_former() {
    trial(async |application| {
        let mut holder = application.dominique().await;
        ask(&mut holder, &other_courriel(NEW)).await;
        let codes = application.codes_of_change(OLD, NEW).await;
        let wrong = with(codes.clone(), "code_actuel", not(&codes["code_actuel"]));
        for _ in 0..5 {
            assert_eq!(confirm(&mut holder, &wrong).await.faute("code-actuel"), json!("code_faux"));
        }
        for side in ["code-actuel", "code-nouveau"] {
            assert_eq!(confirm(&mut holder, &codes).await.faute(side), json!("code_epuise"));
        }
        application.state.clock.advance(Duration::from_secs(1));
        assert_eq!(holder.json(Method::POST, CODE, &json!({})).await.statut, 202);
        let others = application.codes_of_change(OLD, NEW).await;
        assert_eq!(confirm(&mut holder, &codes).await.statut, 422);
        // Fifteen minutes.
        application.state.clock.advance(Duration::from_secs(15 * 60));
        assert_eq!(confirm(&mut holder, &others).await.faute("code-actuel"), json!("code_epuise"));
        application.state.clock.advance(Duration::from_secs(15 * 60));
        for _ in 0..3 {
            application.state.clock.advance(Duration::from_secs(1));
            assert_eq!(holder.json(Method::POST, CODE, &json!({})).await.statut, 202);
        }
        holder.json(Method::POST, CODE, &json!({})).await.is_refused_with(409, "trop_de_codes");
        let last = application.codes_of_change(OLD, NEW).await;
        assert_eq!(confirm(&mut holder, &last).await.json()["courriel"], NEW);
    });
}

#[test]
fn what_ends_the_session_ends_the_change() {
    trial(async |application| {
        let mut holder = application.dominique().await;
        ask(&mut holder, &other_courriel(NEW)).await;
        let codes = application.codes_of_change(OLD, NEW).await;
        let mut elsewhere = application.anonyme();
        assert_eq!(elsewhere.sign_in(OLD, MOT_DE_PASSE).await.statut, 200);
        let mut gone = holder.clone();
        assert_eq!(holder.json(Method::POST, "/api/deconnexion", &json!({})).await.statut, 204);
        confirm(&mut gone, &codes).await.is_refused_with(401, "session_requise");
        assert_eq!(holder.sign_in(OLD, MOT_DE_PASSE).await.statut, 200);
        confirm(&mut holder, &codes).await.is_refused_with(410, "lien_perime");
        // Ended by another session of the account: what waited goes with it, in the one that stays as well.
        ask(&mut elsewhere, &other_courriel(NEW)).await;
        assert_eq!(elsewhere.json(Method::DELETE, "/api/profil/connexions", &json!({})).await.statut, 204);
        let codes = application.codes_of_change(OLD, NEW).await;
        confirm(&mut elsewhere, &codes).await.is_refused_with(410, "lien_perime");
        assert_eq!(courriel(&mut elsewhere).await, OLD);
    });
}

#[test]
fn codes_shown_at_once_on_two_servers_change_once_and_those_of_another_account_nothing() {
    trial(async |application| {
        let mut holder = application.dominique().await;
        let mut other = renaud_too(&application).await;
        ask(&mut holder, &other_courriel(NEW)).await;
        let codes = application.codes_of_change(OLD, NEW).await;
        let theirs = with(wanted("autre@exemple.fr", "06 12 34 56 78"), "courriel", "autre@exemple.fr");
        ask(&mut other, &theirs).await;
        application.examine().await;
        assert_eq!(confirm(&mut other, &codes).await.statut, 422, "codes of another change");
        // Two servers on one database share nothing else.
        let second = application.another_server().await;
        let mut twin = second.anonyme();
        twin.cookie.clone_from(&holder.cookie);
        let (here, there) = tokio::join!(confirm(&mut holder, &codes), confirm(&mut twin, &codes));
        assert!([&here, &there].iter().any(|answer| answer.statut == 200), "{} {}", here.text(), there.text());
        // The one that is late shows a secret that the session has no more.
        assert!([&here, &there].iter().all(|answer| [200, 401, 410, 503].contains(&answer.statut.as_u16())));
        assert_eq!(application.count("journal WHERE quoi = 'coordonnees_changees'").await, 1);
        if here.statut != 200 {
            holder.cookie = twin.cookie;
        }
        assert_eq!(confirm(&mut holder, &codes).await.statut, 200);
    });
}

#[test]
fn only_the_password_asks_for_another_e_mail_and_letters_are_asked_for_a_number_of_times() {
    trial_with(
        |settings| settings.attempts_by_account = 3,
        async |application| {
            let mut holder = application.dominique().await;
            for (secret, faute) in [("", "mot_de_passe_manquant"), ("pas celui-la", "mot_de_passe_faux")] {
                let refusal = holder
                    .json(Method::PUT, COORDONNEES, &with(other_courriel(NEW), "mot_de_passe_actuel", secret))
                    .await;
                refusal.is_refused_with(422, "saisie");
                assert_eq!(refusal.faute("mot-de-passe-actuel"), faute);
            }
            assert_eq!(application.count("demandes WHERE usage = 'coordonnees'").await, 0);
            for to in ["un@exemple.fr", "deux@exemple.fr", "trois@exemple.fr"] {
                ask(&mut holder, &other_courriel(to)).await;
            }
            let fourth = holder.json(Method::PUT, COORDONNEES, &other_courriel("quatre@exemple.fr")).await;
            fourth.is_refused_with(429, "trop_de_tentatives");
        },
    );
}

#[test]
fn what_is_asked_is_readable_nowhere_in_the_database_or_the_log() {
    trial(async |application| {
        let mut holder = application.dominique().await;
        assert_eq!(dominique()["courriel"], OLD);
        ask(&mut holder, &wanted("secrete@exemple.fr", "06 98 76 54 32")).await;
        application.codes_of_change(OLD, "secrete@exemple.fr").await;
        for column in ["contenu", "code", "code_actuel"] {
            assert_eq!(
                application
                    .count(&format!("demandes WHERE {column} LIKE '%secrete%' OR {column} LIKE '%98765%'"))
                    .await,
                0
            );
        }
        let log = String::from_utf8_lossy(&testbed::journal().lock().expect("the log")).into_owned();
        assert!(!log.contains("secrete@exemple.fr") && !log.contains("98765432"));
    });
}
