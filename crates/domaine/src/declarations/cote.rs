//! A code of one of the lists of the DSN, as it was declared: what a declaration says and what is stored of it are
//! the same word. Knows no list.

use std::fmt;

/// A value of one of the lists of the norm: one to four letters and figures, kept as declared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cote([u8; 4]);

impl Cote {
    /// Reads one to four letters or figures.
    pub fn lire(texte: &[u8]) -> Option<Self> {
        if texte.is_empty() || texte.len() > 4 || !texte.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        let mut cote = [0; 4];
        cote[..texte.len()].copy_from_slice(texte);
        Some(Self(cote))
    }

    /// The letters and figures.
    pub fn as_str(&self) -> &str {
        let longueur = self.0.iter().position(|c| *c == 0).unwrap_or(4);
        std::str::from_utf8(&self.0[..longueur]).unwrap_or_default()
    }
}

impl PartialEq<&str> for Cote {
    fn eq(&self, autre: &&str) -> bool {
        self.as_str() == *autre
    }
}

impl fmt::Display for Cote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Cote {
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
            assert_eq!(Cote::lire(text.as_bytes()).map(|cote| cote.to_string()).as_deref(), Some(text));
        }
        for text in ["", "00001", "0 1", "é", "0-1"] {
            assert_eq!(Cote::lire(text.as_bytes()), None, "{text}");
        }
    }
}
