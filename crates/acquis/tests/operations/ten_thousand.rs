//! Ten thousand people, from the file of their employers to their statements, with the command line alone.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Stdio;

use dsn::generator::Plan;
use serde_json::Value;
use store::sqlite_address;
use testbed::{generated, rows, said, sums, write};
use vault::Vault;

use crate::program::acquis;
use crate::resumes::{executor, succeeds};

/// Hundredths of a full year, legal or of a *forfait-jours*.
const YEAR_IN_HOURS: i64 = 160_700;
const YEAR_IN_DAYS: i64 = 21_800;

/// What a year gives in cents, without looking at the program: half of a full year is enough for 500 €, less is in
/// proportion, up to the next cent (R6323-1).
fn credit(hours: i64, days: i64) -> i64 {
    // Both units in one year are brought to that of the longer, up to the next hundredth.
    let (work, year) = if days * YEAR_IN_HOURS > hours * YEAR_IN_DAYS {
        (days + (hours * YEAR_IN_DAYS + YEAR_IN_HOURS - 1) / YEAR_IN_HOURS, YEAR_IN_DAYS)
    } else {
        (hours + (days * YEAR_IN_HOURS + YEAR_IN_DAYS - 1) / YEAR_IN_DAYS, YEAR_IN_HOURS)
    };
    if 2 * work >= year { 50_000 } else { (work * 50_000 + year - 1) / year }
}

#[test]
fn ten_thousand_people_go_from_a_file_to_their_statements() {
    let data = tempfile::tempdir().expect("a folder");
    // Ten employers of a thousand people. A short year keeps this test short: `cargo xtask bench` reads a whole one.
    let plan = Plan { seed: 11, employeurs: 10, salaries: 1_000, year: 2024, month: 2, ..Plan::default() };
    let file = generated(&plan);
    let all_expected: BTreeMap<(String, u16), (i64, i64)> = sums(&file);
    let dsn = write(data.path(), "paie.dsn", &file.bytes).display().to_string();
    let imported = succeeds(&mut acquis(data.path(), &["importer", "dsn", &dsn]), 3);
    let credited = succeeds(&mut acquis(data.path(), &["alimenter", "--annee", "2024"]), 0);
    let releves = succeeds(&mut acquis(data.path(), &["releves", "--au", "25/11/2025"]), 0);

    let url = sqlite_address(&data.path().join("acquis.db"));
    let by_digest = executor().block_on(rows(&url, "SELECT nir_empreinte, id FROM personnes"));
    let by_digest: BTreeMap<&str, &str> = by_digest.iter().filter_map(|ligne| ligne.split_once(" | ")).collect();
    let releves: BTreeMap<String, Value> = releves.lines().map(releve).collect();
    assert!(releves.len() > 9_000, "{}\n{imported}\n{credited}", releves.len());
    let (vault, mut compares, mut total) = (Vault::new(&[7; 32]), 0, 0);
    for ((nir, year), (hours, days)) in all_expected {
        let digest = vault.nir_digest(&nir);
        let releve = &releves[by_digest[digest.as_str()]];
        let year_as_text = year.to_string();
        let (mut sum, mut of_the_year) = (0, None);
        for ligne in releve["lignes"].as_array().expect("lines") {
            assert!(ligne["source"]["article"].is_string(), "{ligne}");
            sum += centimes(&ligne["montant"]);
            let facts = ligne["motif"].as_object().and_then(|motif| motif.values().next()).map(|m| &m["faits"]);
            of_the_year = of_the_year.or(facts.filter(|facts| facts["annee"] == *year_as_text));
        }
        assert_eq!(sum, centimes(&releve["solde"]), "{releve}");
        total += if year == 2024 { sum } else { 0 };
        // Absences that count as work are not in the sums of this test.
        let Some(facts) = of_the_year.filter(|facts| year == 2024 && facts["absences"].is_null()) else { continue };
        let majoration = if facts["majoration"].is_null() { 0 } else { centimes(&facts["majoration"]) };
        if releve["lignes"].as_array().is_some_and(|rows| rows.len() > 1) {
            continue;
        }
        assert_eq!(sum - majoration, credit(hours, days), "{hours} {days} {releve}");
        compares += 1;
    }
    assert!(compares > 7_000, "{compares}");
    let total = format!("{},{:02}€", total / 100, total % 100);
    assert!(credited.replace(['\u{202f}', '\u{a0}'], "").contains(&total), "{total}\n{credited}");
}

fn releve(ligne: &str) -> (String, Value) {
    let object: Value = serde_json::from_str(ligne).expect("JSON");
    (object["personne"].as_str().expect("an identifier").to_owned(), object["releve"].clone())
}

fn centimes(montant: &Value) -> i64 {
    montant.as_str().expect("an amount is a text").replace('.', "").parse().expect("an amount")
}

#[test]
fn one_statement_is_asked_for_by_a_number_that_never_stands_on_the_command_line() {
    let data = tempfile::tempdir().expect("a folder");
    succeeds(&mut acquis(data.path(), &["demo"]), 0);
    let ask = |arguments: &[&str], question: &str| {
        let mut command = acquis(data.path(), arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        child.stdin.take().expect("an input").write_all(question.as_bytes()).expect("a question");
        child.wait_with_output().expect("an answer")
    };
    let releve = ask(&["releve", "--au", "25/11/2026"], "2 79 03 51 215 189 89 28/03/1979\n");
    let table = said(&releve);
    assert_eq!(releve.status.code(), Some(0), "{table}");
    for expected in ["Relevé au 25/11/2026", "01/01/2019", "1\u{202f}810,00\u{a0}€", "R6323-1, I"] {
        assert!(table.contains(expected), "{expected}: {table}");
    }
    assert!(!table.split_whitespace().collect::<String>().contains("27903"), "{table}");
    let json = ask(&["releve", "--json", "--au=2019-01-01"], "279035121518989");
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["solde"], "810.00");
    for (arguments, question, expected) in [
        (&["releve"][..], "2790351215189 28/03/1980", "personne n'est connu"),
        (&["releve"][..], "279035121518988", "clé"),
        (&["releve"][..], "", "13 caractères"),
        (&["releve", "--au", "01/01/2999"][..], "2790351215189", "jour passé"),
        (&["releve", "2790351215189"][..], "", "entrée standard"),
    ] {
        let output = ask(arguments, question);
        assert_eq!(output.status.code(), Some(1), "{question}");
        let said = said(&output);
        assert!(said.contains(expected) && !said.contains("2790351"), "{question}: {said}");
    }
}
