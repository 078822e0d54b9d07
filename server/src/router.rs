//! The whole application as one service: the table of routes behind its layers. Holds no path.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;

use crate::state::AppState;
use crate::{middleware, routes};

/// The whole application.
pub fn router(state: AppState) -> Router {
    router_with(state, Router::new())
}

/// The whole application and other routes behind the same layers: what a bench compares with.
pub fn router_with(state: AppState, others: Router<AppState>) -> Router {
    routes::table()
        .merge(others)
        .layer(from_fn_with_state(state.clone(), middleware::check_origin))
        .layer(from_fn(middleware::drain_body))
        .layer(CatchPanicLayer::custom(middleware::after_panic))
        .layer(from_fn_with_state(state.clone(), middleware::security_headers))
        .layer(from_fn(middleware::tell))
        .with_state(state)
}
