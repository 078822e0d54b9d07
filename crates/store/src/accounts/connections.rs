//! The open sessions of an account, as its holder sees them, and the end of those that they choose.

use super::sessions::{Session, end_others, hold};
use crate::audit_log::{self, Operation};
use crate::row::{count, text, text_or_nothing};
use crate::{Store, StoreResult, ways_in};

/// A session as its holder sees it in a list.
pub struct SessionOpened {
    /// What it is named by.
    pub number: String,
    /// When it was opened.
    pub opened_on: i64,
    /// When it was last seen.
    pub seen_on: i64,
    /// The browser and system, in a few words.
    pub device: String,
    /// Where it was last used from, as the journal says a place; nothing of one that was opened before this was noted.
    pub origin: Option<String>,
}

impl Store {
    /// Ends every session of the account but this one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn close_others(&self, session: &Session, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        hold(&mut transaction, session).await?;
        end_others(&mut transaction, session).await?;
        ways_in::end(&mut transaction, &session.account).await?;
        audit_log::record(&mut transaction, now, &session.account, Operation::ConnexionsClosed).await?;
        self.complete(transaction).await?;
        Ok(())
    }

    /// Ends the session of that name of the same account, if there is one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session that asks is over: then nothing ended.
    pub async fn close_other(&self, session: &Session, number: &str, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        hold(&mut transaction, session).await?;
        let ended = sqlx::query("DELETE FROM sessions WHERE compte = $1 AND COALESCE(numero, empreinte) = $2")
            .bind(&session.account)
            .bind(number)
            .execute(&mut *transaction)
            .await?;
        if ended.rows_affected() > 0 {
            audit_log::record(&mut transaction, now, &session.account, Operation::ConnexionClosed).await?;
        }
        self.complete(transaction).await?;
        Ok(())
    }

    /// The sessions of an account that are neither idle since `seen_since` nor over, last seen first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn sessions(&self, account: &str, seen_since: i64, now: i64) -> StoreResult<Vec<SessionOpened>> {
        let records = sqlx::query(
            "SELECT COALESCE(numero, empreinte) AS numero, ouverte_le, vue_le, appareil, origine FROM sessions
             WHERE compte = $1 AND vue_le > $2 AND expire_le > $3 ORDER BY vue_le DESC, ouverte_le DESC",
        )
        .bind(account)
        .bind(seen_since)
        .bind(now)
        .fetch_all(&self.readers)
        .await?;
        records
            .iter()
            .map(|row| {
                Ok(SessionOpened {
                    number: text(row, "numero")?,
                    opened_on: count(row, "ouverte_le")?,
                    seen_on: count(row, "vue_le")?,
                    device: text(row, "appareil")?,
                    origin: text_or_nothing(row, "origine")?,
                })
            })
            .collect()
    }
}
