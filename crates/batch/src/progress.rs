//! How far a long command has come: on the terminal of whoever started it, and nowhere else.

use std::io::{IsTerminal as _, Write as _};

use crate::wording::nombre;

/// A line that is written again as work goes on.
pub struct Progression {
    quoi: &'static str,
    total: u64,
    dit: Option<u64>,
    visible: bool,
}

impl Progression {
    /// Nothing done yet, of so many; zero when it is not known.
    pub fn new(quoi: &'static str, total: u64) -> Self {
        Self { quoi, total, dit: None, visible: std::io::stderr().is_terminal() }
    }

    /// So many are done.
    pub fn avancer(&mut self, faits: u64) {
        let part = faits.saturating_mul(100).checked_div(self.total);
        let pas = part.unwrap_or(faits / 1_000);
        if !self.visible || self.dit == Some(pas) {
            return;
        }
        self.dit = Some(pas);
        let part = part.map_or_else(String::new, |part| format!(" ({} %)", part.min(100)));
        // Nobody to tell when the terminal is gone: the work goes on.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{} {}{part}", nombre(faits), self.quoi);
    }

    /// Nothing more to come: the line is left to the report.
    pub fn finir(&mut self) {
        if self.dit.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
