//! From bytes to rubrics: lines, their number, their faults. Knows nothing of blocks or people.
//! Memory does not grow: one buffer, and a line longer than [`MAX_LENGTH`] is passed over.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::code::{self, Code};

/// The longest line that is read, in bytes. The longest value of the norm has 120 characters.
pub const MAX_LENGTH: usize = 1024;

const BUFFER: usize = 64 * 1024;

/// Why a line is not a rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Faute {
    /// Longer than any line of the norm can be.
    TooLong,
    /// Does not begin with a code, a comma and an apostrophe.
    Shape,
    /// Begins well but has no closing apostrophe: cut, or a value over two lines.
    Closing,
    /// Holds a control character.
    Precheck,
    /// There is nothing between the apostrophes.
    Empty,
}

/// A line that is no rubric, and the rubric it would have been when that can still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong.
    pub faute: Faute,
    /// The code at its head.
    pub code: Option<Code>,
}

/// How the characters of a value are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As the norm wants: ISO-8859-1 (of which ASCII is a part).
    Latin1,
    /// UTF-8, which the norm does not allow.
    Utf8,
    /// Bytes 80 to 9F, which are letters in Windows-1252 and nothing in ISO-8859-1.
    Windows1252,
}

/// A rubric and its value. `Debug` shows the code alone: a value may be anything of a person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rubric<'a> {
    /// Where the value belongs.
    pub code: Code,
    /// The bytes between the apostrophes.
    pub value: &'a [u8],
    /// How they are written.
    pub encoding: Encoding,
}

impl Rubric<'_> {
    /// The value as text.
    pub fn text(&self) -> Cow<'_, str> {
        match self.encoding {
            Encoding::Utf8 => String::from_utf8_lossy(self.value),
            _ => match std::str::from_utf8(self.value) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => self.value.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
            },
        }
    }
}

impl std::fmt::Debug for Rubric<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rubrique({}, …)", self.code)
    }
}

/// One line that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLine<'a> {
    /// The number of the line, from 1.
    pub line: u64,
    /// The rubric, or why there is none.
    pub content: Result<Rubric<'a>, Unreadable>,
}

/// The rubrics of a file, one after the other.
///
/// ```
/// use dsn::rubrics::Rubrics;
/// let mut rubrics = Rubrics::new(&b"S21.G00.30.002,'L'H\xf4te'\r\n"[..]);
/// let read = rubrics.read_next().unwrap().unwrap();
/// assert_eq!(read.content.unwrap().text(), "L'Hôte");
/// assert!(rubrics.read_next().unwrap().is_none());
/// ```
pub struct Rubrics<R> {
    source: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    line: u64,
    bytes: u64,
    blank: u64,
    bom: bool,
    exhausted: bool,
}

impl<R: Read> Rubrics<R> {
    /// A reader; it has a buffer of its own, the source needs none.
    pub fn new(source: R) -> Self {
        Self {
            source,
            buffer: vec![0; BUFFER].into_boxed_slice(),
            start: 0,
            end: 0,
            line: 0,
            bytes: 0,
            blank: 0,
            bom: false,
            exhausted: false,
        }
    }

    /// How many lines have been read.
    pub const fn lines(&self) -> u64 {
        self.line
    }

    /// How many of them held nothing.
    pub const fn blank(&self) -> u64 {
        self.blank
    }

    /// How many bytes have been read.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether the file began with the mark of UTF-8, which the norm does not allow.
    pub const fn has_utf8_mark(&self) -> bool {
        self.bom
    }

