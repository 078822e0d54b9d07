//! Accounts that nobody uses, told then closed, those whose holders asked for it, and those of the dead. A part of the clean-up: knows no request.

use domaine::retention::{Due, Retention, dead_by};
use mail::{Address, Occasion};
use store::Dormant;

use crate::error::AppError;
use crate::state::AppState;

/// Does what is due today.
///
/// # Errors
/// [`AppError`] when the database fails: what was done before stays, the rest is tried again.
pub(crate) async fn pass(state: &AppState) -> Result<(), AppError> {
    let (today, now) = (state.clock.today(), state.clock.now());
    erase(state, state.store.close_those_of_the_dead(dead_by(today), now).await?).await;
    for leaving in state.store.leaving(now).await? {
        let letter = state.letters.write(Address(&leaving.courriel), &Occasion::AccountClosed, now);
        if let Some(pieces) = state.store.close_leaving(&leaving, &letter, now).await? {
            erase(state, pieces).await;
        }
    }
    let Some(retention) = state.settings.retention else { return Ok(()) };
    for dormant in state.store.dormant(retention.used_by(today), today).await? {
        if let Some(due) = retention.due(&dormant.known, today) {
            perform(state, retention, &dormant, due).await?;
        }
    }
    Ok(())
}

async fn perform(state: &AppState, retention: Retention, dormant: &Dormant, due: Due) -> Result<(), AppError> {
    let (today, now) = (state.clock.today(), state.clock.now());
    let years = retention.count();
    let letter = |occasion: &Occasion<'_>| state.letters.write(Address(&dormant.courriel), occasion, now);
    match due {
        Due::Remind(reminder, day) => {
            let closes_on = format!("{:02}/{:02}/{}", day.day(), day.month(), day.year());
            let letter = letter(&Occasion::AccountUnused { years, closes_on: &closes_on });
            state.store.remind(dormant, reminder, &letter, today, now).await?;
        }
        Due::Close => {
            let letter = letter(&Occasion::UnusedAccountClosed { years });
            if let Some(pieces) = state.store.close_dormant(dormant, &letter, now).await? {
                erase(state, pieces).await;
            }
        }
    }
    Ok(())
}

/// The records are gone, so the accounts are closed; the next clean-up takes what stays behind.
pub(crate) async fn erase(state: &AppState, pieces: Vec<String>) {
    for piece in pieces {
        if let Err(error) = state.pieces.erase(&piece).await {
            tracing::warn!(erreur = %error, "the proof of a closed account stays until the next clean-up");
        }
    }
}
