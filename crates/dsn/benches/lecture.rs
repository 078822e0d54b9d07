//! How fast a file is read: 64 MB of generated declarations, one core. Run it with
//! `cargo bench -p dsn`.

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dsn::Lecture;
use dsn::generateur::{Plan, generer};
use dsn::lignes::Rubriques;
use memory_store::Cumul;

#[path = "../tests/support/memory_store.rs"]
#[expect(dead_code, reason = "the tests ask it for more")]
mod memory_store;

static FICHIER: LazyLock<Vec<u8>> = LazyLock::new(|| {
    generer(&Plan { employeurs: 20, salaries: 200, mois: 3, annulees_sur: 0, ..Plan::default() }).octets
});

fn main() {
    divan::main();
}

/// The main entry: declarations and people, with their report.
#[divan::bench(sample_count = 10)]
fn lecture(bencher: Bencher<'_, '_>) {
    let octets = FICHIER.as_slice();
    bencher.counter(BytesCount::of_slice(octets)).bench_local(|| {
        let mut lecture = Lecture::new("banc.dsn", black_box(octets));
        let mut evenements = 0_u64;
        while let Some(evenement) = lecture.suivant().expect("bytes in memory have no fault") {
            black_box(&evenement);
            evenements += 1;
        }
        evenements
    });
}

/// Lines to rubrics, without a tree.
#[divan::bench(sample_count = 10)]
fn rubriques(bencher: Bencher<'_, '_>) {
    let octets = FICHIER.as_slice();
    bencher.counter(BytesCount::of_slice(octets)).bench_local(|| {
        let mut rubriques = Rubriques::new(black_box(octets));
        let mut lues = 0_u64;
        while let Some(lue) = rubriques.suivante().expect("bytes in memory have no fault") {
            black_box(&lue);
            lues += 1;
        }
        lues
    });
}

/// The reading and the years of every person.
#[divan::bench(sample_count = 10)]
fn annees(bencher: Bencher<'_, '_>) {
    let octets = FICHIER.as_slice();
    bencher.counter(BytesCount::of_slice(octets)).bench_local(|| {
        let mut lecture = Lecture::new("banc.dsn", black_box(octets));
        let mut cumul = Cumul::default();
        while let Some(evenement) = lecture.suivant().expect("bytes in memory have no fault") {
            cumul.suivre(evenement);
        }
        cumul.annees().len()
    });
}
