//! Any bytes, as a file of years of work: never a panic, lines in order and each told once, and the pieces in which
//! bytes come change nothing. `cargo +nightly fuzz run activites` in `crates/tables`.
#![no_main]

use std::io::{self, Read};

use batch::import::{Activites, Lecture};
use domaine::mesures::Jour;
use libfuzzer_sys::fuzz_target;

const AUJOURDHUI: Jour = Jour::date(2026, 11, 24);
/// Bytes alone would take long to find a header: what follows this one is understood line by line.
const ENTETE: &[u8] = b"nir;nom_naissance;prenoms;date_naissance;annee;heures;jours;paie;smic_horaire;statut;absences\n";

/// Bytes that come seven at a time.
struct ParSept<R>(R);

impl<R: Read> Read for ParSept<R> {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        let taille = tampon.len().min(7);
        self.0.read(&mut tampon[..taille])
    }
}

/// What each line says, in words; nothing when this is no such file.
fn lire(source: impl Read) -> Option<Vec<(u64, String)>> {
    let mut lecture = Lecture::<Activites, _>::ouvrir(source, AUJOURDHUI).expect("bytes in memory have no fault").ok()?;
    let mut lues = Vec::new();
    while let Some((numero, lue)) = lecture.suivante().expect("bytes in memory have no fault") {
        let dite = match lue {
            Ok((personne, dite)) => format!("{} {} {:?}", personne.nir.as_str(), dite.origine, dite.activite),
            Err(pourquoi) => pourquoi,
        };
        lues.push((numero, dite));
    }
    Some(lues)
}

fuzz_target!(|octets: &[u8]| {
    for debut in [ENTETE, b""] {
        let lues = lire(debut.chain(octets));
        assert_eq!(lues, lire(ParSept(debut.chain(octets))));
        let lues = lues.unwrap_or_default();
        assert!(lues.is_sorted_by(|une, suivante| une.0 < suivante.0));
    }
});
