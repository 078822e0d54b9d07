//! What a request says before its body is judged: who is calling, from where, with which key.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use api::probleme::Code;
use api::routes;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::header::{CONTENT_TYPE, COOKIE, HeaderName, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue};
use bytes::{Bytes, BytesMut};
use cookie::{Cookie, SameSite};
use domaine::assurance::{Action, Level, SpendingGuard, Standing, rest_until};
use http_body_util::BodyExt;
use identity::Usage;
use limits::is_too_slow;
use serde::de::DeserializeOwned;
use store::Session;
use tokio::time::timeout;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use vault::token_digest;

use crate::clock::to_ms;
use crate::error::{AppError, log_only};
use crate::gates;
use crate::state::AppState;
use crate::trail::Whose;

/// The most a JSON body may weigh.
pub const MAX_BODY: usize = 64 * 1_024;
/// A session is noted as seen at most this often: reading one's rights must not cost a write.
const VIEW_STEP: i64 = 60_000;
/// How far a clock may be set back by itself.
const CLOCK_SLACK: i64 = 5 * 60_000;
/// For how long who signed in may take a way in away without signing in again, in milliseconds.
const LATELY: i64 = 10 * 60_000;
/// How long a reader waits for a writer, to be noted as seen.
const VIEW_WAIT: Duration = Duration::from_millis(250);

/// The holder who is connected. No `Debug`.
pub struct Titulaire {
    /// The session and whose it is.
    pub session: Arc<Session>,
    /// Seconds before the session ends by itself.
    pub rest: i64,
    /// What is known of them.
    standing: Standing,
    /// What whoever runs the server wants of who spends.
    guard: SpendingGuard,
}

impl Titulaire {
    /// Whether enough is proved of who they are to do this.
    ///
    /// # Errors
    /// The refusal, which says what is missing.
    pub fn may(&self, action: Action) -> Result<(), AppError> {
        gates::refusal(action, self.standing, self.guard).map_or(Ok(()), |refusal| Err(refusal.into()))
    }
}

/// Whether whoever holds this session reads what others declared, and what is computed from it.
pub fn reads_all(state: &AppState, session: &Session) -> bool {
    // One that is set aside has no person whom others speak of.
    session.level == Level::SetAside || session.level >= state.settings.declared_reading.needs()
}

impl FromRequestParts<AppState> for Titulaire {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let titulaire = find(parts, state).await?.ok_or(Code::SessionRequired)?;
        if let Some(whose) = parts.extensions.get::<Whose>() {
            whose.is(&titulaire.session.account);
        }
        // Two people, two tabs: what one typed must not be recorded for the other.
        let seen = parts.headers.get(routes::ACCOUNT);
        if seen.is_some_and(|seen| seen.as_bytes() != state.account_seen(&titulaire.session.account).as_bytes()) {
            return Err(Code::OtherAccount.into());
        }
        // Before anything of the body is read, whatever the handler.
        let path = parts.extensions.get().map_or(parts.uri.path(), MatchedPath::as_str);
        let action = gates::action(&parts.method, path);
        titulaire.may(action.ok_or(AppError::Internal("a route that writes is no action of anybody"))?)?;
        Ok(titulaire)
    }
}

/// The holder, if anybody is connected.
pub struct MaybeTitulaire(pub Option<Titulaire>);

impl FromRequestParts<AppState> for MaybeTitulaire {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        find(parts, state).await.map(Self)
    }
}

async fn find(parts: &Parts, state: &AppState) -> Result<Option<Titulaire>, AppError> {
    let Some(token) = cookie_token(&parts.headers, state) else { return Ok(None) };
    let Some(session) = state.store.session(&token_digest(token)).await? else { return Ok(None) };
    let now = state.clock.now();
    let inactive = to_ms(state.settings.session_idle);
    if session.expires_on <= now || session.seen_on.saturating_add(inactive) <= now {
        return Ok(None);
    }
    // What a clock that was wrong noted in the future is over.
    let longest = to_ms(state.settings.session_longest);
    if session.seen_on > now + CLOCK_SLACK || session.expires_on > now + longest + CLOCK_SLACK {
        return Ok(None);
    }
    if session.request.is_some() {
        // As below: nobody waits long, nor fails, for it. The next request does it then.
        match timeout(VIEW_WAIT, state.store.settle_session(&session)).await {
            Ok(settled) => log_only(settled, "what a letter proved still opens the account that it opened"),
            Err(_) => {
                tracing::debug!("what a letter proved still opens the account that it opened: others are writing")
            }
        }
    }
    let mut seen_on = session.seen_on;
    if now - seen_on >= VIEW_STEP {
        // Neither a disk that is full nor somebody who writes for long must stop people from reading.
        let origin = limits::origin(&state.vault, address(&parts.headers, &parts.extensions, state));
        match timeout(VIEW_WAIT, state.store.show_session(&session.digest, &origin, now)).await {
            Ok(Ok(())) => seen_on = now,
            Ok(Err(failure)) => tracing::warn!(panne = %failure, "a session could not be noted as seen"),
            Err(_) => tracing::debug!("a session was not noted as seen: others are writing"),
        }
    }
    let end = session.expires_on.min(seen_on.saturating_add(inactive));
    let standing = Standing {
        level: session.level,
        second_step: session.second_step,
        settled: rest_until(session.changed_on, to_ms(state.settings.rest), now).is_none(),
        lately: (now - LATELY..=now + CLOCK_SLACK).contains(&session.opened_on),
    };
    let guard = state.settings.spending_guard;
    Ok(Some(Titulaire { session, rest: (end - now) / 1_000, standing, guard }))
}

