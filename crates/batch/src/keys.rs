//! `acquis cles`: what is sealed under each version of the key, and sealing it again under the newest while people work.
//! The file of the keys and the command line are not known here.

use std::collections::BTreeMap;
use std::fmt;

use store::{Pieces, PiecesError, Place, SealedRow, Store, StoreError};
use vault::{Unsealable, Vault};

use crate::Console;
use crate::console::Progress;
use crate::wording::count;

/// How many rows are replaced in one transaction: others write between two.
const BATCH: i64 = 200;
/// How many times everything is gone through: a second time finds what was written meanwhile by who had not met the key yet.
const PASSES: u8 = 5;

/// Where what is sealed is kept, and under which keys.
#[derive(Clone, Copy)]
pub struct Sealed<'a> {
    /// The database.
    pub store: &'a Store,
    /// The proofs.
    pub pieces: &'a Pieces,
    /// The keys.
    pub vault: &'a Vault,
}

/// The work stopped: what was done is kept, and the rest is done by the next run.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database failed.
    #[error("la base de données a fait défaut : {0} ; ce qui est fait l'est, relancez la commande")]
    Base(#[from] StoreError),
    /// The proofs cannot be read or written.
    #[error("les justificatifs ne peuvent pas être lus ou écrits : {0} ; ce qui est fait l'est, relancez la commande")]
    Pieces(#[from] PiecesError),
}

/// What there is under one version, or was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Things {
    /// NIRs, with what they are looked up by.
    pub nirs: u64,
    /// Other texts.
    pub texts: u64,
    /// Proofs.
    pub pieces: u64,
}

impl Things {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn add(&mut self, place: Place) {
        *if place == Place::Nirs { &mut self.nirs } else { &mut self.texts } += 1;
    }
}

impl fmt::Display for Things {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nirs, texts, pieces } = *self;
        write!(f, "NIR : {}, textes : {}, justificatifs : {}", count(nirs), count(texts), count(pieces))
    }
}

/// What is sealed, by version.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// What each version is needed for.
    pub under: BTreeMap<u8, Things>,
    /// What no key that is there reads.
    pub unreadable: Things,
}

impl Inventory {
    /// What needs a version older than this one.
    pub fn before(&self, version: u8) -> Things {
        self.under.range(..version).fold(Things::default(), |all, (_, some)| Things {
            nirs: all.nirs + some.nirs,
            texts: all.texts + some.texts,
            pieces: all.pieces + some.pieces,
        })
    }

    fn all(&self) -> u64 {
        let of = |things: &Things| things.nirs + things.texts + things.pieces;
        self.under.values().chain([&self.unreadable]).map(of).sum()
    }
}

/// What a rotation did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// What was sealed again.
    pub done: Things,
    /// What no key that is there reads: it is as it was.
    pub unreadable: Things,
    /// Proofs among them.
    pub lost_pieces: Vec<String>,
    /// What is still under a former version: a program that does not know the newest goes on writing.
    pub left: Things,
}

impl Turned {
    /// Whether everything is under the newest key.
    pub fn is_lossless(&self) -> bool {
        self.unreadable.is_empty() && self.left.is_empty()
    }
}

impl fmt::Display for Turned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "rechiffrés : {}", self.done)?;
        if !self.unreadable.is_empty() {
            writeln!(f, "ILLISIBLES, laissés comme ils étaient : {}", self.unreadable)?;
            for id in &self.lost_pieces {
                writeln!(f, "  justificatif {id}")?;
            }
        }
        if !self.left.is_empty() {
            writeln!(
                f,
                "RESTE sous une version d'avant : {} ; un programme qui n'a pas la nouvelle écrit encore : redémarrez-le, puis \
                 relancez cette commande",
                self.left
            )?;
        }
        Ok(())
    }
}

