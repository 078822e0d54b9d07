//! Any bytes: never a panic, never a declaration without its end, and the pieces in which bytes
//! come change nothing. In `crates/dsn`, `cargo run --features generateur --example seeds` writes the files it
//! starts from, all generated; then `cargo +nightly fuzz run reader`.
#![no_main]

use std::io::{self, Read};

use dsn::{Event, Reader, ReadingReport};
use libfuzzer_sys::fuzz_target;
use memory_store::Tally;

#[path = "../../tests/support/memory_store.rs"]
#[expect(dead_code, reason = "the tests ask it for more")]
mod memory_store;

/// Bytes that come seven at a time.
struct InSevens<'a>(&'a [u8]);

impl Read for InSevens<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = 7.min(buffer.len()).min(self.0.len());
        buffer[..size].copy_from_slice(&self.0[..size]);
        self.0 = &self.0[size..];
        Ok(size)
    }
}

fn read(source: impl Read) -> (Vec<Event>, ReadingReport) {
    let mut reader = Reader::new("fuzz.dsn", source);
    let mut events = Vec::new();
    while let Some(event) = reader.read_next().expect("bytes in memory have no fault") {
        events.push(event);
    }
    (events, reader.report().clone())
}

fuzz_target!(|bytes: &[u8]| {
    let (events, report) = read(bytes);
    assert_eq!((events.clone(), report.clone()), read(InSevens(bytes)));
    assert!(!report.to_string().is_empty());
    let mut opened = false;
    let mut tally = Tally::default();
    for event in events {
        match event {
            Event::Declaration(_) => assert!(!std::mem::replace(&mut opened, true)),
            Event::Individu(_) => assert!(opened),
            Event::End(_) => assert!(std::mem::replace(&mut opened, false)),
            Event::EnvelopeEnd(_) => assert!(!opened),
        }
        tally.follow(event);
    }
    assert!(!opened);
    let _ = tally.years();
});
