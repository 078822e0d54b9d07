//! Tries a backup without restoring it: every file is read, the database is looked through, and with the key at hand
//! every proof is opened. Writes nothing.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use store::BaseCopy;
use vault::{Unsealable, Vault, to_hex};

use super::folder::{self, KeptFile};
use super::manifest::{Engine, Manifest, PIECES};
use super::{Outcome, dump};
use crate::Console;
use crate::console::Progress;

/// What was seen of a backup.
pub struct Verified {
    folder: PathBuf,
    pub(super) manifest: Manifest,
    /// Whether the key was at hand, and is that of this backup.
    with_key: bool,
    pub(super) faults: Vec<String>,
}

impl Verified {
    /// Whether it can be restored.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether it holds everything that the database refers to.
    pub fn is_lossless(&self) -> bool {
        self.is_sound() && self.manifest.missing.is_empty()
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Manifest { accounts, pieces, missing, day, program, step, .. } = &self.manifest;
        writeln!(f, "sauvegarde du {day}, acquis {program}, tables à l'étape {step} : {}", self.folder.display())?;
        writeln!(f, "comptes : {accounts}, attestations : {}", pieces.len())?;
        if self.with_key {
            writeln!(f, "clé : c'est la bonne, chaque attestation s'ouvre avec elle, hors ce qui est dit dessous")?;
        } else {
            writeln!(f, "clé : non essayée, elle n'est pas là ; les attestations n'ont pas été ouvertes")?;
        }
        for id in missing {
            writeln!(f, "attestation perdue avant cette sauvegarde : {id}")?;
        }
        for fault in &self.faults {
            writeln!(f, "ABÎMÉ : {fault}")?;
        }
        let verdict = if self.is_sound() {
            "saine : elle peut être restaurée"
        } else {
            "abîmée : ne vous y fiez pas, gardez-en une autre et cherchez pourquoi"
        };
        writeln!(f, "{verdict}")
    }
}

/// Tries that backup.
///
/// # Errors
/// [`Failure`](super::Failure) when it is no backup at all, or cannot be read.
pub async fn verify(dir: &Path, vault: Option<&Vault>, console: &dyn Console) -> Outcome<Verified> {
    let manifest = Manifest::read(dir)?;
    let mut faults = Vec::new();
    let base = dir.join(manifest.engine.file());
    if is_whole(&base, &manifest.base, &mut faults) {
        match manifest.engine {
            Engine::Sqlite => look_through(&base, &manifest, &mut faults).await,
            Engine::Postgresql => dump::read_through(&base)?,
        }
    }
    let key = vault.filter(|vault| opens(vault, &manifest));
    if let (Some(vault), None) = (vault, key) {
        faults.push(missing_key(vault, &manifest).to_owned());
    }
    let mut progress = Progress::new(console, "attestations vérifiées", manifest.pieces.len() as u64);
    for (rank, piece) in manifest.pieces.iter().enumerate() {
        progress.advance(rank as u64);
        let path = dir.join(PIECES).join(&piece.file.name);
        if !is_whole(&path, &piece.file, &mut faults) {
            continue;
        }
        if let Some(vault) = key {
            let sealed = fs::read(&path).map_err(folder::about(&path))?;
            let opened = open(vault, &piece.file.name, &sealed);
            if !opened.is_ok_and(|clear| to_hex(&Sha256::digest(clear)) == piece.clear_sha256) {
                faults.push(format!("l'attestation {} ne s'ouvre pas", piece.file.name));
            }
        }
    }
    progress.finish();
    Ok(Verified { folder: dir.to_owned(), manifest, with_key: key.is_some(), faults })
}

/// Whether each version of the key that the backup needs is there.
fn opens(vault: &Vault, manifest: &Manifest) -> bool {
    let ours = vault.witnesses();
    manifest.witnesses().iter().all(|needed| ours.iter().any(|(_, witness)| witness == needed))
}

fn missing_key(vault: &Vault, manifest: &Manifest) -> &'static str {
    if vault.witnesses().iter().any(|(_, witness)| manifest.witnesses().contains(witness)) {
        "il manque une version de la clé dont cette sauvegarde a besoin : remettez sa ligne, qui a été retirée depuis \
         (docs/cles.md)"
    } else {
        "la clé donnée n'est pas celle de cette sauvegarde"
    }
}

fn open(vault: &Vault, id: &str, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
    let mut decipher = vault.decipher(id);
    let mut clear = decipher.add(sealed)?;
    clear.extend(decipher.finish()?);
    Ok(clear)
}

fn is_whole(path: &Path, expected: &KeptFile, faults: &mut Vec<String>) -> bool {
    match folder::measure(path) {
        Ok(found) if found == *expected => true,
        Ok(_) => {
            faults.push(format!("{} n'est plus ce qui a été sauvegardé", path.display()));
            false
        }
        Err(failure) => {
            faults.push(failure.to_string());
            false
        }
    }
}

/// The database itself: its pages, its references, and its proofs against those of the folder.
async fn look_through(base: &Path, manifest: &Manifest, faults: &mut Vec<String>) {
    let seen = async {
        let mut copy = BaseCopy::open(base).await?;
        let seen = (copy.is_sound().await?, copy.contents().await?);
        copy.close().await?;
        Ok::<_, store::StoreError>(seen)
    };
    let (sound, contents) = match seen.await {
        Ok(seen) => seen,
        Err(error) => return faults.push(format!("{} ne peut pas être lue : {error}", base.display())),
    };
    if !sound {
        faults.push(format!("{} est abîmée", base.display()));
    }
    let kept: HashMap<&str, &str> =
        manifest.pieces.iter().map(|piece| (piece.file.name.as_str(), piece.clear_sha256.as_str())).collect();
    let lost: HashSet<&str> = manifest.missing.iter().map(String::as_str).collect();
    for (id, clear_hash) in &contents.pieces {
        if kept.get(id.as_str()) != Some(&clear_hash.as_str()) && !lost.contains(id.as_str()) {
            faults.push(format!("l'attestation {id} n'est pas dans la sauvegarde"));
        }
    }
    let foreign = contents.witnesses.iter().any(|witness| !manifest.witnesses().contains(witness));
    if foreign || contents.accounts != manifest.accounts {
        faults.push("le manifeste n'est pas celui de cette base".to_owned());
    }
}
