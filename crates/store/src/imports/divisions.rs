//! How the month of an establishment is divided among its declarations: what counts now, and what was ever heard.
//! What is to be done of it is `domaine::declarations`' to say.

use domaine::declarations::{Division, InPlace, Portion, ShortCode};
use sqlx::any::AnyRow;

use super::dsn::DsnFiling;
use crate::write_tx::WriteTx;
use crate::{StoreError, StoreResult, count, small_number, text};

impl WriteTx {
    /// The declarations of that month that count now, and their identifiers in the same order.
    pub(crate) async fn in_place(&mut self, filing: &DsnFiling) -> StoreResult<(Vec<String>, Vec<InPlace>)> {
        let records = sqlx::query(
            "SELECT id, champ, fraction, fractions, ordre, empreinte FROM declarations_dsn WHERE siret = $1 AND mois = $2",
        )
        .bind(&filing.siret)
        .bind(&filing.month)
        .fetch_all(&mut *self.0)
        .await?;
        let (mut ids, mut in_place) = (Vec::with_capacity(records.len()), Vec::with_capacity(records.len()));
        for row in &records {
            let (division, fraction) = (division(row, 1, 3)?, small_number(row, 2, "fraction")?);
            let portion = Portion { division, fraction, order: index(row, 4)? };
            ids.push(text(row, 0)?);
            in_place.push(InPlace { portion, says_the_same: text(row, 5)? == filing.digest });
        }
        Ok((ids, in_place))
    }

    /// The greatest order ever heard of each division of that month.
    pub(crate) async fn heard_ones(&mut self, filing: &DsnFiling) -> StoreResult<Vec<(Division, u64)>> {
        let records = sqlx::query("SELECT champ, fractions, ordre FROM divisions_dsn WHERE siret = $1 AND mois = $2")
            .bind(&filing.siret)
            .bind(&filing.month)
            .fetch_all(&mut *self.0)
            .await?;
        records.iter().map(|row| Ok((division(row, 0, 1)?, index(row, 2)?))).collect()
    }

    /// Remembers the order of that declaration, whatever becomes of it; whether that was news.
    pub(crate) async fn hear(&mut self, filing: &DsnFiling, heard_ones: &[(Division, u64)]) -> StoreResult<bool> {
        let Portion { division, order, .. } = brought_back(filing.portion);
        if heard_ones.iter().any(|(other, later)| *other == division && *later >= order) {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO divisions_dsn (siret, mois, champ, fractions, ordre) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (siret, mois, champ, fractions) DO UPDATE SET ordre = excluded.ordre",
        )
        .bind(&filing.siret)
        .bind(&filing.month)
        .bind(champ(division))
        .bind(i64::from(division.fractions))
        .bind(i64::try_from(order).unwrap_or(i64::MAX))
        .execute(&mut *self.0)
        .await?;
        Ok(true)
    }
}

/// Orders beyond what a database counts to are all the last.
pub(crate) fn brought_back(portion: Portion) -> Portion {
    Portion { order: portion.order.min(i64::MAX.unsigned_abs()), ..portion }
}

/// The *champ* as it is written in the database: nothing for a total declaration.
pub(crate) fn champ(division: Division) -> String {
    division.champ.map(|champ| champ.to_string()).unwrap_or_default()
}

fn division(row: &AnyRow, champ: usize, fractions: usize) -> StoreResult<Division> {
    Ok(Division {
        champ: ShortCode::parse(text(row, champ)?.as_bytes()),
        fractions: small_number(row, fractions, "fractions")?,
    })
}

fn index(row: &AnyRow, place: usize) -> StoreResult<u64> {
    u64::try_from(count(row, place)?).map_err(|_| StoreError::Corrupt("ordre"))
}
