//! The statement as it stood on a day.

use serde_json::{Value, json};
use testbed::{camille, trial};

fn amounts(historique: &Value, list: &str) -> Vec<String> {
    let lignes = historique["releve"][list].as_array().cloned().unwrap_or_default();
    lignes.iter().map(|ligne| ligne["montant"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_old_day_gives_the_statement_as_it_stood() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let today = dominique.fetch("/api/historique").await.json();
        assert_eq!((&today["releve"]["au"], &today["aujourdhui"]), (&json!("2026-11-23"), &json!("2026-11-23")));
        assert_eq!(today["depuis"], "2019-01-01");
        let all_expected: [(&str, &str, &[&str], &[&str]); 4] = [
            ("2019-01-01", "810.00", &["810.00"], &[]),
            ("2020-06-29", "810.00", &["810.00"], &["500.00"]),
            ("2020-06-30", "1310.00", &["810.00", "500.00"], &[]),
            ("2026-11-23", "1810.00", &["810.00", "500.00", "500.00"], &[]),
        ];
        for (as_of, solde, lignes, earned) in all_expected {
            let historique = dominique.fetch(&format!("/api/historique?au={as_of}")).await.json();
            assert_eq!(historique["releve"]["au"], as_of);
            assert_eq!(historique["releve"]["solde"], solde, "{as_of}");
            assert_eq!(amounts(&historique, "lignes"), lignes, "{as_of}");
            assert_eq!(amounts(&historique, "acquises"), earned, "{as_of}");
            assert_eq!(historique["aujourdhui"], "2026-11-23");
        }
    });
}

#[test]
fn before_the_first_line_the_statement_is_empty_and_says_when_it_begins() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let historique = dominique.fetch("/api/historique?au=2018-12-31").await.json();
        assert_eq!(historique["releve"]["lignes"], json!([]));
        assert_eq!(historique["releve"]["solde"], "0.00");
        assert_eq!(historique["depuis"], "2019-01-01");
        let mut unknown = application.anonyme();
        unknown.key = "camille-0123456789".into();
        application.register(&mut unknown, &camille()).await;
        assert_eq!(unknown.fetch("/api/historique").await.json()["depuis"], Value::Null);
    });
}

#[test]
fn a_day_to_come_or_that_does_not_exist_is_refused_at_the_field() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        for (as_of, faute) in [
            ("2026-11-24", "future"),
            ("9999-12-31", "future"),
            ("2021-02-29", "inexistante"),
            ("", "vide"),
            ("hier", "illisible"),
            ("2021", "inexistante"),
            ("30%2F06%2F2021", "illisible"),
        ] {
            let refusal = dominique.fetch(&format!("/api/historique?au={as_of}")).await;
            refusal.is_refused_with(422, "saisie");
            assert_eq!(refusal.faute("au"), json!({ "date": faute }), "{as_of}");
        }
        let long = "1".repeat(2_001);
        let refusal = dominique.fetch(&format!("/api/historique?au={long}")).await;
        assert_eq!(refusal.faute("au"), "demesure");
        assert_eq!(dominique.fetch("/api/historique?autre=1&au=2021-06-30").await.json()["releve"]["au"], "2021-06-30");
        application.anonyme().fetch("/api/historique?au=2021-06-30").await.is_refused_with(401, "session_requise");
    });
}
