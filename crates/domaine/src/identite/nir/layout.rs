//! The number as it is shown and pasted, right or not. Judges nothing.

use super::characters::{caractere, significant};

/// A text of fifteen characters, pasted into the box of the number: split into the number and its
/// key. Only its shape counts: it is for [`Nir::parse`] to judge.
///
/// ```
/// use domaine::identite::nir::separate;
/// assert_eq!(separate("2 79 03 51 215 189 89"), Some(("2790351215189".into(), "89".into())));
/// assert_eq!(separate("2 79 03"), None);
/// ```
pub fn separate(text: &str) -> Option<(String, String)> {
    let all: [u8; 15] = normalized(text)?;
    let text = |bytes: &[u8]| bytes.iter().map(|c| char::from(*c)).collect();
    Some((text(&all[..13]), text(&all[13..])))
}

/// A text of thirteen characters grouped as on a carte Vitale, right or not: a fault is easier to
/// find in a number that is easy to read.
///
/// ```
/// use domaine::identite::nir::group13;
/// assert_eq!(group13("2790351215189").as_deref(), Some("2 79 03 51 215 189"));
/// ```
pub fn group13(text: &str) -> Option<String> {
    normalized(text).map(|body: [u8; 13]| gather(&body))
}

pub(super) fn gather(body: &[u8; 13]) -> String {
    let mut group = String::with_capacity(21);
    for (place, c) in body.iter().enumerate() {
        if matches!(place, 1 | 3 | 5 | 7 | 10) {
            group.push(' ');
        }
        group.push(char::from(*c));
    }
    group
}

/// Exactly that many characters, each of a kind that its place allows.
fn normalized<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut all = [0_u8; N];
    let mut length = 0;
    for c in significant(text) {
        *all.get_mut(length)? = caractere(c, length, all[5]).ok()?;
        length += 1;
    }
    (length == N).then_some(all)
}
