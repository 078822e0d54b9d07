//! The blocks that the reader looks into, by the names the norm gives them.

use crate::code::Block;

/// The envelope of what a sender sends.
pub const ENVELOPE: Block = Block::new(10, 0, 0);
/// The declaration.
pub const DECLARATION: Block = Block::new(20, 0, 5);
/// The enterprise.
pub const ENTREPRISE: Block = Block::new(21, 0, 6);
/// The establishment.
pub const ETABLISSEMENT: Block = Block::new(21, 0, 11);
/// The person.
pub const INDIVIDU: Block = Block::new(21, 0, 30);
/// What changed of the person.
pub const INDIVIDU_CHANGES: Block = Block::new(21, 0, 31);
/// The contract.
pub const CONTRAT: Block = Block::new(21, 0, 40);
/// The payment, under which pays are.
pub const VERSEMENT: Block = Block::new(21, 0, 50);
/// The pay.
pub const REMUNERATION: Block = Block::new(21, 0, 51);
/// The activity.
pub const ACTIVITE: Block = Block::new(21, 0, 53);
/// The stop of work.
pub const ARRET: Block = Block::new(21, 0, 60);
/// The end of the contract.
pub const CONTRAT_END: Block = Block::new(21, 0, 62);
/// Any other suspension of the contract.
pub const SUSPENSION: Block = Block::new(21, 0, 65);
/// The totals that close the envelope.
pub const TOTAL: Block = Block::new(90, 0, 90);
