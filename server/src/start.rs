//! The one start, for the program and for the tests: from what they bring to a state, from a state to a socket.

use std::sync::Arc;

use federation::Provider;
use identity::{Elsewhere, Requests};
use limits::{Places, Ranks};
use mail::Writer;
use passkeys::{Passkeys, Site};
use store::{Pieces, Store};
use tokio::net::TcpListener;
use vault::{Hashing, Vault};

use crate::balances::Soldes;
use crate::clock::Clock;
use crate::forwarding::Forwarding;
use crate::listener::{self, Patience};
use crate::page::Page;
use crate::settings::Settings;
use crate::state::{AppState, Parts};
use crate::tls::Tls;
use crate::{cleanup, router};

/// What whoever starts a server brings: the rest is the same everywhere.
pub struct Options {
    /// The settings.
    pub settings: Settings,
    /// The data, up to date.
    pub store: Store,
    /// The keys.
    pub vault: Arc<Vault>,
    /// The bytes of the proofs.
    pub pieces: Pieces,
    /// What time it is.
    pub clock: Clock,
    /// How passwords are hashed.
    pub hashing: Hashing,
}

/// The application, ready to be given to a [`router`](crate::router) or to [`serve`].
///
/// # Errors
/// A sentence in French when the folder of the page is not there.
pub fn start(options: Options) -> Result<AppState, String> {
    let Options { settings, store, vault, pieces, clock, hashing } = options;
    let tls = settings.tls.as_ref().map(Tls::open).transpose()?;
    if tls.is_some() && !settings.https() {
        return Err("tls_certificat : adresse_publique doit dire l'adresse « https://… » de ce certificat".to_owned());
    }
    if tls.is_none() && settings.https() && !settings.listen.ip().is_loopback() {
        tracing::warn!(
            "ecoute is open to the network without a certificate: what goes between a proxy of another machine and this \
             program can be read on the way; give it tls_certificat and tls_cle, or let it listen on this machine alone"
        );
    }
    if tls.is_none() && settings.https() && settings.listen.ip().is_loopback() && settings.proxies.is_empty() {
        tracing::warn!(
            "relais is empty behind a proxy: everybody seems to come from one address, and one person's failed \
             attempts will stop all the others; name the proxy in relais"
        );
    }
    for address in settings.addresses_without_session() {
        tracing::warn!(
            adresse = address,
            "nobody who comes by this address of adresse_publique can stay connected: the session cookie travels over TLS \
             alone, and browsers refuse it by http; put a proxy with a certificate in front, and name its https address"
        );
    }
    if !settings.listen.ip().is_loopback() && settings.public_addresses.is_empty() {
        tracing::warn!(
            "ecoute is open to the network and adresse_publique is empty: who comes by http, and not through a proxy with a \
             certificate, cannot stay connected; name the https address in adresse_publique"
        );
    }
    let page = Page::open(settings.page.clone(), settings.places.clone())?;
    if settings.letters_stay && !settings.shows_mailbox() {
        tracing::warn!(
            "no smtp is set and ecoute is open to the network: letters stay here and nobody can read them; set smtp and expediteur"
        );
    }
    let letters = Writer::new(Arc::clone(&vault), settings.own_address());
    let requests = Requests::new(store.clone(), Arc::clone(&vault), letters.clone());
    let elsewhere = match &settings.identity {
        Some(choice) => {
            let elsewhere = Provider::new(choice.provider(settings.own_address()))?;
            Some(Elsewhere::new(requests.clone(), elsewhere, choice.label.clone(), choice.plus()))
        }
        None => None,
    };
    // Where no address is public, people come by the name of this machine.
    let mut addresses = settings.public_addresses.clone();
    if addresses.is_empty() {
        addresses.push(settings.own_address());
    }
    let passkeys = Site::of(&addresses).map(|site| Passkeys::new(site, Arc::clone(&vault)));
    let forwarding = settings.collector.clone().map(Forwarding::new).transpose()?;
    let (soldes, ranks) = (Soldes::default(), Ranks::default());
    let parts = Parts {
        settings,
        store,
        vault,
        pieces,
        clock,
        hashing,
        page,
        soldes,
        letters,
        requests,
        passkeys,
        elsewhere,
        tls,
        forwarding,
        ranks,
    };
    Ok(AppState::new(parts))
}

/// Serves until `stop` is ready, then finishes what is under way.
pub async fn serve(state: AppState, socket: TcpListener, stop: impl Future<Output = ()>) {
    let watcher = tokio::spawn(cleanup::watch(state.clone()));
    let settings = &state.settings;
    let places = Places::new(settings.connections, settings.connections_by_address, settings.proxies.clone());
    let tls = state.tls.as_ref().map(Tls::acceptor);
    let followed = state.clone();
    let follower = tokio::spawn(async move {
        if let Some(tls) = &followed.tls {
            tls.follow().await;
        }
    });
    listener::serve(socket, router(state), Patience::ORDINARY, places, tls, stop).await;
    follower.abort();
    watcher.abort();
}
