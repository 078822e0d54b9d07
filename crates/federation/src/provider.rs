//! The way to a provider and back: discovery, the address where a browser is sent, and what it comes back with. Believes
//! nothing that is not signed for this very journey.

use std::borrow::Cow;
use std::sync::{Arc, Mutex as Held, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use domaine::identite::pivot::SaidIdentity;
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreErrorResponseType, CoreGenderClaim, CoreIdToken,
    CoreJsonWebKey, CoreJwsSigningAlgorithm, CoreTokenResponse,
};
use openidconnect::http::header::{ACCEPT, AUTHORIZATION};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, DiscoveryError,
    EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims, IssuerUrl, JsonWebKeySet,
    LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;

use crate::http::{Http, Listening, Unanswered};
use crate::signed::{self, Expected, Unbelievable};

/// How long what a provider says of itself is believed.
const KEPT: Duration = Duration::from_secs(3_600);
/// How long one that did not answer is left alone: nobody else waits for it meanwhile.
const LEFT_ALONE: Duration = Duration::from_secs(5);
/// How often keys are asked for again because one is missing: whoever writes made-up keys asks for nothing.
const KEYS_PACE: Duration = Duration::from_secs(30);
/// How long whoever signs out waits for what a provider says of itself: their session is over here already.
const FAREWELL: Duration = Duration::from_secs(1);
/// What is asked: who somebody is, and nothing of where they live or what they own.
const SCOPES: [&str; 6] = ["given_name", "family_name", "birthdate", "gender", "birthplace", "birthcountry"];
/// The levels of a provider (eIDAS), the lowest first.
const LEVELS: [&str; 3] = ["eidas1", "eidas2", "eidas3"];
/// The first of them that is worth « FranceConnect+ ».
const SUBSTANTIAL: usize = 1;

/// What whoever runs the server says of a provider. `Debug` shows no secret.
#[derive(Clone)]
pub struct ProviderSettings {
    /// Its issuer, exactly as it writes it.
    pub issuer: String,
    /// What it knows this service by.
    pub client: String,
    /// What this service shows it.
    pub secret: String,
    /// The level that is asked (`acr_values`).
    pub acr: String,
    /// The address of this service, where a journey does not say by which it began.
    pub service: String,
    /// The path of this service to which it sends people back.
    pub back: &'static str,
    /// The path of this service to which it sends whoever signed out.
    pub farewell: &'static str,
}

impl std::fmt::Debug for ProviderSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderSettings").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Why somebody did not come back with an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The provider does not answer, or not in time.
    #[error("the provider does not answer")]
    Unavailable,
    /// Whoever was sent there gave up, or was refused.
    #[error("given up there")]
    GivenUp,
    /// What came back is not of this journey: another state, another provider, an old code.
    #[error("not of this journey")]
    NotThisJourney,
    /// What came back is not believed: a signature, a key, a time, a level.
    #[error("not believed")]
    NotBelieved,
}

impl From<Unanswered> for Failure {
    fn from(error: Unanswered) -> Self {
        tracing::warn!(raison = %error, "the identity provider did not answer");
        Self::Unavailable
    }
}

/// What is kept of a journey while a browser is away: for its one return, and sealed. No `Debug`.
#[derive(Serialize, Deserialize)]
pub struct Journey {
    state: String,
    nonce: String,
    verifier: Option<String>,
    /// The address of this service by which the browser left: its cookies wait there. One that left before this was kept left by
    /// the first.
    #[serde(default)]
    service: Option<String>,
}

/// A browser about to leave. No `Debug`.
pub struct Departure {
    /// Where to.
    pub address: String,
    /// What is kept meanwhile.
    pub journey: Journey,
}

/// What a browser came back with, as its address says. No `Debug`.
#[derive(Default, Deserialize)]
pub struct Returned {
    /// What is exchanged for an identity.
    pub code: Option<String>,
    /// What ties it to its journey.
    pub state: Option<String>,
    /// Who sent it (RFC 9207).
    pub iss: Option<String>,
    /// What went wrong there.
    pub error: Option<String>,
}

/// An identity that was proved. No `Debug`.
pub struct Proof {
    /// What the provider knows the person by.
    pub subject: String,
    /// What it says of them.
    pub said: SaidIdentity,
    /// Whether its level is at least substantial.
    pub substantial: bool,
    /// What ends the session there.
    pub id_token: String,
}

type Told = ProviderMetadataWithLogout;
type AuthorizedClient =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;
type Claims = IdTokenClaims<EmptyAdditionalClaims, CoreGenderClaim>;

