//! Waiting for the thing itself: a condition is asked again and again until it holds, never for a fixed while.

use std::time::{Duration, Instant};

/// How long a person would be ready to wait on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(15);
const PAS: Duration = Duration::from_millis(40);

/// Asks until the answer is `Ok`; gives the last refusal when patience runs out.
pub fn jusqu_a<T>(mut demander: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let debut = Instant::now();
    loop {
        match demander() {
            Ok(reponse) => return Ok(reponse),
            Err(refus) if debut.elapsed() > PATIENCE => return Err(refus),
            Err(_) => souffler(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the pause between two looks at a condition")]
fn souffler() {
    std::thread::sleep(PAS);
}
