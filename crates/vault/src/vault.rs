//! Everything that is done with the master keys, and every random value. No SQL, no HTTP.
//!
//! From each master key come one key per use (HMAC-SHA256 of a label): searching for a NIR, encrypting it, encrypting a
//! proof, signing. The newest writes and each reads what it wrote, which says its version. What must be recognised without being kept
//! is hashed under the key of the oldest, for as long as there are such hashes: docs/decisions/0040.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::rand_core::RngCore;
use chacha20poly1305::aead::{Aead, OsRng, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use ed25519_dalek::{SigningKey, VerifyingKey};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::cipher::{Cipher, Decipher, Unsealable};
use crate::derivation::{derive, hmac};
use crate::ring::Ring;

const NONCE_SIZE: usize = 24;
/// The first version: what it sealed of NIRs says no version.
const FIRST: u8 = 1;
/// How long a ring is believed before its source is asked again, in milliseconds.
const REREAD: u64 = 1_000;

/// What one master key gives.
struct Version {
    number: u8,
    search: [u8; 32],
    nir: XChaCha20Poly1305,
    pieces: XChaCha20Poly1305,
    witness: String,
    signing: SigningKey,
}

/// What a ring gives: its versions, the newest first.
struct Keys {
    ring: Ring,
    versions: Vec<Arc<Version>>,
    digests: [u8; 32],
}

/// Gives the ring as it is now; nothing while it cannot be read.
type Source = Box<dyn Fn() -> Option<Ring> + Send + Sync>;

struct Inner {
    keys: RwLock<Arc<Keys>>,
    source: Option<Source>,
    since: Instant,
    /// When the source was last asked, in milliseconds after `since`.
    asked: AtomicU64,
}

/// The keys. No `Debug`.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

/// What a NIR is looked up by: its thirteen characters, hashed under each key, the newest first. It is written under that one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NirDigests(Vec<String>);

/// Of no NIR: nobody is found by it.
impl Default for NirDigests {
    fn default() -> Self {
        Self(vec![String::new()])
    }
}

impl NirDigests {
    /// What is written.
    pub fn newest(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// What may have been written.
    pub fn all(&self) -> &[String] {
        &self.0
    }
}

/// Makes the hashes of several NIRs under the same keys, whatever becomes of the ring meanwhile.
pub struct NirSearch(Arc<Keys>);

impl NirSearch {
    /// What this NIR is looked up by.
    pub fn digests(&self, body: &str) -> NirDigests {
        NirDigests(self.0.versions.iter().map(|version| version.nir_digest(body)).collect())
    }

    /// The version that made this hash of that NIR; nothing when none did.
    pub(crate) fn version_of(&self, body: &str, digest: &str) -> Option<u8> {
        self.0.versions.iter().find(|version| version.nir_digest(body) == digest).map(|version| version.number)
    }
}

impl Version {
    fn new(number: u8, master: &[u8; 32]) -> Self {
        Self {
            number,
            search: derive(master, "recherche du NIR"),
            nir: XChaCha20Poly1305::new(&derive(master, "chiffrement du NIR").into()),
            pieces: XChaCha20Poly1305::new(&derive(master, "chiffrement des pièces").into()),
            witness: to_hex(&derive(master, "témoin")),
            signing: SigningKey::from_bytes(&derive(master, "signatures")),
        }
    }

    fn nir_digest(&self, body: &str) -> String {
        to_hex(&hmac(&self.search, &[body.as_bytes()]))
    }
}

impl Keys {
    fn new(ring: Ring) -> Self {
        let mut versions: Vec<_> = ring.keys().map(|(number, key)| Arc::new(Version::new(number, key))).collect();
        versions.reverse();
        Self { digests: ring.digests(), ring, versions }
    }

    fn newest(&self) -> &Version {
        self.versions.first().expect("a ring has a key")
    }
}

impl Vault {
    /// One master key, the first.
    pub fn new(master: &[u8; 32]) -> Self {
        Self::of(Ring::new(*master))
    }

    /// The keys of that ring.
    pub fn of(ring: Ring) -> Self {
        Self::with(ring, None)
    }

    /// The keys of that ring, which may grow: `source` gives it as it is now, and is asked each second that the keys serve,
    /// and when something was sealed under a version that is not known.
    pub fn following(ring: Ring, source: impl Fn() -> Option<Ring> + Send + Sync + 'static) -> Self {
        Self::with(ring, Some(Box::new(source)))
    }

    fn with(ring: Ring, source: Option<Source>) -> Self {
        let keys = RwLock::new(Arc::new(Keys::new(ring)));
        Self(Arc::new(Inner { keys, source, since: Instant::now(), asked: AtomicU64::new(0) }))
    }

    fn keys(&self) -> Arc<Keys> {
        if self.0.source.is_some() {
            let now = u64::try_from(self.0.since.elapsed().as_millis()).unwrap_or(u64::MAX);
            let asked = self.0.asked.load(Ordering::Relaxed);
            let is_due = now.saturating_sub(asked) >= REREAD;
            // Whoever is first asks, the others go on with what is known.
            if is_due && self.0.asked.compare_exchange(asked, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                self.read_again();
            }
        }
        Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks the source again. A ring that does not follow from the one there is was put there by mistake: it is not taken.
    fn read_again(&self) {
        let Some(ring) = self.0.source.as_ref().and_then(|source| source()) else { return };
        let mut keys = self.0.keys.write().unwrap_or_else(PoisonError::into_inner);
        if ring != keys.ring && ring.follows(&keys.ring) {
            *keys = Arc::new(Keys::new(ring));
        }
    }

    fn version(&self, number: u8) -> Option<Arc<Version>> {
        let of = |keys: &Keys| keys.versions.iter().find(|version| version.number == number).map(Arc::clone);
        of(&self.keys()).or_else(|| {
            self.read_again();
            of(&self.keys())
        })
    }

    /// The versions there are, the newest first, each with a text that proves its key without telling anything of it.
    pub fn witnesses(&self) -> Vec<(u8, String)> {
        self.keys().versions.iter().map(|version| (version.number, version.witness.clone())).collect()
    }

    pub(crate) fn with_newest_signing_key<T>(&self, sign: impl FnOnce(&SigningKey) -> T) -> T {
        sign(&self.keys().newest().signing)
    }

    /// The versions there are, the newest first, each with the public half of what it signs with.
    pub(crate) fn verifying_keys(&self) -> Vec<(u8, VerifyingKey)> {
        self.keys().versions.iter().map(|version| (version.number, version.signing.verifying_key())).collect()
    }

    /// A text that proves the key of hashes.
    pub fn witness_of_digests(&self) -> String {
        to_hex(&hmac(&self.keys().digests, &["témoin".as_bytes()]))
    }

    /// The version that writes.
    pub fn newest(&self) -> u8 {
        self.keys().newest().number
    }

    /// What a NIR is written under: its thirteen characters, hashed with the newest key.
    pub fn nir_digest(&self, body: &str) -> String {
        self.keys().newest().nir_digest(body)
    }

    /// What a NIR is looked up by.
    pub fn nir_digests(&self, body: &str) -> NirDigests {
        self.nir_search().digests(body)
    }

    /// The same for several, under the same keys.
    pub fn nir_search(&self) -> NirSearch {
        NirSearch(self.keys())
    }

    /// Encrypts the thirteen characters for the record of this person, and no other.
    pub fn seal_nir(&self, person: &str, body: &str) -> String {
        let (keys, mut nonce) = (self.keys(), XNonce::default());
        OsRng.fill_bytes(&mut nonce);
        let message = Payload { msg: body.as_bytes(), aad: person.as_bytes() };
        let digit = keys.newest().nir.encrypt(&nonce, message).expect("a few bytes are never too many to encrypt");
        let sealed = STANDARD.encode([nonce.as_slice(), &digit].concat());
        match keys.newest().number {
            FIRST => sealed,
            number => format!("{number}:{sealed}"),
        }
    }

    /// The thirteen characters back.
    ///
    /// # Errors
    /// [`Unsealable`] when they were encrypted with another key, for another person, or altered.
    pub fn unseal_nir(&self, person: &str, text: &str) -> Result<String, Unsealable> {
        let (number, sealed) = match text.split_once(':') {
            Some((number, sealed)) => (number.parse().map_err(|_| Unsealable)?, sealed),
            None => (FIRST, text),
        };
        let bytes = STANDARD.decode(sealed).map_err(|_| Unsealable)?;
        let (nonce, digit) = bytes.split_at_checked(NONCE_SIZE).ok_or(Unsealable)?;
        let message = Payload { msg: digit, aad: person.as_bytes() };
        let version = self.version(number).ok_or(Unsealable)?;
        let plain = version.nir.decrypt(XNonce::from_slice(nonce), message).map_err(|_| Unsealable)?;
        String::from_utf8(plain).map_err(|_| Unsealable)
    }

    /// A keyed hash of several parts, for one use: what it is made from cannot be guessed back. The same whatever the ring
    /// becomes: nobody could make again the hashes of what was not kept.
    pub fn digest(&self, usage: &str, parts: &[&[u8]]) -> String {
        keyed(&self.keys().digests, usage, parts)
    }

    /// What marks the journal of operations. The same whatever the ring becomes, as hashes are.
    pub fn pen(&self) -> Pen {
        Pen(derive(&self.keys().digests, "journal"))
    }

    /// Encrypts a text for the record of this name, and no other.
    pub fn seal(&self, record: &str, plain: &[u8]) -> String {
        let mut cipher = self.cipher(record);
        let start = cipher.add(plain);
        STANDARD.encode([start, cipher.finish()].concat())
    }

    /// The text that was sealed for this record.
    ///
    /// # Errors
    /// [`Unsealable`] when it was sealed with another key, for another record, or altered.
    pub fn unseal(&self, record: &str, sealed: &str) -> Result<Vec<u8>, Unsealable> {
        let bytes = STANDARD.decode(sealed).map_err(|_| Unsealable)?;
        let mut decipher = self.decipher(record);
        let start = decipher.add(&bytes)?;
        Ok([start, decipher.finish()?].concat())
    }

    /// Encrypts a proof as it arrives.
    pub fn cipher(&self, piece: &str) -> Cipher {
        let keys = self.keys();
        Cipher::new(&keys.newest().pieces, keys.newest().number, piece)
    }

    /// Decrypts a stored proof as it is read.
    pub fn decipher(&self, piece: &str) -> Decipher {
        let vault = self.clone();
        Decipher::new(piece, move |number| Some(vault.version(number)?.pieces.clone()))
    }
}

/// Marks what the journal of operations holds, under a key of its own: whoever has the database alone makes no such mark. No
/// `Debug`.
#[derive(Clone)]
pub struct Pen([u8; 32]);

impl Pen {
    /// The mark of several parts, for one use.
    pub fn mark(&self, usage: &str, parts: &[&[u8]]) -> String {
        keyed(&self.0, usage, parts)
    }
}

fn keyed(key: &[u8; 32], usage: &str, parts: &[&[u8]]) -> String {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in [usage.as_bytes()].iter().chain(parts) {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    to_hex(&mac.finalize().into_bytes())
}

/// An identifier that nobody can guess: 128 random bits.
pub fn identifier() -> String {
    to_hex(&random::<16>())
}

/// The secret of a session: 256 random bits.
pub fn token() -> String {
    to_hex(&random::<32>())
}

/// What a session is found by: the secret itself is only in the browser.
pub fn token_digest(token: &str) -> String {
    to_hex(&Sha256::digest(token))
}

/// The hash of a text that anybody can make (SHA-256): it hides nothing.
pub fn fingerprint(text: &str) -> String {
    to_hex(&Sha256::digest(text))
}

/// A reference for a person to keep: eight characters that cannot be taken for one another, after what it is of.
pub fn reference(de: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let signs: String = random::<8>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    let (start, end) = signs.split_at(4);
    format!("{de}-{start}-{end}")
}

/// Random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.fill_bytes(&mut bytes);
    bytes
}

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|o| [DIGITS[usize::from(o >> 4)], DIGITS[usize::from(o & 15)]]).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cipher::{BLOCK, SEAL};

    #[test]
    fn a_nir_reads_back_for_its_person_only() {
        let vault = Vault::new(&[7; 32]);
        let digit = vault.seal_nir("p1", "2790351215189");
        assert_eq!(vault.unseal_nir("p1", &digit).ok().as_deref(), Some("2790351215189"));
        assert!(vault.unseal_nir("p2", &digit).is_err());
        assert!(Vault::new(&[8; 32]).unseal_nir("p1", &digit).is_err());
        assert_ne!(digit, vault.seal_nir("p1", "2790351215189"));
    }

    #[test]
    fn a_sealed_text_reads_back_for_its_record_only() {
        let vault = Vault::new(&[7; 32]);
        let sealed = vault.seal("courrier 1", "Bonjour".as_bytes());
        assert_eq!(vault.unseal("courrier 1", &sealed).ok().as_deref(), Some("Bonjour".as_bytes()));
        assert!(vault.unseal("courrier 2", &sealed).is_err());
        assert!(vault.unseal("courrier 1", "bm9uc2Vuc2U=").is_err());
        assert!(Vault::new(&[8; 32]).unseal("courrier 1", &sealed).is_err());
    }

    #[test]
    fn a_proof_of_any_size_reads_back_and_an_altered_one_does_not() {
        let vault = Vault::new(&[7; 32]);
        for size in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 17] {
            let plain: Vec<u8> = (0..size).map(|n| u8::try_from(n % 251).unwrap_or(0)).collect();
            let mut cipher = vault.cipher("p");
            let mut digit = Vec::new();
            for chunk in plain.chunks(10_007) {
                digit.extend(cipher.add(chunk));
            }
            digit.extend(cipher.finish());
            // Whatever the sizes in which a disk gives them back.
            for step in [1, 10_007, BLOCK + SEAL, usize::MAX] {
                assert_eq!(unsealed(&vault, "p", &digit, step).ok().as_ref(), Some(&plain), "{size}");
            }
            assert!(unsealed(&vault, "q", &digit, 10_007).is_err());
            digit.pop();
            assert!(unsealed(&vault, "p", &digit, 10_007).is_err());
        }
        assert!(unsealed(&vault, "p", &[], 1).is_err());
        assert!(unsealed(&vault, "p", &[FIRST + 1; 100], 1).is_err());
    }

    fn unsealed(vault: &Vault, piece: &str, sealed: &[u8], step: usize) -> Result<Vec<u8>, Unsealable> {
        let (mut decipher, mut plain) = (vault.decipher(piece), Vec::new());
        for chunk in sealed.chunks(step) {
            plain.extend(decipher.add(chunk)?);
        }
        plain.extend(decipher.finish()?);
        Ok(plain)
    }

    #[test]
    fn a_hash_tells_where_its_parts_end() {
        let vault = Vault::new(&[7; 32]);
        assert_ne!(vault.digest("u", &[b"ab", b"c"]), vault.digest("u", &[b"a", b"bc"]));
        assert_ne!(vault.digest("u", &[b"a"]), vault.digest("v", &[b"a"]));
    }
}
