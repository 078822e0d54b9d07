//! One file per screen, each read from top to bottom like the screen. Pages do not import one another.

pub mod access;
pub mod accueil;
pub mod confirmation;
pub mod connexion;
pub mod frozen;
pub mod historique;
pub mod inscription;
mod leaving;
pub mod mes_droits;
pub mod not_found;
pub mod profil;
pub mod proofs;
pub mod prose;
pub mod recovery;
pub mod second_step;
pub mod simulation;
pub mod solde;
pub mod stop;
