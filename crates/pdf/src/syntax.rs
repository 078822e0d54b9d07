//! The words of a PDF, and its dictionaries: their own entries, whatever these hold. Follows no reference.

/// One word, where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `/Name`, without its stroke.
    Name(&'a [u8]),
    /// `(text)`, as it is written between its brackets.
    Literal(&'a [u8]),
    /// `<7465787432>`, as it is written between its brackets.
    Hex(&'a [u8]),
    /// A number, `R`, `true`, `obj`.
    Word(&'a [u8]),
    /// `<<` or `[`.
    Open {
        /// `<<`.
        dict: bool,
    },
    /// `>>` or `]`.
    Close {
        /// `>>`.
        dict: bool,
    },
}

/// The words of some bytes, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'a>(&'a [u8]);

impl<'a> Tokens<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What was not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The next word, when it is an integer.
    pub(crate) fn integer(&mut self) -> Option<i64> {
        match self.next()? {
            Token::Word(word) => integer(word),
            _ => None,
        }
    }

    /// The bytes of a text, without their escapes; nothing when the next word is none.
    fn text(&mut self) -> Option<Vec<u8>> {
        match self.next()? {
            Token::Literal(written) => Some(unescape(written)),
            Token::Hex(written) => Some(from_hex(written)),
            _ => None,
        }
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// The regular characters that come next.
    fn regular(&mut self) -> &'a [u8] {
        let end = self.0.iter().position(|byte| is_space(*byte) || b"()<>[]{}/%".contains(byte));
        self.take(end.unwrap_or(self.0.len()))
    }

    /// What stands before that closing bracket, which is passed.
    fn until(&mut self, end: Option<usize>) -> Option<&'a [u8]> {
        let inside = self.take(end?);
        self.take(1);
        Some(inside)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.0.first()?;
            return match first {
                space if is_space(space) => {
                    self.take(1);
                    continue;
                }
                b'%' => {
                    let end = self.0.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                    self.take(end.unwrap_or(self.0.len()));
                    continue;
                }
                b'/' => {
                    self.take(1);
                    Some(Token::Name(self.regular()))
                }
                b'(' => {
                    self.take(1);
                    self.until(closing(self.0)).map(Token::Literal)
                }
                b'<' | b'>' if self.0.get(1) == Some(&first) => {
                    self.take(2);
                    Some(if first == b'<' { Token::Open { dict: true } } else { Token::Close { dict: true } })
                }
                b'<' => {
                    self.take(1);
                    self.until(self.0.iter().position(|byte| *byte == b'>')).map(Token::Hex)
                }
                b'[' | b']' => {
                    self.take(1);
                    Some(if first == b'[' { Token::Open { dict: false } } else { Token::Close { dict: false } })
                }
                b'>' | b')' | b'{' | b'}' => {
                    self.take(1);
                    continue;
                }
                _ => Some(Token::Word(self.regular())),
            };
        }
    }
}

