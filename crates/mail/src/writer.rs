//! Seals a letter for its outbox, and opens it again. Sends nothing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::{NewLetter, NewStop};
use vault::{Unsealable, Vault, identifier, token, token_digest};

use crate::occasions::{Occasion, Site};

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
        self.compose(to, occasion, None, now)
    }

    /// The same about this account: where it tells of what a thief may have done, its reader stops the account by a link.
    pub fn write_about(&self, account: &str, to: Address<'_>, occasion: &Occasion<'_>, now: i64) -> NewLetter {
        self.compose(to, occasion, Some(account).filter(|_| occasion.can_be_stopped()), now)
    }

    /// Where a letter went, by the hash of what its link carries.
    ///
    /// # Errors
    /// [`Unsealable`] when it was written under another key.
    pub fn recipient_of(&self, link: &str, sealed: &str) -> Result<String, Unsealable> {
        let plain = self.vault.unseal(&bound_link(link), sealed)?;
        String::from_utf8(plain).map_err(|_| Unsealable)
    }

    fn compose(&self, to: Address<'_>, occasion: &Occasion<'_>, about: Option<&str>, now: i64) -> NewLetter {
        let token = about.map(|_| token());
        let letter = occasion.letter(Site { address: &self.address, now, stop: token.as_deref() });
        let sealed =
            Sealed { to: to.0.to_owned(), subject: letter.subject.clone(), text: letter.text(), html: letter.html() };
        let id = identifier();
        let stop = about.zip(token).map(|(account, token)| {
            let link = token_digest(&token);
            let address = self.vault.seal(&bound_link(&link), to.0.as_bytes());
            NewStop { link, account: account.to_owned(), address, expires_on: now.saturating_add(STOP) }
        });
        NewLetter {
            sealed: seal(&self.vault, &id, &sealed),
            id,
            occasion: occasion.code(),
            recipient: self.vault.digest("destinataire d'un courriel", &[to.0.to_lowercase().as_bytes()]),
            useful_until: now.saturating_add(occasion.useful_for()),
            most_a_day: occasion.most_a_day(),
            stop,
        }
    }
}

/// How long a link stops an account, in milliseconds: whoever comes back from a month away still may, and what it does is
/// undone by its holder.
const STOP: i64 = 30 * 24 * 3_600_000;

/// What binds where a letter went to what its link carries.
fn bound_link(link: &str) -> String {
    store::bound::stop_link(link)
}

/// What binds a sealed letter to its row.
fn bound(id: &str) -> String {
    store::bound::letter(id)
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

    #[test]
    fn a_letter_about_an_account_carries_what_stops_it_and_only_its_hash_is_kept() {
        let vault = Arc::new(Vault::new(&[7; 32]));
        let writer = Writer::new(Arc::clone(&vault), "https://acquis.example".to_owned());
        let (to, now) = (Address("camille@exemple.fr"), 1_795_860_300_000);
        let new = writer.write_about("compte", to, &Occasion::MotDePasseChanged, now);
        let read = unseal(&vault, &new.id, &new.sealed).expect("what was just sealed");
        let token = read.text.lines().find_map(|line| line.split_once("/ce-n-etait-pas-moi#")).expect("a link").1;
        let stop = new.stop.expect("a link to keep");
        assert_eq!((stop.link.as_str(), stop.account.as_str()), (token_digest(token).as_str(), "compte"));
        assert!(!stop.link.contains(token) && !stop.address.contains("camille"));
        assert_eq!(writer.recipient_of(&stop.link, &stop.address).ok().as_deref(), Some("camille@exemple.fr"));
        assert!(writer.recipient_of("another", &stop.address).is_err());
        assert!(writer.write_about("compte", to, &Occasion::NoAccountHere, now).stop.is_none());
    }
}
