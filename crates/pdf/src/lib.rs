//! Whether a PDF opens without a password: one that is only restricted (no printing, no copying) does, and anybody may read
//! it. Reads the few words that say so, and nothing of what a page shows; decompresses nothing, so that no file is larger here
//! than on the disk, and calls itself nowhere, so that none is deeper. Whatever cannot be said for certain is no refusal.

mod keys;
mod syntax;

use keys::Encryption;
use memchr::memmem;
use syntax::{Dict, Token, Tokens};

/// Without this name no PDF is encrypted: it is never compressed.
const ENCRYPT: &[u8] = b"/Encrypt";
/// The most bytes that one dictionary is read from: a section of references with thousands of ranges is shorter.
const WINDOW: usize = 256 * 1_024;
/// How many places are looked at where a file does not say which one counts.
const TRIES: usize = 16;

/// Notices, in a file that comes by pieces, whether it may be encrypted. Most are not, and need no second look.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    seen: bool,
    end: Vec<u8>,
}

impl Watch {
    /// Looks at the next piece.
    pub fn add(&mut self, piece: &[u8]) {
        if self.seen {
            return;
        }
        // The name may lie across two pieces, or more.
        let head = &piece[..piece.len().min(ENCRYPT.len())];
        self.end.extend_from_slice(head);
        self.seen = memmem::find(&self.end, ENCRYPT).is_some() || memmem::find(piece, ENCRYPT).is_some();
        let tail = &piece[head.len()..];
        self.end.extend_from_slice(&tail[tail.len().saturating_sub(ENCRYPT.len())..]);
        self.end.drain(..self.end.len().saturating_sub(ENCRYPT.len()));
    }

    /// Whether the file may be encrypted, by what came so far.
    pub const fn seen(&self) -> bool {
        self.seen
    }
}

/// Whether this PDF shows nothing before somebody gives a password (or a certificate).
///
/// ```
/// assert!(!pdf::asks_for_a_password(b"%PDF-1.7 any file whose text says /Encrypt 5 0 R"));
/// ```
pub fn asks_for_a_password(file: &[u8]) -> bool {
    let opens = match last_trailer(file) {
        Some(trailer) => opens_with_nothing(file, &trailer),
        // The file does not say where its end begins: readers look for it, and so it is done here.
        None => trailers(file).find_map(|trailer| opens_with_nothing(file, &trailer)),
    };
    opens == Some(false)
}

/// Nothing when the file is not encrypted, or when it cannot be told.
fn opens_with_nothing(file: &[u8], trailer: &Dict<'_>) -> Option<bool> {
    let encryption = match trailer.reference(b"Encrypt") {
        Some(named) => object(file, named)?,
        None => trailer.dict(b"Encrypt")?,
    };
    // What is not opened by a password is opened by a certificate, or by the program of some bookshop.
    if encryption.name(b"Filter")? != b"Standard" {
        return Some(false);
    }
    let id = trailer.texts(b"ID").next().unwrap_or_default();
    Encryption::read(&encryption, id)?.opens_with_nothing()
}

/// The trailer that the last lines of the file lead to: a table of references, or a stream of them.
fn last_trailer(file: &[u8]) -> Option<Dict<'_>> {
    const START: &[u8] = b"startxref";
    let place = memmem::rfind(file, START)? + START.len();
    let place = usize::try_from(Tokens::new(window(file, place)).integer()?).ok()?;
    // Some writers count from the mark of the format, behind the mark of an encoding.
    let shift = if file.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    [place, place.saturating_add(shift)].into_iter().find_map(|place| trailer_at(file, place))
}

fn trailer_at(file: &[u8], place: usize) -> Option<Dict<'_>> {
    const TRAILER: &[u8] = b"trailer";
    let mut tokens = Tokens::new(window(file, place));
    match tokens.next()? {
        Token::Word(b"xref") => {
            let end = place + memmem::find(file.get(place..)?, TRAILER)? + TRAILER.len();
            Dict::read(window(file, end))
        }
        Token::Word(_) => {
            tokens.next()?;
            let named = matches!(tokens.next()?, Token::Word(b"obj"));
            Dict::read(tokens.rest()).filter(|dict| named && dict.name(b"Type") == Some(b"XRef"))
        }
        _ => None,
    }
}

/// What may be a trailer that names an encryption, the last first.
fn trailers(file: &[u8]) -> impl Iterator<Item = Dict<'_>> {
    let places = memmem::rfind_iter(file, ENCRYPT).take(TRIES);
    places.filter_map(|place| {
        let before = &file[place.saturating_sub(WINDOW)..place];
        let opening = [b"trailer".as_slice(), b"obj"]
            .into_iter()
            .filter_map(|word| memmem::rfind(before, word).map(|at| at + word.len()))
            .max()?;
        let dict = Dict::read(window(file, place - before.len() + opening))?;
        (dict.has(b"Encrypt") && dict.has(b"Root")).then_some(dict)
    })
}

/// The encryption that a trailer names: the last object of that number, since changes are written behind.
fn object(file: &[u8], (number, generation): (i64, i64)) -> Option<Dict<'_>> {
    let named = memmem::rfind_iter(file, b"obj").filter(|place| {
        let before = file[..*place].trim_ascii_end();
        let digits = |text: &[u8]| text.iter().rev().take_while(|byte| byte.is_ascii_digit()).take(11).count();
        let (head, last) = before.split_at(before.len() - digits(before));
        let head = head.trim_ascii_end();
        let first = &head[head.len() - digits(head)..];
        before.len() < *place && syntax::integer(last) == Some(generation) && syntax::integer(first) == Some(number)
    });
    let mut dicts = named.take(TRIES).filter_map(|place| Dict::read(window(file, place + 3)));
    dicts.find(|dict| dict.has(b"Filter"))
}

fn window(file: &[u8], from: usize) -> &[u8] {
    let rest = file.get(from..).unwrap_or_default();
    &rest[..rest.len().min(WINDOW)]
}
