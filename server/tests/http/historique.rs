//! The statement as it stood on a day.

use serde_json::{Value, json};
use testbed::{camille, essai};

fn montants(historique: &Value, liste: &str) -> Vec<String> {
    let lignes = historique["releve"][liste].as_array().cloned().unwrap_or_default();
    lignes.iter().map(|ligne| ligne["montant"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_old_day_gives_the_statement_as_it_stood() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let aujourdhui = dominique.lire("/api/historique").await.json();
        assert_eq!(
            (&aujourdhui["releve"]["au"], &aujourdhui["aujourdhui"]),
            (&json!("2026-11-23"), &json!("2026-11-23"))
        );
        assert_eq!(aujourdhui["depuis"], "2019-01-01");
        let attendus: [(&str, &str, &[&str], &[&str]); 4] = [
            ("2019-01-01", "810.00", &["810.00"], &[]),
            ("2020-06-29", "810.00", &["810.00"], &["500.00"]),
            ("2020-06-30", "1310.00", &["810.00", "500.00"], &[]),
            ("2026-11-23", "1810.00", &["810.00", "500.00", "500.00"], &[]),
        ];
        for (au, solde, lignes, acquises) in attendus {
            let historique = dominique.lire(&format!("/api/historique?au={au}")).await.json();
            assert_eq!(historique["releve"]["au"], au);
            assert_eq!(historique["releve"]["solde"], solde, "{au}");
            assert_eq!(montants(&historique, "lignes"), lignes, "{au}");
            assert_eq!(montants(&historique, "acquises"), acquises, "{au}");
            assert_eq!(historique["aujourdhui"], "2026-11-23");
        }
    });
}

#[test]
fn before_the_first_line_the_statement_is_empty_and_says_when_it_begins() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let historique = dominique.lire("/api/historique?au=2018-12-31").await.json();
        assert_eq!(historique["releve"]["lignes"], json!([]));
        assert_eq!(historique["releve"]["solde"], "0.00");
        assert_eq!(historique["depuis"], "2019-01-01");
        let mut inconnue = application.anonyme();
        inconnue.cle = "camille-0123456789".into();
        assert_eq!(inconnue.inscrire(&camille()).await.statut, 201);
        assert_eq!(inconnue.lire("/api/historique").await.json()["depuis"], Value::Null);
    });
}

#[test]
fn a_day_to_come_or_that_does_not_exist_is_refused_at_the_field() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        for (au, faute) in [
            ("2026-11-24", "future"),
            ("9999-12-31", "future"),
            ("2021-02-29", "inexistante"),
            ("", "vide"),
            ("hier", "illisible"),
            ("2021", "inexistante"),
            ("30%2F06%2F2021", "illisible"),
        ] {
            let refus = dominique.lire(&format!("/api/historique?au={au}")).await;
            refus.est_un_refus(422, "saisie");
            assert_eq!(refus.faute("au"), json!({ "date": faute }), "{au}");
        }
        let long = "1".repeat(2_001);
        let refus = dominique.lire(&format!("/api/historique?au={long}")).await;
        assert_eq!(refus.faute("au"), "demesure");
        assert_eq!(dominique.lire("/api/historique?autre=1&au=2021-06-30").await.json()["releve"]["au"], "2021-06-30");
        application.anonyme().lire("/api/historique?au=2021-06-30").await.est_un_refus(401, "session_requise");
    });
}
