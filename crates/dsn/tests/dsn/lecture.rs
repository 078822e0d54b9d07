//! What is generated is read back exactly, however the bytes come and wherever they are cut.

use crate::communs;
use std::io::{self, Read};

use dsn::generateur::{Plan, generer};
use dsn::{Evenement, Lecture, Totaux};
use proptest::prelude::*;

/// Bytes that come in pieces of the sizes asked for, again and again.
struct EnMorceaux<'a> {
    octets: &'a [u8],
    tailles: &'a [usize],
    rang: usize,
}

impl Read for EnMorceaux<'_> {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        self.rang += 1;
        let taille = self.tailles[self.rang % self.tailles.len()].min(tampon.len()).min(self.octets.len());
        tampon[..taille].copy_from_slice(&self.octets[..taille]);
        self.octets = &self.octets[taille..];
        Ok(taille)
    }
}

fn plans() -> impl Strategy<Value = Plan> {
    let sur = (0_u8..4, 0_u8..4, 0_u8..3);
    (any::<u64>(), 0_u16..4, 0_u16..9, 0_u8..5, sur, any::<[bool; 3]>()).prop_map(
        |(
            graine,
            employeurs,
            salaries,
            mois,
            (remplacees_sur, annulees_sur, divisees_sur),
            [crlf, reseau, desordre],
        )| Plan {
            graine,
            employeurs,
            salaries,
            annee: 2025,
            mois,
            remplacees_sur,
            annulees_sur,
            divisees_sur,
            desordre,
            crlf,
            reseau,
        },
    )
}

