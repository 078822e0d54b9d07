//! Reads a row by the names of its columns, each value as the type it has in `domaine`. A stored value that this program
//! cannot have written is a failure, never a default. No SQL here.

use std::str::FromStr;

use sqlx::Row;
use sqlx::any::AnyRow;
use sqlx::error::DatabaseError;

use crate::{StoreError, StoreResult};

/// Whether nothing was ever made here: a database that is damaged is another matter.
pub(crate) fn is_missing_table(error: &dyn DatabaseError) -> bool {
    matches!(error.code().as_deref(), Some("1" | "42P01"))
}

/// A text.
pub(crate) fn text(row: &AnyRow, column: &'static str) -> StoreResult<String> {
    Ok(row.try_get(column)?)
}

/// A text, where one may be missing.
pub(crate) fn text_or_nothing(row: &AnyRow, column: &'static str) -> StoreResult<Option<String>> {
    Ok(row.try_get(column)?)
}

/// A number.
pub(crate) fn count(row: &AnyRow, column: &'static str) -> StoreResult<i64> {
    Ok(row.try_get(column)?)
}

/// A number, where one may be missing.
pub(crate) fn number_or_none(row: &AnyRow, column: &'static str) -> StoreResult<Option<i64>> {
    Ok(row.try_get(column)?)
}

/// A number of a narrower type.
pub(crate) fn small_number<T: TryFrom<i64>>(row: &AnyRow, column: &'static str) -> StoreResult<T> {
    T::try_from(count(row, column)?).map_err(|_| StoreError::Corrupt(column))
}

/// A yes or a no, stored as 1 or 0.
pub(crate) fn flag(row: &AnyRow, column: &'static str) -> StoreResult<bool> {
    match count(row, column)? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(StoreError::Corrupt(column)),
    }
}

/// A text that a type reads with [`FromStr`]: a day, the mark of a line.
pub(crate) fn parsed<T: FromStr>(row: &AnyRow, column: &'static str) -> StoreResult<T> {
    text(row, column)?.parse().map_err(|_| StoreError::Corrupt(column))
}

/// The same, where the text may be missing.
pub(crate) fn parsed_or_none<T: FromStr>(row: &AnyRow, column: &'static str) -> StoreResult<Option<T>> {
    text_or_nothing(row, column)?.map(|text| text.parse().map_err(|_| StoreError::Corrupt(column))).transpose()
}

/// A text that stands for one of the values of a type, by the way given: a word for its variant, or a form of its own.
pub(crate) fn coded<T>(row: &AnyRow, column: &'static str, from_code: impl Fn(&str) -> Option<T>) -> StoreResult<T> {
    from_code(&text(row, column)?).ok_or(StoreError::Corrupt(column))
}

#[cfg(test)]
pub(crate) mod tests {
    use sqlx::any::install_default_drivers;
    use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};

    use super::*;

    /// The row that these columns make, as a database gives it: `2026 AS annee, 'esat' AS statut`.
    pub(crate) async fn row(columns: &str) -> AnyRow {
        install_default_drivers();
        let mut connexion = AnyConnection::connect("sqlite::memory:").await.expect("a database in memory");
        let sql = format!("SELECT {columns}");
        sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut connexion).await.expect("a row")
    }

    /// Whether reading failed because of what that column holds.
    pub(crate) fn is_of<T>(read: &StoreResult<T>, column: &str) -> bool {
        matches!(read, Err(StoreError::Corrupt(which)) if *which == column)
    }

    #[tokio::test]
    async fn what_this_program_cannot_have_written_is_a_failure_that_names_its_column() {
        let row = row("2 AS connue, 70000 AS annee, 'hier' AS le, NULL AS fin").await;
        assert!(is_of(&flag(&row, "connue"), "connue"));
        assert!(is_of(&small_number::<u16>(&row, "annee"), "annee"));
        assert!(is_of(&parsed::<domaine::mesures::Day>(&row, "le"), "le"));
        assert!(is_of(&parsed_or_none::<domaine::mesures::Day>(&row, "le"), "le"));
        assert!(matches!(parsed_or_none::<domaine::mesures::Day>(&row, "fin"), Ok(None)));
        assert!(is_of(&coded(&row, "le", |_| None::<()>), "le"));
    }

    #[tokio::test]
    async fn a_column_that_the_query_does_not_give_is_a_fault_of_ours() {
        let missing = text(&row("1 AS annee").await, "mois").expect_err("no such column");
        assert!(missing.is_a_bug());
    }
}
