//! The server of Acquis: keeps the data and serves the page. Decides nothing about rights.
//!
//! [`router`] is the whole application, callable from a test.

pub mod assets;
pub mod clock;
pub mod commandes;
pub mod config;
pub mod ecoute;
pub mod entretien;
pub mod error;
pub mod extract;
mod gardes;
mod routes;
pub mod state;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;

pub use routes::Description;
pub use state::{AppState, Parts};

/// The whole application.
pub fn router(etat: AppState) -> Router {
    router_avec(etat, Router::new())
}

/// The whole application and other routes behind the same layers: what a bench compares with.
pub fn router_avec(etat: AppState, autres: Router<AppState>) -> Router {
    routes::table()
        .merge(autres)
        .layer(from_fn_with_state(etat.clone(), gardes::verifier_origine))
        .layer(from_fn(gardes::vider_le_corps))
        .layer(CatchPanicLayer::custom(gardes::apres_panique))
        .layer(from_fn_with_state(etat.clone(), gardes::entetes_de_securite))
        .layer(from_fn(gardes::raconter))
        .with_state(etat)
}
