//! How fast a body must come. Counts the time that its sender takes, never ours: a slow disk tires nobody's patience.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Buf;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// How fast a body must come.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long its sender may keep us waiting in all; what comes gives some of it back.
    patience: Duration,
    /// The bytes that give a second back; nothing when none do.
    rate: Option<u32>,
}

impl Pace {
    /// For what is typed: some kilobytes, which come in one go or not at all.
    pub const FORM: Self = Self { patience: Duration::from_secs(10), rate: None };
    /// For a file: 4 kB a second over half a minute, which the worst lines give, and a tunnel on the way.
    pub const FILE: Self = Self { patience: Duration::from_secs(30), rate: Some(4_096) };

    /// What is left of it after that wait, which these bytes ended.
    fn after(self, left: Duration, waited: Duration, bytes: usize) -> Duration {
        let left = left.saturating_sub(waited);
        let Some(rate) = self.rate else { return left };
        let given_back = Duration::from_secs(1) * u32::try_from(bytes).unwrap_or(u32::MAX) / rate;
        left.saturating_add(given_back).min(self.patience)
    }
}

/// Why a body cannot be read.
type Failure = Box<dyn Error + Send + Sync>;

/// A body whose sender took too long.
#[derive(Debug)]
struct TooSlow;

impl std::fmt::Display for TooSlow {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the sender of a body took too long")
    }
}

impl Error for TooSlow {}

/// Whether this is why a body could not be read.
pub fn is_too_slow(error: &(dyn Error + 'static)) -> bool {
    std::iter::successors(Some(error), |&error| error.source()).any(|error| error.is::<TooSlow>())
}

/// A body that must come at some pace.
pub struct PacedBody<B> {
    body: B,
    pace: Pace,
    left: Duration,
    /// Since when its sender keeps us waiting, and until when they may.
    wait: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl<B> PacedBody<B> {
    /// This body at that pace.
    pub fn new(body: B, pace: Pace) -> Self {
        Self { body, pace, left: pace.patience, wait: None }
    }
}

impl<B: Body<Error: Into<Failure>> + Unpin> Body for PacedBody<B> {
    type Data = B::Data;
    type Error = Failure;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, Failure>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            let bytes = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref().map(Buf::remaining));
            let waited = this.wait.take().map_or(Duration::ZERO, |(since, _)| since.elapsed());
            this.left = this.pace.after(this.left, waited, bytes.unwrap_or(0));
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let (_, end) = this.wait.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(this.left))));
        end.as_mut().poll(context).map(|()| Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use bytes::Bytes;
    use futures_util::{StreamExt as _, stream};
    use http_body_util::{BodyExt, Full, StreamBody};

    use super::*;

    /// How a body of so many pieces ends, each of so many bytes and after so long: its bytes, or nothing.
    async fn received(pace: Pace, pieces: usize, bytes: usize, every: Duration) -> Option<usize> {
        let sent = stream::iter(0..pieces).then(move |_| async move {
            sleep(every).await;
            Ok::<_, Infallible>(Frame::data(Bytes::from(vec![b' '; bytes])))
        });
        match PacedBody::new(StreamBody::new(Box::pin(sent)), pace).collect().await {
            Ok(whole) => Some(whole.to_bytes().len()),
            Err(error) => {
                assert!(is_too_slow(error.as_ref()), "{error}");
                None
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_form_has_ten_seconds_however_it_is_cut() {
        let second = Duration::from_secs(1);
        assert_eq!(received(Pace::FORM, 9, 1, second).await, Some(9));
        assert_eq!(received(Pace::FORM, 11, 1, second).await, None);
        assert_eq!(received(Pace::FORM, 3, 20_000, 4 * second).await, None);
        assert_eq!(received(Pace::FORM, 1, 60_000, 9 * second).await, Some(60_000));
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_may_take_as_long_as_it_needs_at_four_kilobytes_a_second() {
        let second = Duration::from_secs(1);
        assert_eq!(received(Pace::FILE, 1_000, 4_096, second).await, Some(4_096_000));
        assert_eq!(received(Pace::FILE, 40, 40_960, 10 * second).await, Some(1_638_400));
        // A tunnel on the way, however much came before it.
        assert_eq!(received(Pace::FILE, 3, 1_000_000, 29 * second).await, Some(3_000_000));
        assert_eq!(received(Pace::FILE, 3, 1_000_000, 31 * second).await, None);
        // A byte now and then is not a file: half a minute in all, and a little.
        assert_eq!(received(Pace::FILE, 100, 1, second).await, None);
        assert_eq!(received(Pace::FILE, 100, 2_048, second).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn time_of_ours_is_not_counted() {
        let mut body = PacedBody::new(Full::new(Bytes::from_static(b"{}")), Pace::FORM);
        sleep(Duration::from_secs(60)).await;
        assert!(matches!(body.frame().await, Some(Ok(_))));
    }
}
