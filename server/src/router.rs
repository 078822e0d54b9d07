//! The whole application as one service: the table of routes behind its layers. Holds no path.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_request};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use crate::middleware::{RequestIds, X_REQUEST_ID};
use crate::state::AppState;
use crate::{middleware, routes, trail};

/// The whole application.
pub fn router(state: AppState) -> Router {
    router_with(state, Router::new())
}

/// The whole application and other routes behind the same layers: what a bench compares with.
pub fn router_with(state: AppState, others: Router<AppState>) -> Router {
    routes::table()
        .merge(others)
        .layer(from_fn_with_state(state.clone(), middleware::check_origin))
        .layer(from_fn_with_state(state.clone(), trail::keep))
        .layer(from_fn(middleware::drain_body))
        .layer(map_request(middleware::pace_body))
        .layer(CatchPanicLayer::custom(middleware::after_panic))
        .layer(from_fn_with_state(state.clone(), middleware::security_headers))
        .layer(
            // From the outside in. Failures are logged where they happen, so the trace only says how each request ended.
            ServiceBuilder::new()
                .map_request(middleware::forget_request_id)
                .layer(SetRequestIdLayer::new(X_REQUEST_ID, RequestIds))
                .layer(PropagateRequestIdLayer::new(X_REQUEST_ID))
                .layer(
                    TraceLayer::new_for_http()
                        .make_span_with(middleware::request_span)
                        .on_request(())
                        .on_response(middleware::log_response)
                        .on_body_chunk(())
                        .on_eos(())
                        .on_failure(()),
                ),
        )
        .with_state(state)
}
