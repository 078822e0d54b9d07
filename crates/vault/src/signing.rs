//! Signatures that anybody checks without a secret (Ed25519, RFC 8032), and the public keys that check them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePublicKey as _, EncodePublicKey as _};
use ed25519_dalek::{Signature as Bytes, Signer as _, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::vault::Vault;

/// How many bytes a signature has.
pub const SIGNATURE_SIZE: usize = 64;

/// What checks signatures: published, and kept after the key that made them is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads what [`PublicKey::to_text`] wrote; nothing when it is no key.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().map(Self)
    }

    /// Reads the form that `openssl` takes; nothing when it is no key.
    pub fn from_pem(text: &str) -> Option<Self> {
        VerifyingKey::from_public_key_pem(text.trim()).ok().map(Self)
    }

    /// Its 32 bytes in base64url, as a JSON Web Key has them (RFC 8037).
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.as_bytes())
    }

    /// The form that `openssl` takes.
    pub fn to_pem(&self) -> String {
        self.0.to_public_key_pem(LineEnding::LF).expect("a key of 32 bytes is always written")
    }

    /// What names it, whoever publishes it: its thumbprint (RFC 7638).
    pub fn id(&self) -> String {
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.to_text());
        URL_SAFE_NO_PAD.encode(Sha256::digest(members))
    }

    /// The same, of a signature in base64.
    pub fn verifies_text(&self, message: &[u8], signature: &str) -> bool {
        STANDARD.decode(signature).is_ok_and(|bytes| self.verifies(message, &bytes))
    }

    /// Whether the key of this one signed that message.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Bytes::from_slice(signature).is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }
}

/// A signature, and what checks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// What checks it.
    pub key: PublicKey,
    /// The signature itself.
    pub bytes: [u8; SIGNATURE_SIZE],
}

impl Signature {
    /// The signature in base64, as `openssl base64` reads it.
    pub fn to_text(&self) -> String {
        STANDARD.encode(self.bytes)
    }
}

impl Vault {
    /// Signs a message with the newest key. Whoever signs something says in its first line what it is: a signature of one
    /// thing is then never that of another.
    pub fn sign(&self, message: &[u8]) -> Signature {
        self.with_newest_signing_key(|key| Signature {
            key: PublicKey(key.verifying_key()),
            bytes: key.sign(message).to_bytes(),
        })
    }

    /// The versions there are, the newest first, each with what checks its signatures.
    pub fn public_keys(&self) -> Vec<(u8, PublicKey)> {
        let public = |(number, key): (u8, VerifyingKey)| (number, PublicKey(key));
        self.verifying_keys().into_iter().map(public).collect()
    }

    /// What shows that this program published a key under that version: whoever writes in the database alone makes none.
    pub fn publication_seal(&self, version: u8, key: &PublicKey) -> String {
        self.digest("clé publique de signature", &[&[version], key.to_text().as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::Ring;

    #[test]
    fn the_newest_key_signs_and_what_a_retired_one_signed_is_still_checked() {
        let one = Ring::new([1; 32]);
        let two = one.with([2; 32]).expect("a number");
        let without = two.without(1).expect("a former key");
        let [one, two, without] = [one, two, without].map(Vault::of);
        let message = b"Acquis export 1\n";
        let (former, new) = (one.sign(message), two.sign(message));
        assert_ne!(former.key, new.key);
        assert_eq!(two.public_keys(), [(2, new.key), (1, former.key)]);
        assert_eq!(without.public_keys(), [(2, new.key)]);
        assert_eq!(without.sign(message), new, "the same key signs the same");
        let kept = PublicKey::parse(&former.key.to_text()).expect("a key");
        assert!(kept.verifies(message, &former.bytes));
        assert!(!kept.verifies(b"Acquis export 2\n", &former.bytes));
        assert!(!kept.verifies(message, &new.bytes) && !kept.verifies(message, &former.bytes[1..]));
        assert_eq!(one.publication_seal(1, &kept), without.publication_seal(1, &kept), "it outlives its key");
        assert_ne!(one.publication_seal(1, &kept), one.publication_seal(2, &kept));
    }

    #[test]
    fn a_public_key_is_named_as_rfc_8037_names_it_and_read_back_in_both_forms() {
        // RFC 8037, appendices A.2 and A.3.
        let key = PublicKey::parse("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").expect("a key");
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert!(key.to_pem().starts_with("-----BEGIN PUBLIC KEY-----\n"));
        assert_eq!(PublicKey::from_pem(&key.to_pem()), Some(key));
        assert_eq!(PublicKey::from_pem("-----BEGIN PUBLIC KEY-----"), None);
        assert_eq!(PublicKey::parse("11qYAYKx"), None);
    }
}
