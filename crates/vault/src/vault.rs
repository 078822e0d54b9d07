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

const TAILLE_NONCE: usize = 24;
/// A STREAM nonce is shorter by a counter of four bytes and a flag.
const TAILLE_NONCE_FLUX: usize = TAILLE_NONCE - 5;
/// Plain bytes of one encrypted block.
const BLOC: usize = 65_536;
const SCEAU: usize = 16;
const VERSION: u8 = 1;

/// The keys. No `Debug`.
pub struct Coffre {
    recherche: [u8; 32],
    empreintes: [u8; 32],
    nir: XChaCha20Poly1305,
    pieces: XChaCha20Poly1305,
    temoin: String,
}

/// What was stored cannot be decrypted: another key, or altered bytes.
#[derive(Debug)]
pub struct Indechiffrable;

impl std::fmt::Display for Indechiffrable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("stored bytes cannot be decrypted with this key")
    }
}

impl std::error::Error for Indechiffrable {}

impl Coffre {
    /// Derives every key from the master key.
    pub fn new(maitre: &[u8; 32]) -> Self {
        let cle = |usage: &str| hmac(maitre, &[b"acquis:", usage.as_bytes()]);
        Self {
            recherche: cle("recherche du NIR"),
            empreintes: cle("empreintes"),
            nir: XChaCha20Poly1305::new(&cle("chiffrement du NIR").into()),
            pieces: XChaCha20Poly1305::new(&cle("chiffrement des pièces").into()),
            temoin: en_hexa(&cle("témoin")),
        }
    }

    /// A text that proves the key without telling anything of it.
    pub fn temoin(&self) -> &str {
        &self.temoin
    }

    /// What a NIR is looked up by: its thirteen characters, hashed with a key.
    pub fn empreinte_nir(&self, corps: &str) -> String {
        en_hexa(&hmac(&self.recherche, &[corps.as_bytes()]))
    }

    /// Encrypts the thirteen characters for the record of this person, and no other.
    pub fn chiffrer_nir(&self, personne: &str, corps: &str) -> String {
        let mut nonce = XNonce::default();
        OsRng.fill_bytes(&mut nonce);
        let message = Payload { msg: corps.as_bytes(), aad: personne.as_bytes() };
        let chiffre = self.nir.encrypt(&nonce, message).expect("a few bytes are never too many to encrypt");
        STANDARD.encode([nonce.as_slice(), &chiffre].concat())
    }

    /// The thirteen characters back.
    ///
    /// # Errors
    /// [`Indechiffrable`] when they were encrypted with another key, for another person, or altered.
    pub fn dechiffrer_nir(&self, personne: &str, texte: &str) -> Result<String, Indechiffrable> {
        let octets = STANDARD.decode(texte).map_err(|_| Indechiffrable)?;
        let (nonce, chiffre) = octets.split_at_checked(TAILLE_NONCE).ok_or(Indechiffrable)?;
        let message = Payload { msg: chiffre, aad: personne.as_bytes() };
        let clair = self.nir.decrypt(XNonce::from_slice(nonce), message).map_err(|_| Indechiffrable)?;
        String::from_utf8(clair).map_err(|_| Indechiffrable)
    }

    /// A keyed hash of several parts, for one use: what it is made from cannot be guessed back.
    pub fn empreinte(&self, usage: &str, parties: &[&[u8]]) -> String {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.empreintes).expect("HMAC takes keys of any length");
        for partie in [usage.as_bytes()].iter().chain(parties) {
            mac.update(&u64::try_from(partie.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(partie);
        }
        en_hexa(&mac.finalize().into_bytes())
    }

    /// Encrypts a proof as it arrives.
    pub fn chiffreur(&self, piece: &str) -> Chiffreur {
        let mut nonce = [0; TAILLE_NONCE_FLUX];
        OsRng.fill_bytes(&mut nonce);
        let mut sortie = vec![VERSION];
        sortie.extend_from_slice(&nonce);
        Chiffreur {
            flux: EncryptorBE32::from_aead(self.pieces.clone(), nonce.as_slice().into()),
            piece: piece.to_owned(),
            attente: Vec::with_capacity(BLOC),
            sortie,
        }
    }

    /// The clear bytes of a stored proof.
    ///
    /// # Errors
    /// [`Indechiffrable`] when they are another proof's, cut short or altered.
    pub fn dechiffrer_piece(&self, piece: &str, octets: &[u8]) -> Result<Vec<u8>, Indechiffrable> {
        let (entete, corps) = octets.split_at_checked(1 + TAILLE_NONCE_FLUX).ok_or(Indechiffrable)?;
        let [VERSION, nonce @ ..] = entete else { return Err(Indechiffrable) };
        let mut flux = DecryptorBE32::from_aead(self.pieces.clone(), nonce.into());
        let mut clair = Vec::with_capacity(corps.len());
        let mut reste = corps;
        while reste.len() > BLOC + SCEAU {
            let (bloc, suite) = reste.split_at(BLOC + SCEAU);
            let message = Payload { msg: bloc, aad: piece.as_bytes() };
            clair.extend(flux.decrypt_next(message).map_err(|_| Indechiffrable)?);
            reste = suite;
        }
        let message = Payload { msg: reste, aad: piece.as_bytes() };
        clair.extend(flux.decrypt_last(message).map_err(|_| Indechiffrable)?);
        Ok(clair)
    }
}

/// A proof being encrypted, block by block: it is never whole in memory.
pub struct Chiffreur {
    flux: EncryptorBE32<XChaCha20Poly1305>,
    piece: String,
    attente: Vec<u8>,
    sortie: Vec<u8>,
}

impl Chiffreur {
    /// Takes clear bytes; gives the encrypted ones that are ready.
    pub fn ajouter(&mut self, mut clair: &[u8]) -> Vec<u8> {
        while !clair.is_empty() {
            // A full block is only sealed once more bytes come: the last one has a seal of its own.
            if self.attente.len() == BLOC {
                let message = Payload { msg: &self.attente, aad: self.piece.as_bytes() };
                let bloc = self.flux.encrypt_next(message).expect("a proof has fewer blocks than the counter");
                self.sortie.extend(bloc);
                self.attente.clear();
            }
            let (debut, suite) = clair.split_at(clair.len().min(BLOC - self.attente.len()));
            self.attente.extend_from_slice(debut);
            clair = suite;
        }
        std::mem::take(&mut self.sortie)
    }

