//! Statements of the cast and the thresholds of the yearly credit, in threes.

use domaine::bareme::{Bareme, NatureAbsence, NaturesAbsence};
use domaine::dif::Rapport;
use domaine::droits::{
    Absence, Activite, AnneeTravaillee, AttestationDeclaree, Categorie, Motif, Provenance, Releve, Situation, Statut,
    calculer,
};
use domaine::exemples::PERSONNES;
use domaine::identite::{DateNaissance, Nir, nir::coherence};
use domaine::mesures::{Annee, DureeTravaillee, Euros, Heures, Jour, Quantite};

const AUJOURDHUI: Jour = Jour::date(2026, 11, 23);

fn releve(situation: &Situation, date: Jour) -> Releve {
    calculer(situation, date, &Bareme::EN_VIGUEUR)
}

fn solde_de(nom: &str) -> Euros {
    let exemple = PERSONNES.iter().find(|p| p.nom_naissance == nom).expect("one of the cast");
    releve(&exemple.situation(), AUJOURDHUI).solde
}

fn travail(annee: u16, centiemes: u32) -> Activite {
    let annee = Annee::new(annee).expect("a year");
    Activite::salariee(annee, DureeTravaillee::de_centiemes(centiemes), None, Provenance::Employeurs)
}

fn attestation(heures: u32, rapport: Rapport, le: Jour) -> AttestationDeclaree {
    AttestationDeclaree { heures: Heures::new(heures), rapport, declaree_le: le, reference: "DIF-ESSAI".into() }
}

#[test]
fn the_cast_has_the_balances_it_is_known_for() {
    assert_eq!(solde_de("Pat-Trois"), Euros::entiers(1_810));
    assert_eq!(solde_de("Ambroise"), Euros::entiers(1_025));
    assert_eq!(solde_de("Lhéritier"), Euros::entiers(5_000));
    assert_eq!(solde_de("Verdier"), Euros::de_centimes(24_985));
    assert_eq!(solde_de("Kervella"), Euros::entiers(500));
    // 6 years of 500 €, 240 € of volunteering, 1 200 € and 800 € of an employer, less a course of 2 000 €.
    assert_eq!(solde_de("Delmas"), Euros::entiers(3_240));
    assert_eq!(solde_de("Rousset"), Euros::entiers(1_500));
    assert_eq!((solde_de("Ndiaye"), solde_de("Nouvel")), (Euros::ZERO, Euros::ZERO));
}

#[test]
fn the_cast_has_right_numbers_that_agree_with_their_birth_dates() {
    for exemple in PERSONNES {
        let nir = Nir::parse(exemple.nir, exemple.cle).expect(exemple.nom_naissance);
        let naissance = DateNaissance::depuis_iso(exemple.date_naissance).expect(exemple.nom_naissance);
        assert_eq!(coherence(nir.corps(), &naissance), Ok(()), "{}", exemple.nom_naissance);
    }
}

// Source: Code du travail, R6323-1, I and II: half of 1 607 h is 803.50 h.
#[test]
fn the_credit_jumps_to_the_whole_at_half_time() {
    let credit = |centiemes| {
        let situation = Situation { activites: vec![travail(2024, centiemes)], ..Situation::default() };
        releve(&situation, AUJOURDHUI).solde
    };
    assert_eq!(credit(80_349), Euros::de_centimes(25_000));
    assert_eq!(credit(80_300), Euros::de_centimes(24_985));
    assert_eq!(credit(80_350), Euros::entiers(500));
    assert_eq!(credit(80_351), Euros::entiers(500));
    assert_eq!(credit(0), Euros::ZERO);
}

#[test]
fn a_year_is_credited_on_its_day_and_not_on_the_eve() {
    let situation = Situation { activites: vec![travail(2024, 160_700)], ..Situation::default() };
    assert_eq!(releve(&situation, Jour::date(2025, 6, 29)).solde, Euros::ZERO);
    assert_eq!(releve(&situation, Jour::date(2025, 6, 30)).solde, Euros::entiers(500));
}

#[test]
fn hours_become_euros_on_the_first_of_january_2019() {
    let seed = PERSONNES[0].situation();
    assert_eq!(releve(&seed, Jour::date(2018, 12, 31)).solde, Euros::ZERO);
    assert_eq!(releve(&seed, Jour::date(2019, 1, 1)).solde, Euros::entiers(810));
}

#[test]
fn the_account_stops_at_the_ceiling_and_says_what_was_withheld() {
    let lheritier = PERSONNES[2].situation();
    let releve = releve(&lheritier, AUJOURDHUI);
    let derniere = releve.lignes.last().expect("a line");
    assert_eq!((derniere.montant, derniere.retenu), (Euros::entiers(250), Euros::entiers(250)));
    assert_eq!(releve.solde, releve.plafond);
}