/// The name of the session cookie; the prefix binds it to this host and to TLS.
pub fn cookie_name(state: &AppState) -> &'static str {
    if state.settings.secure_cookies() { "__Host-acquis" } else { "acquis" }
}

/// The name of the cookie by which an account knows a browser again; it opens nothing.
fn known_cookie_name(state: &AppState) -> &'static str {
    if state.settings.secure_cookies() { "__Host-acquis-connu" } else { "acquis-connu" }
}

/// The name of the cookie by which a request that waits is its browser's.
fn waiting_cookie_name(state: &AppState, usage: Usage) -> &'static str {
    match (usage, state.settings.secure_cookies()) {
        (Usage::SignUp, true) => "__Host-acquis-inscription",
        (Usage::SignUp, false) => "acquis-inscription",
        (Usage::Thaw, true) => "__Host-acquis-degel",
        (Usage::Thaw, false) => "acquis-degel",
        (Usage::Step, true) => "__Host-acquis-etape",
        (Usage::Step, false) => "acquis-etape",
        (_, true) => "__Host-acquis-recuperation",
        (_, false) => "acquis-recuperation",
    }
}

/// Which ceremony of passkeys a browser was asked for: somebody who adds one may have the sign-in open in another tab.
#[derive(Clone, Copy)]
pub enum Ceremony {
    /// The answer of a passkey signs in.
    SigningIn,
    /// A passkey is being added.
    Adding,
}

/// The name of the cookie that holds what such a ceremony must remember, sealed.
const fn passkey_cookie_name(ceremony: Ceremony, secure: bool) -> &'static str {
    match (ceremony, secure) {
        (Ceremony::SigningIn, true) => "__Host-acquis-cle",
        (Ceremony::SigningIn, false) => "acquis-cle",
        (Ceremony::Adding, true) => "__Host-acquis-nouvelle-cle",
        (Ceremony::Adding, false) => "acquis-nouvelle-cle",
    }
}

/// What the cookie of an identity of elsewhere is for.
#[derive(Clone, Copy)]
pub enum Away {
    /// Its browser is away at the provider, to sign in or out.
    Leaving,
    /// It came back with an identity.
    Back,
}

fn away_cookie_name(state: &AppState, away: Away) -> &'static str {
    match (away, state.settings.secure_cookies()) {
        (Away::Leaving, true) => "__Host-acquis-depart",
        (Away::Leaving, false) => "acquis-depart",
        (Away::Back, true) => "__Host-acquis-identite",
        (Away::Back, false) => "acquis-identite",
    }
}

/// The secret of the session cookie, if it has the shape of one.
fn cookie_token<'a>(headers: &'a HeaderMap, state: &AppState) -> Option<&'a str> {
    cookie_named(headers, cookie_name(state))
}

/// The 64 figures that a cookie of ours holds.
fn cookie_named<'a>(headers: &'a HeaderMap, nom: &str) -> Option<&'a str> {
    let token = raw_cookie(headers, nom)?;
    (token.len() == 64 && token.bytes().all(|c| c.is_ascii_hexdigit())).then_some(token)
}

/// What a cookie holds, whatever it is.
fn raw_cookie<'a>(headers: &'a HeaderMap, nom: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == nom)?
        .value_raw()
}

/// What is known of the browser before it connects.
pub struct Browser {
    /// Hash of the secret it had.
    pub former: Option<String>,
    /// What an account gave it to be known again.
    pub known: Option<String>,
    /// « Firefox, Windows ».
    pub device: &'static str,
    /// Its address.
    pub address: IpAddr,
    /// The secret of the sign-up that it asked for.
    pub signing_up: Option<String>,
    /// That of the way back into an account.
    pub recovering: Option<String>,
    /// That of the frozen account whose password it gave.
    pub thawing: Option<String>,
    /// What it was asked of its passkeys, sealed.
    pub passkey: Option<String>,
    /// The same, of one that it is adding.
    pub new_passkey: Option<String>,
    /// That of the account whose password it gave, and that asks for more.
    pub stepping: Option<String>,
    /// That of its journey to an identity provider.
    pub leaving: Option<String>,
    /// That of the identity that it came back with.
    pub back: Option<String>,
}

