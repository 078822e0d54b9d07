//! Attempts, counted by keys that tell nothing: hashes of an e-mail or of an address.

use crate::{Resultat, Store, nombre};

impl Store {
    /// Counts one more attempt under this key; gives their number and when the count began.
    /// A count that began before `depuis` starts again.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn compter_tentative(&self, cle: &str, maintenant: i64, depuis: i64) -> Resultat<(i64, i64)> {
        let ligne = sqlx::query(
            "INSERT INTO tentatives (cle, debut, nombre) VALUES ($1, $2, 1)
             ON CONFLICT (cle) DO UPDATE SET
                 nombre = CASE WHEN tentatives.debut <= $3 THEN 1 ELSE tentatives.nombre + 1 END,
                 debut = CASE WHEN tentatives.debut <= $3 THEN $2 ELSE tentatives.debut END
             RETURNING nombre, debut",
        )
        .bind(cle)
        .bind(maintenant)
        .bind(depuis)
        .fetch_one(&self.pool)
        .await?;
        Ok((nombre(&ligne, 0)?, nombre(&ligne, 1)?))
    }

    /// Forgets the attempts under this key: the right password was given.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn oublier_tentatives(&self, cle: &str) -> Resultat<()> {
        sqlx::query("DELETE FROM tentatives WHERE cle = $1").bind(cle).execute(&self.pool).await?;
        Ok(())
    }

    /// Takes one attempt back: it was a good one.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn rendre_tentative(&self, cle: &str) -> Resultat<()> {
        sqlx::query("UPDATE tentatives SET nombre = nombre - 1 WHERE cle = $1 AND nombre > 0")
            .bind(cle)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
