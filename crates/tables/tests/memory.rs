//! Reading a CSV file holds as much memory for a long one, and for a line without end. A program of its own: the peak
//! is that of the whole process.
#![cfg(target_os = "linux")]

use std::io::Read;

use domaine::mesures::Jour;
use tables::{Activites, Lecture};

const ENTETE: &[u8] = b"nir;nom_naissance;prenoms;date_naissance;annee;heures\n";
const LIGNE: &[u8] = b"1800175999029;Nouvel;Camille;12/01/1980;2024;803,5\n";

/// The most memory that the process has held, in kilobytes.
fn pic() -> Option<u64> {
    let etat = std::fs::read_to_string("/proc/self/status").ok()?;
    etat.lines().find_map(|ligne| ligne.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

/// How many lines were understood, and how many told.
fn lire(suite: impl Read) -> (u64, u64) {
    let lecture = Lecture::<Activites, _>::ouvrir(ENTETE.chain(suite), Jour::date(2026, 11, 24)).expect("no fault");
    let mut lecture = lecture.unwrap_or_else(|pourquoi| panic!("{pourquoi}"));
    let (mut comprises, mut dites) = (0, 0);
    while let Some((_, lue)) = lecture.suivante().expect("no fault") {
        *if lue.is_ok() { &mut comprises } else { &mut dites } += 1;
    }
    (comprises, dites)
}

#[test]
fn the_memory_of_a_reading_does_not_grow_with_the_file_nor_with_a_line() {
    let longue = |octets: u64| std::io::repeat(b'"').take(octets).chain(b"\n".as_slice());
    let lignes = |fois| LIGNE.repeat(fois);
    assert_eq!(lire(longue(1 << 17).chain(lignes(2).as_slice())), (2, 1));
    let nombreuses = lignes(100_000);
    let avant = pic().expect("Linux tells");
    assert_eq!(lire(longue(1 << 27).chain(nombreuses.as_slice())), (100_000, 1));
    let apres = pic().expect("Linux tells");
    assert!(apres - avant < 2_048, "{avant} kB, then {apres} kB");
}
