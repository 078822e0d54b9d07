//! What an account asks for besides its password: set, shown once and once only, lifted. Knows neither how a code is made nor what it
//! is compared by.

use sqlx::{Any, AnyConnection, Transaction};

use super::account::Account;
use super::operator::{Acted, unchanged};
use super::sessions::{self, Session};
use super::sign_in::{self, NewSession, SignIn};
use crate::audit_log::{self, Act, Operation};
use crate::outbox::{self, NewLetter};
use crate::requests::{self, NewRequest, Request};
use crate::row::{count, text};
use crate::{Store, StoreError, StoreResult, ways_in};

/// What an account asks for. No `Debug`.
pub struct SecondStep {
    /// The secret of the application, sealed.
    pub sealed: String,
    /// The last step of time whose code served.
    pub served: i64,
    /// How many codes that were kept have not served.
    pub left: i64,
}

/// What an account shall ask for. No `Debug`.
pub struct NewSecondStep<'a> {
    /// The request that it was asked by.
    pub request: &'a str,
    /// The secret of the application, sealed for its account.
    pub sealed: &'a str,
    /// The step of time whose code was shown.
    pub step: i64,
    /// Keyed hashes of the codes to keep.
    pub codes: &'a [String],
    /// Hash of the secret that the session has from now on.
    pub digest: &'a str,
}

