//! What employers say of people: who is named, and their declarations, kept, replaced and cancelled as a whole.

pub(crate) mod contradiction;
mod declaration;
mod divisions;
mod dsn;
mod identification;

pub(crate) use contradiction::give_back;
pub use contradiction::{Testimony, Told};
pub use declaration::DsnFiling;
pub use dsn::{Deposited, DsnOutcome};
