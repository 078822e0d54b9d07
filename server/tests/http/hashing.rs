//! How passwords are kept, and what happens when more come than can be hashed.

use std::thread::available_parallelism;

use serde_json::Value;
use testbed::{Application, MOT_DE_PASSE, trial};
use vault::HashingFailed;

const DOMINIQUE: &str = "dominique@exemple.fr";

async fn hash(application: &Application) -> String {
    application.rows("SELECT mot_de_passe FROM comptes").await.remove(0)
}

/// What this browser showed last to be known.
fn known(answer: &testbed::TestResponse) -> String {
    let cookies = answer.headers.get_all("set-cookie").into_iter().filter_map(|value| value.to_str().ok());
    let known = cookies.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.contains("connu="));
    known.expect("a cookie by which it is known").to_owned()
}

/// Signs in from a browser that shows this.
async fn signs_in_showing(application: &Application, known: &str) -> testbed::TestResponse {
    let mut browser = application.anonyme();
    browser.cookie = Some(known.to_owned());
    let answer = browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await;
    assert_eq!(answer.statut, 200, "{}", answer.text());
    answer
}

#[test]
fn a_password_is_hashed_again_more_strongly_when_its_holder_signs_in_and_once() {
    trial(async |application| {
        application.dominique().await;
        let weak = hash(&application).await;
        let stronger = application.hashing_with((16, 2)).await;
        stronger.anonyme().sign_in(DOMINIQUE, "autre chose").await.is_refused_with(401, "identifiants_faux");
        assert_eq!(hash(&application).await, weak, "whoever does not know it changes nothing");
        assert_eq!(stronger.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        let strong = hash(&application).await;
        assert!(strong.contains("$m=16,t=2,p=1$"), "{strong}");
        assert_eq!(stronger.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        assert_eq!(hash(&application).await, strong);
        // A server of before, beside it, opens it as well and takes nothing back.
        assert_eq!(application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        assert_eq!(hash(&application).await, strong);
        stronger.anonyme().sign_in(DOMINIQUE, "autre chose").await.is_refused_with(401, "identifiants_faux");
    });
}

#[test]
fn browsers_that_an_account_knew_are_known_after_its_password_is_hashed_again() {
    trial(async |application| {
        application.dominique().await;
        let (computer, tablet) = (
            known(&application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await),
            known(&application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await),
        );
        let told = application.notices().await.len();
        let stronger = application.hashing_with((16, 2)).await;
        let again = known(&signs_in_showing(&stronger, &computer).await);
        assert_ne!(again, computer);
        signs_in_showing(&stronger, &again).await;
        signs_in_showing(&stronger, &tablet).await;
        assert_eq!(application.notices().await.len(), told, "nobody is told of a device that is not new");
        // One that it did not know is.
        signs_in_showing(&stronger, &format!("acquis-connu={}", "0".repeat(64))).await;
        assert_eq!(application.notices().await.len(), told + 1);
    });
}

#[test]
fn more_passwords_than_can_be_hashed_are_refused_with_when_to_come_again_and_cost_no_try() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        // As many as there is room for, and more, who come back as soon as they are answered.
        let cores = available_parallelism().map_or(1, usize::from);
        let long: String = "une phrase qui n'en finit pas de s'allonger ".chars().cycle().take(256).collect();
        let held: Vec<_> = (0..cores * 80)
            .map(|_| {
                let (hashing, long) = (application.state.hashing.clone(), long.clone());
                tokio::spawn(async move {
                    while hashing.is_common(&long, Vec::new()).await != Err(HashingFailed::Impossible) {
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        let mut refused = application.anonyme().sign_in("personne@exemple.fr", "autre chose").await;
        // They come in an order of their own.
        for _ in 0..9 {
            if refused.statut == 503 {
                break;
            }
            refused = application.anonyme().sign_in("personne@exemple.fr", "autre chose").await;
        }
        let tried = application.count("tentatives").await;
        refused.is_refused_with(503, "indisponible");
        let wait: u64 = refused.header("retry-after").parse().expect("seconds");
        assert!((1..=600).contains(&wait), "{wait}");
        assert_eq!(refused.json()["attendre"], Value::String(wait.to_string()));
        application.anonyme().sign_in(DOMINIQUE, "autre chose").await.is_refused_with(503, "indisponible");
        assert_eq!(application.count("tentatives").await, tried, "what was not judged is not counted");
        // Whoever is signed in reads meanwhile.
        assert_eq!(dominique.fetch("/api/droits").await.statut, 200);
        held.iter().for_each(|task| task.abort());
        for task in held {
            assert!(task.await.is_err(), "it leaves");
        }
        // What they had asked is dropped, not done.
        while let Err(HashingFailed::Busy(_)) = application.state.hashing.hash("rien").await {
            tokio::task::yield_now().await;
        }
        let signed_in = application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await;
        assert_eq!(signed_in.statut, 200, "{}", signed_in.text());
    });
}
