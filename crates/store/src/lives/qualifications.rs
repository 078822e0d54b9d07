//! The holder's declarations of being below level 3: acts that are only ever added.

use domaine::bounds;
use domaine::droits::{ActSousNiveau3, DeclarationSousNiveau3, declarations_of};
use domaine::mesures::Day;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::version;
use crate::accounts::sessions::{self, Session};
use crate::audit_log::{self, Operation};
use crate::row::{coded, count, parsed};
use crate::{Store, StoreError, StoreResult};

/// The declarations of an account, oldest first, made of its acts.
pub(crate) async fn declarations(
    connexion: &mut AnyConnection,
    account: &str,
) -> StoreResult<Vec<DeclarationSousNiveau3>> {
    let records = sqlx::query("SELECT acte, le FROM declarations_sous_niveau_3 WHERE compte = $1 ORDER BY rang")
        .bind(account)
        .fetch_all(connexion)
        .await?;
    assemble(records.iter().map(act).collect::<StoreResult<_>>()?)
}

/// An act.
pub(crate) fn act(row: &AnyRow) -> StoreResult<(ActSousNiveau3, Day)> {
    Ok((coded(row, "acte", ActSousNiveau3::from_code)?, parsed(row, "le")?))
}

/// The declarations that these acts, in their order, make.
pub(crate) fn assemble(acts: Vec<(ActSousNiveau3, Day)>) -> StoreResult<Vec<DeclarationSousNiveau3>> {
    declarations_of(acts).ok_or(StoreError::Corrupt("acte"))
}

impl Store {
    /// The declarations of an account, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn sous_niveau_3(&self, account: &str) -> StoreResult<Vec<DeclarationSousNiveau3>> {
        let mut connexion = self.readers.acquire().await?;
        declarations(&mut connexion, account).await
    }

    /// Adds an act for the holder of this session; gives the declarations as they are then, oldest first. What is so
    /// already (a second click, another tab) stays as it is; nothing is given when the account holds as many acts as
    /// it may.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn declare_sous_niveau_3(
        &self,
        session: &Session,
        act: ActSousNiveau3,
        on: Day,
        now: i64,
    ) -> StoreResult<Option<Vec<DeclarationSousNiveau3>>> {
        let (account, person) = (&session.account, &session.person);
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let before = declarations(&mut transaction, account).await?;
        if !act.changes(&before) {
            transaction.rollback().await?;
            return Ok(Some(before));
        }
        let row = sqlx::query("SELECT COUNT(*) AS nombre FROM declarations_sous_niveau_3 WHERE compte = $1")
            .bind(account)
            .fetch_one(&mut *transaction)
            .await?;
        if count(&row, "nombre")? >= bounds::ACTS_SOUS_NIVEAU_3 {
            transaction.rollback().await?;
            return Ok(None);
        }
        version::change_version(&mut transaction, person).await?;
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
        let after = declarations(&mut transaction, account).await?;
        self.complete(transaction).await?;
        Ok(Some(after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    #[tokio::test]
    async fn an_act_that_is_not_known_or_ends_nothing_is_a_failure() {
        let stored = async |word: &str| act(&row(&format!("'{word}' AS acte, '2026-11-23' AS le")).await);
        let end = stored("fin").await.expect("an act");
        assert_eq!(end, (ActSousNiveau3::Finish, Day::date(2026, 11, 23)));
        assert!(is_of(&stored("").await, "acte"));
        assert!(is_of(&stored("reprise").await, "acte"));
        assert!(is_of(&assemble(vec![end]), "acte"));
    }
}
