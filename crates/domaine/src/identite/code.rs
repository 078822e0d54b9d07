//! Codes that somebody copies: the six figures of a letter by mail, and what opens the way back into an account: the token
//! of a link, or the code that an operator printed. What a code opens is not known here.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;
use super::small::Small;

/// The six figures that were sent to a mailbox, or that an application shows. `Debug` shows nothing of them.
///
/// ```
/// use domaine::identite::CodeCourriel;
/// assert_eq!(CodeCourriel::parse("041 837").unwrap().as_str(), "041837");
/// assert_eq!(CodeCourriel::parse("٠٤١٨٣٧").unwrap().as_str(), "041837");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CodeCourriel(String);

/// Why a text is not a code: the first part, from the left, that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeInvalide {
    /// Nothing was typed.
    #[serde(rename = "vide")]
    Empty,
    /// All that stands can be right; so many characters are missing.
    #[serde(rename = "manque")]
    Missing(Small),
    /// More characters than a code has.
    #[serde(rename = "trop_long")]
    TooLong,
    /// A character that no code has. The replacement character stands for an invisible one.
    Caractere(char),
}

impl CodeInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn can_become_right(&self) -> bool {
        matches!(self, Self::Empty | Self::Missing(_))
    }
}

/// What counts in a code, as people copy it: no space, no hyphen, a figure in any script.
fn significant(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !latin::is_blank(*c) && !latin::is_hyphen(*c))
        .map(|c| latin::digit(c).map_or(c, char::from))
}

/// The characters of a code, each as `read` understands it.
fn characters(text: &str, length: usize, read: impl Fn(char) -> Option<char>) -> Result<String, CodeInvalide> {
    let mut code = String::new();
    for c in significant(text) {
        if code.len() == length {
            return Err(CodeInvalide::TooLong);
        }
        code.push(read(c).ok_or(CodeInvalide::Caractere(latin::presentable(c)))?);
    }
    match length - code.len() {
        0 => Ok(code),
        missing if missing == length => Err(CodeInvalide::Empty),
        missing => Err(CodeInvalide::Missing(Small::bound(missing))),
    }
}

/// The characters of a code of today, or of one of before, that was shorter: whole at that length, it is read as it is.
fn of_today_or_before(text: &str, [today, before]: [usize; 2]) -> Result<String, CodeInvalide> {
    let length = if significant(text).count() == before { before } else { today };
    characters(text, length, copied)
}

impl CodeCourriel {
    /// How many figures it has.
    pub const LENGTH: usize = 6;

    /// Reads a code, with or without spaces.
    ///
    /// # Errors
    /// The first part that cannot be right, else what is missing at the end.
    pub fn parse(text: &str) -> Result<Self, CodeInvalide> {
        characters(text, Self::LENGTH, |c| c.is_ascii_digit().then_some(c)).map(Self)
    }

    /// The code that a number below a million stands for.
    pub fn of(number: u32) -> Self {
        Self(format!("{:06}", number % 1_000_000))
    }

    /// The six figures.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The figures by threes, as a letter shows them.
    pub fn group(&self) -> String {
        let (start, end) = self.0.split_at(Self::LENGTH / 2);
        [start, " ", end].concat()
    }
}

impl fmt::Debug for CodeCourriel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeCourriel(…)")
    }
}

/// A sign that was copied from paper, as it was printed: nobody tells O from 0.
fn copied(c: char) -> Option<char> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    Token::ALPHABET.contains(c).then_some(c)
}

/// A code that its holder keeps for the day when they have nothing else to show besides the password. `Debug` shows nothing of it.
///
/// ```
/// use domaine::identite::CodeSecours;
/// let code = CodeSecours::parse("7k2d q9xm O4ab wz8r 5hnt c3ye").unwrap();
/// assert_eq!(code.group(), "7K2D-Q9XM-04AB-WZ8R-5HNT-C3YE");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CodeSecours(String);

impl CodeSecours {
    /// How many characters it has: 120 bits, so that nothing is gained by trying hashes where they are kept.
    pub const LENGTH: usize = 24;
    /// Those of before had 60 bits; they serve until others are made.
    const BEFORE: usize = 12;

    /// Reads a code as people copy it.
    ///
    /// # Errors
    /// The first part that cannot be right, else what is missing at the end.
    pub fn parse(text: &str) -> Result<Self, CodeInvalide> {
        of_today_or_before(text, [Self::LENGTH, Self::BEFORE]).map(Self)
    }

    /// The code that these bytes stand for: each sign is as likely.
    pub fn of(bytes: [u8; Self::LENGTH]) -> Self {
        let alphabet = Token::ALPHABET.as_bytes();
        Self(bytes.iter().map(|byte| char::from(alphabet[usize::from(byte % 32)])).collect())
    }

    /// Its characters, as they are compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// By fours, as it is shown.
    pub fn group(&self) -> String {
        let signs: Vec<char> = self.0.chars().collect();
        signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
    }
}

impl fmt::Debug for CodeSecours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeSecours(…)")
    }
}

