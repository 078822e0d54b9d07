//! Records of a CSV file: the separator of its header, quotes, values over several lines. Text in, values out; what
//! cannot be told apart is a fault of the whole file.

use std::io::{BufRead, BufReader, Read};

use crate::ReadFault;
use crate::encoding::{Decoded, Encoding};
use crate::values::tidy;

/// The longest record that is read, in bytes of UTF-8.
pub(crate) const MAX_RECORD: usize = 64 * 1_024;
/// Over how many lines a value may go, at most: beyond, its quotes were forgotten.
const MAX_LINES: u64 = 100;

/// A file being read, record by record.
pub(crate) struct Records<R> {
    source: BufReader<Decoded<R>>,
    separator: char,
    number: u64,
}

/// Why a text is no record.
enum Open {
    /// Quotes do not close: it may go on over the next line.
    Quotes,
    /// Something stands between a closing quote and the separator.
    AfterQuotes,
}

impl<R: Read> Records<R> {
    pub(crate) fn new(source: R, encoding: Encoding) -> Self {
        Self { source: BufReader::new(Decoded::new(source, encoding)), separator: ';', number: 0 }
    }

    /// The first record that holds anything, once the separator is known: the one that « sep= » says, or that makes most
    /// names known.
    pub(crate) fn header(&mut self, known: impl Fn(&str) -> bool) -> Result<Vec<String>, ReadFault> {
        let mut separators = vec![';', ',', '\t', '|'];
        loop {
            let number = self.number + 1;
            let Some(line) = self.line(0)? else { return Ok(Vec::new()) };
            if let Some(separator) = said_separator(&line) {
                separators.insert(0, separator);
                continue;
            }
            let mut best: Option<(usize, char, Vec<String>)> = None;
            let mut is_blank = false;
            for separator in &separators {
                let mut text = line.clone();
                let lines = self.number;
                // Names over several lines are read on with the first separator that asks for it.
                let Ok(values) = chop(&text, *separator).or_else(|open| match open {
                    Open::Quotes if best.is_none() && lines == number => {
                        self.go_on(&mut text, *separator, number).map_err(|_| Open::AfterQuotes)
                    }
                    open => Err(open),
                }) else {
                    continue;
                };
                is_blank |= values.iter().all(String::is_empty);
                let count = values.iter().filter(|name| known(name)).count();
                if best.as_ref().is_none_or(|(most, ..)| count > *most) {
                    best = Some((count, *separator, values));
                }
            }
            let Some((_, separator, values)) = best else { return Err(quotes(number)) };
            self.separator = separator;
            if !is_blank {
                return Ok(values);
            }
        }
    }

    /// The values of the next record that holds anything, and the number of its first line.
    pub(crate) fn read_next(&mut self) -> Result<Option<(u64, Vec<String>)>, ReadFault> {
        loop {
            let number = self.number + 1;
            let Some(mut text) = self.line(0)? else { return Ok(None) };
            let values = match chop(&text, self.separator) {
                Err(Open::Quotes) => self.go_on(&mut text, self.separator, number)?,
                Err(Open::AfterQuotes) => return Err(after_quotes(number)),
                Ok(values) => values,
            };
            if values.iter().any(|value| !value.is_empty()) {
                return Ok(Some((number, values)));
            }
        }
    }

    /// Reads on until the quotes close.
    fn go_on(&mut self, text: &mut String, separator: char, number: u64) -> Result<Vec<String>, ReadFault> {
        while self.number < number + MAX_LINES {
            let Some(line) = self.line(text.len())? else { break };
            text.push('\n');
            text.push_str(&line);
            // Only a quote can close them.
            if !line.contains('"') {
                continue;
            }
            match chop(text, separator) {
                Ok(values) => return Ok(values),
                Err(Open::AfterQuotes) => return Err(after_quotes(number)),
                Err(Open::Quotes) => {}
            }
        }
        Err(quotes(number))
    }

