//! The store: opens, migrates, begins transactions. The files beside this one hold all the SQL,
//! written once for SQLite and PostgreSQL. Gives domaine types; knows no HTTP.

mod audit_log;
mod cleanup;
mod comptes;
mod imports;
mod pieces;
mod registre;
mod vies;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use comptes::SessionsVues;
use sqlx::any::{AnyPoolOptions, AnyRow, install_default_drivers};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Any, AnyPool, Row, SqlSafeStr, Transaction};
use vault::Coffre;

pub use audit_log::{OPERATEUR, Operation};
pub use comptes::{
    Compte, Contestation, Declaration, NouveauCompte, NouvelleDeclaration, NouvellePiece, NouvelleSession, Ouverture,
    PieceGardee, Session, SessionOuverte, Suite, Suivi,
};
pub use imports::{Depose, DepotDsn, Reconnue, SortDsn, Travaux};
pub use pieces::{AGE_ORPHELIN, EcriturePiece, PanneDePieces, Pieces, creer_dossier};
pub use registre::{Ecriture, Vie};
pub use vies::{Changements, Faits, Lecture, NouvellePersonne, Personne, SortEvenement};

/// What the store answers.
pub type Resultat<T> = Result<T, Panne>;

/// The store failed. Absence is not a failure: it is an `Option`.
#[derive(Debug)]
pub enum Panne {
    /// The database cannot be reached or written now.
    Base(sqlx::Error),
    /// A stored value cannot be what this program wrote.
    Donnee(&'static str),
}

impl std::fmt::Display for Panne {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // A constraint names columns and, in PostgreSQL, the values that break it.
            Self::Base(sqlx::Error::Database(erreur)) => {
                write!(f, "database error {} ({:?})", erreur.code().unwrap_or_default(), erreur.kind())
            }
            Self::Base(erreur) => write!(f, "database: {erreur}"),
            Self::Donnee(quoi) => write!(f, "unreadable stored value: {quoi}"),
        }
    }
}

impl std::error::Error for Panne {}

impl Panne {
    /// Whether no healthy database would answer so: a fault of ours, told from a database that is lost or full.
    pub fn is_a_bug(&self) -> bool {
        use sqlx::error::ErrorKind;
        match self {
            Self::Base(sqlx::Error::Database(erreur)) => !matches!(erreur.kind(), ErrorKind::Other),
            Self::Base(
                sqlx::Error::ColumnDecode { .. }
                | sqlx::Error::ColumnIndexOutOfBounds { .. }
                | sqlx::Error::ColumnNotFound(_)
                | sqlx::Error::TypeNotFound { .. }
                | sqlx::Error::Decode(_)
                | sqlx::Error::Encode(_)
                | sqlx::Error::RowNotFound,
            )
            | Self::Donnee(_) => true,
            Self::Base(_) => false,
        }
    }
}

impl From<sqlx::Error> for Panne {
    fn from(erreur: sqlx::Error) -> Self {
        Self::Base(erreur)
    }
}

/// Why the store cannot be opened.
#[derive(Debug)]
pub enum OuvertureImpossible {
    /// Neither `sqlite:` nor `postgres:`.
    Adresse,
    /// The database does not answer.
    Base(sqlx::Error),
    /// Its tables cannot be brought up to date.
    Migration(Box<MigrateError>),
    /// It was filled under another master key.
    AutreCle,
    /// Reading or writing the witness of the key failed.
    Panne(Panne),
}

impl std::fmt::Display for OuvertureImpossible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Adresse => f.write_str("database_url : une adresse sqlite: ou postgres: est attendue"),
            Self::Base(erreur) => write!(f, "la base de données ne répond pas : {erreur}"),
            Self::Migration(erreur) => write!(f, "la base de données ne peut pas être mise à jour : {erreur}"),
            Self::AutreCle => f.write_str(
                "cle : cette base de données a été remplie avec une autre clé ; reprenez la clé d'origine, \
                 sans elle les numéros de sécurité sociale ne peuvent être lus",
            ),
            Self::Panne(panne) => write!(f, "la base de données n'a pas pu être préparée : {panne}"),
        }
    }
}

