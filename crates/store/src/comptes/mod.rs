//! Accounts and what their holders did: sessions, declarations, requests. Nothing of what rights are computed from but
//! through `vies`.

mod attempts;
mod compte;
mod contestations;
mod declarations;
mod idempotence;
mod sessions;

pub use compte::{Compte, NouveauCompte, Ouverture};
pub use contestations::{Contestation, Suite, Suivi};
pub use declarations::{Declaration, NouvelleDeclaration, NouvellePiece, PieceGardee};
pub(crate) use sessions::SessionsVues;
pub use sessions::{NouvelleSession, Session, SessionOuverte};
