//! What must not be kept for longer than it serves.

use crate::row::{count, text};
use crate::{Engine, Store, StoreResult};

/// Between two clean-ups of a clock that can be believed: they come every hour, and a machine may rest for a night.
const LEAP: i64 = 2 * 24 * 3_600_000;

impl Store {
    /// Notes a clean-up; tells since when they have followed one another without a leap of the clock. A clock that goes
    /// back, or that comes from nowhere, begins again from now.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn steady_since(&self, now: i64) -> StoreResult<i64> {
        let mut transaction = self.write().await?;
        let row =
            sqlx::query("SELECT valeur FROM temoins WHERE nom = 'menage'").fetch_optional(&mut *transaction).await?;
        let known = row.map(|row| text(&row, "valeur")).transpose()?;
        let known = known.as_deref().and_then(|known| known.split_once(' '));
        let known = known.and_then(|(since, last)| Some((since.parse::<i64>().ok()?, last.parse::<i64>().ok()?)));
        let since = match known {
            Some((since, last)) if last <= now && now - last <= LEAP => since,
            _ => now,
        };
        sqlx::query(
            "INSERT INTO temoins (nom, valeur) VALUES ('menage', $1) ON CONFLICT (nom) DO UPDATE SET valeur = $1",
        )
        .bind(format!("{since} {now}"))
        .execute(&mut *transaction)
        .await?;
        self.complete(transaction).await?;
        Ok(since)
    }

    /// Erases the sessions that are idle or over, old attempts, old idempotency keys, the requests, the
    /// links and the challenges that are over, and the letters that were done with for long; each argument is the time before which a record goes.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn purge(&self, now: i64, views: i64, attempts: i64, keys: i64, letters: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        for (erase, before) in [
            ("DELETE FROM sessions WHERE expire_le <= $1", now),
            ("DELETE FROM sessions WHERE vue_le <= $1", views),
            ("DELETE FROM tentatives WHERE debut <= $1", attempts),
            ("DELETE FROM cles_idempotence WHERE creee_le <= $1", keys),
            ("DELETE FROM demandes WHERE expire_le <= $1", now),
            ("DELETE FROM liens_d_arret WHERE expire_le <= $1", now),
            ("DELETE FROM defis_servis WHERE expire_le <= $1", now),
            ("DELETE FROM voyages WHERE expire_le <= $1", now),
            ("DELETE FROM courriers WHERE fini_le <= $1", letters),
        ] {
            sqlx::query(erase).bind(before).execute(&mut *transaction).await?;
        }
        self.complete(transaction).await
    }

    /// SQLite writes first in a journal, where what was erased since can be read: this puts it in the file, which keeps
    /// nothing erased, and empties the journal. Somebody who reads for long stops it; it is tried again within the hour.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn forget_what_was_written(&self) -> StoreResult<()> {
        if self.engine == Engine::Postgres {
            return Ok(());
        }
        let mut connexion = self.writer.acquire().await?;
        // The one connection that writes does not wait for a reader as it would for a writer.
        sqlx::query("PRAGMA busy_timeout = 500").execute(&mut *connexion).await?;
        let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connexion).await;
        sqlx::query("PRAGMA busy_timeout = 10000").execute(&mut *connexion).await?;
        if count(&emptied?, "busy")? != 0 {
            tracing::debug!("the journal of the database is being read: it will be emptied later");
        }
        Ok(())
    }
}
