//! Whether two writings of a person's names can only be of two people. Not the contrary of `same_person`: between both stand
//! the slips of payroll, which neither let anybody in nor throw anybody out.

use super::nom::Nom;
use super::{latin, spelling};

/// Shorter words are initials and particles: as prefixes they would be found everywhere.
const WORD: usize = 3;
/// In a shorter word, a letter more or less makes another name: Lea and Leo.
const LONG: usize = 5;

/// Birth name and given names.
pub type Names<'a> = [&'a str; 2];

/// Whether those names have nothing in common: no word of the one, birth name or given names, in whatever order, is a word of
/// the other, the beginning of one, or one but for a slip of a letter.
///
/// A name in use instead of the birth name, a compound name of which a part is left out, given names in another order or one
/// alone, a name in the place of the given names: payroll writes all of these for one person every day, and each leaves a
/// word in common. Names that are not said have everything in common.
///
/// Source: decision 0034 of the house; no text says when an employer speaks of somebody else.
///
/// ```
/// use domaine::identite::nothing_in_common;
/// assert!(nothing_in_common(["Nouvel", "Camille"], ["AUTRE", "SACHA"]));
/// assert!(!nothing_in_common(["Nouvel", "Camille"], ["AUTRE", "CAMILLE"]));
/// ```
pub fn nothing_in_common(first: Names<'_>, second: Names<'_>) -> bool {
    let (first, second) = (words(first), words(second));
    let said = !first.is_empty() && !second.is_empty();
    said && first.iter().all(|word| second.iter().all(|other| !is_near(word, other)))
}

fn words(names: Names<'_>) -> Vec<&str> {
    let known = names.into_iter().filter(|text| Nom::parse_if_any(text).is_ok_and(|nom| !nom.is_none()));
    let parts = known.flat_map(|text| text.split(|c| !latin::is_latin(c) && !latin::is_mark(c)));
    parts.filter(|part| !part.is_empty()).collect()
}

fn is_near(first: &str, second: &str) -> bool {
    if spelling::agree(first, second) {
        return true;
    }
    let (first, second) = (capitals(first), capitals(second));
    let (short, long) = if first.len() <= second.len() { (&first, &second) } else { (&second, &first) };
    (short.len() >= WORD && long.starts_with(short)) || (short.len() >= LONG && is_a_slip(short, long))
}

fn capitals(word: &str) -> Vec<char> {
    let mut capitals = String::new();
    word.chars().for_each(|c| latin::fold(c, &mut capitals));
    capitals.chars().collect()
}

/// Whether a letter that was left out, added, changed, or two that were swapped, make the one of the other.
fn is_a_slip(short: &[char], long: &[char]) -> bool {
    let from_the_left = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let (short, long) = (&short[from_the_left..], &long[from_the_left..]);
    let from_the_right = short.iter().rev().zip(long.iter().rev()).take_while(|(one, other)| one == other).count();
    let (short, long) = (&short[..short.len() - from_the_right], &long[..long.len() - from_the_right]);
    match (short, long) {
        ([], [] | [_]) | ([_], [_]) => true,
        ([one, two], [three, four]) => one == four && two == three,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(first: Names<'_>, second: Names<'_>) -> bool {
        let (one, other) = (nothing_in_common(first, second), nothing_in_common(second, first));
        assert_eq!(one, other, "{first:?} {second:?}");
        one
    }

    #[test]
    fn what_payroll_writes_of_one_person_leaves_a_word_in_common() {
        let camille = ["Nouvel-Durand", "Camille Anne"];
        for (nom, prenoms, what) in [
            ("NOUVEL DURAND", "CAMILLE ANNE", "capitals"),
            ("DURAND", "CAMILLE", "a part of each"),
            ("LEFEVRE", "CAMILLE", "a name in use"),
            ("LEFEVRE", "ANNE", "a name in use, and another given name"),
            ("CAMILLE", "NOUVEL", "in the place of each other"),
            ("LEFEVRE", "CAM", "a short given name"),
            ("LEFEVRE", "KAMILLE", "a slip in the given name"),
            ("NOUVLE", "SACHA", "two letters swapped"),
            ("NOUVELL", "SACHA", "a letter added"),
            ("NOUVE", "SACHA", "a letter left out"),
            ("MOUVEL", "SACHA", "a letter changed"),
            ("LEFEVRE", "A CAMILLE", "an initial beside the given name"),
            ("LEFEVRE", "SANS PRENOM", "nothing against it but a name in use"),
        ] {
            let expected = prenoms == "SANS PRENOM";
            assert_eq!(apart(camille, [nom, prenoms]), expected, "{what}");
        }
        assert!(!apart(["Müller", "Jörg"], ["MUELLER", "HANS"]));
        assert!(!apart(["D’Arlac", "Zoé"], ["DARLAC ARLAC", "LOUISE"]));
    }

    #[test]
    fn two_people_have_nothing_in_common() {
        for (first, second) in [
            (["Nouvel", "Camille"], ["AUTRE", "SACHA"]),
            (["Lea", "Ana"], ["LEO", "ANE"]),
            (["Li", "Wei"], ["LU", "WANG"]),
            (["Pat-Trois", "Dominique"], ["NOUVEL", "CAMILLE"]),
            (["Ndiaye", "Awa"], ["DELMAS", "SOLENE"]),
        ] {
            assert!(apart(first, second), "{first:?} {second:?}");
        }
    }

    #[test]
    fn a_name_that_is_not_said_is_no_other() {
        for silent in [["", ""], ["-", "-"], ["SANS NOM", "SNP"], ["9", "?"]] {
            assert!(!apart(["Nouvel", "Camille"], silent), "{silent:?}");
        }
        assert!(apart(["-", "Camille"], ["AUTRE", "SACHA"]));
        assert!(!apart(["-", "Camille"], ["CAMILLE", "-"]));
    }

    #[test]
    fn a_slip_is_one_letter() {
        for (first, second, slip) in [
            ("DUPONT", "DUPOND", true),
            ("DUPONT", "DUPNOT", true),
            ("DUPONT", "DUPON", true),
            ("DUPONT", "DUPPONT", true),
            ("DUPONT", "DUPARD", false),
            ("DUPONT", "DUPONTEL", false),
            ("DUPONT", "UDPNOT", false),
        ] {
            let [first, second] = [first, second].map(capitals);
            let (short, long) = if first.len() <= second.len() { (first, second) } else { (second, first) };
            assert_eq!(is_a_slip(&short, &long), slip);
        }
    }
}
