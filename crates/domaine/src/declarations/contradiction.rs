//! When an employer's declaration outranks an account that somebody opened under the same NIR: which is set aside, which gets
//! its NIR back, which is left to an operator. Decision 0034 tells why; no text does. Looks nobody up.

use super::recognition::Named;
use crate::identite::{KnownIdentity, Names, nothing_in_common, same_person};

/// An account that was opened under a NIR.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    /// Under which names.
    pub names: Names<'a>,
    /// Whether somebody saw a document that proves it; against an identity that a provider proves, whether a provider proved it too.
    pub proved: bool,
    /// Whether an employer declared this NIR under these names already.
    pub by_employer: bool,
}

/// Whether an account gives way to the person whom an employer names in full under its NIR.
///
/// An account is what somebody typed, an employer saw papers: it gives way. Not to a slip of payroll, which would throw its
/// holder out for a letter: the two must have nothing in common ([`nothing_in_common`]). Not where a document was seen. And
/// not where an employer said the same as the holder before: two employers disagree, and that is for a person to judge.
pub fn sets_aside(claim: &Claim<'_>, declared: Names<'_>) -> bool {
    !claim.proved && !claim.by_employer && nothing_in_common(claim.names, declared)
}

/// An account that was set aside so.
#[derive(Clone, Copy)]
pub struct ClaimSetAside<'a> {
    /// Who opened it.
    pub identity: KnownIdentity<'a>,
    /// Under which names.
    pub names: Names<'a>,
}

/// What becomes of an account that was set aside when employers name somebody else again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Return {
    /// Nothing.
    None,
    /// What was said against it is taken back, and this is its holder: it gets its NIR again.
    Back,
    /// Employers disagree about whose NIR it is: nobody gets these hours before an operator has judged.
    Disputed,
}

/// What becomes of it when a declaration names somebody other than `recorded`, whom employers named under the NIR since.
/// `taken_back`: nothing is left of what they said under it.
pub fn returns(
    aside: &ClaimSetAside<'_>,
    recorded: Names<'_>,
    (named, declared): (&Named<'_>, Names<'_>),
    taken_back: bool,
) -> Return {
    if taken_back && same_person(aside.identity, named.identity()) {
        return Return::Back;
    }
    let disputed = nothing_in_common(recorded, declared) && !nothing_in_common(aside.names, declared);
    if disputed { Return::Disputed } else { Return::None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identite::{DateNaissance, Nom, Side};

    /// Decision 0034, line by line.
    #[test]
    fn an_account_gives_way_to_somebody_else_alone_and_only_where_nothing_speaks_for_it() {
        for (names, proved, by_employer, declared, gives_way) in [
            // Somebody else altogether.
            (["Nouvel", "Camille"], false, false, ["AUTRE", "SACHA"], true),
            // A document was seen.
            (["Nouvel", "Camille"], true, false, ["AUTRE", "SACHA"], false),
            // An employer said the same before: two disagree.
            (["Nouvel", "Camille"], false, true, ["AUTRE", "SACHA"], false),
            (["Nouvel", "Camille"], true, true, ["AUTRE", "SACHA"], false),
            // The slips of payroll: a name in use, a compound name, an order, a letter.
            (["Nouvel", "Camille"], false, false, ["AUTRE", "CAMILLE"], false),
            (["Nouvel-Durand", "Camille"], false, false, ["DURAND", "SACHA"], false),
            (["Nouvel", "Camille"], false, false, ["CAMILLE", "NOUVEL"], false),
            (["Nouvel", "Camille Anne"], false, false, ["AUTRE", "ANNE"], false),
            (["Müller", "Camille"], false, false, ["MUELLER", "SACHA"], false),
            (["Nouvel", "Camille"], false, false, ["NOUVAL", "SACHA"], false),
            // Who has one name only.
            (["-", "Camille"], false, false, ["AUTRE", "SACHA"], true),
            (["-", "Camille"], false, false, ["CAMILLE", "-"], false),
        ] {
            let claim = Claim { names, proved, by_employer };
            assert_eq!(sets_aside(&claim, declared), gives_way, "{names:?} {proved} {by_employer} {declared:?}");
        }
    }

    #[test]
    fn an_account_comes_back_when_nothing_is_left_against_it_and_its_holder_is_named() {
        let naissance = |iso| DateNaissance::from_iso(iso).unwrap();
        let names = ["Nouvel", "Camille"];
        let identity = KnownIdentity {
            nom: names[0],
            of_the_holder: None,
            naissance: Some(naissance("1980-01-12")),
            side: Side::Holder,
        };
        for (declared, born, taken_back, becomes) in [
            (["NOUVEL", "CAMILLE"], "1980-01-12", true, Return::Back),
            (["NOUVEL", "CAMILLE"], "1980-01-12", false, Return::Disputed),
            // Not quite its holder: an operator judges, or the next declaration.
            (["NOUVEL", "CAMILLE"], "1980-01-13", true, Return::Disputed),
            (["NOUVELLE", "CAMILLE"], "1980-01-12", false, Return::Disputed),
            // Of the one whom employers name, or of a third.
            (["AUTRES", "SACHA"], "1980-01-12", false, Return::None),
            (["TIERS", "ALIX"], "1980-01-12", true, Return::None),
        ] {
            let nom = Nom::parse(declared[0]).unwrap();
            let named = Named { nom: Some(&nom), naissance: naissance(born) };
            let aside = ClaimSetAside { identity, names };
            assert_eq!(
                returns(&aside, ["AUTRE", "SACHA"], (&named, declared), taken_back),
                becomes,
                "{declared:?} {born} {taken_back}"
            );
        }
    }
}
