//! What every handler is given. No behaviour but reaching its parts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use domaine::bareme::Bareme;
use domaine::mesures::Day;
use store::{Pieces, Store};
use vault::{Hashing, Vault};

use crate::clock::Clock;
use crate::page::Page;
use crate::settings::Settings;

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
}

impl AppState {
    /// The state made of these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What a page may know an account by.
    pub fn account_seen(&self, account: &str) -> String {
        let mut seen = self.vault.digest("compte vu d'une page", &[account.as_bytes()]);
        seen.truncate(16);
        seen
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

/// Balances computed already, as they are answered. A balance is only given back for the same
/// facts (`version`) and the same day, so it is never out of date, whoever changes the facts.
#[derive(Default)]
pub struct Soldes(Mutex<HashMap<String, (i64, Day, Bytes)>>);

/// Past this many it begins again from nothing: a bound on memory, not a tuning.
const KEPT_SOLDES: usize = 10_000;

impl Soldes {
    /// The answer computed for this account, if nothing changed since.
    pub fn look_up(&self, account: &str, version: i64, day: Day) -> Option<Bytes> {
        let soldes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, as_of, body) = soldes.get(account)?;
        (*known == version && *as_of == day).then(|| body.clone())
    }

    /// Remembers an answer.
    pub fn keep(&self, account: &str, version: i64, day: Day, body: Bytes) {
        let mut soldes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if soldes.len() >= KEPT_SOLDES {
            soldes.clear();
        }
        soldes.insert(account.to_owned(), (version, day, body));
    }
}
