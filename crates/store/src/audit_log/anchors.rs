//! The anchors of the chain: left when a day ends, read again; and what goes up to one of them, once old.

use domaine::mesures::Day;
use vault::fingerprint;

use super::anchor::{self, Anchor, SignedAnchor};
use super::chain::{self, lock};
use super::{NewLine, Operation, SERVICE, add};
use crate::outbox::{self, NewLetter};
use crate::row::{count, number_or_none, text};
use crate::{Store, StoreResult};

/// What becomes of an anchor in the transaction that leaves it: its text, signed, and who is written to.
pub struct LeavingAnchor {
    /// The anchor.
    pub signed: SignedAnchor,
    /// The letter that takes it away.
    pub letter: Option<NewLetter>,
}

impl Store {
    /// Chains what was written before that moment, when that day ended, and leaves its anchor as `leave` makes it; `false` when it
    /// has one.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nobody is written to.
    pub async fn anchor_journal(
        &self,
        (day, ended): (Day, i64),
        leave: impl Fn(Anchor) -> LeavingAnchor,
        now: i64,
    ) -> StoreResult<bool> {
        let known = "SELECT numero FROM ancres WHERE jour = $1";
        if sqlx::query(known).bind(day.to_string()).fetch_optional(&self.readers).await?.is_some() {
            return Ok(false);
        }
        let pen = chain::pen()?;
        let mut transaction = self.write().await?;
        lock(&mut transaction, self.engine).await?;
        if sqlx::query(known).bind(day.to_string()).fetch_optional(&mut *transaction).await?.is_some() {
            // Another server was first.
            transaction.rollback().await?;
            return Ok(false);
        }
        while chain::chain(&mut transaction, pen, i64::MIN..ended, false).await? > 0 {}
        let (rank, link) = chain::end(&mut transaction).await?;
        let before = anchor::last(&mut transaction).await?;
        let anchor = Anchor {
            number: before.as_ref().map_or(0, |(anchor, _)| anchor.number) + 1,
            day,
            rank,
            lines: rank - before.as_ref().map_or(0, |(anchor, _)| anchor.rank),
            link,
            previous: before.map_or_else(String::new, |(_, text)| fingerprint(&text)),
        };
        let number = anchor.number;
        let LeavingAnchor { signed, letter } = leave(anchor);
        sqlx::query("INSERT INTO ancres (numero, jour, rang, texte) VALUES ($1, $2, $3, $4)")
            .bind(number)
            .bind(day.to_string())
            .bind(rank)
            .bind(signed.to_string())
            .execute(&mut *transaction)
            .await?;
        if let Some(letter) = letter {
            outbox::post(&mut transaction, &letter, now).await?;
        }
        // Nothing that a session says has changed.
        transaction.commit().await?;
        Ok(true)
    }

    /// The texts of all anchors, the first one first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn anchors(&self) -> StoreResult<Vec<String>> {
        let rows = sqlx::query("SELECT texte FROM ancres ORDER BY numero").fetch_all(&self.readers).await?;
        rows.iter().map(|row| text(row, "texte")).collect()
    }

    /// Erases the days of the journal that ended before that time, a year before now at least: their lines and links go, up to
    /// an anchor, which stays, and a line says so. A day of which one line is younger stays whole.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or that time is not a year old.
    pub async fn purge_journal(&self, before: i64, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        let young = sqlx::query("SELECT rang FROM maillons WHERE quand >= $1 ORDER BY rang LIMIT 1").bind(before);
        let young = young.fetch_optional(&mut *transaction).await?.map(|row| count(&row, "rang")).transpose()?;
        let row = sqlx::query("SELECT MIN(rang) AS premier FROM maillons").fetch_one(&mut *transaction).await?;
        let first = number_or_none(&row, "premier")?.unwrap_or(i64::MAX);
        let anchor =
            sqlx::query("SELECT texte FROM ancres WHERE rang >= $1 AND rang < $2 ORDER BY numero DESC LIMIT 1")
                .bind(first)
                .bind(young.unwrap_or(i64::MAX))
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(anchor) = anchor else {
            transaction.rollback().await?;
            return Ok(());
        };
        let (anchor, _) = anchor::parsed(text(&anchor, "texte")?)?;
        let reason = anchor.erased();
        let line = NewLine { who: SERVICE, operator: None, account: None, reason: Some(&reason), origin: None };
        // It is also the one that what goes is a year older than, where nothing happened since.
        add(&mut transaction, now, &line, Operation::JournalPurged).await?;
        for erase in [
            "DELETE FROM journal WHERE id IN (SELECT ligne FROM maillons WHERE rang <= $1)",
            "DELETE FROM maillons WHERE rang <= $1",
        ] {
            sqlx::query(erase).bind(anchor.rank).execute(&mut *transaction).await?;
        }
        // Nothing that a session says has changed.
        Ok(transaction.commit().await?)
    }
}
