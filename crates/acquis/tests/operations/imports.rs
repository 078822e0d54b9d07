//! Declarations of employers and files of activities, from their bytes to the years of people.

use dsn::generator::Plan;
use serde_json::json;
use testbed::{Application, example, generated, inscription, plan, sums, trial};

/// The hours and days that the database holds for a NIR in a year, all records together.
async fn check_sums(application: &Application, file: &dsn::generator::GeneratedFile) {
    let mut all_expected: Vec<String> = sums(file)
        .into_iter()
        .flat_map(|((nir, year), (hours, days))| {
            let digest = application.state.vault.nir_digest(&nir);
            [("heures", hours), ("jours", days)]
                .into_iter()
                .filter(|(_, n)| *n > 0)
                .map(move |(unit, n)| format!("{digest} | {year} | {unit} | {n}"))
        })
        .collect();
    all_expected.sort();
    let readings = application
        .rows(
            "SELECT p.nir_empreinte, CAST(a.annee AS TEXT), a.unite, CAST(a.travail AS TEXT)
             FROM activites a JOIN personnes p ON p.id = a.personne WHERE a.origine = 'dsn' AND a.travail > 0",
        )
        .await;
    assert_eq!(readings.len(), all_expected.len());
    assert_eq!(readings, all_expected);
}

#[test]
fn the_hours_of_every_person_are_those_of_an_independent_sum() {
    trial(async |application| {
        let file = generated(&plan(120));
        let before = application.count("personnes").await;
        let report = application.import_bytes(&file.bytes, false).await;
        assert!(report.cancelled > 0 && report.replaced > report.cancelled, "{report}");
        check_sums(&application, &file).await;
        let new_ones = application.count("personnes").await - before;
        assert_eq!(report.new_people() as i64, new_ones);
        assert!(new_ones > 300);
        // One person works for the three employers.
        let several = application
            .rows(
                "SELECT personne FROM mois_dsn m JOIN declarations_dsn d ON d.id = m.declaration
                 GROUP BY personne HAVING COUNT(DISTINCT d.siret) = 3",
            )
            .await;
        assert_eq!(several.len(), 1);
        // People without a NIR yet are told, not lost in silence.
        assert!(!report.is_lossless());
        assert!(report.to_string().contains("Numéro temporaire"), "{report}");
    });
}

#[test]
fn importing_twice_changes_nothing_and_says_so() {
    trial(async |application| {
        let file = generated(&plan(30));
        let first = application.import_bytes(&file.bytes, false).await;
        let all = application.all().await;
        let second = application.import_bytes(&file.bytes, false).await;
        assert_eq!(application.all().await, all);
        assert_eq!((second.new_ones, second.replaced, second.new_people()), (0, 0, 0));
        assert_eq!(second.already_there + second.superseded, first.new_ones + first.replaced);
        assert_eq!(second.changes.years, 0);
    });
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    trial(async |application| {
        let file = generated(&plan(20));
        let before = application.all().await;
        let dry_run = application.import_bytes(&file.bytes, true).await;
        assert_eq!(application.all().await, before);
        let real = application.import_bytes(&file.bytes, false).await;
        assert_eq!(dry_run.to_string(), real.to_string());
    });
}

async fn hours_of_2026(application: &Application) -> Vec<String> {
    application.rows("SELECT CAST(travail AS TEXT) FROM activites WHERE annee = 2026").await
}

#[test]
fn a_declaration_is_replaced_cancelled_and_never_by_an_earlier_one() {
    const ORDER: &str = "S20.G00.05.004,'1'";
    trial(async |application| {
        application.import_bytes(&example(&[]), false).await;
        assert_eq!(hours_of_2026(&application).await, ["14467"]);
        let replaced = example(&[(ORDER, "S20.G00.05.004,'5'"), ("'144.67'", "'100.00'")]);
        let report = application.import_bytes(&replaced, false).await;
        assert_eq!((report.replaced, report.changes.years), (1, 1));
        assert_eq!(hours_of_2026(&application).await, ["10000"]);
        let report = application.import_bytes(&example(&[]), false).await;
        assert_eq!((report.superseded, report.replaced), (1, 0));
        assert_eq!(hours_of_2026(&application).await, ["10000"]);
        let cancels = example(&[(ORDER, "S20.G00.05.004,'6'"), ("S20.G00.05.002,'01'", "S20.G00.05.002,'04'")]);
        let report = application.import_bytes(&cancels, false).await;
        assert_eq!((report.replaced, report.cancelled), (1, 1));
        assert!(hours_of_2026(&application).await.is_empty());
    });
}

