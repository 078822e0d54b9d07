//! Attempts: who must wait, for how long, and who must not.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::json;
use testbed::{Application, Browser, MOT_DE_PASSE, camille, maelle, renaud, trial, trial_with};

const MINUTE: Duration = Duration::from_secs(60);

/// Somebody at the n-th address of a street.
fn neighbour(application: &Application, n: u8) -> Browser {
    let mut browser = application.anonyme();
    browser.ip = [192, 0, 2, n];
    browser
}

/// Signs in from there, behind the proxy 127.0.0.9.
async fn from_behind(application: &Application, client: &str) -> u16 {
    let mut browser = application.anonyme();
    browser.ip = [127, 0, 0, 9];
    let request = browser
        .request(Method::POST, "/api/connexion")
        .header("content-type", "application/json")
        .header("x-forwarded-for", client)
        .body(
            json!({ "courriel": format!("{}@exemple.fr", vault::identifier()), "mot_de_passe": "faux" })
                .to_string()
                .into(),
        )
        .expect("a request");
    browser.send(request).await.statut.as_u16()
}

#[test]
fn too_many_wrong_passwords_make_their_address_wait_for_this_account() {
    trial(async |application| {
        application.dominique().await;
        let mut browser = application.anonyme();
        for _ in 0..10 {
            browser.sign_in("dominique@exemple.fr", "faux").await.is_refused_with(401, "identifiants_faux");
        }
        application.state.clock.advance(MINUTE);
        let response = browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
        response.is_refused_with(429, "trop_de_tentatives");
        assert_eq!(response.json()["attendre"], "840");
        assert_eq!(response.header("retry-after"), "840");
        application.state.clock.advance(14 * MINUTE);
        assert_eq!(browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, StatusCode::OK);
    });
}

#[test]
fn an_e_mail_without_an_account_makes_wait_just_as_well() {
    trial_with(
        |s| s.attempts_by_account = 2,
        async |application| {
            for _ in 0..2 {
                application
                    .anonyme()
                    .sign_in("personne@exemple.fr", "faux")
                    .await
                    .is_refused_with(401, "identifiants_faux");
            }
            application
                .anonyme()
                .sign_in("personne@exemple.fr", "faux")
                .await
                .is_refused_with(429, "trop_de_tentatives");
        },
    );
}

#[test]
fn the_right_password_forgets_the_wrong_ones() {
    trial_with(
        |s| s.attempts_by_account = 3,
        async |application| {
            application.dominique().await;
            for _ in 0..4 {
                application
                    .anonyme()
                    .sign_in("dominique@exemple.fr", "faux")
                    .await
                    .is_refused_with(401, "identifiants_faux");
                assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
            }
        },
    );
}

#[test]
fn wrong_passwords_at_once_do_not_slip_through() {
    trial_with(
        |s| s.attempts_by_account = 3,
        async |application| {
            application.dominique().await;
            let tasks: Vec<_> = (0..10)
                .map(|_| {
                    let mut browser = application.anonyme();
                    tokio::spawn(async move { browser.sign_in("dominique@exemple.fr", "faux").await.statut.as_u16() })
                })
                .collect();
            let mut judged = 0;
            for task in tasks {
                judged += u8::from(task.await.expect("a task that ends") == 401);
            }
            // One that ends while another looks may be counted in both places: the other is asked to try again in a
            // moment, and none is ever judged beyond the limit.
            assert!((1..=3).contains(&judged), "{judged} judged at once");
            let mut browser = application.anonyme();
            while browser.sign_in("dominique@exemple.fr", "faux").await.statut == 401 {
                judged += 1;
            }
            assert_eq!(judged, 3, "judged in all");
        },
    );
}