impl Browser {
    /// The secret of what it asked for.
    pub fn secret(&self, usage: Usage) -> Option<&str> {
        match usage {
            Usage::SignUp => self.signing_up.as_deref(),
            Usage::Recovery => self.recovering.as_deref(),
            Usage::Thaw => self.thawing.as_deref(),
            Usage::Step => self.stepping.as_deref(),
            Usage::Printed | Usage::Confirmation | Usage::Change | Usage::Enrolment => None,
        }
    }
}

impl FromRequestParts<AppState> for Browser {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let secure = state.settings.secure_cookies();
        let asked = |ceremony| raw_cookie(&parts.headers, passkey_cookie_name(ceremony, secure)).map(str::to_owned);
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(Self {
            passkey: asked(Ceremony::SigningIn),
            new_passkey: asked(Ceremony::Adding),
            former: cookie_token(&parts.headers, state).map(token_digest),
            known: cookie_named(&parts.headers, known_cookie_name(state)).map(str::to_owned),
            device: device(agent),
            address: address(&parts.headers, &parts.extensions, state),
            signing_up: cookie_named(&parts.headers, waiting_cookie_name(state, Usage::SignUp)).map(str::to_owned),
            stepping: cookie_named(&parts.headers, waiting_cookie_name(state, Usage::Step)).map(str::to_owned),
            leaving: cookie_named(&parts.headers, away_cookie_name(state, Away::Leaving)).map(str::to_owned),
            back: cookie_named(&parts.headers, away_cookie_name(state, Away::Back)).map(str::to_owned),
            thawing: cookie_named(&parts.headers, waiting_cookie_name(state, Usage::Thaw)).map(str::to_owned),
            recovering: cookie_named(&parts.headers, waiting_cookie_name(state, Usage::Recovery)).map(str::to_owned),
        })
    }
}

/// The address of the client, as the declared proxies tell it.
pub fn address(headers: &HeaderMap, extensions: &Extensions, state: &AppState) -> IpAddr {
    let said = headers.get_all("x-forwarded-for").into_iter().map(HeaderValue::as_bytes);
    limits::address(peer(extensions), said, &state.settings.proxies)
}

/// Who holds the connection: somebody on this machine where there is none, as in a test.
fn peer(extensions: &Extensions) -> IpAddr {
    extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip())
}

/// The browser and system in a few words; one of a fixed list, so that nothing else is kept.
fn device(agent: &str) -> &'static str {
    /// A browser that is the same on every system.
    macro_rules! everywhere {
        ($name:literal) => {
            [
                concat!($name, ", Windows"),
                concat!($name, ", macOS"),
                concat!($name, ", Android"),
                concat!($name, ", iPhone ou iPad"),
                concat!($name, ", Linux"),
                $name,
            ]
        };
    }
    let a = |word: &str| agent.contains(word);
    let table: [(&str, [&'static str; 6]); 5] = [
        ("Edg", everywhere!("Edge")),
        ("Firefox", everywhere!("Firefox")),
        ("FxiOS", ["Firefox", "Firefox", "Firefox", "Firefox, iPhone ou iPad", "Firefox", "Firefox"]),
        ("Chrom", everywhere!("Chrome")),
        ("Safari", ["Safari", "Safari, macOS", "Android", "Safari, iPhone ou iPad", "Safari", "Safari"]),
    ];
    let system = match () {
        () if a("iPhone") || a("iPad") => 3,
        () if a("Android") => 2,
        () if a("Windows") => 0,
        () if a("Mac OS") => 1,
        () if a("Linux") => 4,
        () => 5,
    };
    table.iter().find(|(word, _)| a(word)).map_or("Autre appareil", |(_, noms)| noms[system])
}

/// The idempotency key of a submission.
pub struct IdempotencyKey(pub String);

/// How many characters a key of idempotence has.
const KEY_LENGTH: RangeInclusive<usize> = 16..=64;

impl PartialSchema for IdempotencyKey {
    fn schema() -> RefOr<Schema> {
        let bounds = (Some(*KEY_LENGTH.start()), Some(*KEY_LENGTH.end()));
        let text = ObjectBuilder::new().schema_type(Type::String).min_length(bounds.0).max_length(bounds.1);
        text.pattern(Some("^[A-Za-z0-9-]*$")).into()
    }
}

impl ToSchema for IdempotencyKey {}

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, AppError> {
        let key = parts.headers.get(routes::IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok());
        let fits =
            |key: &&str| KEY_LENGTH.contains(&key.len()) && key.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
        key.filter(fits).map(|key| Self(key.to_owned())).ok_or_else(|| Code::IdempotencyKeyMissing.into())
    }
}

