//! What is shown of an account: lines, why each is there, what they add up to. No rule and no account: the statement
//! does not know how it was made.

mod consultation;
mod contestation;
mod hypothese;
mod ligne;
mod motif;
mod releve;
mod repere;
mod soldes;

pub use consultation::{DateInvalide, lire_date};
pub use contestation::{Destinataire, RAISON_MAXIMALE, RaisonInvalide, ReponseDonnee, StatutDemande, lire_raison};
pub use hypothese::{Hypothese, Hypotheses};
pub use ligne::{Ligne, Poche, Reference};
pub use motif::{AnneeTravaillee, Categorie, Dotation, Motif, Paiement, Raison};
pub use releve::Releve;
pub use repere::Repere;
pub use soldes::{Etat, Soldes};
