//! A real file of the field, not ours to keep: what the report says of it, exactly.

use crate::communs;
use domaine::identite::{NirInvalide, NomInvalide};
use dsn::{Code, Constat, Evenement, MotifAbsence, Nature, Totaux};

#[test]
fn the_real_file_is_read_and_its_report_is_exact() {
    let Some(octets) = communs::partage("dsn/sample_dsn_P25V01.dsn") else { return };
    let (evenements, rapport) = communs::lire(&octets);
    println!("{rapport}");
    // Three signals of an end of contract, in one network file, then three empty envelopes.
    assert_eq!((rapport.lignes, rapport.rubriques, rapport.lignes_blanches), (443, 443, 0));
    assert_eq!((rapport.envois, rapport.declarations, rapport.declarations_ecartees), (3, 3, 0));
    // Every NIR was masked by the month 45, which no NIR has.
    assert_eq!((rapport.individus, rapport.individus_ecartes), (0, 3));
    assert_eq!(rapport.compte("nir"), 3);
    // The names were masked with an underscore.
    assert_eq!((rapport.compte("nom"), rapport.compte("prenoms")), (3, 3));
    assert_eq!((rapport.compte("siret_cle"), rapport.compte("encodage")), (3, 1));
    assert_eq!(rapport.total(), 13);
    assert!(rapport.signalements.iter().any(|s| s.constat == Constat::Nir(NirInvalide::Mois(['4', '5']))));
    assert!(rapport.signalements.iter().any(|s| s.constat == Constat::Nom(NomInvalide::Caractere('_'))));
    // What the sender's software and the platform add beyond the norm.
    assert_eq!(rapport.total_inconnues(), 35);
    assert_eq!(rapport.inconnues.len(), 12);
    assert_eq!(rapport.inconnues.get(&Code::lire(b"S21.G00.11.904").unwrap()), Some(&3));
    for evenement in &evenements {
        match evenement {
            Evenement::Declaration(declaration) => {
                assert!(matches!(declaration.nature, Nature::Evenement(code) if code == "07"));
                assert!(declaration.reelle && !declaration.compte());
            }
            Evenement::Individu(individu) => panic!("{individu:?}"),
            Evenement::Fin(fin) => assert!(fin.complete && fin.ecartes == 1),
            Evenement::FinEnvoi(totaux) => assert_eq!(*totaux, Totaux::Justes),
        }
    }
    assert_eq!(evenements.len(), 9);
}

#[test]
fn with_a_right_number_its_contracts_and_absences_are_there() {
    let Some(octets) = communs::partage("dsn/sample_dsn_P25V01.dsn") else { return };
    let texte: Vec<u8> = String::from_utf8_lossy(&octets).replace("1234567890123", "1990399999001").into_bytes();
    let (evenements, rapport) = communs::lire(&texte);
    assert_eq!((rapport.individus, rapport.individus_ecartes), (3, 0));
    // Two of the three people were not born in March 1999.
    assert_eq!(rapport.compte("naissance_et_nir"), 2);
    let individus: Vec<_> =
        evenements.iter().filter_map(|e| if let Evenement::Individu(i) = e { Some(i) } else { None }).collect();
    let contrats: Vec<_> = individus.iter().flat_map(|individu| &individu.contrats).collect();
    assert_eq!(contrats.len(), 3);
    assert!(contrats.iter().all(|contrat| contrat.est_a_temps_plein() && contrat.fin.is_some()));
    assert_eq!(contrats.iter().map(|contrat| contrat.absences.len()).collect::<Vec<_>>(), [3, 1, 0]);
    assert!(matches!(contrats[0].absences[2].motif, MotifAbsence::Suspension(motif) if motif == "501"));
    assert!(individus.iter().all(|individu| individu.paies.is_empty()));
}
