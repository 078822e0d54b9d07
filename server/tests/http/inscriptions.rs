//! Asking for an account, proving the e-mail, and what nobody learns from the answers.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use identity::Requests;
use serde_json::{Value, json};
use store::Store;
use testbed::{
    Application, Browser, MOT_DE_PASSE, TestResponse, camille, code_in, dominique, journal, maelle, renaud, trial, with,
};

const CONFIRMATION: &str = "/api/inscription/confirmation";
const ANOTHER: &str = "/api/inscription/code";
const MINUTE: Duration = Duration::from_secs(60);

/// Somebody else, who sends under this key.
fn somebody(application: &Application, key: &str) -> Browser {
    let mut browser = application.anonyme();
    browser.key = format!("{key}-0123456789-abc");
    browser
}

async fn follow(browser: &mut Browser, token: &str, mot_de_passe: &str) -> TestResponse {
    let saisie = json!({ "jeton": token, "mot_de_passe": mot_de_passe });
    browser.json(Method::POST, CONFIRMATION, &saisie).await
}

async fn another_code(browser: &mut Browser, courriel: &str) -> TestResponse {
    browser.json(Method::POST, ANOTHER, &json!({ "courriel": courriel })).await
}

/// Six figures that are not these.
fn wrong(code: &str) -> String {
    let first = code.chars().next().expect("a figure");
    code.replacen(first, if first == '0' { "1" } else { "0" }, 1)
}

async fn accounts(application: &Application) -> i64 {
    application.count("comptes").await
}

#[test]
fn a_confirmed_e_mail_opens_the_account_and_shows_the_rights_of_the_founding_document() {
    trial(async |application| {
        let mut dominique_ = application.anonyme();
        let asked = dominique_.sign_up(&dominique()).await;
        assert_eq!(asked.statut, StatusCode::ACCEPTED);
        assert_eq!(
            asked.json(),
            json!({ "courriel": "dominique@exemple.fr", "code_jusqu_a": "2026-11-23T10:15", "boite": true, "ouvert": false })
        );
        assert_eq!((accounts(&application).await, application.count("sessions").await), (0, 0));
        let waits = dominique_.fetch("/api/inscription").await.json();
        assert_eq!(waits, json!({ "attente": asked.json() }), "a page that is loaded again comes back to the code");
        let code = application.code_for("dominique@exemple.fr").await;
        let response = dominique_.confirm(&code).await;
        assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
        assert_eq!(response.json()["titulaire"]["nom_naissance"], "Pat-Trois");
        assert_eq!(response.json()["expire_dans"], "1800");
        let droits = dominique_.fetch("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["dont_dif"]), (&json!("1810.00"), &json!("0.00")));
        assert_eq!(droits["connu"], true);
        assert_eq!(application.count("comptes WHERE courriel_confirme_le IS NOT NULL").await, 1);
        assert!(dominique_.waiting.is_empty(), "its secret serves no more");
        assert_eq!(dominique_.fetch("/api/inscription").await.json(), json!({ "attente": null }));
    });
}

#[test]
fn the_secret_of_a_request_is_closed_to_scripts_and_to_every_other_site() {
    trial(async |application| {
        let asked = application.anonyme().sign_up(&dominique()).await;
        let cookie = asked.header("set-cookie");
        assert!(cookie.starts_with("acquis-inscription="), "{cookie}");
        for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=86400"] {
            assert!(cookie.split("; ").any(|part| part == attribute), "{attribute} in {cookie}");
        }
    });
    testbed::trial_with(
        |settings| settings.public_addresses = vec!["https://acquis.example".to_owned()],
        async |application| {
            let mut browser = application.anonyme();
            let request = browser
                .request(Method::POST, "/api/inscription")
                .header("content-type", "application/json")
                .body(Body::from(dominique().to_string()));
            let mut request = request.expect("a request");
            request.headers_mut().insert("origin", "https://acquis.example".parse().expect("an origin"));
            let cookie = browser.send(request).await.header("set-cookie").to_owned();
            assert!(cookie.starts_with("__Host-acquis-inscription=") && cookie.contains("Secure"), "{cookie}");
        },
    );
}

