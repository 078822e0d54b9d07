//! Waiting for the thing itself: a condition is asked again and again until it holds, never for a fixed while.

use std::time::{Duration, Instant};

/// How long a person would be ready to wait on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(15);
const STEP: Duration = Duration::from_millis(40);

/// Asks until the answer is `Ok`; gives the last refusal when patience runs out.
pub fn until<T>(mut ask: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let start = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return Ok(answer),
            Err(refusal) if start.elapsed() > PATIENCE => return Err(refusal),
            Err(_) => pause(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the pause between two looks at a condition")]
fn pause() {
    std::thread::sleep(STEP);
}
