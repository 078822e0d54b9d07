//! A ledger that a wrong rule wrote is put right by the next credit: added to, dated that day, announced before it is done.

use batch::Nobody;
use batch::alimentation::{Report, alimentation};
use domaine::bareme::{Bareme, Series, Source, Value};
use domaine::mesures::{Day, Euros};
use serde_json::Value as Json;
use testbed::{Application, Browser, camille, trial, year};

const SOURCE: Source = Source { text: "Essai", article: "1" };
/// A rule of before, which gave 800 € and not 500.
const GENEROUS: Series<Euros> =
    Series::new(&[Value { since: Day::date(2019, 1, 1), value: Euros::whole(800), source: SOURCE }]);

async fn credit(application: &Application, bareme: &Bareme, dry_run: bool) -> Report {
    let (store, moment) = (&application.state.store, application.moment());
    alimentation(store, &Nobody, moment, bareme, year(2024), dry_run).await.expect("a credit")
}

async fn credited_too_much(application: &Application) -> Browser {
    let csv =
        "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/01/1980;2024;1607\n";
    assert_eq!(application.import_csv(csv, false).await.gaps(), 0);
    let camille = application.recorded(camille()).await;
    let former = Bareme { yearly_credit: GENEROUS, proportional_credit: GENEROUS, ..Bareme::IN_FORCE };
    credit(application, &former, false).await;
    camille
}

async fn lines(browser: &mut Browser) -> Vec<(String, String, String)> {
    let historique = browser.fetch("/api/historique").await.json();
    let line = |ligne: &Json| {
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let raison = &ligne["motif"]["contrepassation"]["raison"];
        (text(&ligne["date"]), text(&ligne["montant"]), text(raison))
    };
    historique["releve"]["lignes"].as_array().expect("lines").iter().map(line).collect()
}

#[test]
fn a_rule_that_was_wrong_is_announced_then_put_right_on_its_day() {
    trial(async |application| {
        let mut camille = credited_too_much(&application).await;
        // The rule is mended in the program: the ledger stands until the operator runs the credit.
        assert_eq!(camille.fetch("/api/droits").await.json()["solde"], "800.00");
        let before = application.all().await;
        let told = credit(&application, &application.state.bareme(), true).await;
        assert_eq!(application.all().await, before, "à blanc, nothing is written");
        let digest = application.state.vault.nir_digest("1800175999029");
        let ids = application.rows(&format!("SELECT id FROM personnes WHERE nir_empreinte = '{digest}'")).await;
        let expected = format!("{} : -300,00\u{a0}€ (Code du travail, R6323-1, I)", ids[0]);
        assert!(told.to_string().contains(&expected), "{told}");
        assert!(told.to_string().contains(" 0 gagnent"), "{told}");
        assert!(told.put_right.iter().all(|one| one.euros <= Euros::ZERO), "{told}");
        assert!(!told.to_string().contains("NOUVEL") && !told.to_string().contains("18001"), "{told}");

        credit(&application, &application.state.bareme(), false).await;
        assert_eq!(camille.fetch("/api/droits").await.json()["solde"], "500.00");
        let today = application.moment().today.to_string();
        let line = |date: &str, montant: &str, raison: &str| (date.to_owned(), montant.to_owned(), raison.to_owned());
        assert_eq!(
            lines(&mut camille).await,
            [line("2025-06-30", "800.00", ""), line(&today, "-800.00", "regle_corrigee"), line(&today, "500.00", "")]
        );
        // The lines of before are the same rows; the text stands beside what was added.
        let rows = format!(
            "SELECT CAST(rang AS TEXT), CAST(centimes AS TEXT), COALESCE(texte, '') FROM ecritures WHERE personne = '{}'",
            ids[0]
        );
        let written = application.rows(&rows).await;
        assert_eq!(
            written,
            [
                "1 | 80000 | Essai, 1",
                "2 | -80000 | Code du travail, R6323-1, I",
                "3 | 50000 | Code du travail, R6323-1, I"
            ]
        );
        let again = credit(&application, &application.state.bareme(), false).await;
        assert_eq!((again.recorded_ones, again.counter_entries, again.put_right.len()), (0, 0, 0), "{again}");
        assert_eq!(application.rows(&rows).await, written);
    });
}

#[test]
fn money_spent_in_good_faith_stays_spent_and_no_account_falls_below_zero() {
    trial(async |application| {
        let mut camille = credited_too_much(&application).await;
        let spent = "reference;nir;nom_naissance;prenoms;date_naissance;nature;date;montant;objet\n\
                     D-1;1800175999029;Nouvel;Camille;12/01/1980;depense;02/03/2026;700,00;formation\n";
        assert_eq!(application.import_file(spent, false).await.gaps(), 0);
        let told = credit(&application, &application.state.bareme(), false).await;
        let of_camille = told.put_right.iter().find(|one| !one.spent.is_zero()).expect("what was spent");
        assert_eq!((of_camille.euros, of_camille.spent), (Euros::whole(-100), Euros::whole(200)), "{told}");
        let historique = camille.fetch("/api/historique").await.json();
        assert_eq!(historique["releve"]["solde"], "0.00");
        let reversal = &historique["releve"]["lignes"][2];
        assert_eq!((&reversal["montant"], &reversal["retenu"]), (&Json::from("-600.00"), &Json::from("200.00")));
    });
}

#[test]
fn a_row_that_the_first_version_wrote_is_read_and_put_right() {
    trial(async |application| {
        let csv =
            "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/01/1980;2024;803\n";
        application.import_csv(csv, false).await;
        let mut camille = application.recorded(camille()).await;
        let digest = application.state.vault.nir_digest("1800175999029");
        // As it was kept before texts were: 500 € for 803 hours.
        let motif = r#"{"annee_pleine":{"faits":{"annee":"2024","categorie":"salarie","travail":{"heures":"803.00"},"reference":{"heures":"1607.00"},"credit":{"euros":"500.00"},"provenance":"employeurs"}}}"#;
        let row = format!(
            "INSERT INTO ecritures (personne, annee, rang, date, centimes, heures, retenu, retenu_heures, motif, ecrite_le)
             SELECT id, 2024, 1, '2025-06-30', 50000, 0, 0, 0, '{motif}', 1751630000000 FROM personnes
             WHERE nir_empreinte = '{digest}'"
        );
        application.rows(&row).await;
        assert_eq!(camille.fetch("/api/droits").await.json()["solde"], "500.00");
        application.alimentation(2024).await;
        assert_eq!(camille.fetch("/api/droits").await.json()["solde"], "249.85");
        let raisons: Vec<String> = lines(&mut camille).await.into_iter().map(|(_, _, raison)| raison).collect();
        assert_eq!(raisons, ["", "regle_corrigee", ""]);
    });
}
