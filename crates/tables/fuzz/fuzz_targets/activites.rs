//! Any bytes, as a file of years of work: never a panic, lines in order and each told once, and the pieces in which
//! bytes come change nothing. `cargo +nightly fuzz run activites` in `crates/tables`.
#![no_main]

use std::io::{self, Read};

use domaine::mesures::Day;
use libfuzzer_sys::fuzz_target;
use tables::{Activites, TableReader, check};

const TODAY: Day = Day::date(2026, 11, 24);
/// Bytes alone would take long to find a header: what follows this one is understood line by line.
const HEADER: &[u8] = b"nir;nom_naissance;prenoms;date_naissance;annee;heures;jours;paie;smic_horaire;statut;absences\n";

/// Bytes that come seven at a time.
struct InSevens<R>(R);

impl<R: Read> Read for InSevens<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = buffer.len().min(7);
        self.0.read(&mut buffer[..size])
    }
}

/// What each line says, in words; nothing when this is no such file.
fn read<R: Read>(open: impl Fn() -> R) -> Option<Vec<(u64, String)>> {
    let encoding = check::<Activites, R>(|| Ok(open())).ok()?;
    let mut reader = TableReader::<Activites, R>::open(open(), encoding, TODAY).expect("the file that was checked");
    let mut readings = Vec::new();
    while let Some((number, read)) = reader.read_next().expect("a file whose form is right") {
        let said = match read {
            Ok((person, said)) => format!("{} {} {:?}", person.nir.as_str(), said.origin, said.activite),
            Err(why) => why,
        };
        readings.push((number, said));
    }
    Some(readings)
}

fuzz_target!(|bytes: &[u8]| {
    for start in [HEADER, b""] {
        let readings = read(|| start.chain(bytes));
        assert_eq!(readings, read(|| InSevens(start.chain(bytes))));
        let readings = readings.unwrap_or_default();
        assert!(readings.is_sorted_by(|one, read_next| one.0 < read_next.0));
    }
});
