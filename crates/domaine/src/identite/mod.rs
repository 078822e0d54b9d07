//! What identifies a person and how to reach them. Nothing here knows of accounts or rights.

pub mod code;
pub mod courriel;
mod latin;
pub mod lieu;
pub mod mot_de_passe;
pub mod naissance;
pub mod nir;
pub mod nom;
mod other_person;
pub mod pivot;
mod same_person;
pub mod small;
mod spelling;
pub mod telephone;

pub use code::{CodeCourriel, CodeInvalide, CodeSecours, Token};
pub use courriel::{Courriel, CourrielInvalide};
pub use lieu::Lieu;
pub use mot_de_passe::{MotDePasse, MotDePasseInvalide, Strength};
pub use naissance::{DateNaissance, NaissanceInvalide};
pub use nir::{Nir, Nir13, NirInvalide};
pub use nom::{Nom, NomInvalide};
pub use other_person::{Names, nothing_in_common};
pub use same_person::{KnownIdentity, NamedIdentity, Side, same_person};
pub use small::Small;
pub use telephone::{Telephone, TelephoneInvalide};
