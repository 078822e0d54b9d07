//! The mailbox of a machine that sends nothing: shown to that machine alone, and only when letters stay there.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, FORWARDED, HOST, VIA};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Response};
use axum::response::IntoResponse;

use super::page;
use crate::error::HandlerResult;
use crate::state::AppState;

/// Where it is.
pub(super) const PATH: &str = "/boite";

/// The page, and the letters in its frames, bring their own style and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The letters that stayed, the last first; to whoever is not of this machine, nothing is here.
pub(super) async fn show(State(state): State<AppState>, request: Request) -> HandlerResult<Response<Body>> {
    if !state.settings.shows_mailbox() || !is_from_here(request.headers()) {
        return Ok(page::serve(State(state), request).await);
    }
    let page = mail::mailbox_page(&state.store, &state.vault).await?;
    let headers =
        [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store"), (CONTENT_SECURITY_POLICY, POLICY)];
    Ok((headers, page).into_response())
}

/// Whether a browser of this machine asks, under a name of this machine, and through no proxy: one that somebody put
/// before this server without saying so would show the letters of everybody to everybody.
fn is_from_here(headers: &HeaderMap) -> bool {
    let relayed =
        headers.contains_key(FORWARDED) || headers.contains_key(VIA) || headers.contains_key("x-forwarded-for");
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).and_then(|host| host.parse::<Authority>().ok());
    let local = host.is_some_and(|host| matches!(host.host(), "localhost" | "127.0.0.1" | "[::1]"));
    local && !relayed
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn asked(headers: &[(&'static str, &'static str)]) -> bool {
        let headers =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_from_here(&headers.collect())
    }

    #[test]
    fn letters_are_shown_under_a_name_of_this_machine_and_through_no_proxy() {
        for host in ["localhost:8087", "127.0.0.1:8087", "[::1]:8087", "localhost"] {
            assert!(asked(&[("host", host)]), "{host}");
        }
        assert!(!asked(&[]), "a client that does not say whom it asks");
        assert!(!asked(&[("host", "acquis.example")]), "a name that somebody made lead here");
        assert!(!asked(&[("host", "localhost.example:8087")]));
        for relay in ["x-forwarded-for", "forwarded", "via"] {
            assert!(!asked(&[("host", "localhost:8087"), (relay, "192.0.2.1")]), "{relay}");
        }
    }
}
