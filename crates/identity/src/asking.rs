//! Asking: what was typed is sealed and kept, and whoever asked is answered, before anything is looked up.

use domaine::forms::Inscription;
use domaine::identite::Courriel;
use store::{Deposit, NewRequest, Request, RequestState, StoreError, StoreResult};
use vault::{identifier, token_digest};

use crate::contents::Contents;
use crate::{CODE, CODES, Requests, Usage, secrets};

/// What whoever asked is told: the same whatever is known. No `Debug`: it holds an e-mail.
pub struct Waiting {
    /// Where it is written, as typed.
    pub courriel: String,
    /// Until when the last code can be typed.
    pub code_until: i64,
    /// Whether it was proved already.
    pub opened: bool,
}

/// A request that was taken. No `Debug`.
pub struct Asked {
    /// What its browser is known by from now on.
    pub secret: String,
    /// What it is told.
    pub waiting: Waiting,
    /// Whether it is a new one; else it was sent again.
    pub new: bool,
}

/// What a page sent.
#[derive(Clone, Copy)]
pub struct Submission<'a> {
    /// Its idempotency key.
    pub key: &'a str,
    /// Its bytes.
    pub body: &'a [u8],
    /// Where it came from, as the journal marks a place.
    pub origin: &'a str,
}

/// Why a request is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Unasked {
    /// The key was used with another body.
    #[error("the key was used with another body")]
    ReusedKey,
    /// This browser asked for nothing, or what it asked is over.
    #[error("nothing waits")]
    Over,
    /// As many codes were sent as may be.
    #[error("too many codes")]
    TooManyCodes,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Requests {
    /// Asks for an account. The same key with the same body is the same request.
    ///
    /// # Errors
    /// [`Unasked`]: then nothing was recorded.
    pub async fn ask_account(
        &self,
        submission: Submission<'_>,
        inscription: &Inscription,
        password_hash: String,
        cgu: &str,
        now: i64,
    ) -> Result<Asked, Unasked> {
        self.ask_sign_up(submission, &Contents::of_form(inscription, password_hash, cgu), now).await
    }

    /// Asks for the account that these contents describe.
    pub(crate) async fn ask_sign_up(
        &self,
        submission: Submission<'_>,
        contents: &Contents,
        now: i64,
    ) -> Result<Asked, Unasked> {
        self.ask(Usage::SignUp, submission, contents, now).await
    }

    /// Asks for the way back into the account of this mailbox. The same key with the same body is the same request.
    ///
    /// # Errors
    /// [`Unasked`]: then nothing was recorded.
    pub async fn ask_access(
        &self,
        submission: Submission<'_>,
        courriel: &Courriel,
        now: i64,
    ) -> Result<Asked, Unasked> {
        self.ask(Usage::Recovery, submission, &Contents::of(courriel.as_str()), now).await
    }

    async fn ask(
        &self,
        usage: Usage,
        submission: Submission<'_>,
        contents: &Contents,
        now: i64,
    ) -> Result<Asked, Unasked> {
        let Submission { key, body, origin } = submission;
        let (vault, id) = (&self.vault, identifier());
        let secret = secrets::secret(vault, usage, key);
        let body = secrets::body(vault, usage, body);
        let new = NewRequest {
            usage: usage.code(),
            origin: Some(origin.to_owned()),
            key: Some(secrets::key(vault, usage, key)),
            body: Some(body.clone()),
            handle: Some(token_digest(&secret)),
            link: None,
            account: None,
            sealed: contents.seal(vault, &id),
            id,
            state: RequestState::ToExamine,
            expires_on: now.saturating_add(usage.lasts()),
        };
        match self.store.deposit_request(&new, now).await? {
            Deposit::New => {
                self.bell.notify_one();
                let courriel = contents.courriel.clone();
                let waiting = Waiting { courriel, code_until: now.saturating_add(CODE), opened: false };
                Ok(Asked { secret, waiting, new: true })
            }
            Deposit::Known(known) if known.body.as_ref() == Some(&body) => {
                Ok(Asked { secret, waiting: self.told(&known)?, new: false })
            }
            Deposit::Known(_) => Err(Unasked::ReusedKey),
        }
    }

    /// Asks for another code for the sign-up of the browser that holds this secret, at this address: mended, or the same.
    ///
    /// # Errors
    /// [`Unasked`]: then nothing changed.
    pub async fn another_code(&self, secret: Option<&str>, courriel: &Courriel, now: i64) -> Result<Waiting, Unasked> {
        let request = self.of_browser(Usage::SignUp, secret, now).await?.ok_or(Unasked::Over)?;
        if request.state == RequestState::Done {
            return Ok(self.told(&request)?);
        }
        if request.sendings >= CODES {
            return Err(Unasked::TooManyCodes);
        }
        let mut contents = Contents::unseal(&self.vault, &request.id, &request.sealed)?;
        contents.courriel = courriel.as_str().to_owned();
        if self.store.ask_again(&request, &contents.seal(&self.vault, &request.id), now).await? {
            self.bell.notify_one();
            let courriel = contents.courriel;
            return Ok(Waiting { courriel, code_until: now.saturating_add(CODE), opened: false });
        }
        // Asked twice at once, or proved meanwhile: what was written then is what is told.
        let request = self.of_browser(Usage::SignUp, secret, now).await?.ok_or(Unasked::Over)?;
        Ok(self.told(&request)?)
    }

    /// What the browser that holds this secret waits for.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn waiting(&self, usage: Usage, secret: Option<&str>, now: i64) -> StoreResult<Option<Waiting>> {
        let request = self.of_browser(usage, secret, now).await?;
        request.as_ref().map(|request| self.told(request)).transpose()
    }

    pub(crate) async fn of_browser(
        &self,
        usage: Usage,
        secret: Option<&str>,
        now: i64,
    ) -> StoreResult<Option<Request>> {
        let Some(secret) = secret else { return Ok(None) };
        self.store.request_of(usage.code(), &token_digest(secret), now).await
    }

    pub(crate) fn told(&self, request: &Request) -> StoreResult<Waiting> {
        let courriel = Contents::unseal(&self.vault, &request.id, &request.sealed)?.courriel;
        let opened = request.state == RequestState::Done;
        Ok(Waiting { courriel, code_until: request.code_on.saturating_add(CODE), opened })
    }
}