/// A dictionary: each of its own names, with the bytes that begin with its value.
#[derive(Debug)]
pub(crate) struct Dict<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Dict<'a> {
    /// The dictionary that these bytes begin with; nothing when it does not end among them.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut tokens = Tokens::new(bytes);
        if tokens.next()? != (Token::Open { dict: true }) {
            return None;
        }
        let mut entries = Vec::new();
        let mut key = None;
        let mut depth = 0_usize;
        loop {
            let before = tokens.rest();
            let token = tokens.next()?;
            let value = key.take_if(|_| depth == 0 && !matches!(token, Token::Close { .. }));
            if let Some(key) = value {
                entries.push((key, before));
            }
            match token {
                Token::Open { .. } => depth += 1,
                Token::Close { dict: true } if depth == 0 => return Some(Self(entries)),
                Token::Close { .. } => depth = depth.saturating_sub(1),
                Token::Name(name) if depth == 0 && value.is_none() => key = Some(name),
                _ => {}
            }
        }
    }

    pub(crate) fn has(&self, name: &[u8]) -> bool {
        self.0.iter().any(|(key, _)| *key == name)
    }

    fn value(&self, name: &[u8]) -> Option<Tokens<'a>> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, bytes)| Tokens::new(bytes))
    }

    pub(crate) fn name(&self, name: &[u8]) -> Option<&'a [u8]> {
        match self.value(name)?.next()? {
            Token::Name(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn integer(&self, name: &[u8]) -> Option<i64> {
        self.value(name)?.integer()
    }

    pub(crate) fn is_false(&self, name: &[u8]) -> bool {
        self.value(name).and_then(|mut tokens| tokens.next()) == Some(Token::Word(b"false"))
    }

    pub(crate) fn text(&self, name: &[u8]) -> Option<Vec<u8>> {
        self.value(name)?.text()
    }

    /// The texts of an array.
    pub(crate) fn texts(&self, name: &[u8]) -> impl Iterator<Item = Vec<u8>> {
        let mut tokens = self.value(name).filter(|tokens| tokens.clone().next() == Some(Token::Open { dict: false }));
        if let Some(tokens) = &mut tokens {
            tokens.next();
        }
        std::iter::from_fn(move || tokens.as_mut()?.text())
    }

    pub(crate) fn dict(&self, name: &[u8]) -> Option<Self> {
        Self::read(self.value(name)?.rest())
    }

    /// `5 0 R`: the number and the generation of an object.
    pub(crate) fn reference(&self, name: &[u8]) -> Option<(i64, i64)> {
        let mut tokens = self.value(name)?;
        let named = (tokens.integer()?, tokens.integer()?);
        (tokens.next() == Some(Token::Word(b"R"))).then_some(named)
    }
}

/// An integer as PDF writes it; some write them with a point.
pub(crate) fn integer(word: &[u8]) -> Option<i64> {
    let word = std::str::from_utf8(word).ok()?;
    word.strip_suffix(".0").unwrap_or(word).parse().ok()
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// Where a literal text ends: its own brackets go by pairs, or are escaped.
fn closing(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    bytes.iter().position(|byte| {
        match byte {
            _ if escaped => {
                escaped = false;
                return false;
            }
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            _ => {}
        }
        false
    })
}

fn unescape(written: &[u8]) -> Vec<u8> {
    let mut bytes = written.iter().copied().peekable();
    let mut text = Vec::with_capacity(written.len());
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            text.push(byte);
            continue;
        }
        match bytes.next() {
            Some(b'n') => text.push(b'\n'),
            Some(b'r') => text.push(b'\r'),
            Some(b't') => text.push(b'\t'),
            Some(b'b') => text.push(8),
            Some(b'f') => text.push(12),
            // A line that goes on.
            Some(b'\r') => {
                let _line_feed = bytes.next_if_eq(&b'\n');
            }
            Some(b'\n') | None => {}
            Some(first @ b'0'..=b'7') => {
                let mut value = first - b'0';
                for _ in 0..2 {
                    let Some(digit) = bytes.next_if(|byte| matches!(byte, b'0'..=b'7')) else { break };
                    value = value.wrapping_mul(8).wrapping_add(digit - b'0');
                }
                text.push(value);
            }
            Some(other) => text.push(other),
        }
    }
    text
}

fn from_hex(written: &[u8]) -> Vec<u8> {
    let digits = written.iter().filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|digit| u8::try_from(digit).ok()).collect();
    // A digit that lacks at the end is a zero.
    digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_says_its_own_entries_whatever_they_hold() {
        let dict = Dict::read(
            b" <</A 1/B[<</Encrypt 9 0 R>>(])>>)]/C<</Encrypt 8 0 R/D<<>>>> % /Encrypt 7 0 R\n/Encrypt 5 0 R /N/M /Z 3>> /After 1",
        )
        .expect("a dictionary");
        assert_eq!(dict.reference(b"Encrypt"), Some((5, 0)));
        assert_eq!(dict.integer(b"A"), Some(1));
        assert_eq!(dict.name(b"N"), Some(b"M".as_slice()));
        assert_eq!(dict.integer(b"Z"), Some(3));
        assert!(dict.dict(b"C").is_some_and(|inner| inner.has(b"D") && inner.reference(b"Encrypt") == Some((8, 0))));
        assert!(!dict.has(b"D") && !dict.has(b"M") && !dict.has(b"After"));
    }

    #[test]
    fn one_that_does_not_end_is_none() {
        for bytes in [b"<</A 1".as_slice(), b"<</A (1>>", b"<</A <</B 1>>", b"/A 1>>", b"", b"<</A <31>"] {
            assert!(Dict::read(bytes).is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn texts_are_read_in_both_writings() {
        let dict =
            Dict::read(b"<</A (a\\(\\051(b)\\\\\\n\\7\\1234\\\r\nc)/B <4 1 4>/ID[<00ff>(x)]>>").expect("a dictionary");
        assert_eq!(dict.text(b"A").as_deref(), Some(b"a()(b)\\\n\x07S4c".as_slice()));
        assert_eq!(dict.text(b"B").as_deref(), Some(b"A@".as_slice()));
        assert_eq!(dict.texts(b"ID").collect::<Vec<_>>(), [b"\0\xff".to_vec(), b"x".to_vec()]);
        assert_eq!(dict.texts(b"A").count(), 0);
    }

    #[test]
    fn a_deep_dictionary_is_read_as_a_flat_one() {
        let deep = [b"<</A ".repeat(50_000), b">>".repeat(50_000)].concat();
        assert!(Dict::read(&deep).is_some_and(|dict| dict.has(b"A")));
    }
}