    /// The next line that holds something.
    ///
    /// # Errors
    /// Those of the source; what the file holds is never an error.
    pub fn read_next(&mut self) -> io::Result<Option<ReadLine<'_>>> {
        loop {
            let Some((start, end)) = self.bounds()? else { return Ok(None) };
            self.line += 1;
            if end - start > MAX_LENGTH {
                let code = self.buffer.get(start..start + code::LENGTH).and_then(Code::parse);
                let content = Err(Unreadable { faute: Faute::TooLong, code });
                return Ok(Some(ReadLine { line: self.line, content }));
            }
            let mut start = start;
            if self.line == 1 && self.buffer[start..end].starts_with(b"\xef\xbb\xbf") {
                self.bom = true;
                start += 3;
            }
            if start == end {
                self.blank += 1;
                continue;
            }
            return Ok(Some(ReadLine { line: self.line, content: parse(&self.buffer[start..end]) }));
        }
    }

    /// Where the next line lies in the buffer, without what ends it. Of a line that is too long,
    /// only the beginning is there, and it is longer than the longest.
    fn bounds(&mut self) -> io::Result<Option<(usize, usize)>> {
        let mut searched = 0;
        loop {
            let start = self.start;
            if let Some(place) = memchr::memchr(b'\n', &self.buffer[start + searched..self.end]) {
                let end = start + searched + place;
                self.start = end + 1;
                return Ok(Some((start, without_return(&self.buffer, start, end))));
            }
            searched = self.end - start;
            // One byte for the carriage return that may end it.
            if searched > MAX_LENGTH + 1 {
                self.pass()?;
                return Ok(Some((0, MAX_LENGTH + 1)));
            }
            if !self.fill()? {
                if searched == 0 {
                    return Ok(None);
                }
                let (start, end) = (self.start, self.end);
                self.start = end;
                return Ok(Some((start, without_return(&self.buffer, start, end))));
            }
        }
    }

    /// Keeps the beginning of a line at the head of the buffer and passes over the rest of it.
    fn pass(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.start + MAX_LENGTH + 1, 0);
        loop {
            self.start = MAX_LENGTH + 1;
            self.end = self.start;
            if !self.fill_without_squeezing()? {
                return Ok(());
            }
            if let Some(place) = memchr::memchr(b'\n', &self.buffer[self.start..self.end]) {
                self.start += place + 1;
                return Ok(());
            }
        }
    }

    /// Brings more bytes; says whether there were any. What is not read yet moves to the head.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        self.fill_without_squeezing()
    }

    fn fill_without_squeezing(&mut self) -> io::Result<bool> {
        while !self.exhausted {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.exhausted = true,
                Ok(readings) => {
                    self.end += readings;
                    self.bytes += readings as u64;
                    return Ok(true);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

fn without_return(buffer: &[u8], start: usize, end: usize) -> usize {
    if end > start && buffer[end - 1] == b'\r' { end - 1 } else { end }
}

/// One line, judged.
fn parse(line: &[u8]) -> Result<Rubric<'_>, Unreadable> {
    let Some((head, tail)) = line.split_at_checked(code::LENGTH) else {
        return Err(Unreadable { faute: Faute::Shape, code: None });
    };
    let code = Code::parse(head).ok_or(Unreadable { faute: Faute::Shape, code: None })?;
    let unreadable = |faute| Unreadable { faute, code: Some(code) };
    let [b',', b'\'', value @ ..] = tail else { return Err(unreadable(Faute::Shape)) };
    let [value @ .., b'\''] = value else { return Err(unreadable(Faute::Closing)) };
    if value.is_empty() {
        return Err(unreadable(Faute::Empty));
    }
    let (smallest, all) = value.iter().fold((u8::MAX, 0), |(small, all), c| (small.min(*c), all | c));
    if smallest < b' ' {
        return Err(unreadable(Faute::Precheck));
    }
    Ok(Rubric { code, value, encoding: if all < 0x80 { Encoding::Latin1 } else { encoding(value) } })
}

/// Letters of ISO-8859-1 that follow one another as UTF-8 would have them make no French word.
fn encoding(value: &[u8]) -> Encoding {
    if std::str::from_utf8(value).is_ok() {
        Encoding::Utf8
    } else if value.iter().any(|byte| matches!(byte, 0x80..=0x9f)) {
        Encoding::Windows1252
    } else {
        Encoding::Latin1
    }
}
