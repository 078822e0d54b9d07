//! What a keystroke costs in the page: from the `input` event to the DOM, in a real browser, on the real forms.
//!
//! A measure, not a test: `cargo xtask bench keystroke` prints it beside its budget. The clock of a browser counts in
//! tenths of a millisecond, so the median may be read as 0.

use parcours::{Navigateur, Page, Serveur};
use serde_json::{Value, json};

/// How many times each text is typed.
const TOURS: u32 = 40;
/// Fields whose text is judged at every keystroke, and that text.
const INSCRIPTION: [(&str, &str); 4] = [
    ("nom-naissance", "Pat-Trois de l’Épée"),
    ("nir", "2790351215189"),
    ("courriel", "dominique@exemple.fr"),
    ("mot-de-passe", "quatre chevaux verts"),
];
/// Fields at each of whose keystrokes a life is computed, explained and drawn again.
const SIMULATION: [(&str, &str); 4] =
    [("heures-par-an", "1607"), ("depuis", "2015"), ("dif", "87"), ("jusqu-a", "2060")];
/// The years of work of that life, a line each.
const ANNEES: u64 = 2060 - 2015 + 1;

#[expect(clippy::print_stdout, reason = "a measure is made to be read")]
fn main() -> Result<(), String> {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    println!(
        "{:<26} {:>5} {:>32} {:>32}",
        "a keystroke, in ms", "times", "in the DOM (median, p95, worst)", "and laid out"
    );
    page.aller("/inscription");
    println!("/inscription, one after the other, budget 0.5 at p95");
    mesurer(&page, &INSCRIPTION, false)?;
    println!("/inscription, one in a frame");
    mesurer(&page, &INSCRIPTION, true)?;
    println!("/simuler, {ANNEES} years, one in a frame, budget 16");
    supposer_une_longue_vie(&page)?;
    mesurer(&page, &SIMULATION, true)?;
    println!("/simuler, the processor slowed 4 times");
    page.ralentir(4);
    mesurer(&page, &SIMULATION, true)
}

fn supposer_une_longue_vie(page: &Page) -> Result<(), String> {
    page.aller("/simuler");
    page.champ("Depuis quelle année travaillez-vous ?").remplir("2015");
    page.champ("Heures de DIF à déclarer").remplir("87");
    page.champ("Regarder jusqu’à la fin de").remplir("2060");
    page.texte("Au 31 décembre 2060");
    let lignes = page.script("return document.querySelectorAll('.ledger__line').length", json!([]));
    if lignes.as_u64().is_some_and(|lignes| lignes >= ANNEES) { Ok(()) } else { Err(format!("{lignes} lines only")) }
}

#[expect(clippy::print_stdout, reason = "a measure is made to be read")]
fn mesurer(page: &Page, champs: &[(&str, &str)], posement: bool) -> Result<(), String> {
    for (champ, texte) in champs {
        let durees = page.script_patient(include_str!("frappe.js"), json!([champ, texte, TOURS, posement]));
        let (Some(document), Some(mise_en_page)) = (durees[0].as_array(), durees[1].as_array()) else {
            return Err(format!("#{champ}: {durees}"));
        };
        let (fois, document, mise_en_page) = (document.len(), resumer(document), resumer(mise_en_page));
        println!("{champ:<26} {fois:>5} {document:>32} {mise_en_page:>32}");
    }
    Ok(())
}

/// The median, the 95th percentile and the worst, in milliseconds.
fn resumer(durees: &[Value]) -> String {
    let mut microsecondes: Vec<u64> = durees.iter().filter_map(en_microsecondes).collect();
    microsecondes.sort_unstable();
    let rang = |centieme: usize| microsecondes.get(microsecondes.len() * centieme / 100).or(microsecondes.last());
    let lire =
        |duree: Option<&u64>| duree.map_or_else(|| "-".into(), |us| format!("{}.{}", us / 1_000, us % 1_000 / 100));
    [rang(50), rang(95), microsecondes.last()].map(|duree| format!("{:>7}", lire(duree))).concat()
}

/// A number of milliseconds as JSON writes it, in whole microseconds.
fn en_microsecondes(duree: &Value) -> Option<u64> {
    let texte = duree.to_string();
    let (millisecondes, decimales) = texte.split_once('.').unwrap_or((&texte, ""));
    let decimales: String = decimales.chars().chain("000".chars()).take(3).collect();
    Some(millisecondes.parse::<u64>().ok()? * 1000 + decimales.parse::<u64>().ok()?)
}
