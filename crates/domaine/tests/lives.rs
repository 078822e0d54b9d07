//! Ten thousand lives from one seed: their statements are the same natively and in a browser.

#[path = "support/lives.rs"]
mod support;

use std::io;

use domaine::bareme::Bareme;
use domaine::droits::{calculer, solde};
use domaine::mesures::{Euros, Jour, VariationHeures};
use support::{vie, vie_corrigee};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_browser);

const VIES: u64 = 10_000;

/// FNV-1a, fed with what a statement is on the wire.
struct Empreinte(u64);

impl io::Write for Empreinte {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        for octet in octets {
            self.0 = (self.0 ^ u64::from(*octet)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is expected changes with a rule, on purpose: then this number changes with it, in the same commit.
const ATTENDUE: u64 = 0xe008_906d_b650_ba3f;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ten_thousand_statements_are_the_same_natively_and_in_a_browser() {
    let mut empreinte = Empreinte(0xcbf2_9ce4_8422_2325);
    for graine in 0..VIES {
        let annee = 2016 + u16::try_from(graine % 20).expect("a year");
        let releve = calculer(&vie(graine), Jour::date(annee, 11, 24), &Bareme::EN_VIGUEUR);
        serde_json::to_writer(&mut empreinte, &releve).expect("writable");
    }
    assert_eq!(empreinte.0, ATTENDUE, "the statements changed: 0x{:016x}", empreinte.0);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_balance_is_the_sum_of_its_lines_and_the_lean_one_is_the_same() {
    for graine in 0..VIES / 4 {
        let situation = if graine % 4 == 0 { vie_corrigee(graine) } else { vie(graine) };
        for annee in [2017, 2019, 2024, 2032] {
            let jour = Jour::date(annee, 7, 1);
            let releve = calculer(&situation, jour, &Bareme::EN_VIGUEUR);
            let somme: Euros = releve.lignes.iter().map(|ligne| ligne.montant).sum();
            let heures: VariationHeures = releve.lignes.iter().map(|ligne| ligne.heures).sum();
            assert_eq!((somme, heures), (releve.solde, releve.solde_heures), "life {graine} on {jour}");
            assert!(releve.lignes.is_sorted_by_key(|ligne| ligne.date), "life {graine} on {jour}");
            let soldes = solde(&situation, jour, &Bareme::EN_VIGUEUR);
            assert_eq!((soldes.total, soldes.heures), (releve.solde, releve.solde_heures), "life {graine} on {jour}");
            assert_eq!((soldes.plafond, soldes.etat), (releve.plafond, releve.etat), "life {graine} on {jour}");
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_second_implementation_gives_the_same_yearly_credits() {
    use std::fmt::Write as _;
    use std::process::{Command, Stdio};

    use domaine::droits::{Activite, Situation, Statut, Travail};
    use support::{Hasard, vie_de_salarie};

    /// One line: day, years, declarations; what the other implementation reads.
    fn ecrire(texte: &mut String, situation: &Situation, au: Jour) {
        let an = |activite: &Activite| {
            let Travail::Heures { faites, reference } = activite.travail else { unreachable!("hours alone") };
            let reference = reference.map_or("-".into(), |reference| reference.to_string());
            let statut = if activite.statut == Statut::Esat { "esat" } else { "salarie" };
            format!("{}/{statut}/{faites}/{reference}", activite.annee)
        };
        let fin = |jour: Option<Jour>| jour.map_or("-".into(), |jour| jour.to_string());
        let annees: Vec<_> = situation.activites.iter().map(an).collect();
        let sous: Vec<_> =
            situation.sous_niveau_3.iter().map(|d| format!("{}/{}", d.declaree_le, fin(d.fin_declaree_le))).collect();
        let boeth: Vec<_> = situation.boeth.iter().map(|p| format!("{}/{}", p.du, fin(p.au))).collect();
        writeln!(texte, "{au};{};{};{}", annees.join(","), sous.join(","), boeth.join(",")).expect("a string");
    }

    let python = ["python3", "python"].into_iter().find(|python| {
        Command::new(python)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|fin| fin.success())
    });
    let Some(python) = python else {
        assert!(std::env::var_os("CI").is_none(), "no Python: the second implementation must run where CI is set");
        // Straight to the terminal: the test harness would keep what a macro prints to itself.
        let avis = b"\n*** NO PYTHON: the yearly credits were NOT compared with the second implementation ***\n\n";
        io::Write::write_all(&mut io::stderr(), avis).expect("a terminal");
        return;
    };
    let (mut questions, mut attendus) = (String::new(), Vec::new());
    for graine in 0..VIES {
        let situation = vie_de_salarie(graine);
        let annee = 2015 + u16::try_from(Hasard::new(graine ^ 0xacc).sous(18)).expect("a year");
        let au = Jour::date(annee, if graine % 2 == 0 { 6 } else { 12 }, if graine % 3 == 0 { 29 } else { 30 });
        ecrire(&mut questions, &situation, au);
        let soldes = solde(&situation, au, &Bareme::EN_VIGUEUR);
        attendus.push(format!("{} {}", soldes.total.centimes(), soldes.heures));
    }
    let dossier = std::env::temp_dir().join(format!("acquis-vies-{}", std::process::id()));
    std::fs::write(&dossier, &questions).expect("writable");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/independent/credit.py");
    let sortie = Command::new(python).arg(script).arg(&dossier).output().expect("python starts");
    std::fs::remove_file(&dossier).expect("removable");
    assert!(sortie.status.success(), "{}", String::from_utf8_lossy(&sortie.stderr));
    let sortie = String::from_utf8(sortie.stdout).expect("text");
    let reponses: Vec<&str> = sortie.lines().collect();
    assert_eq!(reponses.len(), attendus.len());
    for ((question, reponse), attendu) in questions.lines().zip(reponses).zip(&attendus) {
        assert_eq!(reponse, attendu, "{question}");
    }
}
