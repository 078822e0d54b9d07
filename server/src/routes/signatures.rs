//! What checks the signatures of this service: its public keys, those of retired keys as well.

use api::probleme::Code;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::error::{AppError, HandlerResult};
use crate::state::AppState;

/// How `openssl` names a public key.
const PEM: &str = "application/x-pem-file";

/// The keys, the newest first: a JSON Web Key Set (RFC 7517, RFC 8037).
pub(super) async fn list(State(state): State<AppState>) -> HandlerResult<Json<Value>> {
    let keys = state.store.public_keys(&state.vault).await?;
    let keys = keys.iter().map(|key| {
        json!({
            "kty": "OKP",
            "crv": "Ed25519",
            "alg": "Ed25519",
            "use": "sig",
            "kid": key.id(),
            "x": key.to_text(),
        })
    });
    Ok(Json(json!({ "keys": keys.collect::<Vec<_>>() })))
}

/// One of them, by its name followed by `.pem`.
pub(super) async fn show(State(state): State<AppState>, Path(name): Path<String>) -> HandlerResult<Response> {
    let keys = state.store.public_keys(&state.vault).await?;
    let wanted = name.strip_suffix(".pem").unwrap_or_default();
    let key = keys.into_iter().find(|key| key.id() == wanted).ok_or_else(|| AppError::from(Code::NotFound))?;
    Ok(([(CONTENT_TYPE, PEM)], key.to_pem()).into_response())
}
