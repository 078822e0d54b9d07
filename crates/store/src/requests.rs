//! Requests that wait for a proof, and how the tries of a code are counted. What was typed is sealed by whoever asks; what
//! each does once it is proved is in `accounts`. Looks at no account.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::accounts::{Acted, sessions};
use crate::audit_log::{self, Act, Operation};
use crate::outbox::{self, NewLetter};
use crate::row::{coded, count, flag, number_or_none, text, text_or_nothing};
use crate::{Session, Store, StoreResult};

/// A request to record. No `Debug`: it holds what a browser is known by, although hashed.
pub struct NewRequest {
    /// Identifier, chosen by the caller.
    pub id: String,
    /// What it is for.
    pub usage: &'static str,
    /// Where it is asked from, as the journal marks a place.
    pub origin: Option<String>,
    /// Keyed hash of the idempotency key, where a page sends it.
    pub key: Option<String>,
    /// Keyed hash of the body.
    pub body: Option<String>,
    /// Hash of the secret that the browser holds, where one asks.
    pub handle: Option<String>,
    /// Hash of the printed code, where one is printed.
    pub link: Option<String>,
    /// The account that it is about, where it is known.
    pub account: Option<String>,
    /// What was typed, sealed.
    pub sealed: String,
    /// Whether somebody must still look at it.
    pub state: RequestState,
    /// When it is erased.
    pub expires_on: i64,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// Nobody looked at it yet.
    ToExamine,
    /// A letter was written: it waits for its proof.
    Waiting,
    /// Nobody was sent a code: nothing will come of it.
    Idle,
    /// It was proved, and done.
    Done,
}

impl RequestState {
    const ALL: [Self; 4] = [Self::ToExamine, Self::Waiting, Self::Idle, Self::Done];

