//! Statements of the cast and the thresholds of the yearly credit, in threes.

use domaine::bareme::{AbsenceNature, AbsenceNatures, Bareme};
use domaine::dif::Rapport;
use domaine::droits::{
    Absence, Activite, Category, DeclaredAttestation, Motif, Provenance, Raison, Releve, Situation, Statut, YearOfWork,
    calculate,
};
use domaine::examples::PEOPLE;
use domaine::identite::{DateNaissance, Nir, nir::coherence};
use domaine::mesures::{Day, Euros, Hours, Quantity, WorkDuration, Year};

const TODAY: Day = Day::date(2026, 11, 23);

fn releve(situation: &Situation, date: Day) -> Releve {
    calculate(situation, date, &Bareme::IN_FORCE)
}

fn solde_of(nom: &str) -> Euros {
    let example = PEOPLE.iter().find(|p| p.nom_naissance == nom).expect("one of the cast");
    releve(&example.situation(), TODAY).solde
}

fn work(year: u16, hundredths: u32) -> Activite {
    let year = Year::new(year).expect("a year");
    Activite::salariee(year, WorkDuration::from_hundredths(hundredths), None, Provenance::Employeurs)
}

fn attestation(hours: u32, rapport: Rapport, on: Day) -> DeclaredAttestation {
    DeclaredAttestation {
        hours: Hours::new(hours),
        rapport,
        declared_on: on,
        reference: "DIF-ESSAI".into(),
        counts_from: Some(on),
        refused_on: None,
    }
}

#[test]
fn the_cast_has_the_balances_it_is_known_for() {
    assert_eq!(solde_of("Pat-Trois"), Euros::whole(1_810));
    assert_eq!(solde_of("Ambroise"), Euros::whole(1_025));
    assert_eq!(solde_of("Lhéritier"), Euros::whole(5_000));
    assert_eq!(solde_of("Verdier"), Euros::from_centimes(24_985));
    assert_eq!(solde_of("Kervella"), Euros::whole(500));
    // 6 years of 500 €, 240 € of volunteering, 1 200 € and 800 € of an employer, less a course of 2 000 €.
    assert_eq!(solde_of("Delmas"), Euros::whole(3_240));
    assert_eq!(solde_of("Rousset"), Euros::whole(1_500));
    assert_eq!((solde_of("Ndiaye"), solde_of("Nouvel")), (Euros::ZERO, Euros::ZERO));
}

#[test]
fn the_cast_has_right_numbers_that_agree_with_their_birth_dates() {
    for example in PEOPLE {
        let nir = Nir::parse(example.nir, example.key).expect(example.nom_naissance);
        let naissance = DateNaissance::from_iso(example.date_naissance).expect(example.nom_naissance);
        assert_eq!(coherence(nir.body(), &naissance), Ok(()), "{}", example.nom_naissance);
    }
}

// Source: Code du travail, R6323-1, I and II: half of 1 607 h is 803.50 h.
#[test]
fn the_credit_jumps_to_the_whole_at_half_time() {
    let credit = |hundredths| {
        let situation = Situation { activites: vec![work(2024, hundredths)], ..Situation::default() };
        releve(&situation, TODAY).solde
    };
    assert_eq!(credit(80_349), Euros::from_centimes(25_000));
    assert_eq!(credit(80_300), Euros::from_centimes(24_985));
    assert_eq!(credit(80_350), Euros::whole(500));
    assert_eq!(credit(80_351), Euros::whole(500));
    assert_eq!(credit(0), Euros::ZERO);
}

#[test]
fn a_year_is_credited_on_its_day_and_not_on_the_eve() {
    let situation = Situation { activites: vec![work(2024, 160_700)], ..Situation::default() };
    assert_eq!(releve(&situation, Day::date(2025, 6, 29)).solde, Euros::ZERO);
    assert_eq!(releve(&situation, Day::date(2025, 6, 30)).solde, Euros::whole(500));
}

#[test]
fn hours_become_euros_on_the_first_of_january_2019() {
    let seed = PEOPLE[0].situation();
    assert_eq!(releve(&seed, Day::date(2018, 12, 31)).solde, Euros::ZERO);
    assert_eq!(releve(&seed, Day::date(2019, 1, 1)).solde, Euros::whole(810));
}