#[test]
fn a_person_whom_the_employers_do_not_know_starts_at_zero() {
    trial(async |application| {
        let mut camille = application.recorded(camille()).await;
        let droits = camille.fetch("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["connu"]), (&json!("0.00"), &json!(false)));
    });
}

#[test]
fn names_are_compared_without_accents_case_or_hyphens_and_kept_as_typed() {
    trial(async |application| {
        let mut dominique_ = application.recorded(with(dominique(), "nom_naissance", "pat trois")).await;
        assert_eq!(dominique_.fetch("/api/session").await.json()["titulaire"]["nom_naissance"], "pat trois");
    });
}

#[test]
fn what_is_known_shows_in_no_answer_neither_its_bytes_nor_its_headers() {
    trial(async |application| {
        application.dominique().await;
        application.recorded(maelle()).await;
        // An address that nobody has, for each, as long as the one that is known.
        let cases = [
            ("nothing is known", with(camille(), "courriel", "aaaaaaaaa@exemple.fr")),
            ("employers know the person", with(renaud(), "courriel", "aaaaaaaaa@exemple.fr")),
            ("another name", with(with(renaud(), "nom_naissance", "Durand"), "courriel", "aaaaaaaaa@exemple.fr")),
            ("another date", with(with(renaud(), "date_naissance", "16/01/1980"), "courriel", "aaaaaaaaa@exemple.fr")),
            ("the person has an account", with(dominique(), "courriel", "aaaaaaaaa@exemple.fr")),
            ("the e-mail has an account", with(camille(), "courriel", "dominique@exemple.fr")),
            ("both, of two people", with(dominique(), "courriel", "maelle@exemple.fr")),
            ("both, of one", dominique()),
        ];
        let mut seen: Vec<(String, Vec<String>)> = Vec::new();
        for (rank, (what, body)) in cases.iter().enumerate() {
            let mut browser = somebody(&application, &format!("case-{rank}"));
            let answers = [
                browser.sign_up(body).await,
                browser.fetch("/api/inscription").await,
                // Before anybody looked at it, and after.
                browser.confirm("12").await,
                browser.fetch("/api/inscription").await,
            ];
            application.examine().await;
            let mut later = vec![browser.fetch("/api/inscription").await];
            // No code of a request that was never looked at is right: a figure in a million would be.
            for _ in 0..6 {
                later.push(browser.confirm("000000").await);
            }
            later.push(another_code(&mut browser, body["courriel"].as_str().expect("an e-mail")).await);
            later.push(browser.confirm("000000").await);
            let told = answers.iter().chain(&later).map(|answer| shape(answer, body)).collect();
            seen.push(((*what).to_owned(), told));
        }
        for (what, told) in &seen {
            assert_eq!(told, &seen[0].1, "{what}");
        }
        assert_eq!(accounts(&application).await, 2);
    });
}

/// All that an answer tells, but for what its own request brought and what changes with each.
fn shape(answer: &TestResponse, asked: &Value) -> String {
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| !["x-request-id", "content-length"].contains(&name.as_str()))
        .map(|(name, value)| {
            let value = value.to_str().expect("a header in ASCII");
            let value = value.split_once('=').filter(|_| name == "set-cookie").map_or(value, |(name, _)| name);
            format!("{name}: {value}")
        })
        .collect();
    headers.sort();
    let courriel = asked["courriel"].as_str().expect("an e-mail");
    let text = answer.text().replace(courriel, "(the address)");
    format!("{} {headers:?} {text}", answer.statut)
}

