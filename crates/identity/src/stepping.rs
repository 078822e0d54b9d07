//! A sign-in whose password was right, and that waits for the second step in the browser that gave it.

use domaine::forms::SecondProof;
use mail::{Address, Occasion, SecondStepNews};
use store::{Account, NewSession, Request, StoreResult};
use vault::token_digest;

use crate::proving::Unproved;
use crate::second_step::accepted;
use crate::{Requests, TRIES};

/// A sign-in that waits. No `Debug`.
pub struct WaitingStep {
    pub(crate) request: Request,
    /// Whose.
    pub account: Account,
    /// Until when.
    pub until: i64,
}

impl Requests {
    /// The sign-in that waits in the browser which holds this secret, if one does.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails.
    pub async fn waiting_step(&self, secret: Option<&str>, now: i64) -> StoreResult<Option<WaitingStep>> {
        let Some(secret) = secret else { return Ok(None) };
        let Some(request) = self.store.waiting_step(&token_digest(secret), now).await? else { return Ok(None) };
        let Some(account) = &request.account else { return Ok(None) };
        let account = self.store.account(account).await?.filter(|account| account.frozen_on.is_none());
        let until = request.code_on.saturating_add(crate::Usage::Step.lasts());
        Ok(account.map(|account| WaitingStep { request, account, until }))
    }

    /// Opens this session by what is shown; else counts the try. `known`: whether the account knows this browser.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was opened.
    pub async fn take_step(
        &self,
        waiting: &WaitingStep,
        proof: &SecondProof,
        (session, known): (&NewSession, bool),
        now: i64,
    ) -> Result<(), Unproved> {
        let WaitingStep { request, account, .. } = waiting;
        // It was lifted meanwhile: the password is given again, and is enough.
        let step = self.store.second_step(&account.id).await?.ok_or(Unproved::Over)?;
        let shown = self.shown(account, &step, proof, now)?;
        let device = Occasion::NewDevice { device: session.device };
        let device = (!known).then(|| self.letters.write_about(&account.id, Address(&account.courriel), &device, now));
        let used = matches!(proof, SecondProof::Secours(_));
        let left = step.left.saturating_sub(1);
        let told = used.then(|| self.tell(account, SecondStepNews::RecoveryUsed { left }, now));
        let guessed = self.tell(account, SecondStepNews::Guessed, now);
        let letters = (device.as_ref(), told.as_ref(), &guessed);
        let with = (account.id.as_str(), shown.proof());
        accepted(self.store.take_step(request, with, (session, TRIES), letters, now).await?)
    }
}
