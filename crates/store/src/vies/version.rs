//! The count of the changes of what a person's rights are computed from: what was computed before is known to be old.

use sqlx::AnyConnection;

use crate::Resultat;

/// What rights are computed from changed: whoever remembers a statement must forget it.
pub(crate) async fn changer_version(connexion: &mut AnyConnection, personne: &str) -> Resultat<()> {
    sqlx::query("UPDATE personnes SET version = version + 1 WHERE id = $1").bind(personne).execute(connexion).await?;
    Ok(())
}
