//! What is shown of an account: lines, why each is there, what they add up to. No rule and no account: the statement
//! does not know how it was made.

mod consultation;
mod contestation;
mod hypothesis;
mod ligne;
mod marker;
mod motif;
mod releve;
mod soldes;

pub use super::facts::{Category, Raison, YearOfWork};
pub use consultation::{DateInvalide, parse_date};
pub use contestation::{Destinataire, GivenAnswer, MAX_RAISON, RaisonInvalide, RequestStatut, parse_raison};
pub use hypothesis::{Hypotheses, Hypothesis};
pub use ligne::{Ligne, Poche, Reference};
pub use marker::Marker;
pub use motif::{Dotation, Motif, Paiement};
pub use releve::Releve;
pub use soldes::{AccountState, Soldes};
