//! A Chromium of one's own: a fresh profile, no network habits of its own, gone with its value.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::free_port;
use crate::page::Page;
use crate::server::Server;
use crate::wait::until;
use crate::webdriver::{self, Session};

/// What a headless browser needs to be quiet, and to run as root in a container.
const OPTIONS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
];

/// The name of the machine for who comes [`of_the_network`](Browser::of_the_network).
pub(crate) const NAME: &str = "acquis.test";

/// A browser and its driver.
#[derive(Debug)]
pub struct Browser {
    pub(crate) session: Session,
    // After the session, in this order: the driver, then the profile that the browser wrote in.
    driver: Driver,
    profile: TempDir,
}

impl Browser {
    /// Opens a browser that nobody has used.
    pub fn open() -> Self {
        Self::with(false, &json!({}), &[])
    }

    /// The same, with windows: where a tab that is not looked at must know it, or the place of a scroll bar counts to the pixel.
    pub fn whole() -> Self {
        Self::with(true, &json!({}), &[])
    }

    /// The same, who finds the machine by [`NAME`] too: by http, that is a place of the network like another, which a
    /// browser trusts less than the machine itself.
    pub fn of_the_network() -> Self {
        Self::with(false, &json!({}), &[&format!("--host-resolver-rules=MAP {NAME} 127.0.0.1")])
    }

    /// The same, whose person refuses all cookies.
    pub fn refusing_cookies() -> Self {
        Self::with(true, &json!({ "profile.default_content_setting_values.cookies": 2 }), &[])
    }

    fn with(whole: bool, preferences: &Value, more: &[&str]) -> Self {
        let profile = tempfile::tempdir().expect("the temporary folder can be written");
        let driver = Driver::start();
        let mut options: Vec<String> = OPTIONS.iter().chain(more).map(|option| (*option).to_owned()).collect();
        options.push(format!("--user-data-dir={}", profile.path().display()));
        // What is downloaded goes with the profile, and not in the folder of whoever runs the tests.
        let mut preferences = preferences.clone();
        preferences["download.default_directory"] = json!(profile.path());
        let mut chromium = json!({ "args": options, "prefs": preferences });
        // The one that has no window at all is ready four times sooner, and knows no preferences.
        let bare = std::env::var_os("CHROMIUM_HEADLESS_SHELL").filter(|_| !whole);
        // The driver starts that one by its own name alone.
        let name = if bare.is_some() { "chrome-headless-shell" } else { "chrome" };
        if let Some(program) = bare.or_else(|| std::env::var_os("CHROMIUM")) {
            chromium["binary"] = json!(program.to_string_lossy());
        }
        let capabilities = json!({
            "browserName": name,
            "goog:chromeOptions": chromium,
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": 60_000, "pageLoad": 60_000 },
            "unhandledPromptBehavior": "ignore",
        });
        let session = Session::open(driver.port, capabilities).expect("chromedriver opens a browser");
        Self { session, driver, profile }
    }

    /// Opens `/` of this server, alive.
    pub fn page(self, server: &Server) -> Page {
        Page::open(self, server.url(""))
    }

    /// The same, by its address of the network.
    pub fn page_by_name(self, server: &Server) -> Page {
        Page::open(self, server.url_by_name())
    }

    /// The folder of its profile.
    pub fn profile(&self) -> &std::path::Path {
        self.profile.path()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that is gone already has nothing to close; its driver ends in any case.
        if let Err(refusal) = self.session.close()
            && !std::thread::panicking()
        {
            panic!("the browser of chromedriver {} does not close: {refusal}", self.driver.port);
        }
    }
}

#[derive(Debug)]
struct Driver {
    port: u16,
    process: Child,
}

impl Driver {
    fn start() -> Self {
        let program = std::env::var_os("CHROMEDRIVER").map_or_else(|| PathBuf::from("chromedriver"), PathBuf::from);
        let port = free_port();
        let mut command = Command::new(program);
        command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().expect("chromedriver starts: `cargo xtask test journeys` says how to get it");
        let driver = Self { port, process };
        until(|| webdriver::is_ready(port)).expect("chromedriver answers");
        driver
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.process.kill().expect("our own child can be ended");
        self.process.wait().expect("an ended child can be waited for");
    }
}