#[test]
fn each_mailbox_learns_what_is_its_own_and_no_more() {
    trial(async |application| {
        application.dominique().await;
        let subjects = async |to: &str| {
            let letters = application.letters_to(to).await;
            letters.into_iter().map(|letter| letter.subject).collect::<Vec<_>>()
        };
        let (known, refused) = ("Vous avez déjà un compte", "Votre demande de compte n’a pas abouti");
        // The e-mail has an account: whatever the person.
        application.comes_to_nothing(&with(camille(), "courriel", "Dominique@Exemple.fr")).await;
        assert!(subjects("dominique@exemple.fr").await.iter().any(|subject| subject == known));
        // The person has an account, under another e-mail.
        application.comes_to_nothing(&with(dominique(), "courriel", "autre@exemple.fr")).await;
        let told = "Une demande de compte avec votre numéro";
        assert!(subjects("dominique@exemple.fr").await.iter().any(|subject| subject == told));
        assert_eq!(subjects("autre@exemple.fr").await, [refused]);
        // Employers know the person under another name: the same letter, word for word.
        application.comes_to_nothing(&with(renaud(), "nom_naissance", "Durand")).await;
        assert_eq!(subjects("renaud@exemple.fr").await, [refused]);
        let texts =
            [application.letters_to("autre@exemple.fr").await, application.letters_to("renaud@exemple.fr").await];
        assert_eq!(texts[0][0].text, texts[1][0].text);
        assert_eq!(code_in(&texts[0][0].text), None);
    });
}

#[test]
fn a_person_unknown_to_the_employers_is_also_held_to_what_they_said_first() {
    trial(async |application| {
        application.recorded(camille()).await;
        application
            .comes_to_nothing(&with(with(camille(), "nom_naissance", "Durand"), "courriel", "durand@exemple.fr"))
            .await;
    });
}

#[test]
fn a_request_that_is_not_confirmed_holds_nobody_s_number_and_lapses_in_a_day() {
    trial(async |application| {
        let people = application.count("personnes").await;
        let mut squatter = somebody(&application, "squatter");
        squatter.sign_up(&with(renaud(), "courriel", "squatter@exemple.fr")).await;
        application.examine().await;
        assert_eq!((accounts(&application).await, application.count("personnes").await), (0, people));
        application.renaud().await;
        assert_eq!(accounts(&application).await, 1, "the holder was not stopped");
        server::clean(&application.state).await.expect("a first clean-up");
        application.state.clock.advance(24 * 60 * MINUTE);
        assert_eq!(squatter.fetch("/api/inscription").await.json(), json!({ "attente": null }));
        server::clean(&application.state).await.expect("a clean-up");
        assert_eq!(application.count("demandes").await, 0);
    });
}

#[test]
fn a_squatter_must_have_the_mailbox_and_the_holder_is_told_of_it() {
    trial(async |application| {
        let mut squatter = somebody(&application, "squatter");
        // A mailbox that the squatter does not read: neither code nor link comes to them.
        squatter.sign_up(&with(renaud(), "courriel", "renaud@exemple.fr")).await;
        let token = application.token_for("renaud@exemple.fr").await;
        for _ in 0..5 {
            assert_eq!(squatter.confirm("000000").await.faute("code"), "code_faux");
        }
        // Whoever reads it and follows the link opens nothing that the squatter could enter.
        let mut holder = application.anonyme();
        assert_eq!(follow(&mut holder, &token, "").await.faute("mot-de-passe"), "mot_de_passe_manquant");
        assert_eq!(follow(&mut holder, &token, "une autre phrase").await.faute("mot-de-passe"), "mot_de_passe_faux");
        assert_eq!(accounts(&application).await, 0);
        // The holder has an account: another request under their number comes to nothing, and they are told.
        application.renaud().await;
        application.comes_to_nothing(&with(renaud(), "courriel", "squatter@exemple.fr")).await;
        let letters = application.letters_to("renaud@exemple.fr").await;
        assert!(letters.iter().any(|letter| letter.subject == "Une demande de compte avec votre numéro"));
        let letters = application.letters_to("squatter@exemple.fr").await;
        assert!(letters.iter().all(|letter| !letter.text.contains('#') && code_in(&letter.text).is_none()));
    });
}

