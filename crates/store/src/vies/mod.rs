//! People and their working lives: what rights are computed from. No account, no file.

pub(crate) mod activites;
pub(crate) mod annees;
mod evenements;
pub(crate) mod personnes;
mod qualifications;
pub(crate) mod situations;

pub use annees::Changements;
pub use evenements::SortEvenement;
pub use personnes::{Faits, NouvellePersonne, Personne};
pub use situations::Lecture;
