//! Whether who is named is who was known: the name as people compare names, and the birth date. Knows neither where a
//! person was recorded nor what becomes of it.

use super::naissance::DateNaissance;
use super::nom::Nom;

/// Who says a name and a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// An employer, whose program may know no more than the year of a birth.
    Payroll,
    /// The person, who is asked for what their papers say.
    Holder,
}

/// What was recorded of who a person is, beside the NIR.
#[derive(Clone, Copy)]
pub struct KnownIdentity<'a> {
    /// The birth name, as it was written.
    pub nom: &'a str,
    /// The birth name as the holder of an account wrote it, when there is one.
    pub of_the_holder: Option<&'a str>,
    /// The birth date; nothing when it cannot be read: then nobody is that person.
    pub naissance: Option<DateNaissance>,
    /// Who said that date.
    pub side: Side,
}

/// Who is named.
#[derive(Clone, Copy)]
pub struct NamedIdentity<'a> {
    /// The birth name, when it is said.
    pub nom: Option<&'a Nom>,
    /// The birth date.
    pub naissance: DateNaissance,
    /// Who says so.
    pub side: Side,
}

/// Whether a person who is named so can be the one who was known.
///
/// A NIR comes back after a hundred years and is mistyped every day: it takes the name and the date as well. Two
/// spellings of one name are one name ([`Nom::is_also`]), that of an employer or that of the holder; the given names
/// are not compared, which people write in full, in part or in another order; a name that is not said differs from none.
///
/// A date is compared whole. Where payroll knows only its year, or its year and month, it agrees with the first and
/// the last day that it can be: those are what papers hold for a day that nobody knows. What a holder does not know
/// agrees with the same unknown, and nothing else: less is never enough to enter.
///
/// Source: decisions 0012 and 0017 of the house; no text says what identifies a holder beyond the NIR.
///
/// ```
/// use domaine::identite::{DateNaissance, KnownIdentity, NamedIdentity, Nom, Side, same_person};
/// let naissance = DateNaissance::from_iso("1979-03-28").unwrap();
/// let known =
///     KnownIdentity { nom: "PAT-TROIS", of_the_holder: None, naissance: Some(naissance), side: Side::Payroll };
/// let same = |nom: &str| {
///     let nom = Nom::parse(nom).unwrap();
///     same_person(known, NamedIdentity { nom: Some(&nom), naissance, side: Side::Holder })
/// };
/// assert!(same("Pat Trois") && !same("Pat Quatre"));
/// ```
pub fn same_person(known: KnownIdentity<'_>, named: NamedIdentity<'_>) -> bool {
    let same_name = named.nom.is_none_or(|nom| {
        // Both are compared in any case, as below.
        same_name(known.nom, nom) | known.of_the_holder.is_some_and(|known| same_name(known, nom))
    });
    let same_date =
        known.naissance.is_some_and(|naissance| dates_agree((naissance, known.side), (named.naissance, named.side)));
    // Not `&&`: the time that a refusal takes says nothing of the date.
    same_name & same_date
}

fn same_name(known: &str, nom: &Nom) -> bool {
    // Nearly every name of an import is written as it was the month before.
    known == nom.as_str() || Nom::parse(known).is_ok_and(|known| known.is_also(nom))
}

/// Whether the two dates can be one, whichever comes first.
fn dates_agree(first: (DateNaissance, Side), second: (DateNaissance, Side)) -> bool {
    let covers =
        |(partial, side): (DateNaissance, Side), full: DateNaissance| side == Side::Payroll && partial.stands_for(full);
    first.0 == second.0 || covers(first, second.0) || covers(second, first.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(iso: &str) -> DateNaissance {
        DateNaissance::from_iso(iso).unwrap()
    }

    fn same(known: (&str, &str), named: (Option<&str>, &str)) -> bool {
        let nom = named.1;
        let [payroll, holder] =
            [Side::Payroll, Side::Holder].map(|side| same_between((known, Side::Payroll), (named.0, nom, side)));
        assert_eq!(payroll, holder);
        payroll
    }

    fn same_between(known: ((&str, &str), Side), named: (Option<&str>, &str, Side)) -> bool {
        let ((nom, naissance), side) = known;
        let known = KnownIdentity { nom, of_the_holder: None, naissance: DateNaissance::from_iso(naissance), side };
        let nom = named.0.map(|nom| Nom::parse(nom).unwrap());
        same_person(known, NamedIdentity { nom: nom.as_ref(), naissance: date(named.1), side: named.2 })
    }

    #[test]
    fn spellings_of_one_name_are_one_person_and_one_letter_more_is_another() {
        let known = ("Lefèvre-Durand", "1979-03-28");
        for nom in ["Lefèvre-Durand", "LEFEVRE DURAND", "lefevre  durand", "LEFEVREDURAND"] {
            assert!(same(known, (Some(nom), known.1)), "{nom}");
        }
        for nom in ["Lefevre", "Lefevre Duran", "Lefevre Durand B"] {
            assert!(!same(known, (Some(nom), known.1)), "{nom}");
        }
    }

    #[test]
    fn a_holder_is_also_known_by_their_own_spelling() {
        let naissance = date("1979-03-28");
        let known = |of_the_holder| KnownIdentity {
            nom: "GRUNWALD",
            of_the_holder,
            naissance: Some(naissance),
            side: Side::Payroll,
        };
        let nom = Nom::parse("GRUENWALD").unwrap();
        let named = NamedIdentity { nom: Some(&nom), naissance, side: Side::Payroll };
        assert!(!same_person(known(None), named));
        assert!(same_person(known(Some("Grünwald")), named));
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
    fn what_payroll_does_not_know_of_a_birth_agrees_with_both_ends_of_it_and_nothing_between() {
        let agree = |payroll: &str, holder: &str| {
            let known = same_between((("Pat", payroll), Side::Payroll), (Some("Pat"), holder, Side::Holder));
            let named = same_between((("Pat", holder), Side::Holder), (Some("Pat"), payroll, Side::Payroll));
            assert_eq!(known, named, "{payroll} {holder}");
            known
        };
        for (payroll, holder, same) in [
            ("1955-00-00", "1955-00-00", true),
            ("1955-00-00", "1955-01-01", true),
            ("1955-00-00", "1955-12-31", true),
            ("1955-00-00", "1955-01-02", false),
            ("1955-00-00", "1955-12-30", false),
            ("1955-00-00", "1954-12-31", false),
            ("1955-00-00", "1956-01-01", false),
            ("1955-00-00", "1955-12-00", false),
            ("1956-02-00", "1956-02-00", true),
            ("1956-02-00", "1956-02-01", true),
            ("1956-02-00", "1956-02-29", true),
            ("1956-02-00", "1956-02-28", false),
            ("1956-02-00", "1956-12-31", false),
            ("1956-02-00", "1956-00-00", false),
            // What the holder does not know opens nothing.
            ("1955-12-31", "1955-00-00", false),
            ("1955-12-01", "1955-12-00", false),
        ] {
            assert_eq!(agree(payroll, holder), same, "{payroll} {holder}");
        }
        // Two employers, one of whom knows more.
        assert!(same_between((("Pat", "1955-12-31"), Side::Payroll), (Some("Pat"), "1955-00-00", Side::Payroll)));
        assert!(same_between((("Pat", "1955-00-00"), Side::Payroll), (Some("Pat"), "1955-12-31", Side::Payroll)));
        assert!(!same_between((("Pat", "1955-00-00"), Side::Holder), (Some("Pat"), "1955-12-31", Side::Holder)));
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