/// What a provider said of itself, and when.
struct Known {
    told: Arc<Told>,
    /// What the library does not read.
    extra: Arc<Extra>,
    asked_on: Instant,
    keys_on: Instant,
}

/// What discovery says besides.
#[derive(Default, Deserialize)]
struct Extra {
    #[serde(default)]
    code_challenge_methods_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    claims_parameter_supported: bool,
}

#[derive(Default)]
struct Memory {
    known: Option<Known>,
    failed_on: Option<Instant>,
}

/// A provider of identities.
pub struct Provider {
    settings: ProviderSettings,
    http: Http,
    memory: Mutex<Memory>,
}

impl Provider {
    /// This provider. Nothing is asked of it yet: it may be down when the server starts.
    ///
    /// # Errors
    /// A sentence in French when it cannot be spoken to at all.
    pub fn new(settings: ProviderSettings) -> Result<Self, String> {
        let issuer = Url::parse(&settings.issuer).map_err(|_| "fournisseur : ce n'est pas une adresse".to_owned())?;
        let local = matches!(issuer.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let http = Http::new(issuer.scheme() == "http" && local)
            .map_err(|error| format!("fournisseur : les certificats de ce système sont illisibles : {error}"))?;
        Ok(Self { settings, http, memory: Mutex::default() })
    }

    /// Its issuer.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where a browser is sent that came by this address of the service, to which it is sent back, and what is kept meanwhile.
    ///
    /// # Errors
    /// [`Failure::Unavailable`].
    pub async fn depart(&self, service: &str) -> Result<Departure, Failure> {
        let (told, extra) = self.told().await?;
        let (client, redirect) = (self.client(&told), self.redirect(service)?);
        let (state, nonce) = (CsrfToken::new_random_len(32), Nonce::new_random_len(32));
        let (kept_state, kept_nonce) = (state.secret().clone(), nonce.secret().clone());
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
            .set_redirect_uri(Cow::Owned(redirect))
            .add_prompt(CoreAuthPrompt::Login)
            .add_prompt(CoreAuthPrompt::Consent)
            .add_extra_param("acr_values", self.settings.acr.clone());
        for scope in SCOPES {
            request = request.add_scope(Scope::new(scope.to_owned()));
        }
        if extra.claims_parameter_supported {
            // Otherwise some say nothing of the level that they reached.
            request = request.add_extra_param("claims", r#"{"id_token":{"acr":{"essential":true}}}"#);
        }
        let s256 = extra.code_challenge_methods_supported.iter().any(|method| method == "S256");
        let mut verifier = None;
        if s256 {
            let (challenge, secret) = PkceCodeChallenge::new_random_sha256();
            request = request.set_pkce_challenge(challenge);
            verifier = Some(secret.secret().clone());
        }
        let (address, ..) = request.url();
        let journey = Journey { state: kept_state, nonce: kept_nonce, verifier, service: Some(service.to_owned()) };
        Ok(Departure { address: address.into(), journey })
    }

    /// The identity that a browser came back with, at this moment in seconds.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn arrive(&self, journey: Journey, returned: Returned, now: i64) -> Result<Proof, Failure> {
        if returned.state.as_deref() != Some(journey.state.as_str()) {
            return Err(Failure::NotThisJourney);
        }
        let (told, extra) = self.told().await?;
        match &returned.iss {
            Some(issuer) if *issuer != self.settings.issuer => return Err(Failure::NotThisJourney),
            None if extra.authorization_response_iss_parameter_supported => return Err(Failure::NotThisJourney),
            _ => {}
        }
        if let Some(error) = &returned.error {
            // Its words are somebody else's: they are neither shown nor kept.
            return Err(match error.as_str() {
                "temporarily_unavailable" | "server_error" => Failure::Unavailable,
                _ => Failure::GivenUp,
            });
        }
        let code = returned.code.ok_or(Failure::NotThisJourney)?;
        let redirect = self.redirect(journey.service.as_deref().unwrap_or(&self.settings.service))?;
        let answer = self.exchange(&told, (code, redirect), journey.verifier).await?;
        let (told, claims, id_token) = self.identified(told, &answer, Nonce::new(journey.nonce), now).await?;
        let subject = claims.subject().as_str().to_owned();
        let reached = rank(claims.auth_context_ref().map(|acr| acr.as_str()));
        if reached < rank(Some(&self.settings.acr)) {
            tracing::warn!("the identity provider answered with a lower level than was asked");
            return Err(Failure::NotBelieved);
        }
        let substantial = reached >= SUBSTANTIAL;
        let said = self.said(told, answer.access_token().secret(), &subject, now).await?;
        Ok(Proof { subject, said, substantial, id_token })
    }

    /// Where whoever signed out is sent, to end the session there too, and then back to this address of the service; nothing when
    /// the provider has no such place, or does not answer at once.
    pub async fn farewell(&self, id_token: &str, state: &str, service: &str) -> Option<String> {
        let (told, _) = tokio::time::timeout(FAREWELL, self.told()).await.ok()?.ok()?;
        let end = told.additional_metadata().end_session_endpoint.clone()?;
        let back = PostLogoutRedirectUrl::new([service, self.settings.farewell].concat()).ok()?;
        let mut request = LogoutRequest::from(end)
            .set_client_id(ClientId::new(self.settings.client.clone()))
            .set_post_logout_redirect_uri(back)
            .set_state(CsrfToken::new(state.to_owned()));
        // It goes into an address, which browsers and proxies keep.
        if signed::names_nobody(id_token)
            && let Ok(id_token) = id_token.parse::<CoreIdToken>()
        {
            request = request.set_id_token_hint(&id_token);
        }
        Some(request.http_get_url().into())
    }

    fn redirect(&self, service: &str) -> Result<RedirectUrl, Failure> {
        RedirectUrl::new([service, self.settings.back].concat()).map_err(|_| Failure::Unavailable)
    }

    fn client(&self, told: &Told) -> AuthorizedClient {
        let client = CoreClient::from_provider_metadata(
            told.clone(),
            ClientId::new(self.settings.client.clone()),
            Some(ClientSecret::new(self.settings.secret.clone())),
        );
        // As FranceConnect asks: the secret in the body, nothing in a header.
        client.set_auth_type(AuthType::RequestBody)
    }

    async fn exchange(
        &self,
        told: &Told,
        (code, redirect): (String, RedirectUrl),
        verifier: Option<String>,
    ) -> Result<CoreTokenResponse, Failure> {
        let client = self.client(told).set_redirect_uri(redirect);
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|_| Failure::Unavailable)?;
        let request = match verifier {
            Some(verifier) => request.set_pkce_verifier(PkceCodeVerifier::new(verifier)),
            None => request,
        };
        request.request_async(&self.http).await.map_err(|error| match error {
            RequestTokenError::Request(error) => error.into(),
            RequestTokenError::ServerResponse(said) if *said.error() == CoreErrorResponseType::InvalidGrant => {
                Failure::NotThisJourney
            }
            RequestTokenError::ServerResponse(said) => {
                // One of a few words of the standard, such as invalid_client: whoever runs the server must know.
                tracing::warn!(raison = %said.error(), "the identity provider refused the exchange");
                Failure::NotBelieved
            }
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Failure::NotBelieved,
        })
    }

