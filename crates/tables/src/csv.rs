//! Lines of a CSV file: the separator of its header, quotes, UTF-8 or else ISO-8859-1. A line is a
//! record: no value goes over the end of one.

use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is read, in bytes, its end included.
pub(crate) const MAX_LINE: u64 = 64 * 1_024;

/// Why a line has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Default {
    /// Quotes do not close.
    Quotes,
    /// It is longer than [`MAX_LINE`]: what was read of it is not what was written.
    TooLong,
}

/// The values of a line.
pub(crate) type Values = Result<Vec<String>, Default>;

/// A file being read, line by line.
pub(crate) struct Lines<R> {
    source: BufReader<R>,
    separator: char,
    number: u64,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { source: BufReader::new(source), separator: ';', number: 0 }
    }

    /// The names of the columns, which also tell the separator.
    pub(crate) fn header(&mut self) -> io::Result<Vec<String>> {
        let Some(Ok(line)) = self.line()? else { return Ok(Vec::new()) };
        let account = |separator: char| line.matches(separator).count();
        self.separator =
            [',', '\t'].into_iter().fold(';', |best, other| if account(other) > account(best) { other } else { best });
        let noms = chop(line.trim_start_matches('\u{feff}'), self.separator).unwrap_or_default();
        Ok(noms.into_iter().map(|nom| nom.to_lowercase()).collect())
    }

    /// The values of the next line that holds anything, and its number.
    pub(crate) fn read_next(&mut self) -> io::Result<Option<(u64, Values)>> {
        while let Some(line) = self.line()? {
            let values = match line {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => chop(&line, self.separator).ok_or(Default::Quotes),
                Err(default) => Err(default),
            };
            return Ok(Some((self.number, values)));
        }
        Ok(None)
    }

    fn line(&mut self) -> io::Result<Option<Result<String, Default>>> {
        let mut bytes = Vec::new();
        self.source.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        if bytes.len() as u64 == MAX_LINE && bytes.last() != Some(&b'\n') {
            self.source.skip_until(b'\n')?;
            return Ok(Some(Err(Default::TooLong)));
        }
        let text =
            String::from_utf8(bytes).unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
        Ok(Some(Ok(text.trim_end_matches(['\r', '\n']).to_owned())))
    }
}

/// The values between separators; nothing when a quote stays open.
fn chop(line: &str, separator: char) -> Option<Vec<String>> {
    let (mut values, mut value) = (Vec::new(), String::new());
    let mut signs = line.chars().peekable();
    // Whether the value holds more than blanks yet: a quote after that is one of its signs.
    let (mut quoted, mut started) = (false, false);
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                value.push('"');
                started = true;
            }
            '"' if quoted || !started => quoted = !quoted,
            sign if sign == separator && !quoted => {
                values.push(std::mem::take(&mut value).trim().to_owned());
                started = false;
            }
            sign => {
                value.push(sign);
                started |= !sign.is_whitespace();
            }
        }
    }
    values.push(value.trim().to_owned());
    (!quoted).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Readings = Vec<(u64, Values)>;

    fn read(bytes: &[u8]) -> (Vec<String>, Readings) {
        let mut lines = Lines::new(bytes);
        let header = lines.header().unwrap();
        let mut readings = Vec::new();
        while let Some(read) = lines.read_next().unwrap() {
            readings.push(read);
        }
        (header, readings)
    }

    #[test]
    fn the_header_tells_the_separator_and_values_may_be_quoted() {
        let (header, readings) = read("\u{feff}Nom,B\r\n\r\n\"A, \"\"b\"\"\", c \r\n\"x,y".as_bytes());
        assert_eq!(header, ["nom", "b"]);
        assert_eq!(readings[0], (3, Ok(vec!["A, \"b\"".to_owned(), "c".to_owned()])));
        assert_eq!(readings[1], (4, Err(Default::Quotes)));
    }

    #[test]
    fn a_file_that_is_not_utf_8_is_read_as_latin_1() {
        assert_eq!(read(b"a;b\nNo\xebl;2\n").1, [(2, Ok(vec!["Noël".to_owned(), "2".to_owned()]))]);
    }

    #[test]
    fn a_line_that_is_too_long_is_told_and_the_next_one_is_read() {
        let long = |bytes: usize| [b"a;b\n".as_slice(), &vec![b' '; bytes], b"\n1;2\n"].concat();
        let (the_longest, read_next) = (MAX_LINE as usize - 1, (3, Ok(vec!["1".to_owned(), "2".to_owned()])));
        assert_eq!(read(&long(the_longest)).1, std::slice::from_ref(&read_next));
        for bytes in [the_longest + 1, the_longest + 2, 200_000] {
            assert_eq!(read(&long(bytes)).1, [(2, Err(Default::TooLong)), read_next.clone()], "{bytes}");
        }
    }
}
