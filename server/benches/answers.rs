//! How long the door takes to answer, whatever is known: an e-mail, a NIR, both or neither. What must hold is a test
//! (`tests/http/inscriptions.rs`: the same bytes, the same statements); here are the times.

use std::io::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testbed::{Application, Method, camille, dominique, maelle, renaud, trial_with, with};

/// Requests of each case, one case after another, so that what slows the machine slows them all.
const ROUNDS: u32 = 200;

fn main() {
    trial_with(|settings| settings.attempts_by_address = i64::MAX, measure);
}

async fn measure(application: Application) {
    application.dominique().await;
    application.recorded(maelle()).await;
    let free = |body: Value, rank: u32| with(body, "courriel", format!("p{rank:06}@exemple.fr"));
    let recover = |courriel: String| json!({ "courriel": courriel });
    type Body<'a> = Box<dyn Fn(u32) -> Value + 'a>;
    let cases: [(&str, &str, Body<'_>); 7] = [
        ("nothing is known", "/api/inscription", Box::new(|rank| free(camille(), rank))),
        (
            "the e-mail has an account",
            "/api/inscription",
            Box::new(|_| with(camille(), "courriel", "dominique@exemple.fr")),
        ),
        ("the person has an account", "/api/inscription", Box::new(|rank| free(dominique(), rank))),
        ("employers know the person", "/api/inscription", Box::new(|rank| free(renaud(), rank))),
        (
            "under another name",
            "/api/inscription",
            Box::new(|rank| free(with(renaud(), "nom_naissance", "Durand"), rank)),
        ),
        ("way back: an account", "/api/recuperation", Box::new(|_| recover("dominique@exemple.fr".to_owned()))),
        ("way back: none", "/api/recuperation", Box::new(|rank| recover(format!("p{rank:015}@exemple.fr")))),
    ];
    let mut times: Vec<Vec<Duration>> = cases.iter().map(|_| Vec::new()).collect();
    for rank in 0..ROUNDS {
        for (place, (_, path, body)) in cases.iter().enumerate() {
            let mut browser = application.anonyme();
            browser.key = format!("round-{rank:08}-{place:04}");
            let (body, start) = (body(rank), Instant::now());
            let answer = browser.json(Method::POST, path, &body).await;
            times[place].push(start.elapsed());
            assert_eq!(answer.statut, 202, "{}", answer.text());
        }
    }
    let mut output = std::io::stdout();
    let _ =
        writeln!(output, "{:<30}{:>12}{:>12}", application.url.split(':').next().unwrap_or_default(), "median", "95 %");
    for ((what, ..), mut times) in cases.iter().zip(times) {
        times.sort_unstable();
        let at = |hundredth: usize| times.get(times.len() * hundredth / 100).copied().unwrap_or_default();
        let _ = writeln!(output, "{what:<30}{:>9} µs{:>9} µs", at(50).as_micros(), at(95).as_micros());
    }
}
