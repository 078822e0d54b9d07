//! A text that an operator gives to a holder: read from a file or the console, judged before anything is recorded.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use domaine::droits::{MAX_RAISON, RaisonInvalide, parse_raison};

use crate::Console;
use crate::wording::count;

/// Why it is no text to give.
#[derive(Debug, thiserror::Error)]
pub enum TextRefusal {
    /// It is empty, too long, or holds a sign that is no text.
    #[error("{}", not_a_text(.0, *.1))]
    Text(&'static str, RaisonInvalide),
    /// It is not in UTF-8.
    #[error("{0} n'est pas en UTF-8 : rien n'a été enregistré ; convertissez-la")]
    InBytes(&'static str),
    /// It cannot be read.
    #[error("{0} : lecture impossible : {1}")]
    Reader(String, #[source] io::Error),
}

fn not_a_text(what: &str, why: RaisonInvalide) -> String {
    match why {
        RaisonInvalide::Empty => format!("{what} est vide : rien n'a été enregistré"),
        RaisonInvalide::TooLong => {
            format!("{what} dépasse {} caractères : rien n'a été enregistré", count(MAX_RAISON as u64))
        }
        RaisonInvalide::Caractere => {
            format!("{what} contient un signe invisible qui n'est pas du texte : rien n'a été enregistré ; ôtez-le")
        }
    }
}

/// The text in that file, or at the console: no more of it than is needed to judge it. `what` it is: « la réponse ».
pub(crate) fn read(source: &Path, console: &dyn Console, what: &'static str) -> Result<String, TextRefusal> {
    let failure = |error| TextRefusal::Reader(source.display().to_string(), error);
    let input: Box<dyn Read> = if source == Path::new("-") {
        console.input(Some(&format!("Tapez {what}, puis Ctrl-D sur une ligne vide :\n")))
    } else {
        Box::new(File::open(source).map_err(failure)?)
    };
    // Four bytes at most for each character, and as much again for line endings and blanks.
    let maximum = 8 * MAX_RAISON;
    let mut bytes = Vec::new();
    input.take(maximum as u64 + 1).read_to_end(&mut bytes).map_err(failure)?;
    if bytes.len() > maximum {
        return Err(TextRefusal::Text(what, RaisonInvalide::TooLong));
    }
    let text = String::from_utf8(bytes).map_err(|_| TextRefusal::InBytes(what))?;
    // Some editors begin a file with a mark.
    parse_raison(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|why| TextRefusal::Text(what, why))
}
