//! How the month of an establishment is divided among its declarations: what counts now, and what was ever heard.
//! What is to be done of it is `domaine::declarations`' to say.

use domaine::declarations::{Division, InPlace, Order, Portion, ShortCode};
use sqlx::any::AnyRow;

use super::declaration::{DsnFiling, brought_back, champ};
use crate::row::{flag, small_number, text};
use crate::write_tx::WriteTx;
use crate::{StoreError, StoreResult};

impl WriteTx {
    /// The declarations of that month that count now, and their identifiers in the same order.
    pub(crate) async fn in_place(&mut self, filing: &DsnFiling) -> StoreResult<(Vec<String>, Vec<InPlace>)> {
        let records = sqlx::query(
            "SELECT id, champ, fraction, fractions, ordre, remplace, empreinte FROM declarations_dsn
             WHERE siret = $1 AND mois = $2",
        )
        .bind(&filing.siret)
        .bind(&filing.month)
        .fetch_all(&mut *self.0)
        .await?;
        let (mut ids, mut in_place) = (Vec::with_capacity(records.len()), Vec::with_capacity(records.len()));
        for row in &records {
            let (division, fraction) = (division(row)?, small_number(row, "fraction")?);
            let portion = Portion { division, fraction, order: order(row)? };
            ids.push(text(row, "id")?);
            in_place.push(InPlace { portion, says_the_same: text(row, "empreinte")? == filing.digest });
        }
        Ok((ids, in_place))
    }

    /// The greatest order ever heard of each division of that month.
    pub(crate) async fn heard_orders(&mut self, filing: &DsnFiling) -> StoreResult<Vec<(Division, Order)>> {
        let records =
            sqlx::query("SELECT champ, fractions, ordre, remplace FROM divisions_dsn WHERE siret = $1 AND mois = $2")
                .bind(&filing.siret)
                .bind(&filing.month)
                .fetch_all(&mut *self.0)
                .await?;
        records.iter().map(|row| Ok((division(row)?, order(row)?))).collect()
    }

    /// Remembers the order of that declaration, whatever becomes of it; whether that was news.
    pub(crate) async fn hear(&mut self, filing: &DsnFiling, heard_orders: &[(Division, Order)]) -> StoreResult<bool> {
        let Portion { division, order, .. } = brought_back(filing.portion);
        if heard_orders.iter().any(|(other, later)| *other == division && *later >= order) {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO divisions_dsn (siret, mois, champ, fractions, ordre, remplace) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (siret, mois, champ, fractions)
             DO UPDATE SET ordre = excluded.ordre, remplace = excluded.remplace",
        )
        .bind(&filing.siret)
        .bind(&filing.month)
        .bind(champ(division))
        .bind(i64::from(division.fractions))
        .bind(i64::try_from(order.number).unwrap_or(i64::MAX))
        .bind(i64::from(order.replaces))
        .execute(&mut *self.0)
        .await?;
        Ok(true)
    }
}

fn order(row: &AnyRow) -> StoreResult<Order> {
    Ok(Order { number: small_number(row, "ordre")?, replaces: flag(row, "remplace")? })
}

fn division(row: &AnyRow) -> StoreResult<Division> {
    let field = text(row, "champ")?;
    let champ = match field.as_str() {
        "" => None,
        code => Some(ShortCode::parse(code.as_bytes()).ok_or(StoreError::Corrupt("champ"))?),
    };
    Ok(Division { champ, fractions: small_number(row, "fractions")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    #[tokio::test]
    async fn a_division_is_read_back_and_what_names_none_is_a_failure() {
        let stored = async |field: &str| division(&row(&format!("'{field}' AS champ, 2 AS fractions")).await);
        let whole = stored("").await.expect("a total declaration");
        assert_eq!((whole.champ, whole.fractions), (None, 2));
        assert_eq!(stored("01").await.expect("a division").champ, ShortCode::parse(b"01"));
        assert!(is_of(&stored("0 1").await, "champ"));
        assert!(is_of(&stored("00001").await, "champ"));
    }
}
