//! Who tries, how often, and who must wait. Looks at no password, and knows no route.
//!
//! What was judged wrong is counted in the database: a restart forgets nothing. What is being judged is counted beside
//! it, and given back when nothing was judged: a client that leaves, a refusal, a failure of ours cost nobody anything.

use std::net::IpAddr;

use store::{Store, StoreError};
use vault::Vault;

use crate::client::network;
use crate::ranks::{Rank, Ranks};

/// The networks that a provider gives to one home or one company in IPv6 hold 256 of the smallest: together they count
/// for a few of them, since some providers put as many customers in one.
const OF_A_HOME: i64 = 4;
/// Wrong passwords for an account from everywhere, for each that one address may try: a hundred in all by default, the
/// most that NIST SP 800-63B allows. One person alone cannot make a holder wait.
const FROM_EVERYWHERE: i64 = 10;
/// Letters that an address may ask for, out of its attempts: half as many.
const ASKED: i64 = 2;
/// How long to wait when only attempts under way stand in the way: they end in a moment.
const A_MOMENT: i64 = 2_000;

/// What is tried, and how often it may be.
struct Limit {
    key: String,
    allowed: i64,
    /// Whether a right password forgets the wrong ones.
    forgets: bool,
}

/// What attempts are counted with.
#[derive(Clone, Copy)]
pub struct Counter<'a> {
    /// Where those that were judged wrong are counted.
    pub store: &'a Store,
    /// What hides whose they are.
    pub vault: &'a Vault,
    /// Those being judged.
    pub ranks: &'a Ranks,
    /// Wrong passwords allowed for an account, from one address.
    pub by_account: i64,
    /// Refusals allowed from an address.
    pub by_address: i64,
    /// How long to wait then, in milliseconds.
    pub delay: i64,
    /// Now.
    pub now: i64,
}

/// Why an attempt is not judged.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// Too many were made: so many milliseconds must pass.
    #[error("too many attempts")]
    Wait(i64),
    /// What was counted cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Attempts being judged.
pub struct Attempts {
    ranks: Vec<Rank>,
    forgotten: Vec<String>,
}

impl Attempts {
    /// A sign-in from this address, whether or not the account exists. A browser that this account knows does not wait
    /// for what is tried elsewhere.
    ///
    /// # Errors
    /// [`Stopped`] says how long to wait.
    pub async fn to_sign_in(
        counter: Counter<'_>,
        address: IpAddr,
        courriel: &str,
        known: bool,
    ) -> Result<Self, Stopped> {
        let allowed = counter.by_account;
        let mut limits = by_address(counter, "tentatives d'une adresse", address, counter.by_address);
        let parts = [courriel.as_bytes(), &network(address, 64)];
        let here = counter.vault.digest("tentatives d'un compte depuis une adresse", &parts);
        limits.push(Limit { key: here, allowed, forgets: true });
        let key = counter.vault.digest("tentatives d'un compte", &[courriel.as_bytes()]);
        let allowed = if known { i64::MAX } else { allowed.saturating_mul(FROM_EVERYWHERE) };
        limits.push(Limit { key, allowed, forgets: true });
        Self::begin(counter, limits).await
    }

    /// A code from this address.
    ///
    /// # Errors
    /// [`Stopped`] says how long to wait.
    pub async fn to_prove(counter: Counter<'_>, address: IpAddr) -> Result<Self, Stopped> {
        let limits = by_address(counter, "tentatives d'une adresse", address, counter.by_address);
        Self::begin(counter, limits).await
    }

    /// One more letter asked for from this address: nobody knows here which ask for nothing good, so that each counts.
    ///
    /// # Errors
    /// [`Stopped`] says how long to wait.
    pub async fn to_ask(counter: Counter<'_>, address: IpAddr) -> Result<Self, Stopped> {
        let allowed = (counter.by_address / ASKED).max(1);
        let limits = by_address(counter, "courriels demandés d'une adresse", address, allowed);
        Self::begin(counter, limits).await
    }

    /// A browser that leaves for an identity provider from this address: each counts, those that come back with somebody as well, so that
    /// a company or a telephone network, whose people share one, may.
    ///
    /// # Errors
    /// [`Stopped`] says how long to wait.
    pub async fn to_leave(counter: Counter<'_>, address: IpAddr) -> Result<Self, Stopped> {
        let allowed = counter.by_address.saturating_mul(FROM_EVERYWHERE);
        let limits = by_address(counter, "départs d'une adresse", address, allowed);
        Self::begin(counter, limits).await
    }

