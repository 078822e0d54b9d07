//! Sessions: found by the hash of a secret that only the browser has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sqlx::any::AnyRow;

use crate::audit_log::{self, Operation};
use crate::row::{count, flag, text};
use crate::{Engine, Store, StoreResult};

/// A session and whose it is: all that a request needs, in one query. No `Debug`: it holds a name.
pub struct Session {
    /// Hash of the secret.
    pub digest: String,
    /// The account.
    pub account: String,
    /// The person.
    pub person: String,
    /// Birth name as typed.
    pub nom_naissance: String,
    /// Given names as typed.
    pub prenoms: String,
    /// Whether the employers' declarations know this person.
    pub known: bool,
    /// Counts the changes of what rights are computed from.
    pub version: i64,
    /// When it was last seen.
    pub seen_on: i64,
    /// When it ends whatever happens.
    pub expires_on: i64,
}

/// A session to open.
pub struct NewSession<'a> {
    /// Hash of the secret.
    pub digest: &'a str,
    /// The account.
    pub account: &'a str,
    /// When it ends whatever happens.
    pub expires_on: i64,
    /// The browser and system, in a few words.
    pub device: &'a str,
}

/// A session as its holder sees it in a list.
pub struct SessionOpened {
    /// Hash of the secret.
    pub digest: String,
    /// When it was opened.
    pub opened_on: i64,
    /// When it was last seen.
    pub seen_on: i64,
    /// The browser and system, in a few words.
    pub device: String,
}

/// How long a session read from SQLite is taken as read: a bound on what another process could
/// change meanwhile. Our own writes are seen at once.
const MEMORY: Duration = Duration::from_secs(1);
/// Past this many it begins again from nothing: a bound on memory, not a tuning.
const KEPT: usize = 10_000;

/// The sessions read a moment ago. Only for SQLite, whose file one server alone writes; each
/// writing transaction empties it, and a reading that was under way meanwhile is not kept.
#[derive(Default)]
pub(crate) struct SeenSessions(Mutex<Views>);

#[derive(Default)]
struct Views {
    generation: u64,
    sessions: HashMap<String, (Instant, Arc<Session>)>,
}

impl SeenSessions {
    fn views(&self) -> MutexGuard<'_, Views> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session if it was just read; else the generation under which it may be kept.
    fn look_up(&self, digest: &str) -> Result<Arc<Session>, u64> {
        let views = self.views();
        match views.sessions.get(digest) {
            Some((read, session)) if read.elapsed() < MEMORY => Ok(Arc::clone(session)),
            _ => Err(views.generation),
        }
    }

    fn keep(&self, generation: u64, session: &Arc<Session>) {
        let mut views = self.views();
        if views.generation == generation {
            if views.sessions.len() >= KEPT {
                views.sessions.clear();
            }
            views.sessions.insert(session.digest.clone(), (Instant::now(), Arc::clone(session)));
        }
    }

    /// Forgets everything: something was written.
    pub(crate) fn forget(&self) {
        let mut views = self.views();
        views.generation += 1;
        views.sessions.clear();
    }
}

fn from_row(row: &AnyRow) -> StoreResult<Session> {
    Ok(Session {
        digest: text(row, "empreinte")?,
        account: text(row, "compte")?,
        seen_on: count(row, "vue_le")?,
        expires_on: count(row, "expire_le")?,
        person: text(row, "personne")?,
        nom_naissance: text(row, "nom_naissance")?,
        prenoms: text(row, "prenoms")?,
        known: flag(row, "connue")?,
        version: count(row, "version")?,
    })
}

impl Store {
    /// The session of this secret, whether or not it has ended.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn session(&self, digest: &str) -> StoreResult<Option<Arc<Session>>> {
        let generation = match self.engine {
            Engine::Postgres => None,
            Engine::Sqlite => match self.views.look_up(digest) {
                Ok(session) => return Ok(Some(session)),
                Err(generation) => Some(generation),
            },
        };
        let row = sqlx::query(
            "SELECT s.empreinte, s.compte, s.vue_le, s.expire_le, c.personne, c.nom_naissance, c.prenoms, p.connue, p.version
             FROM sessions s JOIN comptes c ON c.id = s.compte JOIN personnes p ON p.id = c.personne
             WHERE s.empreinte = $1",
        )
        .bind(digest)
        .fetch_optional(&self.readers)
        .await?;
        let session = row.as_ref().map(from_row).transpose()?.map(Arc::new);
        if let (Some(generation), Some(session)) = (generation, &session) {
            self.views.keep(generation, session);
        }
        Ok(session)
    }

    /// Opens a session; ends the one that the same browser had.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn open_session(&self, new: &NewSession<'_>, former: Option<&str>, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO sessions (empreinte, compte, ouverte_le, vue_le, expire_le, appareil)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(new.digest)
        .bind(new.account)
        .bind(now)
        .bind(now)
        .bind(new.expires_on)
        .bind(new.device)
        .execute(&mut *transaction)
        .await?;
        if let Some(former) = former {
            sqlx::query("DELETE FROM sessions WHERE empreinte = $1").bind(former).execute(&mut *transaction).await?;
        }
        audit_log::record(&mut transaction, now, new.account, Operation::Connexion).await?;
        self.complete(transaction).await?;
        Ok(())
    }

    /// Notes that a session was seen.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn show_session(&self, digest: &str, now: i64) -> StoreResult<()> {
        sqlx::query("UPDATE sessions SET vue_le = $1 WHERE empreinte = $2")
            .bind(now)
            .bind(digest)
            .execute(&self.writer)
            .await?;
        self.views.forget();
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn close_session(&self, session: &Session, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE empreinte = $1")
            .bind(&session.digest)
            .execute(&mut *transaction)
            .await?;
        audit_log::record(&mut transaction, now, &session.account, Operation::Deconnexion).await?;
        self.complete(transaction).await?;
        Ok(())
    }

    /// Ends every session of the account but this one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn close_others(&self, session: &Session, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE compte = $1 AND empreinte <> $2")
            .bind(&session.account)
            .bind(&session.digest)
            .execute(&mut *transaction)
            .await?;
        audit_log::record(&mut transaction, now, &session.account, Operation::ConnexionsClosed).await?;
        self.complete(transaction).await?;
        Ok(())
    }

    /// The sessions of an account that are neither idle since `seen_since` nor over, last seen first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn sessions(&self, account: &str, seen_since: i64, now: i64) -> StoreResult<Vec<SessionOpened>> {
        let records = sqlx::query(
            "SELECT empreinte, ouverte_le, vue_le, appareil FROM sessions
             WHERE compte = $1 AND vue_le > $2 AND expire_le > $3 ORDER BY vue_le DESC, ouverte_le DESC",
        )
        .bind(account)
        .bind(seen_since)
        .bind(now)
        .fetch_all(&self.readers)
        .await?;
        records
            .iter()
            .map(|row| {
                Ok(SessionOpened {
                    digest: text(row, "empreinte")?,
                    opened_on: count(row, "ouverte_le")?,
                    seen_on: count(row, "vue_le")?,
                    device: text(row, "appareil")?,
                })
            })
            .collect()
    }
}
