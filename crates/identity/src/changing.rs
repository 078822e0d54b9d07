//! Other telephones or another e-mail for an account: codes are sent to the addresses that must agree, and typed in the session that
//! asked. Until then nothing of the account changes.

use domaine::forms::Codes;
use domaine::identite::{CodeCourriel, Courriel};
use mail::{Address, Occasion};
use store::{
    Account, Changed, NewCoordonnees, NewRequest, Request, RequestState, Session, Sides, StoreError, StoreResult,
    TriedCodes,
};
use vault::identifier;

use crate::contents::{self, Change, Contents};
use crate::{CODE, CODES, Made, Requests, TRIES, Unasked, Usage, secrets};

/// What a holder wants their account to have. No `Debug`: it is personal.
pub struct Wanted<'a> {
    /// The e-mail, where it changes.
    pub courriel: Option<&'a Courriel>,
    /// E.164, whether or not it changes.
    pub telephone_fixe: Option<String>,
    /// Likewise.
    pub telephone_mobile: Option<String>,
    /// Whether a telephone changes.
    pub telephones: bool,
}

/// A change that waits for its codes, as its holder is told. No `Debug`: it is personal.
pub struct WaitingChange {
    /// The e-mail that the account shall have, where it changes.
    pub courriel: Option<String>,
    /// E.164.
    pub telephone_fixe: Option<String>,
    /// E.164.
    pub telephone_mobile: Option<String>,
    /// Whether a code was sent to the address that the account has.
    pub asks_present: bool,
    /// Until when the codes can be typed.
    pub code_until: i64,
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum Unchanged {
    /// Codes that are asked for were not typed, on these sides. Nothing was tried.
    #[error("no code")]
    Missing(Sides),
    /// They are not the codes that were sent last, on these sides.
    #[error("other codes")]
    Wrong(Sides),
    /// The time of the codes is over, or too many were tried: these are asked for.
    #[error("codes that serve no more")]
    Spent(Sides),
    /// This session asked for nothing, or what it asked is over.
    #[error("nothing waits")]
    Over,
    /// Another account took this e-mail since the letters were written.
    #[error("the e-mail is taken")]
    Taken,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where a code is asked for.
fn asked(change: &Change) -> Sides {
    Sides { present: change.asks_present, new: change.courriel.is_some() }
}

impl Requests {
    /// Asks for this change, in the place of what the account was asked to change before. Nothing is looked up of the new
    /// address. The present one agrees if it was proved, or if nothing else is.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn ask_change(
        &self,
        session: &Session,
        account: &Account,
        wanted: Wanted<'_>,
        origin: &str,
        now: i64,
    ) -> StoreResult<WaitingChange> {
        let (id, usage) = (identifier(), Usage::Change);
        let change = Change {
            courriel: wanted.courriel.map(|courriel| courriel.as_str().to_owned()),
            telephone_fixe: wanted.telephone_fixe,
            telephone_mobile: wanted.telephone_mobile,
            telephones: wanted.telephones,
            asks_present: account.courriel_confirmed_on.is_some() || wanted.courriel.is_none(),
        };
        let contents = Contents { change: Some(change), ..Contents::of(&account.courriel) };
        let new = NewRequest {
            usage: usage.code(),
            origin: Some(origin.to_owned()),
            key: None,
            body: None,
            handle: Some(self.changes_of(session)),
            link: None,
            account: Some(account.id.clone()),
            sealed: contents.seal(&self.vault, &id),
            id,
            state: RequestState::ToExamine,
            expires_on: now.saturating_add(usage.lasts()),
        };
        self.store.replace_request(session, &new, now).await?;
        self.bell.notify_one();
        waiting(contents, now)
    }

    /// Asks for other codes for the change that this session asked; the former ones serve no more.
    ///
    /// # Errors
    /// [`Unasked`]: then nothing changed.
    pub async fn other_codes(&self, session: &Session, now: i64) -> Result<WaitingChange, Unasked> {
        let (request, contents) = self.change_of(session, now).await?.ok_or(Unasked::Over)?;
        if request.sendings >= CODES {
            return Err(Unasked::TooManyCodes);
        }
        if self.store.ask_again(&request, &request.sealed, now).await? {
            self.bell.notify_one();
            return Ok(waiting(contents, now)?);
        }
        // Asked twice at once, or done meanwhile.
        self.waiting_change(session, now).await?.ok_or(Unasked::Over)
    }

    /// The change that this session asked, if it still waits for its codes.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails.
    pub async fn waiting_change(&self, session: &Session, now: i64) -> StoreResult<Option<WaitingChange>> {
        let found = self.change_of(session, now).await?;
        found.map(|(request, contents)| waiting(contents, request.code_on)).transpose()
    }

    /// Gives up the change that this session asked.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails: then it still waits.
    pub async fn give_up_change(&self, session: &Session) -> StoreResult<()> {
        self.store.withdraw_request(Usage::Change.code(), &self.changes_of(session)).await
    }

    /// Makes the change that this session asked, if every code that it asks for is right; sent again, because an answer was
    /// lost, it is made. Then the session has the secret of this hash; [`Made::Before`] when it kept its own.
    ///
    /// # Errors
    /// [`Unchanged`]: then nothing was done.
    pub async fn confirm_change(
        &self,
        session: &Session,
        renewed: &str,
        codes: &Codes,
        now: i64,
    ) -> Result<Made, Unchanged> {
        let request = self.store.request_of(Usage::Change.code(), &self.changes_of(session), now).await?;
        let request = request.ok_or(Unchanged::Over)?;
        let contents = Contents::unseal(&self.vault, &request.id, &request.sealed)?;
        let change = contents.change()?;
        let sides = asked(change);
        let missing =
            Sides { present: sides.present && codes.present.is_none(), new: sides.new && codes.new.is_none() };
        if missing.present || missing.new {
            return Err(Unchanged::Missing(missing));
        }
        let hash = |asked: bool, code: &Option<CodeCourriel>| {
            code.as_ref().filter(|_| asked).map(|code| secrets::code(&self.vault, &request.id, code))
        };
        let (present, new) = (hash(sides.present, &codes.present), hash(sides.new, &codes.new));
        let shown = (present.as_deref(), new.as_deref());
        match self.store.try_codes(&request.id, shown, now.saturating_sub(CODE), TRIES).await? {
            TriedCodes::Right => {}
            TriedCodes::Done => return Ok(Made::Before),
            TriedCodes::Wrong(wrong) => return Err(Unchanged::Wrong(wrong)),
            TriedCodes::Spent => return Err(Unchanged::Spent(sides)),
        }
        let key = change.courriel.as_deref().map(contents::mailbox).transpose()?;
        // To the address that the account had: whoever changed it has the other one.
        let to = Address(&contents.courriel);
        let told =
            [(change.courriel.is_some(), Occasion::CourrielChanged), (change.telephones, Occasion::TelephonesChanged)];
        let letters: Vec<_> = told
            .into_iter()
            .filter(|(happened, _)| *happened)
            .map(|(_, occasion)| self.letters.write_about(&session.account, to, &occasion, now))
            .collect();
        let made = NewCoordonnees {
            request: (&request.id, &contents.made().seal(&self.vault, &request.id)),
            former: &contents.courriel,
            proved_former: change.asks_present,
            courriel: change.courriel.as_deref().zip(key.as_ref().map(|mailbox| mailbox.key())),
            telephone_fixe: change.telephone_fixe.as_deref(),
            telephone_mobile: change.telephone_mobile.as_deref(),
            letters: &letters,
            renewed,
        };
        match self.store.change_coordonnees(session, &made, now).await? {
            Changed::Done => Ok(Made::Now),
            Changed::Late => Err(Unchanged::Over),
            Changed::Taken => Err(Unchanged::Taken),
        }
    }

    async fn change_of(&self, session: &Session, now: i64) -> StoreResult<Option<(Request, Contents)>> {
        let request = self.store.request_of(Usage::Change.code(), &self.changes_of(session), now).await?;
        let Some(request) = request.filter(|request| request.state != RequestState::Done) else { return Ok(None) };
        let contents = Contents::unseal(&self.vault, &request.id, &request.sealed)?;
        Ok(Some((request, contents)))
    }

    /// What ties a change to the session that asked.
    fn changes_of(&self, session: &Session) -> String {
        self.vault.digest("session qui change ses coordonnées", &[session.number.as_bytes()])
    }
}

/// What is told of a change whose codes were asked for then.
fn waiting(contents: Contents, code_on: i64) -> StoreResult<WaitingChange> {
    let Change { courriel, telephone_fixe, telephone_mobile, asks_present, .. } = contents.into_change()?;
    let code_until = code_on.saturating_add(CODE);
    Ok(WaitingChange { courriel, telephone_fixe, telephone_mobile, asks_present, code_until })
}
