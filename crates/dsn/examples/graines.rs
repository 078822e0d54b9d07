//! Writes what a fuzzer starts from, all of it generated: `cargo run -p dsn --features generateur --example graines`
//! fills `crates/dsn/fuzz/corpus/lecture`, where `cargo +nightly fuzz run lecture` finds it.

use std::path::Path;

use dsn::generateur::{Plan, generer};

fn main() -> std::io::Result<()> {
    let dossier = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/lecture");
    std::fs::create_dir_all(&dossier)?;
    let exemple = dsn::exemple();
    let texte = String::from_utf8_lossy(&exemple);
    std::fs::write(dossier.join("exemple.dsn"), &exemple)?;
    // An absence of each list, a number that is waited for, a unit that is no time, and an end that is missing.
    let variantes = [
        ("arret", "40.014,'10'", "40.014,'10'\nS21.G00.60.001,'02'\nS21.G00.60.002,'31122025'\nS21.G00.65.001,'501'"),
        ("ntt", "S21.G00.30.001,'2790351215189'", "S21.G00.30.020,'2732829320AB12'"),
        ("cachet", "53.003,'10'", "53.003,'36'"),
        ("coupe", "S90.G00.90.001,'34'\nS90.G00.90.002,'1'\n", ""),
        ("utf8", "PAT-TROIS", "PAT-TRO\u{cf}S"),
        ("marque", "S10.G00.00.001", "\u{feff}S10.G00.00.001"),
    ];
    for (nom, avant, apres) in variantes {
        std::fs::write(dossier.join(format!("{nom}.dsn")), texte.replace(avant, apres))?;
    }
    for graine in 0..4 {
        let petit = Plan { graine, employeurs: 1, salaries: 2, mois: 1, ..Plan::default() };
        let plan = Plan { crlf: graine % 2 == 1, reseau: graine > 1, divisees_sur: 1, desordre: graine > 2, ..petit };
        std::fs::write(dossier.join(format!("genere-{graine}.dsn")), generer(&plan).octets)?;
    }
    Ok(())
}
