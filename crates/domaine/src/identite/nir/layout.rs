//! The number as it is shown and pasted, right or not. Judges nothing.

use super::characters::{caractere, significatifs};

/// A text of fifteen characters, pasted into the box of the number: split into the number and its
/// key. Only its shape counts: it is for [`Nir::parse`] to judge.
///
/// ```
/// use domaine::identite::nir::separer;
/// assert_eq!(separer("2 79 03 51 215 189 89"), Some(("2790351215189".into(), "89".into())));
/// assert_eq!(separer("2 79 03"), None);
/// ```
pub fn separer(texte: &str) -> Option<(String, String)> {
    let tous: [u8; 15] = normalises(texte)?;
    let texte = |octets: &[u8]| octets.iter().map(|c| char::from(*c)).collect();
    Some((texte(&tous[..13]), texte(&tous[13..])))
}

/// A text of thirteen characters grouped as on a carte Vitale, right or not: a fault is easier to
/// find in a number that is easy to read.
///
/// ```
/// use domaine::identite::nir::grouper13;
/// assert_eq!(grouper13("2790351215189").as_deref(), Some("2 79 03 51 215 189"));
/// ```
pub fn grouper13(texte: &str) -> Option<String> {
    normalises(texte).map(|corps: [u8; 13]| grouper(&corps))
}

pub(super) fn grouper(corps: &[u8; 13]) -> String {
    let mut groupe = String::with_capacity(21);
    for (place, c) in corps.iter().enumerate() {
        if matches!(place, 1 | 3 | 5 | 7 | 10) {
            groupe.push(' ');
        }
        groupe.push(char::from(*c));
    }
    groupe
}

/// Exactly that many characters, each of a kind that its place allows.
fn normalises<const N: usize>(texte: &str) -> Option<[u8; N]> {
    let mut tous = [0_u8; N];
    let mut longueur = 0;
    for c in significatifs(texte) {
        *tous.get_mut(longueur)? = caractere(c, longueur, tous[5]).ok()?;
        longueur += 1;
    }
    (longueur == N).then_some(tous)
}
