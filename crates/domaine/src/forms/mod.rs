//! Every form: as typed, then valid, or every fault at its field. The top floor of the crate: nothing below imports a
//! form, and nothing here knows how an account is kept.

mod codes;
mod connexion;
mod consultation;
mod contestation;
mod coordonnees;
mod dif;
mod faute;
mod formulaire;
mod handicap;
mod inscription;
mod passkey;
mod proofs;
mod second_step;
mod simulation;
mod sous_niveau_3;
mod telephones;

pub use codes::{
    ChampCode, ChampNouvelAcces, ChampRecuperation, NouvelAcces, Proof, SaisieCode, SaisieNouvelAcces,
    SaisieRecuperation, ShownCode,
};
pub use connexion::{ChampConnexion, Connexion, SaisieConnexion};
pub use consultation::{ChampConsultation, SaisieConsultation};
pub use contestation::{ChampContestation, SaisieContestation};
pub use coordonnees::{
    ChampCodes, ChampCoordonnees, ChampMotDePasse, Codes, Coordonnees, NewMotDePasse, SaisieCodes, SaisieCoordonnees,
    SaisieMotDePasse,
};
pub use dif::{ChampDif, DeclarationDif, SaisieDif};
pub use faute::Faute;
pub use formulaire::{Champ, Errors, Formulaire, MAX_LENGTH};
pub use handicap::{HANDICAP_CONSENT, SaisieHandicap};
pub use inscription::{ChampInscription, Inscription, SaisieInscription};
pub use passkey::{ChampCleAcces, CleAcces, SaisieCleAcces, key_name};
pub use proofs::{ChampPreuves, Preuves, SaisiePreuves};
pub use second_step::{ChampSecondeEtape, SaisieSecondeEtape, SecondProof};
pub use simulation::{ChampSimulation, Emploi, SaisieSimulation, Simulation};
pub use sous_niveau_3::{ChampSousNiveau3, SaisieSousNiveau3};
pub use telephones::Telephones;
