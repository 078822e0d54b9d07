//! A code of one of the lists of the DSN, as it was declared: what a declaration says and what is stored of it are
//! the same word. Knows no list.

use std::fmt;

/// A value of one of the lists of the norm: one to four letters and figures, kept as declared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortCode([u8; 4]);

impl ShortCode {
    /// Reads one to four letters or figures.
    pub fn parse(text: &[u8]) -> Option<Self> {
        if text.is_empty() || text.len() > 4 || !text.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        let mut short_code = [0; 4];
        short_code[..text.len()].copy_from_slice(text);
        Some(Self(short_code))
    }

    /// The letters and figures.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|c| *c == 0).unwrap_or(4);
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

impl PartialEq<&str> for ShortCode {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_four_letters_or_figures_are_kept_as_declared() {
        for text in ["1", "01", "A2", "0099"] {
            assert_eq!(
                ShortCode::parse(text.as_bytes()).map(|short_code| short_code.to_string()).as_deref(),
                Some(text)
            );
        }
        for text in ["", "00001", "0 1", "é", "0-1"] {
            assert_eq!(ShortCode::parse(text.as_bytes()), None, "{text}");
        }
    }
}
