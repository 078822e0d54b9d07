//! The ledger: what a year gives goes into it, once; it agrees with the statement; nobody changes it.

use std::collections::BTreeMap;
use std::time::Duration;

use domaine::bareme::CreditDay;
use domaine::droits::{Ligne, Motif, Poche, calculate};
use domaine::mesures::Day;
use serde_json::Value;
use sqlx::{AnyConnection, Connection};
use testbed::{Application, Browser, camille, dominique, generated, inscription, plan, trial, trial_with};

const HEADER: &str = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n";

async fn say(application: &Application, year: u16, hours: &str) {
    let csv = format!("{HEADER}1800175999029;Nouvel;Camille;12/01/1980;{year};{hours}\n");
    assert_eq!(application.import_csv(&csv, false).await.gaps(), 0);
}

async fn registered_camille(application: &Application) -> Browser {
    application.recorded(inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "c@exemple.fr")).await
}

/// The sum of the ledger for Camille, in cents.
async fn ledger(application: &Application) -> i64 {
    let digest = application.state.vault.nir_digest("1800175999029");
    let sql = format!(
        "SELECT CAST(e.centimes AS TEXT) FROM ecritures e JOIN personnes p ON p.id = e.personne
         WHERE p.nir_empreinte = '{digest}'"
    );
    application.rows(&sql).await.iter().map(|ligne| ligne.parse::<i64>().expect("cents")).sum()
}

fn centimes(value: &Value) -> i64 {
    value.as_str().expect("an amount").replace('.', "").parse().expect("cents")
}

#[test]
fn the_database_itself_refuses_to_change_a_line() {
    trial(async |application| {
        application.alimentation(2024).await;
        let lignes = application.count("ecritures").await;
        assert!(lignes > 0);
        let url = &application.url;
        let mut connexion = AnyConnection::connect(url).await.expect("a connection");
        let mut forbidden_ones = vec![
            "UPDATE ecritures SET centimes = centimes + 1",
            "UPDATE ecritures SET motif = 'x'",
            "DELETE FROM ecritures",
            "DELETE FROM ecritures WHERE rang = 1",
        ];
        if url.starts_with("sqlite:") {
            forbidden_ones.push("INSERT OR REPLACE INTO ecritures (personne, annee, rang, date, centimes, heures, retenu, retenu_heures, corrige, motif, ecrite_le) SELECT personne, annee, rang, date, 1, heures, retenu, retenu_heures, corrige, motif, ecrite_le FROM ecritures");
            // By the hidden number of a row, and by what an entry takes back.
            forbidden_ones.push("INSERT OR REPLACE INTO ecritures (rowid, personne, annee, rang, date, centimes, heures, retenu, retenu_heures, motif, ecrite_le) SELECT rowid, personne, annee, 99, date, 1, 0, 0, 0, 'x', 0 FROM ecritures LIMIT 1");
            forbidden_ones.push("INSERT OR REPLACE INTO ecritures (personne, annee, rang, date, centimes, heures, retenu, retenu_heures, corrige, motif, ecrite_le) SELECT personne, annee, 9, date, 1, 0, 0, 0, corrige, 'x', 0 FROM ecritures WHERE corrige IS NOT NULL");
        } else {
            forbidden_ones.push("TRUNCATE ecritures");
        }
        let corrected =
            "INSERT INTO ecritures (personne, annee, rang, date, centimes, heures, retenu, retenu_heures, corrige, motif, ecrite_le)
                       SELECT personne, annee, 2, date, -centimes, -heures, 0, 0, 1, 'x', 0 FROM ecritures
                       WHERE rang = 1 AND personne = (SELECT MIN(personne) FROM ecritures)";
        sqlx::query(corrected).execute(&mut connexion).await.expect("a counter-entry");
        let before = application.all().await;
        for forbidden in forbidden_ones {
            let refusal = sqlx::query(forbidden).execute(&mut connexion).await.expect_err(forbidden);
            assert!(refusal.to_string().contains("le registre ne s"), "{forbidden}: {refusal}");
        }
        assert_eq!(application.all().await, before);
    });
}

