//! Whether the journal is what this program wrote: each link against the one before it, each line against its link.

use sqlx::Row as _;

use super::KEPT;
use super::chain::{COLUMNS, Link, from_row, pen};
use crate::row::{count, flag, text};
use crate::{Store, StoreResult};

/// How many links are read at a time.
const BATCH: i64 = 1_000;

/// What the journal should not show. Ranks are those of the chain; moments are milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalFault {
    /// A line is no more what was written.
    Changed(i64, i64),
    /// A line is gone before its time.
    Removed(i64, i64),
    /// A line is not this program's.
    Foreign(i64, i64),
    /// A link is not this program's, or was changed.
    BrokenLink(i64),
    /// Links are missing before this one, or were put in another order.
    Gap(i64),
}

/// What was seen of the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many lines are what was written.
    pub sound: u64,
    /// Of those, how many were written before lines were sealed: what happened to them before is not known.
    pub from_before: u64,
    /// How many are known to be gone because they were a year old.
    pub expired: i64,
    /// What is wrong.
    pub faults: Vec<JournalFault>,
}

impl Store {
    /// Chains what is not yet, then looks through the whole chain.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn check_journal(&self, now: i64) -> StoreResult<Checked> {
        self.chain_journal(i64::MIN).await?;
        let pen = pen()?;
        let (mut seen, mut rank, mut previous) = (Checked::default(), 0_i64, String::new());
        let sql = format!(
            "SELECT {COLUMNS}, m.rang, m.ligne, m.quand AS ecrite_le, m.empreinte, m.repris, m.precedent, m.lien
             FROM maillons m LEFT JOIN journal j ON j.id = m.ligne WHERE m.rang > $1 ORDER BY m.rang LIMIT $2"
        );
        loop {
            let batch = sqlx::query(sqlx::AssertSqlSafe(sql.as_str())).bind(rank).bind(BATCH);
            let batch = batch.fetch_all(&self.readers).await?;
            for row in &batch {
                let link = Link {
                    rank: count(row, "rang")?,
                    line: text(row, "ligne")?,
                    when: count(row, "ecrite_le")?,
                    digest: text(row, "empreinte")?,
                    from_before: flag(row, "repris")?,
                    previous: text(row, "precedent")?,
                };
                let (lien, expired) = (text(row, "lien")?, link.when.saturating_add(KEPT) <= now);
                let begins = rank == 0 && link.rank > 1;
                if lien != link.mark(pen) {
                    seen.faults.push(JournalFault::BrokenLink(link.rank));
                } else if begins && expired {
                    seen.expired = link.rank - 1;
                } else if link.rank != rank + 1 || link.previous != previous {
                    seen.faults.push(JournalFault::Gap(link.rank));
                }
                (rank, previous) = (link.rank, lien);
                if row.try_get::<Option<String>, _>("id")?.is_none() {
                    if expired {
                        seen.expired += 1;
                    } else {
                        seen.faults.push(JournalFault::Removed(link.rank, link.when));
                    }
                    continue;
                }
                let line = from_row(row, pen)?;
                if line.digest != link.digest {
                    seen.faults.push(JournalFault::Changed(link.rank, link.when));
                } else if !line.genuine && !link.from_before {
                    seen.faults.push(JournalFault::Foreign(link.rank, link.when));
                } else {
                    seen.sound += 1;
                    seen.from_before += u64::from(link.from_before);
                }
            }
            if batch.is_empty() {
                return Ok(seen);
            }
        }
    }
}
