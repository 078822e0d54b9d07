//! What a keystroke costs in the page: from the `input` event to the DOM, in a real browser, on the real form.
//!
//! A measure, not a test: `cargo xtask bench` prints it beside its budget. The clock of a browser counts in tenths of
//! a millisecond, so the median may be read as 0.

use parcours::{Navigateur, Serveur};
use serde_json::json;

const BUDGET: &str = "0.5 ms at the 95th percentile";
const TOURS: u32 = 40;
/// A field whose text is judged at every keystroke, and that text.
const CHAMPS: [(&str, &str); 4] = [
    ("nom-naissance", "Pat-Trois de l’Épée"),
    ("nir", "2790351215189"),
    ("courriel", "dominique@exemple.fr"),
    ("mot-de-passe", "quatre chevaux verts"),
];

#[expect(clippy::print_stdout, reason = "a measure is made to be read")]
fn main() -> Result<(), String> {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    println!("{:<16} {:>6} {:>8} {:>8} {:>8}   budget: {BUDGET}", "a keystroke in", "times", "median", "p95", "worst");
    for (champ, texte) in CHAMPS {
        let durees = page.script_patient(include_str!("frappe.js"), json!([champ, texte, TOURS]));
        let durees = durees.as_array().ok_or_else(|| format!("#{champ}: {durees}"))?;
        let mut microsecondes: Vec<u64> = durees.iter().filter_map(en_microsecondes).collect();
        microsecondes.sort_unstable();
        let rang = |centieme: usize| microsecondes.get(microsecondes.len() * centieme / 100).or(microsecondes.last());
        let lire = |rang: Option<&u64>| rang.map_or_else(|| "-".to_owned(), |duree| format!("{} µs", duree));
        let (mediane, p95, pire) = (lire(rang(50)), lire(rang(95)), lire(microsecondes.last()));
        println!("{champ:<16} {:>6} {mediane:>8} {p95:>8} {pire:>8}", microsecondes.len());
    }
    Ok(())
}

/// A number of milliseconds as JSON writes it, in whole microseconds.
fn en_microsecondes(duree: &serde_json::Value) -> Option<u64> {
    let texte = duree.to_string();
    let (millisecondes, decimales) = texte.split_once('.').unwrap_or((&texte, ""));
    let decimales: String = decimales.chars().chain("000".chars()).take(3).collect();
    Some(millisecondes.parse::<u64>().ok()? * 1000 + decimales.parse::<u64>().ok()?)
}
