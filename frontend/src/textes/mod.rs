//! Every sentence that depends on a value, and how figures are written. No signal, no network, no screen.

pub mod contestation;
pub mod erreurs;
pub mod etat;
pub mod formats;
pub mod problemes;
pub mod releve;

#[cfg(test)]
mod compose;
