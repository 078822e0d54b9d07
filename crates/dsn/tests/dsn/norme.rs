//! The table of blocks and rubrics is that of the norm, neither more nor less but for the blocks
//! that the network adds.

use crate::communs;
use std::collections::{BTreeMap, BTreeSet};

use dsn::generateur::{Plan, generer};
use dsn::{Code, norme};

/// The rubrics of the norm's data, without reading YAML: a rubric is a key.
fn rubriques_de_la_norme() -> Option<BTreeSet<Code>> {
    let octets = communs::partage("dsn/norm-P26V01.yaml")?;
    let texte = String::from_utf8(octets).expect("the norm is UTF-8");
    let codes = texte.lines().filter_map(|ligne| Code::lire(ligne.trim_start().split(':').next()?.as_bytes()));
    Some(codes.collect())
}

#[test]
fn the_table_is_that_of_the_norm() {
    let Some(attendues) = rubriques_de_la_norme() else { return };
    assert_eq!(attendues.len(), 573);
    let du_reseau = |code: &Code| ["S05", "S06", "S95", "S96"].iter().any(|s| code.to_string().starts_with(s));
    let les_notres: BTreeSet<Code> = norme::blocs()
        .iter()
        .flat_map(|b| b.plages.iter().flat_map(|&(debut, fin)| debut..=fin).map(|numero| Code::new(b.bloc, numero)))
        .filter(|code| !du_reseau(code))
        .collect();
    assert_eq!(les_notres, attendues);
}

#[test]
fn a_block_hangs_where_the_norm_hangs_it() {
    let Some(octets) = communs::partage("dsn/norm-P26V01.yaml") else { return };
    let texte = String::from_utf8(octets).expect("the norm is UTF-8");
    // The maps of the natures: a block under another is further right than it.
    let cartes = texte.split_once("\nnatures:").expect("the norm has natures").1;
    let mut ouverts: Vec<(usize, dsn::Bloc)> = Vec::new();
    let mut parents: BTreeMap<dsn::Bloc, Option<dsn::Bloc>> = BTreeMap::new();
    for ligne in cartes.lines() {
        let cle = ligne.trim_start();
        let retrait = ligne.len() - cle.len();
        let Some(code) = cle.get(..10).and_then(|tete| Code::lire(format!("{tete}.001").as_bytes())) else { continue };
        ouverts.retain(|(ouvert, _)| *ouvert < retrait);
        parents.insert(code.bloc(), ouverts.last().map(|(_, bloc)| *bloc));
        ouverts.push((retrait, code.bloc()));
    }
    assert_eq!(parents.len(), 57);
    for (bloc, parent) in parents {
        // What the maps leave without a parent hangs under the declaration.
        let attendu = parent.unwrap_or(dsn::blocs::DECLARATION);
        assert_eq!(norme::bloc(bloc).and_then(|norme| norme.parent), Some(attendu), "{bloc}");
    }
}

#[test]
fn the_generator_writes_nothing_that_the_norm_does_not_have() {
    let Some(attendues) = rubriques_de_la_norme() else { return };
    let fichier = generer(&Plan { graine: 7, salaries: 40, ..Plan::default() });
    for ligne in fichier.octets.split(|octet| *octet == b'\n').filter(|ligne| !ligne.is_empty()) {
        let code = Code::lire(&ligne[..14]).expect("every line begins with a code");
        assert!(attendues.contains(&code), "{code}");
    }
}
