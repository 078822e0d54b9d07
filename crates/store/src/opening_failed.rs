//! Why the store cannot be opened, and what to do. Opens nothing.

use sqlx::migrate::MigrateError;

use crate::{StoreError, without_values};

/// Why the store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpeningFailed {
    /// Neither `sqlite:` nor `postgres:`.
    #[error("database_url : une adresse sqlite: ou postgres: est attendue")]
    Address,
    /// The database does not answer.
    #[error("la base de données ne répond pas : {}", without_values(.0))]
    Base(#[source] sqlx::Error),
    /// Another machine would be spoken to in clear, or without knowing who it is.
    #[error(
        "database_url : PostgreSQL est sur une autre machine, et la connexion doit être chiffrée et son certificat vérifié ; \
         ajoutez à l'adresse « ?sslmode=verify-full », et « &sslrootcert=/chemin/autorite.pem » si son autorité n'est pas de \
         celles du système (docs/securite.md)"
    )]
    InClear,
    /// What is prepared on a connection is not there the next time.
    #[error(
        "database_url : entre ce programme et PostgreSQL, un répartiteur de connexions en mode transaction (PgBouncer, par \
         exemple) perd les requêtes préparées ; passez-le en mode session (pool_mode = session), donnez max_prepared_statements \
         à un PgBouncer 1.21 ou plus récent, ou dites l'adresse de PostgreSQL lui-même"
    )]
    Pooler,
    /// Its tables cannot be brought up to date.
    #[error("la base de données ne peut pas être mise à jour : {}", remedy(.0))]
    Migration(#[source] Box<MigrateError>),
    /// It was filled under another master key.
    #[error(
        "cle : cette base de données a été remplie avec une autre clé ; reprenez la clé d'origine, \
         sans elle les numéros de sécurité sociale ne peuvent être lus"
    )]
    OtherKey,
    /// Something was written under a version of the key that is not there.
    #[error(
        "cle : il manque la version {0} de la clé, sans laquelle une partie de cette base de données ne peut être lue ; \
         remettez sa ligne, qui commence par « {0}: » (docs/cles.md)"
    )]
    LacksKey(u8),
    /// Reading or writing the witness of the key failed.
    #[error("la base de données n'a pas pu être préparée : {0}")]
    StoreError(#[from] StoreError),
}

/// Why tables cannot be brought up to date, and what to do: sqlx says it to those who write programs.
fn remedy(error: &MigrateError) -> String {
    match error {
        MigrateError::VersionMissing(step) => format!(
            "ses tables sont d'une version d'Acquis plus récente que ce programme, qui ne connaît pas leur étape {step} ; \
             prenez cette version, ou remettez la copie de la base faite avant elle (docs/sauvegarde.md)"
        ),
        MigrateError::VersionMismatch(step) => format!(
            "l'étape {step} de ses tables n'est pas celle de ce programme ; prenez le programme qui l'a faite, ou une \
             sauvegarde"
        ),
        MigrateError::Dirty(step) => format!(
            "l'étape {step} de ses tables s'est arrêtée en chemin ; remettez la copie de la base faite avant elle, ou une \
             sauvegarde (docs/sauvegarde.md)"
        ),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => without_values(error),
        error => error.to_string(),
    }
}
