//! What is done with the master key, every random value, and passwords: keyed hashes, sealing, hashing.
//! No SQL, no HTTP, no disk.

mod passwords;
mod vault;

pub use passwords::{Hachage, HachageImpossible};
pub use vault::{Chiffreur, Coffre, Indechiffrable, empreinte_jeton, en_hexa, hasard, identifiant, jeton, reference};