/// A secret that nobody guesses, as a link carries it or as a person copies it from paper. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub enum Token {
    /// The 64 figures of a link.
    Link(String),
    /// The code that an operator printed.
    Printed(String),
}

impl Token {
    /// How many characters a printed code has: 120 bits.
    pub const PRINTED: usize = 24;
    /// Those of before had 80 bits; the last one serves for thirty days.
    const PRINTED_BEFORE: usize = 16;
    /// What it is made of: no I, L, O nor U, that are taken for others.
    pub const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const LINK: usize = 64;

    /// Reads either.
    ///
    /// ```
    /// use domaine::identite::Token;
    /// let printed = Token::parse("7k2d-q9xm-04ab-wz8r-5hnt-c3ye").unwrap();
    /// assert_eq!(printed.as_str(), "7K2DQ9XM04ABWZ8R5HNTC3YE");
    /// assert_eq!(Token::parse("7K2D Q9XM O4AB WZ8R 5HNT C3YE").unwrap(), printed);
    /// ```
    ///
    /// # Errors
    /// The first part that cannot be right, else what is missing at the end, of a printed code.
    pub fn parse(text: &str) -> Result<Self, CodeInvalide> {
        if text.len() == Self::LINK && text.bytes().all(|c| c.is_ascii_hexdigit()) {
            return Ok(Self::Link(text.to_ascii_lowercase()));
        }
        of_today_or_before(text, [Self::PRINTED, Self::PRINTED_BEFORE]).map(Self::Printed)
    }

    /// Its characters, as they are compared.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Link(text) | Self::Printed(text) => text,
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_figures_are_read_whatever_stands_between_them() {
        for text in ["041837", " 041 837 ", "041-837", "0 4 1 8 3 7", "\u{ff10}\u{ff14}1837", "041\u{a0}837\u{200b}"] {
            assert_eq!(
                CodeCourriel::parse(text).map(|code| code.as_str().to_owned()),
                Ok("041837".to_owned()),
                "{text}"
            );
        }
        assert_eq!(CodeCourriel::of(41_837).group(), "041 837");
    }

    #[test]
    fn a_code_is_judged_from_its_first_character() {
        for (text, faute) in [
            ("", CodeInvalide::Empty),
            (" - ", CodeInvalide::Empty),
            ("0418", CodeInvalide::Missing(Small(2))),
            ("0418375", CodeInvalide::TooLong),
            ("O41837", CodeInvalide::Caractere('O')),
            ("041,837", CodeInvalide::Caractere(',')),
        ] {
            assert_eq!(CodeCourriel::parse(text), Err(faute), "{text}");
        }
    }

    #[test]
    fn the_token_of_a_link_is_read_whole_and_a_printed_code_as_people_copy_it() {
        let link = "0f".repeat(32);
        assert_eq!(Token::parse(&link.to_uppercase()), Ok(Token::Link(link.clone())));
        assert_eq!(Token::parse(&link[1..]), Err(CodeInvalide::TooLong));
        assert_eq!(Token::parse("il0o"), Err(CodeInvalide::Missing(Small(20))));
        assert_eq!(Token::parse("U"), Err(CodeInvalide::Caractere('U')));
        assert_eq!(Token::parse(""), Err(CodeInvalide::Empty));
    }

    #[test]
    fn a_code_of_last_resort_is_read_as_it_is_shown_and_judged_from_the_left() {
        for bytes in [[0; 24], [31; 24], [255; 24]] {
            let code = CodeSecours::of(bytes);
            assert_eq!(code.group().len(), 29);
            assert_eq!(CodeSecours::parse(&code.group().to_lowercase()), Ok(code));
        }
        assert_eq!(CodeSecours::parse("7K2D-Q9"), Err(CodeInvalide::Missing(Small(18))));
        assert_eq!(CodeSecours::parse("7U"), Err(CodeInvalide::Caractere('U')));
        assert_eq!(CodeSecours::parse("7K2D-Q9XM-04AB-WZ8R-5HNT-C3YE-0"), Err(CodeInvalide::TooLong));
    }

    #[test]
    fn a_code_of_before_is_read_at_its_own_length_and_one_sign_more_is_the_beginning_of_one_of_today() {
        assert_eq!(CodeSecours::parse("7k2d-q9xm-O4ab").map(|code| code.group()), Ok("7K2D-Q9XM-04AB".to_owned()));
        assert_eq!(CodeSecours::parse("7K2D-Q9XM-04ABC"), Err(CodeInvalide::Missing(Small(11))));
        let before = "7K2DQ9XM04ABWZ8R";
        assert_eq!(Token::parse("7k2d q9xm 04ab wz8r"), Ok(Token::Printed(before.to_owned())));
        assert_eq!(Token::parse(&format!("{before}0")), Err(CodeInvalide::Missing(Small(7))));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", CodeCourriel::of(41_837)), "CodeCourriel(…)");
        assert_eq!(format!("{:?}", CodeSecours::of([7; 24])), "CodeSecours(…)");
        assert_eq!(format!("{:?}", Token::Printed("7K2DQ9XM04ABWZ8R".to_owned())), "Token(…)");
    }
}
