//! The holder's declarations of being below level 3: acts that are only ever added.

use domaine::droits::{ActSousNiveau3, DeclarationSousNiveau3};
use domaine::mesures::Day;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::version;
use crate::audit_log::{self, Operation};
use crate::{Store, StoreError, StoreResult, text};

/// The declarations of an account, oldest first, made of its acts.
pub(crate) async fn declarations(
    connexion: &mut AnyConnection,
    account: &str,
) -> StoreResult<Vec<DeclarationSousNiveau3>> {
    let records = sqlx::query("SELECT acte, le FROM declarations_sous_niveau_3 WHERE compte = $1 ORDER BY rang")
        .bind(account)
        .fetch_all(connexion)
        .await?;
    assemble(records.iter().map(|row| act(row, 0)).collect::<StoreResult<_>>()?)
}

/// An act, from that column on.
pub(crate) fn act(row: &AnyRow, column: usize) -> StoreResult<(ActSousNiveau3, Day)> {
    let act = ActSousNiveau3::from_code(&text(row, column)?).ok_or(StoreError::Corrupt("acte"))?;
    Ok((act, text(row, column + 1)?.parse().map_err(|_| StoreError::Corrupt("le"))?))
}

/// The declarations that these acts, in their order, make.
pub(crate) fn assemble(acts: Vec<(ActSousNiveau3, Day)>) -> StoreResult<Vec<DeclarationSousNiveau3>> {
    let mut declarations: Vec<DeclarationSousNiveau3> = Vec::new();
    for (act, on) in acts {
        match (act, declarations.last_mut()) {
            (ActSousNiveau3::Declare, _) => {
                declarations.push(DeclarationSousNiveau3 { declared_on: on, end_declared_on: None, cancelled_on: None })
            }
            (ActSousNiveau3::Finish, Some(last)) => last.end_declared_on = Some(on),
            (ActSousNiveau3::Cancel, Some(last)) => last.cancelled_on = Some(on),
            (_, None) => return Err(StoreError::Corrupt("acte")),
        }
    }
    Ok(declarations)
}

impl Store {
    /// The declarations of an account, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn sous_niveau_3(&self, account: &str) -> StoreResult<Vec<DeclarationSousNiveau3>> {
        let mut connexion = self.pool.acquire().await?;
        declarations(&mut connexion, account).await
    }

    /// Adds an act. What is so already (a second click, another tab) stays as it is: whether anything was added.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was recorded.
    pub async fn declare_sous_niveau_3(
        &self,
        (account, person): (&str, &str),
        act: ActSousNiveau3,
        on: Day,
        now: i64,
    ) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        // This also makes two acts of one person wait for each other.
        version::change_version(&mut transaction, person).await?;
        let acts: Vec<DeclarationSousNiveau3> = declarations(&mut transaction, account).await?;
        let under_way = acts.last().is_some_and(DeclarationSousNiveau3::is_under_way);
        if under_way == (act == ActSousNiveau3::Declare) {
            transaction.rollback().await?;
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO declarations_sous_niveau_3 (compte, rang, acte, le, creee_le)
             SELECT $1, COUNT(*) + 1, $2, $3, $4 FROM declarations_sous_niveau_3 WHERE compte = $1",
        )
        .bind(account)
        .bind(act.code())
        .bind(on.to_string())
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        let operation = match act {
            ActSousNiveau3::Declare => Operation::QualificationDeclared,
            ActSousNiveau3::Finish | ActSousNiveau3::Cancel => Operation::QualificationEnded,
        };
        audit_log::record(&mut transaction, now, account, operation).await?;
        self.complete(transaction).await?;
        Ok(true)
    }
}
