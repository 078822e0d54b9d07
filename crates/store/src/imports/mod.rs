//! What employers say of people: who is named, and their declarations, kept, replaced and cancelled as a whole.

mod divisions;
mod dsn;
mod identification;

pub use dsn::{Depose, DepotDsn, SortDsn};
pub use identification::{Reconnue, Travaux};
