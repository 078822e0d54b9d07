//! What a person reads in the terminal: one line as a step starts, one with its duration as it ends.

use std::io::{IsTerminal, stdin, stdout};
use std::time::{Duration, Instant};

/// A line for the person.
#[expect(clippy::print_stdout, reason = "the one place where xtask speaks")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}

/// Something went wrong, and what to do about it.
#[expect(clippy::print_stderr, reason = "the one place where xtask complains")]
pub(crate) fn complain(text: &str) {
    eprintln!("\nxtask: {text}");
}

/// Does `work` under a name, and prints how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    say(&format!("── {name}"));
    let start = Instant::now();
    let result = work();
    let end = if result.is_ok() { "done" } else { "FAILED" };
    say(&format!("── {name}: {end} in {}", duration(start.elapsed())));
    result
}

/// Says what is about to happen and waits for a yes; without a person at a terminal it is only said.
pub(crate) fn agreed(what: &str) -> bool {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        say(what);
        return true;
    }
    say(&format!("{what}\n   Go on? [y/N]"));
    let mut answer = String::new();
    stdin().read_line(&mut answer).is_ok_and(|_| is_yes(&answer))
}

/// Anything else, and nothing at all, is a no.
fn is_yes(answer: &str) -> bool {
    ["y", "yes", "o", "oui"].contains(&answer.trim().to_lowercase().as_str())
}

/// "0.4 s", "12 s", "3 min 05 s".
pub(crate) fn duration(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match seconds {
        0..10 => format!("{seconds}.{} s", elapsed.subsec_millis() / 100),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes() {
        assert!(is_yes("y\n") && is_yes("Yes\n") && is_yes("oui\n"));
        assert!(!is_yes("\n") && !is_yes("n\n") && !is_yes("yesterday\n") && !is_yes(""));
    }

    #[test]
    fn a_duration_reads_as_a_person_says_it() {
        assert_eq!(duration(Duration::from_millis(480)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(12)), "12 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }
}
