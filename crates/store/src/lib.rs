//! The store: its steps, its transactions. The files beside this one hold all the SQL,
//! written once for SQLite and PostgreSQL. Gives domaine types; knows no HTTP.

mod accounts;
mod audit_log;
mod backup;
mod cleanup;
mod imports;
mod keys;
mod ledger;
mod lives;
mod opening;
mod opening_failed;
mod outbox;
mod pieces;
mod recognition;
mod requests;
mod row;
mod sealed;
mod ways_in;
mod write_tx;

use std::sync::Arc;

use accounts::SeenSessions;
use row::count;
use sqlx::migrate::{Migration, MigrationType};
use sqlx::{Any, AnyPool, SqlSafeStr, Transaction};

pub use accounts::{
    Account, AccountOverview, Acted, AnswerKind, Attested, Contestation, CountedAttempts, Decided, Declaration,
    Declared, DeclaredHandicap, Disputed, Dormant, FollowUp, Freeze, Handicap, HolderThaw, KeptPiece, Mailbox,
    NewAccess, NewAccount, NewDeclaration, NewHandicap, NewPiece, NewSession, Obstacle, Opening, Origins, Proofs,
    Session, SessionOpened, SignIn, Step, StopLink, Stopped, Verdict, Way, account_prefix, account_reference,
};
pub use accounts::{Changed, NewCoordonnees, Sides, TriedCodes};
pub use accounts::{IdentityLink, IdentityToken, Linked, NewLink, OpeningLetters, ShownIdentity};
pub use accounts::{Kept, KnownPasskey, NewPasskey, PASSKEYS, PasskeyShown, PasskeySignIn, PasskeyUse};
pub use accounts::{Leaving, ShownAgain, Taken};
pub use accounts::{NewSecondStep, SecondStep, Spent, StepProof};
pub use audit_log::{
    Act, Anchor, ChainedLine, Checked, JournalFault, JournalFilter, JournalLine, LeavingAnchor, Operation, Operator,
    SignedAnchor, Who, leave_anchors,
};
pub use backup::{BaseCopy, Contents, Photograph, sqlite_file};
pub use imports::{Deposited, DsnFiling, DsnOutcome, Testimony, Told};
pub use ledger::{LedgerEntry, Life};
pub use lives::{Changes, EvenementOutcome, Facts, NewPerson, Person, ReadTx};
pub use opening::sqlite_address;
pub use opening_failed::OpeningFailed;
pub use outbox::{KeptLetter, LetterOutcome, NewLetter, NewStop, WaitingLetter};
pub use pieces::{ORPHAN_AGE, PieceEntry, PieceReading, Pieces, PiecesError, create_dir};
pub use recognition::Recognized;
pub use requests::{Deposit, Examined, NewRequest, Request, RequestState, Tried};
pub use sealed::{Place, SealedRow, bound};
pub use write_tx::WriteTx;

/// What the store answers.
pub type StoreResult<T> = Result<T, StoreError>;

/// The store failed. Absence is not a failure: it is an `Option`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or written now.
    #[error("{}", without_values(.0))]
    Base(sqlx::Error),
    /// A stored value cannot be what this program wrote.
    #[error("unreadable stored value: {0}")]
    Corrupt(&'static str),
    /// The session ended meanwhile, or its account was closed: nothing was done.
    #[error("the session is over")]
    SessionOver,
}

impl StoreError {
    /// Whether no healthy database would answer so: a fault of ours, told from a database that is lost or full.
    pub fn is_a_bug(&self) -> bool {
        use sqlx::error::ErrorKind;
        match self {
            Self::Base(sqlx::Error::Database(error)) => !matches!(error.kind(), ErrorKind::Other),
            Self::Base(
                sqlx::Error::ColumnDecode { .. }
                | sqlx::Error::ColumnIndexOutOfBounds { .. }
                | sqlx::Error::ColumnNotFound(_)
                | sqlx::Error::TypeNotFound { .. }
                | sqlx::Error::Decode(_)
                | sqlx::Error::Encode(_)
                | sqlx::Error::RowNotFound,
            )
            | Self::Corrupt(_) => true,
            Self::Base(_) | Self::SessionOver => false,
        }
    }
}

// By hand: `#[from]` would also give the error of the database as a source, with the values that it names.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Base(error)
    }
}

/// A constraint names columns and, in PostgreSQL, the values that break it: a message of the database is not repeated.
fn without_values(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            match cause(&code) {
                Some(cause) => format!("{cause} ({code})"),
                None => format!("database error {code} ({:?})", error.kind()),
            }
        }
        error => format!("database: {error}"),
    }
}

