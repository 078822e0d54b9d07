//! Person-years a second: statements with every explanation, and balances alone.

#[path = "../tests/support/lives.rs"]
mod lives;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use domaine::bareme::Bareme;
use domaine::droits::{Activite, Provenance, Situation, calculate, solde};
use domaine::mesures::{Day, WorkDuration, Year};

const DAY: Day = Day::date(2059, 11, 24);

fn main() {
    divan::main();
}

/// Careers of forty years, from 2019 to 2058: plain years and part-time ones.
fn careers() -> (Vec<Situation>, usize) {
    let mut random = lives::Random::new(1);
    let life = |_| Situation {
        activites: (2019..2059)
            .map(|year| {
                let year = Year::new(year).expect("a year");
                let work = WorkDuration::from_hundredths(random.below(160_701));
                Activite::salariee(year, work, None, Provenance::Employeurs)
            })
            .collect(),
        ..Situation::default()
    };
    let lives: Vec<_> = (0..1_000).map(life).collect();
    let years = lives.iter().map(|life| life.activites.len()).sum();
    (lives, years)
}

/// Lives where anything may happen.
fn mixed() -> (Vec<Situation>, usize) {
    let lives: Vec<_> = (0..1_000).map(lives::life).collect();
    let years = lives.iter().map(|life| life.activites.len()).sum();
    (lives, years)
}

/// The same lives, and everything that happens in them: the years of work are less than half of it.
fn fully_mixed() -> (Vec<Situation>, usize) {
    let (lives, years) = mixed();
    let others = |life: &Situation| {
        life.attestations.len()
            + life.rectifications.len()
            + life.engagements.len()
            + life.abondements.len()
            + life.depenses.len()
            + life.conversions.len()
    };
    let evenements = years + lives.iter().map(others).sum::<usize>();
    (lives, evenements)
}

fn measure(bencher: Bencher<'_, '_>, (lives, years): (Vec<Situation>, usize), computation: impl Fn(&Situation)) {
    bencher.counter(ItemsCount::new(years)).bench_local(|| lives.iter().for_each(&computation));
}

#[divan::bench]
fn careers_with_explanations(bencher: Bencher<'_, '_>) {
    measure(bencher, careers(), |life| drop(black_box(calculate(life, DAY, &Bareme::IN_FORCE))));
}

#[divan::bench]
fn careers_balances_only(bencher: Bencher<'_, '_>) {
    measure(bencher, careers(), |life| {
        black_box(solde(life, DAY, &Bareme::IN_FORCE));
    });
}

#[divan::bench]
fn mixed_lives_with_explanations(bencher: Bencher<'_, '_>) {
    measure(bencher, mixed(), |life| drop(black_box(calculate(life, DAY, &Bareme::IN_FORCE))));
}

#[divan::bench]
fn mixed_lives_balances_only(bencher: Bencher<'_, '_>) {
    measure(bencher, mixed(), |life| {
        black_box(solde(life, DAY, &Bareme::IN_FORCE));
    });
}

#[divan::bench]
fn mixed_lives_balances_only_per_evenement(bencher: Bencher<'_, '_>) {
    measure(bencher, fully_mixed(), |life| {
        black_box(solde(life, DAY, &Bareme::IN_FORCE));
    });
}

/// Every correction tells the yearly credits again.
#[divan::bench]
fn corrected_lives_balances_only(bencher: Bencher<'_, '_>) {
    let lives: Vec<_> = (0..1_000).map(lives::corrected_life).collect();
    let years = lives.iter().map(|life| life.activites.len()).sum();
    measure(bencher, (lives, years), |life| {
        black_box(solde(life, DAY, &Bareme::IN_FORCE));
    });
}