#[test]
fn a_month_that_comes_back_in_two_parts_is_counted_once() {
    trial(async |application| {
        application.import_bytes(&example(&[]), false).await;
        for (fraction, order, hours) in [("12", "2", "50.00"), ("22", "3", "94.67")] {
            let part = example(&[
                ("S20.G00.05.003,'11'", &format!("S20.G00.05.003,'{fraction}'")),
                ("S20.G00.05.004,'1'", &format!("S20.G00.05.004,'{order}'")),
                ("'144.67'", &format!("'{hours}'")),
            ]);
            application.import_bytes(&part, false).await;
        }
        assert_eq!(hours_of_2026(&application).await, ["14467"]);
        assert_eq!(application.count("declarations_dsn").await, 2);
        // The old division comes in late: it says nothing any more.
        assert_eq!(application.import_bytes(&example(&[]), false).await.superseded, 1);
        assert_eq!(application.count("declarations_dsn").await, 2);
    });
}

#[test]
fn a_declaration_that_was_cut_is_not_kept_and_the_report_says_it() {
    trial(async |application| {
        let before = application.all().await;
        let bytes = example(&[]);
        let cut = bytes.windows(7).position(|f| f == b"S90.G00").expect("an end");
        let report = application.import_bytes(&bytes[..cut], false).await;
        assert_eq!((report.cut, report.new_ones), (1, 0));
        assert!(!report.is_lossless());
        assert_eq!(application.all().await, before);
        let report = application.import_bytes(b"ceci n'est pas une DSN\n\xff\xfe", false).await;
        assert!(!report.is_lossless());
        assert_eq!(application.all().await, before);
    });
}

#[test]
fn a_declaration_that_lost_a_person_on_its_way_does_not_replace_a_whole_one() {
    trial(async |application| {
        application.import_bytes(&example(&[]), false).await;
        let all = application.all().await;
        let corrected_one = example(&[("S20.G00.05.004,'1'", "S20.G00.05.004,'5'")]);
        let text = String::from_utf8(corrected_one).expect("a text");
        let (head, _) = text.split_once("S21.G00.30.001").expect("a person");
        let cut_short = format!("{head}S90.G00.90.001,'34'\nS90.G00.90.002,'1'\n");
        let other_month =
            String::from_utf8(example(&[("01012026", "01022026"), ("31012026", "28022026")])).expect("a text");
        // The envelope beside it is sound, and taken in.
        let report = application.import_bytes((cut_short.clone() + &other_month).as_bytes(), false).await;
        assert_eq!((report.refused, report.new_ones, report.replaced, report.doubtful), (1, 1, 0, 0), "{report}");
        assert!(!report.is_lossless());
        assert!(
            report.to_string().contains("essai.dsn, ligne 4 [écarté] Déclaration d'un envoi dont les totaux"),
            "{report}"
        );
        let month = "SELECT CAST(mois AS TEXT), CAST(heures AS TEXT) FROM mois_dsn";
        assert_eq!(application.rows(month).await, ["1 | 14467", "2 | 14467"]);
        // Alone, nothing changes at all.
        let before = application.all().await;
        assert!(before.len() > all.len());
        application.import_bytes(cut_short.as_bytes(), false).await;
        assert_eq!(application.all().await, before);
        // An envelope without its end says nothing of its first declaration either.
        let cut = text.replace("S90", "S20.G00.05.001,'01'\nS90").split("S90").next().expect("a beginning").to_owned();
        let report = application.import_bytes(cut.as_bytes(), false).await;
        assert_eq!((report.refused, report.replaced), (1, 0), "{report}");
        assert_eq!(application.all().await, before);
    });
}

#[test]
fn dates_that_no_database_admits_are_told_and_stop_nothing() {
    trial(async |application| {
        for (before, after) in [("'28031979'", "'28031579'"), ("51.002,'31012026'", "51.002,'31019999'")] {
            let report = application.import_bytes(&example(&[(before, after)]), false).await;
            assert_eq!((report.gaps(), report.new_ones + report.replaced), (1, 1), "{report}");
            assert!(hours_of_2026(&application).await.is_empty());
        }
    });
}

#[test]
fn maternity_is_kept_as_work_and_the_rest_of_an_absence_is_not() {
    trial(async |application| {
        let stop = "S21.G00.40.014,'10'\nS21.G00.60.001,'02'\nS21.G00.60.002,'31122025'\nS21.G00.60.003,'30042026'";
        let bytes = example(&[
            ("S21.G00.40.014,'10'", stop),
            ("'144.67'", "'10.00'"),
            ("'7.00'", "'140.00'"),
            ("S90.G00.90.001,'34'", "S90.G00.90.001,'37'"),
        ]);
        let report = application.import_bytes(&bytes, false).await;
        assert!(report.is_lossless(), "{report}");
        let absences = application.rows("SELECT absences FROM activites WHERE annee = 2026").await;
        assert_eq!(absences, ["maternite:heures:14000"]);
    });
}