    /// The claims of the ID token, with the keys of now if those that are known do not have its own.
    async fn identified(
        &self,
        told: Arc<Told>,
        answer: &CoreTokenResponse,
        nonce: Nonce,
        now: i64,
    ) -> Result<(Arc<Told>, Claims, String), Failure> {
        let token = answer.id_token().ok_or(Failure::NotBelieved)?;
        let mut told = told;
        for again in [false, true] {
            let client = self.client(&told);
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(now).unwrap_or_default());
            let moment = move || at.into();
            let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(moment);
            match token.claims(&verifier, &nonce) {
                Ok(claims) => {
                    let written = token.to_string();
                    if signed::is_early(&written, now) {
                        tracing::warn!(raison = "not valid yet", "an identity token is not believed");
                        return Err(Failure::NotBelieved);
                    }
                    return Ok((Arc::clone(&told), claims.clone(), written));
                }
                Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey))
                    if !again =>
                {
                    told = self.told_with_new_keys().await?;
                }
                Err(error) => {
                    tracing::warn!(raison = kind(&error), "an identity token is not believed");
                    return Err(Failure::NotBelieved);
                }
            }
        }
        Err(Failure::NotBelieved)
    }

    /// What the provider says of the person, asked at once: the token for it lives a minute.
    async fn said(&self, told: Arc<Told>, access: &str, subject: &str, now: i64) -> Result<SaidIdentity, Failure> {
        let endpoint = told.userinfo_endpoint().ok_or(Failure::NotBelieved)?;
        let request = openidconnect::http::Request::get(endpoint.as_str())
            .header(ACCEPT, "application/jwt")
            .header(AUTHORIZATION, ["Bearer ", access].concat())
            .body(Vec::new())
            .map_err(|_| Failure::NotBelieved)?;
        let answer = self.http.ask(request).await?;
        let body = String::from_utf8(answer.into_body()).map_err(|_| Failure::NotBelieved)?;
        let expected = Expected { issuer: &self.settings.issuer, client: &self.settings.client, subject, now };
        let read = match signed::read(&body, told.jwks().keys(), &expected) {
            Err(Unbelievable::UnknownKey) => {
                let told = self.told_with_new_keys().await?;
                signed::read(&body, told.jwks().keys(), &expected)
            }
            read => read,
        };
        read.map_err(|error| {
            tracing::warn!(raison = %error, "an identity is not believed");
            Failure::NotBelieved
        })
    }

    /// What the provider says of itself: as it was read not long ago, or read now.
    async fn told(&self) -> Result<(Arc<Told>, Arc<Extra>), Failure> {
        let mut memory = self.memory.lock().await;
        if let Some(known) = memory.known.as_ref().filter(|known| known.asked_on.elapsed() < KEPT) {
            return Ok((Arc::clone(&known.told), Arc::clone(&known.extra)));
        }
        if memory.failed_on.is_some_and(|failed| failed.elapsed() < LEFT_ALONE) {
            return Err(Failure::Unavailable);
        }
        match self.discover().await {
            Ok((told, extra)) => {
                let (told, extra) = (Arc::new(told), Arc::new(extra));
                let now = Instant::now();
                let known = Known { told: Arc::clone(&told), extra: Arc::clone(&extra), asked_on: now, keys_on: now };
                *memory = Memory { known: Some(known), failed_on: None };
                Ok((told, extra))
            }
            Err(failure) => {
                memory.failed_on = Some(Instant::now());
                Err(failure)
            }
        }
    }

    async fn discover(&self) -> Result<(Told, Extra), Failure> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(|_| Failure::Unavailable)?;
        // What the library reads, and what it does not: one document, asked once.
        let http = Listening { http: &self.http, to: "/.well-known/openid-configuration", heard: Held::default() };
        let told: Result<Told, DiscoveryError<Unanswered>> = Told::discover_async(issuer, &http).await;
        match told {
            Ok(told) => {
                let heard = http.heard.into_inner().unwrap_or_else(PoisonError::into_inner);
                Ok((told, serde_json::from_slice(&heard).unwrap_or_default()))
            }
            Err(DiscoveryError::Request(error)) => Err(error.into()),
            Err(error) => {
                let why = match error {
                    DiscoveryError::Validation(_) => "it names another issuer than the setting",
                    DiscoveryError::Response(..) => "it answers with an error",
                    _ => "its description cannot be read",
                };
                tracing::warn!(raison = why, "the identity provider cannot be used");
                Err(Failure::Unavailable)
            }
        }
    }

    /// The same with the keys of now; those that are known when they were asked for a moment ago.
    async fn told_with_new_keys(&self) -> Result<Arc<Told>, Failure> {
        let mut memory = self.memory.lock().await;
        let Some(known) = &mut memory.known else { return Err(Failure::Unavailable) };
        // The first time at once: keys change when they change.
        let first = known.keys_on == known.asked_on;
        if first || known.keys_on.elapsed() >= KEYS_PACE {
            known.keys_on = Instant::now();
            let keys: JsonWebKeySet<CoreJsonWebKey> = JsonWebKeySet::fetch_async(known.told.jwks_uri(), &self.http)
                .await
                .map_err(|_| Failure::Unavailable)?;
            known.told = Arc::new(Told::clone(&known.told).set_jwks(keys));
        }
        Ok(Arc::clone(&known.told))
    }
}

/// How a provider may sign. Neither « none » nor a secret that both sides share.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 2] =
    [CoreJwsSigningAlgorithm::EcdsaP256Sha256, CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256];

/// What is wrong with a token, without a word of it.
fn kind(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "over",
        ClaimsVerificationError::InvalidAudience(_) => "for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "of another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "of another journey",
        ClaimsVerificationError::SignatureVerification(_) => "its signature",
        _ => "its contents",
    }
}

/// How high a level is. One that a provider does not tell, or tells in words of its own, is the lowest.
fn rank(acr: Option<&str>) -> usize {
    LEVELS.iter().position(|level| acr == Some(level)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_left_before_its_address_was_kept_comes_back_to_the_first() {
        let journey: Journey = serde_json::from_str(r#"{"state":"s","nonce":"n","verifier":null}"#).expect("a journey");
        assert!(journey.service.is_none());
    }

    #[test]
    fn a_level_that_is_not_told_is_the_lowest_and_no_other_word_is_worth_more() {
        assert_eq!([Some("eidas1"), Some("eidas2"), Some("eidas3")].map(rank), [0, 1, 2]);
        assert_eq!([None, Some("1"), Some(""), Some("eidas4")].map(rank), [0; 4]);
    }
}
