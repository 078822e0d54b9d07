//! The blocks that the reader looks into, by the names the norm gives them.

use crate::code::Bloc;

/// The envelope of what a sender sends.
pub const ENVOI: Bloc = Bloc::new(10, 0, 0);
/// The declaration.
pub const DECLARATION: Bloc = Bloc::new(20, 0, 5);
/// The enterprise.
pub const ENTREPRISE: Bloc = Bloc::new(21, 0, 6);
/// The establishment.
pub const ETABLISSEMENT: Bloc = Bloc::new(21, 0, 11);
/// The person.
pub const INDIVIDU: Bloc = Bloc::new(21, 0, 30);
/// What changed of the person.
pub const CHANGEMENTS_INDIVIDU: Bloc = Bloc::new(21, 0, 31);
/// The contract.
pub const CONTRAT: Bloc = Bloc::new(21, 0, 40);
/// The payment, under which pays are.
pub const VERSEMENT: Bloc = Bloc::new(21, 0, 50);
/// The pay.
pub const REMUNERATION: Bloc = Bloc::new(21, 0, 51);
/// The activity.
pub const ACTIVITE: Bloc = Bloc::new(21, 0, 53);
/// The stop of work.
pub const ARRET: Bloc = Bloc::new(21, 0, 60);
/// The end of the contract.
pub const FIN_CONTRAT: Bloc = Bloc::new(21, 0, 62);
/// Any other suspension of the contract.
pub const SUSPENSION: Bloc = Bloc::new(21, 0, 65);
/// The totals that close the envelope.
pub const TOTAL: Bloc = Bloc::new(90, 0, 90);
