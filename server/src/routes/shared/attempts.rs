//! Counting attempts at a password, and who must wait. Looks at no password.

use std::net::IpAddr;

use api::probleme::{Code, Probleme};

use crate::clock::to_ms;
use crate::error::{AppError, HandlerResult};
use crate::state::AppState;

/// Attempts under way. Each is counted before the password is looked at, so that many at once do
/// not slip through, and given back when it was a good one.
pub(in crate::routes) struct Attempts {
    address: Option<String>,
    account: Option<String>,
}

impl Attempts {
    /// Counts an attempt from this address.
    pub(in crate::routes) async fn by_address(state: &AppState, address: IpAddr) -> HandlerResult<Self> {
        // An IPv6 client has a whole network of addresses: they count as one.
        let network = match address {
            IpAddr::V4(v4) => v4.bytes().to_vec(),
            IpAddr::V6(v6) => v6.bytes()[..8].to_vec(),
        };
        let key = state.vault.digest("tentatives d'une adresse", &[&network]);
        count(state, &key, state.settings.attempts_by_address).await?;
        Ok(Self { address: Some(key), account: None })
    }

    /// Nothing counted yet.
    pub(in crate::routes) const fn without_address() -> Self {
        Self { address: None, account: None }
    }

    /// Counts an attempt at this account, whether or not it exists.
    pub(in crate::routes) async fn and_per_account(&mut self, state: &AppState, courriel: &str) -> HandlerResult<()> {
        let key = state.vault.digest("tentatives d'un compte", &[courriel.as_bytes()]);
        count(state, &key, state.settings.attempts_by_account).await?;
        self.account = Some(key);
        Ok(())
    }

    /// Counts an attempt of somebody who is connected already: what a stranger tries at the door does not stop them.
    pub(in crate::routes) async fn and_per_titulaire(&mut self, state: &AppState, account: &str) -> HandlerResult<()> {
        let key = state.vault.digest("tentatives d'un titulaire", &[account.as_bytes()]);
        count(state, &key, state.settings.attempts_by_account).await?;
        self.account = Some(key);
        Ok(())
    }

    /// It was a good one.
    pub(in crate::routes) async fn give_back(&mut self, state: &AppState) -> HandlerResult<()> {
        if let Some(key) = self.address.take() {
            state.store.give_attempt_back(&key).await?;
        }
        if let Some(key) = self.account.take() {
            state.store.forget_attempts(&key).await?;
        }
        Ok(())
    }
}

async fn count(state: &AppState, key: &str, allowed: i64) -> HandlerResult<()> {
    let (now, delay) = (state.clock.now(), to_ms(state.settings.attempts_delay));
    let (count, start) = state.store.count_attempt(key, now, now - delay).await?;
    if count > allowed {
        return Err(too_many_attempts(start + delay - now));
    }
    Ok(())
}

/// The refusal of who tried too often.
fn too_many_attempts(wait_ms: i64) -> AppError {
    let seconds = (wait_ms.max(0) + 999) / 1_000;
    Probleme { retry_after: Some(seconds.max(1).to_string()), ..Probleme::new(Code::TooManyAttempts) }.into()
}
