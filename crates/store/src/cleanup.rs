//! What must not be kept for longer than it serves.

use crate::{Store, StoreResult};

impl Store {
    /// Erases the sessions that are idle or over, old attempts, old idempotency keys and the
    /// journal older than a year; each argument is the time before which a record goes.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn purge(&self, now: i64, views: i64, attempts: i64, keys: i64, journal: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        for (erase, before) in [
            ("DELETE FROM sessions WHERE expire_le <= $1", now),
            ("DELETE FROM sessions WHERE vue_le <= $1", views),
            ("DELETE FROM tentatives WHERE debut <= $1", attempts),
            ("DELETE FROM cles_idempotence WHERE creee_le <= $1", keys),
            ("DELETE FROM journal WHERE quand <= $1", journal),
        ] {
            sqlx::query(erase).bind(before).execute(&mut *transaction).await?;
        }
        self.complete(transaction).await?;
        Ok(())
    }
}
