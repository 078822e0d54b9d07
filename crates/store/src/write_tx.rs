//! The transaction in which an import or a credit writes: all of it, or nothing. What is written is elsewhere.

use sqlx::{Any, Transaction};

use crate::{Resultat, Store};

/// The writing of an import: all of it, or nothing.
pub struct Travaux(pub(crate) Transaction<'static, Any>);

impl Store {
    /// Begins to write for an import or a credit; waits for any other.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn travaux(&self) -> Resultat<Travaux> {
        let mut transaction = self.ecrire().await?;
        sqlx::query("UPDATE temoins SET valeur = '' WHERE nom = 'travaux'").execute(&mut *transaction).await?;
        Ok(Travaux(transaction))
    }

    /// Keeps what was written.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn garder(&self, travaux: Travaux) -> Resultat<()> {
        self.terminer(travaux.0).await
    }

    /// Drops what was written.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn abandonner(&self, travaux: Travaux) -> Resultat<()> {
        Ok(travaux.0.rollback().await?)
    }
}