    /// The password of somebody who is connected already: what a stranger tries at the door does not stop them.
    ///
    /// # Errors
    /// [`Stopped`] says how long to wait.
    pub async fn of_titulaire(counter: Counter<'_>, account: &str) -> Result<Self, Stopped> {
        let key = counter.vault.digest("tentatives d'un titulaire", &[account.as_bytes()]);
        Self::begin(counter, vec![Limit { key, allowed: counter.by_account, forgets: true }]).await
    }

    /// What is shown besides the password of this account, from this address: whoever tries has the password, and a sign-in more gives
    /// them no more tries than these.
    ///
    /// # Errors
    /// [`Stopped`] says how long to wait.
    pub async fn at_second_step(counter: Counter<'_>, address: IpAddr, account: &str) -> Result<Self, Stopped> {
        let mut limits = by_address(counter, "tentatives d'une adresse", address, counter.by_address);
        let key = counter.vault.digest("secondes étapes d'un compte", &[account.as_bytes()]);
        limits.push(Limit { key, allowed: counter.by_account, forgets: true });
        Self::begin(counter, limits).await
    }

    /// An e-mail that somebody who is connected wants instead of theirs: the answer tells whether it has an account, so
    /// that each counts, whatever it is.
    ///
    /// # Errors
    /// [`Stopped`] says how long to wait.
    pub async fn at_courriels(counter: Counter<'_>, account: &str) -> Result<Self, Stopped> {
        let key = counter.vault.digest("courriels essayés d'un titulaire", &[account.as_bytes()]);
        Self::begin(counter, vec![Limit { key, allowed: counter.by_account, forgets: false }]).await
    }

    async fn begin(counter: Counter<'_>, limits: Vec<Limit>) -> Result<Self, Stopped> {
        // The rank first, what was counted after: a wrong one is counted before it leaves its rank to another.
        let ranks: Vec<Rank> = limits.iter().map(|limit| counter.ranks.enter(limit.key.clone())).collect();
        let keys: Vec<&str> = limits.iter().map(|limit| limit.key.as_str()).collect();
        let counted = counter.store.counted_attempts(&keys, counter.now, counter.now - counter.delay).await?;
        let mut forgotten = Vec::new();
        for (limit, rank) in limits.iter().zip(&ranks) {
            let known = counted.iter().find(|known| known.key == limit.key);
            if let Some(known) = known.filter(|known| known.count >= limit.allowed) {
                return Err(Stopped::Wait(known.start + counter.delay - counter.now));
            }
            if known.map_or(0, |known| known.count) + rank.rank > limit.allowed {
                return Err(Stopped::Wait(A_MOMENT));
            }
            if known.is_some() && limit.forgets {
                forgotten.push(limit.key.clone());
            }
        }
        Ok(Self { ranks, forgotten })
    }

    /// It was a wrong one, or one of those that count in any case.
    ///
    /// # Errors
    /// Those of the store: then it is not counted.
    pub async fn count(self, counter: Counter<'_>) -> Result<(), StoreError> {
        let keys: Vec<&str> = self.ranks.iter().map(|rank| rank.key.as_str()).collect();
        counter.store.count_attempts(&keys, counter.now, counter.now - counter.delay).await
    }

    /// It was a good one: those that were wrong before are forgotten.
    ///
    /// # Errors
    /// Those of the store: then they are not.
    pub async fn forget(self, counter: Counter<'_>) -> Result<(), StoreError> {
        let keys: Vec<&str> = self.forgotten.iter().map(String::as_str).collect();
        counter.store.forget_attempts(&keys).await
    }
}

/// So many from this address, and somewhat more from its neighbours in IPv6.
fn by_address(counter: Counter<'_>, usage: &str, address: IpAddr, allowed: i64) -> Vec<Limit> {
    let limit = |bits, allowed| {
        let key = counter.vault.digest(usage, &[&network(address, bits)]);
        Limit { key, allowed, forgets: false }
    };
    match address {
        IpAddr::V4(_) => vec![limit(64, allowed)],
        IpAddr::V6(_) => vec![limit(64, allowed), limit(56, allowed.saturating_mul(OF_A_HOME))],
    }
}
