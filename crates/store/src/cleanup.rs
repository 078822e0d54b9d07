//! What must not be kept for longer than it serves.

use crate::{Resultat, Store};

impl Store {
    /// Erases the sessions that are idle or over, old attempts, old idempotency keys and the
    /// journal older than a year; each argument is the time before which a record goes.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn purger(&self, maintenant: i64, vues: i64, tentatives: i64, cles: i64, journal: i64) -> Resultat<()> {
        let mut transaction = self.ecrire().await?;
        for (effacer, avant) in [
            ("DELETE FROM sessions WHERE expire_le <= $1", maintenant),
            ("DELETE FROM sessions WHERE vue_le <= $1", vues),
            ("DELETE FROM tentatives WHERE debut <= $1", tentatives),
            ("DELETE FROM cles_idempotence WHERE creee_le <= $1", cles),
            ("DELETE FROM journal WHERE quand <= $1", journal),
        ] {
            sqlx::query(effacer).bind(avant).execute(&mut *transaction).await?;
        }
        self.terminer(transaction).await?;
        Ok(())
    }
}
