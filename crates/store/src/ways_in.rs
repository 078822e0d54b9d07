//! What would open an account besides its password, and ends with its sessions. Knows neither what is asked for nor who is connected:
//! both need it.

use sqlx::AnyConnection;

use crate::StoreResult;

/// What waits for a second step, among the requests.
pub(crate) const STEP: &str = "connexion";
/// How long it waits, in milliseconds.
pub(crate) const STEP_LASTS: i64 = 10 * 60_000;

/// Notes that a browser, which holds the secret of this hash, gave the password of an account that asks for more, or came with an
/// identity, of which what was `kept`, sealed, is then needed: it may show the rest, for a while. It ends with what ends the sessions
/// of the account.
pub(crate) async fn await_step(
    connexion: &mut AnyConnection,
    account: &str,
    (handle, origin, kept): (&str, &str, &str),
    now: i64,
) -> StoreResult<()> {
    sqlx::query(
        "INSERT INTO demandes
             (id, usage, poignee, essais, envois, code_le, compte, contenu, etat, creee_le, expire_le, origine)
         VALUES ($1, $2, $1, 0, 1, $3, $4, $7, 'sans_suite', $3, $5, $6)",
    )
    .bind(handle)
    .bind(STEP)
    .bind(now)
    .bind(account)
    .bind(now.saturating_add(STEP_LASTS))
    .bind(origin)
    .bind(kept)
    .execute(connexion)
    .await?;
    Ok(())
}

/// Ends the sign-ins to this account that an identity began and that wait for a second step.
pub(crate) async fn end_steps_of_identities(connexion: &mut AnyConnection, account: &str) -> StoreResult<()> {
    sqlx::query("DELETE FROM demandes WHERE compte = $1 AND usage = $2 AND contenu <> ''")
        .bind(account)
        .bind(STEP)
        .execute(connexion)
        .await?;
    Ok(())
}

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

/// Removes what opens this account without its password, its passkeys and the identities that are linked to it: what ends all of its
/// sessions, for nobody who is connected, ends these as well. Somebody who had the account may have added one.
pub(crate) async fn end_passwordless(connexion: &mut AnyConnection, account: &str) -> StoreResult<()> {
    for sql in ["DELETE FROM cles_acces WHERE compte = $1", "DELETE FROM identites WHERE compte = $1"] {
        sqlx::query(sql).bind(account).execute(&mut *connexion).await?;
    }
    Ok(())
}
