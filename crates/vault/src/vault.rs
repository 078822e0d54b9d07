//! Everything that is done with the master key, and every random value. No SQL, no HTTP.
//!
//! From the master key come one key per use (HMAC-SHA256 of a label): searching for a NIR,
//! encrypting it, encrypting a proof, hashing what must be recognised without being kept.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::rand_core::RngCore;
use chacha20poly1305::aead::stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::aead::{Aead, OsRng, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

const NONCE_SIZE: usize = 24;
/// A STREAM nonce is shorter by a counter of four bytes and a flag.
const STREAM_NONCE_SIZE: usize = NONCE_SIZE - 5;
/// Plain bytes of one encrypted block.
const BLOCK: usize = 65_536;
const SEAL: usize = 16;
const VERSION: u8 = 1;

/// The keys. No `Debug`.
pub struct Vault {
    search: [u8; 32],
    digests: [u8; 32],
    nir: XChaCha20Poly1305,
    pieces: XChaCha20Poly1305,
    witness: String,
}

/// What was stored cannot be decrypted: another key, or altered bytes.
#[derive(Debug, thiserror::Error)]
#[error("stored bytes cannot be decrypted with this key")]
pub struct Unsealable;

impl Vault {
    /// Derives every key from the master key.
    pub fn new(maitre: &[u8; 32]) -> Self {
        let key = |usage: &str| hmac(maitre, &[b"acquis:", usage.as_bytes()]);
        Self {
            search: key("recherche du NIR"),
            digests: key("empreintes"),
            nir: XChaCha20Poly1305::new(&key("chiffrement du NIR").into()),
            pieces: XChaCha20Poly1305::new(&key("chiffrement des pièces").into()),
            witness: to_hex(&key("témoin")),
        }
    }

    /// A text that proves the key without telling anything of it.
    pub fn witness(&self) -> &str {
        &self.witness
    }

    /// What a NIR is looked up by: its thirteen characters, hashed with a key.
    pub fn nir_digest(&self, body: &str) -> String {
        to_hex(&hmac(&self.search, &[body.as_bytes()]))
    }

    /// Encrypts the thirteen characters for the record of this person, and no other.
    pub fn seal_nir(&self, person: &str, body: &str) -> String {
        let mut nonce = XNonce::default();
        OsRng.fill_bytes(&mut nonce);
        let message = Payload { msg: body.as_bytes(), aad: person.as_bytes() };
        let digit = self.nir.encrypt(&nonce, message).expect("a few bytes are never too many to encrypt");
        STANDARD.encode([nonce.as_slice(), &digit].concat())
    }

    /// The thirteen characters back.
    ///
    /// # Errors
    /// [`Unsealable`] when they were encrypted with another key, for another person, or altered.
    pub fn unseal_nir(&self, person: &str, text: &str) -> Result<String, Unsealable> {
        let bytes = STANDARD.decode(text).map_err(|_| Unsealable)?;
        let (nonce, digit) = bytes.split_at_checked(NONCE_SIZE).ok_or(Unsealable)?;
        let message = Payload { msg: digit, aad: person.as_bytes() };
        let plain = self.nir.decrypt(XNonce::from_slice(nonce), message).map_err(|_| Unsealable)?;
        String::from_utf8(plain).map_err(|_| Unsealable)
    }

    /// A keyed hash of several parts, for one use: what it is made from cannot be guessed back.
    pub fn digest(&self, usage: &str, parts: &[&[u8]]) -> String {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.digests).expect("HMAC takes keys of any length");
        for part in [usage.as_bytes()].iter().chain(parts) {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        to_hex(&mac.finalize().into_bytes())
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
        let mut nonce = [0; STREAM_NONCE_SIZE];
        OsRng.fill_bytes(&mut nonce);
        let mut output = vec![VERSION];
        output.extend_from_slice(&nonce);
        Cipher {
            stream: EncryptorBE32::from_aead(self.pieces.clone(), nonce.as_slice().into()),
            piece: piece.to_owned(),
            wait: Vec::with_capacity(BLOCK),
            output,
        }
    }

    /// Decrypts a stored proof as it is read.
    pub fn decipher(&self, piece: &str) -> Decipher {
        Decipher { aead: self.pieces.clone(), stream: None, piece: piece.to_owned(), wait: Vec::new() }
    }
}

/// A proof being encrypted, block by block: it is never whole in memory.
pub struct Cipher {
    stream: EncryptorBE32<XChaCha20Poly1305>,
    piece: String,
    wait: Vec<u8>,
    output: Vec<u8>,
}

impl Cipher {
    /// Takes clear bytes; gives the encrypted ones that are ready.
    pub fn add(&mut self, mut plain: &[u8]) -> Vec<u8> {
        while !plain.is_empty() {
            // A full block is only sealed once more bytes come: the last one has a seal of its own.
            if self.wait.len() == BLOCK {
                let message = Payload { msg: &self.wait, aad: self.piece.as_bytes() };
                let block = self.stream.encrypt_next(message).expect("a proof has fewer blocks than the counter");
                self.output.extend(block);
                self.wait.clear();
            }
            let (start, tail) = plain.split_at(plain.len().min(BLOCK - self.wait.len()));
            self.wait.extend_from_slice(start);
            plain = tail;
        }
        std::mem::take(&mut self.output)
    }

    /// The last encrypted bytes.
    pub fn finish(self) -> Vec<u8> {
        let message = Payload { msg: &self.wait, aad: self.piece.as_bytes() };
        let block = self.stream.encrypt_last(message).expect("a proof has fewer blocks than the counter");
        [self.output, block].concat()
    }
}

/// A proof being decrypted, block by block: it is never whole in memory.
pub struct Decipher {
    aead: XChaCha20Poly1305,
    /// Nothing before the header is read.
    stream: Option<DecryptorBE32<XChaCha20Poly1305>>,
    piece: String,
    wait: Vec<u8>,
}

impl Decipher {
    /// Takes encrypted bytes; gives the clear ones that are sure.
    ///
    /// # Errors
    /// [`Unsealable`] when they are another proof's or altered: nothing more can be read.
    pub fn add(&mut self, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        self.wait.extend_from_slice(sealed);
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None if self.wait.len() <= STREAM_NONCE_SIZE => return Ok(Vec::new()),
            None => {
                let header: Vec<u8> = self.wait.drain(..=STREAM_NONCE_SIZE).collect();
                let [VERSION, nonce @ ..] = header.as_slice() else { return Err(Unsealable) };
                DecryptorBE32::from_aead(self.aead.clone(), nonce.into())
            }
        };
        // A full block is only opened once more bytes come: the last one has a seal of its own.
        let whole = self.wait.len().saturating_sub(1) / (BLOCK + SEAL) * (BLOCK + SEAL);
        let mut plain = Vec::with_capacity(whole);
        for block in self.wait[..whole].chunks(BLOCK + SEAL) {
            let message = Payload { msg: block, aad: self.piece.as_bytes() };
            plain.extend(stream.decrypt_next(message).map_err(|_| Unsealable)?);
        }
        self.wait.drain(..whole);
        self.stream = Some(stream);
        Ok(plain)
    }

    /// The last clear bytes.
    ///
    /// # Errors
    /// [`Unsealable`] when the proof is another's, cut short or altered.
    pub fn finish(self) -> Result<Vec<u8>, Unsealable> {
        let stream = self.stream.ok_or(Unsealable)?;
        let message = Payload { msg: &self.wait, aad: self.piece.as_bytes() };
        stream.decrypt_last(message).map_err(|_| Unsealable)
    }
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

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(unsealed(&vault, "p", &[VERSION + 1; 100], 1).is_err());
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
