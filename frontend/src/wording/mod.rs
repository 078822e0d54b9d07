//! Every sentence that depends on a value, and how figures are written. No signal, no network, no screen.

pub mod contestation;
pub mod faults;
pub mod outlook;
pub mod problems;

#[cfg(test)]
pub use ::wording::compose;
pub use ::wording::{formats, journal, releve, state};
