//! What every handler is given: parts made elsewhere, behind one handle, and the name a page may know an account by.
//! Changes nothing.

use std::sync::Arc;

use domaine::bareme::Bareme;
use identity::{Elsewhere, Requests};
use limits::{Counter, Ranks};
use mail::Writer;
use passkeys::Passkeys;
use store::{Pieces, Store};
use vault::{Hashing, Vault};

use crate::balances::Soldes;
use crate::clock::{Clock, to_ms};
use crate::forwarding::Forwarding;
use crate::page::Page;
use crate::settings::Settings;
use crate::tls::Tls;

/// The state of the application.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// The parts of the state.
pub struct Parts {
    /// The settings.
    pub settings: Settings,
    /// The data.
    pub store: Store,
    /// The keys.
    pub vault: Arc<Vault>,
    /// The bytes of the proofs.
    pub pieces: Pieces,
    /// What time it is.
    pub clock: Clock,
    /// How passwords are hashed.
    pub hashing: Hashing,
    /// The page.
    pub page: Page,
    /// The balances computed already.
    pub soldes: Soldes,
    /// What writes to people.
    pub letters: Writer,
    /// What waits for a proof.
    pub requests: Requests,
    /// The ceremonies of passkeys, where browsers take them.
    pub passkeys: Option<Passkeys>,
    /// The identity provider, where there is one.
    pub elsewhere: Option<Elsewhere>,
    /// What ends TLS, where no proxy does.
    pub tls: Option<Tls>,
    /// What sends the journal elsewhere, where that is set.
    pub(crate) forwarding: Option<Forwarding>,
    /// The exports and the attempts under way.
    pub ranks: Ranks,
}

impl AppState {
    /// The state made of these parts; [`start`](crate::start) alone makes one.
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What a page may know an account by.
    pub fn account_seen(&self, account: &str) -> String {
        let mut seen = self.vault.digest("compte vu d'une page", &[account.as_bytes()]);
        seen.truncate(16);
        seen
    }

    /// What attempts are counted with.
    pub fn counter(&self) -> Counter<'_> {
        Counter {
            store: &self.store,
            vault: &self.vault,
            ranks: &self.ranks,
            by_account: self.settings.attempts_by_account,
            by_address: self.settings.attempts_by_address,
            delay: to_ms(self.settings.attempts_delay),
            now: self.clock.now(),
        }
    }

    /// The figures of the law with the settings.
    pub fn bareme(&self) -> Bareme {
        self.settings.bareme
    }
}

impl std::ops::Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