impl Sealed<'_> {
    /// What is under each version, as each thing says it of itself. `thorough` opens what is not under the newest as well, so that
    /// what no key reads holds none back.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn inventory(self, thorough: bool, console: &dyn Console) -> Result<Inventory, Failure> {
        let mut found = Inventory::default();
        let mut progress = Progress::new(console, "chiffrés comptés", self.total().await?);
        for place in Place::ALL {
            let mut after = String::new();
            loop {
                let rows = self.store.sealed(*place, &after, BATCH).await?;
                let Some(last) = rows.last() else { break };
                after.clone_from(&last.key);
                for row in &rows {
                    let version = self.version(row).and_then(|version| match *place {
                        Place::Nirs => Ok(version),
                        _ if thorough && version != self.vault.newest() => {
                            self.vault.unseal(&row.record, &row.sealed).map(|_| version)
                        }
                        _ => Ok(version),
                    });
                    match version {
                        Ok(version) => found.under.entry(version).or_default().add(*place),
                        Err(Unsealable) => found.unreadable.add(*place),
                    }
                }
                progress.advance(found.all());
            }
        }
        for id in self.pieces.every().await? {
            let Some(version) = self.pieces.version(&id).await? else { continue };
            let readable = !thorough || version == self.vault.newest() || self.pieces.is_readable(&id).await?;
            if readable {
                found.under.entry(version).or_default().pieces += 1;
            } else {
                found.unreadable.pieces += 1;
            }
            progress.advance(found.all());
        }
        progress.finish();
        Ok(found)
    }

    /// Seals again under the newest key what is under a former one. Stopped at any moment, it is run again: what is done says so
    /// of itself.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn turn(self, console: &dyn Console) -> Result<Turned, Failure> {
        let mut turned = Turned::default();
        for _ in 0..PASSES {
            let pass = self.pass(console).await?;
            turned.done.nirs += pass.done.nirs;
            turned.done.texts += pass.done.texts;
            turned.done.pieces += pass.done.pieces;
            (turned.unreadable, turned.lost_pieces) = (pass.unreadable, pass.lost_pieces);
            turned.left = pass.done;
            if pass.done.is_empty() {
                break;
            }
        }
        // What was under a former key can be read there until it is written over.
        self.store.forget_what_was_written().await?;
        Ok(turned)
    }

    async fn pass(self, console: &dyn Console) -> Result<Turned, Failure> {
        let (mut turned, mut seen) = (Turned::default(), 0);
        let mut progress = Progress::new(console, "chiffrés vus", self.total().await?);
        for place in Place::ALL {
            let mut after = String::new();
            loop {
                let rows = self.store.sealed(*place, &after, BATCH).await?;
                let Some(last) = rows.last() else { break };
                after.clone_from(&last.key);
                seen += rows.len() as u64;
                let mut replaced = Vec::new();
                for row in rows {
                    match self.again(&row) {
                        Ok(Some(new)) => replaced.push((row, new)),
                        Ok(None) => {}
                        Err(Unsealable) => turned.unreadable.add(*place),
                    }
                }
                if !replaced.is_empty() {
                    self.store.replace_sealed(*place, &replaced).await?;
                    replaced.iter().for_each(|_| turned.done.add(*place));
                }
                progress.advance(seen);
            }
        }
        for id in self.pieces.every().await? {
            seen += 1;
            let version = self.pieces.version(&id).await?;
            if version.is_some_and(|version| version != self.vault.newest()) {
                match self.pieces.seal_again(&id).await {
                    Ok(true) => turned.done.pieces += 1,
                    // Its holder took it back meanwhile.
                    Ok(false) => {}
                    Err(PiecesError::Content) => {
                        turned.unreadable.pieces += 1;
                        turned.lost_pieces.push(id);
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            progress.advance(seen);
        }
        progress.finish();
        Ok(turned)
    }

    fn version(self, row: &SealedRow) -> Result<u8, Unsealable> {
        match &row.digest {
            Some(digest) => self.vault.version_of_nir(&row.record, &row.sealed, digest),
            None => Vault::version_of_text(&row.sealed),
        }
    }

    /// The same row under the newest key; nothing when it is there already.
    fn again(self, row: &SealedRow) -> Result<Option<SealedRow>, Unsealable> {
        if self.version(row)? == self.vault.newest() {
            return Ok(None);
        }
        let (sealed, digest) = match &row.digest {
            Some(digest) => {
                let new = self.vault.reseal_nir(&row.record, &row.sealed, digest)?;
                (new.nir, Some(new.digest))
            }
            None => (self.vault.reseal(&row.record, &row.sealed)?, None),
        };
        Ok(Some(SealedRow { key: row.key.clone(), record: row.record.clone(), sealed, digest }))
    }

    async fn total(self) -> Result<u64, Failure> {
        let mut total = self.pieces.every().await?.len() as u64;
        for place in Place::ALL {
            total += self.store.count_sealed(*place).await?;
        }
        Ok(total)
    }
}
