//! What the tests share.

use std::io::Write;
use std::path::PathBuf;

use dsn::{Evenement, Lecture, Rapport};

/// A file of the shared data, which the project may read and not keep; nothing, with a loud
/// notice, where it is absent. `ACQUIS_DONNEES` names the folder, else it is beside the workspace.
pub fn partage(nom: &str) -> Option<Vec<u8>> {
    let dossier = std::env::var_os("ACQUIS_DONNEES")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let chemin = dossier.join(nom);
    match std::fs::read(&chemin) {
        Ok(octets) => Some(octets),
        Err(erreur) => {
            // Straight to the terminal: what a passing test prints is not shown.
            let avis = format!("\n*** SKIPPED: {} is not there ({erreur}); set ACQUIS_DONNEES ***\n", chemin.display());
            let _ = std::io::stderr().write_all(avis.as_bytes());
            None
        }
    }
}

/// Everything that a reading hands over, and its report.
pub fn lire(octets: &[u8]) -> (Vec<Evenement>, Rapport) {
    let mut lecture = Lecture::new("essai.dsn", octets);
    let mut evenements = Vec::new();
    while let Some(evenement) = lecture.suivant().expect("bytes in memory have no fault") {
        evenements.push(evenement);
    }
    (evenements, lecture.rapport().clone())
}
