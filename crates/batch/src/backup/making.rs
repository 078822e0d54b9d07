//! Makes a backup: the database first, at one moment, then the proofs that it refers to. The other order would miss
//! the proofs of what was written between the two.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use store::{BaseCopy, Contents, Store};

use super::folder::{self, Staging};
use super::manifest::{Engine, KeptPiece, Manifest, PIECES};
use super::{Failure, Outcome, dump};
use crate::console::Progress;
use crate::{Console, Moment};

/// How many times the database is copied again because an account was closed meanwhile.
const PATIENCE: u8 = 5;

/// What is saved.
pub struct Source<'a> {
    /// The database, open.
    pub store: &'a Store,
    /// Its address.
    pub url: &'a str,
    /// Where the proofs are.
    pub pieces: &'a Path,
    /// Whoever waits: each proof is flushed to the disk, and there may be many.
    pub console: &'a dyn Console,
}

/// A backup that was made.
pub struct Made {
    folder: PathBuf,
    manifest: Manifest,
}

impl Made {
    /// Whether nothing was missing.
    pub fn is_lossless(&self) -> bool {
        self.manifest.missing.is_empty()
    }
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Manifest { accounts, pieces, missing, step, .. } = &self.manifest;
        writeln!(f, "sauvegarde faite dans {}", self.folder.display())?;
        writeln!(f, "comptes : {accounts}, attestations : {}, tables à l'étape {step}", pieces.len())?;
        for id in missing {
            writeln!(f, "attestation perdue avant cette sauvegarde, son fichier n'est plus là : {id}")?;
        }
        writeln!(
            f,
            "La clé n'y est pas, et sans elle ni les numéros de sécurité sociale ni les attestations ne se relisent :\n\
             gardez-en une copie ailleurs que cette sauvegarde (docs/sauvegarde.md)."
        )
    }
}

/// Makes a backup in that folder, which must not be there or be empty.
///
/// # Errors
/// [`Failure`]: then the folder is as it was.
pub async fn make(source: &Source<'_>, moment: Moment, folder: &Path) -> Outcome<Made> {
    if !folder::is_free(folder)? {
        return Err(Failure::NotEmpty(folder.to_owned()));
    }
    let staging = Staging::beside(folder)?;
    let pieces = staging.path().join(PIECES);
    store::create_dir(&pieces).map_err(folder::about(&pieces))?;
    let mut manifest = whole(source, moment, staging.path()).await?;
    manifest.pieces.sort_by(|a, b| a.file.name.cmp(&b.file.name));
    drop_the_rest(&pieces, &manifest)?;
    folder::sync(&pieces)?;
    manifest.write(staging.path())?;
    staging.name(folder)?;
    Ok(Made { folder: folder.to_owned(), manifest })
}

/// The database, then its proofs; the database again when a proof was erased between the two.
async fn whole(source: &Source<'_>, moment: Moment, dir: &Path) -> Outcome<Manifest> {
    for _ in 0..PATIENCE {
        let (engine, contents) = base(source, dir).await?;
        let base = folder::measure(&dir.join(engine.file()))?;
        let mut manifest = Manifest::new(engine, moment.today.to_string(), &contents, base);
        if proofs(source, &contents, dir, &mut manifest).await? {
            // Asked last: a proof may have been sealed again, under a newer key, since the database was copied.
            manifest.needs(source.store.witnesses().await?);
            return Ok(manifest);
        }
    }
    Err(Failure::Restless)
}

async fn base(source: &Source<'_>, dir: &Path) -> Outcome<(Engine, Contents)> {
    if source.store.is_sqlite() {
        let path = dir.join(Engine::Sqlite.file());
        copy_base(source.store, &path).await?;
        let mut copy = BaseCopy::open(&path).await?;
        let contents = copy.contents().await?;
        copy.close().await?;
        return Ok((Engine::Sqlite, contents));
    }
    let path = dir.join(Engine::Postgresql.file());
    let photograph = source.store.photograph().await?;
    remove(&path)?;
    dump::dump(source.url, &photograph.name, &photograph.schema, &path)?;
    folder::sync(&path)?;
    Ok((Engine::Postgresql, photograph.release().await?))
}

async fn copy_base(store: &Store, path: &Path) -> Outcome<()> {
    remove(path)?;
    store.copy_to(path).await?;
    folder::sync(path)
}

/// Copies the proofs; `false` when one was erased meanwhile with the account it was of.
async fn proofs(source: &Source<'_>, contents: &Contents, dir: &Path, manifest: &mut Manifest) -> Outcome<bool> {
    let mut progress = Progress::new(source.console, "attestations copiées", contents.pieces.len() as u64);
    for (id, clear_hash) in &contents.pieces {
        let target = dir.join(PIECES).join(id);
        let kept = match folder::measure(&target) {
            // Copied for an earlier copy of the database: a proof never changes.
            Ok(kept) => Ok(kept),
            Err(_) => folder::copy(&source.pieces.join(id), &target),
        };
        match kept {
            Ok(file) => manifest.pieces.push(KeptPiece { file, clear_sha256: clear_hash.clone() }),
            Err(Failure::File(path, error)) if error.kind() == io::ErrorKind::NotFound && path != target => {
                if !source.store.at_the_piece(id).await? {
                    return Ok(false);
                }
                manifest.missing.push(id.clone());
            }
            Err(failure) => return Err(failure),
        }
        progress.advance((manifest.pieces.len() + manifest.missing.len()) as u64);
    }
    progress.finish();
    Ok(true)
}

/// What was copied for a database that was then copied again, and belongs to nobody in it.
fn drop_the_rest(pieces: &Path, manifest: &Manifest) -> Outcome<()> {
    let kept: HashSet<&str> = manifest.pieces.iter().map(|piece| piece.file.name.as_str()).collect();
    for entry in fs::read_dir(pieces).map_err(folder::about(pieces))? {
        let entry = entry.map_err(folder::about(pieces))?;
        if !entry.file_name().to_str().is_some_and(|name| kept.contains(name)) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

fn remove(path: &Path) -> Outcome<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(folder::about(path)(error)),
        _ => Ok(()),
    }
}

/// Copies a database whose tables are about to change, beside it, under a name that tells the step it is at: what one
/// goes back to with the former version of the program. Nothing when its tables are new, already those of this program,
/// or of a later one, which are not going to change.
///
/// # Errors
/// [`Failure`]: then the tables must not be changed.
pub async fn before_migration(store: &Store, url: &str, data: &Path) -> Outcome<Option<PathBuf>> {
    let Some(step) = store.step().await? else { return Ok(None) };
    if store.is_later(step) || store.is_up_to_date().await? {
        return Ok(None);
    }
    let name = |of: &str, end: &str| format!("{of}.avant-etape-{}{end}", step + 1);
    let path = match store::sqlite_file(url) {
        Some(file) => {
            let of = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            file.with_file_name(name(&of, ""))
        }
        None => data.join(name("acquis", ".pgdump")),
    };
    let aside = folder::aside(&path);
    let written = if store.is_sqlite() {
        copy_base(store, &aside).await
    } else {
        let photograph = store.photograph().await?;
        let dumped = dump::dump(url, &photograph.name, &photograph.schema, &aside).and_then(|()| folder::sync(&aside));
        photograph.release().await?;
        dumped
    };
    if let Err(failure) = written.and_then(|()| fs::rename(&aside, &path).map_err(folder::about(&path))) {
        remove(&aside)?;
        return Err(failure);
    }
    folder::sync_parent(&path)?;
    Ok(Some(path))
}
