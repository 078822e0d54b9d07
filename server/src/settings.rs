//! What whoever runs the server decides about HTTP. Read from nowhere: the program says where they come from.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use antivirus::Antivirus;
use api::routes;
use axum::http::{HeaderMap, header};
use domaine::assurance::{DeclaredReading, SpendingGuard};
use domaine::bareme::Bareme;
use domaine::dif::DifCounts;
use domaine::retention::{Closing, Retention};
use federation::ProviderSettings;
use ipnet::IpNet;

use crate::places::Places;
use crate::tls::TlsFiles;

/// The settings of the server.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens: on the machine itself, and without public addresses, its own pages are admitted.
    pub listen: SocketAddr,
    /// The certificate with which TLS is spoken there; nothing where a proxy ends it.
    pub tls: Option<TlsFiles>,
    /// The origins whose pages may send forms.
    pub public_addresses: Vec<String>,
    /// The proxies, alone or by networks, whose word is taken for the address of a client.
    pub proxies: Vec<IpNet>,
    /// How many connections at once; whoever comes next waits.
    pub connections: usize,
    /// How many of them from one address that is no proxy.
    pub connections_by_address: usize,
    /// How long a session may idle.
    pub session_idle: Duration,
    /// How long a session may last.
    pub session_longest: Duration,
    /// Wrong passwords allowed for an account.
    pub attempts_by_account: i64,
    /// Refusals allowed from an address.
    pub attempts_by_address: i64,
    /// How long to wait then.
    pub attempts_delay: Duration,
    /// How long nothing can be spent after what opens an account changed.
    pub rest: Duration,
    /// What an account must ask of whoever opens it, besides a level, before its money may leave.
    pub spending_guard: SpendingGuard,
    /// The figures of the law, with what it leaves to whoever runs the server.
    pub bareme: Bareme,
    /// When the hours of a DIF count.
    pub dif_counts: DifCounts,
    /// What an account that is only declared may read.
    pub declared_reading: DeclaredReading,
    /// A folder to serve instead of the page inside the program.
    pub page: Option<PathBuf>,
    /// Whom to tell about a weakness.
    pub security_contact: Option<String>,
    /// After how long an account that nobody uses is closed; nothing: never.
    pub retention: Option<Retention>,
    /// What becomes of an account that its holder asks to close.
    pub closing: Closing,
    /// What each proof is shown to as it comes.
    pub antivirus: Option<Antivirus>,
    /// How many days a line of the journal is kept, a year at least: the database keeps it as long.
    pub journal_kept: u16,
    /// Where the anchors of the journal leave the database; nothing: no file.
    pub anchors_file: Option<PathBuf>,
    /// Who is written to when a day leaves its anchor.
    pub anchors_mailed_to: Option<String>,
    /// Where the lines of the journal are sent as well.
    pub collector: Option<Collector>,
    /// What is written in the places that the pages leave to whoever runs the server.
    pub places: Places,
    /// Whether letters stay on this machine, to be read there.
    pub letters_stay: bool,
    /// The provider of identities, if there is one.
    pub identity: Option<IdentityProvider>,
}

/// Where journals are gathered, as whoever runs the server chose it. `Debug` shows no secret.
#[derive(Clone)]
pub struct Collector {
    /// Where lines are sent: `https://…`, or `http://…` on this machine.
    pub address: String,
    /// What shows that they come from here; nothing where none is asked.
    pub token: Option<String>,
}

impl std::fmt::Debug for Collector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collector").field("address", &self.address).finish_non_exhaustive()
    }
}

/// A provider of identities, as whoever runs the server chose it. `Debug` shows no secret.
#[derive(Clone)]
pub struct IdentityProvider {
    /// Its issuer, exactly as it writes it.
    pub issuer: String,
    /// What it knows this service by.
    pub client: String,
    /// What this service shows it.
    pub secret: String,
    /// What people call it.
    pub label: String,
    /// The level that is asked of it: `eidas1`, or that of FranceConnect+, `eidas2` or `eidas3`.
    pub level: String,
    /// The picture of its official button, for whoever may show it: an image that they were given, never drawn here.
    pub button: Option<Picture>,
}

/// An image that whoever runs the server gives.
#[derive(Clone)]
pub struct Picture {
    /// What it is, as a browser is told.
    pub kind: &'static str,
    /// All of it.
    pub bytes: Arc<[u8]>,
}

impl Picture {
    /// The largest: each page that shows it waits for it.
    pub const LARGEST: usize = 65_536;

    /// A PNG or an SVG, by what they begin with; nothing when it is something else, or too large.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).unwrap_or_default().trim_start_matches('\u{feff}').trim_start();
        let kind = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            "image/png"
        } else if text.starts_with('<') && text.contains("<svg") && text.trim_end().ends_with("</svg>") {
            "image/svg+xml; charset=utf-8"
        } else {
            return None;
        };
        (bytes.len() <= Self::LARGEST).then(|| Self { kind, bytes: bytes.into() })
    }
}

impl IdentityProvider {
    /// Whether its level is that of FranceConnect+.
    pub fn plus(&self) -> bool {
        ["eidas2", "eidas3"].contains(&self.level.as_str())
    }

    /// The same, with the first address of this service.
    pub(crate) fn provider(&self, own: String) -> ProviderSettings {
        ProviderSettings {
            issuer: self.issuer.clone(),
            client: self.client.clone(),
            secret: self.secret.clone(),
            acr: self.level.clone(),
            service: own,
            back: routes::IDENTITE_RETOUR,
            farewell: routes::IDENTITE_FIN,
        }
    }
}

