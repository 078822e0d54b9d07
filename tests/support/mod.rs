//! Support for the journeys: a real server, a real browser, and verbs that find things as a person does.
//!
//! Imports no room of the project: what it knows is an address and a screen. One exception: the table of screens of
//! `api`, which is data that travels; without it « every screen » would be a second list, and forget one. The only
//! selectors are in [`page`] and `find.js`.

pub mod browser;
pub mod conditions;
pub mod inspection;
pub mod mailbox;
pub mod page;
pub mod passkeys;
pub mod personas;
pub mod screens;
pub mod server;
pub mod thing;
pub mod wait;
mod webdriver;

pub use browser::Browser;
pub use mailbox::Letter;
pub use page::{Key, Page};
pub use personas::Persona;
pub use server::Server;
pub use thing::Thing;

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

/// The top of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A port of the loopback that nobody holds at this moment.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback has a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}
