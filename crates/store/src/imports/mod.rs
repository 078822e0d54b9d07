//! What employers say of people: who is named, and their declarations, kept, replaced and cancelled as a whole.

mod declaration;
mod divisions;
mod dsn;
mod identification;

pub use declaration::DsnFiling;
pub use dsn::{Deposited, DsnOutcome};
