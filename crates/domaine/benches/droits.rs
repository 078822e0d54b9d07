//! Person-years a second: statements with every explanation, and balances alone.

#[path = "../tests/support/lives.rs"]
mod vies;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use domaine::bareme::Bareme;
use domaine::droits::{Activite, Provenance, Situation, calculer, solde};
use domaine::mesures::{Annee, DureeTravaillee, Jour};

const JOUR: Jour = Jour::date(2059, 11, 24);

fn main() {
    divan::main();
}

/// Careers of forty years, from 2019 to 2058: plain years and part-time ones.
fn carrieres() -> (Vec<Situation>, usize) {
    let mut hasard = vies::Hasard::new(1);
    let vie = |_| Situation {
        activites: (2019..2059)
            .map(|annee| {
                let annee = Annee::new(annee).expect("a year");
                let travail = DureeTravaillee::de_centiemes(hasard.sous(160_701));
                Activite::salariee(annee, travail, None, Provenance::Employeurs)
            })
            .collect(),
        ..Situation::default()
    };
    let vies: Vec<_> = (0..1_000).map(vie).collect();
    let annees = vies.iter().map(|vie| vie.activites.len()).sum();
    (vies, annees)
}

/// Lives where anything may happen.
fn melees() -> (Vec<Situation>, usize) {
    let vies: Vec<_> = (0..1_000).map(vies::vie).collect();
    let annees = vies.iter().map(|vie| vie.activites.len()).sum();
    (vies, annees)
}

/// The same lives, and everything that happens in them: the years of work are less than half of it.
fn melees_en_entier() -> (Vec<Situation>, usize) {
    let (vies, annees) = melees();
    let autres = |vie: &Situation| {
        vie.attestations.len()
            + vie.rectifications.len()
            + vie.engagements.len()
            + vie.abondements.len()
            + vie.depenses.len()
            + vie.conversions.len()
    };
    let evenements = annees + vies.iter().map(autres).sum::<usize>();
    (vies, evenements)
}

fn mesurer(bencher: Bencher<'_, '_>, (vies, annees): (Vec<Situation>, usize), calcul: impl Fn(&Situation)) {
    bencher.counter(ItemsCount::new(annees)).bench_local(|| vies.iter().for_each(&calcul));
}

#[divan::bench]
fn carrieres_avec_explications(bencher: Bencher<'_, '_>) {
    mesurer(bencher, carrieres(), |vie| drop(black_box(calculer(vie, JOUR, &Bareme::EN_VIGUEUR))));
}

#[divan::bench]
fn carrieres_soldes_seuls(bencher: Bencher<'_, '_>) {
    mesurer(bencher, carrieres(), |vie| {
        black_box(solde(vie, JOUR, &Bareme::EN_VIGUEUR));
    });
}

#[divan::bench]
fn vies_melees_avec_explications(bencher: Bencher<'_, '_>) {
    mesurer(bencher, melees(), |vie| drop(black_box(calculer(vie, JOUR, &Bareme::EN_VIGUEUR))));
}

#[divan::bench]
fn vies_melees_soldes_seuls(bencher: Bencher<'_, '_>) {
    mesurer(bencher, melees(), |vie| {
        black_box(solde(vie, JOUR, &Bareme::EN_VIGUEUR));
    });
}

#[divan::bench]
fn vies_melees_soldes_seuls_par_evenement(bencher: Bencher<'_, '_>) {
    mesurer(bencher, melees_en_entier(), |vie| {
        black_box(solde(vie, JOUR, &Bareme::EN_VIGUEUR));
    });
}

/// Every correction tells the yearly credits again.
#[divan::bench]
fn vies_corrigees_soldes_seuls(bencher: Bencher<'_, '_>) {
    let vies: Vec<_> = (0..1_000).map(vies::vie_corrigee).collect();
    let annees = vies.iter().map(|vie| vie.activites.len()).sum();
    mesurer(bencher, (vies, annees), |vie| {
        black_box(solde(vie, JOUR, &Bareme::EN_VIGUEUR));
    });
}
