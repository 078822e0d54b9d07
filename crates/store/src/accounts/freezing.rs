//! A holder stops their account, from their profile or by the link of a letter, and opens it again. What whoever runs the service freezes is in
//! `operator`.

use domaine::freezing::FrozenBy;
use sqlx::{Any, Transaction};

use super::operator::{end_sessions, exists};
use super::sessions::{self, Session};
use super::sign_in::{self, NewSession};
use crate::audit_log::{self, Operation};
use crate::outbox::{self, NewLetter};
use crate::row::{number_or_none, text};
use crate::{Store, StoreError, StoreResult, requests};

/// The link of a letter that stops an account. No `Debug`: it holds an address, although sealed.
pub struct StopLink {
    /// Hash of what it carries.
    pub link: String,
    /// The account.
    pub account: String,
    /// Where the letter went, sealed.
    pub address: String,
}

/// What opens an account again that its holder froze. No `Debug`.
pub struct HolderThaw<'a> {
    /// The request of whoever gave the password.
    pub request: &'a str,
    /// What is kept of it, sealed.
    pub remains: &'a str,
    /// The request of the printed code, when that is the second proof.
    pub printed: Option<&'a str>,
    /// The account.
    pub account: &'a str,
    /// What it was frozen by when the proofs were judged.
    pub by: FrozenBy,
    /// The hash of the new password.
    pub mot_de_passe: &'a str,
    /// What tells it to the holder.
    pub letter: &'a NewLetter,
}

/// What became of an account to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It is frozen.
    Frozen,
    /// It was already, and by what is as hard to undo: nothing changed.
    Already,
    /// The account has another e-mail than the one that was judged: nothing changed, it is to be judged again.
    Moved,
    /// The link has served before, and the account was thawed since; or there is none any more.
    Over,
}

/// Freezes an account that is held, unless it is frozen by what is as hard to undo; tells whether anything changed.
async fn freeze(
    transaction: &mut Transaction<'static, Any>,
    account: &str,
    by: FrozenBy,
    origin: Option<&str>,
    letters: &[NewLetter],
    now: i64,
) -> StoreResult<bool> {
    // No origin is empty: these places may stay so.
    let mut weaker = [""; 2];
    weaker.iter_mut().zip(by.outranked()).for_each(|(place, other)| *place = other.code());
    let frozen = sqlx::query(
        "UPDATE comptes SET gele_le = COALESCE(gele_le, $1), gel_origine = $2
         WHERE id = $3 AND (gele_le IS NULL OR gel_origine IN ($4, $5))",
    )
    .bind(now)
    .bind(by.code())
    .bind(account)
    .bind(weaker[0])
    .bind(weaker[1])
    .execute(&mut **transaction)
    .await?;
    if frozen.rows_affected() == 0 {
        return Ok(false);
    }
    end_sessions(transaction, account).await?;
    audit_log::record_freeze(transaction, now, account, by.code(), origin).await?;
    for letter in letters {
        outbox::post(transaction, letter, now).await?;
    }
    Ok(true)
}

