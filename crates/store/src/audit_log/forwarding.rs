//! The lines of the journal in the order of their chain, for whatever takes them elsewhere, and how far they went.

use super::reading::{self, COLUMNS, JournalLine};
use crate::row::{count, text};
use crate::{Store, StoreError, StoreResult};

/// Where how far they went is kept.
const SENT: &str = "journal_envoye";

/// A line in its place of the chain.
#[derive(Clone, Debug)]
pub struct ChainedLine {
    /// Its rank, the first being 1.
    pub rank: i64,
    /// The link of the chain that holds it, and all that came before.
    pub link: String,
    /// What it says.
    pub line: JournalLine,
}

impl Store {
    /// The lines chained after that rank, at most so many, in their order.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn chained_after(&self, rank: i64, how_many: i64) -> StoreResult<Vec<ChainedLine>> {
        let sql = format!(
            "SELECT m.rang, m.lien, {COLUMNS} FROM
                 (SELECT rang, lien, ligne FROM maillons WHERE rang > $1 ORDER BY rang LIMIT $2) m
                 JOIN journal ON journal.id = m.ligne
             ORDER BY m.rang"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(rank).bind(how_many).fetch_all(&self.readers).await?;
        let read = |row| {
            Ok(ChainedLine { rank: count(row, "rang")?, link: text(row, "lien")?, line: reading::from_row(row)? })
        };
        rows.iter().map(read).collect()
    }

    /// The rank of the last line that was taken elsewhere; 0 when none was.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn journal_sent(&self) -> StoreResult<i64> {
        let row =
            sqlx::query("SELECT valeur FROM temoins WHERE nom = $1").bind(SENT).fetch_optional(&self.readers).await?;
        let rank = row.map(|row| text(&row, "valeur")).transpose()?;
        rank.map_or(Ok(0), |rank| rank.parse().map_err(|_| StoreError::Corrupt("valeur")))
    }

    /// Notes that the lines up to that rank were taken elsewhere. `false` when another server noted something meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then they are taken again.
    pub async fn note_journal_sent(&self, before: i64, rank: i64) -> StoreResult<bool> {
        let noted = sqlx::query(
            "INSERT INTO temoins (nom, valeur) VALUES ($1, $2)
             ON CONFLICT (nom) DO UPDATE SET valeur = $2 WHERE temoins.valeur = $3",
        )
        .bind(SENT)
        .bind(rank.to_string())
        .bind(before.to_string())
        .execute(&self.writer)
        .await?;
        Ok(noted.rows_affected() == 1)
    }
}
