//! The journal, read back: in order, by batches, those lines that are asked for.

use sqlx::any::AnyRow;

use super::who;
use crate::row::{count, text, text_or_nothing};
use crate::{Operation, Store, StoreResult};

/// Which lines are asked for; what is empty asks for all.
#[derive(Clone, Debug, Default)]
pub struct JournalFilter {
    /// From that time on.
    pub since: i64,
    /// Before that time.
    pub until: i64,
    /// About an account whose identifier begins so.
    pub account: String,
    /// What that operator did.
    pub operator: String,
    /// That operation.
    pub what: Option<Operation>,
    /// From that place.
    pub origin: String,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The holder of the account.
    Holder,
    /// An operator, by name.
    Operator(String),
    /// An operator, before they had to give their name.
    SomeOperator,
    /// Somebody who was not connected.
    Visitor,
    /// The program by itself.
    Service,
}

/// A line.
#[derive(Clone, Debug)]
pub struct JournalLine {
    /// Where to go on from.
    pub id: String,
    /// When.
    pub when: i64,
    /// Who.
    pub who: Who,
    /// The word of the operation, which a later version may have written.
    pub what: String,
    /// The account it is about.
    pub account: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// From where.
    pub origin: Option<String>,
}

/// What is done about everybody at once, and is shown to each.
const ABOUT_ALL: [Operation; 2] = [Operation::StatementsRead, Operation::JournalRead];

/// What a reading of the journal gives.
pub(super) const COLUMNS: &str = "id, quand, qui, quoi, agent, compte, raison, origine";

impl Store {
    /// What its holder may read of an account: the lines about it, and those about everybody since that time; the last first, those
    /// before that moment and line.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn journal_of(
        &self,
        account: &str,
        since: i64,
        (when, id): (i64, &str),
        how_many: i64,
    ) -> StoreResult<Vec<JournalLine>> {
        let before = "(quand < $2 OR (quand = $2 AND id < $3)) ORDER BY quand DESC, id DESC LIMIT $4";
        let sql = format!(
            "SELECT * FROM (SELECT {COLUMNS} FROM journal WHERE compte = $1 AND {before}) propres
             UNION ALL
             SELECT * FROM (SELECT {COLUMNS} FROM journal
                 WHERE compte IS NULL AND quoi IN ($5, $6) AND quand >= $7 AND {before}) communes
             ORDER BY quand DESC, id DESC LIMIT $4"
        );
        let [first, second] = ABOUT_ALL.map(Operation::code);
        let records = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(account)
            .bind(when)
            .bind(id)
            .bind(how_many)
            .bind(first)
            .bind(second)
            .bind(since)
            .fetch_all(&self.readers)
            .await?;
        records.iter().map(from_row).collect()
    }

    /// The next lines after that one, oldest first; empty at the end.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn journal(
        &self,
        filter: &JournalFilter,
        after: Option<&JournalLine>,
        how_many: i64,
    ) -> StoreResult<Vec<JournalLine>> {
        let (when, id) = after.map_or((i64::MIN, ""), |line| (line.when, line.id.as_str()));
        let records = sqlx::query(
            "SELECT id, quand, qui, quoi, agent, compte, raison, origine FROM journal
             WHERE quand >= $1 AND quand < $2 AND (quand > $3 OR (quand = $3 AND id > $4))
                 AND ($5 = '' OR (compte >= $5 AND compte < $6)) AND ($7 = '' OR agent = $7)
                 AND ($8 = '' OR quoi = $8) AND ($9 = '' OR origine = $9)
             ORDER BY quand, id LIMIT $10",
        )
        .bind(filter.since)
        .bind(filter.until)
        .bind(when)
        .bind(id)
        .bind(&filter.account)
        // Identifiers are hexadecimal: nothing that begins so comes after this.
        .bind(format!("{}g", filter.account))
        .bind(&filter.operator)
        .bind(filter.what.map_or("", Operation::code))
        .bind(&filter.origin)
        .bind(how_many)
        .fetch_all(&self.readers)
        .await?;
        records.iter().map(from_row).collect()
    }
}

pub(super) fn from_row(row: &AnyRow) -> StoreResult<JournalLine> {
    Ok(JournalLine {
        id: text(row, "id")?,
        when: count(row, "quand")?,
        who: who(row)?,
        what: text(row, "quoi")?,
        account: text_or_nothing(row, "compte")?,
        reason: text_or_nothing(row, "raison")?,
        origin: text_or_nothing(row, "origine")?,
    })
}
