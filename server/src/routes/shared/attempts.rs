//! Who tries, how often, and who must wait. Looks at no password.
//!
//! What was judged wrong is counted in the database: a restart forgets nothing. What is being judged is counted beside
//! it, and given back when nothing was judged: a client that leaves, a refusal, a failure of ours cost nobody anything.

use std::net::IpAddr;

use api::probleme::{Code, Probleme};

use crate::clock::to_ms;
use crate::error::{AppError, HandlerResult};
use crate::state::AppState;
use crate::under_way::Pass;

/// The networks that a provider gives to one home or one company in IPv6 hold 256 of the smallest: together they count
/// for a few of them, since some providers put as many customers in one.
const OF_A_HOME: i64 = 4;
/// Wrong passwords for an account from everywhere, for each that one address may try: a hundred in all by default, the
/// most that NIST SP 800-63B allows. One person alone cannot make a holder wait.
const FROM_EVERYWHERE: i64 = 10;
/// Accounts that an address may open, out of its attempts: half as many.
const OPENINGS: i64 = 2;
/// How long to wait when only attempts under way stand in the way: they end in a moment.
const A_MOMENT: i64 = 2_000;

/// What is tried, and how often it may be.
struct Limit {
    key: String,
    allowed: i64,
    /// Whether a right password forgets the wrong ones.
    forgets: bool,
}

/// Attempts being judged.
pub(in crate::routes) struct Attempts {
    passes: Vec<Pass>,
    forgotten: Vec<String>,
}

impl Attempts {
    /// A sign-in from this address, whether or not the account exists. A browser that this account knows does not wait
    /// for what is tried elsewhere.
    pub(in crate::routes) async fn to_sign_in(
        state: &AppState,
        address: IpAddr,
        courriel: &str,
        known: bool,
    ) -> HandlerResult<Self> {
        let allowed = state.settings.attempts_by_account;
        let mut limits = by_address(state, "tentatives d'une adresse", address, state.settings.attempts_by_address);
        let parts = [courriel.as_bytes(), &network(address, 64)];
        let here = state.vault.digest("tentatives d'un compte depuis une adresse", &parts);
        limits.push(Limit { key: here, allowed, forgets: true });
        let key = state.vault.digest("tentatives d'un compte", &[courriel.as_bytes()]);
        let allowed = if known { i64::MAX } else { allowed.saturating_mul(FROM_EVERYWHERE) };
        limits.push(Limit { key, allowed, forgets: true });
        Self::begin(state, limits).await
    }

    /// A request for an account from this address.
    pub(in crate::routes) async fn to_sign_up(state: &AppState, address: IpAddr) -> HandlerResult<Self> {
        let allowed = state.settings.attempts_by_address;
        Self::begin(state, by_address(state, "tentatives d'une adresse", address, allowed)).await
    }

    /// One more account opened from this address: the good ones count as well.
    pub(in crate::routes) async fn to_open(state: &AppState, address: IpAddr) -> HandlerResult<Self> {
        let allowed = (state.settings.attempts_by_address / OPENINGS).max(1);
        Self::begin(state, by_address(state, "comptes ouverts d'une adresse", address, allowed)).await
    }

    /// The password of somebody who is connected already: what a stranger tries at the door does not stop them.
    pub(in crate::routes) async fn of_titulaire(state: &AppState, account: &str) -> HandlerResult<Self> {
        let key = state.vault.digest("tentatives d'un titulaire", &[account.as_bytes()]);
        Self::begin(state, vec![Limit { key, allowed: state.settings.attempts_by_account, forgets: true }]).await
    }

    /// An e-mail that somebody who is connected wants instead of theirs: the answer tells whether it has an account, so
    /// that each counts, whatever it is.
    pub(in crate::routes) async fn at_courriels(state: &AppState, account: &str) -> HandlerResult<Self> {
        let key = state.vault.digest("courriels essayés d'un titulaire", &[account.as_bytes()]);
        Self::begin(state, vec![Limit { key, allowed: state.settings.attempts_by_account, forgets: false }]).await
    }

    async fn begin(state: &AppState, limits: Vec<Limit>) -> HandlerResult<Self> {
        // The rank first, what was counted after: a wrong one is counted before it leaves its rank to another.
        let passes: Vec<Pass> = limits.iter().map(|limit| state.under_way.enter(limit.key.clone())).collect();
        let keys: Vec<&str> = limits.iter().map(|limit| limit.key.as_str()).collect();
        let (now, delay) = (state.clock.now(), to_ms(state.settings.attempts_delay));
        let counted = state.store.counted_attempts(&keys, now, now - delay).await?;
        let mut forgotten = Vec::new();
        for (limit, pass) in limits.iter().zip(&passes) {
            let Some(known) = counted.iter().find(|known| known.key == limit.key) else {
                if pass.rank > limit.allowed {
                    return Err(too_many_attempts(A_MOMENT));
                }
                continue;
            };
            if known.count >= limit.allowed {
                return Err(too_many_attempts(known.start + delay - now));
            }
            if known.count + pass.rank > limit.allowed {
                return Err(too_many_attempts(A_MOMENT));
            }
            if limit.forgets {
                forgotten.push(limit.key.clone());
            }
        }
        Ok(Self { passes, forgotten })
    }

    /// It was a wrong one, or one of those that count in any case.
    pub(in crate::routes) async fn count(self, state: &AppState) -> HandlerResult<()> {
        let keys: Vec<&str> = self.passes.iter().map(|pass| pass.key.as_str()).collect();
        let (now, delay) = (state.clock.now(), to_ms(state.settings.attempts_delay));
        Ok(state.store.count_attempts(&keys, now, now - delay).await?)
    }

    /// It was a good one: those that were wrong before are forgotten. What was asked is done, so that a failure here is
    /// for the log alone.
    pub(in crate::routes) async fn forget(self, state: &AppState) {
        let keys: Vec<&str> = self.forgotten.iter().map(String::as_str).collect();
        if let Err(failure) = state.store.forget_attempts(&keys).await {
            tracing::warn!(panne = %failure, "wrong attempts before a good one stay counted");
        }
    }
}

/// So many from this address, and somewhat more from its neighbours in IPv6.
fn by_address(state: &AppState, usage: &str, address: IpAddr, allowed: i64) -> Vec<Limit> {
    let limit = |bits, allowed| {
        let key = state.vault.digest(usage, &[&network(address, bits)]);
        Limit { key, allowed, forgets: false }
    };
    match address {
        IpAddr::V4(_) => vec![limit(64, allowed)],
        IpAddr::V6(_) => vec![limit(64, allowed), limit(56, allowed.saturating_mul(OF_A_HOME))],
    }
}

/// The bytes of an address, or of the network that an IPv6 client has to itself.
fn network(address: IpAddr, bits: usize) -> Vec<u8> {
    match address {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..bits / 8].to_vec(),
    }
}

/// The refusal of who tried too often.
fn too_many_attempts(wait_ms: i64) -> AppError {
    let seconds = (wait_ms.max(0) + 999) / 1_000;
    Probleme { retry_after: Some(seconds.max(1).to_string()), ..Probleme::new(Code::TooManyAttempts) }.into()
}
