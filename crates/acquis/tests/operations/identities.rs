//! Who a declaration speaks of: names mended, accounts protected, numbers that change, numbers that nobody
//! could have.

use testbed::{Application, camille, example, inscription, said, trial, with};

use crate::program::acquis;

const CAMILLE: [(&str, &str); 4] = [
    ("2790351215189", "1800175999029"),
    ("'28031979'", "'12011980'"),
    ("'PAT-TROIS'", "'NOUVEL'"),
    ("'DOMINIQUE MARIE-LOUISE'", "'CAMILLE'"),
];

/// The same month of another employer, whose number has a right key.
const OTHER_EMPLOYEUR: (&str, &str) = ("S21.G00.11.001,'00074'", "S21.G00.11.001,'00082'");

async fn hours(application: &Application) -> Vec<String> {
    application.rows("SELECT CAST(travail AS TEXT) FROM activites WHERE annee = 2026").await
}

#[test]
fn once_an_account_is_open_no_employer_reaches_it_under_another_name() {
    trial(async |application| {
        application.recorded(camille()).await;
        application.import_bytes(&example(&CAMILLE), false).await;
        assert_eq!(hours(&application).await, ["14467"]);
        // Known by an employer now: another one declares the number under another name.
        let other = example(&[&CAMILLE[..], &[OTHER_EMPLOYEUR, ("'NOUVEL'", "'TOUT AUTRE'")]].concat());
        let report = application.import_bytes(&other, false).await;
        assert_eq!(report.gaps(), 1, "{report}");
        assert!(report.to_string().contains("Un compte est déjà ouvert"), "{report}");
        assert_eq!(hours(&application).await, ["14467"]);
    });
}

#[test]
fn a_name_mistyped_by_an_employer_is_mended_by_the_next_declaration_and_the_account_opens() {
    trial(async |application| {
        let faulty = example(&[&CAMILLE[..], &[("'NOUVEL'", "'NOUVELLE'"), ("'12011980'", "'13011980'")]].concat());
        let faulty = String::from_utf8(faulty).expect("a text").replace("NOUVEL'", "NOUVELLE'");
        application.import_bytes(faulty.as_bytes(), false).await;
        let right = example(&[&CAMILLE[..], &[("S20.G00.05.004,'1'", "S20.G00.05.004,'2'")]].concat());
        let report = application.import_bytes(&right, false).await;
        assert!(report.is_lossless() && report.to_string().contains("[à vérifier] Nom ou date"), "{report}");
        assert!(!report.to_string().contains("NOUVEL"), "{report}");
        let body = inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr");
        let mut camille = application.recorded(body).await;
        assert_eq!(camille.fetch("/api/historique").await.json()["connu"], true);
    });
}

#[test]
fn a_number_and_a_birth_date_that_nobody_can_have_together_are_set_aside() {
    trial(async |application| {
        for naissance in ["'28031997'", "'28041979'"] {
            let report = application.import_bytes(&example(&[("'28031979'", naissance)]), false).await;
            assert_eq!(report.gaps(), 1, "{naissance} {report}");
            assert!(hours(&application).await.is_empty(), "{naissance}");
        }
        let csv = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/02/1980;2024;1607\n";
        let report = application.import_csv(csv, false).await;
        assert_eq!((report.lines, report.gaps()), (0, 1), "{report}");
        assert!(report.to_string().contains("ne disent pas la même année ou le même mois"), "{report}");
    });
}

/// A month of Camille, declared under another name or birth date.
fn declared(changes: &[(&str, &str)]) -> Vec<u8> {
    example(&[&CAMILLE[..], changes].concat())
}

#[test]
fn a_name_as_payroll_writes_it_opens_the_account_of_its_bearer_and_goes_on_feeding_it() {
    for (payroll, holder, other) in [
        ("GRUNWALD", "Grünwald", "GRUENWALD"),
        ("GRUENWALD", "Grünwald", "GRUNWALD"),
        ("DARLAC", "D’Arlac", "D ARLAC"),
        ("LEMENN", "Le Menn", "LE-MENN"),
        ("WEISS", "Weiß", "weiss"),
        ("BJOERN", "Bjørn", "BJORN"),
    ] {
        trial(async move |application| {
            application.import_bytes(&declared(&[("'NOUVEL'", &format!("'{payroll}'"))]), false).await;
            let mut account = application.recorded(with(camille(), "nom_naissance", holder)).await;
            assert_eq!(account.fetch("/api/historique").await.json()["connu"], true, "{holder}");
            assert_eq!(account.fetch("/api/session").await.json()["titulaire"]["nom_naissance"], holder);
            let report = application
                .import_bytes(&declared(&[OTHER_EMPLOYEUR, ("'NOUVEL'", &format!("'{other}'"))]), false)
                .await;
            assert!(report.is_lossless(), "{other} {report}");
            assert_eq!(hours(&application).await, ["28934"], "{other}");
        });
    }
}

