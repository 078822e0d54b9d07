//! Whom an employer speaks of: whether hours may go to the person known under a NIR, and what is kept of a name that
//! differs. Decision 0012 tells why; no text does. Looks nobody up.

use crate::identite::{DateNaissance, KnownIdentity, NamedIdentity, Nom, Side, same_person};

/// A person as recorded under a NIR and a year of birth.
#[derive(Clone, Copy)]
pub struct Recorded<'a> {
    /// Under which name and date.
    pub identity: KnownIdentity<'a>,
    /// Whether an employer has named them.
    pub by_employer: bool,
    /// Whether they opened an account.
    pub has_account: bool,
}

/// A person as an employer names them.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// The birth name, when it is said.
    pub nom: Option<&'a Nom>,
    /// The birth date.
    pub naissance: DateNaissance,
}

impl<'a> Named<'a> {
    pub(super) const fn identity(&self) -> NamedIdentity<'a> {
        NamedIdentity { nom: self.nom, naissance: self.naissance, side: Side::Payroll }
    }
}

/// What became of the earlier NIR that a declaration gives (S21.G00.31.008).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlierNir {
    /// It gives none, or one that nobody is known by.
    Unknown,
    /// Whoever was known by it has the new one now.
    Joined,
    /// Somebody is known by it whose months cannot be joined.
    Apart,
}

/// How what is declared of a person agrees with what was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The same name and birth date.
    Same,
    /// Another name or birth date of the same year: the latest declared is kept, nobody has an account yet.
    Changed,
    /// The person was known under an earlier NIR and takes this one.
    Renumbered,
    /// Another name and another birth date than those of an account that was opened under the NIR, and that is set aside.
    SetAside,
    /// What employers said against an account is taken back: it has its NIR again.
    GivenBack,
    /// An earlier NIR is declared, whose months cannot be joined to this one: an account, another identity or
    /// another person stands in the way.
    EarlierApart,
}

/// Whether whoever is known by an earlier NIR takes the one declared today: when nobody has that one yet, they are the
/// same person, and no account was opened under the earlier one, which its holder typed and may type again.
pub fn may_join_earlier(new_is_taken: bool, earlier: &Recorded<'_>, named: &Named<'_>) -> bool {
    !new_is_taken && !earlier.has_account && same_person(earlier.identity, named.identity())
}

/// Whether hours go to the person known under the NIR declared, and under which understanding; nothing when they must
/// not: somebody opened an account with this NIR under another name or birth date.
///
/// Until then the latest declaration decides, else one mistake would shut a person out for ever.
pub fn recognise(recorded: &Recorded<'_>, named: &Named<'_>, earlier: EarlierNir) -> Option<Agreement> {
    let same = same_person(recorded.identity, named.identity());
    // Whom no employer has named was recorded by opening an account.
    if !same && (recorded.has_account || !recorded.by_employer) {
        return None;
    }
    Some(match (same, earlier) {
        (_, EarlierNir::Joined) => Agreement::Renumbered,
        (false, EarlierNir::Unknown | EarlierNir::Apart) => Agreement::Changed,
        (true, EarlierNir::Apart) => Agreement::EarlierApart,
        (true, EarlierNir::Unknown) => Agreement::Same,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Recorded<'_> = Recorded {
        identity: KnownIdentity { nom: "PAT-TROIS", of_the_holder: None, naissance: None, side: Side::Payroll },
        by_employer: true,
        has_account: false,
    };

    fn birth() -> DateNaissance {
        DateNaissance::from_iso("1979-03-28").unwrap()
    }

    fn known(by_employer: bool, has_account: bool) -> Recorded<'static> {
        let identity = KnownIdentity { naissance: Some(birth()), ..KNOWN.identity };
        Recorded { identity, by_employer, has_account }
    }

    fn outcome(recorded: Recorded<'_>, nom: &str, earlier: EarlierNir) -> Option<Agreement> {
        let nom = Nom::parse(nom).unwrap();
        recognise(&recorded, &Named { nom: Some(&nom), naissance: birth() }, earlier)
    }

    #[test]
    fn the_same_person_is_recognised_whoever_recorded_them() {
        for (by_employer, has_account) in [(true, false), (true, true), (false, true), (false, false)] {
            let recorded = known(by_employer, has_account);
            assert_eq!(outcome(recorded, "Pat Trois", EarlierNir::Unknown), Some(Agreement::Same));
            assert_eq!(outcome(recorded, "Pat Trois", EarlierNir::Apart), Some(Agreement::EarlierApart));
        }
    }

    #[test]
    fn another_name_is_kept_until_an_account_is_open() {
        assert_eq!(outcome(known(true, false), "Pat Quatre", EarlierNir::Unknown), Some(Agreement::Changed));
        assert_eq!(outcome(known(true, false), "Pat Quatre", EarlierNir::Apart), Some(Agreement::Changed));
        assert_eq!(outcome(known(true, true), "Pat Quatre", EarlierNir::Unknown), None);
        assert_eq!(outcome(known(false, true), "Pat Quatre", EarlierNir::Unknown), None);
        // Recorded by an account that was closed since.
        assert_eq!(outcome(known(false, false), "Pat Quatre", EarlierNir::Unknown), None);
    }

    #[test]
    fn a_person_who_takes_a_new_number_says_so_first() {
        assert_eq!(outcome(known(true, false), "Pat Trois", EarlierNir::Joined), Some(Agreement::Renumbered));
    }

    #[test]
    fn an_earlier_number_is_joined_when_free_the_same_and_without_account() {
        let (three, quatre) = (Nom::parse("Pat Trois").unwrap(), Nom::parse("Pat Quatre").unwrap());
        let join = |taken, has_account, nom| {
            may_join_earlier(taken, &known(true, has_account), &Named { nom: Some(nom), naissance: birth() })
        };
        assert!(join(false, false, &three));
        assert!(!join(true, false, &three));
        assert!(!join(false, true, &three));
        assert!(!join(false, false, &quatre));
    }
}
