//! The *droit individuel à la formation*: hours earned before 2015, certified by an attestation. The form that declares one is in
//! [`crate::forms`].

mod attestation;
mod conversion;
mod counting;
mod piece;

pub use attestation::{Rapport, solde};
pub use conversion::{parse_hours, to_euros};
pub use counting::{DifCounts, first_counting};
pub use piece::{MAX_SIZE, Piece, PieceInvalide, PieceType, pdf_pages};
