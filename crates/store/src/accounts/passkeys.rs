//! The passkeys of an account: kept, named, used, removed. Judges none: what checks them is a text here.

use sqlx::{Any, AnyConnection, Transaction};

use super::second_step::Spent;
use super::sessions::{self, Session};
use super::sign_in::{self, NewSession, SignIn};
use crate::audit_log::{self, Operation};
use crate::outbox::{self, NewLetter};
use crate::row::{count, number_or_none, text};
use crate::{Store, StoreResult};

/// How many passkeys an account may have: a device each, and some to spare.
pub const PASSKEYS: i64 = 20;

/// A passkey as its holder sees it. No `Debug`: its name is personal.
pub struct PasskeyShown {
    /// What it is asked by.
    pub id: String,
    /// What an authenticator finds it by.
    pub credential: String,
    /// What its holder calls it.
    pub name: String,
    /// When it was made.
    pub made_on: i64,
    /// When it last opened the account.
    pub used_on: Option<i64>,
}

/// A passkey to keep. No `Debug`.
pub struct NewPasskey<'a> {
    /// What it will be asked by.
    pub id: &'a str,
    /// What an authenticator finds it by.
    pub credential: &'a str,
    /// What checks it.
    pub public: &'a str,
    /// What each use changes.
    pub state: &'a str,
    /// What its holder calls it.
    pub name: &'a str,
    /// What it answered, and until when that could serve.
    pub once: (&'a str, i64),
    /// Hash of the secret that the session has from then on: what opens the account changed.
    pub renewed: &'a str,
}

/// A passkey that somebody says to have, and whose it is. No `Debug`.
pub struct KnownPasskey {
    /// What it is asked by.
    pub id: String,
    /// The account.
    pub account: String,
    /// What checks it.
    pub public: String,
    /// What each use changes.
    pub state: String,
}

/// A use of a passkey that was judged right.
pub struct PasskeyUse<'a> {
    /// The passkey, as it was judged.
    pub known: &'a KnownPasskey,
    /// What it is from now on.
    pub state: &'a str,
    /// What it answered, and until when that could serve.
    pub once: (&'a str, i64),
}

/// What became of a passkey to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is there.
    Kept,
    /// Some account has it already, or what it answered has served.
    Already,
    /// The account has as many as it may.
    Full,
}

/// What became of a sign-in by a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeySignIn {
    /// As after a password.
    Judged(SignIn),
    /// What it answered has served, or it is not the passkey that was judged any more.
    Spent,
}

