//! Support for the journeys: a real server, a real browser, and verbs that find things as a person does.
//!
//! Imports no room of the project: what it knows is an address and a screen. The only selectors are in [`page`].

pub mod attente;
pub mod circonstances;
pub mod navigateur;
pub mod page;
pub mod personnes;
pub mod serveur;
mod webdriver;

pub use navigateur::Navigateur;
pub use page::{Chose, Page, Touche};
pub use personnes::Personne;
pub use serveur::Serveur;

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

/// The top of the workspace.
pub fn racine() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A port of the loopback that nobody holds at this moment.
pub fn port_libre() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback has a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}
