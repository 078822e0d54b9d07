//! Every sentence that depends on a value, and how figures are written. No signal, no network, no screen.

pub mod contestation;
pub mod faults;
pub mod formats;
pub mod outlook;
pub mod problems;
pub mod releve;
pub mod state;

#[cfg(test)]
pub mod compose;
