//! Whether who is named is who was known: the name as people compare names, and the whole birth date. Knows neither
//! where a person was recorded nor what becomes of it.

use super::naissance::DateNaissance;
use super::nom::Nom;

/// What was recorded of who a person is, beside the NIR.
#[derive(Clone, Copy)]
pub struct KnownIdentity<'a> {
    /// The birth name, as it was written.
    pub nom: &'a str,
    /// The birth date; nothing when it cannot be read: then nobody is that person.
    pub naissance: Option<DateNaissance>,
}

/// Whether a person who is named so can be the one who was known.
///
/// A NIR comes back after a hundred years and is mistyped every day: it takes the name and the whole date as well. Two
/// spellings of one name are one name ([`Nom::comparison_key`]); the given names are not compared, which people
/// write in full, in part or in another order; a name that is not said differs from none.
///
/// Source: decision 0012 of the house; no text says what identifies a holder beyond the NIR.
///
/// ```
/// use domaine::identite::{DateNaissance, KnownIdentity, Nom, same_person};
/// let naissance = DateNaissance::from_iso("1979-03-28").unwrap();
/// let known = KnownIdentity { nom: "PAT-TROIS", naissance: Some(naissance) };
/// assert!(same_person(known, Some(&Nom::parse("Pat Trois").unwrap()), &naissance));
/// assert!(!same_person(known, Some(&Nom::parse("Pat Quatre").unwrap()), &naissance));
/// ```
pub fn same_person(known: KnownIdentity<'_>, nom: Option<&Nom>, naissance: &DateNaissance) -> bool {
    let same_name = nom.is_none_or(|nom| same_name(known.nom, nom));
    let same_date = known.naissance.as_ref() == Some(naissance);
    // Not `&&`: the time that a refusal takes says nothing of the date.
    same_name & same_date
}

fn same_name(known: &str, nom: &Nom) -> bool {
    // Nearly every name of an import is written as it was the month before.
    known == nom.as_str() || Nom::parse(known).is_ok_and(|known| known.comparison_key() == nom.comparison_key())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(iso: &str) -> DateNaissance {
        DateNaissance::from_iso(iso).unwrap()
    }

    fn same(known: (&str, &str), named: (Option<&str>, &str)) -> bool {
        let known = KnownIdentity { nom: known.0, naissance: DateNaissance::from_iso(known.1) };
        let nom = named.0.map(|nom| Nom::parse(nom).unwrap());
        same_person(known, nom.as_ref(), &date(named.1))
    }

    #[test]
    fn spellings_of_one_name_are_one_person_and_one_letter_more_is_another() {
        let known = ("Lefèvre-Durand", "1979-03-28");
        for nom in ["Lefèvre-Durand", "LEFEVRE DURAND", "lefevre  durand"] {
            assert!(same(known, (Some(nom), known.1)), "{nom}");
        }
        for nom in ["Lefevre", "Lefevre Duran", "Lefevre Durand B"] {
            assert!(!same(known, (Some(nom), known.1)), "{nom}");
        }
    }

    #[test]
    fn the_day_before_and_the_day_after_are_other_people() {
        let known = ("Pat", "1979-03-28");
        assert!(!same(known, (Some("Pat"), "1979-03-27")));
        assert!(same(known, (Some("Pat"), "1979-03-28")));
        assert!(!same(known, (Some("Pat"), "1979-03-29")));
        // A day that civil status does not know is not any day.
        assert!(!same(known, (Some("Pat"), "1979-03-00")));
        assert!(same(("Pat", "1979-03-00"), (Some("Pat"), "1979-03-00")));
    }

    #[test]
    fn a_name_that_is_not_said_differs_from_none_and_the_date_still_decides() {
        assert!(same(("Pat", "1979-03-28"), (None, "1979-03-28")));
        assert!(!same(("Pat", "1979-03-28"), (None, "1979-03-29")));
    }

    #[test]
    fn what_cannot_be_read_back_is_nobody() {
        assert!(!same(("", "1979-03-28"), (Some("Pat"), "1979-03-28")));
        assert!(!same(("Pat", "28/03/1979"), (Some("Pat"), "1979-03-28")));
    }
}
