//! Letters that wait to leave. What they say is sealed by whoever writes them: this room only knows when to try, and
//! that one server at a time does.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::row::{count, small_number, text};
use crate::{Store, StoreResult};

/// A letter to post. No `Debug`: it may hold a secret, although sealed.
pub struct NewLetter {
    /// Identifier, chosen by the caller; it is also that of the message, so that a letter that leaves twice is seen once.
    pub id: String,
    /// Why it is written, as a code that the log may say.
    pub occasion: &'static str,
    /// Keyed hash of the mailbox.
    pub recipient: String,
    /// What it says and to whom, sealed.
    pub sealed: String,
    /// When it is of no use any more, in milliseconds.
    pub useful_until: i64,
    /// How many of this occasion a mailbox gets in a day: whoever typed the address of another cannot have it flooded.
    pub most_a_day: i64,
    /// The link by which its reader stops the account that it speaks of, if it has one.
    pub stop: Option<NewStop>,
}

/// A link that stops an account, in a letter. No `Debug`: it holds an address, although sealed.
pub struct NewStop {
    /// Hash of what it carries.
    pub link: String,
    /// The account.
    pub account: String,
    /// Where the letter goes, sealed.
    pub address: String,
    /// When it is over.
    pub expires_on: i64,
}

/// A letter that waits.
pub struct WaitingLetter {
    /// Identifier.
    pub id: String,
    /// Why it is written.
    pub occasion: String,
    /// Keyed hash of the mailbox.
    pub recipient: String,
    /// What it says and to whom, sealed.
    pub sealed: String,
    /// When it is of no use any more.
    pub useful_until: i64,
    /// How many times it was tried before.
    pub attempts: u32,
}

/// A letter that stays on this machine.
pub struct KeptLetter {
    /// Identifier.
    pub id: String,
    /// What it says and to whom, sealed.
    pub sealed: String,
    /// When it was posted.
    pub posted_on: i64,
}

/// What became of a letter that was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterOutcome {
    /// It has left: what it said is erased.
    Sent,
    /// It stays here, to be read here.
    Kept,
    /// Nobody will try again: what it said is erased.
    GivenUp,
    /// It is tried again then, not before.
    Later(i64),
}

impl LetterOutcome {
    /// The word under which it is stored.
    const fn code(self) -> &'static str {
        match self {
            Self::Sent => "parti",
            Self::Kept => "garde",
            Self::GivenUp => "abandonne",
            Self::Later(_) => "attend",
        }
    }
}

fn waiting(row: &AnyRow) -> StoreResult<WaitingLetter> {
    Ok(WaitingLetter {
        id: text(row, "id")?,
        occasion: text(row, "occasion")?,
        recipient: text(row, "destinataire")?,
        sealed: text(row, "lettre")?,
        useful_until: count(row, "utile_jusqu_a")?,
        attempts: small_number(row, "essais")?,
    })
}

const DAY: i64 = 24 * 3_600_000;

/// Writes a letter in the transaction of what it tells of: both are kept, or neither. `false` when its mailbox got as many
/// of this kind today as it may: then it is not written.
pub(crate) async fn post(connexion: &mut AnyConnection, letter: &NewLetter, now: i64) -> StoreResult<bool> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS nombre FROM courriers WHERE destinataire = $1 AND occasion = $2 AND depose_le > $3",
    )
    .bind(&letter.recipient)
    .bind(letter.occasion)
    .bind(now.saturating_sub(DAY))
    .fetch_one(&mut *connexion)
    .await?;
    if count(&row, "nombre")? >= letter.most_a_day {
        tracing::warn!(
            occasion = letter.occasion,
            "a mailbox got as many letters of this kind today as it may: not written"
        );
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO courriers (id, occasion, destinataire, lettre, depose_le, utile_jusqu_a, essais, pas_avant, sort)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $5, 'attend')",
    )
    .bind(&letter.id)
    .bind(letter.occasion)
    .bind(&letter.recipient)
    .bind(&letter.sealed)
    .bind(now)
    .bind(letter.useful_until)
    .execute(&mut *connexion)
    .await?;
    if let Some(stop) = &letter.stop {
        sqlx::query("INSERT INTO liens_d_arret (lien, compte, adresse, expire_le) VALUES ($1, $2, $3, $4)")
            .bind(&stop.link)
            .bind(&stop.account)
            .bind(&stop.address)
            .bind(stop.expires_on)
            .execute(connexion)
            .await?;
    }
    Ok(true)
}

impl Store {
    /// Posts a letter that tells of nothing written here.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then it is not posted.
    pub async fn post(&self, letter: &NewLetter, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        post(&mut transaction, letter, now).await?;
        // Nothing that a session says has changed.
        Ok(transaction.commit().await?)
    }

    /// The letters that may be tried now, those that wait the longest first; at most so many.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn due_letters(&self, now: i64, most: i64) -> StoreResult<Vec<WaitingLetter>> {
        let rows = sqlx::query(
            "SELECT id, occasion, destinataire, lettre, utile_jusqu_a, essais FROM courriers
             WHERE sort = 'attend' AND pas_avant <= $1 ORDER BY pas_avant, depose_le, id LIMIT $2",
        )
        .bind(now)
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(waiting).collect()
    }

    /// Takes a letter to try it, and keeps every other server from it until then; `false` when another took it first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then it is not taken.
    pub async fn take_letter(&self, id: &str, now: i64, until: i64) -> StoreResult<bool> {
        let taken = sqlx::query(
            "UPDATE courriers SET pas_avant = $1, essais = essais + 1
             WHERE id = $2 AND sort = 'attend' AND pas_avant <= $3",
        )
        .bind(until)
        .bind(id)
        .bind(now)
        .execute(&self.writer)
        .await?;
        Ok(taken.rows_affected() == 1)
    }

    /// Notes what became of a letter.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then it is tried again when whoever took it was to be done.
    pub async fn letter_became(&self, id: &str, outcome: LetterOutcome, now: i64) -> StoreResult<()> {
        let (again, over) = match outcome {
            LetterOutcome::Later(again) => (again, None),
            LetterOutcome::Sent | LetterOutcome::Kept | LetterOutcome::GivenUp => (now, Some(now)),
        };
        sqlx::query(
            "UPDATE courriers SET sort = $1, pas_avant = $2, fini_le = $3,
                 lettre = CASE WHEN $1 IN ('attend', 'garde') THEN lettre ELSE NULL END
             WHERE id = $4 AND sort = 'attend'",
        )
        .bind(outcome.code())
        .bind(again)
        .bind(over)
        .bind(id)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// The letters that stay on this machine, the last first; at most so many.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn kept_letters(&self, most: i64) -> StoreResult<Vec<KeptLetter>> {
        let rows = sqlx::query(
            "SELECT id, lettre, depose_le FROM courriers WHERE sort = 'garde' ORDER BY depose_le DESC, id LIMIT $1",
        )
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(KeptLetter {
                    id: text(row, "id")?,
                    sealed: text(row, "lettre")?,
                    posted_on: count(row, "depose_le")?,
                })
            })
            .collect()
    }
}
