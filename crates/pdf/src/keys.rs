//! What the encryption of a PDF keeps of its passwords, and whether an empty one agrees: ISO 32000-2, 7.6.4.
//! Keeps no secret and decrypts no document.

use aes::Aes128;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeEncrypt as _, KeyInit as _, KeyIvInit as _, StreamCipher as _};
use md5::{Digest as _, Md5};
use rc4::Rc4;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::syntax::Dict;

/// What lengthens a short password: the norm's own bytes (algorithm 2, step a).
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

/// What a PDF says of its encryption.
pub(crate) struct Encryption {
    revision: i64,
    /// How many bytes its key may have.
    lengths: [usize; 3],
    permissions: u32,
    owner: Vec<u8>,
    user: Vec<u8>,
    id: Vec<u8>,
    clear_metadata: bool,
    /// Only what is attached is encrypted: the document opens by itself.
    attachments_alone: bool,
}

impl Encryption {
    pub(crate) fn read(dict: &Dict<'_>, id: Vec<u8>) -> Option<Self> {
        let declared = dict.integer(b"Length").and_then(|bits| usize::try_from(bits / 8).ok());
        let is_identity = |name: &[u8]| dict.name(name).is_none_or(|filter| filter == b"Identity");
        Some(Self {
            revision: dict.integer(b"R")?,
            // Said in bits, in bytes, twice or not at all: whichever opens the file is the right one.
            lengths: [declared.filter(|bytes| (5..=16).contains(bytes)).unwrap_or(5), 16, 5],
            // Written as a signed number or not: its last four bytes count.
            permissions: u32::from_le_bytes(*dict.integer(b"P")?.to_le_bytes().first_chunk()?),
            owner: dict.text(b"O")?,
            user: dict.text(b"U")?,
            id,
            clear_metadata: dict.is_false(b"EncryptMetadata"),
            attachments_alone: dict.integer(b"V")? >= 4 && is_identity(b"StmF") && is_identity(b"StrF"),
        })
    }

    /// Whether an empty password opens it, be it that of who reads or of who wrote; nothing when that cannot be told.
    pub(crate) fn opens_with_nothing(&self) -> Option<bool> {
        if self.attachments_alone {
            return Some(true);
        }
        match self.revision {
            2..=4 => {
                let (owner, user) = (self.owner.first_chunk()?, self.user.first_chunk()?);
                let opens = |length| {
                    self.is_user(&PADDING, length, owner, user)
                        || self.is_user(&self.user_told_by(&PADDING, length, owner), length, owner, user)
                };
                Some(self.lengths.into_iter().any(opens))
            }
            5 | 6 => {
                let (owner, user) = (self.owner.first_chunk::<48>()?, self.user.first_chunk::<48>()?);
                Some(self.agrees(user, &[]) || self.agrees(owner, user))
            }
            _ => None,
        }
    }

    /// Algorithms 4 to 6: whether this padded password is that of who reads.
    fn is_user(&self, password: &[u8; 32], length: usize, owner: &[u8; 32], user: &[u8; 32]) -> bool {
        let mut hashing = Md5::new();
        hashing.update(password);
        hashing.update(owner);
        hashing.update(self.permissions.to_le_bytes());
        hashing.update(&self.id);
        if self.revision >= 4 && self.clear_metadata {
            hashing.update([0xff; 4]);
        }
        let mut key: [u8; 16] = hashing.finalize().into();
        if self.revision == 2 {
            let mut told = PADDING;
            encrypt(&key[..length], &mut told);
            return told == *user;
        }
        for _ in 0..50 {
            key = Md5::digest(&key[..length]).into();
        }
        let mut told: [u8; 16] = Md5::new().chain_update(PADDING).chain_update(&self.id).finalize().into();
        for step in 0..20 {
            encrypt(&key.map(|byte| byte ^ step)[..length], &mut told);
        }
        // The other sixteen bytes may be anything.
        told == user[..16]
    }

    /// Algorithm 7: the password of who reads, as that of who wrote tells it.
    fn user_told_by(&self, password: &[u8; 32], length: usize, owner: &[u8; 32]) -> [u8; 32] {
        let mut key: [u8; 16] = Md5::digest(password).into();
        let mut told = *owner;
        if self.revision == 2 {
            encrypt(&key[..length], &mut told);
            return told;
        }
        for _ in 0..50 {
            key = Md5::digest(key).into();
        }
        for step in (0..20).rev() {
            encrypt(&key.map(|byte| byte ^ step)[..length], &mut told);
        }
        told
    }

    /// Algorithms 11 and 12: whether an empty password has this hash, whose salt comes behind it.
    fn agrees(&self, kept: &[u8; 48], user: &[u8]) -> bool {
        let salted = [&kept[32..40], user].concat();
        let hash: [u8; 32] = Sha256::digest(&salted).into();
        let hash = if self.revision == 5 { hash.to_vec() } else { hardened(hash, user) };
        hash.get(..32) == Some(&kept[..32])
    }
}

/// RC4, one way and back.
fn encrypt(key: &[u8], bytes: &mut [u8]) {
    if let Ok(mut cipher) = Rc4::new_from_slice(key) {
        cipher.apply_keystream(bytes);
    }
}

/// Algorithm 2.B, for an empty password: 64 rounds and some, never more than 287 since a byte decides when to stop.
fn hardened(start: [u8; 32], user: &[u8]) -> Vec<u8> {
    let mut key = start.to_vec();
    let mut round = 0_u32;
    loop {
        let mut bytes = [key.as_slice(), user].concat().repeat(64);
        let (Some(half), Some(rest)) = (key.first_chunk::<16>(), key[16..].first_chunk::<16>()) else { return key };
        let length = bytes.len();
        let cipher = cbc::Encryptor::<Aes128>::new(half.into(), rest.into());
        let Ok(sealed) = cipher.encrypt_padded::<NoPadding>(&mut bytes, length) else { return key };
        let remainder = sealed[..16].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3;
        key = match remainder {
            0 => Sha256::digest(sealed).to_vec(),
            1 => Sha384::digest(sealed).to_vec(),
            _ => Sha512::digest(sealed).to_vec(),
        };
        round += 1;
        let last = sealed.last().copied().map_or(0, u32::from);
        if round >= 64 && last + 32 <= round {
            return key;
        }
    }
}
