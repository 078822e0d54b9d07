//! Where what is known of a holder comes from, and since when.

use crate::row::{number_or_none, small_number};
use crate::{Store, StoreResult};

/// What others than the holder said of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// The first year that employers declared.
    pub first_year: Option<u16>,
    /// When an operator saw a document that proves who they are.
    pub seen_on: Option<i64>,
    /// When the first identity of elsewhere was linked.
    pub linked_on: Option<i64>,
}

impl Store {
    /// Whom what is known of the holder of that account comes from.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn origins(&self, account: &str) -> StoreResult<Origins> {
        let row = sqlx::query(
            "SELECT (SELECT MIN(a.annee) FROM activites a WHERE a.personne = c.personne AND a.provenance = 'employeurs') AS annee,
                 c.numero_prouve_le, (SELECT MIN(i.liee_le) FROM identites i WHERE i.compte = c.id) AS liee_le
             FROM comptes c WHERE c.id = $1",
        )
        .bind(account)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(Origins::default()) };
        let first_year = number_or_none(&row, "annee")?.map(|_| small_number(&row, "annee")).transpose()?;
        Ok(Origins {
            first_year,
            seen_on: number_or_none(&row, "numero_prouve_le")?,
            linked_on: number_or_none(&row, "liee_le")?,
        })
    }
}
