//! An identity that travels signed (a JWT of the userinfo endpoint): whose it is, for whom, and what it says.
//!
//! Read here and not by `openidconnect`, which admits RS256 alone for it, without a way to say otherwise, while the
//! providers meant here sign with ES256. The signature itself is its.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domaine::identite::pivot::SaidIdentity;
use openidconnect::JsonWebKey;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// How far the clock of a provider may be ahead of ours, in seconds: what it signs as of now is valid now.
const AHEAD: i64 = 30;

/// Why an identity is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unbelievable {
    /// Not a signed token, or signed as nobody should.
    #[error("not a signed identity")]
    Shape,
    /// Signed with a key that the provider does not publish.
    #[error("an unknown key")]
    UnknownKey,
    /// The signature is not that of what is said.
    #[error("a wrong signature")]
    Signature,
    /// Said by another provider, of another person, or for somebody else.
    #[error("said by, of or for somebody else")]
    Other,
    /// It is over, or begins later.
    #[error("not of this moment")]
    Time,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: OneOrMore,
    sub: String,
    exp: Option<i64>,
    nbf: Option<i64>,
    #[serde(flatten)]
    said: SaidIdentity,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn is(&self, expected: &str) -> bool {
        match self {
            Self::One(one) => one == expected,
            Self::More(more) => more.as_slice() == [expected],
        }
    }
}

/// By whom, for whom, of whom and when an identity must be said.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client: &'a str,
    pub(crate) subject: &'a str,
    /// Seconds.
    pub(crate) now: i64,
}

fn decoded<T: DeserializeOwned>(part: &str) -> Result<T, Unbelievable> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| Unbelievable::Shape)?;
    serde_json::from_slice(&bytes).map_err(|_| Unbelievable::Shape)
}

/// What an identity token may say that names nobody (OpenID Connect Core, 2 and 3; RFC 7519, 4.1), and the most it may weigh in an
/// address.
const OF_THE_PROTOCOL: [&str; 17] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "nbf",
    "jti",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "at_hash",
    "c_hash",
    "s_hash",
    "sid",
    "typ",
];
const IN_AN_ADDRESS: usize = 4_096;

/// Whether an identity token says nothing of its holder but by what the provider knows them: it may stand in an address.
pub(crate) fn names_nobody(token: &str) -> bool {
    let claims = token.split('.').nth(1).and_then(|claims| decoded::<serde_json::Map<_, _>>(claims).ok());
    let of_the_protocol = |claims: serde_json::Map<String, serde_json::Value>| {
        claims.keys().all(|claim| OF_THE_PROTOCOL.contains(&claim.as_str()))
    };
    token.len() <= IN_AN_ADDRESS && claims.is_some_and(of_the_protocol)
}

fn begins_later(start: Option<i64>, now: i64) -> bool {
    start.is_some_and(|start| start > now.saturating_add(AHEAD))
}

/// Whether an ID token, whose signature was checked, is not valid yet (`nbf`, which the library does not read), or says from when
/// it is in words that are no number of seconds.
pub(crate) fn is_early(token: &str, now: i64) -> bool {
    #[derive(Deserialize)]
    struct Start {
        nbf: Option<i64>,
    }
    let start = token.split('.').nth(1).and_then(|claims| decoded::<Start>(claims).ok());
    start.is_none_or(|start| begins_later(start.nbf, now))
}

/// What a signed identity says.
///
/// # Errors
/// [`Unbelievable`].
pub(crate) fn read(
    token: &str,
    keys: &[CoreJsonWebKey],
    expected: &Expected<'_>,
) -> Result<SaidIdentity, Unbelievable> {
    let token = token.trim();
    let (message, signature) = token.rsplit_once('.').ok_or(Unbelievable::Shape)?;
    let (head, claims) = message.split_once('.').ok_or(Unbelievable::Shape)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Unbelievable::Shape)?;
    let head: Head = decoded(head)?;
    // These two and no other: neither « none » nor a secret that both sides share proves who speaks.
    let algorithm = match head.alg.as_str() {
        "ES256" => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        "RS256" => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        _ => return Err(Unbelievable::Shape),
    };
    if head.crit.is_some() {
        return Err(Unbelievable::Shape);
    }
    let named = |key: &&CoreJsonWebKey| match (&head.kid, key.key_id()) {
        (Some(kid), Some(id)) => kid == id.as_str(),
        _ => head.kid.is_none(),
    };
    let mut candidates = keys.iter().filter(named).peekable();
    if candidates.peek().is_none() {
        return Err(Unbelievable::UnknownKey);
    }
    if !candidates.any(|key| key.verify_signature(&algorithm, message.as_bytes(), &signature).is_ok()) {
        return Err(Unbelievable::Signature);
    }
    let claims: Claims = decoded(claims)?;
    if claims.iss != expected.issuer || !claims.aud.is(expected.client) || claims.sub != expected.subject {
        return Err(Unbelievable::Other);
    }
    if claims.exp.is_some_and(|end| end <= expected.now) || begins_later(claims.nbf, expected.now) {
        return Err(Unbelievable::Time);
    }
    Ok(claims.said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        ["e30.", &URL_SAFE_NO_PAD.encode(claims), ".c2lnbmF0dXJl"].concat()
    }

    #[test]
    fn a_token_is_early_until_its_start_but_for_a_clock_that_is_a_little_ahead() {
        let starts = |at: &str| token(&format!(r#"{{"sub":"x","nbf":{at}}}"#));
        assert!(!is_early(&starts("1000"), 1_000) && !is_early(&starts("1000"), 970) && !is_early(&starts("0"), 1_000));
        assert!(is_early(&starts("1000"), 969) && is_early(&starts("9223372036854775807"), 1_000));
        assert!(!is_early(&token(r#"{"sub":"x"}"#), 0), "most say nothing of it");
        assert!(is_early(&starts("\"demain\""), 1_000) && is_early(&starts("1e3"), 1_000) && is_early("a.b.c", 1_000));
    }

    #[test]
    fn a_token_stands_in_an_address_only_where_it_names_nobody() {
        assert!(names_nobody(&token(r#"{"iss":"https://a","sub":"x","aud":"acquis","exp":1,"acr":"eidas1"}"#)));
        assert!(!names_nobody(&token(r#"{"sub":"x","family_name":"Nouvel"}"#)));
        assert!(!names_nobody(&token(&format!(r#"{{"sub":"{}"}}"#, "x".repeat(4_096)))));
        assert!(!names_nobody("") && !names_nobody("a.b.c"));
    }
}
