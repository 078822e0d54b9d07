//! Reading a CSV file holds as much memory for a long one, and for a line without end. A program of its own: the peak
//! is that of the whole process.
#![cfg(target_os = "linux")]

use std::io::Read;

use domaine::mesures::Day;
use tables::{Activites, TableReader};

const HEADER: &[u8] = b"nir;nom_naissance;prenoms;date_naissance;annee;heures\n";
const LIGNE: &[u8] = b"1800175999029;Nouvel;Camille;12/01/1980;2024;803,5\n";

/// The most memory that the process has held, in kilobytes.
fn peak() -> Option<u64> {
    let state = std::fs::read_to_string("/proc/self/status").ok()?;
    state.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

/// How many lines were understood, and how many told.
fn read(tail: impl Read) -> (u64, u64) {
    let reader = TableReader::<Activites, _>::open(HEADER.chain(tail), Day::date(2026, 11, 24)).expect("no fault");
    let mut reader = reader.unwrap_or_else(|why| panic!("{why}"));
    let (mut understood, mut said_ones) = (0, 0);
    while let Some((_, read)) = reader.read_next().expect("no fault") {
        *if read.is_ok() { &mut understood } else { &mut said_ones } += 1;
    }
    (understood, said_ones)
}

#[test]
fn the_memory_of_a_reading_does_not_grow_with_the_file_nor_with_a_line() {
    let long = |bytes: u64| std::io::repeat(b'"').take(bytes).chain(b"\n".as_slice());
    let lines = |times| LIGNE.repeat(times);
    assert_eq!(read(long(1 << 17).chain(lines(2).as_slice())), (2, 1));
    let many = lines(100_000);
    let before = peak().expect("Linux tells");
    assert_eq!(read(long(1 << 27).chain(many.as_slice())), (100_000, 1));
    let after = peak().expect("Linux tells");
    assert!(after - before < 2_048, "{before} kB, then {after} kB");
}
