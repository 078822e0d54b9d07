//! The forms of an account: opening it, connecting, changing one's details.
//! Nothing here knows how an account is kept.

mod connexion;
mod coordonnees;
mod inscription;

pub use connexion::{ChampConnexion, Connexion, SaisieConnexion};
pub use coordonnees::{
    ChampCoordonnees, ChampMotDePasse, Coordonnees, NouveauMotDePasse, SaisieCoordonnees, SaisieMotDePasse,
};
pub use inscription::{ChampInscription, Inscription, SaisieInscription, Telephones};
