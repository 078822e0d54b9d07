//! One program for all the tests: the crate and its generator are linked once.

mod findings;
#[path = "../support/memory_store.rs"]
mod memory_store;
mod norme;
mod orders;
mod reader;
mod real_file;
mod support;
mod tally;
