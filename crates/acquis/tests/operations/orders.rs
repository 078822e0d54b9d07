//! Declarations that come in any order, and months that are divided again: the database keeps what the reader
//! keeps in memory, and no hour counts twice.

use std::collections::BTreeMap;

use dsn::generator::Plan;
use dsn::{Identifier, Reader};
use memory_store::Tally;
use testbed::{Application, example, generated, plan, trial};

#[path = "../../../dsn/tests/support/memory_store.rs"]
mod memory_store;

/// What the reader keeps in memory of those files: its declarations, and the hours and days of each NIR by year.
fn in_memory<'a>(files: impl Iterator<Item = &'a [u8]>) -> (Vec<String>, Vec<String>) {
    let mut tally = Tally::default();
    for bytes in files {
        let mut reader = Reader::new("essai.dsn", bytes);
        while let Some(evenement) = reader.read_next().expect("bytes in memory have no fault") {
            tally.follow(evenement);
        }
    }
    let mut declarations: Vec<String> = tally
        .filings()
        .map(|filing| {
            let champ = filing.key.champ.map(|champ| champ.to_string()).unwrap_or_default();
            let (key, cancels) = (filing.key, u8::from(filing.cancels));
            format!(
                "{} {} {champ} {}/{} {} {cancels}",
                key.siret, key.month, key.fraction, filing.fractions, filing.order.number
            )
        })
        .collect();
    declarations.sort();
    let mut time: BTreeMap<(String, u16, &str), i64> = BTreeMap::new();
    for ((person, year), total) in tally.years() {
        // Nobody can be credited under a temporary number.
        let Identifier::Nir(nir) = person.identifier else { continue };
        let days = total.days + total.forfait_jours;
        for (unit, quantity) in [("heures", total.hours), ("jours", days)] {
            *time.entry((nir.as_str().to_owned(), year, unit)).or_default() += quantity.hundredths().max(0);
        }
    }
    let time = time.into_iter().filter(|(_, n)| *n > 0);
    (declarations, time.map(|((nir, year, unit), n)| format!("{nir} {year} {unit} {n}")).collect())
}

async fn in_database(application: &Application) -> (Vec<String>, Vec<String>) {
    let declarations = application
        .rows(
            "SELECT siret || ' ' || mois || ' ' || champ || ' ' || CAST(fraction AS TEXT) || '/' ||
                 CAST(fractions AS TEXT) || ' ' || CAST(ordre AS TEXT) || ' ' || CAST(annulee AS TEXT)
             FROM declarations_dsn",
        )
        .await;
    let time = application
        .rows(
            "SELECT p.nir_empreinte || ' ' || CAST(a.annee AS TEXT) || ' ' || a.unite || ' ' ||
                 CAST(SUM(a.travail) AS TEXT)
             FROM activites a JOIN personnes p ON p.id = a.personne
             WHERE a.origine = 'dsn' AND a.travail > 0 GROUP BY p.nir_empreinte, a.annee, a.unite",
        )
        .await;
    (declarations, time)
}

#[test]
fn the_database_keeps_what_the_reader_keeps_in_memory_in_any_order() {
    trial(async |application| {
        let files: Vec<Vec<u8>> = (0..4)
            .map(|seed| {
                let year = 2019 + u16::try_from(seed).expect("a few");
                let divided = Plan { seed, year, divided_out_of: 1, disorder: true, employeurs: 2, ..plan(6) };
                generated(&divided).bytes
            })
            .collect();
        for bytes in &files {
            application.import_bytes(bytes, false).await;
        }
        let (declarations, time) = in_memory(files.iter().map(Vec::as_slice));
        let mut time: Vec<String> = time
            .iter()
            .filter_map(|ligne| ligne.split_once(' '))
            .map(|(nir, tail)| format!("{} {tail}", application.state.vault.nir_digest(nir)))
            .collect();
        time.sort();
        assert!(declarations.iter().any(|said| said.contains(" 2/2 ")) && time.len() > 30);
        assert_eq!(in_database(&application).await, (declarations, time));
        // Once more, the last file first: nothing changes any more.
        let all = application.all().await;
        for bytes in files.iter().rev() {
            let report = application.import_bytes(bytes, false).await;
            assert_eq!((report.new_ones, report.replaced), (0, 0), "{report}");
        }
        assert_eq!(application.all().await, all);
    });
}

