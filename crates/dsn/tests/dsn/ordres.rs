//! The order in which declarations come changes nothing, and no hour counts twice: against a rule written apart,
//! from every declaration at once.

use crate::memory_store::{Cle, Cumul, Depot};
use domaine::declarations::{Cote, Sort};
use domaine::mesures::Jour;
use dsn::valeurs::{Mois, Siret};
use proptest::prelude::*;

/// An empty declaration of one month.
fn depot(champ: &str, fraction: u8, fractions: u8, ordre: u64, annule: bool) -> Depot {
    let siret = Siret::de(b"732829320", b"00074").expect("fourteen figures");
    let champ = Cote::lire(champ.as_bytes()).filter(|champ| *champ != "01");
    let cle = Cle { siret, mois: Mois::de(Jour::date(2026, 1, 1)), champ, fraction };
    Depot { cle, fractions, ordre, annule, lignes: Vec::new() }
}

/// Declarations of one month in every form, with orders that differ.
fn depots() -> impl Strategy<Value = Vec<Depot>> {
    let forme = (
        prop::sample::select(vec!["01", "02", "03"]),
        1_u8..4,
        any::<prop::sample::Index>(),
        prop::bool::weighted(0.2),
    );
    prop::collection::vec(forme, 1..9).prop_flat_map(|formes| {
        let ordres: Vec<u64> = (1..=formes.len() as u64).collect();
        (Just(formes), Just(ordres).prop_shuffle()).prop_map(|(formes, ordres)| {
            let une = |((champ, fractions, fraction, annule), ordre): ((&str, u8, prop::sample::Index, bool), u64)| {
                let fraction = 1 + u8::try_from(fraction.index(fractions.into())).expect("a figure");
                depot(champ, fraction, fractions, ordre, annule)
            };
            formes.into_iter().zip(ordres).map(une).collect()
        })
    })
}

/// Whether both would say the same hours: written apart from the crate.
fn se_contredisent(un: &Depot, autre: &Depot) -> bool {
    if (un.cle.siret, un.cle.mois) != (autre.cle.siret, autre.cle.mois) {
        return false;
    }
    match (un.cle.champ, autre.cle.champ) {
        (Some(un), Some(autre)) if un != autre => false,
        (champ, de_l_autre) if champ != de_l_autre => true,
        _ => un.fractions != autre.fractions || un.cle.fraction == autre.cle.fraction,
    }
}

/// Those that no later one contradicts.
pub fn attendus(tous: &[Depot]) -> Vec<Depot> {
    let mut restent: Vec<Depot> = tous
        .iter()
        .filter(|un| !tous.iter().any(|autre| autre.ordre > un.ordre && se_contredisent(un, autre)))
        .cloned()
        .collect();
    restent.sort_by_key(|depot| depot.cle);
    restent
}

fn gardes(arrivees: &[Depot]) -> Vec<Depot> {
    let mut cumul = Cumul::default();
    for depot in arrivees {
        cumul.deposer(depot.clone());
    }
    cumul.depots().cloned().collect()
}

#[test]
fn a_late_whole_month_neither_comes_back_nor_leaves_a_part_from_before_it() {
    let (premiere, seconde, entiere) =
        (depot("01", 1, 2, 2, false), depot("01", 2, 2, 7, false), depot("01", 1, 1, 5, false));
    let mut cumul = Cumul::default();
    assert_eq!(cumul.deposer(premiere.clone()), Sort::Nouveau);
    assert_eq!(cumul.deposer(seconde.clone()), Sort::Nouveau);
    assert_eq!(cumul.deposer(entiere), Sort::Depasse);
    assert_eq!(cumul.depots().collect::<Vec<_>>(), [&seconde]);
    // And the part from before it does not come back either.
    assert_eq!(cumul.deposer(premiere), Sort::Depasse);
}

#[test]
fn a_total_declaration_and_those_of_the_regimes_never_count_together() {
    let (total, agricole, general) =
        (depot("01", 1, 1, 1, false), depot("02", 1, 1, 2, false), depot("03", 1, 1, 3, false));
    let mut cumul = Cumul::default();
    cumul.deposer(total);
    assert_eq!(cumul.deposer(agricole.clone()), Sort::Remplace);
    assert_eq!(cumul.deposer(general.clone()), Sort::Nouveau);
    assert_eq!(cumul.depots().collect::<Vec<_>>(), [&agricole, &general]);
    let total = depot("01", 1, 1, 4, false);
    assert_eq!(cumul.deposer(total.clone()), Sort::Remplace);
    assert_eq!(cumul.depots().collect::<Vec<_>>(), [&total]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_changes_nothing_and_nothing_counts_twice(
        (arrivees, autrement) in depots().prop_flat_map(|depots| (Just(depots.clone()).prop_shuffle(), Just(depots).prop_shuffle())),
    ) {
        let gardes_ = gardes(&arrivees);
        prop_assert_eq!(&gardes_, &attendus(&arrivees));
        prop_assert_eq!(&gardes_, &gardes(&autrement));
        for (rang, un) in gardes_.iter().enumerate() {
            prop_assert!(!gardes_[..rang].iter().any(|autre| se_contredisent(un, autre)));
        }
        // All of them once more: nothing changes any more.
        let deux_fois = [arrivees.as_slice(), autrement.as_slice()].concat();
        prop_assert_eq!(gardes_, gardes(&deux_fois));
    }
}
