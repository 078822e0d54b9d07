//! Writes a year of monthly declarations of fictional people on the standard output:
//! `cargo run --release -p dsn --features generateur --example generate -- 10 1000 2024 > paie.dsn`
//! makes ten employers of a thousand people each.

use std::io::Write as _;

use dsn::generator::{Plan, generate};

fn main() -> std::io::Result<()> {
    let mut counts = std::env::args().skip(1).map(|argument| argument.parse::<u16>().unwrap_or(1));
    let mut read_next = |default| counts.next().unwrap_or(default);
    let (employeurs, salaries, year) = (read_next(10), read_next(1_000), read_next(2024));
    let file = generate(&Plan { employeurs, salaries, year, month: 12, ..Plan::default() });
    std::io::stdout().write_all(&file.bytes)
}
