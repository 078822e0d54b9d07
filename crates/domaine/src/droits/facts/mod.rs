//! What is known of a working life. No rule: nothing here says what a fact is worth.

mod activite;
mod event;
mod mouvements;
mod qualification;
mod situation;

pub use activite::{Absence, Activite, Provenance, Statut, StatutKind, Work};
pub use mouvements::{
    Abondement, AbondementNature, AskedConversion, Depense, Direction, Engagement, EngagementCategory, Montant, Purpose,
};
pub use qualification::{ActSousNiveau3, declarations_of};
pub use situation::{DeclarationSousNiveau3, DeclaredAttestation, EarlierHours, Period, Rectification, Situation};

pub(in crate::droits) use event::{Evenement, Nature};
pub(in crate::droits) use situation::Coverage;
