//! Any bytes: never a panic, never a declaration without its end, and the pieces in which bytes
//! come change nothing. In `crates/dsn`, `cargo run --features generateur --example graines` writes the files it
//! starts from, all generated; then `cargo +nightly fuzz run lecture`.
#![no_main]

use std::io::{self, Read};

use dsn::{Evenement, Lecture, Rapport};
use libfuzzer_sys::fuzz_target;
use memory_store::Cumul;

#[path = "../../tests/support/memory_store.rs"]
#[expect(dead_code, reason = "the tests ask it for more")]
mod memory_store;

/// Bytes that come seven at a time.
struct ParSept<'a>(&'a [u8]);

impl Read for ParSept<'_> {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        let taille = 7.min(tampon.len()).min(self.0.len());
        tampon[..taille].copy_from_slice(&self.0[..taille]);
        self.0 = &self.0[taille..];
        Ok(taille)
    }
}

fn lire(source: impl Read) -> (Vec<Evenement>, Rapport) {
    let mut lecture = Lecture::new("fuzz.dsn", source);
    let mut evenements = Vec::new();
    while let Some(evenement) = lecture.suivant().expect("bytes in memory have no fault") {
        evenements.push(evenement);
    }
    (evenements, lecture.rapport().clone())
}

fuzz_target!(|octets: &[u8]| {
    let (evenements, rapport) = lire(octets);
    assert_eq!((evenements.clone(), rapport.clone()), lire(ParSept(octets)));
    assert!(!rapport.to_string().is_empty());
    let mut ouverte = false;
    let mut cumul = Cumul::default();
    for evenement in evenements {
        match evenement {
            Evenement::Declaration(_) => assert!(!std::mem::replace(&mut ouverte, true)),
            Evenement::Individu(_) => assert!(ouverte),
            Evenement::Fin(_) => assert!(std::mem::replace(&mut ouverte, false)),
            Evenement::FinEnvoi(_) => assert!(!ouverte),
        }
        cumul.suivre(evenement);
    }
    assert!(!ouverte);
    let _ = cumul.annees();
});
