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

/// Removes the passkeys of this account: what ends all of its sessions, for nobody who is connected, ends these as well. Somebody who
/// had the account may have added one.
pub(crate) async fn end_passkeys(connexion: &mut AnyConnection, account: &str) -> StoreResult<()> {
    sqlx::query("DELETE FROM cles_acces WHERE compte = $1").bind(account).execute(connexion).await?;
    Ok(())
}
