//! Answers that are kept as they were written. Knows nothing of what they say.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::error::{AppError, HandlerResult};

/// A value as JSON, ready to be kept and given back.
pub(in crate::routes) fn to_json(value: &impl serde::Serialize) -> HandlerResult<bytes::Bytes> {
    serde_json::to_vec(value).map(Into::into).map_err(|_| AppError::Internal("an answer that cannot be written"))
}

/// Bytes that are JSON already.
pub(in crate::routes) fn json(bytes: bytes::Bytes) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response()
}
