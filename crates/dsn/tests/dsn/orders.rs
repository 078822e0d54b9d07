//! The order in which declarations come changes nothing, and no hour counts twice: against a rule written apart,
//! from every declaration at once.

use crate::memory_store::{Cle, Filing, Tally};
use domaine::declarations::{Order, Outcome, ShortCode};
use domaine::mesures::Day;
use dsn::values::{Month, Siret};
use proptest::prelude::*;

/// An empty declaration of one month.
fn filing(champ: &str, fraction: u8, fractions: u8, number: u64, cancels: bool) -> Filing {
    let siret = Siret::of(b"732829320", b"00074").expect("fourteen figures");
    let champ = ShortCode::parse(champ.as_bytes()).filter(|champ| *champ != "01");
    let key = Cle { siret, month: Month::of(Day::date(2026, 1, 1)), champ, fraction };
    let order = Order { number, replaces: cancels };
    Filing { key, fractions, order, cancels, lines: Vec::new() }
}

/// Declarations of one month in every form, with orders that differ: by their number, or by what one replaces.
fn filings() -> impl Strategy<Value = Vec<Filing>> {
    let shape = (
        prop::sample::select(vec!["01", "02", "03"]),
        1_u8..4,
        any::<prop::sample::Index>(),
        prop::bool::weighted(0.2),
    );
    prop::collection::vec(shape, 1..9).prop_flat_map(|shapes| {
        let orders: Vec<u64> = (1..=shapes.len() as u64).collect();
        (Just(shapes), Just(orders).prop_shuffle()).prop_map(|(shapes, orders)| {
            let one = |((champ, fractions, fraction, cancels), order): ((&str, u8, prop::sample::Index, bool), u64)| {
                let fraction = 1 + u8::try_from(fraction.index(fractions.into())).expect("a figure");
                let order = Order { number: order / 2, replaces: order % 2 == 1 };
                Filing { order, ..filing(champ, fraction, fractions, 0, cancels) }
            };
            shapes.into_iter().zip(orders).map(one).collect()
        })
    })
}

/// Whether both would say the same hours: written apart from the crate.
fn contradict_each_other(one: &Filing, other: &Filing) -> bool {
    if (one.key.siret, one.key.month) != (other.key.siret, other.key.month) {
        return false;
    }
    match (one.key.champ, other.key.champ) {
        (Some(one), Some(other)) if one != other => false,
        (champ, of_the_other) if champ != of_the_other => true,
        _ => one.fractions != other.fractions || one.key.fraction == other.key.fraction,
    }
}

/// Those that no later one contradicts.
pub fn all_expected(all: &[Filing]) -> Vec<Filing> {
    let mut remain: Vec<Filing> = all
        .iter()
        .filter(|one| !all.iter().any(|other| other.order > one.order && contradict_each_other(one, other)))
        .cloned()
        .collect();
    remain.sort_by_key(|filing| filing.key);
    remain
}

fn kept(arrivals: &[Filing]) -> Vec<Filing> {
    let mut tally = Tally::default();
    for filing in arrivals {
        tally.deposit(filing.clone());
    }
    tally.filings().cloned().collect()
}

#[test]
fn a_late_whole_month_neither_comes_back_nor_leaves_a_part_from_before_it() {
    let (first, second, whole) =
        (filing("01", 1, 2, 2, false), filing("01", 2, 2, 7, false), filing("01", 1, 1, 5, false));
    let mut tally = Tally::default();
    assert_eq!(tally.deposit(first.clone()), Outcome::New);
    assert_eq!(tally.deposit(second.clone()), Outcome::New);
    assert_eq!(tally.deposit(whole), Outcome::Superseded);
    assert_eq!(tally.filings().collect::<Vec<_>>(), [&second]);
    // And the part from before it does not come back either.
    assert_eq!(tally.deposit(first), Outcome::Superseded);
}

#[test]
fn a_total_declaration_and_those_of_the_regimes_never_count_together() {
    let (total, agricultural, general) =
        (filing("01", 1, 1, 1, false), filing("02", 1, 1, 2, false), filing("03", 1, 1, 3, false));
    let mut tally = Tally::default();
    tally.deposit(total);
    assert_eq!(tally.deposit(agricultural.clone()), Outcome::Replaces);
    assert_eq!(tally.deposit(general.clone()), Outcome::New);
    assert_eq!(tally.filings().collect::<Vec<_>>(), [&agricultural, &general]);
    let total = filing("01", 1, 1, 4, false);
    assert_eq!(tally.deposit(total.clone()), Outcome::Replaces);
    assert_eq!(tally.filings().collect::<Vec<_>>(), [&total]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_changes_nothing_and_nothing_counts_twice(
        (arrivals, otherwise) in filings().prop_flat_map(|filings| (Just(filings.clone()).prop_shuffle(), Just(filings).prop_shuffle())),
    ) {
        let kept_ = kept(&arrivals);
        prop_assert_eq!(&kept_, &all_expected(&arrivals));
        prop_assert_eq!(&kept_, &kept(&otherwise));
        for (index, one) in kept_.iter().enumerate() {
            prop_assert!(!kept_[..index].iter().any(|other| contradict_each_other(one, other)));
        }
        // All of them once more: nothing changes any more.
        let twice = [arrivals.as_slice(), otherwise.as_slice()].concat();
        prop_assert_eq!(kept_, kept(&twice));
    }
}
