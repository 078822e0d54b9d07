//! Reading a CSV file holds as much memory for a long one, and for a line without end. A program of its own: the peak
//! is that of the whole process.
#![cfg(target_os = "linux")]

use std::io::Read;

use domaine::mesures::Day;
use tables::{Activites, TableReader, check};

const HEADER: &[u8] = b"nir;nom_naissance;prenoms;date_naissance;annee;heures\n";
const LIGNE: &[u8] = b"1800175999029;Nouvel;Camille;12/01/1980;2024;803,5\n";

/// The most memory that the process has held, in kilobytes.
fn peak() -> Option<u64> {
    let state = std::fs::read_to_string("/proc/self/status").ok()?;
    state.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

/// How many lines were understood, and how many told; nothing when the file is refused.
fn read<R: Read>(tail: impl Fn() -> R) -> Option<(u64, u64)> {
    let open = || Ok::<_, std::io::Error>(HEADER.chain(tail()));
    let encoding = check::<Activites, _>(open).ok()?;
    let mut reader = TableReader::<Activites, _>::open(open().ok()?, encoding, Day::date(2026, 11, 24)).ok()?;
    let (mut understood, mut told) = (0, 0);
    while let Some((_, read)) = reader.read_next().expect("it was checked") {
        *if read.is_ok() { &mut understood } else { &mut told } += 1;
    }
    Some((understood, told))
}

#[test]
fn the_memory_of_a_reading_does_not_grow_with_the_file_nor_with_a_line() {
    let long = |byte: u8, bytes: u64| std::io::repeat(byte).take(bytes).chain(b"\n".as_slice());
    let lines = |times| LIGNE.repeat(times);
    let (two, many) = (lines(2), lines(100_000));
    assert_eq!(read(|| long(b' ', 1 << 15).chain(two.as_slice())), Some((2, 0)));
    let before = peak().expect("Linux tells");
    assert_eq!(read(|| many.as_slice()), Some((100_000, 0)));
    for byte in [b'"', b' ', b'\0', 0xe9] {
        assert_eq!(read(|| long(byte, 1 << 22).chain(many.as_slice())), None);
    }
    let after = peak().expect("Linux tells");
    assert!(after - before < 2_048, "{before} kB, then {after} kB");
}
