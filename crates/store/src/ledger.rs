//! The ledger of yearly credits, to which one only adds; and the lives that a year is credited to.

use std::collections::HashMap;

use domaine::droits::Situation;
use domaine::ledger::{Entry, MissingEntry};
use domaine::mesures::Year;
use sqlx::AssertSqlSafe;

use crate::lives::activites::{rows, rows_per_query};
use crate::lives::entries::entry;
use crate::lives::situations;
use crate::lives::version::change_version;
use crate::row::{small_number, text};
use crate::write_tx::WriteTx;
use crate::{Store, StoreResult};

/// An entry to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Whose.
    pub person: String,
    /// What the ledger lacks.
    pub missing: MissingEntry,
}

/// A person to credit.
pub struct Life {
    /// Identifier.
    pub person: String,
    /// What rights are computed from.
    pub situation: Situation,
    /// What the ledger holds of that year, in order.
    pub recorded_ones: Vec<Entry>,
}

impl Store {
    /// How many people there are.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn count_people(&self) -> StoreResult<u64> {
        let row = sqlx::query("SELECT COUNT(*) AS personnes FROM personnes").fetch_one(&self.readers).await?;
        small_number(&row, "personnes")
    }
}

impl WriteTx {
    /// The next people after that identifier, with what that year needs; empty at the end.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn lives(&mut self, year: Year, after: &str, how_many: i64) -> StoreResult<Vec<Life>> {
        let batch = situations::batch(&mut self.0, after, how_many).await?;
        let Some((last, _)) = batch.last() else { return Ok(Vec::new()) };
        let mut recorded_ones = self.recorded_ones(year, (after, last)).await?;
        let life = |(person, situation)| {
            let recorded_ones = recorded_ones.remove(&person).unwrap_or_default();
            Life { person, situation, recorded_ones }
        };
        Ok(batch.into_iter().map(life).collect())
    }

    async fn recorded_ones(
        &mut self,
        year: Year,
        (after, last): (&str, &str),
    ) -> StoreResult<HashMap<String, Vec<Entry>>> {
        let records = sqlx::query(
            "SELECT personne, rang, date, centimes, heures, corrige FROM ecritures
             WHERE personne > $1 AND personne <= $2 AND annee = $3 ORDER BY personne, rang",
        )
        .bind(after)
        .bind(last)
        .bind(i64::from(year.count()))
        .fetch_all(&mut *self.0)
        .await?;
        let mut recorded_ones: HashMap<String, Vec<Entry>> = HashMap::new();
        for row in records {
            recorded_ones.entry(text(&row, "personne")?).or_default().push(entry(&row)?);
        }
        Ok(recorded_ones)
    }

    /// Adds entries.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn append_to_ledger(&mut self, year: Year, entries: &[LedgerEntry], now: i64) -> StoreResult<()> {
        const COLUMNS: usize = 12;
        for batch in entries.chunks(rows_per_query(COLUMNS)) {
            let sql = format!(
                "INSERT INTO ecritures (personne, annee, rang, date, centimes, heures, retenu, retenu_heures, corrige,
                     motif, ecrite_le, texte) VALUES {}",
                rows(batch.len(), COLUMNS)
            );
            let mut request = sqlx::query(AssertSqlSafe(sql));
            for LedgerEntry { person, missing } in batch {
                let entry = &missing.entry;
                request = request
                    .bind(person)
                    .bind(i64::from(year.count()))
                    .bind(entry.rank)
                    .bind(entry.date.to_string())
                    .bind(entry.montant.centimes())
                    .bind(i64::from(entry.hours.count()))
                    .bind(missing.withheld.centimes())
                    .bind(i64::from(missing.withheld_hours.count()))
                    .bind(entry.takes_back)
                    .bind(serde_json::to_string(&missing.motif).expect("a reason is plain data"))
                    .bind(now)
                    .bind(missing.source.as_ref().map(|source| format!("{}, {}", source.text, source.article)));
            }
            request.execute(&mut *self.0).await?;
        }
        // What the ledger puts right is on the statement from that day on.
        for LedgerEntry { person, missing } in entries {
            if missing.entry.takes_back.is_some() {
                change_version(&mut self.0, person).await?;
            }
        }
        Ok(())
    }
}
