//! The threads that hash passwords: as many as there are cores, behind those that answer, and a queue that says when it is full. Knows
//! no password.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use argon2::Block;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

/// How many may wait for each thread: two or three seconds of them.
const WAITING: usize = 64;
/// How far the threads stand behind those that answer. A hash takes tens of milliseconds of a core: what is read meanwhile must
/// not wait for its end. They have the rest, which is all there is when nobody reads.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Fills a memory, which is that of the thread: asked from the system each time, the allocator keeps some of it for every thread
/// that ever hashed, until there is none left.
type Job = Box<dyn FnOnce(&mut Vec<Block>) + Send>;

/// A password could not be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashingFailed {
    /// The machine is out of memory or stopping.
    #[error("a password could not be hashed")]
    Impossible,
    /// So many wait already that whoever comes now would wait longer than they would stay: they are told after how long to
    /// come again.
    #[error("too many passwords wait to be hashed")]
    Busy(Duration),
    /// The list of those that leaked cannot be read: a password is not judged without it.
    #[error("the list of leaked passwords cannot be read")]
    Unreadable,
}

/// The threads, and what waits for them. They end with it.
pub(crate) struct Hashers {
    jobs: mpsc::Sender<Job>,
    /// How many there are.
    threads: usize,
    /// How long the last job took, in microseconds.
    last: Arc<AtomicU64>,
}

impl Hashers {
    pub(crate) fn start() -> Result<Self, HashingFailed> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let (jobs, receiver) = mpsc::channel::<Job>(threads * WAITING);
        let (receiver, last) = (Arc::new(Mutex::new(receiver)), Arc::new(AtomicU64::new(0)));
        for _ in 0..threads {
            let (receiver, last) = (Arc::clone(&receiver), Arc::clone(&last));
            let thread = std::thread::Builder::new().name("passwords".to_owned());
            thread.spawn(move || work(&receiver, &last)).map_err(|_| HashingFailed::Impossible)?;
        }
        Ok(Self { jobs, threads, last })
    }

    /// What a job gives, on one of the threads, once those before it are done.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vec<Block>) -> T + Send + 'static,
    ) -> Result<T, HashingFailed> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |memory| {
            // Whoever asked may be gone: then it would be for nobody.
            if !answer.is_closed() {
                drop(answer.send(work(memory)));
            }
        });
        match self.jobs.try_send(job) {
            Ok(()) => answered.await.map_err(|_| HashingFailed::Impossible),
            Err(TrySendError::Full(_)) => Err(HashingFailed::Busy(self.wait())),
            Err(TrySendError::Closed(_)) => Err(HashingFailed::Impossible),
        }
    }

    /// How long all that wait will take, at the pace of the last.
    fn wait(&self) -> Duration {
        let each = u32::try_from(self.jobs.max_capacity() / self.threads).unwrap_or(u32::MAX);
        Duration::from_micros(self.last.load(Ordering::Relaxed)).saturating_mul(each)
    }
}

fn work(receiver: &Mutex<mpsc::Receiver<Job>>, last: &AtomicU64) {
    #[cfg(target_os = "linux")]
    // Of this thread alone, on Linux. Refused, they stand beside the others: slower, not wrong.
    let _ = rustix::process::nice(NICE);
    let mut memory = Vec::new();
    let next = || receiver.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
    while let Some(job) = next() {
        let start = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| job(&mut memory))).is_err() {
            memory = Vec::new();
        }
        let taken = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        last.store(taken, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps every thread at work until what it gives is dropped.
    async fn held(hashers: &Arc<Hashers>) -> Vec<std::sync::mpsc::Sender<()>> {
        let mut held = Vec::new();
        for _ in 0..hashers.threads {
            let ((go, gone), (begun, begins)) = (std::sync::mpsc::channel(), oneshot::channel());
            let hashers = Arc::clone(hashers);
            tokio::spawn(async move {
                let job = move |_: &mut Vec<Block>| {
                    let _: Result<(), _> = begun.send(());
                    // Until the other end is dropped.
                    let _: Result<(), _> = gone.recv();
                };
                let _: Result<(), _> = hashers.run(job).await;
            });
            begins.await.expect("it begins");
            held.push(go);
        }
        held
    }

    #[tokio::test]
    async fn a_queue_that_is_full_says_after_how_long_to_come_again_and_takes_others_once_it_is_not() {
        let hashers = Arc::new(Hashers::start().expect("threads"));
        assert_eq!(hashers.run(|_| 7).await, Ok(7));
        let threads = held(&hashers).await;
        let waiting: Vec<_> = (0..hashers.jobs.max_capacity())
            .map(|n| {
                let hashers = Arc::clone(&hashers);
                tokio::spawn(async move { hashers.run(move |_| n).await })
            })
            .collect();
        while hashers.jobs.capacity() > 0 {
            tokio::task::yield_now().await;
        }
        hashers.last.store(50_000, Ordering::Relaxed);
        let wait = Duration::from_millis(50) * 64;
        assert_eq!(hashers.run(|_| 0).await, Err(HashingFailed::Busy(wait)));
        drop(threads);
        for (n, waited) in waiting.into_iter().enumerate() {
            assert_eq!(waited.await.expect("an answer"), Ok(n));
        }
        assert_eq!(hashers.run(|_| 8).await, Ok(8));
    }

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_is_not_done_and_a_fault_ends_no_thread() {
        let hashers = Arc::new(Hashers::start().expect("threads"));
        let threads = held(&hashers).await;
        let done = Arc::new(AtomicU64::new(0));
        let (count, asked) = (Arc::clone(&done), Arc::clone(&hashers));
        let gone = tokio::spawn(async move { asked.run(move |_| count.fetch_add(1, Ordering::SeqCst)).await });
        while hashers.jobs.capacity() == hashers.jobs.max_capacity() {
            tokio::task::yield_now().await;
        }
        gone.abort();
        assert!(gone.await.is_err());
        drop(threads);
        for _ in 0..hashers.threads * 2 {
            let fault: Result<(), _> = hashers.run(|_| panic!("on purpose")).await;
            assert_eq!(fault, Err(HashingFailed::Impossible));
        }
        assert_eq!(hashers.run(|_| 9).await, Ok(9));
        assert_eq!(done.load(Ordering::SeqCst), 0, "its sender had left");
    }
}
