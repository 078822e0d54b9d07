//! Attempts that were judged wrong, counted by keys that tell nothing: hashes of an e-mail or of an address.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::row::{count, text};
use crate::{Store, StoreResult};

/// What was counted under a key.
pub struct CountedAttempts {
    /// The key.
    pub key: String,
    /// How many.
    pub count: i64,
    /// When the count began.
    pub start: i64,
}

impl Store {
    /// What was counted under these keys since that time; nothing for a key whose count is older, was never begun, or was
    /// begun after `now` by a clock that was wrong.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn counted_attempts(&self, keys: &[&str], now: i64, since: i64) -> StoreResult<Vec<CountedAttempts>> {
        let places: Vec<String> = (3..).take(keys.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "SELECT cle, nombre, debut FROM tentatives WHERE debut > $1 AND debut <= $2 AND cle IN ({})",
            places.join(", ")
        );
        // Places alone: nothing that anybody wrote.
        let query = sqlx::query(AssertSqlSafe(sql)).bind(since).bind(now);
        let rows = keys.iter().fold(query, |query, key| query.bind(*key)).fetch_all(&self.readers).await?;
        let read = |row: &AnyRow| {
            Ok(CountedAttempts { key: text(row, "cle")?, count: count(row, "nombre")?, start: count(row, "debut")? })
        };
        rows.iter().map(read).collect()
    }

    /// Counts one more under each of these keys, all or none. A count that began before `since`, or after `now`, starts again.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn count_attempts(&self, keys: &[&str], now: i64, since: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        for key in keys {
            count_one(&mut transaction, key, now, since).await?;
        }
        // Nothing that a session says has changed.
        Ok(transaction.commit().await?)
    }

    /// Forgets what was counted under these keys: the right password was given.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn forget_attempts(&self, keys: &[&str]) -> StoreResult<()> {
        for key in keys {
            sqlx::query("DELETE FROM tentatives WHERE cle = $1").bind(*key).execute(&self.writer).await?;
        }
        Ok(())
    }
}

async fn count_one(connexion: &mut AnyConnection, key: &str, now: i64, since: i64) -> StoreResult<()> {
    sqlx::query(
        "INSERT INTO tentatives (cle, debut, nombre) VALUES ($1, $2, 1)
         ON CONFLICT (cle) DO UPDATE SET
             nombre = CASE WHEN tentatives.debut <= $3 OR tentatives.debut > $2 THEN 1 ELSE tentatives.nombre + 1 END,
             debut = CASE WHEN tentatives.debut <= $3 OR tentatives.debut > $2 THEN $2 ELSE tentatives.debut END",
    )
    .bind(key)
    .bind(now)
    .bind(since)
    .execute(connexion)
    .await?;
    Ok(())
}
