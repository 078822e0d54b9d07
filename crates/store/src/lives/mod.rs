//! People and their working lives: what rights are computed from. No account, no file.

pub(crate) mod activites;
mod disabilities;
pub(crate) mod entries;
pub(crate) mod evenements;
pub(crate) mod people;
mod qualifications;
pub(crate) mod situations;
pub(crate) mod version;
pub(crate) mod years;

/// What became of an event.
pub use domaine::told::EvenementOutcome;
pub use people::{Facts, NewPerson, Person};
pub use situations::ReadTx;
pub use years::Changes;