#[test]
fn five_wrong_codes_spend_a_code_and_another_one_may_be_asked_for() {
    trial(async |application| {
        let mut browser = application.anonyme();
        browser.sign_up(&dominique()).await;
        let code = application.code_for("dominique@exemple.fr").await;
        for _ in 0..5 {
            let response = browser.confirm(&wrong(&code)).await;
            response.is_refused_with(422, "saisie");
            assert_eq!(response.faute("code"), "code_faux");
        }
        assert_eq!(browser.confirm(&code).await.faute("code"), "code_epuise", "the right one too");
        application.state.clock.advance(MINUTE);
        let asked = another_code(&mut browser, "dominique@exemple.fr").await;
        assert_eq!(asked.statut, StatusCode::ACCEPTED);
        assert_eq!(asked.json()["code_jusqu_a"], "2026-11-23T10:16");
        let second = application.code_for("dominique@exemple.fr").await;
        if code != second {
            assert_eq!(browser.confirm(&code).await.faute("code"), "code_faux", "one code at a time");
        }
        assert_eq!(browser.confirm(&second).await.statut, StatusCode::CREATED);
    });
}

#[test]
fn guesses_made_at_once_are_five_at_most() {
    trial(async |application| {
        let mut browser = application.anonyme();
        browser.sign_up(&dominique()).await;
        let code = application.code_for("dominique@exemple.fr").await;
        let guesses: Vec<_> = (0..20)
            .map(|_| {
                let (mut browser, wrong) = (browser.clone(), wrong(&code));
                tokio::spawn(async move { browser.confirm(&wrong).await.faute("code") })
            })
            .collect();
        let mut judged = 0;
        for guess in guesses {
            judged += usize::from(guess.await.expect("a guess that ends") == "code_faux");
        }
        assert_eq!(judged, 5);
        assert_eq!(application.rows("SELECT CAST(essais AS TEXT) FROM demandes").await, ["5"]);
        assert_eq!(browser.confirm(&code).await.faute("code"), "code_epuise");
    });
}

#[test]
fn a_code_serves_for_fifteen_minutes() {
    trial(async |application| {
        let mut browser = application.anonyme();
        browser.sign_up(&dominique()).await;
        let code = application.code_for("dominique@exemple.fr").await;
        application.state.clock.advance(15 * MINUTE);
        assert_eq!(browser.confirm(&code).await.faute("code"), "code_epuise");
        // Its link opens still: nobody guesses it, and it asks for the password elsewhere.
        let token = application.token_for("dominique@exemple.fr").await;
        assert_eq!(follow(&mut browser, &token, "").await.statut, StatusCode::CREATED);
    });
}

#[test]
fn an_address_is_mended_without_typing_the_form_again() {
    trial(async |application| {
        let mut browser = application.anonyme();
        browser.sign_up(&with(dominique(), "courriel", "dominque@exemple.fr")).await;
        let old = application.code_for("dominque@exemple.fr").await;
        let mended = another_code(&mut browser, "dominique@exemple.fr").await;
        assert_eq!(mended.json()["courriel"], "dominique@exemple.fr");
        assert_eq!(browser.fetch("/api/inscription").await.json()["attente"], mended.json());
        let code = application.code_for("dominique@exemple.fr").await;
        if old != code {
            assert_eq!(browser.confirm(&old).await.faute("code"), "code_faux", "whoever has the other address");
        }
        assert_eq!(browser.confirm(&code).await.statut, StatusCode::CREATED);
        assert_eq!(browser.fetch("/api/profil").await.json()["courriel"], "dominique@exemple.fr");
        assert_eq!(another_code(&mut browser, "personne").await.faute("courriel"), json!({ "courriel": "arobase" }));
    });
}

#[test]
fn five_codes_are_sent_for_one_request_and_no_more() {
    trial(async |application| {
        let mut browser = application.anonyme();
        browser.sign_up(&dominique()).await;
        for _ in 1..5 {
            assert_eq!(another_code(&mut browser, "dominique@exemple.fr").await.statut, StatusCode::ACCEPTED);
        }
        another_code(&mut browser, "dominique@exemple.fr").await.is_refused_with(409, "trop_de_codes");
        another_code(&mut application.anonyme(), "dominique@exemple.fr").await.is_refused_with(410, "lien_perime");
        application.examine().await;
        assert_eq!(application.letters().await.len(), 1, "what was asked again before it was looked at is one letter");
        assert_eq!(browser.confirm(&application.code_for("dominique@exemple.fr").await).await.statut, 201);
    });
}