#[test]
fn a_name_that_is_none_of_its_spellings_opens_nothing() {
    trial(async |application| {
        application.import_bytes(&declared(&[("'NOUVEL'", "'GRUNWALD'")]), false).await;
        for nom in ["Gruenwald", "Grünwalde", "Gränwald"] {
            application.comes_to_nothing(&with(camille(), "nom_naissance", nom)).await;
        }
    });
}

/// Camille, whose NIR tells no month of birth: civil status knew none.
fn of_unknown_month(naissance: &str) -> serde_json::Value {
    let key = (97 - 1_803_075_999_029_u64 % 97).to_string();
    inscription("Nouvel", "Camille", naissance, "1803075999029", &format!("{key:0>2}"), "camille@exemple.fr")
}

#[test]
fn a_birth_that_payroll_knows_in_part_opens_the_account_of_either_end_of_the_year() {
    for (payroll, holder, known) in [
        ("99991980", "31/12/1980", "1980-12-31"),
        ("00001980", "01/01/1980", "1980-01-01"),
        ("99991980", "00/00/1980", "1980-00-00"),
        ("99021980", "29/02/1980", "1980-02-29"),
    ] {
        trial(async move |application| {
            let nir = ("'1800175999029'", "'1803075999029'");
            let file = |naissance: &str, changes: &[(&str, &str)]| {
                let text = String::from_utf8(declared(changes)).expect("a text");
                text.replace(nir.0, nir.1).replace("'12011980'", &format!("'{naissance}'")).into_bytes()
            };
            application.import_bytes(&file(payroll, &[]), false).await;
            for other in ["02/01/1980", "30/12/1980", "15/02/1980"] {
                application.comes_to_nothing(&of_unknown_month(other)).await;
            }
            let mut account = application.recorded(of_unknown_month(holder)).await;
            assert_eq!(account.fetch("/api/historique").await.json()["connu"], true, "{holder}");
            let births = application.rows(
                "SELECT date_naissance FROM personnes WHERE date_naissance LIKE '1980-%' AND nom_naissance = 'NOUVEL'",
            );
            assert_eq!(births.await, [known]);
            // The next month says no more, and feeds the same account.
            let report = application.import_bytes(&file(payroll, &[OTHER_EMPLOYEUR]), false).await;
            assert!(report.is_lossless(), "{report}");
            assert_eq!(hours(&application).await, ["28934"]);
        });
    }
}

#[test]
fn a_birth_that_payroll_knows_whole_is_not_entered_by_its_year() {
    trial(async |application| {
        let nir = ("'1800175999029'", "'1803075999029'");
        let text = String::from_utf8(declared(&[])).expect("a text");
        let file = text.replace(nir.0, nir.1).replace("'12011980'", "'31121980'");
        application.import_bytes(file.as_bytes(), false).await;
        for naissance in ["00/00/1980", "00/12/1980", "01/01/1980"] {
            application.comes_to_nothing(&of_unknown_month(naissance)).await;
        }
        application.recorded(of_unknown_month("31/12/1980")).await;
    });
}

#[test]
fn a_person_of_one_name_is_declared_opens_an_account_and_is_fed_wherever_the_name_stands() {
    let first = ("'CAMILLE'", "'SANS PRENOM'");
    for (payroll, nom, prenoms) in [
        ([("'NOUVEL'", "'SUHARTO'"), first], "Suharto", "sans prénom"),
        ([("'NOUVEL'", "'SUHARTO'"), ("'CAMILLE'", "'-'")], "sans nom", "Suharto"),
        ([("'NOUVEL'", "'SNP'"), ("'CAMILLE'", "'SUHARTO'")], "Suharto", "-"),
    ] {
        trial(async move |application| {
            let file = |more: &[(&str, &str)]| {
                let changes = [&payroll[..], more].concat();
                let text = String::from_utf8(example(&CAMILLE)).expect("a text");
                changes.iter().fold(text, |text, (from, to)| text.replace(from, to)).into_bytes()
            };
            let report = application.import_bytes(&file(&[]), false).await;
            assert!(report.is_lossless(), "{report}");
            assert_eq!(hours(&application).await, ["14467"], "{report}");
            let other = with(with(camille(), "nom_naissance", "Sukarno"), "prenoms", prenoms);
            application.comes_to_nothing(&other).await;
            let mut account =
                application.recorded(with(with(camille(), "nom_naissance", nom), "prenoms", prenoms)).await;
            assert_eq!(account.fetch("/api/historique").await.json()["connu"], true, "{nom}");
            assert_eq!(account.fetch("/api/profil").await.statut.as_u16(), 200);
            let report = application.import_bytes(&file(&[OTHER_EMPLOYEUR]), false).await;
            assert!(report.is_lossless(), "{report}");
            let csv = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n\
                       1800175999029;Suharto;;12/01/1980;2023;1607\n1800175999029;;Suharto;12/01/1980;2022;1607\n";
            let report = application.import_csv(csv, false).await;
            assert_eq!((report.lines, report.gaps()), (2, 0), "{report}");
        });
    }
}

