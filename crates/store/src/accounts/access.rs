//! The way back into an account whose password is lost, once somebody proved that it is theirs.

use super::sessions::{self, Session};
use super::sign_in::{self, NewSession};
use crate::audit_log::{self, Operation};
use crate::outbox::{self, NewLetter};
use crate::{Store, StoreResult, requests, ways_in};

/// A password that replaces a lost one. No `Debug`.
pub struct NewAccess<'a> {
    /// The request that was proved.
    pub request: &'a str,
    /// What is kept of it, sealed.
    pub remains: &'a str,
    /// The account.
    pub account: &'a str,
    /// The hash of the new password.
    pub mot_de_passe: &'a str,
    /// Whether the proof came by the e-mail of the account.
    pub confirms_courriel: bool,
    /// What tells it to the holder.
    pub letter: &'a NewLetter,
}

impl Store {
    /// Notes that the e-mail of the account is its holder's, by this request and what is kept of it; the session, which proved
    /// more than it had, goes on under another secret, of this hash. `false` when the request does not wait any more, or the
    /// account has another e-mail by now.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn confirm_courriel(
        &self,
        session: &Session,
        renewed: &str,
        (request, remains): (&str, &str),
        courriel: &str,
        now: i64,
    ) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let account = &session.account;
        let finished = requests::finish(&mut transaction, request, account, remains, now).await?;
        let confirmed = sqlx::query("UPDATE comptes SET courriel_confirme_le = $1 WHERE id = $2 AND courriel = $3")
            .bind(now)
            .bind(account)
            .bind(courriel)
            .execute(&mut *transaction)
            .await?;
        if !finished || confirmed.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        sessions::rotate(&mut transaction, session, renewed).await?;
        audit_log::record(&mut transaction, now, account, Operation::CourrielConfirmed).await?;
        self.complete(transaction).await?;
        Ok(true)
    }

    /// Gives an account back: another password, one session, no other; every other request for the same ends. `false` when the
    /// request does not wait any more, or the account was closed.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn give_back(&self, access: &NewAccess<'_>, session: &NewSession, now: i64) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        let account = access.account;
        // The account first, as whoever closes it does: two that wait for each other would never end.
        let held = sessions::hold_account(&mut transaction, account).await?;
        if !held || !requests::finish(&mut transaction, access.request, account, access.remains, now).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        let confirmed_on = access.confirms_courriel.then_some(now);
        sqlx::query(
            "UPDATE comptes SET mot_de_passe = $1, courriel_confirme_le = COALESCE($2, courriel_confirme_le) WHERE id = $3",
        )
        .bind(access.mot_de_passe)
        .bind(confirmed_on)
        .bind(account)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM sessions WHERE compte = $1").bind(account).execute(&mut *transaction).await?;
        ways_in::end_passwordless(&mut transaction, account).await?;
        // This one stays until the session is shown: it connects again whoever has the new password, when the answer was lost.
        sqlx::query("DELETE FROM demandes WHERE (compte = $1 OR resultat = $1) AND id <> $2")
            .bind(account)
            .bind(access.request)
            .execute(&mut *transaction)
            .await?;
        audit_log::record(&mut transaction, now, account, Operation::AccessGivenBack).await?;
        let opened = sign_in::insert(&mut transaction, session, account, now).await?;
        sign_in::came_by(&mut transaction, opened, session, access.request).await?;
        sessions::unsettle(&mut transaction, account, now).await?;
        outbox::post(&mut transaction, access.letter, now).await?;
        self.complete(transaction).await?;
        Ok(true)
    }
}
