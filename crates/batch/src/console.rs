//! Whoever started the work, as far as the work knows: the program has a terminal, the tests have nobody.

use std::io::{self, Read};

use crate::wording::count;

/// Hears how far the work has come, and gives what it asks for.
pub trait Console: Sync {
    /// Shows this line in the place of the one before; nothing where nobody looks.
    fn show(&self, line: &str);

    /// Takes that line away.
    fn clear(&self);

    /// What is given besides the files; whoever sits there reads `prompt` first.
    fn input(&self, prompt: Option<&str>) -> Box<dyn Read>;
}

/// Nobody: hears nothing, gives nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nobody;

impl Console for Nobody {
    fn show(&self, _: &str) {}

    fn clear(&self) {}

    fn input(&self, _: Option<&str>) -> Box<dyn Read> {
        Box::new(io::empty())
    }
}

/// How far a long work has come: a line that is written again at each hundredth of the way.
pub(crate) struct Progress<'a> {
    console: &'a dyn Console,
    what: &'static str,
    total: u64,
    said: Option<u64>,
}

impl<'a> Progress<'a> {
    /// Nothing done yet, of so many; zero when it is not known.
    pub(crate) const fn new(console: &'a dyn Console, what: &'static str, total: u64) -> Self {
        Self { console, what, total, said: None }
    }

    /// So many are done.
    pub(crate) fn advance(&mut self, done: u64) {
        let part = done.saturating_mul(100).checked_div(self.total);
        let steps = part.unwrap_or(done / 1_000);
        if self.said == Some(steps) {
            return;
        }
        self.said = Some(steps);
        let part = part.map_or_else(String::new, |part| format!(" ({} %)", part.min(100)));
        self.console.show(&format!("{} {}{part}", count(done), self.what));
    }

    /// Nothing more to come: the line is left to the report.
    pub(crate) fn finish(&mut self) {
        if self.said.take().is_some() {
            self.console.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Keeps what it was shown.
    #[derive(Default)]
    struct Listener(Mutex<Vec<String>>);

    impl Console for Listener {
        fn show(&self, line: &str) {
            self.0.lock().expect("the lines").push(line.to_owned());
        }

        fn clear(&self) {
            self.show("");
        }

        fn input(&self, _: Option<&str>) -> Box<dyn Read> {
            Box::new(io::empty())
        }
    }

    fn heard(total: u64, done: &[u64]) -> Vec<String> {
        let listener = Listener::default();
        let mut progress = Progress::new(&listener, "relevés", total);
        done.iter().for_each(|done| progress.advance(*done));
        progress.finish();
        progress.finish();
        listener.0.into_inner().expect("the lines")
    }

    #[test]
    fn a_line_is_shown_at_each_hundredth_and_taken_away_once() {
        assert_eq!(heard(400, &[2, 3, 4, 400]), ["2 relevés (0 %)", "4 relevés (1 %)", "400 relevés (100 %)", ""]);
    }

    #[test]
    fn a_work_of_unknown_length_is_shown_by_thousands() {
        assert_eq!(heard(0, &[1, 999, 2_000]), ["1 relevés", "2\u{202f}000 relevés", ""]);
    }

    #[test]
    fn nothing_is_taken_away_where_nothing_was_shown() {
        assert!(heard(10, &[]).is_empty());
    }
}
