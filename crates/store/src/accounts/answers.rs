//! What a holder was answered and has not seen yet: about their lines, their DIF, their disability. Seen once their screen
//! was read.

use crate::row::count;
use crate::{Store, StoreResult};

/// What an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// A disputed line.
    Contestation,
    /// An attestation of DIF.
    Dif,
    /// A disability.
    Handicap,
}

impl AnswerKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Contestation, Self::Dif, Self::Handicap];
}

impl Store {
    /// How many answers the holder of this account has not seen, of each kind that has some.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn unseen_answers(&self, account: &str) -> StoreResult<Vec<(AnswerKind, i64)>> {
        let row = sqlx::query(
            "SELECT
                 (SELECT COUNT(*) FROM suites_contestations s JOIN contestations t ON t.id = s.contestation
                  WHERE t.compte = c.id AND s.acte = 'reponse' AND s.creee_le > c.contestations_vues_le) AS contestations,
                 (SELECT COUNT(*) FROM decisions_dif x JOIN declarations_dif d ON d.id = x.declaration
                  WHERE d.compte = c.id AND x.creee_le > c.difs_vus_le) AS difs,
                 (SELECT COUNT(*) FROM decisions_handicap x JOIN declarations_handicap d ON d.id = x.declaration
                  WHERE d.compte = c.id AND x.creee_le > c.handicaps_vus_le) AS handicaps
             FROM comptes c WHERE c.id = $1",
        )
        .bind(account)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(Vec::new()) };
        let mut unseen = Vec::new();
        for (kind, column) in AnswerKind::ALL.into_iter().zip(["contestations", "difs", "handicaps"]) {
            unseen.push((kind, count(&row, column)?));
        }
        unseen.retain(|(_, count)| *count > 0);
        Ok(unseen)
    }

    /// Notes that the holder saw the answers of that kind; where there is none to see, nothing is written.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn answers_seen(&self, account: &str, kind: AnswerKind) -> StoreResult<()> {
        if self.unseen_answers(account).await?.iter().all(|(unseen, _)| *unseen != kind) {
            return Ok(());
        }
        // By the time of the last one: an operator's clock may be ahead of this one.
        let sql = match kind {
            AnswerKind::Contestation => {
                "UPDATE comptes SET contestations_vues_le = (SELECT MAX(s.creee_le) FROM suites_contestations s
                 JOIN contestations t ON t.id = s.contestation WHERE t.compte = comptes.id) WHERE id = $1"
            }
            AnswerKind::Dif => {
                "UPDATE comptes SET difs_vus_le = (SELECT MAX(x.creee_le) FROM decisions_dif x
                 JOIN declarations_dif d ON d.id = x.declaration WHERE d.compte = comptes.id) WHERE id = $1"
            }
            AnswerKind::Handicap => {
                "UPDATE comptes SET handicaps_vus_le = (SELECT MAX(x.creee_le) FROM decisions_handicap x
                 JOIN declarations_handicap d ON d.id = x.declaration WHERE d.compte = comptes.id) WHERE id = $1"
            }
        };
        sqlx::query(sql).bind(account).execute(&self.writer).await?;
        Ok(())
    }
}
