//! Writes a year of monthly declarations of fictional people on the standard output:
//! `cargo run --release -p dsn --features generateur --example generer -- 10 1000 2024 > paie.dsn`
//! makes ten employers of a thousand people each.

use std::io::Write as _;

use dsn::generateur::{Plan, generer};

fn main() -> std::io::Result<()> {
    let mut nombres = std::env::args().skip(1).map(|argument| argument.parse::<u16>().unwrap_or(1));
    let mut suivant = |defaut| nombres.next().unwrap_or(defaut);
    let (employeurs, salaries, annee) = (suivant(10), suivant(1_000), suivant(2024));
    let fichier = generer(&Plan { employeurs, salaries, annee, mois: 12, ..Plan::default() });
    std::io::stdout().write_all(&fichier.octets)
}
