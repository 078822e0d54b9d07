//! How far a long command has come: on the terminal of whoever started it, and nowhere else.

use std::io::{IsTerminal as _, Write as _};

use crate::wording::count;

/// A line that is written again as work goes on.
pub struct Progress {
    what: &'static str,
    total: u64,
    said: Option<u64>,
    visible: bool,
}

impl Progress {
    /// Nothing done yet, of so many; zero when it is not known.
    pub fn new(what: &'static str, total: u64) -> Self {
        Self { what, total, said: None, visible: std::io::stderr().is_terminal() }
    }

    /// So many are done.
    pub fn advance(&mut self, facts: u64) {
        let part = facts.saturating_mul(100).checked_div(self.total);
        let steps = part.unwrap_or(facts / 1_000);
        if !self.visible || self.said == Some(steps) {
            return;
        }
        self.said = Some(steps);
        let part = part.map_or_else(String::new, |part| format!(" ({} %)", part.min(100)));
        // Nobody to tell when the terminal is gone: the work goes on.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{} {}{part}", count(facts), self.what);
    }

    /// Nothing more to come: the line is left to the report.
    pub fn finish(&mut self) {
        if self.said.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
