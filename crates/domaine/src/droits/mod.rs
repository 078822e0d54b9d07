//! From a working life to a statement. [`calculer`] explains every line, [`solde`] gives the balances alone:
//! the same rules run in the same order, and take every figure from the [`Bareme`](crate::bareme::Bareme).
//!
//! Five rooms, each above the one before, and none imports a later one:
//!
//! 1. `facts`: what is known of a life;
//! 2. `statement`: lines, why each is there, what they add up to. It is below the engine: an entry of the account
//!    becomes a line, and a line does not know how it came;
//! 3. `account`: the only balance, and the entries that change it;
//! 4. `rules`: one rule of the law a file; they write in the account they are handed, none calls another;
//! 5. `engine`: the order of events, the calls to the rules, the corrections.

mod account;
mod engine;
mod facts;
mod rules;
mod statement;

pub use engine::{calculer, solde};
pub use facts::{
    Abondement, Absence, ActeSousNiveau3, Activite, AttestationDeclaree, CategorieEngagement, ConversionDemandee,
    DeclarationSousNiveau3, Depense, Engagement, HeuresAnterieures, Montant, NatureAbondement, Objet, Periode,
    Provenance, Rectification, Sens, Situation, Statut, Travail,
};
pub use statement::{
    AnneeTravaillee, Categorie, DateInvalide, Destinataire, Dotation, Etat, Hypothese, Hypotheses, Ligne, Motif,
    Paiement, Poche, RAISON_MAXIMALE, Raison, RaisonInvalide, Reference, Releve, Repere, ReponseDonnee, Soldes,
    StatutDemande, lire_date, lire_raison,
};
