//! One program for all the tests: the crate and its generator are linked once.

mod communs;
mod constats;
mod cumul;
mod fichier_reel;
mod lecture;
#[path = "../support/memory_store.rs"]
mod memory_store;
mod norme;
mod ordres;
