//! Sealing block by block (STREAM): what is sealed is never whole in memory. Begins with the version of its key.

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::rand_core::RngCore;
use chacha20poly1305::aead::stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::aead::{OsRng, Payload};

/// What was stored cannot be decrypted: another key, or altered bytes.
#[derive(Debug, thiserror::Error)]
#[error("stored bytes cannot be decrypted with this key")]
pub struct Unsealable;

/// A STREAM nonce is shorter than a nonce by a counter of four bytes and a flag.
const STREAM_NONCE_SIZE: usize = 24 - 5;
/// Plain bytes of one encrypted block.
pub(crate) const BLOCK: usize = 65_536;
pub(crate) const SEAL: usize = 16;

/// A proof being encrypted, block by block: it is never whole in memory.
pub struct Cipher {
    stream: EncryptorBE32<XChaCha20Poly1305>,
    piece: String,
    wait: Vec<u8>,
    output: Vec<u8>,
}

impl Cipher {
    pub(crate) fn new(aead: &XChaCha20Poly1305, version: u8, piece: &str) -> Self {
        let mut nonce = [0; STREAM_NONCE_SIZE];
        OsRng.fill_bytes(&mut nonce);
        let mut output = vec![version];
        output.extend_from_slice(&nonce);
        Self {
            stream: EncryptorBE32::from_aead(aead.clone(), nonce.as_slice().into()),
            piece: piece.to_owned(),
            wait: Vec::with_capacity(BLOCK),
            output,
        }
    }

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
    /// The cipher of a version.
    of: Box<dyn Fn(u8) -> Option<XChaCha20Poly1305> + Send + Sync>,
    /// Nothing before the header is read.
    stream: Option<DecryptorBE32<XChaCha20Poly1305>>,
    piece: String,
    wait: Vec<u8>,
}

impl Decipher {
    pub(crate) fn new(piece: &str, of: impl Fn(u8) -> Option<XChaCha20Poly1305> + Send + Sync + 'static) -> Self {
        Self { of: Box::new(of), stream: None, piece: piece.to_owned(), wait: Vec::new() }
    }

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
                let [version, nonce @ ..] = header.as_slice() else { return Err(Unsealable) };
                let aead = (self.of)(*version).ok_or(Unsealable)?;
                DecryptorBE32::from_aead(aead, nonce.into())
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
