//! The characters of a NIR as people type them: which count, which place allows which, what a part can be.
//! Knows nothing of what a whole number says.

use super::invalide::NirInvalide;
use crate::identite::latin;

/// The characters that count. Left out: spaces of any width, the separators that people and cards
/// use, and the invisible marks that copying brings along. A figure is that figure in any script.
pub(super) fn significant(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !latin::is_blank(*c) && !latin::is_hyphen(*c) && !matches!(c, '.' | '/' | '_' | '·'))
        .map(|c| latin::digit(c).map_or(c, char::from))
}

/// O for 0, I or l for 1: the letters that a hand or a printer confuses.
pub(super) const fn confused(c: char) -> char {
    match c {
        'O' | 'o' => '0',
        'I' | 'i' | 'l' | 'L' => '1',
        c => c,
    }
}

/// One character at its place. Only the 7th may be a letter, and only after a 2; there, no letter
/// is taken for a figure, since a letter is expected.
pub(super) fn caractere(c: char, place: usize, before: u8) -> Result<u8, NirInvalide> {
    match c {
        '0'..='9' => Ok(c as u8),
        'a' | 'A' if place == 6 && before == b'2' => Ok(b'A'),
        'b' | 'B' if place == 6 && before == b'2' => Ok(b'B'),
        _ => match confused(c) {
            digit @ '0'..='9' if place != 6 || before != b'2' => Ok(digit as u8),
            _ if place == 6 && c.is_ascii_alphabetic() => {
                Err(NirInvalide::Departement([char::from(before), c.to_ascii_uppercase()]))
            }
            _ => Err(NirInvalide::Caractere(c)),
        },
    }
}

/// Judges the part that the last character completes.
pub(super) fn judge(body: &[u8; 13], length: usize) -> Result<(), NirInvalide> {
    let pair = |place: usize| [char::from(body[place]), char::from(body[place + 1])];
    match length {
        1 => match body[0] {
            b'1' | b'2' => Ok(()),
            b'3' | b'4' | b'7' | b'8' => Err(NirInvalide::Provisional),
            b'5' | b'6' => Err(NirInvalide::Migrant),
            _ => Err(NirInvalide::Sexe),
        },
        // 01-12, 20, 30-42 and 50-99.
        5 => match (body[3], body[4]) {
            (b'0', b'1'..=b'9') | (b'1', b'0'..=b'2') | (b'2', b'0') | (b'3', _) => Ok(()),
            (b'4', b'0'..=b'2') | (b'5'..=b'9', _) => Ok(()),
            _ => Err(NirInvalide::Month(pair(3))),
        },
        7 if &body[5..7] == b"00" => Err(NirInvalide::Departement(pair(5))),
        10 if &body[7..10] == b"000" => Err(NirInvalide::Commune),
        13 if &body[10..13] == b"000" => Err(NirInvalide::Order),
        13 if &body[7..13] == b"999999" => Err(NirInvalide::Fictitious),
        _ => Ok(()),
    }
}
