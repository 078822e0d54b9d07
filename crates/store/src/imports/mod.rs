//! What employers say of people: who is named, and their declarations, kept, replaced and cancelled as a whole.

mod divisions;
mod dsn;
mod identification;

pub use dsn::{Deposited, DsnFiling, DsnOutcome};
