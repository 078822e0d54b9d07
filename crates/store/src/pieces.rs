//! The bytes of the proofs: encrypted, then written in an object store, a folder by default.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload};
use vault::{Cipher, Decipher, Vault, version_of_piece};

/// How many encrypted bytes are written at once: remote stores want parts of 5 MiB or more.
const PART: usize = 5 * 1_024 * 1_024;

/// The proofs cannot be read or written now.
#[derive(Debug, thiserror::Error)]
pub enum PiecesError {
    /// The store failed.
    #[error("proofs: {0}")]
    Store(#[from] object_store::Error),
    /// Their folder cannot be read or written.
    #[error("proofs: {0}")]
    Folder(#[source] std::io::Error),
    /// What was stored is not what was written.
    #[error("a stored proof cannot be decrypted")]
    Content,
}

/// Where the proofs are.
#[derive(Clone)]
pub struct Pieces {
    filing: Arc<dyn ObjectStore>,
    vault: Arc<Vault>,
    /// The folder, where it is one: what is written aside there is not listed.
    dir: Option<PathBuf>,
}

impl Pieces {
    /// The proofs of that folder, made when it is not there.
    ///
    /// # Errors
    /// A sentence in French when the folder cannot be made.
    pub fn open(dir: &Path, vault: Arc<Vault>) -> Result<Self, String> {
        let failure = |raison: String| format!("pieces : le dossier {} est inaccessible : {raison}", dir.display());
        create_dir(dir).map_err(|error| failure(error.to_string()))?;
        let filing = LocalFileSystem::new_with_prefix(dir).map_err(|error| failure(error.to_string()))?;
        Ok(Self { dir: Some(dir.to_owned()), ..Self::new(Arc::new(filing.with_fsync(true)), vault) })
    }

    /// Any object store.
    pub fn new(filing: Arc<dyn ObjectStore>, vault: Arc<Vault>) -> Self {
        Self { filing, vault, dir: None }
    }

    /// Begins to write a proof under this identifier.
    ///
    /// # Errors
    /// [`PiecesError`] when the store refuses.
    pub async fn write(&self, id: &str) -> Result<PieceEntry, PiecesError> {
        let envelope = self.filing.put_multipart(&Name::from(id)).await?;
        Ok(PieceEntry { envelope, cipher: self.vault.cipher(id), wait: Vec::new() })
    }

    /// Whether the bytes of a proof are there.
    ///
    /// # Errors
    /// [`PiecesError`] when they are not, or the store fails.
    pub async fn check(&self, id: &str) -> Result<(), PiecesError> {
        self.filing.head(&Name::from(id)).await?;
        Ok(())
    }

    /// Begins to read a proof.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails.
    pub async fn read(&self, id: &str) -> Result<PieceReading, PiecesError> {
        let sealed = self.filing.get(&Name::from(id)).await?.into_stream();
        Ok(PieceReading { sealed, decipher: Some(self.vault.decipher(id)) })
    }

    /// Erases a proof; one that is not there is erased already.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails.
    pub async fn erase(&self, id: &str) -> Result<(), PiecesError> {
        match self.filing.delete(&Name::from(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The identifiers of the proofs written before that time.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails.
    pub async fn written_before(&self, ms: i64) -> Result<Vec<String>, PiecesError> {
        let objects: Vec<_> = self.filing.list(None).try_collect().await?;
        let former_ones = objects.into_iter().filter(|object| object.last_modified.timestamp_millis() < ms);
        Ok(former_ones.map(|object| object.location.to_string()).collect())
    }

    /// The identifiers of the proofs.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails.
    pub async fn every(&self) -> Result<Vec<String>, PiecesError> {
        self.written_before(i64::MAX).await
    }

    /// The version of the key that a proof was sealed under; nothing when it is gone, or empty.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails.
    pub async fn version(&self, id: &str) -> Result<Option<u8>, PiecesError> {
        match self.filing.get(&Name::from(id)).await {
            Ok(found) => {
                let start = found.into_stream().try_next().await?;
                Ok(start.and_then(|start| version_of_piece(&start)))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a key that is there opens a proof to its end.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails.
    pub async fn is_readable(&self, id: &str) -> Result<bool, PiecesError> {
        let mut reading = self.read(id).await?;
        loop {
            match reading.next().await {
                Ok(Some(_)) => {}
                Ok(None) => return Ok(true),
                Err(PiecesError::Content) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
    }

    /// Seals a proof again, under the newest key: in the place of what there was once it is whole. `false` when it is gone.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails or no key reads it: then it is as it was.
    pub async fn seal_again(&self, id: &str) -> Result<bool, PiecesError> {
        let mut reading = match self.read(id).await {
            Err(PiecesError::Store(object_store::Error::NotFound { .. })) => return Ok(false),
            reading => reading?,
        };
        let mut entry = self.write(id).await?;
        let copied = async {
            while let Some(plain) = reading.next().await? {
                entry.add(&plain.into()).await?;
            }
            Ok(())
        };
        match copied.await {
            Ok(()) => entry.finish().await.map(|()| true),
            Err(error) => {
                entry.give_up().await;
                Err(error)
            }
        }
    }

    /// Erases the beginnings of proofs that a killed program left before that time: `object_store` writes a file aside as
    /// `name#1`, and hides it from whoever lists.
    ///
    /// # Errors
    /// [`PiecesError`] when the folder cannot be read.
    pub async fn sweep_beginnings(&self, before_ms: i64) -> Result<(), PiecesError> {
        let Some(dir) = &self.dir else { return Ok(()) };
        for entry in std::fs::read_dir(dir).map_err(PiecesError::Folder)? {
            let entry = entry.map_err(PiecesError::Folder)?;
            let written = entry.metadata().and_then(|facts| facts.modified());
            let written = written.ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            let is_old = written.is_some_and(|at| i64::try_from(at.as_millis()).is_ok_and(|at| at < before_ms));
            if is_old && entry.file_name().to_string_lossy().contains('#') {
                std::fs::remove_file(entry.path()).map_err(PiecesError::Folder)?;
            }
        }
        Ok(())
    }
}

/// How old a file without a record must be before it is taken for a leftover.
pub const ORPHAN_AGE: i64 = 3_600_000;

/// A proof being written. Dropped before its end, it leaves nothing.
pub struct PieceEntry {
    envelope: Box<dyn MultipartUpload>,
    cipher: Cipher,
    wait: Vec<u8>,
}

impl PieceEntry {
    /// Takes more clear bytes.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails.
    pub async fn add(&mut self, plain: &Bytes) -> Result<(), PiecesError> {
        self.wait.extend(self.cipher.add(plain));
        if self.wait.len() >= PART {
            let part = std::mem::take(&mut self.wait);
            self.envelope.put_part(PutPayload::from(part)).await?;
        }
        Ok(())
    }

    /// The last bytes: from here on the proof is there.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails.
    pub async fn finish(mut self) -> Result<(), PiecesError> {
        self.wait.extend(self.cipher.finish());
        self.envelope.put_part(PutPayload::from(self.wait)).await?;
        self.envelope.complete().await?;
        Ok(())
    }

    /// Gives up: nothing is left of it.
    pub async fn give_up(mut self) {
        if let Err(error) = self.envelope.abort().await {
            tracing::warn!(erreur = %error, "an abandoned proof left bytes behind");
        }
    }
}

/// A proof being read: never whole in memory.
pub struct PieceReading {
    sealed: BoxStream<'static, object_store::Result<Bytes>>,
    /// Nothing once the end was read.
    decipher: Option<Decipher>,
}

impl PieceReading {
    /// The next clear bytes; nothing after the last.
    ///
    /// # Errors
    /// [`PiecesError`] when the store fails or the bytes were altered: then nothing more can be read.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, PiecesError> {
        loop {
            let Some(mut decipher) = self.decipher.take() else { return Ok(None) };
            let Some(sealed) = self.sealed.try_next().await? else {
                return decipher.finish().map(Some).map_err(|_| PiecesError::Content);
            };
            let plain = decipher.add(&sealed).map_err(|_| PiecesError::Content)?;
            self.decipher = Some(decipher);
            if !plain.is_empty() {
                return Ok(Some(plain));
            }
        }
    }
}

/// Creates a folder that only its owner can enter.
///
/// # Errors
/// Those of the file system.
pub fn create_dir(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
