//! Connecting whoever proved who they are: a session and its cookie. Proves nothing itself.

use api::accounts::{SessionView, TitulaireView};
use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use store::NewSession;
use vault::{token, token_digest};

use crate::clock::to_ms;
use crate::error::HandlerResult;
use crate::extract::{Browser, cookie};
use crate::state::AppState;

/// Opens a session on this account and answers with its cookie.
pub(in crate::routes) async fn sign_in(
    state: &AppState,
    browser: &Browser,
    account: &str,
    titulaire: TitulaireView,
) -> HandlerResult<Response> {
    let (token, now) = (token(), state.clock.now());
    let new = NewSession {
        digest: &token_digest(&token),
        account,
        expires_on: now + to_ms(state.settings.session_longest),
        device: browser.device,
    };
    state.store.open_session(&new, browser.former.as_deref(), now).await?;
    let rest = state.settings.session_idle.min(state.settings.session_longest).as_secs();
    let account = Some(state.account_seen(account));
    let view = SessionView { titulaire: Some(titulaire), account, expires_in: Some(rest.to_string()) };
    Ok(([(header::SET_COOKIE, cookie(state, Some(&token)))], Json(view)).into_response())
}