impl Store {
    /// The link of a letter, if it is not over.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn stop_link(&self, link: &str, now: i64) -> StoreResult<Option<StopLink>> {
        let row = sqlx::query("SELECT lien, compte, adresse FROM liens_d_arret WHERE lien = $1 AND expire_le > $2")
            .bind(link)
            .bind(now)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| {
            Ok(StopLink { link: text(&row, "lien")?, account: text(&row, "compte")?, address: text(&row, "adresse")? })
        })
        .transpose()
    }

    /// Freezes the account of this link: its sessions end, what a mailbox may still prove for it as well, nobody signs in to it and
    /// nothing is written by it. `origin`: where the link was followed; `courriel_key`: the e-mail of the account, by which `by` was
    /// judged.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was changed.
    pub async fn freeze_by_link(
        &self,
        link: &StopLink,
        (by, courriel_key): (FrozenBy, &str),
        origin: &str,
        letters: &[NewLetter],
        now: i64,
    ) -> StoreResult<Stopped> {
        let mut transaction = self.write().await?;
        // The account first, as whoever closes it does: two that wait for each other would never end.
        if !exists(&mut transaction, &link.account).await? {
            transaction.rollback().await?;
            return Ok(Stopped::Over);
        }
        let row = sqlx::query(
            "SELECT l.servi_le, c.gele_le, c.courriel_cle FROM liens_d_arret l JOIN comptes c ON c.id = l.compte
             WHERE l.lien = $1",
        )
        .bind(&link.link)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else {
            transaction.rollback().await?;
            return Ok(Stopped::Over);
        };
        if text(&row, "courriel_cle")? != courriel_key {
            transaction.rollback().await?;
            return Ok(Stopped::Moved);
        }
        let (served, frozen) =
            (number_or_none(&row, "servi_le")?.is_some(), number_or_none(&row, "gele_le")?.is_some());
        // It stopped once, and what it stopped was opened again by more than a letter.
        if served && !frozen {
            transaction.rollback().await?;
            return Ok(Stopped::Over);
        }
        sqlx::query("UPDATE liens_d_arret SET servi_le = COALESCE(servi_le, $1) WHERE lien = $2")
            .bind(now)
            .bind(&link.link)
            .execute(&mut *transaction)
            .await?;
        let changed = freeze(&mut transaction, &link.account, by, Some(origin), letters, now).await?;
        self.complete(transaction).await?;
        Ok(if changed { Stopped::Frozen } else { Stopped::Already })
    }

    /// Freezes the account of this session, which ends with every other.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn freeze_own(&self, session: &Session, letter: &NewLetter, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let letters = std::slice::from_ref(letter);
        if !freeze(&mut transaction, &session.account, FrozenBy::Profil, None, letters, now).await? {
            transaction.rollback().await?;
            return Err(StoreError::SessionOver);
        }
        self.complete(transaction).await
    }

    /// Opens an account again that its holder froze: another password, one session, no other request. `false` when it is frozen
    /// otherwise by now, or what proves it has served.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was changed.
    pub async fn thaw_by_holder(&self, thaw: &HolderThaw<'_>, session: &NewSession, now: i64) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        let account = thaw.account;
        // The account first, as whoever freezes or closes it does.
        let thawed = sqlx::query(
            "UPDATE comptes SET gele_le = NULL, gele_par = NULL, gel_raison = NULL, gel_origine = NULL, fermeture_le = NULL, mot_de_passe = $1
             WHERE id = $2 AND gele_le IS NOT NULL AND gel_origine = $3 AND mis_a_part_le IS NULL",
        )
        .bind(thaw.mot_de_passe)
        .bind(account)
        .bind(thaw.by.code())
        .execute(&mut *transaction)
        .await?;
        let mut done = thawed.rows_affected() == 1
            && requests::finish_otherwise(&mut transaction, thaw.request, account, thaw.remains, now).await?;
        if let Some(printed) = thaw.printed {
            done = done && requests::finish(&mut transaction, printed, account, thaw.remains, now).await?;
        }
        if !done {
            transaction.rollback().await?;
            return Ok(false);
        }
        sqlx::query("DELETE FROM sessions WHERE compte = $1").bind(account).execute(&mut *transaction).await?;
        // This one stays until the session is shown: it connects again whoever has the new password, when the answer was lost.
        sqlx::query("DELETE FROM demandes WHERE (compte = $1 OR resultat = $1) AND id <> $2")
            .bind(account)
            .bind(thaw.request)
            .execute(&mut *transaction)
            .await?;
        audit_log::record(&mut transaction, now, account, Operation::AccountThawed).await?;
        let opened = sign_in::insert(&mut transaction, session, account, now).await?;
        sign_in::came_by(&mut transaction, opened, session, thaw.request).await?;
        sessions::unsettle(&mut transaction, account, now).await?;
        outbox::post(&mut transaction, thaw.letter, now).await?;
        self.complete(transaction).await?;
        Ok(true)
    }
}
