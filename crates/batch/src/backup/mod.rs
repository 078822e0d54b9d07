//! `acquis sauvegarder`, `acquis sauvegarde verifier`, `acquis restaurer`: a folder that holds one moment of the data, made
//! aside and named when it is whole. The key is never in it. The command line and the settings are not known here.

mod dump;
mod folder;
mod making;
mod manifest;
mod restoring;
mod verifying;

use std::io;
use std::path::PathBuf;

use store::StoreError;

pub use making::{Made, Source, before_migration, make};
pub use restoring::{Restored, Target, restore};
pub use verifying::{Verified, verify};

/// Why a backup is not made, checked or restored: then nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A backup never replaces what is there.
    #[error("le dossier {} n'est pas vide : une sauvegarde ne remplace rien, donnez-lui un dossier nouveau", .0.display())]
    NotEmpty(PathBuf),
    /// A file cannot be read or written.
    #[error("{path} : {1}", path = .0.display())]
    File(PathBuf, #[source] io::Error),
    /// The database failed.
    #[error("la base de données a fait défaut : {0}")]
    Base(#[from] StoreError),
    /// A tool of PostgreSQL is missing, or failed.
    #[error("{0} : {1}")]
    Tool(&'static str, String),
    /// Not a folder that this program made, or altered.
    #[error("{path} : {1}", path = .0.display())]
    Backup(PathBuf, String),
    /// Where it should be restored there is something already, or the key does not fit.
    #[error("{0}")]
    Refused(String),
    /// Proofs were erased faster than they could be copied.
    #[error("des comptes sont fermés sans arrêt pendant la copie des attestations : recommencez plus tard")]
    Restless,
}

/// The result of what these commands do.
pub type Outcome<T> = Result<T, Failure>;