#[test]
fn an_address_that_tries_many_accounts_has_to_wait_and_a_proxy_is_only_believed_when_named() {
    trial_with(
        |s| {
            s.attempts_by_address = 2;
            s.proxies = vec!["127.0.0.9/32".parse().expect("an address")];
        },
        async |application| {
            let mut browser = application.anonyme();
            for index in 0..2 {
                browser
                    .sign_in(&format!("p{index}@exemple.fr"), "faux")
                    .await
                    .is_refused_with(401, "identifiants_faux");
            }
            browser.sign_in("p2@exemple.fr", "faux").await.is_refused_with(429, "trop_de_tentatives");
            let mut by_relay = async |ip: [u8; 4], client: &str| {
                let request = browser
                    .request(Method::POST, "/api/connexion")
                    .header("content-type", "application/json")
                    .header("x-forwarded-for", client)
                    .body(json!({ "courriel": "p3@exemple.fr", "mot_de_passe": "faux" }).to_string().into())
                    .expect("a request");
                browser.ip = ip;
                browser.send(request).await.statut.as_u16()
            };
            assert_eq!(by_relay([127, 0, 0, 1], "10.0.0.1").await, 429);
            assert_eq!(by_relay([127, 0, 0, 9], "10.0.0.1").await, 401);
            assert_eq!(by_relay([127, 0, 0, 9], "10.0.0.1, 127.0.0.1").await, 429);
            // However the proxy writes it, one client is one client.
            assert_eq!(by_relay([127, 0, 0, 9], "10.0.0.2:1234").await, 401);
            assert_eq!(by_relay([127, 0, 0, 9], "\"[::ffff:10.0.0.2]:99\"").await, 401);
            assert_eq!(by_relay([127, 0, 0, 9], "10.0.0.2").await, 429);
            // What cannot be read makes everybody behind it one client, and gives nobody a new start.
            for (index, expected) in [401, 401, 429].into_iter().enumerate() {
                assert_eq!(by_relay([127, 0, 0, 9], &format!("10.0.1.{index}, unknown")).await, expected, "{index}");
            }
        },
    );
}