impl std::error::Error for OuvertureImpossible {}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Moteur {
    Sqlite,
    Postgres,
}

/// The one door to the data.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    moteur: Moteur,
    vues: Arc<SessionsVues>,
}

impl Store {
    /// Connects; creates the file of an SQLite database that is not there.
    ///
    /// # Errors
    /// [`OuvertureImpossible`] when the address is of another kind or the database does not answer.
    pub async fn ouvrir(url: &str) -> Result<Self, OuvertureImpossible> {
        install_default_drivers();
        let moteur = match url.split(':').next() {
            Some("sqlite") => Moteur::Sqlite,
            Some("postgres" | "postgresql") => Moteur::Postgres,
            _ => return Err(OuvertureImpossible::Adresse),
        };
        let options = AnyPoolOptions::new().acquire_timeout(Duration::from_secs(5));
        let options = match moteur {
            Moteur::Postgres => options.max_connections(16),
            // A file has no network to lose: testing each connection would cost as much as a query.
            Moteur::Sqlite => {
                options.max_connections(4).test_before_acquire(false).idle_timeout(None).max_lifetime(None)
            }
        };
        let pool = options
            .after_connect(move |connexion, _| {
                Box::pin(async move {
                    if moteur == Moteur::Sqlite {
                        // FULL: what was answered « enregistré » survives a power cut. secure_delete: what
                        // a person had erased does not stay readable in the file.
                        for pragma in [
                            "PRAGMA busy_timeout = 10000",
                            "PRAGMA journal_mode = WAL",
                            "PRAGMA synchronous = FULL",
                            "PRAGMA foreign_keys = ON",
                            "PRAGMA secure_delete = ON",
                        ] {
                            sqlx::query(pragma).execute(&mut *connexion).await?;
                        }
                    }
                    Ok(())
                })
            })
            .connect(url)
            .await
            .map_err(OuvertureImpossible::Base)?;
        Ok(Self { pool, moteur, vues: Arc::default() })
    }