#[test]
fn a_mailbox_gets_ten_codes_a_day_and_answers_do_not_tell() {
    trial(async |application| {
        let mut last = None;
        for rank in 0..12 {
            let mut browser = somebody(&application, &format!("flood-{rank}"));
            assert_eq!(browser.sign_up(&dominique()).await.statut, StatusCode::ACCEPTED);
            application.examine().await;
            last = Some(browser);
        }
        assert_eq!(application.letters().await.len(), 10);
        let mut last = last.expect("a browser");
        assert_eq!(last.confirm("000000").await.faute("code"), "code_faux", "as any other");
        assert_eq!(application.count("demandes WHERE etat = 'sans_suite' AND code IS NULL").await, 2);
    });
}

#[test]
fn a_link_is_enough_in_the_browser_that_asked_and_needs_the_password_in_another() {
    trial(async |application| {
        let mut browser = application.anonyme();
        browser.sign_up(&dominique()).await;
        let token = application.token_for("dominique@exemple.fr").await;
        let mut other = application.anonyme();
        let response = follow(&mut other, &token, "").await;
        response.is_refused_with(422, "saisie");
        assert_eq!(response.faute("mot-de-passe"), "mot_de_passe_manquant");
        assert_eq!(follow(&mut other, &token, "faux").await.faute("mot-de-passe"), "mot_de_passe_faux");
        assert_eq!(follow(&mut other, &token, MOT_DE_PASSE).await.statut, StatusCode::CREATED);
        assert_eq!(other.fetch("/api/droits").await.json()["solde"], "1810.00");
        // The first browser learns it. The link served, and its answer arrived: whoever follows it again signs in as everybody does.
        assert_eq!(browser.fetch("/api/inscription").await.json()["attente"]["ouvert"], true);
        follow(&mut browser, &token, "").await.is_refused_with(410, "lien_perime");
        assert_eq!((accounts(&application).await, application.count("sessions").await), (1, 1));
        assert_eq!(browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, StatusCode::OK);
        follow(&mut other, &token, MOT_DE_PASSE).await.is_refused_with(410, "lien_perime");
        for token in ["0f".repeat(32).as_str(), "0f", "7K2D-Q9XM-04AB-WZ8R"] {
            follow(&mut application.anonyme(), token, MOT_DE_PASSE).await.is_refused_with(410, "lien_perime");
        }
    });
}

#[test]
fn the_password_of_a_link_cannot_be_tried_without_end() {
    testbed::trial_with(
        |settings| settings.attempts_by_account = 3,
        async |application| {
            application.anonyme().sign_up(&dominique()).await;
            let token = application.token_for("dominique@exemple.fr").await;
            let mut other = application.anonyme();
            for _ in 0..3 {
                assert_eq!(follow(&mut other, &token, "faux").await.faute("mot-de-passe"), "mot_de_passe_faux");
            }
            follow(&mut other, &token, MOT_DE_PASSE).await.is_refused_with(429, "trop_de_tentatives");
        },
    );
}