/// A JSON body: its value, and its bytes for whoever compares submissions.
pub struct JsonBody<T> {
    /// The value.
    pub value: T,
    /// The bytes it was read from.
    pub bytes: Bytes,
}

impl<T: DeserializeOwned> FromRequest<AppState> for JsonBody<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, AppError> {
        let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/json") {
            return Err(Code::UnexpectedType.into());
        }
        let bytes = read(request.into_body(), MAX_BODY).await?;
        let value = serde_json::from_slice(&bytes).map_err(|_| Code::UnreadableBody)?;
        Ok(Self { value, bytes })
    }
}

/// The bytes of a body of at most that many.
async fn read(mut body: Body, limit: usize) -> Result<Bytes, AppError> {
    let mut bytes = BytesMut::new();
    loop {
        match body.frame().await {
            None => return Ok(bytes.freeze()),
            Some(Ok(frame)) => {
                if let Some(data) = frame.data_ref() {
                    if bytes.len() + data.len() > limit {
                        return Err(Code::BodyTooLarge.into());
                    }
                    bytes.extend_from_slice(data);
                }
            }
            Some(Err(error)) if is_too_slow(&error) => return Err(Code::TooSlow.into()),
            Some(Err(_)) => return Err(Code::UnreadableBody.into()),
        }
    }
}

/// The cookie that opens a session, or ends it when there is no secret.
pub fn cookie(state: &AppState, token: Option<&str>) -> HeaderValue {
    let age = if token.is_none() { Some(cookie::time::Duration::ZERO) } else { None };
    set_cookie(state, cookie_name(state), token.unwrap_or_default(), age, SameSite::Lax)
}

/// What a browser is told to forget with a session: what the page keeps in its tabs. Not its cookies, which may be those of
/// other services of the same domain, nor its cache, which holds nothing of anybody.
pub const FORGET: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\""));

/// The cookie by which an account will know this browser again, for a year.
pub fn known_cookie(state: &AppState, value: &str) -> HeaderValue {
    set_cookie(state, known_cookie_name(state), value, Some(cookie::time::Duration::days(365)), SameSite::Lax)
}

/// The cookie of a request that waits, for as long as it does; or its end, when there is no secret. It goes to this site
/// from this site alone: nobody else's page can prove anything with it.
pub fn waiting_cookie(state: &AppState, usage: Usage, secret: Option<&str>) -> HeaderValue {
    let lasts = secret.map_or(cookie::time::Duration::ZERO, |_| cookie::time::Duration::milliseconds(usage.lasts()));
    set_cookie(state, waiting_cookie_name(state, usage), secret.unwrap_or_default(), Some(lasts), SameSite::Strict)
}

/// The cookie of what a browser is asked of its passkeys, for as long as it may answer; or its end.
pub fn passkey_cookie(state: &AppState, ceremony: Ceremony, sealed: Option<&str>) -> HeaderValue {
    let lasts = sealed.map_or(0, |_| passkeys::LASTS);
    let (nom, lasts) =
        (passkey_cookie_name(ceremony, state.settings.secure_cookies()), cookie::time::Duration::milliseconds(lasts));
    set_cookie(state, nom, sealed.unwrap_or_default(), Some(lasts), SameSite::Strict)
}

/// The cookie of a journey to an identity provider, or its end, when there is no secret. The one of the way back is sent by a
/// page of another site, where `Strict` would leave it out; what came back goes from this site alone.
pub fn away_cookie(state: &AppState, away: Away, secret: Option<&str>) -> HeaderValue {
    let (lasts, same_site) = match away {
        Away::Leaving => (identity::AWAY, SameSite::Lax),
        Away::Back => (identity::WAITS, SameSite::Strict),
    };
    let lasts = secret.map_or(cookie::time::Duration::ZERO, |_| cookie::time::Duration::milliseconds(lasts));
    // What came back goes with the browser that is closed.
    let lasts = (secret.is_none() || matches!(away, Away::Leaving)).then_some(lasts);
    set_cookie(state, away_cookie_name(state, away), secret.unwrap_or_default(), lasts, same_site)
}

fn set_cookie(
    state: &AppState,
    nom: &str,
    value: &str,
    age: Option<cookie::time::Duration>,
    same_site: SameSite,
) -> HeaderValue {
    let mut cookie = Cookie::build((nom, value))
        .path("/")
        .http_only(true)
        .same_site(same_site)
        .secure(state.settings.secure_cookies())
        .build();
    cookie.set_max_age(age);
    HeaderValue::from_str(&cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_browser_is_named_in_a_few_words() {
        let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(device(firefox), "Firefox, Windows");
        let chrome =
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(device(chrome), "Chrome, Android");
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
        assert_eq!(device(safari), "Safari, iPhone ou iPad");
        assert_eq!(device("curl/8"), "Autre appareil");
    }
}
