//! Memory does not grow with the file. A program of its own: the peak is that of the whole process.
#![cfg(target_os = "linux")]

use std::io::{self, Read};

use dsn::Lecture;
use dsn::generateur::{Plan, generer};

/// The same envelope, again and again.
struct Boucle {
    octets: Vec<u8>,
    place: usize,
    reste: usize,
}

impl Read for Boucle {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        let taille = tampon.len().min(self.octets.len() - self.place).min(self.reste);
        tampon[..taille].copy_from_slice(&self.octets[self.place..self.place + taille]);
        self.place = (self.place + taille) % self.octets.len();
        self.reste -= taille;
        Ok(taille)
    }
}

/// The most memory that the process has held, in kilobytes.
fn pic() -> Option<u64> {
    let etat = std::fs::read_to_string("/proc/self/status").ok()?;
    etat.lines().find_map(|ligne| ligne.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn lire(octets: &[u8], fois: usize) -> dsn::Rapport {
    let boucle = Boucle { octets: octets.to_vec(), place: 0, reste: octets.len() * fois };
    Lecture::new("longue.dsn", boucle).jusqu_au_bout().expect("bytes in memory have no fault")
}

#[test]
fn the_memory_of_a_reading_does_not_grow_with_the_file() {
    let mut octets = generer(&Plan { employeurs: 1, salaries: 100, mois: 1, ..Plan::default() }).octets;
    // Faults and unknown rubrics too: the report is bounded.
    octets.extend_from_slice(b"not a line\nS99.G99.99.999,'x'\n");
    lire(&octets, 2);
    let avant = pic().expect("Linux tells");
    let rapport = lire(&octets, 100);
    let apres = pic().expect("Linux tells");
    assert!(rapport.individus >= 10_000);
    println!("{} lines, peak {avant} kB then {apres} kB", rapport.lignes);
    assert!(apres - avant < 4096, "{avant} kB, then {apres} kB");
}