#[test]
fn the_same_submission_is_one_request_and_its_browser_may_have_lost_the_first_answer() {
    trial(async |application| {
        let mut browser = application.anonyme();
        let first = browser.sign_up(&dominique()).await;
        application.examine().await;
        browser.waiting.clear();
        let second = browser.sign_up(&dominique()).await;
        assert_eq!((first.statut, second.statut), (StatusCode::ACCEPTED, StatusCode::ACCEPTED));
        assert_eq!((&first.body, first.header("set-cookie")), (&second.body, second.header("set-cookie")));
        application.examine().await;
        assert_eq!((application.count("demandes").await, application.letters().await.len()), (1, 1));
        // A confirmation whose answer was lost.
        let code = application.code_for("dominique@exemple.fr").await;
        let (mut twin, mut late) = (browser.clone(), browser.clone());
        let one = browser.confirm(&code).await;
        let two = twin.confirm(&code).await;
        assert_eq!((one.statut, two.statut), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(one.body, two.body);
        assert_eq!((accounts(&application).await, application.count("sessions").await), (1, 2));
        assert_eq!(application.notices().await.len(), 0, "nobody is told of what they just did");
        // Once its answer is known to have arrived, the code opens nothing more.
        assert_eq!(twin.fetch("/api/droits").await.statut, StatusCode::OK);
        late.confirm(&code).await.is_refused_with(410, "lien_perime");
        // Two tabs that sent it at once share one of both secrets, and either serves.
        assert_eq!(browser.fetch("/api/droits").await.statut, StatusCode::OK);
        assert_eq!((accounts(&application).await, application.count("sessions").await), (1, 2));
    });
}

#[test]
fn a_key_cannot_serve_for_another_submission() {
    trial(async |application| {
        application.anonyme().sign_up(&dominique()).await;
        application.anonyme().sign_up(&renaud()).await.is_refused_with(409, "cle_idempotence_reprise");
        assert_eq!(application.count("demandes").await, 1);
    });
}

#[test]
fn identical_submissions_and_confirmations_at_once_make_exactly_one_account() {
    trial(async |application| {
        let at_once = async |send: fn(Browser, String) -> tokio::task::JoinHandle<TestResponse>,
                             browser: &Browser,
                             code: &str| {
            let tasks: Vec<_> = (0..6).map(|_| send(browser.clone(), code.to_owned())).collect();
            for task in tasks {
                let response = task.await.expect("a task that ends");
                assert!(response.statut.is_success(), "{}", response.text());
            }
        };
        let ask = |mut browser: Browser, _| tokio::spawn(async move { browser.sign_up(&dominique()).await });
        at_once(ask, &application.anonyme(), "").await;
        assert_eq!(application.count("demandes").await, 1);
        let mut browser = application.anonyme();
        browser.sign_up(&dominique()).await;
        let code = application.code_for("dominique@exemple.fr").await;
        let prove = |mut browser: Browser, code: String| tokio::spawn(async move { browser.confirm(&code).await });
        at_once(prove, &browser, &code).await;
        assert_eq!((accounts(&application).await, application.count("sessions").await), (1, 6));
    });
}

#[test]
fn of_two_requests_for_one_person_the_first_that_is_confirmed_opens_the_account() {
    trial(async |application| {
        let (mut one, mut two) = (somebody(&application, "one"), somebody(&application, "two"));
        one.sign_up(&dominique()).await;
        two.sign_up(&with(dominique(), "courriel", "autre@exemple.fr")).await;
        let first = application.code_for("dominique@exemple.fr").await;
        let second = application.code_for("autre@exemple.fr").await;
        assert_eq!(two.confirm(&second).await.statut, StatusCode::CREATED);
        one.confirm(&first).await.is_refused_with(409, "compte_impossible");
        assert_eq!((accounts(&application).await, application.count("sessions").await), (1, 1));
    });
}

#[test]
fn requests_are_looked_at_once_by_two_servers_on_one_database() {
    trial(async |application| {
        for rank in 0..20 {
            let courriel = format!("p{rank}@exemple.fr");
            let mut browser = somebody(&application, &format!("many-{rank}"));
            assert_eq!(browser.sign_up(&with(camille(), "courriel", courriel)).await.statut, 202);
        }
        let other = Store::open(&application.url).await.expect("a second server");
        let state = &application.state;
        let second = Requests::new(other.clone(), Arc::clone(&state.vault), state.letters.clone());
        let (one, two, now) = (state.requests.examiner(), second.examiner(), state.clock.now());
        let (one, two) = tokio::join!(one.examine_due(|| now), two.examine_due(|| now));
        assert!(one.is_ok() && two.is_ok());
        assert_eq!(application.letters().await.len(), 20);
        other.close().await;
    });
}

#[test]
fn requests_from_one_address_end_by_having_to_wait_whatever_they_ask() {
    testbed::trial_with(
        |s| s.attempts_by_address = 6,
        async |application| {
            for (rank, body) in [renaud(), with(renaud(), "nom_naissance", "Durand")].iter().enumerate() {
                assert_eq!(somebody(&application, &format!("ask-{rank}")).sign_up(body).await.statut, 202);
            }
            let mut browser = somebody(&application, "ask-0");
            assert_eq!(browser.sign_up(&renaud()).await.statut, 202, "sent again, it is the same");
            assert_eq!(another_code(&mut browser, "renaud@exemple.fr").await.statut, 202);
            let response = somebody(&application, "ask-3").sign_up(&camille()).await;
            response.is_refused_with(429, "trop_de_tentatives");
            assert_eq!(response.header("retry-after"), "900");
            another_code(&mut browser, "renaud@exemple.fr").await.is_refused_with(429, "trop_de_tentatives");
            let mut elsewhere = somebody(&application, "ask-4");
            elsewhere.ip = [127, 0, 0, 2];
            assert_eq!(elsewhere.sign_up(&camille()).await.statut, 202);
        },
    );
}

#[test]
fn a_common_password_is_refused_at_its_field() {
    trial(async |application| {
        let current = with(dominique(), "mot_de_passe", "Motdepasse2026!");
        let response = application.anonyme().sign_up(&current).await;
        response.is_refused_with(422, "saisie");
        assert_eq!(response.faute("mot-de-passe"), json!({ "mot_de_passe": "courant" }));
        assert_eq!(application.count("demandes").await, 0);
    });
}

#[test]
fn bad_values_are_refused_at_their_fields_and_leave_nothing() {
    trial(async |application| {
        let people = application.count("personnes").await;
        let long = "a".repeat(10_000);
        let case: &[(&str, &str, Value)] = &[
            ("nom_naissance", "nom-naissance", json!("Du\u{0}rand")),
            ("nom_naissance", "nom-naissance", json!("Du\u{202e}rand")),
            ("prenoms", "prenoms", json!("محمد")),
            ("prenoms", "prenoms", json!("")),
            ("nom_naissance", "nom-naissance", json!(long)),
            ("courriel", "courriel", json!(long)),
            ("mot_de_passe", "mot-de-passe", json!(long)),
            ("nir", "nir", json!(long)),
            ("telephone_mobile", "telephone-mobile", json!(long)),
            ("date_naissance", "date-naissance", json!("28/03/2079")),
            ("date_naissance", "date-naissance", json!("31/02/1979")),
            ("date_naissance", "date-naissance", json!("28/03/1980")),
            ("nir", "nir", json!("3790351215189")),
            ("cle", "cle", json!("88")),
            ("telephone_mobile", "telephone-mobile", json!("")),
            ("telephone_mobile", "telephone-fixe", json!("")),
            ("courriel", "courriel", json!("personne")),
            ("mot_de_passe", "mot-de-passe", json!("court")),
            ("cgu", "cgu", json!(false)),
        ];
        for (member, champ, value) in case {
            let response = application.anonyme().sign_up(&with(dominique(), member, value.clone())).await;
            response.is_refused_with(422, "saisie");
            assert_ne!(response.faute(champ), Value::Null, "{champ}: {}", response.text());
        }
        assert_eq!(application.count("demandes").await, 0);
        assert_eq!(application.count("personnes").await, people);
    });
}

#[test]
fn a_body_that_is_not_the_form_is_refused_as_a_whole() {
    trial(async |application| {
        let mut without_cgu = dominique();
        without_cgu.as_object_mut().expect("an object").remove("cgu");
        let unreadable: Vec<Vec<u8>> = vec![
            Vec::new(),
            b"{".to_vec(),
            b"null".to_vec(),
            b"[]".to_vec(),
            b"\"texte\"".to_vec(),
            b"{\"nom_naissance\":\"\xff\xfe\"}".to_vec(),
            with(dominique(), "nir", 2_790_351_215_189_i64).to_string().into_bytes(),
            with(dominique(), "cgu", "oui").to_string().into_bytes(),
            with(dominique(), "prenoms", json!(["a"])).to_string().into_bytes(),
            with(dominique(), "administrateur", true).to_string().into_bytes(),
            without_cgu.to_string().into_bytes(),
            "[".repeat(50_000).into_bytes(),
        ];
        for body in unreadable {
            let response =
                application.anonyme().bytes(Method::POST, "/api/inscription", "application/json", body).await;
            response.is_refused_with(400, "corps_illisible");
        }
        for size in [65 * 1_024, 20_000_000] {
            let body = vec![b' '; size];
            let response =
                application.anonyme().bytes(Method::POST, "/api/inscription", "application/json", body).await;
            response.is_refused_with(413, "corps_trop_grand");
        }
        for media in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let body = dominique().to_string().into_bytes();
            let response = application.anonyme().bytes(Method::POST, "/api/inscription", media, body).await;
            response.is_refused_with(415, "type_inattendu");
        }
        assert_eq!(application.count("demandes").await, 0);
    });
}

