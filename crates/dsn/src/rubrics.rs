//! From bytes to rubrics: lines, their number, their faults, how their letters are written. Knows nothing of blocks or
//! people.
//! Memory does not grow: one buffer, and a line longer than [`MAX_LENGTH`] is passed over.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::WINDOWS_1252;

use crate::code::{self, Code};

/// The longest line that is read, in bytes. The longest value of the norm has 120 characters.
pub const MAX_LENGTH: usize = 1024;

const BUFFER: usize = 64 * 1024;

/// What tools leave between the envelopes that they join, and behind the last: no line begins or ends with it.
const PADDING: [u8; 2] = [b'\0', 0x1a];

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

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
    /// Bytes 80 to 9F, which are letters and signs in Windows-1252 (Œ, Ÿ, ’) and nothing in ISO-8859-1.
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
            // ISO-8859-1 is the part of it without the bytes 80 to 9F.
            Encoding::Latin1 | Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(self.value).0,
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
    /// The last line ended with a carriage return: a line feed right behind it ends nothing more.
    after_return: bool,
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
            after_return: false,
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

    /// Whether a line began with the mark of UTF-8, which the norm does not allow: the first of the file, or of another
    /// that was joined to it.
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
            let (mut start, mut end) = (start, end);
            if self.buffer[start..end].starts_with(UTF8_MARK) {
                self.bom = true;
                start += UTF8_MARK.len();
            }
            while end > start && PADDING.contains(&self.buffer[end - 1]) {
                end -= 1;
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
        self.skip_padding()?;
        let mut searched = 0;
        loop {
            let start = self.start;
            if let Some(place) = memchr::memchr2(b'\n', b'\r', &self.buffer[start + searched..self.end]) {
                let end = start + searched + place;
                self.end_at(end);
                return Ok(Some((start, end)));
            }
            searched = self.end - start;
            if searched > MAX_LENGTH {
                self.pass()?;
                return Ok(Some((0, MAX_LENGTH + 1)));
            }
            if !self.fill()? {
                if searched == 0 {
                    return Ok(None);
                }
                let (start, end) = (self.start, self.end);
                self.start = end;
                return Ok(Some((start, end)));
            }
        }
    }

    /// What follows begins behind the end of line at that place: CR, LF or both.
    fn end_at(&mut self, place: usize) {
        self.after_return = self.buffer[place] == b'\r';
        self.start = place + 1;
    }

    /// Passes over what may stand before a line, however long: the line feed of the line before, and padding.
    fn skip_padding(&mut self) -> io::Result<()> {
        loop {
            while let Some(byte) = self.buffer[self.start..self.end].first() {
                if !(PADDING.contains(byte) || self.after_return && *byte == b'\n') {
                    self.after_return = false;
                    return Ok(());
                }
                self.after_return = false;
                self.start += 1;
            }
            if !self.fill()? {
                return Ok(());
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
            if let Some(place) = memchr::memchr2(b'\n', b'\r', &self.buffer[self.start..self.end]) {
                self.end_at(self.start + place);
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

/// Letters of ISO-8859-1 that follow one another as UTF-8 would have them make no French word. In Windows-1252 some do:
/// « É’ » and « ÇŒ » in capitals are the bytes of letters that no civil register of France writes.
fn encoding(value: &[u8]) -> Encoding {
    let written = |sign: char| !matches!(sign, '\u{80}'..='\u{9f}' | '\u{180}'..='\u{217}' | '\u{21c}'..='\u{2ff}');
    if std::str::from_utf8(value).is_ok_and(|text| text.chars().all(written)) {
        Encoding::Utf8
    } else if value.iter().any(|byte| matches!(byte, 0x80..=0x9f)) {
        Encoding::Windows1252
    } else {
        Encoding::Latin1
    }
}
