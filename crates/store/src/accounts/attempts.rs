//! Attempts, counted by keys that tell nothing: hashes of an e-mail or of an address.

use crate::row::count;
use crate::{Store, StoreResult};

impl Store {
    /// Counts one more attempt under this key; gives their number and when the count began.
    /// A count that began before `since` starts again.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn count_attempt(&self, key: &str, now: i64, since: i64) -> StoreResult<(i64, i64)> {
        let row = sqlx::query(
            "INSERT INTO tentatives (cle, debut, nombre) VALUES ($1, $2, 1)
             ON CONFLICT (cle) DO UPDATE SET
                 nombre = CASE WHEN tentatives.debut <= $3 THEN 1 ELSE tentatives.nombre + 1 END,
                 debut = CASE WHEN tentatives.debut <= $3 THEN $2 ELSE tentatives.debut END
             RETURNING nombre, debut",
        )
        .bind(key)
        .bind(now)
        .bind(since)
        .fetch_one(&self.writer)
        .await?;
        Ok((count(&row, "nombre")?, count(&row, "debut")?))
    }

    /// Forgets the attempts under this key: the right password was given.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn forget_attempts(&self, key: &str) -> StoreResult<()> {
        sqlx::query("DELETE FROM tentatives WHERE cle = $1").bind(key).execute(&self.writer).await?;
        Ok(())
    }

    /// Takes one attempt back: it was a good one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn give_attempt_back(&self, key: &str) -> StoreResult<()> {
        sqlx::query("UPDATE tentatives SET nombre = nombre - 1 WHERE cle = $1 AND nombre > 0")
            .bind(key)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
