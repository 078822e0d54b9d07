//! Ten thousand lives from one seed: their statements are the same natively and in a browser.

#[path = "support/lives.rs"]
mod support;

use std::io;

use domaine::bareme::Bareme;
use domaine::droits::{calculate, solde};
use domaine::mesures::{Day, Euros, HoursVariation};
use support::{corrected_life, life};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_browser);

const LIVES: u64 = 10_000;

/// FNV-1a, fed with what a statement is on the wire.
struct Digest(u64);

impl io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is expected changes with a rule, on purpose: then this number changes with it, in the same commit.
const EXPECTED: u64 = 0x5d68_dffd_8361_f59e;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ten_thousand_statements_are_the_same_natively_and_in_a_browser() {
    let mut digest = Digest(0xcbf2_9ce4_8422_2325);
    for seed in 0..LIVES {
        let year = 2016 + u16::try_from(seed % 20).expect("a year");
        let releve = calculate(&life(seed), Day::date(year, 11, 24), &Bareme::IN_FORCE);
        serde_json::to_writer(&mut digest, &releve).expect("writable");
    }
    assert_eq!(digest.0, EXPECTED, "the statements changed: 0x{:016x}", digest.0);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_balance_is_the_sum_of_its_lines_and_the_lean_one_is_the_same() {
    for seed in 0..LIVES / 4 {
        let situation = if seed % 4 == 0 { corrected_life(seed) } else { life(seed) };
        for year in [2017, 2019, 2024, 2032] {
            let day = Day::date(year, 7, 1);
            let releve = calculate(&situation, day, &Bareme::IN_FORCE);
            let sum: Euros = releve.lignes.iter().map(|ligne| ligne.montant).sum();
            let hours: HoursVariation = releve.lignes.iter().map(|ligne| ligne.hours).sum();
            assert_eq!((sum, hours), (releve.solde, releve.solde_hours), "life {seed} on {day}");
            assert!(releve.lignes.is_sorted_by_key(|ligne| ligne.date), "life {seed} on {day}");
            let soldes = solde(&situation, day, &Bareme::IN_FORCE);
            assert_eq!((soldes.total, soldes.hours), (releve.solde, releve.solde_hours), "life {seed} on {day}");
            assert_eq!((soldes.plafond, soldes.state), (releve.plafond, releve.state), "life {seed} on {day}");
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_second_implementation_gives_the_same_yearly_credits() {
    use std::fmt::Write as _;
    use std::process::{Command, Stdio};

    use domaine::droits::{Activite, Situation, Statut, Work};
    use support::{Random, salarie_life};

    /// One line: day, years, declarations; what the other implementation reads.
    fn write(text: &mut String, situation: &Situation, as_of: Day) {
        let an = |activite: &Activite| {
            let Work::Hours { worked, reference } = activite.work else { unreachable!("hours alone") };
            let reference = reference.map_or("-".into(), |reference| reference.to_string());
            let statut = if activite.statut == Statut::Esat { "esat" } else { "salarie" };
            format!("{}/{statut}/{worked}/{reference}", activite.year)
        };
        let end = |day: Option<Day>| day.map_or("-".into(), |day| day.to_string());
        let years: Vec<_> = situation.activites.iter().map(an).collect();
        let below: Vec<_> =
            situation.sous_niveau_3.iter().map(|d| format!("{}/{}", d.declared_on, end(d.end_declared_on))).collect();
        let told = situation.boeth.iter().map(|period| (period, None));
        let proven = situation.handicaps.iter().map(|one| (&one.period, Some(one.known_on)));
        let boeth: Vec<_> =
            told.chain(proven).map(|(p, known)| format!("{}/{}/{}", p.since, end(p.as_of), end(known))).collect();
        let birth = end(situation.naissance);
        let volunteered: Vec<_> = situation
            .engagements
            .iter()
            .map(|e| format!("{}/{}/{}", e.recorded_on, e.year, e.category.code()))
            .collect();
        let lists = [years, below, boeth].map(|list| list.join(",")).join(";");
        writeln!(text, "{as_of};{lists};{birth};{}", volunteered.join(",")).expect("a string");
    }

    let python = ["python3", "python"].into_iter().find(|python| {
        Command::new(python)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|end| end.success())
    });
    let Some(python) = python else {
        assert!(std::env::var_os("CI").is_none(), "no Python: the second implementation must run where CI is set");
        // Straight to the terminal: the test harness would keep what a macro prints to itself.
        let avis = b"\n*** NO PYTHON: the yearly credits were NOT compared with the second implementation ***\n\n";
        io::Write::write_all(&mut io::stderr(), avis).expect("a terminal");
        return;
    };
    let (mut questions, mut all_expected) = (String::new(), Vec::new());
    for seed in 0..LIVES {
        let situation = salarie_life(seed);
        let year = 2015 + u16::try_from(Random::new(seed ^ 0xacc).below(18)).expect("a year");
        let as_of = Day::date(year, if seed % 2 == 0 { 6 } else { 12 }, if seed % 3 == 0 { 29 } else { 30 });
        write(&mut questions, &situation, as_of);
        let soldes = solde(&situation, as_of, &Bareme::IN_FORCE);
        all_expected.push(format!("{} {}", soldes.total.centimes(), soldes.hours));
    }
    let dir = std::env::temp_dir().join(format!("acquis-vies-{}", std::process::id()));
    std::fs::write(&dir, &questions).expect("writable");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/independent/credit.py");
    let output = Command::new(python).arg(script).arg(&dir).output().expect("python starts");
    std::fs::remove_file(&dir).expect("removable");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = String::from_utf8(output.stdout).expect("text");
    let answers: Vec<&str> = output.lines().collect();
    assert_eq!(answers.len(), all_expected.len());
    for ((question, response), expected) in questions.lines().zip(answers).zip(&all_expected) {
        assert_eq!(response, expected, "{question}");
    }
}
