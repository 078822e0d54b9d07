//! The count of the changes of what a person's rights are computed from: what was computed before is known to be old.

use sqlx::AnyConnection;

use crate::StoreResult;

/// What rights are computed from changed: whoever remembers a statement must forget it.
pub(crate) async fn change_version(connexion: &mut AnyConnection, person: &str) -> StoreResult<()> {
    sqlx::query("UPDATE personnes SET version = version + 1 WHERE id = $1").bind(person).execute(connexion).await?;
    Ok(())
}
