//! The clean-up: at start, then every hour.

use std::time::Duration;

use rounds::Rounds;
use store::ORPHAN_AGE;

use crate::anchors;
use crate::clock::to_ms;
use crate::error::AppError;
use crate::forwarding::NotForwarded;
use crate::retention;
use crate::state::AppState;

const HOUR: Duration = Duration::from_secs(3_600);
/// Idempotency keys are remembered for a day; the journal is only erased by a clock that was believed for a day.
const DAY: Duration = Duration::from_secs(24 * 3_600);
/// What became of a letter is told to whoever looks for it during a week.
const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);

/// How often the lines of the journal are chained.
const CHAINING: Duration = Duration::from_secs(10);

/// Cleans up, chains the journal and sends it where it is gathered, for ever.
pub async fn watch(state: AppState) {
    let chaining = Rounds { pace: CHAINING, bell: None };
    let told = |error| tracing::warn!(erreur = ?error, "the journal is not chained; it will be tried again");
    let rounds = Rounds { pace: HOUR, bell: None };
    let tell = |error| tracing::warn!(erreur = ?error, "the clean-up failed; it will be tried again");
    let sending = Rounds { pace: CHAINING, bell: None };
    let said = |error: NotForwarded| {
        tracing::warn!(erreur = %error, "the journal is not sent where journal_vers says; it will be tried again");
    };
    tokio::join!(
        rounds.until(std::future::pending(), || clean(&state), tell),
        chaining.until(std::future::pending(), || chain(&state), told),
        sending.until(std::future::pending(), || forward(&state), said)
    );
}

/// Leaves the anchor of the journal for the day that ended, if it has none, then chains what was written since.
///
/// # Errors
/// [`AppError`] when the database fails.
pub async fn chain(state: &AppState) -> Result<(), AppError> {
    anchors::pass(state, false).await?;
    Ok(state.store.chain_journal(state.clock.now() - to_ms(DAY)).await?)
}

/// Sends the lines of the journal that were chained since the last that left, where a place is set.
///
/// # Errors
/// [`NotForwarded`]: what did not leave leaves with the next pass.
pub async fn forward(state: &AppState) -> Result<(), NotForwarded> {
    match &state.forwarding {
        Some(forwarding) => forwarding.pass(&state.store).await,
        None => Ok(()),
    }
}

/// Erases what must not be kept longer, and the files of proofs that were never recorded.
///
/// # Errors
/// [`AppError`] when the database or the proofs fail.
pub async fn clean(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let before = |duration: Duration| now - to_ms(duration);
    state.store.forget_what_was_written().await?;
    let steady = now - state.store.steady_since(now).await?;
    if steady == 0 {
        // The first clean-up, or one whose clock leapt: what it would erase may be young.
        return Ok(());
    }
    state
        .store
        .purge(
            now,
            before(state.settings.session_idle),
            before(state.settings.attempts_delay),
            before(DAY),
            before(WEEK),
        )
        .await?;
    // What another server anchored, or could not be written when it was.
    anchors::pass(state, true).await?;
    if steady >= to_ms(DAY) {
        // Days as the calendar has them, and as the database counts them: an hour may part the two.
        let kept = state.settings.journal_kept;
        let (_, kept_since) = state.clock.day_before(kept);
        state.store.purge_journal(kept_since.min(before(DAY * u32::from(kept))), now).await?;
        retention::pass(state).await?;
    }
    state.pieces.sweep_beginnings(now - ORPHAN_AGE).await?;
    for id in state.pieces.written_before(now - ORPHAN_AGE).await? {
        if !state.store.at_the_piece(&id).await? {
            state.pieces.erase(&id).await?;
        }
    }
    Ok(())
}
