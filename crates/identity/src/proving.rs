//! Proving: a code, a link or a printed code does what was asked for, once; sent again because its answer was lost, it
//! connects again, until the session that it opened was shown.

use domaine::forms::{Proof, ShownCode};
use domaine::identite::{CodeCourriel, Token};
use domaine::mesures::Day;
use mail::{Address, Occasion};
use store::{
    Account, NewAccess, NewSession, Opening, OpeningLetters, Proofs, Request, RequestState, SignIn, StoreError, Tried,
    account_reference,
};
use vault::{Hashing, HashingFailed, token_digest};

use crate::contents::Contents;
use crate::kept::Brought;
use crate::{CODE, Requests, TRIES, Usage, secrets};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Unproved {
    /// Not the code that was sent last.
    #[error("another code")]
    WrongCode,
    /// It served already.
    #[error("a code that served")]
    UsedCode,
    /// The time of the code is over, or too many were tried.
    #[error("a code that serves no more")]
    SpentCode,
    /// Nothing waits for this: it never did, is over, or was done already.
    #[error("nothing waits")]
    Over,
    /// The link was followed in another browser: the password is asked as well.
    #[error("no password")]
    MissingMotDePasse,
    /// The password is not the one that was chosen.
    #[error("another password")]
    WrongMotDePasse,
    /// The password that must change is chosen again.
    #[error("the same password")]
    SameMotDePasse,
    /// The account is frozen: nobody signs in to it.
    #[error("the account is frozen")]
    Frozen {
        /// Which.
        account: String,
    },
    /// An account came in the way since the letter was written.
    #[error("no account can be opened any more")]
    Impossible,
    /// A password could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingFailed),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A proof that was accepted, and has done nothing yet. No `Debug`.
pub struct Proved {
    request: Request,
    /// Whose account is given back.
    pub account: Account,
}

impl Requests {
    /// Opens the account of a sign-up, with this session: whoever shows the code, or follows the link, has the mailbox. In
    /// another browser than the one that signed up, whoever follows the link must also know the password: somebody who
    /// receives a letter that they did not ask for cannot be made to open an account of somebody else.
    ///
    /// An identity of elsewhere with which it was asked for ends with the session, in the browser that showed it.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was done.
    pub async fn confirm(
        &self,
        shown: &ShownCode,
        secret: Option<&str>,
        (hashing, session): (&Hashing, &mut NewSession),
        (today, now): (Day, i64),
    ) -> Result<Account, Unproved> {
        let request = match &shown.proof {
            Proof::Code(code) => self.by_code(Usage::SignUp, secret, code, now).await?,
            Proof::Token(Token::Link(token)) => {
                let request = self.by_link(Usage::SignUp, token, now).await?;
                if request.handle != secret.map(token_digest) {
                    self.ask_for_password(&request, &shown.mot_de_passe, hashing).await?;
                }
                request
            }
            Proof::Token(Token::Printed(_)) => return Err(Unproved::Over),
        };
        let contents = Contents::unseal(&self.vault, &request.id, &request.sealed)?;
        let brought = contents.brought.clone();
        let here = brought.as_ref().filter(|_| request.handle == secret.map(token_digest));
        if request.state == RequestState::Done {
            return self.connect_as_before(&request, here, session, now).await;
        }
        let asked = contents.account(&self.vault, today)?;
        if let Some(brought) = here {
            self.bring(brought, &asked.id, session, now);
        }
        let remains = Contents { brought: brought.clone(), ..Contents::of(&contents.courriel) };
        let remains = remains.seal(&self.vault, &request.id);
        let other = self.letters.write(Address(&contents.courriel), &Occasion::AnotherHadYourNumber, now);
        let set_aside = |account: &str, courriel: &str| {
            let reference = account_reference(account);
            self.letters.write(Address(courriel), &Occasion::Outranked { account: &reference }, now)
        };
        let letters = OpeningLetters { if_contradicted: &other, set_aside: &set_aside };
        let with = (&*self.vault, letters);
        match self.store.open_account(&asked, &request.id, &remains, session, with, now).await? {
            Opening::Open => self.store.account(&asked.id).await?.ok_or(Unproved::Over),
            Opening::Late => {
                // Somebody else proved it at the same time.
                let request = self.store.request(&request.id).await?.ok_or(Unproved::Over)?;
                self.connect_as_before(&request, here, session, now).await
            }
            Opening::Refused => Err(Unproved::Impossible),
        }
    }

    /// Whose account this proof gives back; [`Self::renew`] does it.
    ///
    /// # Errors
    /// [`Unproved`].
    pub async fn prove_access(&self, proof: &Proof, secret: Option<&str>, now: i64) -> Result<Proved, Unproved> {
        let request = match proof {
            Proof::Code(code) => self.by_code(Usage::Recovery, secret, code, now).await?,
            Proof::Token(Token::Link(token)) => self.by_link(Usage::Recovery, token, now).await?,
            Proof::Token(Token::Printed(code)) => match self.by_link(Usage::Printed, code, now).await {
                // Copied from paper: more likely a slip than a letter of another age.
                Err(Unproved::Over) => return Err(Unproved::WrongCode),
                found => found?,
            },
        };
        let account = request.account.as_ref().ok_or(Unproved::Over)?;
        let account = self.store.account(account).await?.ok_or(Unproved::Over)?;
        if account.frozen_on.is_some() {
            return Err(Unproved::Frozen { account: account.id });
        }
        Ok(Proved { request, account })
    }

    /// Gives the account back: another password, whose hash is given too, and this session alone.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was done.
    pub async fn renew(
        &self,
        proved: Proved,
        (mot_de_passe, password_hash): (&str, &str),
        (hashing, session): (&Hashing, &NewSession),
        now: i64,
    ) -> Result<Account, Unproved> {
        let Proved { mut request, account } = proved;
        if request.state == RequestState::Waiting {
            let contents = Contents::unseal(&self.vault, &request.id, &request.sealed)?;
            let to = Address(&account.courriel);
            let letter = self.letters.write_about(&account.id, to, &Occasion::AccessGivenBack, now);
            let access = NewAccess {
                request: &request.id,
                remains: &contents.seal(&self.vault, &request.id),
                account: &account.id,
                mot_de_passe: password_hash,
                confirms_courriel: request.usage == Usage::Recovery.code(),
                letter: &letter,
            };
            if self.store.give_back(&access, session, now).await? {
                return self.store.account(&account.id).await?.ok_or(Unproved::Over);
            }
            request = self.store.request(&request.id).await?.ok_or(Unproved::Over)?;
        }
        // Done already: only whoever chose the password then connects again.
        let account = self.store.account(&account.id).await?.ok_or(Unproved::Over)?;
        if request.state != RequestState::Done || !hashing.check(mot_de_passe, Some(&account.mot_de_passe)).await? {
            return Err(Unproved::Over);
        }
        self.connect_again(&request, session, now).await
    }

    pub(crate) async fn by_code(
        &self,
        usage: Usage,
        secret: Option<&str>,
        code: &CodeCourriel,
        now: i64,
    ) -> Result<Request, Unproved> {
        let request = self.of_browser(usage, secret, now).await?.ok_or(Unproved::Over)?;
        if request.state == RequestState::Done && !request.coded {
            return Err(Unproved::Over);
        }
        let code = secrets::code(&self.vault, &request.id, code);
        match self.store.try_code(&request.id, &code, now.saturating_sub(CODE), TRIES).await? {
            Tried::Right(request) => Ok(*request),
            Tried::Wrong => Err(Unproved::WrongCode),
            Tried::Spent => Err(Unproved::SpentCode),
        }
    }

    pub(crate) async fn by_link(&self, usage: Usage, token: &str, now: i64) -> Result<Request, Unproved> {
        let request = self.store.request_by_link(usage.code(), &token_digest(token), now).await?;
        let request = request.ok_or(Unproved::Over)?;
        let again = request.state == RequestState::Done && request.code_on > now.saturating_sub(CODE);
        if again || request.state == RequestState::Waiting { Ok(request) } else { Err(Unproved::Over) }
    }

    async fn ask_for_password(&self, request: &Request, mot_de_passe: &str, hashing: &Hashing) -> Result<(), Unproved> {
        if mot_de_passe.is_empty() {
            return Err(Unproved::MissingMotDePasse);
        }
        let chosen = match &request.result {
            Some(account) => self.store.account(account).await?.map(|account| account.mot_de_passe),
            None => Contents::unseal(&self.vault, &request.id, &request.sealed)?.form.map(|form| form.mot_de_passe),
        };
        if hashing.check(mot_de_passe, chosen.as_deref()).await? { Ok(()) } else { Err(Unproved::WrongMotDePasse) }
    }

    /// Connects to the account of a sign-up that was done, with what an identity brings here: it was shown once, and proves
    /// nothing of who sends the code again.
    async fn connect_as_before(
        &self,
        request: &Request,
        here: Option<&Brought>,
        session: &mut NewSession,
        now: i64,
    ) -> Result<Account, Unproved> {
        session.proofs = Proofs::default();
        session.identity_token = None;
        if let (Some(brought), Some(account)) = (here, &request.result) {
            self.bring_token(brought, account, session);
        }
        self.connect_again(request, session, now).await
    }

    /// Connects to the account of what was done. No letter tells of it: the proof came by one.
    pub(crate) async fn connect_again(
        &self,
        request: &Request,
        session: &NewSession,
        now: i64,
    ) -> Result<Account, Unproved> {
        let account = request.result.as_ref().ok_or(Unproved::Over)?;
        let account = self.store.account(account).await?.ok_or(Unproved::Over)?;
        match self.store.open_session_again(session, &account.id, &request.id, now).await? {
            // Where the account asks for more, this browser is told so.
            SignIn::Open | SignIn::SecondStep => Ok(account),
            SignIn::Frozen => Err(Unproved::Frozen { account: account.id }),
            SignIn::Closed => Err(Unproved::Over),
        }
    }
}
