//! The exports under way: one at a time for each account. Writes none.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The accounts whose export is being sent.
#[derive(Clone, Default)]
pub struct Exports(Arc<Mutex<HashSet<String>>>);

impl Exports {
    /// The turn of this account, if it has none already.
    pub fn take(&self, account: &str) -> Option<Turn> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account.to_owned());
        begun.then(|| Turn { exports: self.clone(), account: account.to_owned() })
    }
}

/// An export under way; dropped when its last byte is sent, or its client is gone.
pub struct Turn {
    exports: Exports,
    account: String,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.exports.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.account);
    }
}
