//! The identity provider of tests/provider, run by Node: a real one, on this machine, whose people do not exist. A person goes there by
//! the screen of Acquis and chooses who they are.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use crate::page::Page;
use crate::server::Server;
use crate::{free_port, root};

/// How the screens name it.
pub const LABEL: &str = "Identité d’essai";
/// The least Node that it takes.
const NODE: u32 = 20;

/// A running identity provider, ended with its value.
#[derive(Debug)]
pub struct Provider {
    process: Child,
    port: u16,
}

impl Provider {
    /// Starts one for this server, which knows it from now on; nothing where Node or its packages are missing, which is said.
    ///
    /// # Panics
    /// When they are missing on the integration server.
    pub fn of(server: &mut Server) -> Option<Self> {
        if !has_node() || !root().join("node_modules/oidc-provider").exists() {
            assert!(std::env::var_os("CI").is_none(), "Node {NODE} and the packages of package.json are needed here");
            let _ = writeln!(
                std::io::stderr(),
                "identity provider: SKIPPED, Node {NODE} or its packages are missing (`cargo xtask test journeys` installs them)"
            );
            return None;
        }
        let port = free_port();
        let service = server.url("").replace("127.0.0.1", "localhost");
        let mut node = Command::new("node");
        node.arg(root().join("tests/provider/provider.mjs")).args([&port.to_string(), &service]);
        let mut process = node.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("node starts");
        let mut lines = BufReader::new(process.stdout.take().expect("what it says")).lines();
        let ready = lines.find_map(|line| line.ok().filter(|line| line.starts_with("ready ")));
        assert!(ready.is_some(), "the provider did not start");
        server.set("ACQUIS_FOURNISSEUR", &format!("http://127.0.0.1:{port}/api/v2"));
        server.set("ACQUIS_FOURNISSEUR_IDENTIFIANT", "acquis");
        server.set("ACQUIS_FOURNISSEUR_SECRET", "un-secret-d-essai-que-tout-le-monde-connait");
        server.set("ACQUIS_FOURNISSEUR_NOM", LABEL);
        server.restart();
        Some(Self { process, port })
    }

    /// Ends it: nobody answers there any more.
    pub fn stop(&mut self) {
        // It may have ended by itself.
        if self.process.kill().is_ok() {
            let _ended = self.process.wait();
        }
    }

    /// On its screen: chooses who one is, or gives up.
    pub fn choose(&self, page: &Page, who: &str) {
        let there = format!("http://127.0.0.1:{}/", self.port);
        page.wait_for("the screen of the provider", || {
            let here = page.path();
            if here.starts_with(&there) { Ok(()) } else { Err(format!("the address is {here}")) }
        });
        page.link(who).click();
    }

    /// On its screen: signs out there too.
    pub fn sign_out(&self, page: &Page) {
        page.button("Oui").click();
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.stop();
    }
}

fn has_node() -> bool {
    let version = Command::new("node").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let version = String::from_utf8_lossy(&version);
    let major = version.trim().trim_start_matches('v').split('.').next();
    major.and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= NODE)
}
