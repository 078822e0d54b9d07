//! What is kept of an identity that a provider proved, sealed for what it belongs to. Knows no journey, no request.

use domaine::identite::Nir13;
use domaine::identite::pivot::SaidIdentity;
use serde::{Deserialize, Serialize};
use store::{NewLink, StoreError, StoreResult};
use vault::Vault;

/// What is kept of an identity in a request for an account. No `Debug`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) subject: String,
    pub(crate) issuer: String,
    pub(crate) said: SaidIdentity,
}

pub(crate) fn seal<T: Serialize>(vault: &Vault, record: &str, value: &T) -> String {
    vault.seal(record, &serde_json::to_vec(value).expect("texts are written in JSON"))
}

pub(crate) fn unseal<T: for<'a> Deserialize<'a>>(vault: &Vault, record: &str, sealed: &str) -> StoreResult<T> {
    let unreadable = || StoreError::Corrupt("identité");
    let plain = vault.unseal(record, sealed).map_err(|_| unreadable())?;
    serde_json::from_slice(&plain).map_err(|_| unreadable())
}

impl Kept {
    /// Whether it says every part of this NIR that an identity can.
    pub(crate) fn says_all_of(&self, nir: &Nir13) -> bool {
        self.said.read().is_ok_and(|pivot| pivot.says_all_of(nir))
    }

    /// The link that it makes.
    pub(crate) fn link(&self, vault: &Vault) -> NewLink {
        let said = seal(vault, &record_of_said(&self.subject), &self.said);
        NewLink { subject: self.subject.clone(), issuer: self.issuer.clone(), said }
    }
}

/// What binds what a provider said to the identity.
pub(crate) fn record_of_said(subject: &str) -> String {
    store::bound::identity(subject)
}