#[test]
fn a_submission_without_a_sound_key_is_refused() {
    trial(async |application| {
        for key in ["", "court", "0123456789 abcdef", &"a".repeat(65)] {
            let mut browser = application.anonyme();
            browser.key = key.into();
            browser.sign_up(&dominique()).await.is_refused_with(400, "cle_idempotence_manquante");
        }
        let browser = application.anonyme();
        let mut request = browser
            .request(Method::POST, "/api/inscription")
            .header("content-type", "application/json")
            .body(Body::from(dominique().to_string()))
            .expect("a request");
        request.headers_mut().remove("idempotency-key");
        application.anonyme().send(request).await.is_refused_with(400, "cle_idempotence_manquante");
    });
}

#[test]
fn an_account_that_was_closed_can_be_opened_again() {
    trial(async |application| {
        let mut dominique_ = application.dominique().await;
        let closing = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(dominique_.json(Method::DELETE, "/api/profil", &closing).await.statut, StatusCode::NO_CONTENT);
        let mut revenue = application.dominique().await;
        assert_eq!(revenue.fetch("/api/droits").await.json()["solde"], "1810.00");
    });
}

/// The statements that the database was asked while this request was answered, as the log of the tests has them.
fn statements(answer: &TestResponse) -> Vec<String> {
    let journal = String::from_utf8_lossy(&journal().lock().expect("the log").clone()).into_owned();
    let id = answer.header("x-request-id");
    let of_it = journal.lines().filter(|line| line.contains(id) && line.contains("sqlx::query"));
    let statement = |line: &str| {
        let (_, tail) = line.split_once("summary=")?;
        Some(tail.split(" rows_affected=").next()?.to_owned())
    };
    of_it.filter_map(statement).collect()
}

