//! « Simuler mes droits »: a working life supposed by anybody, in a form; no identity, no account.
//!
//! From a year on, one situation; from another year on, if it is given, another one. The statement that follows is
//! computed by the same rules as everybody's ([`crate::droits::calculate`]). What an operator sets for the accounts is not
//! known here: the barème as it is stands for it.

mod emploi;
mod link;
mod saisie;
#[cfg(test)]
mod tests;

pub use emploi::Emploi;
pub use saisie::{ChampSimulation, SaisieSimulation, Simulation};
