//! What is kept of an identity that a provider proved, sealed for what it belongs to. Knows no journey, no request.

use domaine::identite::Nir13;
use domaine::identite::pivot::SaidIdentity;
use serde::{Deserialize, Serialize};
use store::{NewLink, Proofs, StoreError, StoreResult};
use vault::Vault;

use crate::CODE;

/// What is kept of an identity in a request for an account. No `Debug`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) subject: String,
    pub(crate) issuer: String,
    pub(crate) said: SaidIdentity,
}

/// What an identity brings to the first session of the account that is asked for with it. No `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Brought {
    pub(crate) id_token: String,
    second_step: bool,
    france_connect_plus: bool,
    /// Until when it is worth that: what was proved hours ago proves who sits there no more.
    until: i64,
}

impl Brought {
    pub(crate) const fn new(id_token: String, proofs: Proofs, now: i64) -> Self {
        let Proofs { second_step, france_connect_plus } = proofs;
        Self { id_token, second_step, france_connect_plus, until: now.saturating_add(CODE) }
    }

    /// What it is worth at this moment.
    pub(crate) fn proofs(&self, now: i64) -> Proofs {
        if now < self.until {
            Proofs { second_step: self.second_step, france_connect_plus: self.france_connect_plus }
        } else {
            Proofs::default()
        }
    }
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
