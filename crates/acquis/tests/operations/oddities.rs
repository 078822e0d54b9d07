//! Quantities that nobody could have worked, earned or been given: set aside with their remedy, and never money.

use testbed::example;
use testbed::{Application, camille, trial};

const HEADER: &str = "nir;nom_naissance;prenoms;date_naissance;annee;heures;duree_reference;jours;jours_reference;paie;smic_horaire;absences;employeur";
const WHO: &str = "1800175999029;Nouvel;Camille;12/01/1980";

/// A file of those lines, each for a year of its own.
fn file(lines: &[&str]) -> String {
    let told = lines.iter().zip(2015..).map(|(line, year)| format!("{WHO};{year};{line}\n"));
    format!("{HEADER}\n{}", told.collect::<String>())
}

async fn written(application: &Application) -> Vec<String> {
    application.rows("SELECT CAST(annee AS TEXT) FROM activites WHERE origine LIKE 'fichier%'").await
}

#[test]
fn a_line_that_no_year_could_hold_is_set_aside_with_its_remedy() {
    trial(async |application| {
        let odd = [
            ("999999,99;;;;;;;", "heures : une année en a 8\u{202f}784 au plus"),
            ("160700;;;;;;;", "Une virgule perdue ?"),
            ("35;35;;;;;;", "une durée hebdomadaire ?"),
            ("160;151,67;;;;;;", "une durée mensuelle ?"),
            ("1607;160700;;;;;;", "duree_reference"),
            (";;1;1;;;;", "jours_reference"),
            (";;367;;;;;", "jours : cette année en a 365"),
            (";;;;12000;0,01;;", "smic_horaire"),
            (";;;;2400000;11,88;;", "paie"),
            ("0;;;;;;maternite=99999;", "absences comprises"),
        ];
        let lines = odd.map(|(line, _)| line);
        let report = application.import_csv(&file(&lines), false).await;
        assert_eq!((report.lines, report.gaps()), (0, 10), "{report}");
        assert!(!report.is_lossless());
        let told = report.to_string();
        for ((_, remedy), line) in odd.iter().zip(2..) {
            let of_line = told.lines().find(|text| text.contains(&format!("ligne {line} [écarté]")));
            assert!(of_line.is_some_and(|text| text.contains(remedy)), "ligne {line}, {remedy}: {told}");
        }
        assert_eq!(written(&application).await, Vec::<String>::new());
        for odd in ["999", "160700", "151,67", "2400000"] {
            assert!(!told.contains(&format!("« {odd}")), "no value is repeated: {told}");
        }
    });
}

#[test]
fn what_is_at_the_edge_is_taken() {
    trial(async |application| {
        let right =
            ["8784;;;;;;;", "803;1000;;;;;;", "803;2080;;;;;;", ";;109,5;218;;;;", ";;365;;;;;", ";;;;12000;7,26;;"];
        let report = application.import_csv(&file(&right), false).await;
        assert_eq!((report.lines, report.gaps()), (6, 0), "{report}");
        assert!(report.is_lossless());
    });
}

#[test]
fn two_employers_cannot_make_a_year_longer_than_it_is() {
    trial(async |application| {
        let told =
            |first: u32, other: u32| format!("{HEADER}\n{WHO};2024;{first};;;;;;;A\n{WHO};2024;{other};;;;;;;B\n");
        let report = application.import_csv(&told(5_000, 3_785), false).await;
        // Which of the two is wrong, only their writer knows: both are told, and nothing is kept.
        assert_eq!((report.gaps(), report.changes.years), (2, 0), "{report}");
        assert_eq!(written(&application).await, Vec::<String>::new());
        let report = application.import_csv(&told(5_000, 3_784), false).await;
        assert_eq!((report.gaps(), report.changes.years), (0, 1), "{report}");
        assert_eq!(written(&application).await, ["2024", "2024"]);
    });
}

#[test]
fn a_month_longer_than_a_month_is_set_aside_and_the_year_credits_nothing_of_it() {
    trial(async |application| {
        let declared = |hours: &str, absent: &str| {
            example(&[
                ("2790351215189", "1800175999029"),
                ("'28031979'", "'12011980'"),
                ("'PAT-TROIS'", "'NOUVEL'"),
                ("'DOMINIQUE MARIE-LOUISE'", "'CAMILLE'"),
                ("01012026", "01012025"),
                ("31012026", "31012025"),
                ("'144.67'", hours),
                ("'7.00'", absent),
            ])
        };
        let report = application.import_bytes(&declared("'15167.00'", "'7.00'"), false).await;
        assert_eq!(report.gaps(), 1, "{report}");
        assert!(report.to_string().contains("Un mois a 744 heures au plus"), "{report}");
        let report = application.import_bytes(&declared("'0.00'", "'99999.00'"), false).await;
        assert_eq!(report.gaps(), 1, "{report}");
        let mut camille = application.recorded(camille()).await;
        assert_eq!(camille.fetch("/api/droits").await.json()["solde"], "0.00");
        // Mended, the same month counts.
        let report = application.import_bytes(&declared("'744.00'", "'0.00'"), false).await;
        assert!(report.is_lossless(), "{report}");
        application.alimentation(2025).await;
        assert_eq!(camille.fetch("/api/droits").await.json()["solde"], "231.49");
    });
}

#[test]
fn nobody_adds_more_than_the_operator_believes() {
    trial(async |application| {
        let told = |montant: &str| {
            format!(
                "reference;nir;nom_naissance;prenoms;date_naissance;nature;date;montant;financeur\n\
                 A-1;{WHO};abondement;02/03/2026;{montant};Région\n"
            )
        };
        let report = application.import_file(&told("20000,01"), false).await;
        assert_eq!((report.gaps(), report.new_evenements), (1, 0), "{report}");
        assert!(report.to_string().contains("abondement_maximal"), "{report}");
        assert!(application.import_file(&told("20000,00"), false).await.is_lossless());
    });
}