#[test]
fn a_year_is_credited_once_and_the_ledger_says_what_the_statement_says() {
    trial(async |application| {
        application.import_bytes(&generated(&plan(60)).bytes, false).await;
        let first = application.alimentation(2024).await;
        assert!(first.recorded_ones > 150 && first.already == 0, "{first}");
        let all = application.all().await;
        let second = application.alimentation(2024).await;
        assert_eq!(
            (second.recorded_ones, second.counter_entries, second.already),
            (0, 0, first.recorded_ones),
            "{second}"
        );
        assert_eq!(second.concerned, first.concerned);
        assert_eq!(application.all().await, all);
    });
}

/// Compares the ledger of everybody with their statement; gives how many were compared.
async fn compare(application: &Application) -> usize {
    let state = &application.state;
    let sql = "SELECT personne, CAST(centimes AS TEXT) FROM ecritures";
    let mut ledger: BTreeMap<String, i64> = BTreeMap::new();
    for ligne in application.rows(sql).await {
        let (person, centimes) = ligne.split_once(" | ").expect("two columns");
        *ledger.entry(person.to_owned()).or_default() += centimes.parse::<i64>().expect("cents");
    }
    for (person, centimes) in &ledger {
        let situation = state.store.situation(person).await.expect("a situation").expect("a person");
        let releve = calculate(&situation, state.clock.today(), &state.bareme());
        // Years of work alone: neither hours of before, nor money of others, nor what was spent.
        let of_a_year = |ligne: &&Ligne| {
            ligne.poche == Poche::Cpf && !matches!(ligne.motif, Motif::ConvertedHours { .. } | Motif::Depense(_))
        };
        let lignes = releve.lignes.iter().chain(&releve.earned);
        assert_eq!(*centimes, lignes.filter(of_a_year).map(|ligne| ligne.montant.centimes()).sum::<i64>());
    }
    ledger.len()
}

#[test]
fn the_ledger_of_everybody_agrees_with_their_statement_even_when_an_employer_says_everything_again() {
    trial(async |application| {
        let file = generated(&plan(60)).bytes;
        application.import_bytes(&file, false).await;
        for year in 2019..=2025 {
            application.alimentation(year).await;
        }
        let compares = compare(&application).await;
        assert!(compares > 150, "{compares}");
        // Every declaration again, later in order, and with other hours.
        let latin1: String = file.iter().map(|byte| char::from(*byte)).collect();
        let corrected =
            latin1.replace("S20.G00.05.004,'", "S20.G00.05.004,'9").replace("53.002,'151.67'", "53.002,'20.00'");
        let corrected: Vec<u8> = corrected.chars().map(|sign| sign as u8).collect();
        let report = application.import_bytes(&corrected, false).await;
        assert!(report.changes.corrected_ones > 50, "{report}");
        let report = application.alimentation(2024).await;
        assert!(report.counter_entries > 40, "{report}");
        assert_eq!(compare(&application).await, compares);
        assert_eq!(application.alimentation(2024).await.recorded_ones, 0);
    });
}

