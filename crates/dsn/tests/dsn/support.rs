//! What the tests share.

use std::io::Write;
use std::path::PathBuf;

use dsn::{Event, Reader, ReadingReport};

/// A file of the shared data, which the project may read and not keep; nothing, with a loud
/// notice, where it is absent. `ACQUIS_DONNEES` names the folder, else it is beside the workspace.
pub fn shared(nom: &str) -> Option<Vec<u8>> {
    let dir = std::env::var_os("ACQUIS_DONNEES")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let path = dir.join(nom);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            // Straight to the terminal: what a passing test prints is not shown.
            let avis = format!("\n*** SKIPPED: {} is not there ({error}); set ACQUIS_DONNEES ***\n", path.display());
            let _ = std::io::stderr().write_all(avis.as_bytes());
            None
        }
    }
}

/// Everything that a reading hands over, and its report.
pub fn read(bytes: &[u8]) -> (Vec<Event>, ReadingReport) {
    let mut reader = Reader::new("essai.dsn", bytes);
    let mut events = Vec::new();
    while let Some(event) = reader.read_next().expect("bytes in memory have no fault") {
        events.push(event);
    }
    (events, reader.report().clone())
}
