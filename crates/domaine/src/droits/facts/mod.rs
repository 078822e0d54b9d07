//! What is known of a working life. No rule: nothing here says what a fact is worth.

mod activite;
mod event;
mod mouvements;
mod qualification;
mod situation;

pub use activite::{Absence, Activite, Provenance, Statut, Travail};
pub use mouvements::{
    Abondement, CategorieEngagement, ConversionDemandee, Depense, Engagement, Montant, NatureAbondement, Objet, Sens,
};
pub use qualification::ActeSousNiveau3;
pub use situation::{
    AttestationDeclaree, DeclarationSousNiveau3, HeuresAnterieures, Periode, Rectification, Situation,
};

pub(in crate::droits) use event::{Evenement, Nature};
pub(in crate::droits) use situation::Couverture;