/// Notes that a challenge was answered; `false` when it was before. The second of two at once waits here for the first.
async fn spend(connexion: &mut AnyConnection, (challenge, until): (&str, i64)) -> StoreResult<bool> {
    let noted = sqlx::query("INSERT INTO defis_servis (defi, expire_le) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(challenge)
        .bind(until)
        .execute(connexion)
        .await?;
    Ok(noted.rows_affected() == 1)
}

impl Store {
    /// The passkeys of an account, the oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn passkeys(&self, account: &str) -> StoreResult<Vec<PasskeyShown>> {
        let rows = sqlx::query(
            "SELECT id, identifiant, nom, creee_le, utilisee_le FROM cles_acces WHERE compte = $1 ORDER BY creee_le, id",
        )
        .bind(account)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(PasskeyShown {
                    id: text(row, "id")?,
                    credential: text(row, "identifiant")?,
                    name: text(row, "nom")?,
                    made_on: count(row, "creee_le")?,
                    used_on: number_or_none(row, "utilisee_le")?,
                })
            })
            .collect()
    }

    /// The passkey that an authenticator finds by this, whosever it is.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn passkey(&self, credential: &str) -> StoreResult<Option<KnownPasskey>> {
        let row = sqlx::query("SELECT id, compte, cle, etat FROM cles_acces WHERE identifiant = $1")
            .bind(credential)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| {
            Ok(KnownPasskey {
                id: text(&row, "id")?,
                account: text(&row, "compte")?,
                public: text(&row, "cle")?,
                state: text(&row, "etat")?,
            })
        })
        .transpose()
    }

    /// Keeps a passkey of the account of this session, and tells its holder. Money rests after it, as after a browser that the
    /// account did not know.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn add_passkey(
        &self,
        session: &Session,
        new: &NewPasskey<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Kept> {
        let mut transaction = self.write().await?;
        // The account is held: two that are added at once count each other.
        sessions::hold(&mut transaction, session).await?;
        let account = &session.account;
        let row = sqlx::query("SELECT COUNT(*) AS nombre FROM cles_acces WHERE compte = $1")
            .bind(account)
            .fetch_one(&mut *transaction)
            .await?;
        if count(&row, "nombre")? >= PASSKEYS {
            transaction.rollback().await?;
            return Ok(Kept::Full);
        }
        let added = sqlx::query(
            "INSERT INTO cles_acces (id, compte, identifiant, cle, etat, nom, creee_le)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        )
        .bind(new.id)
        .bind(account)
        .bind(new.credential)
        .bind(new.public)
        .bind(new.state)
        .bind(new.name)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        if added.rows_affected() == 0 || !spend(&mut transaction, new.once).await? {
            transaction.rollback().await?;
            return Ok(Kept::Already);
        }
        sessions::unsettle(&mut transaction, account, now).await?;
        sessions::rotate(&mut transaction, session, new.renewed).await?;
        audit_log::record(&mut transaction, now, account, Operation::PasskeyAdded).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(Kept::Kept)
    }

    /// Names a passkey of the account of this session; `false` when it has none of that identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn name_passkey(&self, session: &Session, id: &str, name: &str, now: i64) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let named = sqlx::query("UPDATE cles_acces SET nom = $1 WHERE id = $2 AND compte = $3")
            .bind(name)
            .bind(id)
            .bind(&session.account)
            .execute(&mut *transaction)
            .await?;
        if named.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        audit_log::record(&mut transaction, now, &session.account, Operation::PasskeyRenamed).await?;
        self.complete(transaction).await?;
        Ok(true)
    }

    /// Removes a passkey of the account of this session, and tells its holder; `false` when it has none of that identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn remove_passkey(&self, session: &Session, id: &str, letter: &NewLetter, now: i64) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let removed = sqlx::query("DELETE FROM cles_acces WHERE id = $1 AND compte = $2")
            .bind(id)
            .bind(&session.account)
            .execute(&mut *transaction)
            .await?;
        if removed.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        audit_log::record(&mut transaction, now, &session.account, Operation::PasskeyRemoved).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(true)
    }

    /// Opens a session by a passkey that was judged right, once: what it answered serves no more, and its counter goes on.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn open_session_by_passkey(
        &self,
        new: &NewSession,
        by: &PasskeyUse<'_>,
        letter: Option<&NewLetter>,
        now: i64,
    ) -> StoreResult<PasskeySignIn> {
        let mut transaction = self.write().await?;
        let account = &by.known.account;
        if let Some(refused) = sign_in::refused(&mut transaction, account).await? {
            transaction.rollback().await?;
            return Ok(PasskeySignIn::Judged(refused));
        }
        if take(&mut transaction, by, now).await? != Spent::Right {
            transaction.rollback().await?;
            return Ok(PasskeySignIn::Spent);
        }
        let opened = sign_in::begin(&mut transaction, new, account, letter, now).await?;
        self.complete(transaction).await?;
        Ok(PasskeySignIn::Judged(opened))
    }
}

/// Makes what a passkey answered serve, once; what it answered may be right no more since it was judged.
pub(super) async fn take(
    transaction: &mut Transaction<'static, Any>,
    by: &PasskeyUse<'_>,
    now: i64,
) -> StoreResult<Spent> {
    let right = spend(&mut *transaction, by.once).await? && go_on(transaction, by, now).await?;
    Ok(if right { Spent::Right } else { Spent::Used })
}

/// What a passkey is after its use; `false` when it was removed, or used otherwise, since it was judged.
async fn go_on(transaction: &mut Transaction<'static, Any>, by: &PasskeyUse<'_>, now: i64) -> StoreResult<bool> {
    let used = sqlx::query("UPDATE cles_acces SET etat = $1, utilisee_le = $2 WHERE id = $3 AND etat = $4")
        .bind(by.state)
        .bind(now)
        .bind(&by.known.id)
        .bind(&by.known.state)
        .execute(&mut **transaction)
        .await?;
    Ok(used.rows_affected() == 1)
}
