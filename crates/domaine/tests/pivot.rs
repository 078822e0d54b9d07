//! Runs `identities/pivot.toml`: an identity that a provider tells, a NIR, and whether they can be one person's. Readable
//! without Rust.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use domaine::identite::Nir13;
use domaine::identite::pivot::{Contradiction, SaidIdentity, Unreadable};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    #[serde(rename = "cas")]
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    nom: String,
    source: String,
    identite: [String; 6],
    #[serde(default)]
    nir: String,
    #[serde(rename = "contredit")]
    contradiction: Option<Contradiction>,
    #[serde(rename = "illisible")]
    unreadable: Option<String>,
}

fn said(identite: &[String; 6]) -> SaidIdentity {
    let [family_name, given_name, birthdate, gender, birthplace, birthcountry] = identite.clone();
    SaidIdentity { family_name, given_name, birthdate, gender, birthplace, birthcountry }
}

#[test]
fn a_nir_agrees_with_an_identity_as_the_cases_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/identities/pivot.toml");
    let Cases { cases } = toml::from_str(&fs::read_to_string(path).expect("the cases")).expect("cases");
    for case in cases {
        assert!(!case.source.is_empty(), "{}: a source", case.nom);
        let unreadable = case.unreadable.as_deref().map(|part| match part {
            "nom" => Unreadable::Name,
            "naissance" => Unreadable::Birth,
            other => panic!("{}: what is « {other} »?", case.nom),
        });
        match said(&case.identite).read() {
            Err(part) => assert_eq!(Some(part), unreadable, "{}", case.nom),
            Ok(pivot) => {
                assert_eq!(unreadable, None, "{}", case.nom);
                let nir = Nir13::parse(&case.nir).unwrap_or_else(|fault| panic!("{}: {fault:?}", case.nom));
                assert_eq!(pivot.contradiction(&nir), case.contradiction, "{}", case.nom);
                assert_eq!(format!("{pivot:?} {:?}", said(&case.identite)), "Pivot(…) SaidIdentity(…)");
            }
        }
    }
}

#[test]
fn an_identity_says_all_of_a_nir_where_it_says_each_part_as_the_nir_does() {
    let whole = ["Pat-Trois", "Dominique", "1979-03-28", "female", "51215", "99100"];
    let says = |change: &dyn Fn(&mut [String; 6]), nir: &str| {
        let mut identite = whole.map(str::to_owned);
        change(&mut identite);
        let pivot = said(&identite).read().expect("an identity");
        let nir = Nir13::parse(nir).expect("a number");
        assert_eq!(pivot.contradiction(&nir), None, "{identite:?}");
        pivot.says_all_of(&nir)
    };
    assert!(says(&|_| (), "2790351215189"));
    // Neither the day of birth nor the names stand in a number.
    assert!(says(&|identite| identite[2] = "1979-03-00".into(), "2790351215189"));
    for (part, unsaid) in [(2, "1979-00-00"), (2, "1979"), (3, ""), (4, "")] {
        assert!(!says(&|identite| identite[part] = unsaid.into(), "2790351215189"), "{part} {unsaid}");
    }
    // A month that the number does not know; a department by its former code.
    assert!(!says(&|_| (), "2792051215189"));
    let corse = |identite: &mut [String; 6]| identite[4] = "2B033".into();
    assert!(says(&corse, "279032B033189") && !says(&corse, "2790320033189"));
    let abroad = |identite: &mut [String; 6]| (identite[4], identite[5]) = (String::new(), "99139".into());
    assert!(says(&abroad, "2790399139189"));
}

proptest! {
    /// A provider is somebody else: whatever it writes is understood or refused.
    #[test]
    fn whatever_is_said_is_read_or_refused(identite in prop::array::uniform6(".{0,12}"), place in "[0-9AB]{5}") {
        let [family_name, given_name, birthdate, gender, birthplace, birthcountry] = identite;
        let said = SaidIdentity { family_name, given_name, birthdate, gender, birthplace, birthcountry };
        let dated = SaidIdentity { family_name: "Pat".into(), birthdate: "1979-03-28".into(), birthplace: place, ..said.clone() };
        let nir = Nir13::parse("2790351215189").expect("a number");
        for said in [said, dated] {
            if let Ok(pivot) = said.read() {
                let _ = pivot.contradiction(&nir);
            }
        }
    }
}
