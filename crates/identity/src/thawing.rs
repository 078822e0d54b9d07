//! An account that its holder froze is opened again by two proofs: its password, then a code sent to its confirmed e-mail or one
//! that an operator printed. Another password comes with them: the one of before may be known to somebody else.

use domaine::forms::Proof;
use domaine::freezing::FrozenBy;
use domaine::identite::Token;
use mail::{Address, Occasion};
use store::{Account, HolderThaw, NewRequest, NewSession, Request, RequestState, StoreResult, account_reference};
use vault::{Hashing, identifier, token, token_digest};

use crate::asking::{Unasked, Waiting};
use crate::contents::Contents;
use crate::proving::Unproved;
use crate::{CODE, CODES, Requests, Usage};

/// What whoever gave the password of a frozen account is told. No `Debug`: it may hold an e-mail.
pub struct Freeze {
    /// Since when.
    pub on: i64,
    /// By whom.
    pub by: FrozenBy,
    /// Whether a code sent to the e-mail of the account opens it again.
    pub by_mail: bool,
    /// The code that was sent, if one was.
    pub waiting: Option<Waiting>,
}

/// Two proofs that were accepted, and have done nothing yet. No `Debug`.
pub struct ProvedThaw {
    request: Request,
    printed: Option<Request>,
    /// Whose account is opened again.
    pub account: Account,
}

/// Whether a code sent to the e-mail of this account opens it again: it was confirmed, and nothing says that it was taken.
pub(crate) fn trusts_mailbox(account: &Account) -> bool {
    account.courriel_confirmed_on.is_some() && account.frozen_by.is_some_and(FrozenBy::trusts_mailbox)
}

impl Requests {
    /// Notes that a browser gave the password of this frozen account, and gives what it is known by.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails: then nothing was recorded.
    pub async fn begin_thaw(&self, account: &Account, origin: &str, now: i64) -> StoreResult<String> {
        let (id, secret) = (identifier(), token());
        let new = NewRequest {
            usage: Usage::Thaw.code(),
            origin: Some(origin.to_owned()),
            key: None,
            body: None,
            handle: Some(token_digest(&secret)),
            link: None,
            account: Some(account.id.clone()),
            sealed: Contents::of(&account.courriel).seal(&self.vault, &id),
            id,
            state: RequestState::Idle,
            expires_on: now.saturating_add(Usage::Thaw.lasts()),
        };
        self.store.deposit_request(&new, now).await?;
        Ok(secret)
    }

    /// How the account is frozen whose password this browser gave; nothing when it gave none, or it is frozen no more.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails.
    pub async fn freeze_of(&self, secret: Option<&str>, now: i64) -> StoreResult<Option<Freeze>> {
        let Some((request, account)) = self.frozen(secret, now).await? else { return Ok(None) };
        let waiting = if request.sendings > 1 { Some(self.told(&request)?) } else { None };
        let by_mail = trusts_mailbox(&account);
        Ok(account.frozen_on.zip(account.frozen_by).map(|(on, by)| Freeze { on, by, by_mail, waiting }))
    }

    /// Asks for a code at the e-mail of the account; the former one serves no more.
    ///
    /// # Errors
    /// [`Unasked`]: then nothing changed.
    pub async fn ask_thaw_code(&self, secret: Option<&str>, now: i64) -> Result<Waiting, Unasked> {
        let (request, account) = self.frozen(secret, now).await?.ok_or(Unasked::Over)?;
        if !trusts_mailbox(&account) {
            return Err(Unasked::Over);
        }
        // That of the sign-in, which sent none, and those that were sent.
        if request.sendings > CODES {
            return Err(Unasked::TooManyCodes);
        }
        // Asked twice at once: one of the two changed it.
        if self.store.ask_again(&request, &request.sealed, now).await? {
            self.bell.notify_one();
        }
        Ok(Waiting { courriel: account.courriel, code_until: now.saturating_add(CODE), opened: false })
    }

    /// Whose account these proofs open again; [`Self::thaw`] does it.
    ///
    /// # Errors
    /// [`Unproved`].
    pub async fn prove_thaw(&self, proof: &Proof, secret: Option<&str>, now: i64) -> Result<ProvedThaw, Unproved> {
        let request = self.of_browser(Usage::Thaw, secret, now).await?.ok_or(Unproved::Over)?;
        let account = request.account.as_ref().ok_or(Unproved::Over)?;
        let account = self.store.account(account).await?.ok_or(Unproved::Over)?;
        if account.frozen_by == Some(FrozenBy::Service) {
            return Err(Unproved::Frozen { account: account.id });
        }
        let done = request.state == RequestState::Done;
        let (request, printed) = match proof {
            Proof::Code(code) if done || trusts_mailbox(&account) => {
                (self.by_code(Usage::Thaw, secret, code, now).await?, None)
            }
            Proof::Token(Token::Printed(code)) if !done => {
                let printed = match self.by_link(Usage::Printed, code, now).await {
                    Err(Unproved::Over) => return Err(Unproved::WrongCode),
                    found => found?,
                };
                if printed.account.as_ref() != Some(&account.id) || printed.state != RequestState::Waiting {
                    return Err(Unproved::WrongCode);
                }
                (request, Some(printed))
            }
            Proof::Code(_) | Proof::Token(_) => return Err(Unproved::Over),
        };
        Ok(ProvedThaw { request, printed, account })
    }

    /// Opens the account again: another password, whose hash is given too, and this session alone.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was done.
    pub async fn thaw(
        &self,
        proved: ProvedThaw,
        (mot_de_passe, password_hash): (&str, &str),
        (hashing, session): (&Hashing, &NewSession),
        now: i64,
    ) -> Result<Account, Unproved> {
        let ProvedThaw { request, printed, account } = proved;
        let same = hashing.check(mot_de_passe, Some(&account.mot_de_passe)).await?;
        // Sent again, because its answer was lost: whoever chose the password connects.
        if request.state == RequestState::Done {
            return if same { self.connect_again(&request, session, now).await } else { Err(Unproved::Over) };
        }
        let by = account.frozen_by.ok_or(Unproved::Over)?;
        if same {
            return Err(Unproved::SameMotDePasse);
        }
        let reference = account_reference(&account.id);
        let occasion = Occasion::ThawedByHolder { account: &reference };
        let letter = self.letters.write_about(&account.id, Address(&account.courriel), &occasion, now);
        let thaw = HolderThaw {
            request: &request.id,
            remains: &request.sealed,
            printed: printed.as_ref().map(|printed| printed.id.as_str()),
            account: &account.id,
            by,
            mot_de_passe: password_hash,
            letter: &letter,
        };
        if !self.store.thaw_by_holder(&thaw, session, now).await? {
            return Err(Unproved::Over);
        }
        self.store.account(&account.id).await?.ok_or(Unproved::Over)
    }

    /// The request of a browser that gave the password of an account, and that account, while it is frozen.
    async fn frozen(&self, secret: Option<&str>, now: i64) -> StoreResult<Option<(Request, Account)>> {
        let Some(request) = self.of_browser(Usage::Thaw, secret, now).await? else { return Ok(None) };
        let Some(account) = &request.account else { return Ok(None) };
        let account = self.store.account(account).await?;
        Ok(account.filter(|account| account.frozen_on.is_some()).map(|account| (request, account)))
    }
}
