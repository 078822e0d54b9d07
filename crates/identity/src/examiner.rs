//! Looks at what is known of a request, outside of any answer, and writes what each mailbox may learn.

use std::time::Duration;

use domaine::mesures::Day;
use mail::{Address, Occasion};
use rounds::Rounds;
use store::{Examined, NewLetter, Obstacle, Request, StoreError, StoreResult};
use vault::{token, token_digest};

use crate::contents::{self, Contents};
use crate::thawing::trusts_mailbox;
use crate::{CODE, Requests, Usage, secrets};

/// How often requests are looked for: those of another server ring no bell here.
const PACE: Duration = Duration::from_secs(1);
/// Requests looked at in one round.
const ROUND: i64 = 100;

/// Looks at what was asked. Several servers may do so at once: each request is concluded by one.
pub struct Examiner {
    requests: Requests,
}

impl Examiner {
    pub(crate) const fn new(requests: Requests) -> Self {
        Self { requests }
    }

    /// Looks at what is asked, by this clock, until `stop` is ready.
    pub async fn run(&self, now: impl Fn() -> i64, stop: impl Future<Output = ()>) {
        let rounds = Rounds { pace: PACE, bell: Some(&self.requests.bell) };
        let tell = |error| tracing::warn!(panne = %error, "requests cannot be looked at; they wait");
        rounds.until(stop, || self.examine_due(&now), tell).await;
    }

    /// Looks at what waits to be looked at.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: what was not concluded is looked at again.
    pub async fn examine_due(&self, now: impl Fn() -> i64) -> StoreResult<()> {
        for request in self.requests.store.requests_to_examine(now(), ROUND).await? {
            let concluded = match self.examine(&request, now()).await {
                Err(StoreError::Corrupt(what)) => {
                    tracing::error!(demande = request.id, quoi = what, "a request cannot be read: nothing comes of it");
                    self.idle(&request, &[], now()).await
                }
                concluded => concluded,
            };
            if concluded? {
                tracing::info!(demande = request.id, usage = request.usage, "a request was looked at");
            }
        }
        Ok(())
    }

    async fn examine(&self, request: &Request, now: i64) -> StoreResult<bool> {
        let contents = Contents::unseal(&self.requests.vault, &request.id, &request.sealed)?;
        match Usage::from_code(&request.usage) {
            Some(Usage::SignUp) => self.examine_sign_up(request, &contents, now).await,
            Some(Usage::Recovery) => self.examine_recovery(request, &contents, now).await,
            Some(Usage::Confirmation) => {
                let to = (contents.courriel.as_str(), request.account.as_deref());
                self.send_code(request, to, now).await
            }
            Some(Usage::Change) => self.examine_change(request, &contents, now).await,
            Some(Usage::Thaw) => self.examine_thaw(request, now).await,
            // Nobody writes for these.
            Some(Usage::Printed | Usage::Enrolment | Usage::Step) | None => Err(StoreError::Corrupt("usage")),
        }
    }

    async fn examine_sign_up(&self, request: &Request, contents: &Contents, now: i64) -> StoreResult<bool> {
        // The day does not matter: nothing is opened here.
        let asked = contents.account(&self.requests.vault, Day::date(2000, 1, 1))?;
        let write = |to: &str, occasion: &Occasion<'_>| self.requests.letters.write(Address(to), occasion, now);
        let refused = || write(&contents.courriel, &Occasion::NoAccountOpened);
        let (account, letters) = match self.requests.store.obstacle(&asked).await? {
            None => return self.send_code(request, (&contents.courriel, None), now).await,
            Some(Obstacle::Mailbox(account)) => {
                let letters = vec![write(&account.courriel, &Occasion::AlreadyAnAccount)];
                (Some(account), letters)
            }
            Some(Obstacle::Person(account)) => {
                let letters = vec![write(&account.courriel, &Occasion::AskedWithYourNumber), refused()];
                (Some(account), letters)
            }
            Some(Obstacle::Details) => (None, vec![refused()]),
        };
        let found = Examined::Refused(account.as_ref().map(|account| account.id.as_str()));
        self.requests.store.conclude(request, &found, &letters, now).await
    }

