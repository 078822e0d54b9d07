//! Ten thousand people, from the file of their employers to their statements, with the command line alone.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Stdio;

use dsn::generateur::Plan;
use serde_json::Value;
use store::adresse_sqlite;
use testbed::{dit, ecrire, genere, lignes, sommes};
use vault::Coffre;

use crate::program::acquis;
use crate::resumes::{executeur, reussit};

/// Hundredths of a full year, legal or of a *forfait-jours*.
const ANNEE_EN_HEURES: i64 = 160_700;
const ANNEE_EN_JOURS: i64 = 21_800;

/// What a year gives in cents, without looking at the program: half of a full year is enough for 500 €, less is in
/// proportion, up to the next cent (R6323-1).
fn credit(heures: i64, jours: i64) -> i64 {
    // Both units in one year are brought to that of the longer, up to the next hundredth.
    let (travail, annee) = if jours * ANNEE_EN_HEURES > heures * ANNEE_EN_JOURS {
        (jours + (heures * ANNEE_EN_JOURS + ANNEE_EN_HEURES - 1) / ANNEE_EN_HEURES, ANNEE_EN_JOURS)
    } else {
        (heures + (jours * ANNEE_EN_HEURES + ANNEE_EN_JOURS - 1) / ANNEE_EN_JOURS, ANNEE_EN_HEURES)
    };
    if 2 * travail >= annee { 50_000 } else { (travail * 50_000 + annee - 1) / annee }
}

#[test]
fn ten_thousand_people_go_from_a_file_to_their_statements() {
    let donnees = tempfile::tempdir().expect("a folder");
    // Ten employers of a thousand people. A short year keeps this test short: `cargo xtask bench` reads a whole one.
    let plan = Plan { graine: 11, employeurs: 10, salaries: 1_000, annee: 2024, mois: 2, ..Plan::default() };
    let fichier = genere(&plan);
    let attendues: BTreeMap<(String, u16), (i64, i64)> = sommes(&fichier);
    let dsn = ecrire(donnees.path(), "paie.dsn", &fichier.octets).display().to_string();
    let importe = reussit(&mut acquis(donnees.path(), &["importer", "dsn", &dsn]), 3);
    let credite = reussit(&mut acquis(donnees.path(), &["alimenter", "--annee", "2024"]), 0);
    let releves = reussit(&mut acquis(donnees.path(), &["releves", "--au", "25/11/2025"]), 0);

    let url = adresse_sqlite(&donnees.path().join("acquis.db"));
    let par_empreinte = executeur().block_on(lignes(&url, "SELECT nir_empreinte, id FROM personnes"));
    let par_empreinte: BTreeMap<&str, &str> =
        par_empreinte.iter().filter_map(|ligne| ligne.split_once(" | ")).collect();
    let releves: BTreeMap<String, Value> = releves.lines().map(releve).collect();
    assert!(releves.len() > 9_000, "{}\n{importe}\n{credite}", releves.len());
    let (coffre, mut compares, mut total) = (Coffre::new(&[7; 32]), 0, 0);
    for ((nir, annee), (heures, jours)) in attendues {
        let empreinte = coffre.empreinte_nir(&nir);
        let releve = &releves[par_empreinte[empreinte.as_str()]];
        let annee_en_texte = annee.to_string();
        let (mut somme, mut de_l_annee) = (0, None);
        for ligne in releve["lignes"].as_array().expect("lines") {
            assert!(ligne["source"]["article"].is_string(), "{ligne}");
            somme += centimes(&ligne["montant"]);
            let faits = ligne["motif"].as_object().and_then(|motif| motif.values().next()).map(|m| &m["faits"]);
            de_l_annee = de_l_annee.or(faits.filter(|faits| faits["annee"] == *annee_en_texte));
        }
        assert_eq!(somme, centimes(&releve["solde"]), "{releve}");
        total += if annee == 2024 { somme } else { 0 };
        // Absences that count as work are not in the sums of this test.
        let Some(faits) = de_l_annee.filter(|faits| annee == 2024 && faits["absences"].is_null()) else { continue };
        let majoration = if faits["majoration"].is_null() { 0 } else { centimes(&faits["majoration"]) };
        if releve["lignes"].as_array().is_some_and(|lignes| lignes.len() > 1) {
            continue;
        }
        assert_eq!(somme - majoration, credit(heures, jours), "{heures} {jours} {releve}");
        compares += 1;
    }
    assert!(compares > 7_000, "{compares}");
    let total = format!("{},{:02}€", total / 100, total % 100);
    assert!(credite.replace(['\u{202f}', '\u{a0}'], "").contains(&total), "{total}\n{credite}");
}

fn releve(ligne: &str) -> (String, Value) {
    let objet: Value = serde_json::from_str(ligne).expect("JSON");
    (objet["personne"].as_str().expect("an identifier").to_owned(), objet["releve"].clone())
}

fn centimes(montant: &Value) -> i64 {
    montant.as_str().expect("an amount is a text").replace('.', "").parse().expect("an amount")
}

#[test]
fn one_statement_is_asked_for_by_a_number_that_never_stands_on_the_command_line() {
    let donnees = tempfile::tempdir().expect("a folder");
    reussit(&mut acquis(donnees.path(), &["demo"]), 0);
    let demander = |arguments: &[&str], question: &str| {
        let mut commande = acquis(donnees.path(), arguments);
        let commande = commande.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut enfant = commande.spawn().expect("the program starts");
        enfant.stdin.take().expect("an input").write_all(question.as_bytes()).expect("a question");
        enfant.wait_with_output().expect("an answer")
    };
    let releve = demander(&["releve", "--au", "25/11/2026"], "2 79 03 51 215 189 89 28/03/1979\n");
    let table = dit(&releve);
    assert_eq!(releve.status.code(), Some(0), "{table}");
    for attendu in ["Relevé au 25/11/2026", "01/01/2019", "1\u{202f}810,00\u{a0}€", "R6323-1, I"] {
        assert!(table.contains(attendu), "{attendu}: {table}");
    }
    assert!(!table.split_whitespace().collect::<String>().contains("27903"), "{table}");
    let json = demander(&["releve", "--json", "--au=2019-01-01"], "279035121518989");
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["solde"], "810.00");
    for (arguments, question, attendu) in [
        (&["releve"][..], "2790351215189 28/03/1980", "personne n'est connu"),
        (&["releve"][..], "279035121518988", "clé"),
        (&["releve"][..], "", "13 caractères"),
        (&["releve", "--au", "01/01/2999"][..], "2790351215189", "jour passé"),
        (&["releve", "2790351215189"][..], "", "entrée standard"),
    ] {
        let sortie = demander(arguments, question);
        assert_eq!(sortie.status.code(), Some(1), "{question}");
        let dit = dit(&sortie);
        assert!(dit.contains(attendu) && !dit.contains("2790351"), "{question}: {dit}");
    }
}
