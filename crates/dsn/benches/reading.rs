//! How fast a file is read: 64 MB of generated declarations, one core. Run it with
//! `cargo bench -p dsn`.

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dsn::Reader;
use dsn::generator::{Plan, generate};
use dsn::rubrics::Rubrics;
use memory_store::Tally;

#[path = "../tests/support/memory_store.rs"]
#[expect(dead_code, reason = "the tests ask it for more")]
mod memory_store;

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    generate(&Plan { employeurs: 20, salaries: 200, month: 3, cancelled_out_of: 0, ..Plan::default() }).bytes
});

fn main() {
    divan::main();
}

/// The main entry: declarations and people, with their report.
#[divan::bench(sample_count = 10)]
fn reader(bencher: Bencher<'_, '_>) {
    let bytes = FILE.as_slice();
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| {
        let mut reader = Reader::new("banc.dsn", black_box(bytes));
        let mut events = 0_u64;
        while let Some(event) = reader.read_next().expect("bytes in memory have no fault") {
            black_box(&event);
            events += 1;
        }
        events
    });
}

/// Lines to rubrics, without a tree.
#[divan::bench(sample_count = 10)]
fn rubrics(bencher: Bencher<'_, '_>) {
    let bytes = FILE.as_slice();
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| {
        let mut rubrics = Rubrics::new(black_box(bytes));
        let mut readings = 0_u64;
        while let Some(read) = rubrics.read_next().expect("bytes in memory have no fault") {
            black_box(&read);
            readings += 1;
        }
        readings
    });
}

/// The reading and the years of every person.
#[divan::bench(sample_count = 10)]
fn years(bencher: Bencher<'_, '_>) {
    let bytes = FILE.as_slice();
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| {
        let mut reader = Reader::new("banc.dsn", black_box(bytes));
        let mut tally = Tally::default();
        while let Some(event) = reader.read_next().expect("bytes in memory have no fault") {
            tally.follow(event);
        }
        tally.years().len()
    });
}
