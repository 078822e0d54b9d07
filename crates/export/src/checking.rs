//! Whether a file is what a service gave: signed by one of its keys, and every byte as it was. Asks nobody.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use serde_json::Value;
use sha2::{Digest, Sha256};
use vault::{PublicKey, to_hex};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::manifest::{KEY, MANIFEST, Manifest, SIGNATURE};

/// More than a manifest ever has: what is larger is not read.
const MOST: u64 = 1_000_000;
/// What follows the bytes of an entry: its sum and its sizes, at most.
const DESCRIPTOR: u64 = 24;

/// A file that was signed by a key that is known.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked {
    /// The service that gave it, and when, as signed.
    pub said: String,
    /// The name of the key.
    pub key: String,
    /// How many files are signed.
    pub files: usize,
    /// What is not as it was signed.
    pub faults: Vec<Fault>,
}

/// What is not as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The bytes of this file are others.
    Changed(String),
    /// This file is there no more.
    Missing(String),
    /// This file was not there.
    Added(String),
    /// Bytes are there that belong to no file.
    Hidden,
}

/// Why nothing can be said of a file.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read.
    #[error("le fichier ne peut pas être lu : {0}")]
    Reader(#[from] io::Error),
    /// It is no ZIP, or its end is missing.
    #[error("ce n'est pas un ZIP entier : téléchargement interrompu, ou fichier d'une autre sorte")]
    NotWhole,
    /// It holds no manifest that we write.
    #[error(
        "ce ZIP n'est pas un export d'Acquis tel qu'il a été remis : {MANIFEST}, sa signature ou le nom de sa clé manque, ou n'est pas des nôtres"
    )]
    NotOurs,
    /// It says to be signed by a key that is none of those that were given.
    #[error(
        "il se dit signé par la clé {0}, qui n'est pas de celles que vous donnez : prenez les clés publiées par le service qui l'a remis"
    )]
    UnknownKey(String),
    /// The manifest is not what was signed.
    #[error("{MANIFEST} ou sa signature a été changé : rien de ce fichier n'est sûr")]
    Signature,
}

impl From<ZipError> for Refusal {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => Self::Reader(error),
            _ => Self::NotWhole,
        }
    }
}

/// Reads keys as a service publishes them: a JSON Web Key Set, or PEM. None when it is neither.
pub fn public_keys(text: &str) -> Vec<PublicKey> {
    const END: &str = "-----END PUBLIC KEY-----";
    if let Ok(set) = serde_json::from_str::<Value>(text) {
        let keys = set["keys"].as_array().into_iter().flatten();
        return keys.filter_map(|key| PublicKey::parse(key["x"].as_str()?)).collect();
    }
    text.split_inclusive(END).filter_map(PublicKey::from_pem).collect()
}

/// What is in a file, as found: each entry with the hash of its bytes; nothing where they cannot be read.
struct Found {
    sums: BTreeMap<String, Option<String>>,
    /// Whether bytes are there that belong to no entry, or two entries have one name.
    hidden: bool,
}

/// Checks a file against these keys.
///
/// # Errors
/// [`Refusal`] when it is not signed by one of them.
pub fn check(file: impl Read + Seek, keys: &[PublicKey]) -> Result<Checked, Refusal> {
    let mut archive = ZipArchive::new(file)?;
    let manifest = small(&mut archive, MANIFEST)?;
    let signature = small(&mut archive, SIGNATURE)?;
    let name = String::from_utf8(small(&mut archive, KEY)?).map_err(|_| Refusal::NotOurs)?;
    let name: String = name.trim_end().chars().filter(|sign| sign.is_ascii_graphic()).take(64).collect();
    let key = keys.iter().find(|key| key.id() == name).ok_or(Refusal::UnknownKey(name))?;
    if !key.verifies(&manifest, &signature) {
        return Err(Refusal::Signature);
    }
    let manifest = String::from_utf8(manifest).ok().and_then(|text| Manifest::parse(&text)).ok_or(Refusal::NotOurs)?;
    let mut found = read(&mut archive)?;
    let mut faults = Vec::new();
    for (name, sum) in &manifest.sums {
        match found.sums.remove(name) {
            None => faults.push(Fault::Missing(name.clone())),
            Some(read) if read.as_ref() == Some(sum) => {}
            Some(_) => faults.push(Fault::Changed(name.clone())),
        }
    }
    let ours = [MANIFEST, SIGNATURE, KEY];
    faults.extend(found.sums.into_keys().filter(|name| !ours.contains(&name.as_str())).map(Fault::Added));
    faults.extend(found.hidden.then_some(Fault::Hidden));
    Ok(Checked { said: manifest.said, key: key.id(), files: manifest.sums.len(), faults })
}

fn small<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let entry = archive.by_name(name).map_err(|_| Refusal::NotOurs)?;
    entry.take(MOST).read_to_end(&mut bytes).map_err(|_| Refusal::NotOurs)?;
    Ok(bytes)
}

fn read<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Found, Refusal> {
    let (mut sums, mut places) = (BTreeMap::new(), Vec::new());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let name = entry.name()?.into_owned();
        let begins = entry.data_start().unwrap_or_default();
        places.push((entry.header_start(), begins.saturating_add(entry.compressed_size())));
        let mut sum = Sha256::new();
        let read = io::copy(&mut entry, &mut sum).is_ok();
        sums.insert(name, read.then(|| to_hex(&sum.finalize())));
    }
    places.sort_unstable();
    places.push((archive.central_directory_start(), 0));
    let mut ends = 0;
    let mut hidden = archive.has_duplicate_names() || archive.offset() != 0 || !archive.comment().is_empty();
    for (index, (begins, next)) in places.into_iter().enumerate() {
        let most = if index == 0 { 0 } else { DESCRIPTOR };
        hidden |= begins < ends || begins - ends > most;
        ends = next;
    }
    Ok(Found { sums, hidden })
}
