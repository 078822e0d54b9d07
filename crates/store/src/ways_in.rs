//! What would open an account besides its password, and ends with its sessions. Knows neither what is asked for nor who is connected:
//! both need it.

use sqlx::AnyConnection;

use crate::StoreResult;

/// Ends what a mailbox may still prove for this account: whatever ends its sessions ends the ways to another, those that connect
/// again because an answer was lost as well. What an operator printed is of no mailbox, and stays.
pub(crate) async fn end(connexion: &mut AnyConnection, account: &str) -> StoreResult<()> {
    end_others(connexion, account, "").await
}

/// The same, but for this request: what ends the others came of it.
pub(crate) async fn end_others(connexion: &mut AnyConnection, account: &str, kept: &str) -> StoreResult<()> {
    sqlx::query("DELETE FROM demandes WHERE (compte = $1 OR resultat = $1) AND poignee IS NOT NULL AND id <> $2")
        .bind(account)
        .bind(kept)
        .execute(connexion)
        .await?;
    Ok(())
}
