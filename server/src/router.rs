//! The whole application as one service: the table of routes behind its layers. Holds no path.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;

use crate::state::AppState;
use crate::{middleware, routes};

/// The whole application.
pub fn router(etat: AppState) -> Router {
    router_with(etat, Router::new())
}

/// The whole application and other routes behind the same layers: what a bench compares with.
pub fn router_with(etat: AppState, autres: Router<AppState>) -> Router {
    routes::table()
        .merge(autres)
        .layer(from_fn_with_state(etat.clone(), middleware::verifier_origine))
        .layer(from_fn(middleware::vider_le_corps))
        .layer(CatchPanicLayer::custom(middleware::apres_panique))
        .layer(from_fn_with_state(etat.clone(), middleware::entetes_de_securite))
        .layer(from_fn(middleware::raconter))
        .with_state(etat)
}