    /// Brings the tables up to date and checks that the key is the one the data was written with.
    ///
    /// # Errors
    /// [`OuvertureImpossible`] names which of the two failed.
    pub async fn migrer(&self, coffre: &Coffre) -> Result<(), OuvertureImpossible> {
        Migrator::with_migrations(self.etapes())
            .run(&self.pool)
            .await
            .map_err(|erreur| OuvertureImpossible::Migration(Box::new(erreur)))?;
        match self.verifier_temoin(coffre.temoin()).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(OuvertureImpossible::AutreCle),
            Err(panne) => Err(OuvertureImpossible::Panne(panne)),
        }
    }

    /// Whether the tables are those of this program, without touching them.
    ///
    /// # Errors
    /// [`Panne`] when the database does not answer.
    pub async fn est_a_jour(&self) -> Resultat<bool> {
        let faites = sqlx::query("SELECT COUNT(*) FROM _sqlx_migrations").fetch_one(&self.pool).await;
        match faites {
            Ok(ligne) => Ok(nombre(&ligne, 0)? == i64::try_from(self.etapes().len()).unwrap_or(i64::MAX)),
            // No such table: nothing was ever made here.
            Err(sqlx::Error::Database(_)) => Ok(false),
            Err(erreur) => Err(erreur.into()),
        }
    }

    fn etapes(&self) -> Vec<Migration> {
        let etape = |version, nom: &'static str, sql: &'static str| {
            Migration::new(version, nom.into(), MigrationType::Simple, sql.into_sql_str(), false)
        };
        vec![
            etape(1, "comptes", include_str!("../migrations/0001_comptes.sql")),
            etape(2, "dif", include_str!("../migrations/0002_dif.sql")),
            etape(3, "activites", include_str!("../migrations/0003_activites.sql")),
            etape(4, "registre", include_str!("../migrations/0004_registre.sql")),
            etape(
                5,
                "registre inaltérable",
                match self.moteur {
                    Moteur::Sqlite => include_str!("../migrations/0005_registre_sqlite.sql"),
                    Moteur::Postgres => include_str!("../migrations/0005_registre_postgres.sql"),
                },
            ),
            etape(10, "declarations", include_str!("../migrations/0010_declarations.sql")),
            etape(
                11,
                "suites",
                match self.moteur {
                    Moteur::Sqlite => concat!(
                        include_str!("../migrations/0011_suites.sql"),
                        include_str!("../migrations/0011_suites_sqlite.sql")
                    ),
                    Moteur::Postgres => concat!(
                        include_str!("../migrations/0011_suites.sql"),
                        include_str!("../migrations/0011_suites_postgres.sql")
                    ),
                },
            ),
            etape(12, "vies", include_str!("../migrations/0012_vies.sql")),
            etape(13, "evenements", include_str!("../migrations/0013_evenements.sql")),
            etape(14, "divisions", include_str!("../migrations/0014_divisions_dsn.sql")),
            etape(
                15,
                "registre sans détour",
                match self.moteur {
                    Moteur::Sqlite => include_str!("../migrations/0015_registre_sqlite.sql"),
                    Moteur::Postgres => "SELECT 1",
                },
            ),
            etape(16, "complements", include_str!("../migrations/0016_complements.sql")),
        ]
    }

    async fn verifier_temoin(&self, attendu: &str) -> Resultat<bool> {
        sqlx::query("INSERT INTO temoins (nom, valeur) VALUES ('cle', $1) ON CONFLICT DO NOTHING")
            .bind(attendu)
            .execute(&self.pool)
            .await?;
        let ligne = sqlx::query("SELECT valeur FROM temoins WHERE nom = 'cle'").fetch_one(&self.pool).await?;
        Ok(texte(&ligne, 0)? == attendu)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Panne`] when it does not.
    pub async fn repond(&self) -> Resultat<()> {
        sqlx::query("SELECT nom FROM temoins").fetch_optional(&self.pool).await?;
        Ok(())
    }

    /// Closes every connection; whatever is asked after this fails.
    pub async fn fermer(&self) {
        self.pool.close().await;
    }

    /// Begins to write. SQLite takes its one lock at once: a transaction that reads then writes
    /// cannot find itself refused half-way.
    async fn ecrire(&self) -> Resultat<Transaction<'static, Any>> {
        Ok(match self.moteur {
            Moteur::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await?,
            Moteur::Postgres => self.pool.begin().await?,
        })
    }

    /// Ends a writing transaction. What was remembered of sessions is forgotten, even when the
    /// outcome is not known.
    async fn terminer(&self, transaction: Transaction<'static, Any>) -> Resultat<()> {
        let issue = transaction.commit().await;
        self.vues.oublier();
        Ok(issue?)
    }
}

/// The address of an SQLite file, created if need be.
pub fn adresse_sqlite(chemin: &Path) -> String {
    let mut adresse = String::from("sqlite://");
    for octet in chemin.to_string_lossy().bytes() {
        match octet {
            b'%' | b'?' | b'#' | b' ' => {
                let _ = write!(adresse, "%{octet:02X}");
            }
            // The bytes of a character outside ASCII are escaped one by one.
            0x80.. => {
                let _ = write!(adresse, "%{octet:02X}");
            }
            _ => adresse.push(char::from(octet)),
        }
    }
    adresse.push_str("?mode=rwc");
    adresse
}

fn texte(ligne: &AnyRow, colonne: usize) -> Result<String, sqlx::Error> {
    ligne.try_get(colonne)
}

fn texte_ou_rien(ligne: &AnyRow, colonne: usize) -> Result<Option<String>, sqlx::Error> {
    ligne.try_get(colonne)
}

fn nombre(ligne: &AnyRow, colonne: usize) -> Result<i64, sqlx::Error> {
    ligne.try_get(colonne)
}

fn petit<T: TryFrom<i64>>(ligne: &AnyRow, colonne: usize, quoi: &'static str) -> Resultat<T> {
    T::try_from(nombre(ligne, colonne)?).map_err(|_| Panne::Donnee(quoi))
}
