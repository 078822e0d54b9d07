//! Declarations that replace, cancel, repeat or complete one another.

use crate::memory_store::{Filing, Person, Tally};
use crate::{orders, support};
use domaine::declarations::Outcome;
use dsn::generator::{Plan, generate};
use dsn::values::Quantity;
use dsn::{Event, WorkedTime};
use std::collections::HashMap;

/// One declaration of the example, in other words.
fn declaration(changes: &[(&str, &str)]) -> Vec<u8> {
    let mut text = String::from_utf8(dsn::example()).expect("the example is ASCII");
    for (before, after) in changes {
        assert!(text.contains(before), "{before}");
        text = text.replace(before, after);
    }
    text.into_bytes()
}

fn follow(tally: &mut Tally, bytes: &[u8]) -> Vec<Outcome> {
    support::read(bytes).0.into_iter().filter_map(|event| tally.follow(event)).collect()
}

fn hours(tally: &Tally) -> i64 {
    tally.years().values().map(|time| time.hours.hundredths()).sum()
}

const ORDER: &str = "05.004,'1'";
const HOURS: &str = "144.67";

#[test]
fn the_example_is_new_once_and_comes_to_a_year() {
    let mut tally = Tally::default();
    for expected in [Outcome::New, Outcome::AlreadyThere] {
        assert_eq!(follow(&mut tally, &dsn::example()), [expected]);
    }
    let years: Vec<_> = tally.years().into_iter().map(|((_, year), time)| (year, time.hours)).collect();
    assert_eq!(years, [(2026, Quantity::from_hundredths(14_467))]);
}

#[test]
fn a_file_imported_twice_changes_nothing() {
    let file = generate(&Plan { month: 12, ..Plan::default() });
    let mut once = Tally::default();
    follow(&mut once, &file.bytes);
    let mut twice = once.clone();
    let outcomes = follow(&mut twice, &file.bytes);
    assert_eq!(once, twice);
    assert!(
        outcomes.iter().all(|outcome| matches!(outcome, Outcome::AlreadyThere | Outcome::Superseded)),
        "{outcomes:?}"
    );
}

#[test]
fn a_replacement_replaces_whichever_comes_first() {
    let first = declaration(&[]);
    let second = declaration(&[(ORDER, "05.004,'2'"), ("05.002,'01'", "05.002,'03'"), (HOURS, "100.00")]);
    let mut tally = Tally::default();
    assert_eq!(follow(&mut tally, &first), [Outcome::New]);
    assert_eq!(follow(&mut tally, &second), [Outcome::Replaces]);
    assert_eq!(hours(&tally), 10_000);
    assert_eq!(follow(&mut tally, &first), [Outcome::Superseded]);
    let mut backwards = Tally::default();
    follow(&mut backwards, &second);
    follow(&mut backwards, &first);
    assert_eq!(backwards, tally);
}

#[test]
fn a_cancelled_month_is_empty_even_for_an_earlier_declaration_that_comes_late() {
    let cancels = declaration(&[(ORDER, "05.004,'2'"), ("05.002,'01'", "05.002,'04'")]);
    for order in [[&declaration(&[]), &cancels], [&cancels, &declaration(&[])]] {
        let mut tally = Tally::default();
        order.iter().for_each(|bytes| drop(follow(&mut tally, bytes)));
        assert_eq!(hours(&tally), 0);
    }
    let mut tally = Tally::default();
    follow(&mut tally, &cancels);
    follow(&mut tally, &declaration(&[(ORDER, "05.004,'3'")]));
    assert_eq!(hours(&tally), 14_467);
}

#[test]
fn several_employers_and_parts_of_one_month_add_up() {
    let mut tally = Tally::default();
    follow(&mut tally, &declaration(&[("05.003,'11'", "05.003,'12'")]));
    follow(&mut tally, &declaration(&[("05.003,'11'", "05.003,'22'"), (ORDER, "05.004,'2'")]));
    follow(&mut tally, &declaration(&[("'00074'", "'00082'")]));
    assert_eq!(hours(&tally), 3 * 14_467);
    // The month declared again in one part: both halves are gone.
    follow(&mut tally, &declaration(&[(ORDER, "05.004,'3'")]));
    assert_eq!(hours(&tally), 2 * 14_467);
    // A half that comes late says nothing any more.
    let late = declaration(&[("05.003,'11'", "05.003,'22'"), (ORDER, "05.004,'2'")]);
    assert_eq!(follow(&mut tally, &late), [Outcome::Superseded]);
}