    const fn code(self) -> &'static str {
        match self {
            Self::ToExamine => "a_examiner",
            Self::Waiting => "attend",
            Self::Idle => "sans_suite",
            Self::Done => "faite",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A request. No `Debug`.
pub struct Request {
    /// Identifier.
    pub id: String,
    /// What it is for.
    pub usage: String,
    /// Where it was asked from.
    pub origin: Option<String>,
    /// Keyed hash of the body.
    pub body: Option<String>,
    /// Hash of the secret that the browser which asked holds.
    pub handle: Option<String>,
    /// How many codes were asked for.
    pub sendings: i64,
    /// When the last code was asked for, or when it was proved.
    pub code_on: i64,
    /// The account that it is about, where it is known.
    pub account: Option<String>,
    /// What was typed, sealed.
    pub sealed: String,
    /// Where it stands.
    pub state: RequestState,
    /// Whether a code may prove it.
    pub coded: bool,
    /// The account that it opened or gave back.
    pub result: Option<String>,
}

/// What became of a submission.
pub enum Deposit {
    /// It is recorded.
    New,
    /// It was recorded before, under this key.
    Known(Box<Request>),
}

/// What a code is.
pub enum Tried {
    /// The one that was sent last.
    Right(Box<Request>),
    /// Another; the try is counted.
    Wrong,
    /// Nobody is told: its time is over, or as many were tried as may be.
    Spent,
}

/// What whoever looked at a request found.
pub enum Examined<'a> {
    /// A letter proves it: the hashes of its code and of its link, and the account that it is about.
    Provable {
        /// Keyed hash of the code.
        code: &'a str,
        /// Hash of what the link carries.
        link: &'a str,
        /// The account, where there is one.
        account: Option<&'a str>,
    },
    /// Letters prove a change of this account: the hashes of the codes that were sent to its address and to the new one,
    /// each where it was sent.
    Change {
        /// Of the address that the account has.
        present: Option<&'a str>,
        /// Of the one that it shall have.
        new: Option<&'a str>,
        /// The account.
        account: Option<&'a str>,
    },
    /// An account was asked for, and something stands in the way: this account, if it is one.
    Refused(Option<&'a str>),
    /// Nothing comes of it.
    Idle,
}

/// Every column of a [`Request`].
macro_rules! columns {
    ($tail:literal) => {
        concat!(
            "SELECT id, usage, origine, corps, poignee, envois, code_le, compte, contenu, etat, resultat,
                 CASE WHEN code IS NULL THEN 0 ELSE 1 END AS codee FROM demandes ",
            $tail
        )
    };
}

fn from_row(row: &AnyRow) -> StoreResult<Request> {
    Ok(Request {
        id: text(row, "id")?,
        usage: text(row, "usage")?,
        origin: text_or_nothing(row, "origine")?,
        body: text_or_nothing(row, "corps")?,
        handle: text_or_nothing(row, "poignee")?,
        sendings: count(row, "envois")?,
        code_on: count(row, "code_le")?,
        account: text_or_nothing(row, "compte")?,
        sealed: text(row, "contenu")?,
        state: coded(row, "etat", RequestState::from_code)?,
        coded: flag(row, "codee")?,
        result: text_or_nothing(row, "resultat")?,
    })
}

/// Writes a request; `false` when its key was used already.
async fn insert(connexion: &mut AnyConnection, new: &NewRequest, now: i64) -> StoreResult<bool> {
    let inserted = sqlx::query(
        "INSERT INTO demandes
             (id, usage, cle, corps, poignee, lien, essais, envois, code_le, compte, contenu, etat, creee_le, expire_le, origine)
         VALUES ($1, $2, $3, $4, $5, $6, 0, 1, $7, $8, $9, $10, $7, $11, $12) ON CONFLICT DO NOTHING",
    )
    .bind(&new.id)
    .bind(new.usage)
    .bind(&new.key)
    .bind(&new.body)
    .bind(&new.handle)
    .bind(&new.link)
    .bind(now)
    .bind(&new.account)
    .bind(&new.sealed)
    .bind(new.state.code())
    .bind(new.expires_on)
    .bind(&new.origin)
    .execute(connexion)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Marks a request as done, with the account that came of it; `false` when it does not wait any more.
pub(crate) async fn finish(
    connexion: &mut AnyConnection,
    id: &str,
    account: &str,
    remains: &str,
    now: i64,
) -> StoreResult<bool> {
    let done = sqlx::query(
        "UPDATE demandes SET etat = 'faite', resultat = $1, contenu = $2, code_le = $3
         WHERE id = $4 AND etat = 'attend' AND expire_le > $3",
    )
    .bind(account)
    .bind(remains)
    .bind(now)
    .bind(id)
    .execute(connexion)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The same of one that is proved by something else than the code which it may wait for.
pub(crate) async fn finish_otherwise(
    connexion: &mut AnyConnection,
    id: &str,
    account: &str,
    remains: &str,
    now: i64,
) -> StoreResult<bool> {
    let done = sqlx::query(
        "UPDATE demandes SET etat = 'faite', resultat = $1, contenu = $2, code_le = $3
         WHERE id = $4 AND etat <> 'faite' AND expire_le > $3",
    )
    .bind(account)
    .bind(remains)
    .bind(now)
    .bind(id)
    .execute(connexion)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Records what is asked for an account, in the place of what was asked before for the same.
pub(crate) async fn replace(connexion: &mut AnyConnection, new: &NewRequest, now: i64) -> StoreResult<()> {
    sqlx::query("DELETE FROM demandes WHERE compte = $1 AND usage = $2")
        .bind(&new.account)
        .bind(new.usage)
        .execute(&mut *connexion)
        .await?;
    insert(connexion, new, now).await?;
    Ok(())
}

/// Lets what was sent for this request serve no more: it opened what it was to open, and that is known to have arrived.
pub(crate) async fn spend(connexion: &mut AnyConnection, id: &str) -> StoreResult<()> {
    sqlx::query("UPDATE demandes SET code = NULL, code_actuel = NULL, lien = NULL WHERE id = $1")
        .bind(id)
        .execute(connexion)
        .await?;
    Ok(())
}

impl Store {
    /// Records a request, or finds what the same key recorded.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was recorded.
    pub async fn deposit_request(&self, new: &NewRequest, now: i64) -> StoreResult<Deposit> {
        let mut connexion = self.writer.acquire().await?;
        if insert(&mut connexion, new, now).await? {
            return Ok(Deposit::New);
        }
        let row = sqlx::query(columns!("WHERE cle = $1")).bind(&new.key).fetch_one(&mut *connexion).await?;
        Ok(Deposit::Known(Box::new(from_row(&row)?)))
    }

    /// Records the request of a code that is printed, in the place of what was printed before for the same account, the act
    /// of whoever prints it and the letter that tells it. An account that an operator froze has no way in: none is printed.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was recorded.
    pub async fn print_request(
        &self,
        new: &NewRequest,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        let held = sqlx::query("UPDATE comptes SET id = id WHERE id = $1 RETURNING gele_le, gel_origine")
            .bind(&new.account)
            .fetch_optional(&mut *transaction)
            .await?;
        let blocker = match held {
            None => Some(Acted::Unknown),
            // With the password it opens one that its holder froze.
            Some(row) if text_or_nothing(&row, "gel_origine")?.is_some() => None,
            Some(row) => number_or_none(&row, "gele_le")?.map(|_| Acted::Frozen),
        };
        if let Some(blocker) = blocker {
            transaction.rollback().await?;
            return Ok(blocker);
        }
        sqlx::query("DELETE FROM demandes WHERE compte = $1 AND usage = $2")
            .bind(&new.account)
            .bind(new.usage)
            .execute(&mut *transaction)
            .await?;
        insert(&mut transaction, new, now).await?;
        audit_log::record_act(&mut transaction, now, act, Operation::CodePrinted).await?;
        outbox::post(&mut transaction, letter, now).await?;
        // Nothing that a session says has changed.
        transaction.commit().await?;
        Ok(Acted::Done)
    }

    /// Records what this session asks for its account, in the place of what was asked before for the same.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn replace_request(&self, session: &Session, new: &NewRequest, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        replace(&mut transaction, new, now).await?;
        // Nothing that a session says has changed.
        Ok(transaction.commit().await?)
    }

    /// The request of the browser that holds this secret, if it is not over.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn request_of(&self, usage: &str, handle: &str, now: i64) -> StoreResult<Option<Request>> {
        let sql = columns!("WHERE poignee = $1 AND usage = $2 AND expire_le > $3");
        let row = sqlx::query(sql).bind(handle).bind(usage).bind(now).fetch_optional(&self.readers).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// The request of this link or printed code, if it is not over.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn request_by_link(&self, usage: &str, link: &str, now: i64) -> StoreResult<Option<Request>> {
        let sql = columns!("WHERE lien = $1 AND usage = $2 AND expire_le > $3");
        let row = sqlx::query(sql).bind(link).bind(usage).bind(now).fetch_optional(&self.readers).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// The request of this identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn request(&self, id: &str) -> StoreResult<Option<Request>> {
        let row = sqlx::query(columns!("WHERE id = $1")).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Asks for another code: the former one, its link and its tries are forgotten. `false` when it was done meanwhile, or
    /// when something changed it since it was read.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing changed.
    pub async fn ask_again(&self, request: &Request, sealed: &str, now: i64) -> StoreResult<bool> {
        let asked = sqlx::query(
            "UPDATE demandes SET etat = 'a_examiner', contenu = $1, code = NULL, code_actuel = NULL, lien = NULL, essais = 0,
                 envois = envois + 1, code_le = $2
             WHERE id = $3 AND envois = $4 AND etat <> 'faite'",
        )
        .bind(sealed)
        .bind(now)
        .bind(&request.id)
        .bind(request.sendings)
        .execute(&self.writer)
        .await?;
        Ok(asked.rows_affected() == 1)
    }

    /// Judges a code against the one that was sent after `since`, and counts the try if it is wrong: in one transaction,
    /// that holds the row from the first word, so that guesses made at once cannot be more than `most`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was counted.
    pub async fn try_code(&self, id: &str, code: &str, since: i64, most: i64) -> StoreResult<Tried> {
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
            return Ok(Tried::Spent);
        }
        // The hashes are compared by the database: how long it takes tells nothing of a code, without the key.
        let row = sqlx::query(columns!("WHERE id = $1 AND code = $2"))
            .bind(id)
            .bind(code)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(row) = row else {
            // Nothing that a session says has changed.
            transaction.commit().await?;
            return Ok(Tried::Wrong);
        };
        let request = from_row(&row)?;
        // A right one costs nothing: it may be sent again.
        transaction.rollback().await?;
        Ok(Tried::Right(Box::new(request)))
    }

    /// The requests that nobody looked at yet, those that wait the longest first; at most so many.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn requests_to_examine(&self, now: i64, most: i64) -> StoreResult<Vec<Request>> {
        let sql = columns!("WHERE etat = 'a_examiner' AND expire_le > $1 ORDER BY code_le, id LIMIT $2");
        let rows = sqlx::query(sql).bind(now).bind(most).fetch_all(&self.readers).await?;
        rows.iter().map(from_row).collect()
    }

    /// Notes what was found of a request, with its letters: all or nothing. `false` when another server did, or when another
    /// code was asked for since. A code whose letter may not be written, because its mailbox got too many today, was sent to nobody.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then somebody looks at it again.
    pub async fn conclude(
        &self,
        request: &Request,
        found: &Examined<'_>,
        letters: &[NewLetter],
        now: i64,
    ) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        let (state, (present, code), link, account) = match found {
            Examined::Provable { code, link, account } => {
                (RequestState::Waiting, (None, Some(*code)), Some(*link), *account)
            }
            Examined::Change { present, new, account } => (RequestState::Waiting, (*present, *new), None, *account),
            Examined::Refused(_) | Examined::Idle => (RequestState::Idle, (None, None), None, None),
        };
        let noted = sqlx::query(
            "UPDATE demandes SET etat = $1, code = $2, code_actuel = $3, lien = $4, compte = $5
             WHERE id = $6 AND etat = 'a_examiner' AND envois = $7",
        )
        .bind(state.code())
        .bind(code)
        .bind(present)
        .bind(link)
        .bind(account)
        .bind(&request.id)
        .bind(request.sendings)
        .execute(&mut *transaction)
        .await?;
        if noted.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        if let Examined::Refused(account) = found {
            let origin = request.origin.as_deref();
            audit_log::record_visit(&mut transaction, now, *account, Operation::InscriptionRefused, origin).await?;
        }
        let mut posted = true;
        for letter in letters {
            posted &= outbox::post(&mut transaction, letter, now).await?;
        }
        if !posted && state == RequestState::Waiting {
            sqlx::query(
                "UPDATE demandes SET etat = 'sans_suite', code = NULL, code_actuel = NULL, lien = NULL WHERE id = $1",
            )
            .bind(&request.id)
            .execute(&mut *transaction)
            .await?;
        }
        // Nothing that a session says has changed.
        transaction.commit().await?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    #[tokio::test]
    async fn a_state_that_is_not_known_is_a_failure() {
        let columns = "'i' AS id, 'inscription' AS usage, NULL AS origine, NULL AS corps, NULL AS poignee, 1 AS envois, 1 AS code_le,
                       NULL AS compte, 'x' AS contenu, NULL AS resultat, 0 AS codee";
        for state in RequestState::ALL {
            let read = from_row(&row(&format!("{columns}, '{}' AS etat", state.code())).await);
            assert_eq!(read.ok().map(|request| request.state), Some(state));
        }
        assert!(is_of(&from_row(&row(&format!("{columns}, 'perdue' AS etat")).await), "etat"));
    }
}