#[test]
fn hours_never_go_to_an_account_opened_under_another_name() {
    trial(async |application| {
        // Camille's number is known of nobody; somebody opened an account with it.
        application.recorded(testbed::camille()).await;
        let bytes = example(&[
            ("2790351215189", "1800175999029"),
            ("'28031979'", "'12011980'"),
            ("'PAT-TROIS'", "'TOUT AUTRE'"),
        ]);
        let of_the_account =
            "SELECT CAST(a.travail AS TEXT) FROM activites a JOIN comptes c ON c.personne = a.personne";
        let report = application.import_bytes(&bytes, false).await;
        assert_eq!((report.gaps(), hours_of_2026(&application).await), (0, vec!["14467".to_owned()]));
        assert!(application.rows(of_the_account).await.is_empty(), "those are of whom the employer names");
        assert!(!report.to_string().contains("1800175999029"));
        // Once the name is mended, the same declaration is looked at again.
        let mendee = String::from_utf8(bytes).expect("a text").replace("TOUT AUTRE", "NOUVEL").into_bytes();
        assert_eq!(application.import_bytes(&mendee, false).await.gaps(), 0);
        assert_eq!(hours_of_2026(&application).await, ["14467"]);
        assert_eq!(application.rows(of_the_account).await, ["14467"]);
    });
}

#[test]
fn an_account_opened_later_with_that_number_finds_the_hours() {
    trial(async |application| {
        let bytes = example(&[
            ("2790351215189", "1800175999029"),
            ("'28031979'", "'12011980'"),
            ("'PAT-TROIS'", "'NOUVEL'"),
            ("'DOMINIQUE MARIE-LOUISE'", "'CAMILLE'"),
            ("01012026", "01012025"),
            ("31012026", "31012025"),
        ]);
        let report = application.import_bytes(&bytes, false).await;
        assert_eq!(report.new_people(), 1);
        let body = inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr");
        let mut camille = application.recorded(body).await;
        let historique = camille.fetch("/api/historique").await.json();
        assert_eq!(historique["connu"], true);
        assert_eq!(historique["releve"]["solde"], "45.02");
    });
}

#[test]
fn a_file_of_activities_is_read_line_by_line_and_its_faults_are_told() {
    trial(async |application| {
        let header =
            "nir;nom_naissance;prenoms;date_naissance;annee;heures;duree_reference;statut;jours;cotisation_payee_le";
        let csv = format!(
            "{header}\n\
             1800175999029;Nouvel;Camille;12/01/1980;2024;803,5;;;;\n\
             180017599902909;Nouvel;Camille;1980-01-12;2025;1607.00;1600;salarie;;\n\
             1800175999029;Nouvel;Camille;12/01/1980;2023;;;independant;365;15/05/2024\n\
             1800175999028;Nouvel;Camille;12/01/1980;2023;1e3;;;;\n\
             1800175999029;Nouvel;Camille;12/01/1980;2024;12;;;;\n\
             18001;Nouvel;Camille;12/01/1980;2024;12;;;;\n\
             1800175999029;Nouvel;Camille;12/01/1980;2024;12;;mineur;;\n"
        );
        let dry_run = application.import_csv(&csv, true).await;
        let report = application.import_csv(&csv, false).await;
        assert_eq!(dry_run.to_string(), report.to_string());
        assert_eq!((report.lines, report.gaps(), report.new_people()), (3, 4, 1), "{report}");
        let summary = report.to_string();
        for expected in
            ["ligne 5 [écarté] heures", "ligne 6 [écarté] La même", "ligne 7 [écarté] nir", "ligne 8 [écarté] statut"]
        {
            assert!(summary.contains(expected), "{expected}: {summary}");
        }
        assert!(!summary.contains("18001"), "{summary}");
        let all = application.all().await;
        let still = application.import_csv(&csv, false).await;
        assert_eq!((still.changes.years, still.new_people()), (0, 0));
        assert_eq!(application.all().await, all);
        // A zero takes a line back.
        let removed = format!("{header}\n1800175999029;Nouvel;Camille;12/01/1980;2024;0;;;;\n");
        assert_eq!(application.import_csv(&removed, false).await.changes.years, 1);
        let body = inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr");
        let mut camille = application.recorded(body).await;
        assert_eq!(camille.fetch("/api/droits").await.json()["solde"], json!("1000.00"));
    });
}

#[test]
fn nothing_of_a_person_is_written_in_clear_nor_told_in_the_report() {
    trial(async |application| {
        let file = generated(&Plan { employeurs: 1, salaries: 20, ..plan(20) });
        let report = application.import_bytes(&file.bytes, false).await;
        let journal = String::from_utf8_lossy(&testbed::journal().lock().expect("the log").clone()).into_owned();
        let sent = String::from_utf8_lossy(&file.bytes);
        assert!(!journal.is_empty(), "what is logged is kept");
        for (nir, _) in sums(&file).into_keys() {
            assert!(sent.contains(&nir), "it was in the declaration");
            assert!(!report.to_string().contains(&nir));
            assert!(!journal.contains(&nir));
        }
    });
}