impl std::fmt::Debug for IdentityProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityProvider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8087)),
            tls: None,
            public_addresses: Vec::new(),
            proxies: Vec::new(),
            connections: 4_096,
            connections_by_address: 512,
            session_idle: Duration::from_secs(30 * 60),
            session_longest: Duration::from_secs(720 * 60),
            attempts_by_account: 10,
            attempts_by_address: 60,
            attempts_delay: Duration::from_secs(15 * 60),
            rest: Duration::from_secs(48 * 3_600),
            spending_guard: SpendingGuard::Level,
            dif_counts: DifCounts::AtOnce,
            bareme: Bareme { dif_declaration_end: Some(Bareme::LEGAL_DIF_END), ..Bareme::IN_FORCE },
            declared_reading: DeclaredReading::All,
            page: None,
            security_contact: None,
            retention: Retention::years(5),
            closing: Closing::Erases(0),
            antivirus: None,
            journal_kept: 365,
            anchors_file: None,
            anchors_mailed_to: None,
            collector: None,
            places: Places::default(),
            letters_stay: true,
            identity: None,
        }
    }
}

/// Whether an address (« http://localhost:8087 ») leads to this machine alone, by its name.
pub fn is_of_this_machine(address: &str) -> bool {
    let host = address.split_once("://").map_or(address, |(_, host)| host);
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(|port| port.is_empty() || port.starts_with(':')))
}

impl Settings {
    /// Whether cookies are only sent over TLS: always, but on the machine itself.
    pub fn secure_cookies(&self) -> bool {
        !self.listen.ip().is_loopback() || self.https()
    }

    /// The addresses by which nobody can stay connected: a cookie that travels over TLS alone is refused there, but by
    /// the browsers of the machine itself.
    pub fn addresses_without_session(&self) -> impl Iterator<Item = &str> {
        let secure = self.secure_cookies();
        self.public_addresses
            .iter()
            .map(String::as_str)
            .filter(move |address| secure && address.starts_with("http://") && !is_of_this_machine(address))
    }

    /// The address to which letters lead.
    pub fn own_address(&self) -> String {
        let here = || format!("http://localhost:{}", self.listen.port());
        self.public_addresses.first().cloned().unwrap_or_else(here)
    }

    /// The address of ours by which somebody came, as their request says: the page that asks, else the machine that is asked. The
    /// first where it names none of them: what a request says is never followed elsewhere.
    pub fn address_come_by(&self, headers: &HeaderMap) -> String {
        let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let ours = |is: &dyn Fn(&str) -> bool| self.public_addresses.iter().find(|address| is(address)).cloned();
        said(header::ORIGIN)
            .and_then(|origin| ours(&|address| address == origin))
            .or_else(|| {
                let host = said(header::HOST)?;
                ours(&|address| address.split_once("://").is_some_and(|(_, own)| own == host))
            })
            .unwrap_or_else(|| self.own_address())
    }

    /// Whether the letters that stay are shown: to this machine alone.
    pub fn shows_mailbox(&self) -> bool {
        self.letters_stay && self.listen.ip().is_loopback()
    }

    /// Whether people come by https.
    pub fn https(&self) -> bool {
        self.public_addresses.iter().any(|address| address.starts_with("https://"))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn somebody_came_by_an_address_of_ours_or_by_the_first() {
        let (first, second) = ("https://acquis.example", "https://droits.example:8443");
        let came = |addresses: &[&str], said: &[(header::HeaderName, &'static str)]| {
            let public_addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
            let said = said.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
            Settings { public_addresses, ..Settings::default() }.address_come_by(&said)
        };
        let (origin, host) = (header::ORIGIN, header::HOST);
        let both = [first, second];
        assert_eq!(came(&both, &[(origin.clone(), second)]), second);
        assert_eq!(came(&both, &[(host.clone(), "droits.example:8443")]), second);
        assert_eq!(came(&both, &[(origin.clone(), first), (host.clone(), "droits.example:8443")]), first);
        for elsewhere in [
            "https://droits.example:8443/",
            "https://droits.example",
            "http://droits.example:8443",
            "https://droits.example:8443.exemple.fr",
            "https://autre.example",
            "null",
        ] {
            assert_eq!(came(&both, &[(origin.clone(), elsewhere)]), first, "{elsewhere}");
        }
        for elsewhere in ["droits.example", "autre.example", "x@droits.example:8443", ""] {
            assert_eq!(came(&both, &[(host.clone(), elsewhere)]), first, "{elsewhere}");
        }
        assert_eq!(came(&both, &[]), first);
        assert_eq!(came(&[], &[(origin, second), (host, "autre.example")]), "http://localhost:8087");
    }

    #[test]
    fn addresses_where_the_cookie_is_refused_are_those_by_http_of_a_server_that_the_network_reaches() {
        let refused = |listen: &str, addresses: &[&str]| {
            let public_addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
            let settings =
                Settings { listen: listen.parse().expect("an address"), public_addresses, ..Settings::default() };
            settings.addresses_without_session().map(str::to_owned).collect::<Vec<_>>()
        };
        let lan = "http://192.168.1.20:8087";
        assert_eq!(refused("0.0.0.0:8087", &[lan, "https://acquis.example"]), [lan]);
        assert_eq!(
            refused("127.0.0.1:8087", &[lan, "https://acquis.example"]),
            [lan],
            "an https address makes it secure"
        );
        assert!(refused("127.0.0.1:8087", &[lan]).is_empty(), "on the machine itself the cookie goes by http");
        assert!(refused("0.0.0.0:8087", &["http://localhost:8087", "http://127.0.0.1", "http://[::1]:1"]).is_empty());
        assert_eq!(refused("[::]:80", &["http://localhost.example"]), ["http://localhost.example"]);
    }
}
