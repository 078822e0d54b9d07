//! What happens while something else does: an account that is closed, a session that ends, a bound that many reach at once.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request};
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use mail::{Address, Occasion};
use serde_json::{Value, json};
use store::{Session, StoreError};
use testbed::{Application, Browser, MOT_DE_PASSE, multipart, renaud, trial};
use tokio::sync::oneshot;
use vault::token_digest;

/// The session of a browser, as a request under way holds it.
async fn session(application: &Application, browser: &Browser) -> Arc<Session> {
    let cookie = browser.cookie.as_deref().and_then(|cookie| cookie.strip_prefix("acquis=")).expect("a session");
    application.state.store.session(&token_digest(cookie)).await.expect("a database").expect("a session")
}

async fn close(browser: &mut Browser) {
    let password = json!({ "mot_de_passe": MOT_DE_PASSE });
    assert_eq!(browser.json(Method::DELETE, "/api/profil", &password).await.statut, 204);
}

/// Sends a declaration whose end comes once `meanwhile` is done.
async fn declares_while(browser: &Browser, meanwhile: impl Future<Output = ()>) -> testbed::TestResponse {
    let body = multipart(&[("heures", "12")], Some(&b"%PDF-1.7".repeat(20_000)));
    let (start, end) = body.split_at(100_000);
    let (go, gone) = oneshot::channel::<()>();
    let (start, end) = (Bytes::copy_from_slice(start), Bytes::copy_from_slice(end));
    let sent = stream::once(async move { Ok::<_, std::io::Error>(start) }).chain(stream::once(async move {
        gone.await.expect("it goes on");
        Ok(end)
    }));
    let request: Request<Body> = browser
        .request(Method::POST, "/api/dif")
        .header("content-type", "multipart/form-data; boundary=FRONTIERE")
        .body(Body::from_stream(sent))
        .expect("a request");
    let mut sender = browser.clone();
    let sending = tokio::spawn(async move { sender.send(request).await });
    meanwhile.await;
    go.send(()).expect("it waits");
    sending.await.expect("an answer")
}

#[test]
fn a_proof_that_arrives_after_the_account_is_closed_or_the_session_over_is_not_recorded() {
    trial(async |application| {
        let mut holder = application.renaud().await;
        let mut closes = holder.clone();
        let response = declares_while(&holder, close(&mut closes)).await;
        response.is_refused_with(401, "session_requise");
        assert_eq!((application.count("declarations_dif").await, application.piece_files()), (0, 0));

        holder = application.renaud().await;
        let mut leaves = holder.clone();
        let response = declares_while(&holder, async {
            assert_eq!(leaves.json(Method::POST, "/api/deconnexion", &json!({})).await.statut, 204);
        })
        .await;
        response.is_refused_with(401, "session_requise");
        assert_eq!((application.count("declarations_dif").await, application.piece_files()), (0, 0));
    });
}

#[test]
fn nothing_is_done_for_a_session_that_ended_meanwhile() {
    trial(async |application| {
        let store = &application.state.store;
        let (now, today) = (application.state.clock.now(), application.state.clock.today());
        for closed in [true, false] {
            let mut browser = application.renaud().await;
            let session = session(&application, &browser).await;
            if closed {
                close(&mut browser).await;
            } else {
                assert_eq!(browser.json(Method::POST, "/api/deconnexion", &json!({})).await.statut, 204);
            }
            let before = application.count("journal").await;
            let posted = application.count("courriers").await;
            let over =
                |result: Result<bool, StoreError>| assert!(matches!(result, Err(StoreError::SessionOver)), "{closed}");
            let letter = || application.state.letters.write(Address("a@exemple.fr"), &Occasion::MotDePasseChanged, now);
            let change = store::NewCoordonnees {
                request: ("nulle", ""),
                former: "renaud@exemple.fr",
                proved_former: true,
                courriel: Some(("a@exemple.fr", "a@exemple.fr")),
                telephone_fixe: Some("+33123456789"),
                telephone_mobile: None,
                letters: &[letter()],
                renewed: "y",
            };
            over(store.change_coordonnees(&session, &change, now).await.map(|_| true));
            over(store.change_mot_de_passe(&session, "y", "x", &letter(), now).await.map(|()| true));
            over(store.close_others(&session, now).await.map(|()| true));
            over(store.close_account(&session, &letter(), now).await.map(|_| true));
            let act = domaine::droits::ActSousNiveau3::Declare;
            over(store.declare_sous_niveau_3(&session, act, today, now).await.map(|_| true));
            assert_eq!(application.count("journal").await, before);
            assert_eq!(application.count("courriers").await, posted, "nothing is told of what was not done");
        }
        assert_eq!(application.count("comptes").await, 1);
    });
}