/// What whoever runs the program can mend, by the code of the database: five characters for PostgreSQL, a number for
/// SQLite, whose last byte says the family.
fn cause(code: &str) -> Option<&'static str> {
    let family = if code.len() < 5 { code.parse::<u32>().ok().map(|code| code & 0xff) } else { None };
    Some(match (code, family) {
        ("53100", _) | (_, Some(13)) => "le disque est plein",
        ("25006", _) | (_, Some(8)) => {
            "la base ne peut être que lue : voyez les droits de son fichier et de son dossier"
        }
        (_, Some(5 | 6)) => "un autre programme tient la base",
        (_, Some(10)) => "le disque n'a pas pu être lu ou écrit",
        (_, Some(14)) => "le fichier de la base ne peut pas être ouvert : voyez les droits de son dossier",
        ("XX001" | "XX002", _) | (_, Some(11 | 26)) => "le fichier de la base est abîmé : restaurez une sauvegarde",
        ("53300", _) => "PostgreSQL n'a plus de connexion libre",
        ("57P01" | "57P02" | "57P03", _) => "PostgreSQL s'arrête ou démarre",
        ("28000" | "28P01", _) => "PostgreSQL refuse ce nom ou ce mot de passe",
        ("3D000", _) => "PostgreSQL n'a pas de base de ce nom",
        _ => return None,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Engine {
    Sqlite,
    Postgres,
}

/// The one door to the data.
#[derive(Clone)]
pub struct Store {
    /// Where one reads. On SQLite nothing is written there, so that a reader never waits for a writer.
    readers: AnyPool,
    /// Where one writes: the one connection of SQLite that may; on PostgreSQL, the pool of everybody.
    writer: AnyPool,
    engine: Engine,
    views: Arc<SeenSessions>,
}

impl Store {
    /// Whether the tables are those of this program, without touching them.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn is_up_to_date(&self) -> StoreResult<bool> {
        let worked = sqlx::query("SELECT COUNT(*) AS faites FROM _sqlx_migrations").fetch_one(&self.readers).await;
        match worked {
            Ok(row) => Ok(count(&row, "faites")? == i64::try_from(self.steps().len()).unwrap_or(i64::MAX)),
            // No such table: nothing was ever made here.
            Err(sqlx::Error::Database(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether tables at that step are of a later version, which this program cannot bring up to date.
    pub fn is_later(&self, step: i64) -> bool {
        self.steps().iter().all(|known| known.version < step)
    }

    fn steps(&self) -> Vec<Migration> {
        let step = |version, nom: &'static str, sql: &'static str| {
            Migration::new(version, nom.into(), MigrationType::Simple, sql.into_sql_str(), false)
        };
        vec![
            step(1, "comptes", include_str!("../migrations/0001_comptes.sql")),
            step(2, "dif", include_str!("../migrations/0002_dif.sql")),
            step(3, "activites", include_str!("../migrations/0003_activites.sql")),
            step(4, "registre", include_str!("../migrations/0004_registre.sql")),
            step(
                5,
                "registre inaltérable",
                match self.engine {
                    Engine::Sqlite => include_str!("../migrations/0005_registre_sqlite.sql"),
                    Engine::Postgres => include_str!("../migrations/0005_registre_postgres.sql"),
                },
            ),
            step(10, "declarations", include_str!("../migrations/0010_declarations.sql")),
            step(
                11,
                "suites",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0011_suites.sql"),
                        include_str!("../migrations/0011_suites_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0011_suites.sql"),
                        include_str!("../migrations/0011_suites_postgres.sql")
                    ),
                },
            ),
            step(12, "vies", include_str!("../migrations/0012_vies.sql")),
            step(13, "evenements", include_str!("../migrations/0013_evenements.sql")),
            step(14, "divisions", include_str!("../migrations/0014_divisions_dsn.sql")),
            step(
                15,
                "registre sans détour",
                match self.engine {
                    Engine::Sqlite => include_str!("../migrations/0015_registre_sqlite.sql"),
                    Engine::Postgres => "SELECT 1",
                },
            ),
            step(16, "complements", include_str!("../migrations/0016_complements.sql")),
            step(22, "registre textes", include_str!("../migrations/0022_registre_textes.sql")),
            step(29, "remplacements", include_str!("../migrations/0029_remplacements.sql")),
            step(
                30,
                "accords",
                match self.engine {
                    Engine::Sqlite => include_str!("../migrations/0030_accords_sqlite.sql"),
                    Engine::Postgres => include_str!("../migrations/0030_accords_postgres.sql"),
                },
            ),
            step(
                31,
                "handicaps",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0031_handicaps.sql"),
                        include_str!("../migrations/0031_handicaps_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0031_handicaps.sql"),
                        include_str!("../migrations/0031_handicaps_postgres.sql")
                    ),
                },
            ),
            step(32, "courriers", include_str!("../migrations/0032_courriers.sql")),
            step(33, "demandes", include_str!("../migrations/0033_demandes.sql")),
            step(
                36,
                "journal gardé",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0036_journal.sql"),
                        include_str!("../migrations/0036_journal_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0036_journal.sql"),
                        include_str!("../migrations/0036_journal_postgres.sql")
                    ),
                },
            ),
            step(37, "gel", include_str!("../migrations/0037_gel.sql")),
            step(
                38,
                "attestations",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0038_attestations.sql"),
                        include_str!("../migrations/0038_attestations_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0038_attestations.sql"),
                        include_str!("../migrations/0038_attestations_postgres.sql")
                    ),
                },
            ),
            step(
                39,
                "consentement",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0039_consentement.sql"),
                        include_str!("../migrations/0039_consentement_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0039_consentement.sql"),
                        include_str!("../migrations/0039_consentement_postgres.sql")
                    ),
                },
            ),
            step(41, "inactivité", include_str!("../migrations/0041_inactivite.sql")),
            step(42, "identité prouvée", include_str!("../migrations/0042_identite_prouvee.sql")),
            step(43, "changements", include_str!("../migrations/0043_changements.sql")),
            step(44, "liens d'arrêt", include_str!("../migrations/0044_arret.sql")),
            step(46, "mis à part", include_str!("../migrations/0046_mis_a_part.sql")),
            step(47, "repos", include_str!("../migrations/0047_repos.sql")),
            step(48, "seconde étape d'une session", include_str!("../migrations/0048_sessions_seconde_etape.sql")),
            step(51, "clés d'accès", include_str!("../migrations/0051_cles_acces.sql")),
            step(54, "sessions", include_str!("../migrations/0054_sessions.sql")),
            step(55, "seconde étape", include_str!("../migrations/0055_seconde_etape.sql")),
            step(56, "identités", include_str!("../migrations/0056_identites.sql")),
            step(57, "numéro prouvé", include_str!("../migrations/0057_numero_prouve.sql")),
            step(
                audit_log::CHAINED,
                "maillons",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0059_maillons.sql"),
                        include_str!("../migrations/0059_maillons_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0059_maillons.sql"),
                        include_str!("../migrations/0059_maillons_postgres.sql")
                    ),
                },
            ),
            step(
                61,
                "clés",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0061_cles.sql"),
                        include_str!("../migrations/0061_cles_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0061_cles.sql"),
                        include_str!("../migrations/0061_cles_postgres.sql")
                    ),
                },
            ),
            step(62, "clés de signature", include_str!("../migrations/0062_cles_de_signature.sql")),
            step(63, "export confirmé", include_str!("../migrations/0063_export_confirme.sql")),
            step(
                64,
                "ancres",
                match self.engine {
                    Engine::Sqlite => concat!(
                        include_str!("../migrations/0064_ancres.sql"),
                        include_str!("../migrations/0064_ancres_sqlite.sql")
                    ),
                    Engine::Postgres => concat!(
                        include_str!("../migrations/0064_ancres.sql"),
                        include_str!("../migrations/0064_ancres_postgres.sql")
                    ),
                },
            ),
            step(65, "journal par acte", include_str!("../migrations/0065_journal_par_acte.sql")),
            step(66, "fermeture", include_str!("../migrations/0066_fermeture.sql")),
            step(67, "demande de session", include_str!("../migrations/0067_demande_de_session.sql")),
        ]
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError`] when it does not.
    pub async fn answers(&self) -> StoreResult<()> {
        sqlx::query("SELECT nom FROM temoins").fetch_optional(&self.readers).await?;
        Ok(())
    }

    /// Closes every connection; whatever is asked after this fails.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Begins to write. SQLite takes its one lock at once: a transaction that reads then writes
    /// cannot find itself refused half-way.
    async fn write(&self) -> StoreResult<Transaction<'static, Any>> {
        Ok(match self.engine {
            Engine::Sqlite => self.writer.begin_with("BEGIN IMMEDIATE").await?,
            Engine::Postgres => self.writer.begin().await?,
        })
    }

    /// Ends a writing transaction. What was remembered of sessions is forgotten, even when the
    /// outcome is not known.
    async fn complete(&self, transaction: Transaction<'static, Any>) -> StoreResult<()> {
        let issue = transaction.commit().await;
        self.views.forget();
        Ok(issue?)
    }
}
