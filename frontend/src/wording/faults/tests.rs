//! The sentences of faults: well set, and each with the person's own case.

use domaine::dif::PieceInvalide;
use domaine::droits::{DateInvalide, RaisonInvalide};
use domaine::mesures::{Hours, HoursInvalides};

use super::super::compose::composition_faute;
use super::*;

#[test]
fn no_advice_on_a_name_a_number_or_an_address_makes_another_persons() {
    for faute in all() {
        if matches!(faute, Faute::Nom(_) | Faute::Telephone(_) | Faute::Courriel(_)) {
            let said = phrase(&faute, "nom-naissance").to_lowercase();
            // Leaving out a sign, or putting one in its place, is how somebody else's comes about.
            for order in ["retirez", "enlevez", "supprimez", "remplacez par", "ajoutez un chiffre"] {
                assert!(!said.contains(order), "{said}");
            }
        }
    }
}

fn all() -> Vec<Faute> {
    use {CourrielInvalide as C, MotDePasseInvalide as M, NaissanceInvalide as D};
    use {NirInvalide as I, NomInvalide as N, PieceInvalide as P, TelephoneInvalide as T};
    let mut fautes = vec![
        Faute::Incoherence(Incoherence::Year),
        Faute::Incoherence(Incoherence::Month),
        Faute::MissingTelephone,
        Faute::TwoMobiles,
        Faute::TwoFixes,
        Faute::MissingMotDePasse,
        Faute::WrongMotDePasse,
        Faute::SameMotDePasse,
        Faute::Code(CodeInvalide::Empty),
        Faute::Code(CodeInvalide::Missing(Small(2))),
        Faute::Code(CodeInvalide::TooLong),
        Faute::Code(CodeInvalide::Caractere('O')),
        Faute::Code(CodeInvalide::Caractere(char::REPLACEMENT_CHARACTER)),
        Faute::WrongCode,
        Faute::UsedCode,
        Faute::SpentCode,
        Faute::Cgu,
        Faute::MissingHours,
        Faute::MissingRapport,
        Faute::Oversized,
        Faute::MissingConfirmation,
        Faute::Raison(RaisonInvalide::Empty),
        Faute::Raison(RaisonInvalide::TooLong),
        Faute::Raison(RaisonInvalide::Caractere),
        Faute::Date(DateInvalide::Empty),
        Faute::Date(DateInvalide::Incomplete),
        Faute::Date(DateInvalide::Unreadable),
        Faute::Date(DateInvalide::Nonexistent),
        Faute::Date(DateInvalide::Future),
        Faute::Hours(HoursInvalides::Caractere),
        Faute::Hours(HoursInvalides::Fraction { rounded: Hours::new(87) }),
        Faute::Hours(HoursInvalides::Zero),
        Faute::Hours(HoursInvalides::TooMany { plafond: Hours::new(120) }),
    ];
    let invisible = char::REPLACEMENT_CHARACTER;
    fautes.extend(
        [
            N::Empty,
            N::TooLong,
            N::Digit('3'),
            N::Alphabet('ж'),
            N::Caractere('@'),
            N::Caractere(invisible),
            N::NoLetter,
            N::NeitherOne,
        ]
        .map(Faute::Nom),
    );
    fautes.extend(
        [
            D::Empty,
            D::Incomplete,
            D::YearAlone,
            D::Unreadable,
            D::Month,
            D::Day,
            D::DayOfMonth,
            D::UnknownMonth,
            D::ShortYear,
            D::Future,
            D::TooYoung,
            D::TooOld,
        ]
        .map(Faute::Naissance),
    );
    fautes.extend(
        [
            I::Missing(Small(13)),
            I::Missing(Small(2)),
            I::TooLong,
            I::Caractere('Z'),
            I::Provisional,
            I::Migrant,
            I::Sexe,
            I::Month(['1', '3']),
            I::Departement(['2', 'C']),
            I::Commune,
            I::Order,
            I::Fictitious,
            I::CleMissing,
            I::CleShape,
            I::Cle,
        ]
        .map(Faute::Nir),
    );
    fautes.extend(
        [
            T::Empty,
            T::Missing(Small(1)),
            T::TooLong(Small(1)),
            T::TooLong(Small(3)),
            T::Caractere('x'),
            T::Special,
            T::ColdCalling,
            T::Reserve,
            T::Unknown,
            T::Foreign,
            T::MissingCallingCode,
            T::ZeroOrCallingCode,
        ]
        .map(Faute::Telephone),
    );
    fautes.extend(
        [
            C::Empty,
            C::AtSign,
            C::TwoAtSigns,
            C::BeforeAtSign,
            C::Space,
            C::Domaine,
            C::MissingPoint,
            C::Point,
            C::Caractere('<'),
            C::TooLong,
        ]
        .map(Faute::Courriel),
    );
    fautes.extend(
        [
            M::Empty,
            M::Weak { missing: Small(1) },
            M::Weak { missing: Small(4) },
            M::TooLong,
            M::Caractere,
            M::Personal,
            M::Current,
        ]
        .map(Faute::MotDePasse),
    );
    fautes.extend(
        [P::Missing, P::Empty, P::TooHeavy, P::Programme, P::OfficeDocument, P::UnknownType, P::Unreadable, P::Locked]
            .map(Faute::Piece),
    );
    fautes
}

#[test]
fn every_fault_is_a_well_set_sentence_that_says_what_to_do() {
    for faute in all() {
        for champ in ["nom-naissance", "prenoms", PRINTED] {
            let text = phrase(&faute, champ);
            assert_eq!(composition_faute(&text), None, "{text}");
        }
    }
}

#[test]
fn a_sentence_holds_the_person_s_own_case() {
    let said = |faute| phrase(&faute, "nir").into_owned();
    assert_eq!(said(Faute::Nir(NirInvalide::Missing(Small(2)))), "Il manque 2\u{a0}caractères.");
    assert_eq!(
        said(Faute::Nir(NirInvalide::Departement(['2', 'C']))),
        "Le 6e et le 7e caractère désignent le département\u{a0}: 2C n’existe pas."
    );
    assert!(said(Faute::Nom(NomInvalide::Digit('3'))).contains("«\u{a0}3\u{a0}»"));
    assert_ne!(
        phrase(&Faute::Nom(NomInvalide::Empty), "prenoms"),
        phrase(&Faute::Nom(NomInvalide::Empty), "nom-naissance")
    );
}
