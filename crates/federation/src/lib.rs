//! Knows OpenID Connect: sends a browser to an identity provider, and proves what comes back. Not a route, not SQL, not an
//! account: who is told becomes what is the business of others. docs/decisions/0038-an-identity-from-elsewhere.md.

mod http;
mod provider;
mod signed;

pub use provider::{Departure, Failure, Journey, Proof, Provider, ProviderSettings, Returned};