#[test]
fn the_ledger_agrees_with_the_statement_to_the_cent_before_and_after_a_correction() {
    trial(async |application| {
        say(&application, 2023, "803").await;
        say(&application, 2024, "1607").await;
        let mut camille = registered_camille(&application).await;
        for year in [2023, 2024] {
            application.alimentation(year).await;
        }
        assert_eq!(camille.fetch("/api/droits").await.json()["solde"], "749.85");
        assert_eq!(ledger(&application).await, 74_985);
        // The employer corrects a year that was credited: nothing moves until the next credit, but what
        // was known is kept, and the correction has its day.
        say(&application, 2024, "400").await;
        let historique = camille.fetch("/api/historique").await.json();
        let solde = centimes(&historique["releve"]["solde"]);
        assert_eq!(solde, 24_985 + 12_446);
        let lignes = historique["releve"]["lignes"].as_array().expect("lines").clone();
        assert_eq!(lignes.len(), 4);
        assert_eq!(lignes[1]["montant"], "500.00");
        assert_eq!((&lignes[2]["montant"], &lignes[2]["date"]), (&"-500.00".into(), &"2026-11-23".into()));
        assert_eq!(lignes[3]["montant"], "124.46");
        assert_eq!(ledger(&application).await, 74_985);
        let report = application.alimentation(2024).await;
        assert_eq!((report.recorded_ones, report.counter_entries), (1, 1));
        assert_eq!(ledger(&application).await, solde);
        let entries = application
            .rows("SELECT CAST(rang AS TEXT), date, CAST(centimes AS TEXT), COALESCE(CAST(corrige AS TEXT), '') FROM ecritures WHERE annee = 2024 AND rang > 1")
            .await;
        assert_eq!(entries, ["2 | 2026-11-23 | -50000 | 1", "3 | 2026-11-23 | 12446 | "]);
        assert_eq!(application.alimentation(2024).await.recorded_ones, 0);
    });
}

#[test]
fn corrections_of_one_day_of_several_days_and_down_to_nothing_agree_too() {
    trial(async |application| {
        say(&application, 2024, "1607").await;
        registered_camille(&application).await;
        application.alimentation(2024).await;
        for (hours, days) in [("400", 0), ("300", 0), ("0", 1), ("1607", 0), ("200", 2), ("200", 0)] {
            application.state.clock.advance(Duration::from_secs(days * 24 * 3_600));
            say(&application, 2024, hours).await;
            application.alimentation(2024).await;
            assert_eq!(application.alimentation(2024).await.recorded_ones, 0, "{hours}");
            let mut camille_ = application.anonyme();
            assert_eq!(camille_.sign_in("c@exemple.fr", testbed::MOT_DE_PASSE).await.statut, 200);
            let solde = centimes(&camille_.fetch("/api/historique").await.json()["releve"]["solde"]);
            assert_eq!(ledger(&application).await, solde, "{hours}");
        }
    });
}

#[test]
fn what_is_taken_back_of_one_year_is_never_mistaken_for_another_of_the_same_day_and_amount() {
    trial(async |application| {
        let alimentation = async || {
            for year in [2023, 2024] {
                application.alimentation(year).await;
            }
        };
        // Both years corrected to 500 € on one day, then 2023 to nothing and 2024 to as much on another.
        for (years, days) in [(["803", "803"], 1), (["1607", "1607"], 1), (["0", "1500"], 0)] {
            for (year, hours) in [2023, 2024].into_iter().zip(years) {
                say(&application, year, hours).await;
            }
            alimentation().await;
            application.state.clock.advance(Duration::from_secs(days * 24 * 3_600));
        }
        let digest = application.state.vault.nir_digest("1800175999029");
        let sql = format!(
            "SELECT CAST(e.rang AS TEXT), CAST(e.centimes AS TEXT) FROM ecritures e JOIN personnes p ON p.id = e.personne
             WHERE e.annee = 2024 AND p.nir_empreinte = '{digest}'"
        );
        let of_2024 = application.rows(&sql).await;
        assert_eq!(of_2024, ["1 | 24985", "2 | -24985", "3 | 50000"]);
        assert_eq!(ledger(&application).await, 50_000);
        assert_eq!(application.alimentation(2024).await.recorded_ones, 0);
    });
}

#[test]
fn a_year_over_but_not_credited_yet_is_written_under_its_day_to_come() {
    trial_with(
        |s| s.bareme.credit_day = CreditDay::new(6, 30).expect("a day"),
        async |application| {
            application.state.clock.advance(Duration::from_secs(60 * 24 * 3_600));
            say(&application, 2026, "1607").await;
            application.alimentation(2026).await;
            let lignes =
                application.rows("SELECT date, CAST(centimes AS TEXT) FROM ecritures WHERE annee = 2026").await;
            assert_eq!(lignes, ["2027-06-30 | 50000"]);
            // Known before its day, a correction changes what will be credited.
            say(&application, 2026, "803").await;
            application.alimentation(2026).await;
            assert_eq!(ledger(&application).await, 24_985);
            assert_eq!(application.alimentation(2026).await.recorded_ones, 0);
        },
    );
}

