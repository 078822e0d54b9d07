//! A Chromium of one's own: a fresh profile, no network habits of its own, gone with its value.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use crate::attente::jusqu_a;
use crate::page::Page;
use crate::port_libre;
use crate::serveur::Serveur;
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

/// A browser and its driver.
#[derive(Debug)]
pub struct Navigateur {
    pub(crate) session: Session,
    // After the session, in this order: the driver, then the profile that the browser wrote in.
    pilote: Pilote,
    profil: TempDir,
}

impl Navigateur {
    /// Opens a browser that nobody has used.
    pub fn ouvrir() -> Self {
        let profil = tempfile::tempdir().expect("the temporary folder can be written");
        let pilote = Pilote::demarrer();
        let mut options: Vec<String> = OPTIONS.iter().map(|option| (*option).to_owned()).collect();
        options.push(format!("--user-data-dir={}", profil.path().display()));
        let mut chromium = json!({ "args": options });
        if let Some(programme) = std::env::var_os("CHROMIUM") {
            chromium["binary"] = json!(programme.to_string_lossy());
        }
        let capacites = json!({
            "browserName": "chrome",
            "goog:chromeOptions": chromium,
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": 60_000, "pageLoad": 60_000 },
            "unhandledPromptBehavior": "ignore",
        });
        let session = Session::ouvrir(pilote.port, capacites).expect("chromedriver opens a browser");
        Self { session, pilote, profil }
    }

    /// Opens `/` of this server, alive.
    pub fn page(self, serveur: &Serveur) -> Page {
        Page::ouvrir(self, serveur.adresse(""))
    }

    /// The folder of its profile.
    pub fn profil(&self) -> &std::path::Path {
        self.profil.path()
    }
}

impl Drop for Navigateur {
    fn drop(&mut self) {
        // A browser that is gone already has nothing to close; its driver ends in any case.
        if let Err(refus) = self.session.fermer()
            && !std::thread::panicking()
        {
            panic!("the browser of chromedriver {} does not close: {refus}", self.pilote.port);
        }
    }
}

#[derive(Debug)]
struct Pilote {
    port: u16,
    processus: Child,
}

impl Pilote {
    fn demarrer() -> Self {
        let programme = std::env::var_os("CHROMEDRIVER").map_or_else(|| PathBuf::from("chromedriver"), PathBuf::from);
        let port = port_libre();
        let mut commande = Command::new(programme);
        commande.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let processus = commande.spawn().expect("chromedriver starts: `cargo xtask test journeys` says how to get it");
        let pilote = Self { port, processus };
        jusqu_a(|| webdriver::est_pret(port)).expect("chromedriver answers");
        pilote
    }
}

impl Drop for Pilote {
    fn drop(&mut self) {
        self.processus.kill().expect("our own child can be ended");
        self.processus.wait().expect("an ended child can be waited for");
    }
}
