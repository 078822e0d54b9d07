//! The master keys by version, and the text that holds them. No disk: whoever keeps that text says where.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What the line of the key of hashes begins with, once the master key it came from is retired.
const DIGESTS: &str = "empreintes";

/// The master keys, each under its version: the newest writes, each reads what it wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct Ring {
    keys: BTreeMap<u8, [u8; 32]>,
    /// The key of hashes, said apart once its master key is no longer there.
    digests: Option<[u8; 32]>,
}

/// The versions alone: a key is never shown.
impl fmt::Debug for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.keys()).finish()
    }
}

impl Ring {
    /// One key, the first.
    pub fn new(key: [u8; 32]) -> Self {
        Self { keys: BTreeMap::from([(1, key)]), digests: None }
    }

    /// Reads `N:key` for each version, or one key alone, which is the first; keys in base64 or in hexadecimal. Nothing when
    /// it is something else.
    pub fn parse(text: &str) -> Option<Self> {
        // A text editor of Windows begins a file by a mark that nobody sees.
        let text = text.trim_start_matches('\u{feff}').trim();
        if !text.contains(':') {
            return read_key(text).map(Self::new);
        }
        let (mut keys, mut digests) = (BTreeMap::new(), None);
        for word in text.split_whitespace() {
            let (name, key) = word.split_once(':')?;
            let key = read_key(key)?;
            let known = match name {
                DIGESTS => digests.replace(key).is_some(),
                number => keys.insert(number.parse().ok().filter(|number| *number > 0)?, key).is_some(),
            };
            if known {
                return None;
            }
        }
        (!keys.is_empty()).then_some(Self { keys, digests })
    }

    /// The text that [`Ring::parse`] reads, a line for each.
    pub fn to_text(&self) -> String {
        if let (1, Some(key), None) = (self.keys.len(), self.keys.get(&1), self.digests) {
            return STANDARD.encode(key) + "\n";
        }
        let mut text = String::new();
        for (number, key) in &self.keys {
            let _ = writeln!(text, "{number}:{}", STANDARD.encode(key));
        }
        if let Some(key) = self.digests {
            let _ = writeln!(text, "{DIGESTS}:{}", STANDARD.encode(key));
        }
        text
    }

    /// The versions, the oldest first.
    pub fn versions(&self) -> impl Iterator<Item = u8> + '_ {
        self.keys.keys().copied()
    }

    /// The version that writes.
    pub fn newest(&self) -> u8 {
        self.keys.last_key_value().map_or(1, |(number, _)| *number)
    }

    /// The same with one more key, which writes from then on; nothing when there is no number left.
    pub fn with(&self, key: [u8; 32]) -> Option<Self> {
        let mut more = self.clone();
        more.keys.insert(self.newest().checked_add(1)?, key);
        Some(more)
    }

    /// The same without that key, whose hashes are still made; nothing when it is not there, or writes.
    pub fn without(&self, number: u8) -> Option<Self> {
        if number == self.newest() || !self.keys.contains_key(&number) {
            return None;
        }
        let mut less = self.clone();
        less.digests = Some(self.digests());
        less.keys.remove(&number);
        Some(less)
    }

    /// Whether this is the other one grown or retired from: no key that both have differs, and none is forgotten but retired.
    pub(crate) fn follows(&self, other: &Self) -> bool {
        let shared = self.keys.iter().all(|(number, key)| other.keys.get(number).is_none_or(|known| known == key));
        shared && self.newest() >= other.newest() && self.digests() == other.digests()
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = (u8, &[u8; 32])> {
        self.keys.iter().map(|(number, key)| (*number, key))
    }

    /// The key of hashes: said apart, else that of the oldest master key.
    pub(crate) fn digests(&self) -> [u8; 32] {
        let oldest =
            || self.keys.first_key_value().map_or([0; 32], |(_, key)| crate::derivation::derive(key, "empreintes"));
        self.digests.unwrap_or_else(oldest)
    }
}

/// A key of 32 bytes, in base64 or in hexadecimal.
fn read_key(text: &str) -> Option<[u8; 32]> {
    if text.len() == 64 && text.bytes().all(|c| c.is_ascii_hexdigit()) {
        let bytes: Option<Vec<u8>> =
            (0..32).map(|n| u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()).collect();
        return bytes?.try_into().ok();
    }
    STANDARD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_one_key_is_the_first_version_and_stays_as_it_was() {
        let alone = STANDARD.encode([10; 32]);
        assert_eq!(Ring::parse(&format!("\u{feff}{alone}\r\n")), Some(Ring::new([10; 32])));
        assert_eq!(Ring::parse(&"0a".repeat(32)), Some(Ring::new([10; 32])));
        assert_eq!(Ring::new([10; 32]).to_text(), format!("{alone}\n"));
        assert_eq!(Ring::parse("0a0a"), None);
    }

    #[test]
    fn a_ring_reads_back_as_it_was_written_after_each_change() {
        let two = Ring::new([1; 32]).with([2; 32]).expect("a number");
        let three = two.with([3; 32]).expect("a number");
        let retired = three.without(1).and_then(|ring| ring.without(2)).expect("a former key");
        for ring in [&two, &three, &retired] {
            assert_eq!(Ring::parse(&ring.to_text()).as_ref(), Some(ring));
        }
        assert_eq!((two.newest(), retired.newest()), (2, 3));
        assert_eq!(retired.versions().collect::<Vec<_>>(), [3]);
        assert_eq!(retired.digests(), Ring::new([1; 32]).digests(), "what is hashed is still found");
        assert!(retired.follows(&two) && three.follows(&two) && !two.follows(&three));
        assert!(three.without(3).is_none() && two.without(7).is_none());
    }

    #[test]
    fn what_is_no_ring_is_refused() {
        let key = STANDARD.encode([1; 32]);
        for wrong in [
            String::new(),
            format!("0:{key}"),
            format!("256:{key}"),
            format!("1:{key}\n1:{key}"),
            format!("empreintes:{key}"),
            format!("1:{key}\n{key}"),
            "1:court".to_owned(),
        ] {
            assert_eq!(Ring::parse(&wrong), None, "{wrong}");
        }
        let full = Ring::parse(&format!("255:{key}")).expect("a ring");
        assert!(full.with([2; 32]).is_none(), "a version is one byte");
        assert_eq!(format!("{full:?}"), "[255]", "a key is never shown");
    }
}