#[test]
fn dif_of_simultaneous_employers_adds_and_a_later_attestation_replaces() {
    let jour = Jour::date(2026, 11, 1);
    let dif = |attestations| releve(&Situation { attestations, ..Situation::default() }, AUJOURDHUI).dont_dif;
    assert_eq!(dif(vec![attestation(87, Rapport::Remplace, jour)]), Euros::entiers(1_305));
    let ajout = vec![attestation(87, Rapport::Remplace, jour), attestation(10, Rapport::Ajoute, jour)];
    assert_eq!(dif(ajout), Euros::entiers(1_455));
    let suite = vec![attestation(87, Rapport::Remplace, jour), attestation(40, Rapport::Remplace, jour)];
    assert_eq!(dif(suite), Euros::entiers(600));
}

#[test]
fn a_past_statement_ignores_what_was_declared_later() {
    let attestations = vec![
        attestation(87, Rapport::Remplace, Jour::date(2026, 1, 10)),
        attestation(40, Rapport::Remplace, Jour::date(2026, 5, 10)),
    ];
    let situation = Situation { attestations, ..Situation::default() };
    assert_eq!(releve(&situation, Jour::date(2026, 5, 9)).solde, Euros::entiers(1_305));
    assert_eq!(releve(&situation, Jour::date(2026, 5, 10)).solde, Euros::entiers(600));
}

#[test]
fn the_balance_is_the_sum_of_the_lines_and_never_passes_the_ceiling() {
    for exemple in PERSONNES {
        let mut situation = exemple.situation();
        situation.attestations.push(attestation(120, Rapport::Remplace, AUJOURDHUI));
        let releve = releve(&situation, AUJOURDHUI);
        assert_eq!(releve.lignes.iter().map(|ligne| ligne.montant).sum::<Euros>(), releve.solde);
        assert!(releve.solde - releve.dont_cec - releve.dont_abondements <= releve.plafond);
    }
}

#[test]
fn a_partial_year_says_how_much_work_was_missing() {
    let verdier = PERSONNES[3].situation();
    let releve = releve(&verdier, AUJOURDHUI);
    assert!(matches!(&releve.lignes[0].motif, Motif::AnneePartielle { manque, .. }
        if *manque == Quantite::Heures(DureeTravaillee::de_centiemes(50))));
}

#[test]
fn a_statement_travels_without_a_number() {
    let texte = serde_json::to_string(&releve(&PERSONNES[0].situation(), AUJOURDHUI)).expect("writable");
    assert!(!texte.split('"').step_by(2).any(|hors| hors.bytes().any(|c| c.is_ascii_digit())));
    let relu: Releve = serde_json::from_str(&texte).expect("readable");
    assert_eq!(relu, releve(&PERSONNES[0].situation(), AUJOURDHUI));
}

fn faits(releve: &Releve) -> AnneeTravaillee {
    match releve.lignes[0].motif {
        Motif::AnneePleine { faits } | Motif::AnneePartielle { faits, .. } | Motif::AnneeSansCredit { faits, .. } => {
            faits
        }
        ref autre => panic!("a year of work, not {autre:?}"),
    }
}

// Source: Code du travail, L6323-12.
#[test]
fn a_year_names_the_absences_that_count_as_work_and_no_other() {
    let mut activite = travail(2024, 40_000);
    for (nature, centiemes) in
        [(NatureAbsence::Maternite, 30_000), (NatureAbsence::Maladie, 10_000), (NatureAbsence::AccidentDuTravail, 200)]
    {
        let quantite = Quantite::Heures(DureeTravaillee::de_centiemes(centiemes));
        activite.absences.push(Absence { nature, quantite });
    }
    let faits = faits(&releve(&Situation { activites: vec![activite], ..Situation::default() }, AUJOURDHUI));
    let natures: NaturesAbsence = [NatureAbsence::AccidentDuTravail, NatureAbsence::Maternite].into_iter().collect();
    assert_eq!(faits.natures, natures);
    assert_eq!(faits.absences, Some(Quantite::Heures(DureeTravaillee::de_centiemes(30_200))));
}

// Source: Code du travail, R6323-27.
#[test]
fn of_two_statuses_the_one_put_aside_is_named_when_it_gave_something_too() {
    let independant =
        |paye| Activite { statut: Statut::Independant { cotisation_payee_le: paye }, ..travail(2024, 160_700) };
    let ecartee = |activites| faits(&releve(&Situation { activites, ..Situation::default() }, AUJOURDHUI)).ecartee;
    let paye = Some(Jour::date(2024, 12, 31));
    assert_eq!(ecartee(vec![travail(2024, 40_000), independant(paye)]), Some(Categorie::Salarie));
    assert_eq!(ecartee(vec![travail(2024, 40_000), independant(None)]), None);
    assert_eq!(ecartee(vec![travail(2024, 40_000)]), None);
}
