//! What is done with the master key, every random value, and passwords: keyed hashes, sealing, hashing.
//! No SQL, no HTTP, no disk.

mod guessing;
mod hashers;
mod passwords;
mod vault;

pub use guessing::without_accents;
pub use hashers::HashingFailed;
pub use passwords::Hashing;
pub use vault::{Cipher, Decipher, Unsealable, Vault, identifier, random, reference, to_hex, token, token_digest};
