//! What makes a password strong enough. Nothing here keeps one.
//!
//! Source: CNIL, délibération 2022-100 of 21 July 2022 (recommendation on passwords): 80 bits for
//! a password alone, 50 bits where repeated attempts are slowed down or blocked, which the server
//! does; no renewal imposed. Length comes first: no kind of character is required.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;
use super::small::Small;

/// A password strong enough, kept only as long as it takes to hash it. `Debug` shows nothing of it.
///
/// ```
/// use domaine::identite::{MotDePasse, MotDePasseInvalide};
/// assert!(MotDePasse::parse("trois grues vertes").is_ok());
/// assert!(matches!(MotDePasse::parse("azerty"), Err(MotDePasseInvalide::Weak { .. })));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct MotDePasse(String);

/// Why a text cannot be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MotDePasseInvalide {
    /// Nothing was typed.
    #[serde(rename = "vide")]
    Empty,
    /// Not strong enough: this many more characters of the same kinds would do.
    #[serde(rename = "faible")]
    Weak {
        /// How many more characters.
        #[serde(rename = "manque")]
        missing: Small,
    },
    /// More than 256 characters.
    #[serde(rename = "trop_long")]
    TooLong,
    /// A control character, which no keyboard can type again.
    Caractere,
    /// Holds one's own name or e-mail.
    #[serde(rename = "personnel")]
    Personal,
    /// Among those that everybody chooses: told by the server.
    #[serde(rename = "courant")]
    Current,
}

impl MotDePasseInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn can_become_right(&self) -> bool {
        matches!(self, Self::Empty | Self::Weak { .. })
    }
}

/// The strength from which a password is accepted, in bits. Source: CNIL 2022, password with
/// slowed down attempts.
pub const ACCEPTED_THRESHOLD: u16 = 50;
/// The strength that is advised, in bits. Source: CNIL 2022, password alone.
pub const ADVISED_THRESHOLD: u16 = 80;
/// The most characters a password may have: a bound on hashing, not on strength.
pub const MAX_LENGTH: usize = 256;

/// How strong a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strength {
    milli_bits: u32,
    per_character: u32,
}

impl Strength {
    /// Whole bits, rounded down.
    pub fn bits(self) -> u16 {
        u16::try_from(self.milli_bits / 1_000).unwrap_or(u16::MAX)
    }

    /// How many more characters of the same kinds reach that many bits; 0 when they are reached.
    pub const fn missing(self, threshold: u16) -> usize {
        (threshold as u32 * 1_000).saturating_sub(self.milli_bits).div_ceil(self.per_character) as usize
    }
}

/// Measures a password: its length times the bits of the alphabets it draws from, as the CNIL
/// counts them, in thousandths of a bit since no fraction of a number may enter here.
///
/// A character that only repeats or continues what is before it counts for nothing: aaaa, 1234,
/// azerty, motdepassemotdepasse.
///
/// ```
/// use domaine::identite::mot_de_passe::{ACCEPTED_THRESHOLD, measure};
/// assert_eq!(measure("8402957316482059").bits(), 53);
/// assert_eq!(measure("1234567890123456").bits(), 6);
/// assert_eq!(measure("grues vert").missing(ACCEPTED_THRESHOLD), 0);
/// ```
pub fn measure(text: &str) -> Strength {
    let characters: Vec<char> = text.chars().map(|c| c.to_ascii_lowercase()).collect();
    let (mut digits, mut lowercase, mut uppercase, mut others) = (0, 0, 0, 0);
    for c in text.chars() {
        match c {
            '0'..='9' => digits = 10,
            'a'..='z' => lowercase = 26,
            'A'..='Z' => uppercase = 26,
            // Special characters; letters with accents are among them, fewer people try those.
            _ => others = 37,
        }
    }
    let per_character = milli_bits(digits + lowercase + uppercase + others);
    let accounts = (1..=characters.len()).filter(|end| !is_expected(&characters[..*end])).count();
    Strength { milli_bits: u32::try_from(accounts).unwrap_or(u32::MAX).saturating_mul(per_character), per_character }
}

/// The rows of keyboards and the runs that fingers follow.
const TAILS: [&[u8]; 8] = [
    b"abcdefghijklmnopqrstuvwxyz",
    b"012345678901",
    b"azertyuiop",
    b"qsdfghjklm",
    b"wxcvbn",
    b"qwertyuiop",
    b"asdfghjkl",
    b"zxcvbnm",
];

/// Whether the last character is no surprise after those before it: with the two before, it
/// makes a run, or three characters that were already there.
fn is_expected(characters: &[char]) -> bool {
    let [start @ .., a, b, c] = characters else { return false };
    (a == b && b == c) || is_a_run([*a, *b, *c]) || {
        let before = &characters[..start.len() + 2];
        before.windows(3).any(|three| three == [*a, *b, *c])
    }
}

/// Whether these three follow one another on a keyboard or in the alphabet, one way or the other.
fn is_a_run(three: [char; 3]) -> bool {
    let [Ok(a), Ok(b), Ok(c)] = three.map(u8::try_from) else { return false };
    TAILS.iter().flat_map(|tail| tail.windows(3)).any(|tail| tail == [a, b, c] || tail == [c, b, a])
}

/// 1 000 times the base-2 logarithm of the sizes that four alphabets can add up to, rounded down.
/// Without a character yet, small letters are what comes first.
const fn milli_bits(alphabet: u32) -> u32 {
    match alphabet {
        10 => 3_321,
        0 | 26 => 4_700,
        36 => 5_169,
        37 => 5_209,
        47 => 5_554,
        52 => 5_700,
        62 => 5_954,
        63 => 5_977,
        73 => 6_189,
        89 => 6_475,
        _ => 6_629,
    }
}

