//! Puts a backup back where there is nothing: tried first, then the proofs, then the database, each under its name once it
//! is whole. Interrupted, it is run again. Replaces nothing.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use store::{Store, sqlite_address, sqlite_file};
use vault::Vault;

use super::folder::{self, Staging};
use super::manifest::{Engine, Manifest, PIECES};
use super::{Failure, Outcome, dump, verify};
use crate::Console;

/// Where a backup is put back.
pub struct Target<'a> {
    /// The address of the database.
    pub url: &'a str,
    /// Where the proofs go.
    pub pieces: &'a Path,
    /// The key it was made under.
    pub vault: &'a Vault,
    /// Whoever waits.
    pub console: &'a dyn Console,
}

/// A backup that was put back.
pub struct Restored {
    manifest: Manifest,
    pieces: PathBuf,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Manifest { accounts, pieces, day, .. } = &self.manifest;
        writeln!(f, "sauvegarde du {day} restaurée : comptes : {accounts}, attestations : {}", pieces.len())?;
        writeln!(f, "attestations dans {}", self.pieces.display())?;
        writeln!(
            f,
            "Personne n'est plus connecté. Ce qui a été fait depuis cette sauvegarde n'y est pas ; les comptes fermés depuis\n\
             sont revenus, et doivent être fermés à nouveau avant d'ouvrir le service (docs/sauvegarde.md)."
        )
    }
}

/// Puts that backup back.
///
/// # Errors
/// [`Failure`]: then what was there is as it was.
pub async fn restore(dir: &Path, target: &Target<'_>) -> Outcome<Restored> {
    let seen = verify(dir, Some(target.vault), target.console).await?;
    if let Some(fault) = seen.faults.first() {
        return Err(Failure::Backup(dir.to_owned(), format!("cette sauvegarde ne peut pas être restaurée : {fault}")));
    }
    let manifest = seen.manifest;
    let base = dir.join(manifest.engine.file());
    match (manifest.engine, sqlite_file(target.url)) {
        (Engine::Sqlite, Some(file)) => {
            if fs::metadata(&file).is_ok_and(|facts| facts.len() > 0) {
                return Err(taken(&file.display()));
            }
            proofs(dir, &manifest, target.pieces)?;
            refile(&base, &file).await?;
        }
        (Engine::Postgresql, None) => {
            let store = Store::open(target.url).await.map_err(|error| Failure::Refused(error.to_string()))?;
            if store.step().await?.is_some() {
                return Err(taken(&"la base de database_url"));
            }
            proofs(dir, &manifest, target.pieces)?;
            dump::refill(target.url, &base)?;
            store.end_every_session().await?;
            store.close().await;
        }
        (Engine::Sqlite, None) => {
            return Err(Failure::Refused(
                "cette sauvegarde est celle d'une base SQLite : laissez database_url vide".into(),
            ));
        }
        (Engine::Postgresql, Some(_)) => {
            let why = "cette sauvegarde est celle d'une base PostgreSQL : dites laquelle, vide, dans database_url";
            return Err(Failure::Refused(why.into()));
        }
    }
    Ok(Restored { manifest, pieces: target.pieces.to_owned() })
}

fn taken(what: &dyn fmt::Display) -> Failure {
    Failure::Refused(format!(
        "{what} : il y a déjà des données, et une restauration ne remplace rien ; mettez-les de côté d'abord"
    ))
}

/// The proofs, where there are none, or where an interrupted restoration left the same.
fn proofs(dir: &Path, manifest: &Manifest, pieces: &Path) -> Outcome<()> {
    if !folder::is_free(pieces)? {
        let all_there = manifest
            .pieces
            .iter()
            .all(|piece| folder::measure(&pieces.join(&piece.file.name)).is_ok_and(|found| found == piece.file));
        let how_many = fs::read_dir(pieces).map_err(folder::about(pieces))?.count();
        return if all_there && how_many == manifest.pieces.len() { Ok(()) } else { Err(taken(&pieces.display())) };
    }
    let staging = Staging::beside(pieces)?;
    for piece in &manifest.pieces {
        let kept = folder::copy(&dir.join(PIECES).join(&piece.file.name), &staging.path().join(&piece.file.name))?;
        if kept != piece.file {
            return Err(Failure::Backup(dir.to_owned(), format!("l'attestation {} change à la lecture", kept.name)));
        }
    }
    staging.name(pieces)
}

/// The database: written aside, its sessions ended, then named.
async fn refile(base: &Path, file: &Path) -> Outcome<()> {
    if let Some(parent) = file.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        store::create_dir(parent).map_err(folder::about(parent))?;
    }
    let aside = folder::aside(file);
    let prepared = async {
        folder::copy(base, &aside)?;
        let store = Store::open(&sqlite_address(&aside)).await.map_err(|error| Failure::Refused(error.to_string()))?;
        store.end_every_session().await?;
        store.close().await;
        folder::sync(&aside)?;
        fs::rename(&aside, file).map_err(folder::about(file))
    };
    if let Err(failure) = prepared.await {
        // What cannot be erased has a name that tells what it is.
        let _ = fs::remove_file(&aside);
        return Err(failure);
    }
    folder::sync_parent(file)
}
