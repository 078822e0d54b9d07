//! HTTP alone: what is asked is decoded, one well-named function is called, what it says is answered. No SQL, no file
//! format, no decision.
//!
//! [`start`] makes the state of the application from what a program or a test brings, [`router`] puts the whole
//! application over it, [`serve`] gives it a socket and its hourly clean-up. This crate also keeps the one clock.

mod anchors;
mod balances;
mod cleanup;
mod clock;
mod compression;
mod error;
mod extract;
mod forwarding;
mod gates;
mod listener;
mod middleware;
mod page;
mod places;
mod retention;
mod router;
mod routes;
mod settings;
mod start;
mod state;
mod tls;
mod trail;

pub use cleanup::{chain, clean, forward};
pub use clock::Clock;
pub use forwarding::NotForwarded;
pub use listener::Patience;
pub use places::Places;
pub use router::{router, router_with};
pub use routes::Description;
pub use settings::{Collector, IdentityProvider, Picture, Settings, is_of_this_machine};
pub use start::{Options, serve, start};
pub use state::AppState;
pub use tls::TlsFiles;
