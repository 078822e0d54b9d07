//! The *droit individuel à la formation*: hours earned before 2015, certified by an attestation. The form that declares one is in
//! [`crate::forms`].

mod attestation;
mod conversion;
mod piece;

pub use attestation::{Rapport, solde};
pub use conversion::{en_euros, lire_heures};
pub use piece::{Piece, PieceInvalide, TAILLE_MAXIMALE, TypePiece, pages_pdf};