#[test]
fn closing_while_others_act_is_never_a_fault_of_ours() {
    trial(async |application| {
        for round in 0..5 {
            let mut holder = application.renaud().await;
            holder.key = format!("dif-0123456789-{round}");
            assert_eq!(holder.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
            let historique = holder.fetch("/api/historique").await.json();
            let day = historique["releve"]["lignes"][0]["date"].as_str().expect("a line").to_owned();
            let mut tasks = Vec::new();
            for n in 0..8 {
                let (mut browser, ligne) = (holder.clone(), format!("{day}.0"));
                browser.key = format!("meanwhile-0123456789-{round}-{n}");
                tasks.push(tokio::spawn(async move {
                    let yes = json!({ "confirmation": true });
                    match n {
                        0 => {
                            browser.json(Method::DELETE, "/api/profil", &json!({ "mot_de_passe": MOT_DE_PASSE })).await
                        }
                        1 => {
                            // From another browser: the same would end the session that the others use.
                            browser.cookie = None;
                            browser.sign_in("renaud@exemple.fr", MOT_DE_PASSE).await
                        }
                        2 => browser.json(Method::POST, "/api/sous-niveau-3", &yes).await,
                        3 => browser.declare(&[("heures", "1"), ("rapport", "ajoute")], Some(b"%PDF-1.6")).await,
                        4 => browser.fetch("/api/profil").await,
                        5 => browser.fetch("/api/historique").await,
                        _ => {
                            let asked = json!({ "ligne": ligne, "raison": "Je conteste." });
                            browser.json(Method::POST, "/api/contestations", &asked).await
                        }
                    }
                }));
            }
            for task in tasks {
                let response = task.await.expect("an answer");
                assert!(response.statut.as_u16() < 500, "{}", response.text());
            }
            assert_eq!(application.count("comptes").await, 0, "closed in round {round}");
        }
        assert_eq!(application.piece_files(), 0);
    });
}

#[test]
fn thirty_declarations_at_once_are_twenty() {
    trial(async |application| {
        let mut holder = application.renaud().await;
        assert_eq!(holder.declare(&[("heures", "1")], Some(b"%PDF-1.7")).await.statut, 201);
        let tasks: Vec<_> = (0..30)
            .map(|n| {
                let mut tab = holder.clone();
                tab.key = format!("tab-0123456789-{n}");
                tokio::spawn(async move {
                    tab.declare(&[("heures", "1"), ("rapport", "remplace")], Some(b"%PDF-1.7")).await
                })
            })
            .collect();
        let mut refused = 0;
        for task in tasks {
            let response = task.await.expect("an answer");
            if response.statut != 201 {
                response.is_refused_with(409, "trop_de_declarations");
                refused += 1;
            }
        }
        assert_eq!(refused, 11);
        assert_eq!((application.count("declarations_dif").await, application.piece_files()), (20, 20));
    });
}

#[test]
fn of_two_first_declarations_at_once_the_second_is_asked_how_it_relates_to_the_first() {
    trial(async |application| {
        let holder = application.renaud().await;
        let tasks: Vec<_> = (0..6)
            .map(|n| {
                let mut tab = holder.clone();
                tab.key = format!("first-0123456789-{n}");
                tokio::spawn(async move { tab.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await })
            })
            .collect();
        let mut recorded = 0;
        for task in tasks {
            let response = task.await.expect("an answer");
            if response.statut == 201 {
                recorded += 1;
            } else {
                response.is_refused_with(422, "saisie");
                assert_ne!(response.faute("rapport"), Value::Null);
            }
        }
        assert_eq!((recorded, application.piece_files()), (1, 1));
    });
}

#[test]
fn twenty_disputed_lines_wait_for_an_answer_and_no_more() {
    trial(async |application| {
        let holder = application.recorded(renaud()).await;
        let tasks: Vec<_> = (0..30)
            .map(|n| {
                let mut tab = holder.clone();
                tab.key = format!("dispute-0123456789-{n}");
                let asked = json!({ "ligne": "2019-01-01.0", "raison": format!("Raison {n}.") });
                tokio::spawn(async move { tab.json(Method::POST, "/api/contestations", &asked).await })
            })
            .collect();
        let mut references = Vec::new();
        for task in tasks {
            let response = task.await.expect("an answer");
            if response.statut == 201 {
                references.push(response.json()["reference"].as_str().expect("a reference").to_owned());
            } else {
                response.is_refused_with(409, "trop_de_contestations");
            }
        }
        assert_eq!((references.len(), application.count("contestations").await), (20, 20));
        let (store, clock) = (&application.state.store, &application.state.clock);
        let response = store::Step::Answer("Voici.");
        store
            .follow_contestation(&references[0], response, None, &testbed::operator(), clock.today(), clock.now())
            .await
            .expect("an answer");
        let mut holder = holder;
        for (n, expected) in [(40, 201), (41, 409)] {
            holder.key = format!("dispute-0123456789-{n}");
            let asked = json!({ "ligne": "2019-01-01.0", "raison": "Encore." });
            assert_eq!(holder.json(Method::POST, "/api/contestations", &asked).await.statut, expected);
        }
    });
}

#[test]
fn changing_one_s_mind_about_a_diploma_has_an_end() {
    trial(async |application| {
        let mut holder = application.recorded(renaud()).await;
        let yes = json!({ "confirmation": true });
        for n in 0..40 {
            let method = if n % 2 == 0 { Method::POST } else { Method::DELETE };
            assert_eq!(holder.json(method, "/api/sous-niveau-3", &yes).await.statut, 200, "{n}");
        }
        holder.json(Method::POST, "/api/sous-niveau-3", &yes).await.is_refused_with(409, "trop_de_declarations");
        // What changes nothing is no act.
        assert_eq!(holder.json(Method::DELETE, "/api/sous-niveau-3", &yes).await.statut, 200);
    });
}
