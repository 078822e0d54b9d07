//! What makes a repeated submission the same submission.

use sqlx::AnyConnection;

use crate::{Resultat, Store, texte};

/// What is known of a key.
pub(crate) struct CleConnue {
    pub corps: String,
    pub resultat: String,
}

/// Takes the key for this result. When somebody has it already, says for what: PostgreSQL waits
/// for a submission under way with the same key, SQLite lets one write at a time.
pub(crate) async fn prendre(
    connexion: &mut AnyConnection,
    cle: &str,
    corps: &str,
    compte: &str,
    resultat: &str,
    maintenant: i64,
) -> Resultat<Option<CleConnue>> {
    let prise = sqlx::query(
        "INSERT INTO cles_idempotence (cle, corps, compte, resultat, creee_le)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(cle)
    .bind(corps)
    .bind(compte)
    .bind(resultat)
    .bind(maintenant)
    .execute(&mut *connexion)
    .await?;
    if prise.rows_affected() == 1 { Ok(None) } else { connue(connexion, cle).await }
}

async fn connue(connexion: &mut AnyConnection, cle: &str) -> Resultat<Option<CleConnue>> {
    let ligne = sqlx::query("SELECT corps, resultat FROM cles_idempotence WHERE cle = $1")
        .bind(cle)
        .fetch_optional(connexion)
        .await?;
    ligne.map(|ligne| Ok(CleConnue { corps: texte(&ligne, 0)?, resultat: texte(&ligne, 1)? })).transpose()
}

impl Store {
    /// The body hash and the result known under this key.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn cle_idempotence(&self, cle: &str) -> Resultat<Option<(String, String)>> {
        let mut connexion = self.pool.acquire().await?;
        Ok(connue(&mut connexion, cle).await?.map(|connue| (connue.corps, connue.resultat)))
    }
}