/// What was shown.
#[derive(Clone, Copy)]
pub enum StepProof<'a> {
    /// The code of that step of time, under this sealed secret.
    Application {
        /// The secret that it was compared with.
        sealed: &'a str,
        /// The step.
        step: i64,
    },
    /// The keyed hash of a code that was kept.
    Secours(&'a str),
    /// No code of now.
    Nothing,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spent {
    /// It is right, and serves no more.
    Right,
    /// It is not a code of this account, or of another time.
    Wrong,
    /// It served already.
    Used,
    /// Nothing waits for it: too many were tried, its time is over, or the account was closed or frozen.
    Over,
}

/// Makes what is shown serve, once: of two that come together one is told that it served.
async fn spend(connexion: &mut AnyConnection, account: &str, proof: StepProof<'_>, now: i64) -> StoreResult<Spent> {
    let (served, known) = match proof {
        StepProof::Nothing => return Ok(Spent::Wrong),
        StepProof::Application { sealed, step } => (
            sqlx::query("UPDATE secondes_etapes SET pas = $1 WHERE compte = $2 AND secret = $3 AND pas < $1")
                .bind(step)
                .bind(account)
                .bind(sealed)
                .execute(&mut *connexion)
                .await?,
            sqlx::query("SELECT compte FROM secondes_etapes WHERE compte = $1 AND secret = $2")
                .bind(account)
                .bind(sealed),
        ),
        StepProof::Secours(digest) => (
            sqlx::query(
                "UPDATE codes_secours SET servi_le = $1 WHERE compte = $2 AND empreinte = $3 AND servi_le IS NULL",
            )
            .bind(now)
            .bind(account)
            .bind(digest)
            .execute(&mut *connexion)
            .await?,
            sqlx::query("SELECT compte FROM codes_secours WHERE compte = $1 AND empreinte = $2")
                .bind(account)
                .bind(digest),
        ),
    };
    if served.rows_affected() == 1 {
        return Ok(Spent::Right);
    }
    Ok(if known.fetch_optional(connexion).await?.is_some() { Spent::Used } else { Spent::Wrong })
}

async fn erase(connexion: &mut AnyConnection, account: &str) -> StoreResult<()> {
    for sql in ["DELETE FROM secondes_etapes WHERE compte = $1", "DELETE FROM codes_secours WHERE compte = $1"] {
        sqlx::query(sql).bind(account).execute(&mut *connexion).await?;
    }
    Ok(())
}

async fn keep_codes(connexion: &mut AnyConnection, account: &str, codes: &[String]) -> StoreResult<()> {
    for code in codes {
        sqlx::query("INSERT INTO codes_secours (compte, empreinte) VALUES ($1, $2)")
            .bind(account)
            .bind(code)
            .execute(&mut *connexion)
            .await?;
    }
    Ok(())
}

impl Store {
    /// What this account asks for besides its password; nothing when it asks for nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn second_step(&self, account: &str) -> StoreResult<Option<SecondStep>> {
        let row = sqlx::query(
            "SELECT e.secret, e.pas,
                 (SELECT COUNT(*) FROM codes_secours c WHERE c.compte = e.compte AND c.servi_le IS NULL) AS restants
             FROM secondes_etapes e WHERE e.compte = $1",
        )
        .bind(account)
        .fetch_optional(&self.readers)
        .await?;
        let read = |row| {
            Ok(SecondStep {
                sealed: text(&row, "secret")?,
                served: count(&row, "pas")?,
                left: count(&row, "restants")?,
            })
        };
        row.map(read).transpose()
    }

    /// Sets what the account of this session asks for, in the place of what it asked; every other session ends, and this one has
    /// another secret. `false` when the request is over.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn set_second_step(
        &self,
        session: &Session,
        new: &NewSecondStep<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<bool> {
        let account = &session.account;
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let asked = sqlx::query("DELETE FROM demandes WHERE id = $1 AND compte = $2 AND expire_le > $3")
            .bind(new.request)
            .bind(account)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        if asked.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        erase(&mut transaction, account).await?;
        sqlx::query("INSERT INTO secondes_etapes (compte, secret, pas) VALUES ($1, $2, $3)")
            .bind(account)
            .bind(new.sealed)
            .bind(new.step)
            .execute(&mut *transaction)
            .await?;
        keep_codes(&mut transaction, account, new.codes).await?;
        sqlx::query("UPDATE comptes SET seconde_etape_le = $1 WHERE id = $2")
            .bind(now)
            .bind(account)
            .execute(&mut *transaction)
            .await?;
        sessions::end_others(&mut transaction, session).await?;
        ways_in::end(&mut transaction, account).await?;
        sessions::raise(&mut transaction, session, new.digest, now).await?;
        audit_log::record(&mut transaction, now, account, Operation::SecondStepSet).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(true)
    }

    /// What writes for the holder of this session, who showed what their account asks for: it served. Else what became of it,
    /// and nothing was changed.
    async fn shown(
        &self,
        session: &Session,
        proof: StepProof<'_>,
        now: i64,
    ) -> StoreResult<Result<Transaction<'static, Any>, Spent>> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let spent = spend(&mut transaction, &session.account, proof, now).await?;
        if spent == Spent::Right {
            return Ok(Ok(transaction));
        }
        transaction.rollback().await?;
        Ok(Err(spent))
    }

    /// Makes what the holder of this session shows serve, for what is written after it.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn show_second_step(&self, session: &Session, proof: StepProof<'_>, now: i64) -> StoreResult<Spent> {
        match self.shown(session, proof, now).await? {
            Ok(transaction) => {
                self.complete(transaction).await?;
                Ok(Spent::Right)
            }
            Err(spent) => Ok(spent),
        }
    }

    /// Records that another application is being taken in the place of that of this account, if what is shown is right.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn begin_replacing_second_step(
        &self,
        session: &Session,
        proof: StepProof<'_>,
        request: &NewRequest,
        now: i64,
    ) -> StoreResult<Spent> {
        let mut transaction = match self.shown(session, proof, now).await? {
            Ok(transaction) => transaction,
            Err(spent) => return Ok(spent),
        };
        requests::replace(&mut transaction, request, now).await?;
        self.complete(transaction).await?;
        Ok(Spent::Right)
    }

    /// Gives the account of this session other codes to keep, if what is shown is right; every other session ends, and this one has
    /// another secret, of this hash.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn renew_recovery_codes(
        &self,
        session: &Session,
        proof: StepProof<'_>,
        (codes, renewed): (&[String], &str),
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Spent> {
        let account = &session.account;
        let mut transaction = match self.shown(session, proof, now).await? {
            Ok(transaction) => transaction,
            Err(spent) => return Ok(spent),
        };
        sqlx::query("DELETE FROM codes_secours WHERE compte = $1").bind(account).execute(&mut *transaction).await?;
        keep_codes(&mut transaction, account, codes).await?;
        turn(&mut transaction, session, renewed).await?;
        audit_log::record(&mut transaction, now, account, Operation::RecoveryCodesRenewed).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(Spent::Right)
    }

    /// Asks for the password alone from now on, if what is shown is right; every other session ends, and this one has another
    /// secret, of this hash.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn remove_second_step(
        &self,
        session: &Session,
        proof: StepProof<'_>,
        renewed: &str,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Spent> {
        let account = &session.account;
        let mut transaction = match self.shown(session, proof, now).await? {
            Ok(transaction) => transaction,
            Err(spent) => return Ok(spent),
        };
        lift(&mut transaction, account).await?;
        turn(&mut transaction, session, renewed).await?;
        audit_log::record(&mut transaction, now, account, Operation::SecondStepRemoved).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(Spent::Right)
    }

    /// The same, by an operator who saw a proof: its holder has neither the application nor a code any more.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was changed.
    pub async fn lift_second_step(
        &self,
        account: &Account,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        if !lift(&mut transaction, &account.id).await? {
            return unchanged(transaction, &account.id).await;
        }
        self.keep_act(transaction, act.on(&account.id), Operation::SecondStepLifted, letter, now).await
    }

    /// The sign-in that waits for a second step in the browser which holds the secret of this hash.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn waiting_step(&self, handle: &str, now: i64) -> StoreResult<Option<Request>> {
        self.request_of(ways_in::STEP, handle, now).await
    }

    /// Shows the second step of a sign-in that waits for it: the session is open if it is right. A wrong one is counted, and the
    /// last that may be tried posts `guessed`. `device` tells of a browser that the account had not known, `told` of a code that was
    /// kept. The try is counted by the first statement, which holds the row: of those made at
    /// once no more than `most` are judged.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was changed.
    pub async fn take_step(
        &self,
        waiting: &Request,
        (account, proof): (&str, StepProof<'_>),
        (session, most): (&NewSession, i64),
        (device, told, guessed): (Option<&NewLetter>, Option<&NewLetter>, &NewLetter),
        now: i64,
    ) -> StoreResult<Spent> {
        let mut transaction = self.write().await?;
        // The account first, as whoever closes or freezes it does.
        if !sessions::hold_account(&mut transaction, account).await? {
            transaction.rollback().await?;
            return Ok(Spent::Over);
        }
        let counted = sqlx::query(
            "UPDATE demandes SET essais = essais + 1 WHERE id = $1 AND essais < $2 AND expire_le > $3 RETURNING essais",
        )
        .bind(&waiting.id)
        .bind(most)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(counted) = counted else {
            transaction.rollback().await?;
            return Ok(Spent::Over);
        };
        let spent = spend(&mut transaction, account, proof, now).await?;
        match spent {
            Spent::Right => {
                sqlx::query("DELETE FROM demandes WHERE id = $1").bind(&waiting.id).execute(&mut *transaction).await?;
                if sign_in::insert(&mut transaction, session, account, now).await? != SignIn::Open {
                    return Err(StoreError::Corrupt("a session that shows a second step and has none"));
                }
                if matches!(proof, StepProof::Secours(_)) {
                    audit_log::record(&mut transaction, now, account, Operation::RecoveryCodeUsed).await?;
                }
                // A browser that the account had not known.
                if device.is_some() {
                    sessions::unsettle(&mut transaction, account, now).await?;
                }
                for letter in device.into_iter().chain(told) {
                    outbox::post(&mut transaction, letter, now).await?;
                }
            }
            // It is right, and late: it costs no try.
            Spent::Used => {
                transaction.rollback().await?;
                return Ok(spent);
            }
            Spent::Wrong | Spent::Over => {
                let origin = waiting.origin.as_deref();
                let what = Operation::SecondStepRefused;
                audit_log::record_visit(&mut transaction, now, Some(account), what, origin).await?;
                if count(&counted, "essais")? == most {
                    outbox::post(&mut transaction, guessed, now).await?;
                }
            }
        }
        self.complete(transaction).await?;
        Ok(spent)
    }
}

/// What opens the account changed: every session of before ends, and what waits to open one; this one goes on under another secret.
async fn turn(connexion: &mut AnyConnection, session: &Session, renewed: &str) -> StoreResult<()> {
    sessions::end_others(&mut *connexion, session).await?;
    ways_in::end(&mut *connexion, &session.account).await?;
    sessions::rotate(connexion, session, renewed).await
}

/// Asks for the password alone from now on; `false` when nothing else was asked.
async fn lift(connexion: &mut AnyConnection, account: &str) -> StoreResult<bool> {
    let lifted =
        sqlx::query("UPDATE comptes SET seconde_etape_le = NULL WHERE id = $1 AND seconde_etape_le IS NOT NULL")
            .bind(account)
            .execute(&mut *connexion)
            .await?;
    erase(connexion, account).await?;
    Ok(lifted.rows_affected() == 1)
}
