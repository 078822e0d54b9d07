//! What is done with the master key, every random value, and passwords: keyed hashes, sealing, signing, hashing.
//! No SQL, no HTTP, no disk but the list of leaked passwords.

mod cipher;
mod derivation;
mod guessing;
mod hashers;
mod leaked;
mod passwords;
mod resealing;
mod ring;
mod signing;
mod vault;

pub use cipher::{Cipher, Decipher, Unsealable};
pub use guessing::without_accents;
pub use hashers::HashingFailed;
pub use leaked::Leaked;
pub use passwords::Hashing;
pub use resealing::{Resealed, version_of_piece};
pub use ring::Ring;
pub use signing::{PublicKey, SIGNATURE_SIZE, Signature};
pub use vault::{
    NirDigests, NirSearch, Pen, Vault, fingerprint, identifier, random, reference, to_hex, token, token_digest,
};
