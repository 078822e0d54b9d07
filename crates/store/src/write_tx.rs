//! The transaction in which an import or a credit writes: all of it, or nothing. What is written is elsewhere.

use sqlx::{Any, Transaction};

use crate::{Store, StoreResult};

/// The writing of an import: all of it, or nothing.
pub struct WriteTx(pub(crate) Transaction<'static, Any>);

impl Store {
    /// Begins to write for an import or a credit; waits for any other.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn tx(&self) -> StoreResult<WriteTx> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE temoins SET valeur = '' WHERE nom = 'travaux'").execute(&mut *transaction).await?;
        Ok(WriteTx(transaction))
    }

    /// Keeps what was written.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn keep(&self, tx: WriteTx) -> StoreResult<()> {
        self.complete(tx.0).await
    }

    /// Drops what was written.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn give_up(&self, tx: WriteTx) -> StoreResult<()> {
        Ok(tx.0.rollback().await?)
    }
}
