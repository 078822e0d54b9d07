//! A real identity provider for a test, certified and run by Node (tests/provider), and a browser that goes there. Where Node or the
//! provider is not installed, says so and gives none; on the integration server that is a failure.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What the provider knows Acquis by.
pub const CLIENT: &str = "acquis";
/// What Acquis shows it.
pub const SECRET: &str = "un-secret-d-essai-que-tout-le-monde-connait";

/// An identity provider that runs.
pub struct Identities {
    child: Child,
    port: u16,
    services: Vec<String>,
    algorithm: &'static str,
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Whether the Node of this machine is one that the provider takes.
fn has_node() -> bool {
    let version = Command::new("node").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let major = std::str::from_utf8(&version).unwrap_or_default().trim_start_matches('v').split('.').next();
    major.and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= 20)
}

impl Identities {
    /// One that sends people back to the addresses of this service; nothing where it cannot be run.
    ///
    /// # Panics
    /// When it cannot be run on the integration server.
    pub fn start(services: &[&str], algorithm: &'static str) -> Option<Self> {
        if !has_node() || !top().join("node_modules/oidc-provider").exists() {
            assert!(std::env::var_os("CI").is_none(), "Node 20 and the packages of package.json are needed here");
            let _ = writeln!(
                std::io::stderr(),
                "identity provider: SKIPPED, Node 20 or its packages are missing (`cargo xtask test` installs them)"
            );
            return None;
        }
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = free.local_addr().expect("its address").port();
        drop(free);
        let services: Vec<_> = services.iter().map(|&service| service.to_owned()).collect();
        let child = run(port, &services, algorithm);
        Some(Self { child, port, services, algorithm })
    }

    /// Its issuer.
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}/api/v2", self.port)
    }

    /// Ends it: nobody answers there any more.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again, with other keys.
    pub fn restart(&mut self) {
        self.stop();
        self.child = run(self.port, &self.services, self.algorithm);
    }

    /// Asks it to do something wrong from now on; nothing to stop.
    pub fn goes_wrong(&self, how: &str) {
        let mut jar = BTreeMap::new();
        let (status, ..) = fetch(&format!("http://127.0.0.1:{}/panne/{how}", self.port), &mut jar);
        assert_eq!(status, 200);
    }

    /// Follows an address as a browser does whose holder chooses to be `who`, and gives the address to which the provider sends it back,
    /// without its host.
    ///
    /// # Panics
    /// When the provider sends nobody back.
    pub fn choose(&self, address: &str, who: &str) -> String {
        let (mut address, mut jar) = (address.to_owned(), BTreeMap::new());
        for _ in 0..12 {
            let (status, location, body) = fetch(&address, &mut jar);
            if let Some(back) = self.services.iter().find_map(|service| location.strip_prefix(service)) {
                return back.to_owned();
            }
            address = match (status, location.as_str()) {
                (200, _) if address.contains("/identites/") => format!("{address}/{who}"),
                (301..=303, "") | (0..=299 | 304.., _) => panic!("{status} at {address}: {body}"),
                (_, relative) if relative.starts_with('/') => format!("http://127.0.0.1:{}{relative}", self.port),
                (_, whole) => whole.to_owned(),
            };
        }
        panic!("the provider sends nobody back");
    }
}

impl Drop for Identities {
    fn drop(&mut self) {
        self.stop();
    }
}

fn run(port: u16, services: &[String], algorithm: &str) -> Child {
    let mut child = Command::new("node")
        .arg(top().join("tests/provider/provider.mjs"))
        .arg(port.to_string())
        .args(services)
        .env("PROVIDER_ALGORITHM", algorithm)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("node");
    let said = child.stdout.take().expect("what it says");
    let mut lines = BufReader::new(said).lines();
    let ready = lines.find_map(|line| line.ok().filter(|line| line.starts_with("ready ")));
    assert!(ready.is_some(), "the provider did not start");
    child
}

/// One request without TLS, with the cookies of this jar: its status, where it leads, its body.
fn fetch(address: &str, jar: &mut BTreeMap<String, String>) -> (u16, String, String) {
    let rest = address.strip_prefix("http://").expect("an address of this machine");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).expect("the provider");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a socket");
    let cookies: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    write!(stream, "GET /{path} HTTP/1.0\r\nHost: {host}\r\nCookie: {}\r\n\r\n", cookies.join("; "))
        .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let mut location = String::new();
    for line in head.lines() {
        let Some((name, value)) = line.split_once(": ") else { continue };
        match name.to_ascii_lowercase().as_str() {
            "location" => value.clone_into(&mut location),
            "set-cookie" => {
                if let Some((name, value)) = value.split(';').next().and_then(|pair| pair.split_once('=')) {
                    jar.insert(name.to_owned(), value.to_owned());
                }
            }
            _ => {}
        }
    }
    (status, location, body.to_owned())
}
