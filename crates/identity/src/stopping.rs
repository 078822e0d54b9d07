//! « Ce n'était pas moi »: whoever reads a letter of an account stops it. Asks for nothing else: stopping must be fast, and
//! takes more than a letter to undo.

use domaine::freezing::FrozenBy;
use domaine::identite::{Courriel, Token};
use mail::{Address, Occasion};
use store::{Account, Mailbox, Session, Stopped, StoreError, StoreResult, account_reference};
use vault::token_digest;

use crate::Requests;
use crate::proving::Unproved;

impl Requests {
    /// Freezes the account that the letter of this link speaks of; done again, it is done. Tells it to the mailbox of the account,
    /// and to the one that the letter went to. `origin`: where the link was followed, as the journal marks a place.
    ///
    /// # Errors
    /// [`Unproved::Over`] when the link stops nothing: then nothing was done.
    pub async fn stop(&self, token: &Token, origin: &str, now: i64) -> Result<(), Unproved> {
        let Token::Link(token) = token else { return Err(Unproved::Over) };
        let link = self.store.stop_link(&token_digest(token), now).await?.ok_or(Unproved::Over)?;
        let recipient = self.letters.recipient_of(&link.link, &link.address);
        let recipient = recipient.map_err(|_| StoreError::Corrupt("adresse"))?;
        loop {
            let account = self.store.account(&link.account).await?.ok_or(Unproved::Over)?;
            let own = is_mailbox(&recipient, &account);
            let by = if own { FrozenBy::Letter } else { FrozenBy::FormerAddress };
            let reference = account_reference(&account.id);
            let occasion = Occasion::FrozenByHolder { account: &reference, by };
            let to = [Some(account.courriel.as_str()), (!own).then_some(recipient.as_str())];
            let letters = to.into_iter().flatten().map(|to| self.letters.write(Address(to), &occasion, now));
            let letters: Vec<_> = letters.collect();
            match self.store.freeze_by_link(&link, (by, &account.courriel_key), origin, &letters, now).await? {
                Stopped::Frozen | Stopped::Already => return Ok(()),
                Stopped::Over => return Err(Unproved::Over),
                // Another e-mail came in between: whether this one is a former one is judged again.
                Stopped::Moved => {}
            }
        }
    }

    /// Freezes the account of this session, and tells its mailbox.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was done.
    pub async fn freeze(&self, session: &Session, now: i64) -> StoreResult<()> {
        let account = self.store.account(&session.account).await?.ok_or(StoreError::SessionOver)?;
        let occasion = Occasion::FrozenByHolder { account: &account_reference(&account.id), by: FrozenBy::Profil };
        let letter = self.letters.write(Address(&account.courriel), &occasion, now);
        self.store.freeze_own(session, &letter, now).await
    }
}

/// Whether this address is that of the account today.
fn is_mailbox(address: &str, account: &Account) -> bool {
    Courriel::parse(address).is_ok_and(|courriel| Mailbox::of(&courriel).is(&account.courriel_key))
}
