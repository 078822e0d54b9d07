//! Any bytes, as a PDF: never a panic nor an endless wait, and nothing locked that was not noticed while it
//! came. `cargo +nightly fuzz run locked fuzz/corpus/locked tests/files` in
//! `crates/pdf`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pdf::{Watch, asks_for_a_password};

fuzz_target!(|bytes: &[u8]| {
    let mut watch = Watch::default();
    bytes.chunks(7).for_each(|piece| watch.add(piece));
    let locked = asks_for_a_password(bytes);
    assert!(watch.seen() || !locked);
});
