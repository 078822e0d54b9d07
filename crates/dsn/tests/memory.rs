//! Memory does not grow with the file. A program of its own: the peak is that of the whole process.
#![cfg(target_os = "linux")]

use std::io::{self, Read};

use dsn::Reader;
use dsn::generator::{Plan, generate};

/// The same envelope, again and again.
struct Cycle {
    bytes: Vec<u8>,
    place: usize,
    rest: usize,
}

impl Read for Cycle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = buffer.len().min(self.bytes.len() - self.place).min(self.rest);
        buffer[..size].copy_from_slice(&self.bytes[self.place..self.place + size]);
        self.place = (self.place + size) % self.bytes.len();
        self.rest -= size;
        Ok(size)
    }
}

/// The most memory that the process has held, in kilobytes.
fn peak() -> Option<u64> {
    let state = std::fs::read_to_string("/proc/self/status").ok()?;
    state.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn read(bytes: &[u8], times: usize) -> dsn::ReadingReport {
    let cycle = Cycle { bytes: bytes.to_vec(), place: 0, rest: bytes.len() * times };
    Reader::new("longue.dsn", cycle).to_the_end().expect("bytes in memory have no fault")
}

#[test]
fn the_memory_of_a_reading_does_not_grow_with_the_file() {
    let mut bytes = generate(&Plan { employeurs: 1, salaries: 100, month: 1, ..Plan::default() }).bytes;
    // Faults and unknown rubrics too: the report is bounded.
    bytes.extend_from_slice(b"not a line\nS99.G99.99.999,'x'\n");
    read(&bytes, 2);
    let before = peak().expect("Linux tells");
    let report = read(&bytes, 100);
    let after = peak().expect("Linux tells");
    assert!(report.individus >= 10_000);
    println!("{} lines, peak {before} kB then {after} kB", report.lines);
    assert!(after - before < 4096, "{before} kB, then {after} kB");
}
