//! What a holder reads of the journal of their account.

use std::time::Duration;

use serde_json::{Value, json};
use store::{Act, Operation, Operator};
use testbed::{Application, Browser, MOT_DE_PASSE, Method, camille, trial};

const JOURNAL: &str = "/api/journal";

async fn lines(browser: &mut Browser) -> Vec<Value> {
    let answer = browser.fetch(JOURNAL).await;
    assert_eq!(answer.statut, 200, "{}", answer.text());
    answer.json()["lignes"].as_array().expect("lines").clone()
}

fn words(lines: &[Value]) -> Vec<&str> {
    lines.iter().filter_map(|line| line["quoi"].as_str()).collect()
}

/// An act of Zoé, a second later than what was before.
async fn zoe(application: &Application, account: Option<&str>, reason: Option<&str>, what: Operation) {
    application.state.clock.advance(Duration::from_secs(1));
    let operator = Operator::parse("Zoé Martin").expect("a name");
    let act = Act { operator: &operator, account, reason };
    application.state.store.record_act(application.state.clock.now(), act, what).await.expect("a line");
}

#[test]
fn a_holder_reads_who_looked_and_why_and_nobody_elses() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let account = application.rows("SELECT id FROM comptes").await.remove(0);
        application.state.clock.advance(Duration::from_secs(1));
        let mut camille = application.recorded(camille()).await;
        zoe(&application, Some(&account), None, Operation::StatementRead).await;
        zoe(&application, Some(&account), Some("appel du titulaire"), Operation::AccountRead).await;
        zoe(&application, None, None, Operation::StatementsRead).await;
        zoe(&application, None, None, Operation::BackedUp).await;
        let read = lines(&mut dominique).await;
        assert_eq!(words(&read)[..3], ["releves_lus", "compte_lu", "releve_lu"]);
        let about_one = json!({
            "quand": "2026-11-23T10:00", "quoi": "compte_lu", "par": "agent", "agent": "Zoé Martin",
            "raison": "appel du titulaire", "pour_tous": false,
        });
        assert_eq!(
            (&read[1], &read[0]["pour_tous"], &read[0]["agent"]),
            (&about_one, &json!(true), &json!("Zoé Martin"))
        );
        assert_eq!(read.len(), 5, "and the account, opened, and who came in: {read:?}");
        let theirs = lines(&mut camille).await;
        assert_eq!(words(&theirs)[..1], ["releves_lus"]);
        assert_eq!(theirs.len(), 3, "{theirs:?}");
        // What a holder reads leaves nothing.
        assert_eq!(lines(&mut dominique).await.len(), 5);
    });
}

#[test]
fn what_was_done_about_everybody_before_an_account_was_opened_is_not_told() {
    trial(async |application| {
        zoe(&application, None, None, Operation::StatementsRead).await;
        application.state.clock.advance(Duration::from_secs(24 * 3_600));
        let mut dominique = application.dominique().await;
        assert!(!words(&lines(&mut dominique).await).contains(&"releves_lus"));
    });
}

#[test]
fn connections_are_told_with_their_way_their_refusals_and_whether_they_come_from_here() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let mut stranger = application.anonyme();
        stranger.ip = [203, 0, 113, 7];
        application.state.clock.advance(Duration::from_secs(1));
        stranger.sign_in("dominique@exemple.fr", "Ce n'est pas lui 9").await.is_refused_with(401, "identifiants_faux");
        application.state.clock.advance(Duration::from_secs(1));
        assert_eq!(stranger.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let read = lines(&mut dominique).await;
        let told = |line: &Value| ["quoi", "par", "raison", "meme_lieu"].map(|member| line[member].clone());
        assert_eq!(told(&read[0]), [json!("connexion"), json!("titulaire"), json!("mot_de_passe"), json!(false)]);
        assert_eq!(told(&read[1]), [json!("connexion_refusee"), json!("visiteur"), Value::Null, json!(false)]);
        let first = read.iter().find(|line| line["raison"] == "inscription").expect("the first sign-in");
        assert_eq!(first["meme_lieu"], json!(true));
        let text = dominique.fetch(JOURNAL).await.text();
        let origins = application.rows("SELECT DISTINCT origine FROM journal WHERE origine IS NOT NULL").await;
        assert!(origins.iter().all(|origin| !text.contains(origin)), "no mark of a place leaves");
    });
}

#[test]
fn a_page_has_fifty_lines_and_leads_to_the_next_until_the_end() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let account = application.rows("SELECT id FROM comptes").await.remove(0);
        let operator = Operator::parse("Zoé Martin").expect("a name");
        // Of one moment: the order is that of the lines, and no line is lost between two pages.
        for _ in 0..98 {
            let act = Act::of(&operator).on(&account);
            let now = application.state.clock.now();
            application.state.store.record_act(now, act, Operation::AccountRead).await.expect("a line");
        }
        let mut counts = Vec::new();
        let (mut path, mut seen) = (JOURNAL.to_owned(), 0);
        loop {
            let page = dominique.fetch(&path).await.json();
            let here = page["lignes"].as_array().expect("lines").len();
            counts.push(here);
            seen += here;
            let Some(next) = page["suite"].as_str() else { break };
            path = format!("{JOURNAL}?avant={next}");
        }
        assert_eq!((counts, seen), (vec![50, 50], 100));
        for wrong in ["?avant=", "?avant=12", "?avant=12-zz", "?avant=a-0123456789abcdef0123456789abcdef"] {
            dominique.fetch(&format!("{JOURNAL}{wrong}")).await.is_refused_with(400, "corps_illisible");
        }
        application.anonyme().fetch(JOURNAL).await.is_refused_with(401, "session_requise");
    });
}

#[test]
fn where_what_is_known_comes_from_is_told_with_since_when() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let known = async |browser: &mut Browser| browser.fetch(JOURNAL).await.json()["connu"].clone();
        let typed = json!({ "quoi": "saisie", "de": "titulaire", "depuis": "2026-11-23" });
        let confirmed = json!({ "quoi": "courriel_confirme", "de": "titulaire", "depuis": "2026-11-23" });
        let told = known(&mut dominique).await;
        assert_eq!((&told[0], &told[1]), (&typed, &confirmed));
        assert_eq!((&told[2]["quoi"], &told[2]["de"]), (&json!("declarations"), &json!("employeurs")));
        application.as_seen_by_an_operator().await;
        let told = known(&mut dominique).await;
        assert_eq!((&told[3]["quoi"], &told[3]["de"]), (&json!("identite_prouvee"), &json!("agent")));
        let mut camille = application.recorded(camille()).await;
        assert_eq!(known(&mut camille).await, json!([typed, confirmed]));
        let wrong = camille.json(Method::POST, JOURNAL, &json!({})).await;
        assert_eq!(wrong.statut, 405);
    });
}
