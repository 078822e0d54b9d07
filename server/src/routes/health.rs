//! Whether the process answers, whether it can serve, and whom to tell about a weakness.

use api::routes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::clock::to_ms;
use crate::error::HandlerResult;
use crate::state::AppState;

/// The process answers.
#[utoipa::path(get, path = routes::HEALTH_LIVE, tag = "santé", responses((status = 200, description = "Le processus répond")))]
pub(super) async fn live() -> &'static str {
    "vif\n"
}

/// The process can serve: its database answers.
#[utoipa::path(
    get, path = routes::HEALTH_READY, tag = "santé",
    responses((status = 200, description = "Prêt"), (status = 503, description = "La base ne répond pas", body = api::probleme::Probleme))
)]
pub(super) async fn ready(State(state): State<AppState>) -> HandlerResult<&'static str> {
    state.store.answers().await?;
    Ok("prêt\n")
}

/// `security.txt` (RFC 9116), when the settings name a contact.
pub(super) async fn security(State(state): State<AppState>) -> Response {
    let Some(contact) = &state.settings.security_contact else {
        return crate::error::AppError::from(api::probleme::Code::NotFound).into_response();
    };
    let in_six_months = state.clock.now() + to_ms(std::time::Duration::from_secs(180 * 86_400));
    let expire = state.clock.in_words(in_six_months);
    let text = format!("Contact: {contact}\nExpires: {}T00:00:00Z\nPreferred-Languages: fr, en\n", &expire[..10]);
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