/// Bytes that look like lines of a DSN more often than chance would have it.
fn presque_une_dsn() -> impl Strategy<Value = Vec<u8>> {
    let ligne = prop_oneof![
        4 => prop::sample::select(generer(&Plan::default()).octets.split(|o| *o == b'\n').map(<[u8]>::to_vec)
            .collect::<Vec<_>>()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => "S[0-9]{2}\\.G[0-9]{2}\\.[0-9]{2}\\.[0-9]{3},'.{0,12}'?".prop_map(String::into_bytes),
        1 => (1000_usize..1100).prop_map(|longueur| vec![b'x'; longueur]),
        1 => Just(vec![b'x'; 70_000]),
    ];
    prop::collection::vec(ligne, 0..120).prop_map(|lignes| lignes.join(&b'\n'))
}

#[test]
fn a_thousand_people_are_read_back_exactly() {
    let plan = Plan { employeurs: 4, salaries: 90, mois: 3, reseau: true, ..Plan::default() };
    let fichier = generer(&plan);
    let (evenements, rapport) = communs::lire(&fichier.octets);
    assert_eq!(evenements, fichier.evenements);
    assert!(rapport.est_sans_perte(), "{rapport}");
    assert_eq!(rapport.total(), 0, "{rapport}");
    assert_eq!((rapport.lignes, rapport.rubriques), (fichier.lignes, fichier.lignes));
    assert_eq!(rapport.total_inconnues(), 0);
    assert!(rapport.individus > 1000);
}

#[test]
fn a_reading_in_an_error_of_the_source_says_so() {
    struct Panne;
    impl Read for Panne {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("panne"))
        }
    }
    assert!(Lecture::new("panne.dsn", Panne).suivant().is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_generated_is_read_back_exactly(plan in plans()) {
        let fichier = generer(&plan);
        let (evenements, rapport) = communs::lire(&fichier.octets);
        prop_assert_eq!(evenements, fichier.evenements);
        let sans_declaration = u64::from(rapport.declarations == 0);
        prop_assert_eq!(rapport.total(), sans_declaration);
    }

    #[test]
    fn the_pieces_in_which_bytes_come_change_nothing(
        octets in presque_une_dsn(),
        tailles in prop::collection::vec(1_usize..3000, 1..6),
    ) {
        let attendu = communs::lire(&octets);
        let mut lecture = Lecture::new("essai.dsn", EnMorceaux { octets: &octets, tailles: &tailles, rang: 0 });
        let mut evenements = Vec::new();
        while let Some(evenement) = lecture.suivant().unwrap() {
            evenements.push(evenement);
        }
        prop_assert_eq!((evenements, lecture.rapport().clone()), attendu);
    }

    #[test]
    fn a_cut_file_never_panics_and_is_never_silent(plan in plans(), part in 0_u32..10_000) {
        let fichier = generer(&plan);
        let coupe = fichier.octets.len() * part as usize / 10_000;
        let (evenements, rapport) = communs::lire(&fichier.octets[..coupe]);
        // The whole declarations are the same as in the whole file; the last says that it is cut.
        let entieres = evenements.iter().take_while(|e| !matches!(e, Evenement::Fin(fin) if !fin.complete)).count();
        if evenements.len() > entieres {
            prop_assert_eq!(&evenements[entieres + 1..], &[Evenement::FinEnvoi(Totaux::Absents)]);
            prop_assert!(rapport.compte("fichier_tronque") == 1);
        }
        let fins = evenements.iter().filter(|e| matches!(e, Evenement::Fin(_))).count();
        let debuts = evenements.iter().filter(|e| matches!(e, Evenement::Declaration(_))).count();
        prop_assert_eq!(fins, debuts);
        prop_assert!(!rapport.est_sans_perte() || envelopes_are_whole(&fichier.octets[..coupe]));
    }

    #[test]
    fn a_line_lost_or_made_unreadable_is_never_silent(plan in plans(), place in any::<prop::sample::Index>(), perdue: bool) {
        let fichier = generer(&Plan { employeurs: plan.employeurs.max(1), reseau: false, crlf: false, ..plan });
        let mut lignes: Vec<&[u8]> = fichier.octets.split(|o| *o == b'\n').collect();
        let place = place.index(lignes.len() - 1);
        if perdue {
            lignes.remove(place);
        } else {
            lignes[place] = b"S21.G00.30;";
        }
        let (evenements, rapport) = communs::lire(&lignes.join(&b'\n'));
        prop_assert!(rapport.total() > 0);
        prop_assert!(rapport.signalements.iter().all(|s| s.ligne >= 1 && s.ligne <= rapport.lignes.max(1)));
        // Nobody appears who was not there: hours may lack, they are never invented.
        let heures = |evenements: &[Evenement]| -> i64 {
            let individus = evenements.iter().filter_map(|e| if let Evenement::Individu(i) = e { Some(i) } else { None });
            individus.flat_map(|i| i.parts()).map(|part| part.temps.heures.centiemes().max(0)).sum()
        };
        prop_assert!(heures(&evenements) <= heures(&fichier.evenements));
    }

    #[test]
    fn arbitrary_bytes_never_panic(octets in prop::collection::vec(any::<u8>(), 0..4000)) {
        let (_, rapport) = communs::lire(&octets);
        prop_assert!(!rapport.to_string().is_empty());
    }

    #[test]
    fn nearly_a_dsn_never_panics_and_every_begun_declaration_ends(octets in presque_une_dsn()) {
        let (evenements, rapport) = communs::lire(&octets);
        let mut ouverte = false;
        for evenement in &evenements {
            match evenement {
                Evenement::Declaration(_) => prop_assert!(!std::mem::replace(&mut ouverte, true)),
                Evenement::Individu(_) => prop_assert!(ouverte),
                Evenement::Fin(_) => prop_assert!(std::mem::replace(&mut ouverte, false)),
                Evenement::FinEnvoi(_) => prop_assert!(!ouverte),
            }
        }
        prop_assert!(!ouverte);
        let individus = evenements.iter().filter(|e| matches!(e, Evenement::Individu(_))).count();
        prop_assert_eq!(individus as u64, rapport.individus);
        prop_assert!(!rapport.to_string().is_empty());
    }
}

/// Cut right behind an envelope (but for the end of its last line), nothing is missing; a value
/// cut short by its last line alone is not seen either.
fn envelopes_are_whole(octets: &[u8]) -> bool {
    let derniere = octets.trim_ascii_end().rsplit(|o| *o == b'\n').next().unwrap_or_default();
    let autour: [&[u8]; 5] = [b"S90.G00.90.002", b"S96", b"S95", b"S05", b"S06"];
    autour.iter().any(|tete| derniere.starts_with(tete))
}