#[test]
fn the_account_stops_at_the_ceiling_and_says_what_was_withheld() {
    let lheritier = PEOPLE[2].situation();
    let releve = releve(&lheritier, TODAY);
    let last = releve.lignes.last().expect("a line");
    assert_eq!((last.montant, last.withheld), (Euros::whole(250), Euros::whole(250)));
    assert_eq!(releve.solde, releve.plafond);
}

#[test]
fn dif_of_simultaneous_employers_adds_and_a_later_attestation_replaces() {
    let day = Day::date(2026, 11, 1);
    let dif = |attestations| releve(&Situation { attestations, ..Situation::default() }, TODAY).dif_part;
    assert_eq!(dif(vec![attestation(87, Rapport::Replaces, day)]), Euros::whole(1_305));
    let addition = vec![attestation(87, Rapport::Replaces, day), attestation(10, Rapport::Adds, day)];
    assert_eq!(dif(addition), Euros::whole(1_455));
    let tail = vec![attestation(87, Rapport::Replaces, day), attestation(40, Rapport::Replaces, day)];
    assert_eq!(dif(tail), Euros::whole(600));
}

/// Each line that is not nought, by its day and amount, and the reason of what is taken back.
fn dif_lines(attestations: Vec<DeclaredAttestation>) -> Vec<(Day, Euros, Option<Raison>)> {
    let releve = releve(&Situation { attestations, ..Situation::default() }, TODAY);
    let raison = |motif: &Motif| match motif {
        Motif::Contrepassation { raison, .. } => Some(*raison),
        _ => None,
    };
    releve.lignes.iter().map(|ligne| (ligne.date, ligne.montant, raison(&ligne.motif))).collect()
}

#[test]
fn hours_whose_proof_is_refused_leave_that_day_and_those_that_they_had_replaced_come_back() {
    let (first, second, refused) = (Day::date(2026, 1, 10), Day::date(2026, 5, 10), Day::date(2026, 9, 1));
    let wrong = DeclaredAttestation { refused_on: Some(refused), ..attestation(40, Rapport::Replaces, second) };
    assert_eq!(
        dif_lines(vec![wrong.clone()]),
        [(second, Euros::whole(600), None), (refused, Euros::whole(-600), Some(Raison::RefusedAttestation))]
    );
    assert_eq!(
        dif_lines(vec![attestation(87, Rapport::Replaces, first), wrong]),
        [
            (first, Euros::whole(1_305), None),
            (second, Euros::whole(-1_305), Some(Raison::ReplacedAttestation)),
            (second, Euros::whole(600), None),
            (refused, Euros::whole(-600), Some(Raison::RefusedAttestation)),
            (refused, Euros::whole(1_305), None),
        ]
    );
    // One that another had replaced takes nothing back, and one that adds leaves the others alone.
    let replaced = DeclaredAttestation { refused_on: Some(refused), ..attestation(87, Rapport::Replaces, first) };
    assert_eq!(dif_lines(vec![replaced, attestation(40, Rapport::Replaces, second)]).len(), 3);
    let added = DeclaredAttestation { refused_on: Some(refused), ..attestation(10, Rapport::Adds, second) };
    let lines = dif_lines(vec![attestation(87, Rapport::Replaces, first), added]);
    assert_eq!(lines[2..], [(refused, Euros::whole(-150), Some(Raison::RefusedAttestation))]);
}

#[test]
fn where_a_proof_must_be_seen_first_its_hours_count_from_that_day_in_the_order_of_the_declarations() {
    let (first, second) = (Day::date(2026, 1, 10), Day::date(2026, 5, 10));
    let seen = |on, attestation| DeclaredAttestation { counts_from: on, ..attestation };
    let waits = seen(None, attestation(87, Rapport::Replaces, first));
    assert_eq!(dif_lines(vec![waits.clone()]), []);
    let refused = DeclaredAttestation { refused_on: Some(second), ..waits };
    assert_eq!(dif_lines(vec![refused]), [], "what never counted is not taken back");
    // The second is seen before the first, which it replaces whatever the order in which they are seen.
    let (june, july) = (Day::date(2026, 6, 1), Day::date(2026, 7, 1));
    let lines = dif_lines(vec![
        seen(Some(july), attestation(87, Rapport::Replaces, first)),
        seen(Some(june), attestation(40, Rapport::Replaces, second)),
    ]);
    assert_eq!(lines, [(june, Euros::whole(600), None)]);
}