#[test]
fn a_person_without_any_name_is_recorded_by_nobody() {
    trial(async |application| {
        let csv = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;-;;12/01/1980;2023;1607\n";
        let report = application.import_csv(csv, false).await;
        assert_eq!((report.lines, report.gaps()), (0, 1), "{report}");
        let nobody = with(with(camille(), "nom_naissance", "sans nom"), "prenoms", "sans prénom");
        let refused = application.anonyme().sign_up(&nobody).await;
        refused.is_refused_with(422, "saisie");
    });
}

/// The month of Camille at another employer, who declares a new number and the one before.
fn renumbered() -> Vec<u8> {
    let change = "S21.G00.30.006,'12011980'\nS21.G00.31.001,'01022026'\nS21.G00.31.008,'1800175999029'";
    let new_ones = [
        OTHER_EMPLOYEUR,
        ("2790351215189", "1800175999037"),
        ("S21.G00.30.006,'12011980'", change),
        ("S90.G00.90.001,'34'", "S90.G00.90.001,'36'"),
    ];
    example(&[&CAMILLE[1..], &new_ones].concat())
}

#[test]
fn months_follow_somebody_from_an_earlier_number_to_the_one_they_have_now() {
    trial(async |application| {
        application.import_bytes(&example(&CAMILLE), false).await;
        let before = application.count("personnes").await;
        let report = application.import_bytes(&renumbered(), false).await;
        assert!(report.to_string().contains("ses mois le suivent"), "{report}");
        assert_eq!(application.count("personnes").await, before);
        assert_eq!(hours(&application).await, ["28934"]);
        // The holder opens an account with the number of today.
        let key = (97 - 1_800_175_999_037_u64 % 97).to_string();
        let body = inscription("Nouvel", "Camille", "12/01/1980", "1800175999037", &key, "camille@exemple.fr");
        let mut camille = application.recorded(body).await;
        assert_eq!(camille.fetch("/api/historique").await.json()["connu"], true);
    });
}

#[test]
fn months_never_leave_an_account_for_another_number() {
    trial(async |application| {
        application.import_bytes(&example(&CAMILLE), false).await;
        let body = inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr");
        application.recorded(body).await;
        let report = application.import_bytes(&renumbered(), false).await;
        assert!(report.to_string().contains("ses mois y restent"), "{report}");
        let mut readings = hours(&application).await;
        readings.sort();
        assert_eq!(readings, ["14467", "14467"]);
    });
}

#[test]
fn civic_service_and_elected_people_have_no_year_of_work() {
    trial(async |application| {
        for nature in ["81", "89"] {
            let report = application
                .import_bytes(&example(&[("S21.G00.40.007,'01'", &format!("S21.G00.40.007,'{nature}'"))]), false)
                .await;
            assert_eq!(report.contrats_without_droit, 1, "{report}");
            assert!(hours(&application).await.is_empty(), "{nature}");
        }
    });
}

#[test]
fn a_file_without_a_header_is_refused_without_repeating_what_it_begins_with() {
    let data = tempfile::tempdir().expect("a folder");
    std::fs::write(data.path().join("a.csv"), "1800175999029;Nouvel;Camille;12/01/1980;2024;1607\n").expect("a file");
    let output = acquis(data.path(), &["importer", "activites", "a.csv"]).output().expect("the program runs");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("doit nommer les colonnes") && !said.contains("18001759") && !said.contains("Nouvel"),
        "{said}"
    );
}

#[test]
fn a_second_file_that_says_another_thing_of_the_same_employer_is_told() {
    trial(async |application| {
        let csv = |hours: &str| {
            format!(
                "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/01/1980;2024;{hours}\n"
            )
        };
        application.import_csv(&csv("700"), false).await;
        let report = application.import_csv(&csv("900"), false).await;
        assert_eq!(report.changes.repeated, 1);
        let said = report.to_string();
        assert!(said.contains("nommez-les dans la colonne employeur") && said.contains("2024 (1)"), "{said}");
    });
}

#[test]
fn a_dry_run_makes_no_database_and_brings_none_up_to_date() {
    let dir = tempfile::tempdir().expect("a folder");
    let dsn = dir.path().join("paie.dsn");
    std::fs::write(&dsn, dsn::example()).expect("a file");
    let data = dir.path().join("donnees");
    let dsn = dsn.display().to_string();
    let mut command = acquis(dir.path(), &["importer", "dsn", &dsn, "--a-blanc"]);
    let output = command.env("ACQUIS_DONNEES", &data).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("1 nouvelles"), "{}", said(&output));
    assert!(!data.exists());
    // A database of nobody's version: an empty file is one that was never made.
    std::fs::create_dir(&data).expect("a folder");
    std::fs::write(data.join("acquis.db"), b"").expect("a file");
    let mut command = acquis(dir.path(), &["importer", "dsn", &dsn, "--a-blanc"]);
    let output = command.env("ACQUIS_DONNEES", &data).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("acquis migrer"), "{}", said(&output));
}
