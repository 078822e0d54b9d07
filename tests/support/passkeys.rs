//! A device that holds passkeys, plugged into the browser: Chromium's virtual authenticator, by WebDriver.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::Page;
use crate::server::Server;

/// A virtual authenticator of this page's browser.
#[derive(Debug)]
pub struct Device<'p> {
    page: &'p Page,
    id: String,
}

impl Browser {
    /// Opens `/` of this server by the name of the machine: browsers take passkeys at a name, and not at 127.0.0.1.
    pub fn page_of_localhost(self, server: &Server) -> Page {
        Page::open(self, server.url("").replace("127.0.0.1", "localhost"))
    }
}

impl Page {
    /// Plugs a device in, whose holder it recognizes.
    pub fn device(&self) -> Device<'_> {
        let kind = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "isUserConsenting": true,
        });
        let id = self.perform("plug a device in", || self.session().post("webauthn/authenticator", kind.clone()));
        Device { page: self, id: id.as_str().expect("an identifier").to_owned() }
    }
}

impl Device<'_> {
    /// Whether its holder is recognized from now on.
    pub fn recognizes(&self, yes: bool) {
        let path = format!("webauthn/authenticator/{}/uv", self.id);
        let asked = json!({ "isUserVerified": yes });
        self.page.perform("change who holds the device", || self.page.session().post(&path, asked.clone()));
    }

    /// What it holds.
    pub fn keys(&self) -> Vec<Value> {
        let path = format!("webauthn/authenticator/{}/credentials", self.id);
        let held = self.page.perform("look into the device", || self.page.session().get(&path));
        held.as_array().cloned().unwrap_or_default()
    }

    /// Puts what another held into it.
    pub fn take(&self, key: &Value) {
        let path = format!("webauthn/authenticator/{}/credential", self.id);
        self.page.perform("copy a passkey", || self.page.session().post(&path, key.clone()));
    }

    /// Takes it away.
    pub fn unplug(self) {
        let path = format!("webauthn/authenticator/{}", self.id);
        self.page.perform("unplug the device", || self.page.session().delete(&path));
    }
}
