//! What an operator sees of everybody's declarations of DIF, and decides of each: once, and never changed.

use domaine::mesures::Day;

use super::declarations::{Attested, Declaration, by_reference, every};
use super::handicaps::Decided;
use crate::audit_log::{self, Act, Operation, Operator};
use crate::lives::version;
use crate::outbox::{self, NewLetter};
use crate::row::text;
use crate::{Store, StoreResult};

impl Store {
    /// The declarations of everybody, oldest first: those whose proof waits to be seen, or all.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn everybodys_attestations(&self, decided_too: bool) -> StoreResult<Vec<Declaration>> {
        let mut connexion = self.readers.acquire().await?;
        every(&mut connexion, decided_too).await
    }

    /// The declaration of this reference.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn attestation(&self, reference: &str) -> StoreResult<Option<Declaration>> {
        let mut connexion = self.readers.acquire().await?;
        by_reference(&mut connexion, reference).await
    }

    /// Decides of a declaration and posts the letter that tells it, unless it was decided before.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was recorded.
    pub async fn decide_attestation(
        &self,
        reference: &str,
        verdict: &Attested,
        letter: &NewLetter,
        operator: &Operator,
        on: Day,
        now: i64,
    ) -> StoreResult<Decided> {
        let mut transaction = self.write().await?;
        // PostgreSQL: two operators wait for each other, so that the second sees what the first did.
        sqlx::query("UPDATE comptes SET id = id WHERE id = (SELECT compte FROM declarations_dif WHERE reference = $1)")
            .bind(reference)
            .execute(&mut *transaction)
            .await?;
        let known = by_reference(&mut transaction, reference).await?;
        let blocker = match &known {
            None => Some(Decided::Unknown),
            Some(known) => known.decision.as_ref().map(|(on, _)| Decided::Already(*on)),
        };
        let (Some(declaration), None) = (known, blocker) else {
            transaction.rollback().await?;
            return Ok(blocker.unwrap_or(Decided::Unknown));
        };
        let (act, reason, operation) = match verdict {
            Attested::Accepted => ("acceptation", None, Operation::DifAccepted),
            Attested::Refused(reason) => ("refus", Some(reason), Operation::DifRefused),
        };
        sqlx::query("INSERT INTO decisions_dif (declaration, acte, raison, le, creee_le) VALUES ($1, $2, $3, $4, $5)")
            .bind(&declaration.id)
            .bind(act)
            .bind(reason)
            .bind(on.to_string())
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        audit_log::record_act(&mut transaction, now, Act::of(operator).on(&declaration.account), operation).await?;
        let row = sqlx::query("SELECT personne FROM comptes WHERE id = $1")
            .bind(&declaration.account)
            .fetch_one(&mut *transaction)
            .await?;
        version::change_version(&mut transaction, &text(&row, "personne")?).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(Decided::Done)
    }
}
