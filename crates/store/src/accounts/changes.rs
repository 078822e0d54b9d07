//! Other telephones or another e-mail, once their codes were shown: how the tries are counted, and what is written then.

use super::sessions;
use crate::audit_log::{self, Operation};
use crate::outbox::{self, NewLetter};
use crate::requests::{self, RequestState};
use crate::row::{coded, flag, number_or_none, text};
use crate::{Session, Store, StoreResult, ways_in};

/// The address that an account has, and the one that it shall have: which of the two is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The one that it has.
    pub present: bool,
    /// The one that it shall have.
    pub new: bool,
}

/// What the codes of a change are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriedCodes {
    /// Those that were sent last.
    Right,
    /// They are right, and the change was made already.
    Done,
    /// Others, on these sides; the try is counted.
    Wrong(Sides),
    /// Nobody is told: their time is over, or as many were tried as may be.
    Spent,
}

/// A change that was proved. No `Debug`: it is personal.
pub struct NewCoordonnees<'a> {
    /// The request that asked for it, and what is kept of it, sealed.
    pub request: (&'a str, &'a str),
    /// The e-mail that the account had when it was asked.
    pub former: &'a str,
    /// Whether that one was proved too.
    pub proved_former: bool,
    /// The e-mail that replaces it and what it is compared by, where it changes.
    pub courriel: Option<(&'a str, &'a str)>,
    /// E.164.
    pub telephone_fixe: Option<&'a str>,
    /// E.164.
    pub telephone_mobile: Option<&'a str>,
    /// What tells it.
    pub letters: &'a [NewLetter],
    /// Hash of the secret that the session has from then on.
    pub renewed: &'a str,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is made.
    Done,
    /// It does not wait any more, or the e-mail of the account is not what it was.
    Late,
    /// Another account has this e-mail by now.
    Taken,
}

impl Store {
    /// Judges the codes of a change, those that were asked for, against those that were sent after `since`, and counts the try if
    /// one is wrong: in one transaction, that holds the row from the first word.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was counted.
    pub async fn try_codes(
        &self,
        id: &str,
        (present, new): (Option<&str>, Option<&str>),
        since: i64,
        most: i64,
    ) -> StoreResult<TriedCodes> {
        let mut transaction = self.write().await?;
        let counted =
            sqlx::query("UPDATE demandes SET essais = essais + 1 WHERE id = $1 AND essais < $2 AND code_le > $3")
                .bind(id)
                .bind(most)
                .bind(since)
                .execute(&mut *transaction)
                .await?;
        if counted.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(TriedCodes::Spent);
        }
        // As for one code: the database compares hashes. A code that nobody was sent is no code at all.
        let row = sqlx::query(
            "SELECT etat, CAST(CASE WHEN code_actuel = $2 THEN 1 ELSE 0 END AS BIGINT) AS actuel,
                 CAST(CASE WHEN code = $3 THEN 1 ELSE 0 END AS BIGINT) AS nouveau
             FROM demandes WHERE id = $1",
        )
        .bind(id)
        .bind(present.unwrap_or_default())
        .bind(new.unwrap_or_default())
        .fetch_one(&mut *transaction)
        .await?;
        let wrong = Sides {
            present: present.is_some() && !flag(&row, "actuel")?,
            new: new.is_some() && !flag(&row, "nouveau")?,
        };
        if wrong.present || wrong.new {
            // Nothing that a session says has changed.
            transaction.commit().await?;
            return Ok(TriedCodes::Wrong(wrong));
        }
        let done = coded(&row, "etat", RequestState::from_code)? == RequestState::Done;
        // Right ones cost nothing: they may be sent again.
        transaction.rollback().await?;
        Ok(if done { TriedCodes::Done } else { TriedCodes::Right })
    }

    /// Changes telephones and e-mail, which is its holder's from now on, marks the request as done and posts the letters that
    /// tell it. With another e-mail, every other session ends.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn change_coordonnees(
        &self,
        session: &Session,
        change: &NewCoordonnees<'_>,
        now: i64,
    ) -> StoreResult<Changed> {
        let account = &session.account;
        let (request, remains) = change.request;
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let row = sqlx::query("SELECT courriel, courriel_confirme_le FROM comptes WHERE id = $1")
            .bind(account)
            .fetch_one(&mut *transaction)
            .await?;
        // Asked while nobody had proved the present e-mail, and proved since: then it is asked for as well.
        let missing = number_or_none(&row, "courriel_confirme_le")?.is_some() && !change.proved_former;
        let same = !missing && text(&row, "courriel")? == change.former;
        if !same || !requests::finish(&mut transaction, request, account, remains, now).await? {
            transaction.rollback().await?;
            return Ok(Changed::Late);
        }
        let (courriel, key) = change.courriel.unzip();
        let changed = sqlx::query(
            "UPDATE comptes SET courriel = COALESCE($1, courriel), courriel_cle = COALESCE($2, courriel_cle),
                 telephone_fixe = $3, telephone_mobile = $4, courriel_confirme_le = $5
             WHERE id = $6",
        )
        .bind(courriel)
        .bind(key)
        .bind(change.telephone_fixe)
        .bind(change.telephone_mobile)
        .bind(now)
        .bind(account)
        .execute(&mut *transaction)
        .await;
        match changed {
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                transaction.rollback().await?;
                return Ok(Changed::Taken);
            }
            result => result?,
        };
        sessions::unsettle(&mut transaction, account, now).await?;
        if courriel.is_some() {
            sessions::end_others(&mut transaction, session).await?;
            // This one stays: the same codes are right again, when the answer was lost.
            ways_in::end_others(&mut transaction, account, request).await?;
            audit_log::record(&mut transaction, now, account, Operation::ConnexionsClosed).await?;
        }
        sessions::rotate(&mut transaction, session, change.renewed).await?;
        audit_log::record(&mut transaction, now, account, Operation::CoordonneesChanged).await?;
        for letter in change.letters {
            outbox::post(&mut transaction, letter, now).await?;
        }
        self.complete(transaction).await?;
        Ok(Changed::Done)
    }

    /// Gives up what the browser of this secret asked for, unless it was done.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then it still waits.
    pub async fn withdraw_request(&self, usage: &str, handle: &str) -> StoreResult<()> {
        sqlx::query("DELETE FROM demandes WHERE poignee = $1 AND usage = $2 AND etat <> 'faite'")
            .bind(handle)
            .bind(usage)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
