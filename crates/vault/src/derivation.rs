//! One key for each use, from a key above it: whoever has one has no other.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The key of one use.
pub(crate) fn derive(master: &[u8; 32], usage: &str) -> [u8; 32] {
    hmac(master, &[b"acquis:", usage.as_bytes()])
}

pub(crate) fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
