//! The thirteen characters, their key, and what they say of a person. Knows nothing of accounts.

use std::fmt;

use super::characters::{caractere, judge, significant};
use super::invalide::NirInvalide;
use super::key::Step;
use super::layout::gather;
use crate::identite::lieu::Lieu;
use crate::identite::small::Small;

/// Thirteen characters without a key, as in a DSN. `Debug` shows nothing of them.
///
/// A NIR does not identify a person alone: it repeats every hundred years.
///
/// ```
/// use domaine::identite::{Nir13, NirInvalide};
/// let nir = Nir13::parse("2 79 03 51 215 189").unwrap();
/// assert_eq!(nir.key(), 89);
/// assert_eq!(Nir13::parse("28513"), Err(NirInvalide::Month(['1', '3'])));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir13(pub(super) [u8; 13]);

/// Thirteen characters and the key that agrees with them. `Debug` shows nothing of them.
///
/// Source of the key: 97 minus the remainder of the number by 97, with 2A read as 19 and 2B as 18.
///
/// ```
/// use domaine::identite::{Nir, NirInvalide};
/// assert!(Nir::parse("279035121518 9", "89").is_ok());
/// assert_eq!(Nir::parse("2790351215189", "98"), Err(NirInvalide::CleShape));
/// assert_eq!(Nir::parse("2790351215189", "88"), Err(NirInvalide::Cle));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir {
    body: Nir13,
    key: u8,
}

/// The sex that the first character stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sexe {
    /// 1.
    Homme,
    /// 2.
    Femme,
}

/// What a NIR says of a person. The century is not in it, and is not invented.
/// `Debug` shows nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NirParts {
    /// Sex at registration.
    pub sexe: Sexe,
    /// The last two figures of the birth year.
    pub year: u8,
    /// The month, 1 to 12; nothing when civil status did not know it (20, 30-42, 50-99).
    pub month: Option<u8>,
    /// The place of birth.
    pub lieu: Lieu,
}

impl Nir13 {
    /// Reads thirteen characters leniently (separators, lower case, O for 0, I or l for 1)
    /// and decides strictly.
    ///
    /// # Errors
    /// The first part, from the left, that cannot be right; missing characters only when all
    /// that stands can be right.
    pub fn parse(text: &str) -> Result<Self, NirInvalide> {
        let (nir, tail) = Self::start(text)?;
        if tail.is_empty() { Ok(nir) } else { Err(NirInvalide::TooLong) }
    }

    /// The thirteen characters, letters in upper case.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The key that agrees with these characters, 1 to 97.
    pub fn key(&self) -> u8 {
        let rest = self.0.iter().enumerate().fold(0_u32, |rest, (place, c)| {
            let digit = match c {
                // 2A is read as 19 and 2B as 18: the 2 before the letter becomes a 1.
                b'2' if place == 5 && self.0[6].is_ascii_alphabetic() => 1,
                b'A' => 9,
                b'B' => 8,
                c => u32::from(c - b'0'),
            };
            (rest * 10 + digit) % 97
        });
        97 - u8::try_from(rest).unwrap_or(0)
    }

    /// What the characters say of a person.
    pub fn read(&self) -> NirParts {
        let month = self.two(3);
        NirParts {
            sexe: if self.0[0] == b'1' { Sexe::Homme } else { Sexe::Femme },
            year: self.two(1),
            month: (1..=12).contains(&month).then_some(month),
            lieu: Lieu::of([self.0[5], self.0[6], self.0[7], self.0[8], self.0[9]]),
        }
    }

    /// The thirteen characters that a text begins with, and those that follow, three at most.
    fn start(text: &str) -> Result<(Self, Step), NirInvalide> {
        let mut body = [0_u8; 13];
        let mut tail = Step::default();
        let mut length = 0;
        for c in significant(text) {
            if length == 13 {
                tail.add(c);
                continue;
            }
            body[length] = caractere(c, length, body[5])?;
            length += 1;
            judge(&body, length)?;
        }
        if length < 13 {
            return Err(NirInvalide::Missing(Small::bound(13 - length)));
        }
        Ok((Self(body), tail))
    }

    fn two(&self, place: usize) -> u8 {
        (self.0[place] - b'0') * 10 + (self.0[place + 1] - b'0')
    }
}

