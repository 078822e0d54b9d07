//! From a working life to a statement. [`calculate`] explains every line, [`solde`] gives the balances alone:
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
//!
//! Beside them, `outlook` reads a statement and says what may be offered to its holder.

mod account;
mod engine;
mod facts;
mod outlook;
mod rules;
mod statement;

pub use engine::{calculate, rule_has_changed, solde};
pub use facts::{
    Abondement, AbondementNature, Absence, Accord, ActSousNiveau3, Activite, AskedConversion, CreditedYear,
    DeclarationSousNiveau3, DeclaredAttestation, Depense, Direction, EarlierHours, Engagement, EngagementCategory,
    KnownDisability, Montant, Period, Provenance, Purpose, Rectification, Situation, Statut, StatutKind, Work,
    declarations_of,
};
pub use outlook::{DifOffer, NextCredit, NiveauOffer, Outlook};
pub use statement::{
    AccountState, Category, DateInvalide, Destinataire, Dotation, GivenAnswer, Hypotheses, Hypothesis, Ligne,
    MAX_RAISON, Marker, Motif, Paiement, Poche, Raison, RaisonInvalide, Reference, Releve, RequestStatut, Soldes,
    YearOfWork, parse_date, parse_raison,
};
