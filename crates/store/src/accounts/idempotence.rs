//! What makes a repeated submission the same submission.

use sqlx::AnyConnection;

use crate::row::text;
use crate::{Store, StoreResult};

/// What is known of a key.
pub(crate) struct KnownKey {
    pub body: String,
    pub result: String,
}

/// Takes the key for this result. When somebody has it already, says for what: PostgreSQL waits
/// for a submission under way with the same key, SQLite lets one write at a time.
pub(crate) async fn take(
    connexion: &mut AnyConnection,
    key: &str,
    body: &str,
    account: &str,
    result: &str,
    now: i64,
) -> StoreResult<Option<KnownKey>> {
    let taken = sqlx::query(
        "INSERT INTO cles_idempotence (cle, corps, compte, resultat, creee_le)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(key)
    .bind(body)
    .bind(account)
    .bind(result)
    .bind(now)
    .execute(&mut *connexion)
    .await?;
    if taken.rows_affected() == 1 { Ok(None) } else { known(connexion, key).await }
}

async fn known(connexion: &mut AnyConnection, key: &str) -> StoreResult<Option<KnownKey>> {
    let row = sqlx::query("SELECT corps, resultat FROM cles_idempotence WHERE cle = $1")
        .bind(key)
        .fetch_optional(connexion)
        .await?;
    row.map(|row| Ok(KnownKey { body: text(&row, "corps")?, result: text(&row, "resultat")? })).transpose()
}

impl Store {
    /// The body hash and the result known under this key.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn idempotency_key(&self, key: &str) -> StoreResult<Option<(String, String)>> {
        let mut connexion = self.readers.acquire().await?;
        Ok(known(&mut connexion, key).await?.map(|known| (known.body, known.result)))
    }
}
