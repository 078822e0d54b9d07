//! The terminal of whoever started the program. What is told goes to the standard error: the standard output is the
//! report's.

use std::io::{self, IsTerminal as _, Read, Write as _};

use batch::Console;

/// The standard input and error, which may be a person's, a pipe's or nobody's.
pub(crate) struct Terminal;

impl Console for Terminal {
    fn show(&self, line: &str) {
        let mut stderr = io::stderr();
        if stderr.is_terminal() {
            // Nobody to tell when the terminal is gone: the work goes on. The same holds below.
            let _ = write!(stderr, "\r\u{1b}[K{line}");
        }
    }

    fn clear(&self) {
        self.show("");
    }

    fn input(&self, prompt: Option<&str>) -> Box<dyn Read> {
        let stdin = io::stdin();
        if let Some(prompt) = prompt
            && stdin.is_terminal()
        {
            let _ = write!(io::stderr(), "{prompt}");
        }
        Box::new(stdin)
    }
}