    /// The last encrypted bytes.
    pub fn finir(self) -> Vec<u8> {
        let message = Payload { msg: &self.attente, aad: self.piece.as_bytes() };
        let bloc = self.flux.encrypt_last(message).expect("a proof has fewer blocks than the counter");
        [self.sortie, bloc].concat()
    }
}

/// An identifier that nobody can guess: 128 random bits.
pub fn identifiant() -> String {
    en_hexa(&hasard::<16>())
}

/// The secret of a session: 256 random bits.
pub fn jeton() -> String {
    en_hexa(&hasard::<32>())
}

/// What a session is found by: the secret itself is only in the browser.
pub fn empreinte_jeton(jeton: &str) -> String {
    en_hexa(&Sha256::digest(jeton))
}

/// A reference for a person to keep: eight characters that cannot be taken for one another, after what it is of.
pub fn reference(de: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let signes: String = hasard::<8>().iter().map(|octet| char::from(ALPHABET[usize::from(octet % 32)])).collect();
    let (debut, fin) = signes.split_at(4);
    format!("{de}-{debut}-{fin}")
}

/// Random bytes.
pub fn hasard<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    OsRng.fill_bytes(&mut octets);
    octets
}

/// Lower-case hexadecimal.
pub fn en_hexa(octets: &[u8]) -> String {
    const CHIFFRES: &[u8; 16] = b"0123456789abcdef";
    octets.iter().flat_map(|o| [CHIFFRES[usize::from(o >> 4)], CHIFFRES[usize::from(o & 15)]]).map(char::from).collect()
}

fn hmac(cle: &[u8; 32], parties: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(cle).expect("HMAC takes keys of any length");
    for partie in parties {
        mac.update(partie);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nir_reads_back_for_its_person_only() {
        let coffre = Coffre::new(&[7; 32]);
        let chiffre = coffre.chiffrer_nir("p1", "2790351215189");
        assert_eq!(coffre.dechiffrer_nir("p1", &chiffre).ok().as_deref(), Some("2790351215189"));
        assert!(coffre.dechiffrer_nir("p2", &chiffre).is_err());
        assert!(Coffre::new(&[8; 32]).dechiffrer_nir("p1", &chiffre).is_err());
        assert_ne!(chiffre, coffre.chiffrer_nir("p1", "2790351215189"));
    }

    #[test]
    fn a_proof_of_any_size_reads_back_and_an_altered_one_does_not() {
        let coffre = Coffre::new(&[7; 32]);
        for taille in [0, 1, BLOC - 1, BLOC, BLOC + 1, 3 * BLOC, 3 * BLOC + 17] {
            let clair: Vec<u8> = (0..taille).map(|n| u8::try_from(n % 251).unwrap_or(0)).collect();
            let mut chiffreur = coffre.chiffreur("p");
            let mut chiffre = Vec::new();
            for morceau in clair.chunks(10_007) {
                chiffre.extend(chiffreur.ajouter(morceau));
            }
            chiffre.extend(chiffreur.finir());
            assert_eq!(coffre.dechiffrer_piece("p", &chiffre).ok(), Some(clair), "{taille}");
            assert!(coffre.dechiffrer_piece("q", &chiffre).is_err());
            chiffre.pop();
            assert!(coffre.dechiffrer_piece("p", &chiffre).is_err());
        }
    }

    #[test]
    fn a_hash_tells_where_its_parts_end() {
        let coffre = Coffre::new(&[7; 32]);
        assert_ne!(coffre.empreinte("u", &[b"ab", b"c"]), coffre.empreinte("u", &[b"a", b"bc"]));
        assert_ne!(coffre.empreinte("u", &[b"a"]), coffre.empreinte("v", &[b"a"]));
    }
}
