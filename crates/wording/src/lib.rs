//! The sentences of the statement and of the journal, and how figures are written: the same on the page and in the file that a holder takes away. No
//! screen, no network, no clock.

#[cfg(any(test, feature = "compose"))]
pub mod compose;
pub mod formats;
pub mod journal;
pub mod releve;
pub mod state;