#[test]
fn the_same_statements_are_run_whatever_is_known_and_none_looks_for_an_account() {
    trial(async |application| {
        application.dominique().await;
        let recover = |courriel: &str| json!({ "courriel": courriel });
        let cases = [
            ("/api/inscription", camille()),
            ("/api/inscription", dominique()),
            ("/api/inscription", with(dominique(), "courriel", "autre@exemple.fr")),
            ("/api/inscription", with(renaud(), "nom_naissance", "Durand")),
            ("/api/recuperation", recover("dominique@exemple.fr")),
            ("/api/recuperation", recover("personne@exemple.fr")),
        ];
        let mut run: Vec<(&str, Vec<String>)> = Vec::new();
        for (rank, (path, body)) in cases.iter().enumerate() {
            let mut browser = somebody(&application, &format!("statements-{rank}"));
            let answer = browser.json(Method::POST, path, body).await;
            assert_eq!(answer.statut, StatusCode::ACCEPTED);
            run.push((path, statements(&answer)));
        }
        for (path, run_then) in &run {
            assert!(
                run_then.iter().any(|statement| statement.contains("INSERT INTO demandes")),
                "{path}: {run_then:?}"
            );
            for statement in run_then {
                assert!(!statement.contains("comptes") && !statement.contains("personnes"), "{path}: {statement}");
            }
            let first = run.iter().find(|(other, _)| other == path).map(|(_, first)| first);
            assert_eq!(Some(run_then), first, "{path}");
        }
    });
}
