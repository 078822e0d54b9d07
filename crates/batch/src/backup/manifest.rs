//! What a backup says of itself, in a file of its own: what it holds, with the hash of each file. Touches no other file.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::folder::{self, KeptFile};
use super::{Failure, Outcome};

/// Its name in the folder.
pub(super) const MANIFEST: &str = "manifeste.json";
/// The name of the folder of proofs.
pub(super) const PIECES: &str = "pieces";
const FORMAT: &str = "acquis-sauvegarde-1";

/// The kind of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Engine {
    /// A file that SQLite opens.
    Sqlite,
    /// An archive that `pg_restore` reads.
    Postgresql,
}

impl Engine {
    /// The name of its file in the folder.
    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::Sqlite => "acquis.db",
            Self::Postgresql => "acquis.pgdump",
        }
    }
}

/// A proof: its file, and the hash of its clear bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptPiece {
    #[serde(flatten)]
    pub(super) file: KeptFile,
    #[serde(rename = "sha256_en_clair")]
    pub(super) clear_sha256: String,
}

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: String,
    /// The version of the program that made it.
    #[serde(rename = "programme")]
    pub(super) program: String,
    /// The day it was made.
    #[serde(rename = "jour")]
    pub(super) day: String,
    #[serde(rename = "moteur")]
    pub(super) engine: Engine,
    /// The last step of the tables.
    #[serde(rename = "etape")]
    pub(super) step: i64,
    /// What tells the key, and gives nothing of it away: of the newest version, and of each that this backup needs.
    #[serde(rename = "temoin")]
    witness: String,
    #[serde(rename = "temoins", default)]
    witnesses: Vec<String>,
    #[serde(rename = "comptes")]
    pub(super) accounts: i64,
    pub(super) base: KeptFile,
    pub(super) pieces: Vec<KeptPiece>,
    /// The proofs whose files were lost before this backup.
    #[serde(rename = "manquantes")]
    pub(super) missing: Vec<String>,
}

impl Manifest {
    pub(super) const fn format() -> &'static str {
        FORMAT
    }

    pub(super) fn new(engine: Engine, day: String, contents: &store::Contents, base: KeptFile) -> Self {
        Self {
            format: FORMAT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            day,
            engine,
            step: contents.step,
            witness: String::new(),
            witnesses: Vec::new(),
            accounts: contents.accounts,
            base,
            pieces: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// The versions of the key that it needs.
    pub(super) fn needs(&mut self, witnesses: Vec<String>) {
        self.witness = witnesses.last().cloned().unwrap_or_default();
        self.witnesses = witnesses;
    }

    /// What tells those versions; a backup of when there was one key tells that one.
    pub(super) fn witnesses(&self) -> &[String] {
        if self.witnesses.is_empty() { std::slice::from_ref(&self.witness) } else { &self.witnesses }
    }

    pub(super) fn write(&self, dir: &Path) -> Outcome<()> {
        let path = dir.join(MANIFEST);
        let text =
            serde_json::to_string_pretty(self).map_err(|error| Failure::Backup(path.clone(), error.to_string()))?;
        folder::write(&path, (text + "\n").as_bytes())
    }

    pub(super) fn read(dir: &Path) -> Outcome<Self> {
        let path = dir.join(MANIFEST);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let why =
                    "ce dossier n'est pas une sauvegarde faite par « acquis sauvegarder », ou elle n'est pas entière";
                return Err(Failure::Backup(dir.to_owned(), format!("{why} : {MANIFEST} n'y est pas")));
            }
            Err(error) => return Err(Failure::File(path, error)),
        };
        let manifest: Self = serde_json::from_str(&text)
            .map_err(|_| Failure::Backup(path.clone(), "ce manifeste est abîmé, prenez une autre sauvegarde".into()))?;
        let plain = |name: &str| !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric());
        let names_stay_inside =
            manifest.base.name == manifest.engine.file() && manifest.pieces.iter().all(|piece| plain(&piece.file.name));
        if manifest.format != Self::format() || !names_stay_inside {
            let why = "ce manifeste n'est pas d'une version que ce programme sait lire";
            return Err(Failure::Backup(path, why.into()));
        }
        Ok(manifest)
    }
}