#[test]
fn a_holder_enters_from_elsewhere_while_somebody_guesses_at_their_account() {
    trial(async |application| {
        application.dominique().await;
        for _ in 0..11 {
            neighbour(&application, 1).sign_in("dominique@exemple.fr", "faux").await;
        }
        neighbour(&application, 1)
            .sign_in("dominique@exemple.fr", MOT_DE_PASSE)
            .await
            .is_refused_with(429, "trop_de_tentatives");
        assert_eq!(neighbour(&application, 2).sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        // That they entered gives no new start to who guesses.
        neighbour(&application, 1)
            .sign_in("dominique@exemple.fr", "faux")
            .await
            .is_refused_with(429, "trop_de_tentatives");
    });
}

#[test]
fn guesses_from_everywhere_end_as_well_but_not_for_a_browser_that_the_account_knows() {
    trial_with(
        |s| s.attempts_by_account = 2,
        async |application| {
            application.dominique().await;
            let mut home = neighbour(&application, 100);
            let response = home.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await;
            let given: Vec<&str> =
                response.headers.get_all("set-cookie").iter().filter_map(|c| c.to_str().ok()).collect();
            let known = given.iter().find(|cookie| cookie.starts_with("acquis-connu=")).expect("a cookie");
            assert!(known.contains("HttpOnly") && known.contains("SameSite=Lax"), "{known}");
            let known = known.split(';').next().expect("its value").to_owned();
            for n in 0..20 {
                let mut browser = neighbour(&application, n);
                browser.sign_in("dominique@exemple.fr", "faux").await.is_refused_with(401, "identifiants_faux");
            }
            let mut stranger = neighbour(&application, 50);
            stranger.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.is_refused_with(429, "trop_de_tentatives");
            // It opens nothing by itself, and what it gives is lost with a guess too many of its own.
            home.cookie = Some(known.clone());
            assert_eq!(home.fetch("/api/droits").await.statut, 401);
            home.sign_in("dominique@exemple.fr", "faux").await.is_refused_with(401, "identifiants_faux");
            home.cookie = Some(known.clone());
            assert_eq!(home.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
            // Nor does it open another account, or this one once its password is another.
            let mut other = neighbour(&application, 101);
            other.cookie = Some(known);
            other.sign_in("renaud@exemple.fr", MOT_DE_PASSE).await.is_refused_with(401, "identifiants_faux");
        },
    );
}

#[test]
fn a_line_that_breaks_costs_no_attempt() {
    trial_with(
        |s| s.attempts_by_account = 3,
        async |application| {
            application.dominique().await;
            for _ in 0..12 {
                let mut browser = application.anonyme();
                let under_way =
                    tokio::spawn(async move { browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut });
                tokio::task::yield_now().await;
                under_way.abort();
            }
            assert_eq!(application.count("tentatives").await, 1, "the account that was opened, and no wrong password");
            assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        },
    );
}

#[test]
fn many_people_of_one_address_at_once_wait_a_moment_and_lock_nobody_out() {
    trial_with(
        |s| s.attempts_by_address = 4,
        async |application| {
            application.dominique().await;
            let tasks: Vec<_> = (0..40)
                .map(|_| {
                    let mut browser = application.anonyme();
                    tokio::spawn(async move { browser.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await })
                })
                .collect();
            for task in tasks {
                let response = task.await.expect("a task that ends");
                if response.statut != StatusCode::OK {
                    response.is_refused_with(429, "trop_de_tentatives");
                    assert_eq!(response.json()["attendre"], "2");
                }
            }
            assert_eq!(application.anonyme().sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
            for _ in 0..4 {
                let mut browser = application.anonyme();
                browser.sign_in("personne@exemple.fr", "faux").await.is_refused_with(401, "identifiants_faux");
            }
            application
                .anonyme()
                .sign_in("personne@exemple.fr", "faux")
                .await
                .is_refused_with(429, "trop_de_tentatives");
        },
    );
}

#[test]
fn a_refusal_is_not_counted() {
    trial_with(
        |s| s.attempts_by_address = 2,
        async |application| {
            let mut browser = application.anonyme();
            for expected in [401, 401, 429, 429, 429] {
                assert_eq!(browser.sign_in("personne@exemple.fr", "faux").await.statut.as_u16(), expected);
            }
            application.state.clock.advance(15 * MINUTE);
            for expected in [401, 401, 429] {
                assert_eq!(browser.sign_in("personne@exemple.fr", "faux").await.statut.as_u16(), expected);
            }
        },
    );
}

#[test]
fn a_client_of_ipv6_is_its_network_and_a_home_has_a_few_of_them() {
    trial_with(
        |s| {
            s.attempts_by_address = 2;
            s.proxies = vec!["127.0.0.9/32".parse().expect("an address")];
        },
        async |application| {
            for (client, expected) in
                [("2001:db8:1:1::1", 401), ("[2001:db8:1:1::2]:443", 401), ("2001:db8:1:1:ffff::1", 429)]
            {
                assert_eq!(from_behind(&application, client).await, expected, "{client}");
            }
            // 256 of them in a /56: eight attempts in all, two of which were made above.
            for (network, expected) in [(2, 401), (2, 401), (3, 401), (3, 401), (4, 401), (4, 401), (5, 429), (6, 429)]
            {
                let client = format!("2001:db8:1:{network}::1");
                assert_eq!(from_behind(&application, &client).await, expected, "{client}");
            }
            assert_eq!(from_behind(&application, "2001:db8:1:100::1").await, 401);
        },
    );
}

#[test]
fn an_address_opens_so_many_accounts_and_no_more_for_a_while() {
    trial_with(
        |s| s.attempts_by_address = 4,
        async |application| {
            let mut opened = Vec::new();
            for (n, body) in [renaud(), camille(), maelle()].into_iter().enumerate() {
                let mut browser = application.anonyme();
                browser.key = format!("opening-0123456789-{n}");
                opened.push(browser.sign_up(&body).await);
            }
            assert_eq!((opened[0].statut, opened[1].statut), (StatusCode::ACCEPTED, StatusCode::ACCEPTED));
            opened[2].is_refused_with(429, "trop_de_tentatives");
            assert_eq!(application.count("demandes").await, 2);
            let mut elsewhere = neighbour(&application, 1);
            elsewhere.key = "opening-0123456789-3".into();
            application.register(&mut elsewhere, &maelle()).await;
            // Signing in is another matter.
            assert_eq!(application.anonyme().sign_in("maelle@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        },
    );
}
