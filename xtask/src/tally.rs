//! How many tests passed, failed and were skipped: read from what libtest prints.

use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

use crate::command::cannot_start;
use crate::terminal::{complain, say};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Tally {
    /// What one line of a test's output adds: only libtest's closing lines count.
    fn of_line(line: &str) -> Self {
        let Some((_, counts)) = line.split_once("test result: ") else { return Self::default() };
        let count = |unit: &str| -> usize {
            let before = counts.split(';').find_map(|part| part.trim().strip_suffix(unit));
            before.and_then(|text| text.split_whitespace().next_back()).and_then(|text| text.parse().ok()).unwrap_or(0)
        };
        Self { passed: count("passed"), failed: count("failed"), skipped: count("ignored") }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// Runs a test command, shows what it prints, and counts. A command that fails without a failed test (it did not
/// compile, it crashed) counts as one failure.
pub(crate) fn count(command: &mut Command) -> Result<Tally, String> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        read(output, &mut tally)?;
    }
    let status = child.wait().map_err(|error| format!("a test command was lost: {error}"))?;
    if !status.success() && tally.failed == 0 {
        complain(&format!("the test command ended with {status} before it could count: one failure"));
        tally.failed = 1;
    }
    Ok(tally)
}

fn read(output: impl Read, tally: &mut Tally) -> Result<(), String> {
    for line in BufReader::new(output).split(b'\n') {
        let line = line.map_err(|error| format!("the output of a test cannot be read: {error}"))?;
        let line = String::from_utf8_lossy(&line);
        say(&line);
        *tally += Tally::of_line(&line);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_libtest_is_counted() {
        let line = "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 7 filtered out; finished in 0.01s";
        assert_eq!(Tally::of_line(line), Tally { passed: 12, failed: 0, skipped: 3 });
        let line = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 filtered out; finished in 0.01s";
        assert_eq!(Tally::of_line(line), Tally { passed: 1, failed: 2, skipped: 0 });
    }

    #[test]
    fn a_test_that_talks_about_results_is_not_counted() {
        assert_eq!(Tally::of_line("test the_5 passed; things ... ok"), Tally::default());
    }

    #[test]
    fn a_tally_reads_as_the_last_line_promises() {
        assert_eq!(Tally { passed: 3, failed: 0, skipped: 1 }.to_string(), "3 passed, 0 failed, 1 skipped");
    }
}
