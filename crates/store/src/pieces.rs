//! The bytes of the proofs: encrypted, then written in an object store, a folder by default.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload};
use vault::{Chiffreur, Coffre};

/// How many encrypted bytes are written at once: remote stores want parts of 5 MiB or more.
const PART: usize = 5 * 1_024 * 1_024;

/// The proofs cannot be read or written now.
#[derive(Debug)]
pub enum PanneDePieces {
    /// The store failed.
    Depot(object_store::Error),
    /// What was stored is not what was written.
    Contenu,
}

impl std::fmt::Display for PanneDePieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Depot(erreur) => write!(f, "proofs: {erreur}"),
            Self::Contenu => f.write_str("a stored proof cannot be decrypted"),
        }
    }
}

impl std::error::Error for PanneDePieces {}

impl From<object_store::Error> for PanneDePieces {
    fn from(erreur: object_store::Error) -> Self {
        Self::Depot(erreur)
    }
}

/// Where the proofs are.
#[derive(Clone)]
pub struct Pieces {
    depot: Arc<dyn ObjectStore>,
    coffre: Arc<Coffre>,
}

impl Pieces {
    /// The proofs of that folder, made when it is not there.
    ///
    /// # Errors
    /// A sentence in French when the folder cannot be made.
    pub fn ouvrir(dossier: &Path, coffre: Arc<Coffre>) -> Result<Self, String> {
        let echec = |raison: String| format!("pieces : le dossier {} est inaccessible : {raison}", dossier.display());
        creer_dossier(dossier).map_err(|erreur| echec(erreur.to_string()))?;
        let depot = LocalFileSystem::new_with_prefix(dossier).map_err(|erreur| echec(erreur.to_string()))?;
        Ok(Self::new(Arc::new(depot.with_fsync(true)), coffre))
    }

    /// Any object store.
    pub fn new(depot: Arc<dyn ObjectStore>, coffre: Arc<Coffre>) -> Self {
        Self { depot, coffre }
    }

    /// Begins to write a proof under this identifier.
    ///
    /// # Errors
    /// [`PanneDePieces`] when the store refuses.
    pub async fn ecrire(&self, id: &str) -> Result<EcriturePiece, PanneDePieces> {
        let envoi = self.depot.put_multipart(&Name::from(id)).await?;
        Ok(EcriturePiece { envoi, chiffreur: self.coffre.chiffreur(id), attente: Vec::new() })
    }

    /// The clear bytes of a proof.
    ///
    /// # Errors
    /// [`PanneDePieces`] when the store fails or the bytes were altered.
    pub async fn lire(&self, id: &str) -> Result<Vec<u8>, PanneDePieces> {
        let octets = self.depot.get(&Name::from(id)).await?.bytes().await?;
        self.coffre.dechiffrer_piece(id, &octets).map_err(|_| PanneDePieces::Contenu)
    }

    /// Erases a proof; one that is not there is erased already.
    ///
    /// # Errors
    /// [`PanneDePieces`] when the store fails.
    pub async fn effacer(&self, id: &str) -> Result<(), PanneDePieces> {
        match self.depot.delete(&Name::from(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(erreur) => Err(erreur.into()),
        }
    }

    /// The identifiers of the proofs written before that time.
    ///
    /// # Errors
    /// [`PanneDePieces`] when the store fails.
    pub async fn ecrites_avant(&self, ms: i64) -> Result<Vec<String>, PanneDePieces> {
        let objets: Vec<_> = self.depot.list(None).try_collect().await?;
        let anciens = objets.into_iter().filter(|objet| objet.last_modified.timestamp_millis() < ms);
        Ok(anciens.map(|objet| objet.location.to_string()).collect())
    }
}

/// How old a file without a record must be before it is taken for a leftover.
pub const AGE_ORPHELIN: i64 = 3_600_000;

/// A proof being written. Dropped before its end, it leaves nothing.
pub struct EcriturePiece {
    envoi: Box<dyn MultipartUpload>,
    chiffreur: Chiffreur,
    attente: Vec<u8>,
}

impl EcriturePiece {
    /// Takes more clear bytes.
    ///
    /// # Errors
    /// [`PanneDePieces`] when the store fails.
    pub async fn ajouter(&mut self, clair: &Bytes) -> Result<(), PanneDePieces> {
        self.attente.extend(self.chiffreur.ajouter(clair));
        if self.attente.len() >= PART {
            let part = std::mem::take(&mut self.attente);
            self.envoi.put_part(PutPayload::from(part)).await?;
        }
        Ok(())
    }

    /// The last bytes: from here on the proof is there.
    ///
    /// # Errors
    /// [`PanneDePieces`] when the store fails.
    pub async fn finir(mut self) -> Result<(), PanneDePieces> {
        self.attente.extend(self.chiffreur.finir());
        self.envoi.put_part(PutPayload::from(self.attente)).await?;
        self.envoi.complete().await?;
        Ok(())
    }

    /// Gives up: nothing is left of it.
    pub async fn abandonner(mut self) {
        if let Err(erreur) = self.envoi.abort().await {
            tracing::warn!(%erreur, "an abandoned proof left bytes behind");
        }
    }
}

/// Creates a folder that only its owner can enter.
///
/// # Errors
/// Those of the file system.
pub fn creer_dossier(chemin: &Path) -> std::io::Result<()> {
    let mut constructeur = std::fs::DirBuilder::new();
    constructeur.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut constructeur, 0o700);
    constructeur.create(chemin)
}
