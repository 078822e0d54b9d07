//! The characters of a NIR as people type them: which count, which place allows which, what a part can be.
//! Knows nothing of what a whole number says.

use super::invalide::NirInvalide;
use crate::identite::latin;

/// The characters that count. Left out: spaces of any width, the separators that people and cards
/// use, and the invisible marks that copying brings along.
pub(super) fn significatifs(texte: &str) -> impl Iterator<Item = char> {
    texte
        .chars()
        .filter(|c| !latin::est_blanc(*c) && !matches!(c, '.' | '-' | '\u{2010}'..='\u{2014}' | '/' | '_' | '·'))
}

/// O for 0, I or l for 1: the letters that a hand or a printer confuses.
pub(super) const fn confondu(c: char) -> char {
    match c {
        'O' | 'o' => '0',
        'I' | 'i' | 'l' | 'L' => '1',
        c => c,
    }
}

/// One character at its place. Only the 7th may be a letter, and only after a 2; there, no letter
/// is taken for a figure, since a letter is expected.
pub(super) fn caractere(c: char, place: usize, avant: u8) -> Result<u8, NirInvalide> {
    match c {
        '0'..='9' => Ok(c as u8),
        'a' | 'A' if place == 6 && avant == b'2' => Ok(b'A'),
        'b' | 'B' if place == 6 && avant == b'2' => Ok(b'B'),
        _ => match confondu(c) {
            chiffre @ '0'..='9' if place != 6 || avant != b'2' => Ok(chiffre as u8),
            _ if place == 6 && c.is_ascii_alphabetic() => {
                Err(NirInvalide::Departement([char::from(avant), c.to_ascii_uppercase()]))
            }
            _ => Err(NirInvalide::Caractere(c)),
        },
    }
}

/// Judges the part that the last character completes.
pub(super) fn juger(corps: &[u8; 13], longueur: usize) -> Result<(), NirInvalide> {
    let paire = |place: usize| [char::from(corps[place]), char::from(corps[place + 1])];
    match longueur {
        1 => match corps[0] {
            b'1' | b'2' => Ok(()),
            b'3' | b'4' | b'7' | b'8' => Err(NirInvalide::Provisoire),
            b'5' | b'6' => Err(NirInvalide::Migrant),
            _ => Err(NirInvalide::Sexe),
        },
        // 01-12, 20, 30-42 and 50-99.
        5 => match (corps[3], corps[4]) {
            (b'0', b'1'..=b'9') | (b'1', b'0'..=b'2') | (b'2', b'0') | (b'3', _) => Ok(()),
            (b'4', b'0'..=b'2') | (b'5'..=b'9', _) => Ok(()),
            _ => Err(NirInvalide::Mois(paire(3))),
        },
        7 if &corps[5..7] == b"00" => Err(NirInvalide::Departement(paire(5))),
        10 if &corps[7..10] == b"000" => Err(NirInvalide::Commune),
        13 if &corps[10..13] == b"000" => Err(NirInvalide::Ordre),
        13 if &corps[7..13] == b"999999" => Err(NirInvalide::Factice),
        _ => Ok(()),
    }
}