/// The example, as the part of a month that those values say.
fn part(champ: &str, fraction: &str, order: &str, hours: &str) -> Vec<u8> {
    let text = String::from_utf8(dsn::example()).expect("a text");
    text.replace("S20.G00.05.003,'11'", &format!("S20.G00.05.003,'{fraction}'"))
        .replace("S20.G00.05.004,'1'", &format!("S20.G00.05.004,'{order}'"))
        .replace("S20.G00.05.005,'01012026'", &format!("S20.G00.05.005,'01012026'\nS20.G00.05.008,'{champ}'"))
        .replace("S90.G00.90.001,'34'", "S90.G00.90.001,'35'")
        .replace("'144.67'", &format!("'{hours}'"))
        .into_bytes()
}

async fn hours(application: &Application) -> Vec<String> {
    application.rows("SELECT CAST(travail AS TEXT) FROM activites WHERE annee = 2026").await
}

#[test]
fn a_whole_month_that_comes_late_between_two_of_its_parts_is_not_counted_beside_them() {
    trial(async |application| {
        application.import_bytes(&part("01", "12", "2", "50.00"), false).await;
        application.import_bytes(&part("01", "22", "7", "90.00"), false).await;
        assert_eq!(hours(&application).await, ["14000"]);
        let report = application.import_bytes(&part("01", "11", "5", "130.00"), false).await;
        assert_eq!((report.superseded, report.redivided, report.changes.years), (1, 1, 1), "{report}");
        assert_eq!(hours(&application).await, ["9000"]);
        // The part from before the whole month does not come back.
        let report = application.import_bytes(&part("01", "12", "2", "50.00"), false).await;
        assert_eq!((report.superseded, report.changes.years), (1, 0), "{report}");
        assert_eq!(hours(&application).await, ["9000"]);
    });
}

#[test]
fn of_one_order_number_a_replacement_counts_whichever_comes_first() {
    let kind = |kind: &str, hours: &str| example(&[("S20.G00.05.002,'01'", kind), ("'144.67'", hours)]);
    let declared = kind("S20.G00.05.002,'01'", "'90.00'");
    let replacement = kind("S20.G00.05.002,'03'", "'120.00'");
    for (first, second) in [(&declared, &replacement), (&replacement, &declared)] {
        trial(async |application| {
            application.import_bytes(first, false).await;
            application.import_bytes(second, false).await;
            assert_eq!(hours(&application).await, ["12000"]);
            let all = application.all().await;
            for bytes in [first, second] {
                let report = application.import_bytes(bytes, false).await;
                assert_eq!((report.new_ones, report.replaced, report.changes.years), (0, 0, 0), "{report}");
            }
            assert_eq!(application.all().await, all);
        });
    }
}

#[test]
fn a_replacement_that_says_the_same_keeps_its_number_from_then_on() {
    trial(async |application| {
        let kind = |kind: &str, hours: &str| example(&[("S20.G00.05.002,'01'", kind), ("'144.67'", hours)]);
        application.import_bytes(&kind("S20.G00.05.002,'01'", "'90.00'"), false).await;
        let report = application.import_bytes(&kind("S20.G00.05.002,'03'", "'90.00'"), false).await;
        assert_eq!((report.already_there, report.changes.years), (1, 0), "{report}");
        let report = application.import_bytes(&kind("S20.G00.05.002,'01'", "'120.00'"), false).await;
        assert_eq!((report.superseded, report.changes.years), (1, 0), "{report}");
        assert_eq!(hours(&application).await, ["9000"]);
    });
}

#[test]
fn a_total_declaration_and_those_of_the_regimes_are_never_added_up() {
    trial(async |application| {
        application.import_bytes(&part("01", "11", "1", "140.00"), false).await;
        let report = application.import_bytes(&part("02", "11", "2", "30.00"), false).await;
        assert!(report.to_string().contains("mois redéclarés dans un autre champ"), "{report}");
        application.import_bytes(&part("03", "11", "3", "100.00"), false).await;
        assert_eq!(hours(&application).await, ["13000"]);
        application.import_bytes(&part("01", "11", "4", "140.00"), false).await;
        assert_eq!(hours(&application).await, ["14000"]);
        assert_eq!(application.count("declarations_dsn").await, 1);
    });
}
