//! The clean-up: at start, then every hour.

use std::time::Duration;

use rounds::Rounds;
use store::ORPHAN_AGE;

use crate::clock::to_ms;
use crate::error::AppError;
use crate::retention;
use crate::state::AppState;

const HOUR: Duration = Duration::from_secs(3_600);
/// Idempotency keys are remembered for a day, the journal for a year; it is only erased by a clock that was believed for
/// a day.
const DAY: Duration = Duration::from_secs(24 * 3_600);
/// What became of a letter is told to whoever looks for it during a week.
const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);
const ONE_YEAR: Duration = Duration::from_secs(365 * 24 * 3_600);

/// How often the lines of the journal are chained.
const CHAINING: Duration = Duration::from_secs(10);

/// Cleans up, and chains the journal, for ever.
pub async fn watch(state: AppState) {
    let chaining = Rounds { pace: CHAINING, bell: None };
    let chain = || async { state.store.chain_journal(state.clock.now() - to_ms(DAY)).await };
    let told = |error| tracing::warn!(erreur = %error, "the journal is not chained; it will be tried again");
    let rounds = Rounds { pace: HOUR, bell: None };
    let tell = |error| tracing::warn!(erreur = ?error, "the clean-up failed; it will be tried again");
    tokio::join!(
        rounds.until(std::future::pending(), || clean(&state), tell),
        chaining.until(std::future::pending(), chain, told)
    );
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
    if steady >= to_ms(DAY) {
        // What goes leaves its link.
        state.store.chain_journal(i64::MIN).await?;
        state.store.purge_journal(before(ONE_YEAR), now).await?;
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
