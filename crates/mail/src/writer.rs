//! Seals a letter for its outbox, and opens it again. Sends nothing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::NewLetter;
use vault::{Unsealable, Vault, identifier};

use crate::occasions::Occasion;

/// A mailbox, as somebody typed it. No `Debug`: it is personal.
#[derive(Clone, Copy)]
pub struct Address<'a>(pub &'a str);

/// A letter as it is kept until it leaves: what was written is what leaves, whatever the program that sends it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// Writes letters.
#[derive(Clone)]
pub struct Writer {
    vault: Arc<Vault>,
    address: String,
}

impl Writer {
    /// Letters that lead to the site of this address (« https://acquis.example », without a path).
    pub fn new(vault: Arc<Vault>, address: String) -> Self {
        Self { vault, address }
    }

    /// A letter to post with what it tells of.
    pub fn write(&self, to: Address<'_>, occasion: &Occasion<'_>, now: i64) -> NewLetter {
        let letter = occasion.letter(&self.address, now);
        let sealed =
            Sealed { to: to.0.to_owned(), subject: letter.subject.clone(), text: letter.text(), html: letter.html() };
        let id = identifier();
        NewLetter {
            sealed: seal(&self.vault, &id, &sealed),
            id,
            occasion: occasion.code(),
            recipient: self.vault.digest("destinataire d'un courriel", &[to.0.to_lowercase().as_bytes()]),
            useful_until: now.saturating_add(occasion.useful_for()),
            most_a_day: occasion.most_a_day(),
        }
    }
}

/// What binds a sealed letter to its row.
fn bound(id: &str) -> String {
    format!("courrier {id}")
}

fn seal(vault: &Vault, id: &str, letter: &Sealed) -> String {
    let plain = serde_json::to_vec(letter).expect("texts are written in JSON");
    vault.seal(&bound(id), &plain)
}

/// The letter that was sealed under this identifier.
pub(crate) fn unseal(vault: &Vault, id: &str, sealed: &str) -> Result<Sealed, Unsealable> {
    let plain = vault.unseal(&bound(id), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| Unsealable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_read_again_by_its_own_identifier_alone_and_is_not_readable_in_its_row() {
        let vault = Arc::new(Vault::new(&[7; 32]));
        let writer = Writer::new(Arc::clone(&vault), "https://acquis.example".to_owned());
        let now = 1_795_860_300_000;
        let new = writer.write(Address("camille@exemple.fr"), &Occasion::MotDePasseChanged, now);
        assert!(!new.sealed.contains("camille") && new.useful_until == now + 3 * 24 * 3_600_000);
        let read = unseal(&vault, &new.id, &new.sealed).expect("what was just sealed");
        assert_eq!(read.to, "camille@exemple.fr");
        assert!(read.text.contains("https://acquis.example/"), "{}", read.text);
        assert!(unseal(&vault, "another", &new.sealed).is_err());
        assert!(unseal(&vault, &new.id, "bm9uc2Vuc2U=").is_err());
    }
}
