//! Accounts that nobody uses, and those of the dead: who they are, and what is done to each, once, by whichever server comes
//! first. When it is due is `domaine`'s to say.

use domaine::mesures::Day;
use domaine::retention::{Reminder, Use};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::closing::erase;
use crate::audit_log::{self, Operation};
use crate::outbox::{self, NewLetter};
use crate::row::{count, parsed, parsed_or_none, text};
use crate::{Store, StoreError, StoreResult};

/// An account whose time may have come. No `Debug`: it says how to reach a person.
pub struct Dormant {
    /// Its identifier.
    pub account: String,
    /// Its person.
    pub person: String,
    /// The e-mail to which its holder is told.
    pub courriel: String,
    /// What is known of its use.
    pub known: Use,
}

fn from_row(row: &AnyRow) -> StoreResult<Dormant> {
    let on = parsed_or_none(row, "rappel_le")?;
    let reminder = match (count(row, "rappels")?, on) {
        (0, _) => None,
        (1, Some(on)) => Some((Reminder::First, on)),
        (2, Some(on)) => Some((Reminder::Last, on)),
        _ => return Err(StoreError::Corrupt("rappels")),
    };
    Ok(Dormant {
        account: text(row, "id")?,
        person: text(row, "personne")?,
        courriel: text(row, "courriel")?,
        known: Use { on: parsed(row, "utilise_le")?, reminder },
    })
}

const fn rank(reminder: Option<Reminder>) -> i64 {
    match reminder {
        None => 0,
        Some(Reminder::First) => 1,
        Some(Reminder::Last) => 2,
    }
}

/// Holds the account as it was read; `false` when it is not so any more: it was used, or another server came first.
async fn take(connexion: &mut AnyConnection, dormant: &Dormant) -> StoreResult<bool> {
    let taken = sqlx::query(
        "UPDATE comptes SET id = id
         WHERE id = $1 AND utilise_le = $2 AND rappels = $3 AND gele_le IS NULL",
    )
    .bind(&dormant.account)
    .bind(dormant.known.on.to_string())
    .bind(rank(dormant.known.reminder.map(|(reminder, _)| reminder)))
    .execute(connexion)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// That statement about the accounts of those who died on the day `$1` or before it.
macro_rules! of_the_dead {
    ($start:literal) => {
        concat!(
            $start,
            "EXISTS (SELECT 1 FROM evenements e
                 WHERE e.personne = comptes.personne AND e.nature = 'deces' AND e.fin IS NULL AND e.le <= $1)"
        )
    };
}

impl Store {
    /// The accounts that nobody has used since that day or before it. An account of which no use is remembered counts from
    /// today. Those that hold a DIF are left alone, since it could not be declared again; so are those that are frozen, and
    /// those of the dead.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn dormant(&self, used_by: Day, today: Day) -> StoreResult<Vec<Dormant>> {
        sqlx::query("UPDATE comptes SET utilise_le = $1 WHERE utilise_le IS NULL")
            .bind(today.to_string())
            .execute(&self.writer)
            .await?;
        let rows = sqlx::query(
            "SELECT c.id, c.personne, c.courriel, c.utilise_le, c.rappels, c.rappel_le FROM comptes c
             WHERE c.utilise_le <= $1 AND c.gele_le IS NULL
                 AND NOT EXISTS (SELECT 1 FROM declarations_dif d WHERE d.compte = c.id)
                 AND NOT EXISTS (SELECT 1 FROM evenements e
                     WHERE e.personne = c.personne AND e.nature = 'deces' AND e.fin IS NULL)
             ORDER BY c.utilise_le, c.id",
        );
        rows.bind(used_by.to_string()).fetch_all(&self.readers).await?.iter().map(from_row).collect()
    }

    /// Notes that its holder is told, and posts the letter that tells it; `false` when there was no reason any more.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was noted nor posted.
    pub async fn remind(
        &self,
        dormant: &Dormant,
        reminder: Reminder,
        letter: &NewLetter,
        today: Day,
        now: i64,
    ) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        if !take(&mut transaction, dormant).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        sqlx::query("UPDATE comptes SET rappels = $1, rappel_le = $2 WHERE id = $3")
            .bind(rank(Some(reminder)))
            .bind(today.to_string())
            .bind(&dormant.account)
            .execute(&mut *transaction)
            .await?;
        audit_log::record_service(&mut transaction, now, &dormant.account, Operation::ClosingAnnounced).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(true)
    }

    /// Closes an account that nobody uses, as its holder would, and posts the letter that tells it. Gives the identifiers of the
    /// proofs whose files must go; nothing when there was no reason any more.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was erased.
    pub async fn close_dormant(
        &self,
        dormant: &Dormant,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Option<Vec<String>>> {
        let mut transaction = self.write().await?;
        if !take(&mut transaction, dormant).await? {
            transaction.rollback().await?;
            return Ok(None);
        }
        let pieces = erase(&mut transaction, &dormant.account, &dormant.person).await?;
        audit_log::record_service(&mut transaction, now, &dormant.account, Operation::UnusedAccountClosed).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        self.forget_soon().await;
        Ok(Some(pieces))
    }

    /// Erases the accounts of those who died on that day or before it; nobody is written to. Gives the identifiers of the
    /// proofs whose files must go.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: what was erased before stays so.
    pub async fn close_those_of_the_dead(&self, dead_by: Day, now: i64) -> StoreResult<Vec<String>> {
        let all = sqlx::query(of_the_dead!("SELECT id, personne FROM comptes WHERE "));
        let all = all.bind(dead_by.to_string()).fetch_all(&self.readers).await?;
        let mut pieces = Vec::new();
        for row in &all {
            let (account, person) = (text(row, "id")?, text(row, "personne")?);
            let mut transaction = self.write().await?;
            let held = sqlx::query(of_the_dead!("UPDATE comptes SET id = id WHERE id = $2 AND "));
            let held = held.bind(dead_by.to_string()).bind(&account).execute(&mut *transaction).await?;
            if held.rows_affected() == 0 {
                transaction.rollback().await?;
                continue;
            }
            pieces.extend(erase(&mut transaction, &account, &person).await?);
            audit_log::record_service(&mut transaction, now, &account, Operation::DeadAccountClosed).await?;
            self.complete(transaction).await?;
        }
        if !all.is_empty() {
            self.forget_soon().await;
        }
        Ok(pieces)
    }
}
