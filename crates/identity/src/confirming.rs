//! The e-mail of an account of before: a code is sent to it, and typed in the session that asked.

use domaine::identite::CodeCourriel;
use store::{Account, NewRequest, RequestState, Session, StoreResult, Tried};
use vault::identifier;

use crate::asking::Waiting;
use crate::contents::Contents;
use crate::proving::Unproved;
use crate::{CODE, Made, Requests, TRIES, Usage, secrets};

impl Requests {
    /// Asks for a code at the address of this account, in the place of the one that was asked for before.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn ask_confirmation(
        &self,
        session: &Session,
        account: &Account,
        origin: &str,
        now: i64,
    ) -> StoreResult<Waiting> {
        let (id, usage) = (identifier(), Usage::Confirmation);
        let new = NewRequest {
            usage: usage.code(),
            origin: Some(origin.to_owned()),
            key: None,
            body: None,
            handle: Some(self.handle(session)),
            link: None,
            account: Some(account.id.clone()),
            sealed: Contents::of(&account.courriel).seal(&self.vault, &id),
            id,
            state: RequestState::ToExamine,
            expires_on: now.saturating_add(usage.lasts()),
        };
        self.store.replace_request(session, &new, now).await?;
        self.bell.notify_one();
        let courriel = account.courriel.clone();
        Ok(Waiting { courriel, code_until: now.saturating_add(CODE), opened: false })
    }

    /// Notes that the e-mail of the account is its holder's: whoever shows the code reads it, in the session that asked. Then
    /// the session has the secret of this hash; [`Made::Before`] when it kept its own.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was done.
    pub async fn confirm_courriel(
        &self,
        session: &Session,
        renewed: &str,
        code: &CodeCourriel,
        now: i64,
    ) -> Result<Made, Unproved> {
        let handle = self.handle(session);
        let request = self.store.request_of(Usage::Confirmation.code(), &handle, now).await?;
        let request = request.ok_or(Unproved::Over)?;
        let code = secrets::code(&self.vault, &request.id, code);
        let request = match self.store.try_code(&request.id, &code, now.saturating_sub(CODE), TRIES).await? {
            Tried::Right(request) => *request,
            Tried::Wrong => return Err(Unproved::WrongCode),
            Tried::Spent => return Err(Unproved::SpentCode),
        };
        // Sent again, because its answer was lost: it is done.
        if request.state == RequestState::Done {
            return Ok(Made::Before);
        }
        let contents = Contents::unseal(&self.vault, &request.id, &request.sealed)?;
        let done = self
            .store
            .confirm_courriel(session, renewed, (&request.id, &request.sealed), &contents.courriel, now)
            .await?;
        if done { Ok(Made::Now) } else { Err(Unproved::Over) }
    }

    /// What ties a request to the session that asked.
    fn handle(&self, session: &Session) -> String {
        self.vault.digest("session qui confirme", &[session.number.as_bytes()])
    }
}