impl Nir {
    /// Reads the thirteen characters and the key, from two boxes. The first box may hold all
    /// fifteen when the second is empty or repeats the end of the first.
    ///
    /// A key of one figure is taken for that figure after a 0 where that is right: « 5 » for « 05 ».
    ///
    /// # Errors
    /// As [`Nir13::parse`], then the faults of the key, which is judged from its first figure.
    pub fn parse(body: &str, key: &str) -> Result<Self, NirInvalide> {
        let (body, tail) = Nir13::start(body)?;
        let key = Step::of(key);
        if key.is_empty() || tail.is_empty() {
            let typed = if tail.is_empty() { &key } else { &tail };
            return match body.key_of(typed) {
                // The key follows in the same box: one more character is to come.
                Err(NirInvalide::CleMissing) if tail.length == 1 => Err(NirInvalide::Missing(Small(1))),
                _ if matches!(tail.length, 1 | 3) => Err(NirInvalide::TooLong),
                key => Ok(Self { key: key?, body }),
            };
        }
        // The key in both boxes: the same, or the beginning of the same.
        match (tail.length, key.length) {
            (3, _) => Err(NirInvalide::TooLong),
            _ if tail.digits[0] != key.digits[0] => Err(NirInvalide::TooLong),
            (1, _) => Err(NirInvalide::Missing(Small(1))),
            (_, 1) => Err(NirInvalide::CleMissing),
            _ if tail == key => body.with_key(&key),
            _ => Err(NirInvalide::TooLong),
        }
    }

    /// Reads the fifteen characters, key included, from one text.
    ///
    /// ```
    /// use domaine::identite::{Nir, NirInvalide};
    /// assert_eq!(Nir::parse15("2 79 03 51 215 189 89").unwrap().key(), 89);
    /// assert_eq!(Nir::parse15("2 79 03 51 215 189"), Err(NirInvalide::CleMissing));
    /// ```
    ///
    /// # Errors
    /// As [`Nir::parse`].
    pub fn parse15(text: &str) -> Result<Self, NirInvalide> {
        let (body, tail) = Nir13::start(text)?;
        if tail.length > 2 { Err(NirInvalide::TooLong) } else { body.with_key(&tail) }
    }

    /// The thirteen characters.
    pub const fn body(&self) -> &Nir13 {
        &self.body
    }

    /// The key, 1 to 97.
    pub const fn key(&self) -> u8 {
        self.key
    }

    /// The number and its key grouped as on a carte Vitale: « 2 79 03 51 215 189 89 ».
    pub fn group(&self) -> String {
        let mut group = gather(&self.body.0);
        group.push(' ');
        group.push(char::from(b'0' + self.key / 10));
        group.push(char::from(b'0' + self.key % 10));
        group
    }

    /// The number masked but for its first character, as a screen may show it.
    pub fn masked(&self) -> String {
        let mut masked = String::with_capacity(40);
        masked.push(char::from(self.body.0[0]));
        masked.push_str(" •• •• •• ••• ••• ••");
        masked
    }
}

impl Nir13 {
    fn with_key(self, key: &Step) -> Result<Nir, NirInvalide> {
        let key = self.key_of(key)?;
        Ok(Nir { body: self, key })
    }

    /// The key, when what was typed is the one that agrees.
    fn key_of(&self, typed: &Step) -> Result<u8, NirInvalide> {
        let expected = self.key();
        let [Some(tens), unit] = typed.digits.map(|c| c.to_digit(10)) else {
            return Err(if typed.is_empty() { NirInvalide::CleMissing } else { NirInvalide::CleShape });
        };
        match (typed.length, unit) {
            (1, _) if tens == u32::from(expected) => Ok(expected),
            (1, _) if tens == u32::from(expected / 10) => Err(NirInvalide::CleMissing),
            (1, _) => Err(NirInvalide::Cle),
            (2, Some(unit)) => match tens * 10 + unit {
                key if key == u32::from(expected) => Ok(expected),
                1..=97 => Err(NirInvalide::Cle),
                _ => Err(NirInvalide::CleShape),
            },
            _ => Err(NirInvalide::CleShape),
        }
    }
}

impl fmt::Debug for Nir13 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir13(…)")
    }
}

impl fmt::Debug for Nir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir(…)")
    }
}

impl fmt::Debug for NirParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NirLu(…)")
    }
}