    /// The next line, without its end; `before` is how long its record is already.
    fn line(&mut self, before: usize) -> Result<Option<String>, ReadFault> {
        let room = MAX_RECORD.saturating_sub(before) as u64;
        let mut bytes = Vec::new();
        self.source.by_ref().take(room + 1).read_until(b'\n', &mut bytes).map_err(ReadFault::Source)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let number = self.number;
        if bytes.len() as u64 > room {
            return Err(ReadFault::Format(format!(
                "la ligne {number} a plus de {MAX_RECORD} octets : des guillemets n'y sont sans doute pas refermés, ou ce \
                 n'est pas un CSV ; rien n'est lu du fichier"
            )));
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        match String::from_utf8(bytes) {
            Ok(text) if !text.contains(char::REPLACEMENT_CHARACTER) => Ok(Some(text)),
            _ => Err(ReadFault::Format(format!(
                "des lettres de la ligne {number} sont déjà perdues (« \u{fffd} ») : un enregistrement précédent s'est \
                 trompé d'encodage ; repartez du fichier d'origine et enregistrez-le en « CSV UTF-8 »"
            ))),
        }
    }
}

fn quotes(number: u64) -> ReadFault {
    ReadFault::Format(format!(
        "les guillemets ouverts à la ligne {number} ne sont pas refermés : fermez-les, ou doublez ceux qui font partie d'une \
         valeur ; rien n'est lu du fichier"
    ))
}

fn after_quotes(number: u64) -> ReadFault {
    ReadFault::Format(format!(
        "ligne {number}, un texte suit des guillemets fermés : doublez les guillemets qui font partie d'une valeur, ou fermez \
         ceux d'une ligne précédente ; rien n'est lu du fichier"
    ))
}

/// The separator that a first line « sep=; » announces, as sheets write it for one another.
fn said_separator(line: &str) -> Option<char> {
    let line = line.trim_start_matches('\u{feff}').trim_matches([' ', '"']);
    let start = line.get(..4)?;
    let mut signs = line[4..].chars();
    let separator = signs.next().filter(|_| start.eq_ignore_ascii_case("sep="))?;
    // The sheet may have filled the row: « sep=;;;; ».
    signs.all(|sign| sign == separator || sign.is_whitespace()).then_some(separator)
}

/// The values between separators.
fn chop(text: &str, separator: char) -> Result<Vec<String>, Open> {
    let (mut values, mut value) = (Vec::new(), String::new());
    let mut signs = text.chars().peekable();
    let mut state = State::Before;
    while let Some(sign) = signs.next() {
        match (state, sign) {
            (State::Quoted, '"') if signs.peek() == Some(&'"') => {
                signs.next();
                value.push('"');
            }
            (State::Quoted, '"') => state = State::After,
            (State::Quoted, sign) => value.push(sign),
            (State::Before, '"') => {
                value.clear();
                state = State::Quoted;
            }
            (_, sign) if sign == separator => {
                values.push(tidy(&std::mem::take(&mut value)));
                state = State::Before;
            }
            (State::After, sign) if sign.is_whitespace() || sign.is_control() => {}
            (State::After, _) => return Err(Open::AfterQuotes),
            (_, sign) => {
                value.push(sign);
                if !sign.is_whitespace() && sign != '\u{feff}' {
                    state = State::Plain;
                }
            }
        }
    }
    if state == State::Quoted {
        return Err(Open::Quotes);
    }
    values.push(tidy(&value));
    Ok(values)
}

/// Where a value is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Only blanks so far: a quote opens it.
    Before,
    /// Without quotes: one inside is a sign like another.
    Plain,
    Quoted,
    /// Its quotes are closed: only blanks may follow.
    After,
}

#[cfg(test)]
mod tests {
    use super::*;

    type Readings = Vec<(u64, Vec<String>)>;

    fn read(bytes: &[u8]) -> Result<(Vec<String>, Readings), String> {
        let said = |fault: ReadFault| fault.to_string();
        let mut records = Records::new(bytes, Encoding::Utf8);
        let header = records.header(|name| ["nom", "b", "Nom", "B"].contains(&name)).map_err(said)?;
        let mut readings = Vec::new();
        while let Some(read) = records.read_next().map_err(said)? {
            readings.push(read);
        }
        Ok((header, readings))
    }

    fn values(all: &[&str]) -> Vec<String> {
        all.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn the_header_tells_the_separator_and_values_may_be_quoted() {
        let (header, readings) = read("\u{feff}Nom,B\r\n\r\n\"A, \"\"b\"\"\" , c \r\nd;e,f\r\n".as_bytes()).unwrap();
        assert_eq!(header, ["Nom", "B"]);
        assert_eq!(readings, [(3, values(&["A, \"b\"", "c"])), (4, values(&["d;e", "f"]))]);
    }

    #[test]
    fn rows_that_hold_nothing_are_passed_over_wherever_they_stand() {
        let (header, readings) = read(b"\r\n;;\r\n ; \r\nnom;b\r\n\r\n;\r\n1;2\r\n \t;\"\"\r\n\x1a").unwrap();
        assert_eq!((header, readings), (values(&["nom", "b"]), vec![(7, values(&["1", "2"]))]));
        assert_eq!(read(b"").unwrap(), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_first_line_may_say_the_separator() {
        for start in ["sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "\u{feff}sep=;\n", "sep=;;;\n", "\nsep=;\n"] {
            assert_eq!(read(format!("{start}nom;b\n1,0;2\n").as_bytes()).unwrap().0, ["nom", "b"], "{start}");
        }
        assert_eq!(read(b"sep=#\nnom#b\n1#2\n").unwrap().1[0].1, ["1", "2"]);
    }

    #[test]
    fn a_value_in_quotes_may_go_over_several_lines_and_the_numbers_stay_right() {
        let (_, readings) = read(b"nom;b\n\"Atelier\r\ndu Pont\";2\n3;4\n").unwrap();
        assert_eq!(readings, [(2, values(&["Atelier du Pont", "2"])), (4, values(&["3", "4"]))]);
    }

    #[test]
    fn quotes_that_do_not_close_refuse_the_file() {
        for (bytes, why) in [
            ("nom;b\n1;\"x\n2;y\n", "ouverts à la ligne 2"),
            ("nom;b\n1;\"x\n2;\"y\n3;z\n", "ligne 2, un texte suit"),
            ("nom;b\n1;2\n3;\"a\"b\n", "ligne 3, un texte suit"),
            (&("nom;b\n\"".to_owned() + &"\n".repeat(200) + "\";1"), "ouverts à la ligne 2"),
            ("nom;b\nZo\u{fffd};1\n", "ligne 2 sont déjà perdues"),
        ] {
            let said = read(bytes.as_bytes()).expect_err(why);
            assert!(said.contains(why), "{said}");
        }
    }

    #[test]
    fn a_record_without_end_refuses_the_file_and_holds_no_memory() {
        let long = |count: usize| ["nom;b\n".to_owned(), "x".repeat(count), ";1\n2;3\n".to_owned()].concat();
        assert_eq!(read(long(MAX_RECORD - 3).as_bytes()).unwrap().1.len(), 2);
        for count in [MAX_RECORD - 2, MAX_RECORD, 3 * MAX_RECORD] {
            assert!(read(long(count).as_bytes()).expect_err("a refusal").contains("la ligne 2 a plus de"));
        }
    }
}