#[test]
fn a_past_statement_ignores_what_was_declared_later() {
    let attestations = vec![
        attestation(87, Rapport::Replaces, Day::date(2026, 1, 10)),
        attestation(40, Rapport::Replaces, Day::date(2026, 5, 10)),
    ];
    let situation = Situation { attestations, ..Situation::default() };
    assert_eq!(releve(&situation, Day::date(2026, 5, 9)).solde, Euros::whole(1_305));
    assert_eq!(releve(&situation, Day::date(2026, 5, 10)).solde, Euros::whole(600));
}

#[test]
fn the_balance_is_the_sum_of_the_lines_and_never_passes_the_ceiling() {
    for example in PEOPLE {
        let mut situation = example.situation();
        situation.attestations.push(attestation(120, Rapport::Replaces, TODAY));
        let releve = releve(&situation, TODAY);
        assert_eq!(releve.lignes.iter().map(|ligne| ligne.montant).sum::<Euros>(), releve.solde);
        assert!(releve.solde - releve.cec_part - releve.abondements_part <= releve.plafond);
    }
}

#[test]
fn a_partial_year_says_how_much_work_was_missing() {
    let ines = PEOPLE[3].situation();
    let releve = releve(&ines, TODAY);
    assert!(matches!(&releve.lignes[0].motif, Motif::PartialYear { missing, .. }
        if *missing == Quantity::Hours(WorkDuration::from_hundredths(50))));
}

#[test]
fn a_statement_travels_without_a_number() {
    let text = serde_json::to_string(&releve(&PEOPLE[0].situation(), TODAY)).expect("writable");
    assert!(!text.split('"').step_by(2).any(|hors| hors.bytes().any(|c| c.is_ascii_digit())));
    let reread: Releve = serde_json::from_str(&text).expect("readable");
    assert_eq!(reread, releve(&PEOPLE[0].situation(), TODAY));
}

fn facts(releve: &Releve) -> YearOfWork {
    match releve.lignes[0].motif {
        Motif::FullYear { facts } | Motif::PartialYear { facts, .. } | Motif::YearWithoutCredit { facts, .. } => facts,
        ref other => panic!("a year of work, not {other:?}"),
    }
}

// Source: Code du travail, L6323-12.
#[test]
fn a_year_names_the_absences_that_count_as_work_and_no_other() {
    let mut activite = work(2024, 40_000);
    for (nature, hundredths) in
        [(AbsenceNature::Maternite, 30_000), (AbsenceNature::Maladie, 10_000), (AbsenceNature::AccidentDuTravail, 200)]
    {
        let quantity = Quantity::Hours(WorkDuration::from_hundredths(hundredths));
        activite.absences.push(Absence { nature, quantity });
    }
    let facts = facts(&releve(&Situation { activites: vec![activite], ..Situation::default() }, TODAY));
    let natures: AbsenceNatures = [AbsenceNature::AccidentDuTravail, AbsenceNature::Maternite].into_iter().collect();
    assert_eq!(facts.natures, natures);
    assert_eq!(facts.absences, Some(Quantity::Hours(WorkDuration::from_hundredths(30_200))));
}

// Source: Code du travail, R6323-27.
#[test]
fn of_two_statuses_the_one_put_aside_is_named_when_it_gave_something_too() {
    let independant =
        |paid| Activite { statut: Statut::Independant { cotisation_paid_on: paid }, ..work(2024, 160_700) };
    let discarded = |activites| facts(&releve(&Situation { activites, ..Situation::default() }, TODAY)).discarded;
    let paid = Some(Day::date(2024, 12, 31));
    assert_eq!(discarded(vec![work(2024, 40_000), independant(paid)]), Some(Category::Salarie));
    assert_eq!(discarded(vec![work(2024, 40_000), independant(None)]), None);
    assert_eq!(discarded(vec![work(2024, 40_000)]), None);
}