impl MotDePasse {
    /// Judges a password.
    ///
    /// # Errors
    /// [`MotDePasseInvalide`], with how many characters are missing.
    pub fn parse(text: &str) -> Result<Self, MotDePasseInvalide> {
        if text.is_empty() {
            return Err(MotDePasseInvalide::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(MotDePasseInvalide::Caractere);
        }
        if text.chars().count() > MAX_LENGTH {
            return Err(MotDePasseInvalide::TooLong);
        }
        match measure(text).missing(ACCEPTED_THRESHOLD) {
            0 => Ok(Self(text.to_owned())),
            missing => Err(MotDePasseInvalide::Weak { missing: Small::bound(missing) }),
        }
    }

    /// The password itself, for whoever hashes it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is little more than these details of the person (names, e-mail, birth date):
    /// without their words, in any case and with any accents, what is left would not be strong
    /// enough. A long sentence may hold a first name.
    ///
    /// ```
    /// use domaine::identite::MotDePasse;
    /// let details = ["Pat-Trois", "Dominique", "d.pat@example.org"];
    /// assert!(MotDePasse::parse("DOMINIQUE-pat-trois!").unwrap().contains_personal(&details));
    /// assert!(!MotDePasse::parse("dominique aime les grues vertes").unwrap().contains_personal(&details));
    /// ```
    pub fn contains_personal(&self, details: &[&str]) -> bool {
        let (folded, indices) = fold(&self.0);
        let mut personal_texts = vec![false; self.0.chars().count()];
        let separates = |c: char| !c.is_ascii_digit() && !latin::is_latin(c) && !latin::is_mark(c);
        for word in details.iter().flat_map(|detail| detail.split(separates)) {
            let (word, _) = fold(word);
            // Shorter ones are in every text.
            if word.len() < 3 {
                continue;
            }
            for (start, window) in folded.windows(word.len()).enumerate() {
                if window == word {
                    indices[start..start + word.len()].iter().for_each(|index| personal_texts[*index] = true);
                }
            }
        }
        let rest: String =
            self.0.chars().zip(&personal_texts).filter(|(_, personal)| !**personal).map(|(c, _)| c).collect();
        personal_texts.contains(&true) && measure(&rest).missing(ACCEPTED_THRESHOLD) > 0
    }
}

/// The text in capitals without accents, and for each letter the rank of the one it comes from.
fn fold(text: &str) -> (Vec<char>, Vec<usize>) {
    let (mut folded, mut indices) = (Vec::new(), Vec::new());
    let mut letter = String::new();
    for (index, c) in text.chars().enumerate() {
        letter.clear();
        latin::fold(c, &mut letter);
        for c in letter.chars() {
            folded.push(c);
            indices.push(index);
        }
    }
    (folded, indices)
}

impl fmt::Debug for MotDePasse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MotDePasse(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_as_the_cnil_counts_them() {
        for (text, bits) in [
            ("kx7fpq2vmz5w", 62),
            ("Kx7!pQz2mWv9", 79),
            ("Kx7mpQz2mWv9bt", 83),
            ("Kx7!pQz2", 53),
            ("8402957316482059", 53),
            ("", 0),
        ] {
            assert_eq!(measure(text).bits(), bits);
        }
    }

    #[test]
    fn what_only_repeats_or_continues_counts_for_nothing() {
        for (text, like) in [
            ("aaaaaaaa", "aa"),
            ("12345678", "12"),
            ("87654321", "87"),
            ("AzErTyUiOp", "Az"),
            ("mlkjhgfdsq", "ml"),
            ("xkxkxkxkxk", "xkxk"),
            ("vertgruevertgrue", "vertgrueve"),
        ] {
            assert_eq!(measure(text).bits(), measure(like).bits(), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_told_and_is_enough() {
        let Err(MotDePasseInvalide::Weak { missing }) = MotDePasse::parse("grues") else { panic!("accepted") };
        assert_eq!(missing, Small(6));
        assert!(MotDePasse::parse("gruesmarche").is_ok());
        assert_eq!(measure("").missing(ACCEPTED_THRESHOLD), 11);
    }

    #[test]
    fn a_password_made_of_oneself_is_seen_and_a_long_sentence_is_left_alone() {
        let judged = |text: &str, details: &[&str]| MotDePasse::parse(text).unwrap().contains_personal(details);
        assert!(judged("Éléonore-Lœven-1979", &["eleonore", "LOEVEN", "1979-03-28"]));
        assert!(judged("jean.dupont@example.org", &["jean.dupont@example.org"]));
        assert!(!judged("Kx7!pQz2mWv9", &["Léa", "a@b.fr"]));
        assert!(!judged("quatre chevaux bleus de Léa", &["Léa"]));
        assert!(!judged("gruesmarche", &["", "-", "gr"]));
    }

    #[test]
    fn a_password_is_bounded_and_can_be_typed_again() {
        assert_eq!(MotDePasse::parse(&"xk7!".repeat(65)), Err(MotDePasseInvalide::TooLong));
        assert_eq!(MotDePasse::parse("trois\0grues vertes"), Err(MotDePasseInvalide::Caractere));
        assert_eq!(format!("{:?}", MotDePasse::parse("gruesmarche").unwrap()), "MotDePasse(…)");
        assert_eq!(MotDePasse::parse(" gruesmarche ").unwrap().expose(), " gruesmarche ");
    }
}
