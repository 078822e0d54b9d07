//! Accounts that close because their holder asks: at once, or after a while in which they may keep them. What each erases, whoever
//! closes it.

use sqlx::AnyConnection;

use super::sessions::{self, Session};
use crate::audit_log::{self, Operation};
use crate::lives::version;
use crate::outbox::{self, NewLetter};
use crate::row::text;
use crate::{Store, StoreResult, ways_in};

/// An account whose time has come. No `Debug`: it says how to reach a person.
pub struct Leaving {
    /// Its identifier.
    pub account: String,
    /// Its person.
    pub person: String,
    /// The e-mail to which its holder is told.
    pub courriel: String,
}

impl Store {
    /// Closes an account: erases it, its sessions, declarations and proofs, and the person too
    /// unless the employers know them; posts the letter that tells it. Gives the identifiers of the proofs whose files must go.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was erased.
    pub async fn close_account(&self, session: &Session, letter: &NewLetter, now: i64) -> StoreResult<Vec<String>> {
        let (account, person) = (&session.account, &session.person);
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let pieces = erase(&mut transaction, account, person).await?;
        audit_log::record(&mut transaction, now, account, Operation::AccountClosed).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        self.forget_soon().await;
        Ok(pieces)
    }

    /// Notes that the account is erased at that time, ends its sessions and what would open others, and posts the letter that tells it.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn plan_closing(&self, session: &Session, on: i64, letter: &NewLetter, now: i64) -> StoreResult<()> {
        let account = &session.account;
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        plan(&mut transaction, account, on).await?;
        audit_log::record(&mut transaction, now, account, Operation::ClosingAsked).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(())
    }

    /// Keeps an account whose holder asked to close it, and posts the letter that tells it; nothing when it stays anyway.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn keep_account(&self, session: &Session, letter: &NewLetter, now: i64) -> StoreResult<()> {
        let account = &session.account;
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        if keep(&mut transaction, account).await? {
            audit_log::record(&mut transaction, now, account, Operation::ClosingTakenBack).await?;
            outbox::post(&mut transaction, letter, now).await?;
        }
        self.complete(transaction).await?;
        Ok(())
    }

    /// The accounts whose holders asked to close them, and whose time has come. One that is frozen waits: whoever asked may not be
    /// its holder.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn leaving(&self, now: i64) -> StoreResult<Vec<Leaving>> {
        let rows = sqlx::query(
            "SELECT id, personne, courriel FROM comptes
             WHERE fermeture_le IS NOT NULL AND fermeture_le <= $1 AND gele_le IS NULL ORDER BY fermeture_le, id",
        );
        let rows = rows.bind(now).fetch_all(&self.readers).await?;
        let read = |row| {
            Ok(Leaving { account: text(row, "id")?, person: text(row, "personne")?, courriel: text(row, "courriel")? })
        };
        rows.iter().map(read).collect()
    }

    /// Erases one of them, and posts the letter that tells it. Gives the identifiers of the proofs whose files must go; nothing when
    /// it was kept, frozen or erased meanwhile.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was erased.
    pub async fn close_leaving(
        &self,
        leaving: &Leaving,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Option<Vec<String>>> {
        let mut transaction = self.write().await?;
        let held = sqlx::query(
            "UPDATE comptes SET id = id WHERE id = $1 AND fermeture_le IS NOT NULL AND fermeture_le <= $2 AND gele_le IS NULL",
        );
        let held = held.bind(&leaving.account).bind(now).execute(&mut *transaction).await?;
        if held.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(None);
        }
        let pieces = erase(&mut transaction, &leaving.account, &leaving.person).await?;
        audit_log::record_service(&mut transaction, now, &leaving.account, Operation::AccountClosed).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        self.forget_soon().await;
        Ok(Some(pieces))
    }

    /// The account is closed whatever becomes of this; the hourly clean-up tries again.
    pub(super) async fn forget_soon(&self) {
        if let Err(error) = self.forget_what_was_written().await {
            tracing::warn!(panne = %error, "what was erased stays in the journal of the database for now");
        }
    }
}

/// Notes when an account is erased; ends its sessions, and what would open others.
pub(super) async fn plan(connexion: &mut AnyConnection, account: &str, on: i64) -> StoreResult<()> {
    sqlx::query("UPDATE comptes SET fermeture_le = $1 WHERE id = $2")
        .bind(on)
        .bind(account)
        .execute(&mut *connexion)
        .await?;
    sqlx::query("DELETE FROM sessions WHERE compte = $1").bind(account).execute(&mut *connexion).await?;
    ways_in::end(connexion, account).await
}

/// Takes that back; `false` when the account stays anyway.
pub(super) async fn keep(connexion: &mut AnyConnection, account: &str) -> StoreResult<bool> {
    let kept = sqlx::query("UPDATE comptes SET fermeture_le = NULL WHERE id = $1 AND fermeture_le IS NOT NULL")
        .bind(account)
        .execute(connexion)
        .await?;
    Ok(kept.rows_affected() == 1)
}

/// Erases an account and all that it held, and the person too unless the employers know them. Gives the identifiers of the
/// proofs whose files must go.
pub(super) async fn erase(connexion: &mut AnyConnection, account: &str, person: &str) -> StoreResult<Vec<String>> {
    let records =
        sqlx::query("SELECT id FROM pieces WHERE compte = $1").bind(account).fetch_all(&mut *connexion).await?;
    let pieces = records.iter().map(|row| text(row, "id")).collect::<StoreResult<_>>()?;
    for erase in [
        "DELETE FROM declarations_dif WHERE compte = $1",
        "DELETE FROM declarations_handicap WHERE compte = $1",
        "DELETE FROM pieces WHERE compte = $1",
        "DELETE FROM sessions WHERE compte = $1",
        "DELETE FROM cles_idempotence WHERE compte = $1",
        "DELETE FROM demandes WHERE compte = $1 OR resultat = $1",
        "DELETE FROM liens_d_arret WHERE compte = $1",
        "DELETE FROM cles_acces WHERE compte = $1",
        "DELETE FROM secondes_etapes WHERE compte = $1",
        "DELETE FROM codes_secours WHERE compte = $1",
        "DELETE FROM identites WHERE compte = $1",
        "DELETE FROM comptes WHERE id = $1",
    ] {
        sqlx::query(erase).bind(account).execute(&mut *connexion).await?;
    }
    sqlx::query("DELETE FROM personnes WHERE id = $1 AND connue = 0").bind(person).execute(&mut *connexion).await?;
    version::change_version(&mut *connexion, person).await?;
    Ok(pieces)
}
