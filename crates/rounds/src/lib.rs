//! What a server does again and again beside its answers: letters, requests to look at, the clean-up. When it is done and
//! when a failure is told live here; what is done does not.

use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// How long a failure that lasts is not told again: a database that is down is down at each second.
const REMINDER: Duration = Duration::from_secs(30 * 60);

/// When rounds are made.
pub struct Rounds<'a> {
    /// How often, the first at once; a round that lasts longer delays the next.
    pub pace: Duration,
    /// What calls for one sooner.
    pub bell: Option<&'a Notify>,
}

impl Rounds<'_> {
    /// Does this until `stop` is ready; a round under way then is finished. A failure ends nothing: it is told, and told
    /// again each half-hour while it lasts.
    pub async fn until<E, F: Future<Output = Result<(), E>>>(
        self,
        stop: impl Future<Output = ()>,
        work: impl Fn() -> F,
        tell: impl Fn(E),
    ) {
        let mut stop = std::pin::pin!(stop);
        let mut pace = interval(self.pace);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told: Option<Instant> = None;
        loop {
            tokio::select! {
                () = &mut stop => return,
                _ = pace.tick() => {}
                () = rung(self.bell) => {}
            }
            match work().await {
                Ok(()) => told = None,
                Err(error) if told.is_none_or(|at| at.elapsed() >= REMINDER) => {
                    told = Some(Instant::now());
                    tell(error);
                }
                Err(_) => {}
            }
        }
    }
}

async fn rung(bell: Option<&Notify>) {
    match bell {
        Some(bell) => bell.notified().await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use tokio::time::sleep;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Rounds each second during this long: when each was made and what was told, in seconds.
    async fn during(
        length: Duration,
        bell: Option<&Notify>,
        work: impl AsyncFn(u64) -> Result<(), u64>,
    ) -> (Vec<u64>, Vec<u64>) {
        let start = Instant::now();
        let (made, told): (RefCell<Vec<u64>>, RefCell<Vec<u64>>) = Default::default();
        let work = || async {
            let now = start.elapsed().as_secs();
            made.borrow_mut().push(now);
            work(now).await
        };
        Rounds { pace: SECOND, bell }.until(sleep(length), work, |at| told.borrow_mut().push(at)).await;
        (made.into_inner(), told.into_inner())
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_round_is_made_at_once_and_none_after_the_end() {
        let (made, told) = during(Duration::from_millis(2_500), None, async |_| Ok(())).await;
        assert_eq!((made, told), (vec![0, 1, 2], vec![]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_round_under_way_is_finished() {
        let finished = Cell::new(false);
        let work = async |_| {
            sleep(10 * SECOND).await;
            finished.set(true);
            Ok(())
        };
        during(SECOND, None, work).await;
        assert!(finished.get());
    }

    #[tokio::test(start_paused = true)]
    async fn the_bell_calls_for_one_round_sooner() {
        let bell = Notify::new();
        let ring = async {
            sleep(Duration::from_millis(1_500)).await;
            bell.notify_one();
        };
        let ((made, _), ()) = tokio::join!(during(Duration::from_millis(2_900), Some(&bell), async |_| Ok(())), ring);
        assert_eq!(made, [0, 1, 1, 2]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_that_lasts_is_told_each_half_hour_and_one_that_comes_back_at_once() {
        let length = Duration::from_millis(2 * 3_600_000 - 500);
        let (_, told) = during(length, None, async |now| match now {
            10..4_000 | 4_010.. => Err(now),
            _ => Ok(()),
        })
        .await;
        assert_eq!(told, [10, 1_810, 3_610, 4_010, 5_810]);
    }
}
