//! Writes what a fuzzer starts from, all of it generated: `cargo run -p dsn --features generateur --example seeds`
//! fills `crates/dsn/fuzz/corpus/reader`, where `cargo +nightly fuzz run reader` finds it.

use std::path::Path;

use dsn::generator::{Plan, generate};

fn main() -> std::io::Result<()> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/reader");
    std::fs::create_dir_all(&dir)?;
    let example = dsn::example();
    let text = String::from_utf8_lossy(&example);
    std::fs::write(dir.join("exemple.dsn"), &example)?;
    // An absence of each list, a number that is waited for, a unit that is no time, and an end that is missing.
    let variants = [
        ("arret", "40.014,'10'", "40.014,'10'\nS21.G00.60.001,'02'\nS21.G00.60.002,'31122025'\nS21.G00.65.001,'501'"),
        ("ntt", "S21.G00.30.001,'2790351215189'", "S21.G00.30.020,'2732829320AB12'"),
        ("cachet", "53.003,'10'", "53.003,'36'"),
        ("coupe", "S90.G00.90.001,'34'\nS90.G00.90.002,'1'\n", ""),
        ("utf8", "PAT-TROIS", "PAT-TRO\u{cf}S"),
        ("marque", "S10.G00.00.001", "\u{feff}S10.G00.00.001"),
    ];
    for (nom, before, after) in variants {
        std::fs::write(dir.join(format!("{nom}.dsn")), text.replace(before, after))?;
    }
    for seed in 0..4 {
        let small = Plan { seed, employeurs: 1, salaries: 2, month: 1, ..Plan::default() };
        let plan = Plan { crlf: seed % 2 == 1, network: seed > 1, divided_out_of: 1, disorder: seed > 2, ..small };
        std::fs::write(dir.join(format!("genere-{seed}.dsn")), generate(&plan).bytes)?;
    }
    Ok(())
}
