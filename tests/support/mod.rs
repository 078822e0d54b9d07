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
pub mod provider;
pub mod screens;
pub mod server;
pub mod thing;
pub mod wait;
mod webdriver;

pub use browser::Browser;
pub use mailbox::Letter;
pub use page::{Key, Page};
pub use personas::Persona;
pub use provider::Provider;
pub use server::Server;
pub use thing::Thing;

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// The top of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What an application shows that was given this secret, as it is typed: now, or so many half minutes later, which a server takes as a
/// clock that is early.
#[expect(clippy::disallowed_methods, reason = "the application of a holder has a clock of its own")]
pub fn shown_by_application(secret: &str, later: u64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).expect("a secret");
    let application = totp_rs::Builder::new().with_secret(secret).build().expect("an application");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs();
    application.generate(now + 30 * later).to_string()
}

/// A port of the loopback that nobody holds at this moment.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback has a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}