    async fn examine_recovery(&self, request: &Request, contents: &Contents, now: i64) -> StoreResult<bool> {
        let account = self.requests.store.account_by_courriel(&contents.mailbox()?).await?;
        match account {
            // To the address that the account has, whatever the writing of whoever asks.
            Some(account) => self.send_code(request, (&account.courriel, Some(&account.id)), now).await,
            None => {
                let to = Address(&contents.courriel);
                let letter = self.requests.letters.write(to, &Occasion::NoAccountHere, now);
                self.idle(request, &[letter], now).await
            }
        }
    }

    /// Writes a code to each address that must agree. One that is another account's gets a letter, and no code: what is typed for it
    /// is counted and refused like any other.
    async fn examine_change(&self, request: &Request, contents: &Contents, now: i64) -> StoreResult<bool> {
        let change = contents.change()?;
        let until = request.code_on.saturating_add(CODE);
        let (at_present, at_new) = (secrets::new_code(), secrets::new_code());
        let hash = |code| secrets::code(&self.requests.vault, &request.id, code);
        let write = |to: &str, occasion: &Occasion<'_>| self.requests.letters.write(Address(to), occasion, now);
        let (mut letters, mut present, mut new) = (Vec::new(), None, None);
        if change.asks_present {
            let what = match (&change.courriel, change.telephones) {
                (Some(_), true) => "son adresse de courriel et ses téléphones",
                (Some(_), false) => "son adresse de courriel",
                (None, _) => "ses téléphones",
            };
            let account = request.account.as_deref().unwrap_or_default();
            let occasion = Occasion::ChangeCode { code: &at_present, until, what };
            letters.push(self.requests.letters.write_about(account, Address(&contents.courriel), &occasion, now));
            present = Some(hash(&at_present));
        }
        if let Some(courriel) = &change.courriel {
            let owner = self.requests.store.account_by_courriel(&contents::mailbox(courriel)?).await?;
            match owner.filter(|owner| request.account.as_ref() != Some(&owner.id)) {
                Some(owner) => letters.push(write(&owner.courriel, &Occasion::NewCourrielTaken)),
                None => {
                    letters.push(write(courriel, &Occasion::NewCourrielCode { code: &at_new, until }));
                    new = Some(hash(&at_new));
                }
            }
        }
        let found =
            Examined::Change { present: present.as_deref(), new: new.as_deref(), account: request.account.as_deref() };
        self.requests.store.conclude(request, &found, &letters, now).await
    }

    async fn examine_thaw(&self, request: &Request, now: i64) -> StoreResult<bool> {
        let account = match &request.account {
            Some(account) => self.requests.store.account(account).await?,
            None => None,
        };
        match account.filter(trusts_mailbox) {
            Some(account) => self.send_code(request, (&account.courriel, Some(&account.id)), now).await,
            None => self.idle(request, &[], now).await,
        }
    }

    /// Draws a code and a link, and writes them to this mailbox, for this account if there is one.
    async fn send_code(&self, request: &Request, (to, account): (&str, Option<&str>), now: i64) -> StoreResult<bool> {
        let (code, token) = (secrets::new_code(), token());
        let until = request.code_on.saturating_add(CODE);
        let occasion = match account {
            Some(_) if request.usage == Usage::Confirmation.code() => Occasion::ConfirmationCode { code: &code, until },
            Some(_) if request.usage == Usage::Thaw.code() => Occasion::ThawCode { code: &code, until },
            None => Occasion::SignUpCode { code: &code, token: &token, until },
            Some(_) => Occasion::RecoveryCode { code: &code, token: &token, until },
        };
        let letter = self.requests.letters.write(Address(to), &occasion, now);
        let (code, link) = (secrets::code(&self.requests.vault, &request.id, &code), token_digest(&token));
        let found = Examined::Provable { code: &code, link: &link, account };
        self.requests.store.conclude(request, &found, &[letter], now).await
    }

    async fn idle(&self, request: &Request, letters: &[NewLetter], now: i64) -> StoreResult<bool> {
        self.requests.store.conclude(request, &Examined::Idle, letters, now).await
    }
}
