//! What an account asks for besides its password: set by the first code of an application, renewed, removed. Each wants a proof.

use domaine::forms::SecondProof;
use domaine::identite::{CodeCourriel, CodeSecours};
use mail::{Address, Occasion, SecondStepNews};
use store::{
    Account, NewLetter, NewRequest, NewSecondStep, RequestState, SecondStep, Session, Spent, StepProof, StoreError,
    StoreResult,
};
use vault::{identifier, random};

use crate::proving::Unproved;
use crate::totp::{self, Application};
use crate::{Requests, Usage, secrets};

/// How many codes are kept for the day when there is no application.
const CODES: usize = 10;

/// What an application must be told. No `Debug`: it is the secret.
pub struct Enrolment {
    /// In groups of four.
    pub secret: String,
    /// `otpauth:`.
    pub address: String,
    /// The side of the drawing, in modules.
    pub side: usize,
    /// The `d` of a path of its dark modules.
    pub drawing: String,
}

/// What binds a secret to its account; to its request until then.
fn record(of: &str) -> String {
    store::bound::second_step(of)
}

fn unreadable() -> StoreError {
    StoreError::Corrupt("secret d'une seconde étape")
}

impl Requests {
    /// Makes a secret for the application of this account. Nothing is asked for before a first code shows that it was taken.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn begin_second_step(&self, session: &Session, account: &Account, now: i64) -> StoreResult<Enrolment> {
        let (request, enrolment) = self.enrolment(session, account, now)?;
        self.store.replace_request(session, &request, now).await?;
        Ok(enrolment)
    }

    /// The same where another application is asked for already, for whoever shows what is asked today: who only sits at an open
    /// session puts no application of theirs in its place.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was changed.
    pub async fn replace_second_step(
        &self,
        session: &Session,
        account: &Account,
        proof: &SecondProof,
        now: i64,
    ) -> Result<Enrolment, Unproved> {
        let known = self.store.second_step(&account.id).await?.ok_or(Unproved::Over)?;
        let shown = self.shown(account, &known, proof, now)?;
        let (request, enrolment) = self.enrolment(session, account, now)?;
        let spent = self.store.begin_replacing_second_step(session, shown.proof(), &request, now).await?;
        accepted(spent).map(|()| enrolment)
    }

    /// A secret for the application of this account, and what is recorded until its first code.
    fn enrolment(&self, session: &Session, account: &Account, now: i64) -> StoreResult<(NewRequest, Enrolment)> {
        let (id, usage) = (identifier(), Usage::Enrolment);
        let secret = random::<{ totp::SECRET }>();
        let application = Application::new(&secret, &account.courriel).map_err(|_| unreadable())?;
        let address = application.address().map_err(|_| unreadable())?;
        let (side, drawing) = totp::drawing(&address).ok_or_else(unreadable)?;
        let new = NewRequest {
            usage: usage.code(),
            origin: None,
            key: None,
            body: None,
            handle: Some(self.enrolment_of(session)),
            link: None,
            account: Some(account.id.clone()),
            sealed: self.vault.seal(&record(&id), &secret),
            id,
            state: RequestState::Waiting,
            expires_on: now.saturating_add(usage.lasts()),
        };
        Ok((new, Enrolment { secret: application.secret(), address, side, drawing }))
    }

    /// Asks for it from now on, once the application shows a right code: gives the codes to keep. The session has another secret, of this
    /// hash, and every other ends.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was changed.
    pub async fn set_second_step(
        &self,
        session: &Session,
        account: &Account,
        (code, digest): (&CodeCourriel, &str),
        now: i64,
    ) -> Result<Vec<CodeSecours>, Unproved> {
        let request = self.store.request_of(Usage::Enrolment.code(), &self.enrolment_of(session), now).await?;
        let request = request.ok_or(Unproved::Over)?;
        let secret = self.vault.unseal(&record(&request.id), &request.sealed).map_err(|_| unreadable())?;
        let application = Application::new(&secret, &account.courriel).map_err(|_| unreadable())?;
        let step = application.step_of(code, now).ok_or(Unproved::WrongCode)?;
        let (codes, digests) = self.new_codes(&account.id);
        let new = NewSecondStep {
            request: &request.id,
            sealed: &self.vault.seal(&record(&account.id), &secret),
            step,
            codes: &digests,
            digest,
        };
        let letter = self.tell(account, SecondStepNews::Set, now);
        if self.store.set_second_step(session, &new, &letter, now).await? { Ok(codes) } else { Err(Unproved::Over) }
    }

    /// Makes a proof serve of what this account asks for, before what only its holder may do.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was changed.
    pub async fn show_second_step(
        &self,
        session: &Session,
        account: &Account,
        proof: &SecondProof,
        now: i64,
    ) -> Result<(), Unproved> {
        let known = self.store.second_step(&account.id).await?.ok_or(Unproved::Over)?;
        let shown = self.shown(account, &known, proof, now)?;
        accepted(self.store.show_second_step(session, shown.proof(), now).await?)
    }

    /// Other codes to keep, for whoever shows one of today. The session has another secret, of this hash, and every other ends.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was changed.
    pub async fn renew_recovery_codes(
        &self,
        session: &Session,
        account: &Account,
        (proof, digest): (&SecondProof, &str),
        now: i64,
    ) -> Result<Vec<CodeSecours>, Unproved> {
        let known = self.store.second_step(&account.id).await?.ok_or(Unproved::Over)?;
        let (codes, digests) = self.new_codes(&account.id);
        let letter = self.tell(account, SecondStepNews::Renewed, now);
        let shown = self.shown(account, &known, proof, now)?;
        let spent = self.store.renew_recovery_codes(session, shown.proof(), (&digests, digest), &letter, now).await?;
        accepted(spent).map(|()| codes)
    }

    /// Asks for the password alone from now on, for whoever shows what is asked today. The session has another secret, of this hash,
    /// and every other ends.
    ///
    /// # Errors
    /// [`Unproved`]: then nothing was changed.
    pub async fn remove_second_step(
        &self,
        session: &Session,
        account: &Account,
        (proof, digest): (&SecondProof, &str),
        now: i64,
    ) -> Result<(), Unproved> {
        let known = self.store.second_step(&account.id).await?.ok_or(Unproved::Over)?;
        let letter = self.tell(account, SecondStepNews::Removed, now);
        let shown = self.shown(account, &known, proof, now)?;
        accepted(self.store.remove_second_step(session, shown.proof(), digest, &letter, now).await?)
    }

    /// What a proof is for the store: which step of time, which code that was kept.
    pub(crate) fn shown(
        &self,
        account: &Account,
        known: &SecondStep,
        proof: &SecondProof,
        now: i64,
    ) -> StoreResult<Shown> {
        Ok(match proof {
            SecondProof::Application(code) => {
                let secret = self.vault.unseal(&record(&account.id), &known.sealed).map_err(|_| unreadable())?;
                let application = Application::new(&secret, &account.courriel).map_err(|_| unreadable())?;
                match application.step_of(code, now) {
                    Some(step) => Shown::Application { sealed: known.sealed.clone(), step },
                    None => Shown::Nothing,
                }
            }
            SecondProof::Secours(code) => Shown::Secours(secrets::kept_code(&self.vault, &account.id, code)),
        })
    }

    /// The letter that tells the holder.
    pub(crate) fn tell(&self, account: &Account, news: SecondStepNews, now: i64) -> NewLetter {
        self.letters.write_about(&account.id, Address(&account.courriel), &Occasion::SecondStep(news), now)
    }

    fn new_codes(&self, account: &str) -> (Vec<CodeSecours>, Vec<String>) {
        let codes: Vec<CodeSecours> = (0..CODES).map(|_| CodeSecours::of(random())).collect();
        let digests = codes.iter().map(|code| secrets::kept_code(&self.vault, account, code)).collect();
        (codes, digests)
    }

    /// What ties a secret that is being taken to the session that asked.
    fn enrolment_of(&self, session: &Session) -> String {
        self.vault.digest("session qui pose une seconde étape", &[session.digest.as_bytes()])
    }
}

/// What was shown, by itself. No `Debug`.
pub(crate) enum Shown {
    Application { sealed: String, step: i64 },
    Secours(String),
    Nothing,
}

impl Shown {
    pub(crate) fn proof(&self) -> StepProof<'_> {
        match self {
            Self::Application { sealed, step } => StepProof::Application { sealed, step: *step },
            Self::Secours(digest) => StepProof::Secours(digest),
            Self::Nothing => StepProof::Nothing,
        }
    }
}

pub(crate) fn accepted(spent: Spent) -> Result<(), Unproved> {
    match spent {
        Spent::Right => Ok(()),
        Spent::Wrong => Err(Unproved::WrongCode),
        Spent::Used => Err(Unproved::UsedCode),
        Spent::Over => Err(Unproved::Over),
    }
}
