//! What may be offered and said to each of the fictional people, and that the ledger then does what was foretold.

use domaine::bareme::Bareme;
use domaine::dif::{Rapport, to_euros};
use domaine::droits::{
    Activite, DeclaredAttestation, DifOffer, Montant, NextCredit, NiveauOffer, Outlook, Provenance, Purpose, Situation,
    Statut, calculate,
};
use domaine::examples::PEOPLE;
use domaine::mesures::{Day, Euros, Hours, WorkDuration, Year};

const TODAY: Day = Day::date(2026, 11, 23);

fn outlook(situation: &Situation, known: bool, dif_end: Option<Day>) -> Outlook {
    Outlook::of(situation, &calculate(situation, TODAY, &Bareme::IN_FORCE), known, dif_end)
}

fn life_of(nom: &str) -> Situation {
    PEOPLE.iter().find(|person| person.nom_naissance == nom).expect("one of the cast").situation()
}

fn year(year: u16, statut: Statut) -> Activite {
    let year = Year::new(year).expect("a year");
    Activite { statut, ..Activite::salariee(year, WorkDuration::hours(1_607), None, Provenance::Employeurs) }
}

const AGENT: Statut = Statut::PublicAgent { without_niveau_3: false, incomplete: false };

#[test]
fn each_of_the_cast_is_offered_and_told_what_is_true_of_them() {
    use DifOffer::{NoRoom, Open};
    use NextCredit::{FollowingHalfYear, Full, Unknown, YearEnd};
    use NiveauOffer::{Employee, OtherStatut};
    for person in PEOPLE {
        let expected = match person.nom_naissance {
            "Lhéritier" => (Full, NoRoom, Employee, false),
            "Ndiaye" => (YearEnd, Open, OtherStatut, true),
            "Rousset" => (NextCredit::Nothing, DifOffer::AccountStopped, NiveauOffer::AccountStopped, false),
            "Nouvel" => (Unknown, Open, Employee, false),
            _ => (FollowingHalfYear, Open, Employee, false),
        };
        let seen = outlook(&person.situation(), person.known, None);
        assert_eq!((seen.credit, seen.dif, seen.niveau, seen.in_hours), expected, "{}", person.nom_naissance);
    }
}

#[test]
fn a_closed_dif_is_offered_to_nobody_and_a_stopped_account_says_so_first() {
    let eve = Day::date(2026, 11, 22);
    for person in PEOPLE {
        let offer = outlook(&person.situation(), person.known, Some(eve)).dif;
        let expected = match person.nom_naissance {
            "Rousset" => DifOffer::AccountStopped,
            _ => DifOffer::PastLastDay,
        };
        assert_eq!(offer, expected, "{}", person.nom_naissance);
        assert_ne!(outlook(&person.situation(), person.known, Some(TODAY)).dif, DifOffer::PastLastDay);
    }
}

#[test]
fn the_ceiling_is_reached_at_its_last_cent_and_spending_opens_the_account_again() {
    let spend = |cents| {
        let mut life = life_of("Lhéritier");
        life.depenses.push(domaine::droits::Depense {
            date: Day::date(2026, 1, 10),
            asked: Montant::Euros(Euros::from_centimes(cents)),
            purpose: Purpose::Formation,
            action: None,
            reference: "F-ESSAI".into(),
        });
        outlook(&life, true, None)
    };
    assert_eq!((spend(0).credit, spend(0).dif), (NextCredit::Full, DifOffer::NoRoom));
    let opened = spend(1);
    assert_eq!((opened.credit, opened.dif), (NextCredit::FollowingHalfYear, DifOffer::Open));
    assert_eq!(opened.dif_room, Euros::from_centimes(1));
}

#[test]
fn money_outside_the_ceiling_never_makes_an_account_full() {
    let seen = outlook(&life_of("Delmas"), true, None);
    assert_eq!(seen.credit, NextCredit::FollowingHalfYear);
    let releve = calculate(&life_of("Delmas"), TODAY, &Bareme::IN_FORCE);
    assert_eq!(seen.dif_room, releve.plafond - releve.solde + releve.cec_part + releve.abondements_part);
}

#[test]
fn an_agent_is_full_at_the_ceiling_in_hours_and_not_a_year_before() {
    // 24 h in 2019, then 25 a year: 149 h at the end of 2024, 150 at the end of 2025.
    let up_to = |last| {
        let activites = (2019..=last).map(|count| year(count, AGENT)).collect();
        outlook(&Situation { activites, ..Situation::default() }, true, None)
    };
    assert_eq!(up_to(2024).credit, NextCredit::YearEnd);
    let full = up_to(2025);
    // What is in euros has a ceiling of its own.
    assert_eq!((full.credit, full.dif, full.in_hours), (NextCredit::Full, DifOffer::Open, true));
}

#[test]
fn whoever_changed_work_is_told_what_the_last_one_does() {
    let life = |first, then| Situation { activites: vec![year(2023, first), year(2024, then)], ..Situation::default() };
    let employee = outlook(&life(AGENT, Statut::Salarie), true, None);
    assert_eq!((employee.credit, employee.in_hours), (NextCredit::FollowingHalfYear, false));
    let agent = outlook(&life(Statut::Salarie, AGENT), true, None);
    assert_eq!((agent.credit, agent.in_hours), (NextCredit::YearEnd, true));
    // A year under way has no line yet, and decides all the same.
    let beginner = Situation { activites: vec![year(2026, AGENT)], ..Situation::default() };
    assert_eq!(outlook(&beginner, true, None).credit, NextCredit::YearEnd);
    assert_eq!(outlook(&life(Statut::Salarie, Statut::Esat), true, None).niveau, NiveauOffer::OtherStatut);
}

#[test]
fn who_is_too_young_is_offered_nothing_that_the_account_would_refuse() {
    let life = Situation { naissance: Some(Day::date(2012, 1, 1)), ..Situation::default() };
    let seen = outlook(&life, false, None);
    assert_eq!(
        (seen.credit, seen.dif, seen.niveau),
        (NextCredit::Nothing, DifOffer::AccountStopped, NiveauOffer::AccountStopped)
    );
}

#[test]
fn the_ledger_adds_of_a_dif_exactly_what_the_room_foretold() {
    let bareme = Bareme::IN_FORCE;
    for person in PEOPLE {
        let mut life = person.situation();
        for (index, (hours, rapport)) in
            [(10, Rapport::Replaces), (60, Rapport::Adds), (120, Rapport::Replaces), (1, Rapport::Adds)]
                .into_iter()
                .enumerate()
        {
            let before = calculate(&life, TODAY, &bareme);
            let seen = Outlook::of(&life, &before, person.known, None);
            let (room, taken_back) = match rapport {
                Rapport::Adds => (seen.dif_room, Euros::ZERO),
                Rapport::Replaces => (seen.dif_room_replaced, seen.dif_room_replaced - seen.dif_room),
            };
            let worth = to_euros(Hours::new(hours), TODAY, &bareme);
            let reference = format!("DIF-{index}");
            life.attestations.push(DeclaredAttestation {
                hours: Hours::new(hours),
                rapport,
                declared_on: TODAY,
                reference: reference.clone(),
                counts_from: Some(TODAY),
                refused_on: None,
            });
            let after = calculate(&life, TODAY, &bareme);
            let added = if seen.dif == DifOffer::AccountStopped { Euros::ZERO } else { worth.min(room) };
            assert_eq!(after.solde, before.solde - taken_back + added, "{} {hours} h", person.nom_naissance);
            assert_eq!(after.withheld_of(&reference), worth - added, "{} {hours} h", person.nom_naissance);
        }
    }
}
