//! The journal leaves for the machine that gathers journals: each line, in the order of its chain, whatever fails meanwhile.

use serde_json::{Value, json};
use server::{Collector, chain, forward};
use testbed::{Application, Gatherer, MOT_DE_PASSE, renaud, trial_with};

/// A secret that shows where lines come from.
const TOKEN: &str = "jeton-du-rassembleur";

fn trial(test: impl AsyncFn(Application, &Gatherer)) {
    let gatherer = std::cell::RefCell::new(Gatherer::new());
    trial_with(
        |settings| {
            // One for each database.
            *gatherer.borrow_mut() = Gatherer::new();
            let address = gatherer.borrow().address.clone();
            settings.collector = Some(Collector { address, token: Some(TOKEN.to_owned()) });
        },
        async |application| {
            let listening = gatherer.borrow().clone();
            test(application, &listening).await;
        },
    );
}

/// Somebody who opened their account, and whose lines are chained.
async fn lived(application: &Application) {
    application.recorded(renaud()).await;
    application
        .anonyme()
        .sign_in("renaud@exemple.fr", "Une autre phrase, longue 9")
        .await
        .is_refused_with(401, "identifiants_faux");
    chain(&application.state).await.expect("links");
}

/// Their ranks.
fn ranks(lines: &[Value]) -> Vec<i64> {
    lines.iter().map(|line| line["rang"].as_str().expect("a rank").parse().expect("a number")).collect()
}

#[test]
fn each_line_leaves_once_chained_in_the_words_of_the_journal_and_names_nobody() {
    trial(async |application, gatherer| {
        lived(&application).await;
        forward(&application.state).await.expect("a sending");
        let lines = gatherer.lines();
        let written = application.count("journal").await;
        assert_eq!(ranks(&lines), (1..=written).collect::<Vec<_>>());
        assert!(gatherer.taken().iter().all(|gathered| gathered.authorization == format!("Bearer {TOKEN}")));
        let mut links: Vec<String> = lines
            .iter()
            .map(|line| {
                format!("{} | {}", line["rang"].as_str().expect("a rank"), line["lien"].as_str().expect("a link"))
            })
            .collect();
        links.sort();
        assert_eq!(links, application.rows("SELECT CAST(rang AS TEXT) AS rang, lien FROM maillons").await);
        let refused = lines.iter().find(|line| line["quoi"] == "connexion_refusee").expect("a refusal");
        assert_eq!((&refused["qui"], &refused["quand"]), (&json!("visiteur"), &json!("2026-11-23T09:00:00.000Z")));
        assert!(refused["compte"].as_str().expect("an account").starts_with("CPT-"), "{refused}");
        assert!(refused["origine"].is_string() && refused.get("agent").is_none(), "{refused}");
        let all = lines.iter().map(Value::to_string).collect::<String>().to_lowercase();
        for personal in ["renaud", "exemple.fr", MOT_DE_PASSE, "phrase"] {
            assert!(!all.contains(&personal.to_lowercase()), "{personal}");
        }
        // Nothing more happened: nothing more leaves.
        forward(&application.state).await.expect("nothing to send");
        assert_eq!(gatherer.taken().len(), 1);
    });
}

#[test]
fn what_could_not_leave_leaves_next_and_nothing_twice() {
    trial(async |application, gatherer| {
        lived(&application).await;
        for status in [500, 503, 401, 302] {
            gatherer.answers(status);
            let refusal = forward(&application.state).await.expect_err("nobody took them").to_string();
            assert!(!refusal.contains(TOKEN) && !refusal.contains("http"), "{refusal}");
        }
        assert_eq!(application.state.store.journal_sent().await.expect("a rank"), 0);
        gatherer.answers(200);
        forward(&application.state).await.expect("a sending");
        application.anonyme().sign_in("renaud@exemple.fr", MOT_DE_PASSE).await;
        chain(&application.state).await.expect("links");
        // Another server goes on from where this one was.
        let other = application.twin_server().await;
        forward(&other.state).await.expect("a sending");
        let written = application.count("journal").await;
        assert_eq!(ranks(&gatherer.lines()), (1..=written).collect::<Vec<_>>());
    });
}

#[test]
fn a_journal_of_before_leaves_whole_by_sendings_that_are_bounded() {
    trial(async |application, gatherer| {
        lived(&application).await;
        let account = application.rows("SELECT id FROM comptes").await.remove(0);
        for _ in 0..600 {
            application
                .state
                .store
                .record(application.state.clock.now(), &account, store::Operation::Export)
                .await
                .expect("a line");
        }
        chain(&application.state).await.expect("links");
        forward(&application.state).await.expect("sendings");
        let sizes: Vec<usize> = gatherer.taken().iter().map(|gathered| gathered.lines.len()).collect();
        let written = application.count("journal").await;
        assert_eq!((sizes.len(), sizes[0]), (2, 500));
        assert_eq!(ranks(&gatherer.lines()), (1..=written).collect::<Vec<_>>());
    });
}

#[test]
fn where_no_place_is_set_nothing_leaves() {
    testbed::trial(async |application| {
        lived(&application).await;
        forward(&application.state).await.expect("nothing");
        assert_eq!(application.state.store.journal_sent().await.expect("a rank"), 0);
    });
}
