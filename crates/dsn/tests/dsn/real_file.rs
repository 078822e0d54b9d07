//! A real file of the field, not ours to keep: what the report says of it, exactly.

use crate::support;
use domaine::identite::{NirInvalide, NomInvalide};
use dsn::{AbsenceMotif, Code, Event, Finding, Nature, Totals};

#[test]
fn the_real_file_is_read_and_its_report_is_exact() {
    let Some(bytes) = support::shared("dsn/sample_dsn_P25V01.dsn") else { return };
    let (events, report) = support::read(&bytes);
    println!("{report}");
    // Three signals of an end of contract, in one network file, then three empty envelopes.
    assert_eq!((report.lines, report.rubrics, report.blank_lines), (443, 443, 0));
    assert_eq!((report.envelopes, report.declarations, report.discarded_declarations), (3, 3, 0));
    // Every NIR was masked by the month 45, which no NIR has.
    assert_eq!((report.individus, report.discarded_individus), (0, 3));
    assert_eq!(report.count("nir"), 3);
    // The names were masked with an underscore.
    assert_eq!((report.count("nom"), report.count("prenoms")), (3, 3));
    assert_eq!((report.count("siret_cle"), report.count("encodage")), (3, 1));
    assert_eq!(report.total(), 13);
    assert!(report.signalements.iter().any(|s| s.finding == Finding::Nir(NirInvalide::Month(['4', '5']))));
    assert!(report.signalements.iter().any(|s| s.finding == Finding::Nom(NomInvalide::Caractere('_'))));
    // What the sender's software and the platform add beyond the norm.
    assert_eq!(report.unknown_total(), 35);
    assert_eq!(report.unknown.len(), 12);
    assert_eq!(report.unknown.get(&Code::parse(b"S21.G00.11.904").unwrap()), Some(&3));
    for event in &events {
        match event {
            Event::Declaration(declaration) => {
                assert!(matches!(declaration.nature, Nature::Event(code) if code == "07"));
                assert!(declaration.real && !declaration.count());
            }
            Event::Individu(individu) => panic!("{individu:?}"),
            Event::End(end) => assert!(end.complete && end.discards == 1),
            Event::EnvelopeEnd(totals) => assert_eq!(*totals, Totals::Right),
        }
    }
    assert_eq!(events.len(), 9);
}

#[test]
fn with_a_right_number_its_contracts_and_absences_are_there() {
    let Some(bytes) = support::shared("dsn/sample_dsn_P25V01.dsn") else { return };
    let text: Vec<u8> = String::from_utf8_lossy(&bytes).replace("1234567890123", "1990399999001").into_bytes();
    let (events, report) = support::read(&text);
    assert_eq!((report.individus, report.discarded_individus), (3, 0));
    // Two of the three people were not born in March 1999.
    assert_eq!(report.count("naissance_et_nir"), 2);
    let individus: Vec<_> =
        events.iter().filter_map(|e| if let Event::Individu(i) = e { Some(i) } else { None }).collect();
    let contrats: Vec<_> = individus.iter().flat_map(|individu| &individu.contrats).collect();
    assert_eq!(contrats.len(), 3);
    assert!(contrats.iter().all(|contrat| contrat.is_full_time() && contrat.end.is_some()));
    assert_eq!(contrats.iter().map(|contrat| contrat.absences.len()).collect::<Vec<_>>(), [3, 1, 0]);
    assert!(matches!(contrats[0].absences[2].motif, AbsenceMotif::Suspension(motif) if motif == "501"));
    assert!(individus.iter().all(|individu| individu.paies.is_empty()));
}