#[test]
fn what_does_not_count_is_not_added() {
    for changes in [
        [("00.005,'02'", "00.005,'01'")],
        [("05.001,'01'", "05.001,'09'")],
        [("05.001,'01'", "05.001,'07'")],
        [("S90.G00.90.001,'34'\nS90.G00.90.002,'1'\n", "")],
    ] {
        let mut tally = Tally::default();
        assert_eq!(follow(&mut tally, &declaration(&changes)), []);
        assert_eq!(hours(&tally), 0);
    }
}

#[test]
fn a_correction_of_december_in_january_belongs_to_the_year_before() {
    let bytes = declaration(&[("51.001,'01012026'", "51.001,'01122025'"), ("51.002,'31012026'", "51.002,'31122025'")]);
    let mut tally = Tally::default();
    follow(&mut tally, &bytes);
    assert_eq!(tally.years().keys().map(|(_, year)| *year).collect::<Vec<_>>(), [2025]);
}

#[test]
fn the_years_are_the_sum_of_the_last_word_on_each_month() {
    let as_is = Plan { employeurs: 5, salaries: 6, month: 14, ..Plan::default() };
    let mut redivided = 0;
    for plan in [as_is, Plan { divided_out_of: 2, ..as_is }, Plan { divided_out_of: 2, disorder: true, ..as_is }] {
        let file = generate(&plan);
        let mut tally = Tally::default();
        follow(&mut tally, &file.bytes);

        // Written another way: every declaration that no later one contradicts.
        let mut filings: Vec<Filing> = Vec::new();
        for event in &file.events {
            match event {
                Event::Declaration(declaration) => filings.push(Filing::open(declaration).unwrap()),
                Event::Individu(individu) => filings.last_mut().unwrap().add(individu),
                Event::End(_) | Event::EnvelopeEnd(_) => {}
            }
        }
        redivided += filings.iter().filter(|filing| filing.key.champ.is_some() || filing.fractions > 1).count();
        let all_expected = orders::all_expected(&filings);
        let mut expected: HashMap<(Person, u16), WorkedTime> = HashMap::new();
        for line in all_expected.iter().flat_map(|filing| &filing.lines) {
            *expected.entry((line.person.clone(), line.part.month.year())).or_default() += line.part.time;
        }
        assert_eq!(tally.years(), expected);
        assert!(expected.len() > 40);
        assert!(expected.values().any(|time| time.forfait_jours > Quantity::ZERO));
    }
    assert!(redivided > 40, "{redivided}");
}

#[test]
fn at_the_same_order_the_last_word_is_kept_and_the_same_word_changes_nothing() {
    let mut tally = Tally::default();
    assert_eq!(follow(&mut tally, &declaration(&[])), [Outcome::New]);
    assert_eq!(follow(&mut tally, &declaration(&[])), [Outcome::AlreadyThere]);
    assert_eq!(follow(&mut tally, &declaration(&[(HOURS, "100.00")])), [Outcome::Replaces]);
    assert_eq!(hours(&tally), 10_000);
}

#[test]
fn a_declaration_without_a_champ_is_a_total_one() {
    let total = declaration(&[("S21.G00.06.001", "S20.G00.05.008,'01'\nS21.G00.06.001")]);
    let mut tally = Tally::default();
    follow(&mut tally, &declaration(&[]));
    follow(&mut tally, &total);
    assert_eq!(hours(&tally), 14_467);
    let agricultural = declaration(&[("S21.G00.06.001", "S20.G00.05.008,'02'\nS21.G00.06.001")]);
    // That of one régime replaces it: its hours were in the total.
    assert_eq!(follow(&mut tally, &agricultural), [Outcome::Replaces]);
    assert_eq!(hours(&tally), 14_467);
}
