//! Connecting whoever proved who they are: a session and its cookies. Proves nothing itself.

use api::accounts::{SessionView, TitulaireView};
use api::probleme::Code;
use api::second_step::{SecondStepView, StepMethod};
use axum::Json;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use domaine::assurance::Level;
use identity::{Made, Usage};
use mail::{Address, Occasion};
use store::{Account, NewLetter, NewSession, PasskeySignIn, PasskeyUse, Proofs, SignIn, Way};
use vault::{token, token_digest};

use crate::clock::to_ms;
use crate::error::{AppError, HandlerResult};
use crate::extract::{Browser, Ceremony, cookie, known_cookie, passkey_cookie, waiting_cookie};
use crate::state::AppState;

/// A session about to be opened, and the secret that will show it.
pub(in crate::routes) struct Connection {
    pub(in crate::routes) token: String,
    /// By what this browser says that an account knows it.
    pub(in crate::routes) known: Option<String>,
    /// What is recorded of it.
    pub(in crate::routes) new: NewSession,
}

impl Connection {
    /// For this browser, whose former session ends, by that way, with what was shown to open it.
    pub(in crate::routes) fn new(state: &AppState, browser: &Browser, way: Way, proofs: Proofs) -> Self {
        let (token, now) = (token(), state.clock.now());
        let new = NewSession {
            digest: token_digest(&token),
            former: browser.former.clone(),
            expires_on: now + to_ms(state.settings.session_longest),
            idle_since: now - to_ms(state.settings.session_idle),
            device: browser.device,
            origin: limits::origin(&state.vault, browser.address),
            way,
            proofs,
            identity_token: None,
        };
        Self { token, known: browser.known.clone(), new }
    }

    /// Opens it on this account, and writes to its holder when its browser is not one that the account knows.
    pub(in crate::routes) async fn open(&self, state: &AppState, account: &Account) -> HandlerResult<()> {
        let now = state.clock.now();
        let letter = self.letter(state, account, now);
        opened(state.store.open_session(&self.new, &account.id, letter.as_ref(), now).await?, account)
    }

    /// The same, by a passkey that was judged right, once.
    pub(in crate::routes) async fn open_by_passkey(
        &self,
        state: &AppState,
        account: &Account,
        by: &PasskeyUse<'_>,
    ) -> HandlerResult<()> {
        let now = state.clock.now();
        let letter = self.letter(state, account, now);
        match state.store.open_session_by_passkey(&self.new, by, letter.as_ref(), now).await? {
            PasskeySignIn::Judged(sign_in) => opened(sign_in, account),
            PasskeySignIn::Spent => Err(Code::StaleLink.into()),
        }
    }

    /// The same, by an identity of elsewhere, if it still opens this account.
    pub(in crate::routes) async fn open_by_identity(
        &self,
        state: &AppState,
        account: &Account,
        subject: &str,
    ) -> HandlerResult<()> {
        let now = state.clock.now();
        let letter = self.letter(state, account, now);
        let by = (account.id.as_str(), subject);
        opened(state.store.open_session_by_identity(&self.new, by, letter.as_ref(), now).await?, account)
    }

    /// What tells of a browser that this account does not know.
    fn letter(&self, state: &AppState, account: &Account, now: i64) -> Option<NewLetter> {
        let known = self.is_known(state, account);
        let occasion = Occasion::NewDevice { device: self.new.device };
        (!known).then(|| state.letters.write_about(&account.id, Address(&account.courriel), &occasion, now))
    }

    /// The answer that gives it to its browser, by which its account will know that browser again.
    pub(in crate::routes) fn answer(self, state: &AppState, account: &Connected<'_>) -> Response {
        self.answer_with(state, account, None)
    }

    /// The same, to a browser that has proved what it had asked for: its secret serves no more.
    pub(in crate::routes) fn answer_to_proof(
        self,
        state: &AppState,
        account: &Connected<'_>,
        usage: Usage,
    ) -> Response {
        self.answer_with(state, account, Some(waiting_cookie(state, usage, None)))
    }

    /// The same, to a browser that gives back what it was asked of its passkeys.
    pub(in crate::routes) fn answer_to_passkey(self, state: &AppState, account: &Connected<'_>) -> Response {
        self.answer_with(state, account, Some(passkey_cookie(state, Ceremony::SigningIn, None)))
    }

    /// The cookies that give it to its browser.
    fn cookies(&self, state: &AppState, account: &Connected<'_>) -> [HeaderValue; 2] {
        [cookie(state, Some(&self.token)), known_cookie(state, &known_browser(state, account))]
    }

    fn answer_with(self, state: &AppState, account: &Connected<'_>, more: Option<HeaderValue>) -> Response {
        if account.asks_second_step && !self.new.proofs.second_step {
            return self.asks_for_the_rest(state, more);
        }
        let rest = state.settings.session_idle.min(state.settings.session_longest).as_secs();
        let cookies = self.cookies(state, account);
        let view = SessionView {
            titulaire: Some(TitulaireView {
                nom_naissance: account.nom_naissance.to_owned(),
                prenoms: account.prenoms.to_owned(),
            }),
            account: Some(state.account_seen(account.id)),
            level: Some(self.new.proofs.raise(account.level)),
            expires_in: Some(rest.to_string()),
            answers: None,
        };
        let cookies: Vec<_> = cookies.into_iter().chain(more).map(|cookie| (SET_COOKIE, cookie)).collect();
        (AppendHeaders(cookies), Json(view)).into_response()
    }
}

