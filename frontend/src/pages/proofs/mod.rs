//! What is declared with a proof: hours of DIF, a disability. Both choose a file and send it the same way.

mod around;
pub mod dif;
mod file;
pub mod handicap;
mod sending;
