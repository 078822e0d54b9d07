//! What a DSN says of a person besides their hours: a disability, an apprenticeship, a birth date; and what
//! the statement makes of it.

use domaine::droits::{Motif, Raison, Releve, calculate};
use domaine::mesures::{Day, Euros};
use testbed::{Application, example, trial};

const CONTRAT: &str = "S21.G00.40.014,'10'";

/// The example of the reader, for every month of 2024, with what is put in the place of what.
fn year_2024(replace: &[(&str, &str)]) -> Vec<u8> {
    (1..=12).flat_map(|month| month_of_2024(month, replace)).collect()
}

fn month_of_2024(month: u8, replace: &[(&str, &str)]) -> Vec<u8> {
    let text = String::from_utf8(example(replace)).expect("a text");
    let lignes = text.lines().count();
    let last = Day::days_in_month(2024, month);
    text.replace("01012026", &format!("01{month:02}2024"))
        .replace("31012026", &format!("{last:02}{month:02}2024"))
        .replace("S90.G00.90.001,'34'", &format!("S90.G00.90.001,'{lignes}'"))
        .into_bytes()
}

async fn releve(application: &Application, as_of: Day) -> Releve {
    let state = &application.state;
    let people = application.rows("SELECT personne FROM activites WHERE origine = 'dsn' GROUP BY personne").await;
    let [person] = people.as_slice() else { panic!("one person: {}", people.len()) };
    let situation = state.store.situation(person).await.expect("a life").expect("a person");
    calculate(&situation, as_of, &state.bareme())
}

fn amounts(releve: &Releve) -> Vec<String> {
    releve.lignes.iter().filter(|ligne| ligne.date.year() >= 2025).map(|ligne| ligne.montant.to_string()).collect()
}

#[test]
fn a_disability_that_the_employer_declares_adds_300_euros() {
    trial(async |application| {
        let rqth = format!("{CONTRAT}\nS21.G00.40.072,'01'");
        let report = application.import_bytes(&year_2024(&[(CONTRAT, &rqth)]), false).await;
        assert!(report.is_lossless(), "{report}");
        let releve = releve(&application, Day::date(2026, 11, 25)).await;
        assert_eq!(amounts(&releve), ["800.00"]);
        assert_eq!(releve.plafond, Euros::whole(8_000));
        let boeth =
            application.rows("SELECT CAST(boeth AS TEXT) FROM activites WHERE annee = 2024 AND origine = 'dsn'");
        assert_eq!(boeth.await, ["4095"]);
    });
}

#[test]
fn a_trainee_and_somebody_who_has_none_are_not_counted_as_disabled() {
    trial(async |application| {
        for statut in ["12", "99"] {
            let with = format!("{CONTRAT}\nS21.G00.40.072,'{statut}'");
            application.import_bytes(&year_2024(&[(CONTRAT, &with)]), false).await;
            assert_eq!(amounts(&releve(&application, Day::date(2026, 11, 25)).await), ["500.00"], "{statut}");
        }
    });
}

#[test]
fn a_disability_declared_after_the_credit_is_a_counter_entry_and_the_old_statement_stays() {
    trial(async |application| {
        application.import_bytes(&year_2024(&[]), false).await;
        application.alimentation(2024).await;
        let before = releve(&application, Day::date(2026, 11, 22)).await;
        // December again, later in order, with a disability: the year was credited.
        let rqth = format!("{CONTRAT}\nS21.G00.40.072,'01'");
        let december = month_of_2024(12, &[(CONTRAT, &rqth), ("S20.G00.05.004,'1'", "S20.G00.05.004,'2'")]);
        let report = application.import_bytes(&december, false).await;
        assert_eq!((report.replaced, report.changes.corrected_ones), (1, 1), "{report}");
        let after = releve(&application, application.state.clock.today()).await;
        assert_eq!(amounts(&after), ["500.00", "-500.00", "800.00"]);
        assert_eq!(releve(&application, Day::date(2026, 11, 22)).await, before);
        let report = application.alimentation(2024).await;
        assert_eq!((report.counter_entries, report.euros), (1, Euros::whole(800)), "{report}");
        assert_eq!(application.alimentation(2024).await.recorded_ones, 0);
    });
}

/// Born in March 2009: fifteen at the end of 2024.
fn at_fifteen(replace: &[(&str, &str)]) -> Vec<u8> {
    let young = [("2790351215189", "2090351999015"), ("'28031979'", "'28032009'")];
    year_2024(&[&young, replace].concat())
}

#[test]
fn at_fifteen_only_an_apprentice_has_an_account() {
    trial(async |application| {
        let on = Day::date(2026, 11, 25);
        application.import_bytes(&at_fifteen(&[]), false).await;
        let refused = releve(&application, on).await;
        assert!(
            matches!(
                refused.lignes.last().map(|ligne| &ligne.motif),
                Some(Motif::YearWithoutCredit { raison: Raison::Age, .. })
            ),
            "{refused:?}"
        );
        let apprentie = at_fifteen(&[
            (CONTRAT, &format!("{CONTRAT}\nS21.G00.40.016,'99'")),
            ("S21.G00.40.007,'01'", "S21.G00.40.007,'02'\nS21.G00.40.008,'64'"),
            ("S21.G00.40.001,'01092020'", "S21.G00.40.001,'01092024'"),
            ("S20.G00.05.004,'1'", "S20.G00.05.004,'2'"),
        ]);
        application.import_bytes(&apprentie, false).await;
        assert_eq!(amounts(&releve(&application, on).await), ["500.00"]);
        let since = "SELECT apprenti_depuis FROM personnes WHERE apprenti_depuis IS NOT NULL";
        assert_eq!(application.rows(since).await, ["2024-09-01"]);
        // Declared again without the apprenticeship: it never was.
        let without = at_fifteen(&[("S20.G00.05.004,'1'", "S20.G00.05.004,'3'")]);
        application.import_bytes(&without, false).await;
        assert!(application.rows(since).await.is_empty());
    });
}

#[test]
fn a_column_of_the_csv_says_the_disability_too() {
    trial(async |application| {
        let header = "nir;nom_naissance;prenoms;date_naissance;annee;heures;boeth";
        let ligne = "1800175999029;Nouvel;Camille;12/01/1980;2024;1607";
        let report = application.import_csv(&format!("{header}\n{ligne};oui\n{ligne};peut-être\n"), false).await;
        assert_eq!((report.lines, report.gaps()), (1, 1), "{report}");
        assert!(report.to_string().contains("boeth : oui ou non"), "{report}");
        let boeth = "SELECT CAST(boeth AS TEXT) FROM activites WHERE origine LIKE 'fichier%'";
        assert_eq!(application.rows(boeth).await, ["4095"]);
    });
}