#[test]
fn the_report_tells_who_was_stopped_by_the_ceiling_and_to_whom_a_year_gives_nothing() {
    trial(async |application| {
        let csv = "nir;nom_naissance;prenoms;date_naissance;annee;jours;statut\n\
                   1800175999029;Nouvel;Camille;12/01/1980;2025;365;independant\n\
                   2650669999012;Lhéritier;Maëlle;02/06/1965;2025;218;salarie\n";
        assert_eq!(application.import_csv(csv, false).await.gaps(), 0);
        let report = application.alimentation(2025).await;
        assert_eq!(report.uncredited.values().sum::<u64>(), 1, "{report}");
        assert!(report.at_plafond >= 1, "{report}");
        assert!(report.to_string().contains("cotisation à la formation non payée"), "{report}");
    });
}

#[test]
fn closing_an_account_leaves_the_ledger_and_still_works() {
    trial(async |application| {
        application.alimentation(2019).await;
        let before = application.rows("SELECT personne, CAST(centimes AS TEXT) FROM ecritures").await;
        let mut dominique_ = application.recorded(dominique()).await;
        let body = serde_json::json!({ "mot_de_passe": testbed::MOT_DE_PASSE });
        let response = dominique_.json(testbed::Method::DELETE, "/api/profil", &body).await;
        assert_eq!(response.statut, 204, "{}", response.text());
        let mut unknown = application.recorded(camille()).await;
        assert_eq!(unknown.json(testbed::Method::DELETE, "/api/profil", &body).await.statut, 204);
        assert_eq!(application.rows("SELECT personne, CAST(centimes AS TEXT) FROM ecritures").await, before);
        assert_eq!(application.alimentation(2019).await.recorded_ones, 0);
    });
}

#[test]
fn a_dif_is_declared_until_its_last_day_and_refused_the_day_after() {
    trial_with(
        |s| s.bareme.dif_declaration_end = Some(Day::date(2026, 11, 23)),
        async |application| {
            let mut renaud = application.renaud().await;
            assert_eq!(renaud.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
            application.state.clock.advance(Duration::from_secs(15 * 3_600));
            let mut renaud_ = application.anonyme();
            assert_eq!(renaud_.sign_in("renaud@exemple.fr", testbed::MOT_DE_PASSE).await.statut, 200);
            // The same submission again is the one that was recorded.
            assert_eq!(renaud_.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
            renaud_.key = "une-autre-cle-0123".into();
            let champs = [("heures", "12"), ("rapport", "ajoute")];
            renaud_.declare(&champs, Some(b"%PDF-1.7")).await.is_refused_with(409, "dif_clos");
            assert_eq!(application.piece_files(), 1);
        },
    );
    trial_with(
        |s| s.bareme.dif_declaration_end = Some(Day::date(2021, 6, 30)),
        async |application| {
            let mut renaud = application.renaud().await;
            renaud.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.is_refused_with(409, "dif_clos");
        },
    );
}

#[test]
fn the_last_day_to_declare_a_dif_is_told_before_anything_is_sent() {
    const WHERE: [(&str, &str); 3] = [("/api/dif", "fin"), ("/api/droits", "fin_dif"), ("/api/historique", "fin_dif")];
    trial_with(
        |s| s.bareme.dif_declaration_end = Some(Day::date(2021, 6, 30)),
        async |application| {
            let mut renaud = application.renaud().await;
            for (path, member) in WHERE {
                assert_eq!(renaud.fetch(path).await.json()[member], "2021-06-30", "{path}");
            }
        },
    );
    trial(async |application| {
        let mut renaud = application.renaud().await;
        for (path, member) in WHERE {
            assert!(renaud.fetch(path).await.json().get(member).is_none(), "{path}");
        }
    });
}
