//! What is known of a working life. No rule: nothing here says what a fact is worth.

mod activite;
mod credited;
mod event;
mod mouvements;
mod qualification;
mod situation;
mod year_of_work;

pub use activite::{Absence, Activite, Provenance, Statut, StatutKind, Work};
pub use credited::CreditedYear;
pub use mouvements::{
    Abondement, AbondementNature, Accord, AskedConversion, Depense, Direction, Engagement, EngagementCategory, Montant,
    Purpose,
};
pub use qualification::{ActSousNiveau3, declarations_of};
pub use situation::{
    DeclarationSousNiveau3, DeclaredAttestation, EarlierHours, KnownDisability, Period, Rectification, Situation,
};
pub use year_of_work::{Category, Raison, YearOfWork};

pub(in crate::droits) use event::{Evenement, Nature};
pub(in crate::droits) use situation::Coverage;