/// Whether a session is open, as its browser is told.
fn opened(sign_in: SignIn, account: &Account) -> HandlerResult<()> {
    match sign_in {
        // Where the account asks for more, the answer says so.
        SignIn::Open | SignIn::SecondStep => Ok(()),
        SignIn::Frozen => Err(AppError::About(Code::FrozenAccount, account.id.clone())),
        // Closed meanwhile: then no account has this e-mail any more.
        SignIn::Closed => Err(Code::WrongCredentials.into()),
    }
}

impl Connection {
    /// Whether its browser is one that this account knows.
    pub(in crate::routes) fn is_known(&self, state: &AppState, account: &Account) -> bool {
        is_known(state, account, self.known.as_deref())
    }

    /// The answer of an account that asks for more than what was shown: nothing of it is said. Its secret shows that this browser
    /// gave the rest, and opens nothing.
    fn asks_for_the_rest(self, state: &AppState, more: Option<HeaderValue>) -> Response {
        let until = state.clock.now().saturating_add(Usage::Step.lasts());
        let cookies = [Some(waiting_cookie(state, Usage::Step, Some(&self.token))), more];
        let cookies: Vec<_> = cookies.into_iter().flatten().map(|cookie| (SET_COOKIE, cookie)).collect();
        (StatusCode::ACCEPTED, AppendHeaders(cookies), Json(second_step_view(state, until))).into_response()
    }
}

/// What is told of a sign-in that waits for a second step.
pub(in crate::routes) fn second_step_view(state: &AppState, until: i64) -> SecondStepView {
    let methods = vec![StepMethod::Application, StepMethod::Secours];
    SecondStepView { methods, until: state.clock.in_words(until) }
}

/// What is told of the account that somebody connected to.
pub(in crate::routes) struct Connected<'a> {
    pub(in crate::routes) id: &'a str,
    pub(in crate::routes) mot_de_passe: &'a str,
    pub(in crate::routes) nom_naissance: &'a str,
    pub(in crate::routes) prenoms: &'a str,
    pub(in crate::routes) level: Level,
    pub(in crate::routes) asks_second_step: bool,
}

impl<'a> From<&'a Account> for Connected<'a> {
    fn from(account: &'a Account) -> Self {
        Self {
            id: &account.id,
            mot_de_passe: &account.mot_de_passe,
            nom_naissance: &account.nom_naissance,
            prenoms: &account.prenoms,
            level: account.level,
            asks_second_step: account.second_step_on.is_some(),
        }
    }
}

/// Another secret for a session that goes on, because whoever is there proved more, or changed what opens the account: whoever had
/// the former has nothing.
pub(in crate::routes) struct Renewal {
    token: String,
    /// Hash of it: what is recorded, in the transaction of what was proved.
    pub(in crate::routes) digest: String,
}

impl Renewal {
    pub(in crate::routes) fn new() -> Self {
        let token = token();
        Self { digest: token_digest(&token), token }
    }

    /// What gives it to the browser, once it is that of the session.
    pub(in crate::routes) fn given(
        &self,
        state: &AppState,
        made: Made,
    ) -> AppendHeaders<Option<(HeaderName, HeaderValue)>> {
        AppendHeaders((made == Made::Now).then(|| (SET_COOKIE, cookie(state, Some(&self.token)))))
    }
}

/// What shows that a browser connected to this account before, under the password it has now.
pub(in crate::routes) fn known_browser(state: &AppState, account: &Connected<'_>) -> String {
    state.vault.digest("navigateur connu", &[account.id.as_bytes(), account.mot_de_passe.as_bytes()])
}

/// Whether what a browser shows is that, or was before the same password was hashed again.
pub(in crate::routes) fn is_known(state: &AppState, account: &Account, shown: Option<&str>) -> bool {
    shown.is_some_and(|shown| {
        shown == known_browser(state, &account.into())
            || account.known_before.as_deref() == Some(&*known_before(state, shown, &account.mot_de_passe))
    })
}

/// What is kept of what browsers showed, beside this other hash of the same password.
fn known_before(state: &AppState, shown: &str, mot_de_passe: &str) -> String {
    state.vault.digest("navigateur connu avant", &[shown.as_bytes(), mot_de_passe.as_bytes()])
}

/// The account with its password hashed as strongly as this server does: its hash is replaced when it is weaker. What its
/// browsers are known by stays good.
pub(in crate::routes) async fn strengthened(state: &AppState, account: Account, mot_de_passe: &str) -> Account {
    if !state.hashing.is_stronger_than(&account.mot_de_passe) {
        return account;
    }
    // Whoever signs in does not wait for this to be possible: the next time does.
    let Ok(hash) = state.hashing.hash(mot_de_passe).await else { return account };
    let before = known_before(state, &known_browser(state, &(&account).into()), &hash);
    match state.store.strengthen(&account, &hash, &before).await {
        Ok(true) => Account { mot_de_passe: hash, known_before: Some(before), ..account },
        // Changed meanwhile: signing in judges it by what it was.
        Ok(false) => account,
        Err(failure) => {
            tracing::warn!(panne = %failure, "a password keeps a hash that is weaker than today's");
            account
        }
    }
}
