//! What a keystroke costs in the page: from the `input` event to the DOM, in a real browser, on the real forms.
//!
//! A measure, not a test: `cargo xtask bench keystroke` prints it beside its budget. The clock of a browser counts in
//! tenths of a millisecond, so the median may be read as 0.

use journeys::{Browser, Page, Server};
use serde_json::{Value, json};

/// How many times each text is typed.
const ROUNDS: u32 = 40;
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
const YEARS: u64 = 2060 - 2015 + 1;

#[expect(clippy::print_stdout, reason = "a measure is made to be read")]
fn main() -> Result<(), String> {
    let server = Server::start();
    let page = Browser::open().page(&server);
    println!(
        "{:<26} {:>5} {:>32} {:>32}",
        "a keystroke, in ms", "times", "in the DOM (median, p95, worst)", "and laid out"
    );
    page.go("/inscription");
    println!("/inscription, one after the other, budget 0.5 at p95");
    measure(&page, &INSCRIPTION, false)?;
    println!("/inscription, one in a frame");
    measure(&page, &INSCRIPTION, true)?;
    println!("/simuler, {YEARS} years, one in a frame, budget 16");
    suppose_a_long_life(&page)?;
    measure(&page, &SIMULATION, true)?;
    println!("/simuler, the processor slowed 4 times");
    page.slow_down(4);
    measure(&page, &SIMULATION, true)
}

fn suppose_a_long_life(page: &Page) -> Result<(), String> {
    page.go("/simuler");
    page.field("Depuis quelle année travaillez-vous ?").fill("2015");
    page.field("Heures de DIF à déclarer").fill("87");
    page.field("Regarder jusqu’à la fin de").fill("2060");
    page.says("Au 31 décembre 2060");
    let lines = page.script("return document.querySelectorAll('.ledger__line').length", json!([]));
    if lines.as_u64().is_some_and(|lines| lines >= YEARS) { Ok(()) } else { Err(format!("{lines} lines only")) }
}

#[expect(clippy::print_stdout, reason = "a measure is made to be read")]
fn measure(page: &Page, fields: &[(&str, &str)], unhurried: bool) -> Result<(), String> {
    for (field, text) in fields {
        let durations = page.script_later(include_str!("keystroke.js"), json!([field, text, ROUNDS, unhurried]));
        let (Some(document), Some(layout)) = (durations[0].as_array(), durations[1].as_array()) else {
            return Err(format!("#{field}: {durations}"));
        };
        let (times, document, layout) = (document.len(), summarize(document), summarize(layout));
        println!("{field:<26} {times:>5} {document:>32} {layout:>32}");
    }
    Ok(())
}

/// The median, the 95th percentile and the worst, in milliseconds.
fn summarize(durations: &[Value]) -> String {
    let mut microseconds: Vec<u64> = durations.iter().filter_map(to_microseconds).collect();
    microseconds.sort_unstable();
    let index = |percent: usize| microseconds.get(microseconds.len() * percent / 100).or(microseconds.last());
    let read = |duration: Option<&u64>| {
        duration.map_or_else(|| "-".into(), |us| format!("{}.{}", us / 1_000, us % 1_000 / 100))
    };
    [index(50), index(95), microseconds.last()].map(|duration| format!("{:>7}", read(duration))).concat()
}

/// A number of milliseconds as JSON writes it, in whole microseconds.
fn to_microseconds(duration: &Value) -> Option<u64> {
    let text = duration.to_string();
    let (milliseconds, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals: String = decimals.chars().chain("000".chars()).take(3).collect();
    Some(milliseconds.parse::<u64>().ok()? * 1000 + decimals.parse::<u64>().ok()?)
}
