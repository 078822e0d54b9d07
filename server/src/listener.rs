//! Takes connections and gives them to the router. What a client may keep waiting is bounded: the head of a request,
//! the number of connections, the end of the program.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

/// What a client may keep us waiting.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the whole head of a request, the idle time before it included.
    pub entete: Duration,
    /// For the requests under way, once the program must end.
    pub arret: Duration,
    /// How many connections at once; the others wait to be taken.
    pub connexions: usize,
}

impl Patience {
    /// That of `acquis serve`.
    pub const ORDINAIRE: Self =
        Self { entete: Duration::from_secs(20), arret: Duration::from_secs(20), connexions: 4_096 };
}

/// After a connection could not be taken, mostly because too many files are open.
const REPIT: Duration = Duration::from_millis(50);

/// Serves until `arret` is ready, then finishes what is under way.
pub async fn servir(ecoute: TcpListener, routeur: Router, patience: Patience, arret: impl Future<Output = ()>) {
    let mut protocole = http1::Builder::new();
    protocole.timer(TokioTimer::new()).header_read_timeout(patience.entete);
    let places = Arc::new(Semaphore::new(patience.connexions));
    let suivi = GracefulShutdown::new();
    let mut arret = pin!(arret);
    loop {
        let prise = async { (Arc::clone(&places).acquire_owned().await, ecoute.accept().await) };
        let (place, prise) = tokio::select! {
            prise = prise => prise,
            () = &mut arret => break,
        };
        let (flux, adresse): (_, SocketAddr) = match prise {
            Ok(prise) => prise,
            Err(erreur) => {
                tracing::warn!(%erreur, "a connection could not be taken");
                tokio::time::sleep(REPIT).await;
                continue;
            }
        };
        // Without this the end of an answer may wait for the client to acknowledge its beginning.
        if let Err(erreur) = flux.set_nodelay(true) {
            tracing::debug!(%erreur, "a connection stays slow");
        }
        let routeur = routeur.clone();
        let service = service_fn(move |requete: hyper::Request<Incoming>| {
            let mut requete: Request = requete.map(Body::new);
            requete.extensions_mut().insert(ConnectInfo(adresse));
            routeur.clone().oneshot(requete)
        });
        let connexion = suivi.watch(protocole.serve_connection(TokioIo::new(flux), service));
        tokio::spawn(async move {
            if let Err(erreur) = connexion.await {
                tracing::debug!(%erreur, "a connection ended badly");
            }
            drop(place);
        });
    }
    drop(ecoute);
    if tokio::time::timeout(patience.arret, suivi.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests still under way: their clients were too slow");
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;

    use super::*;

    const COURTE: Patience =
        Patience { entete: Duration::from_millis(200), arret: Duration::from_millis(300), connexions: 2 };

    async fn demarrer() -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let routeur = Router::new()
            .route("/ici", get(async |ConnectInfo(adresse): ConnectInfo<SocketAddr>| adresse.ip().to_string()))
            .route("/lent", get(async || tokio::time::sleep(Duration::from_secs(60)).await));
        let ecoute = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let adresse = ecoute.local_addr().expect("its address");
        let (arreter, arret) = oneshot::channel::<()>();
        let fin = async {
            let _asked = arret.await;
        };
        (adresse, arreter, tokio::spawn(servir(ecoute, routeur, COURTE, fin)))
    }

    async fn demander(adresse: SocketAddr, tete: &str) -> (TcpStream, String) {
        let mut flux = TcpStream::connect(adresse).await.expect("a connection");
        flux.write_all(tete.as_bytes()).await.expect("it is sent");
        let mut reponse = String::new();
        let _cut = flux.read_to_string(&mut reponse).await;
        (flux, reponse)
    }

    #[tokio::test]
    async fn whoever_never_ends_a_head_makes_nobody_else_wait_for_ever() {
        let (adresse, _arreter, _serveur) = demarrer().await;
        // They take both places, and give them back.
        let lents = ["GET / HTTP/1.1\r\nHost: a\r\nX: "; 4].map(|tete| tokio::spawn(demander(adresse, tete)));
        let (_, reponse) = demander(adresse, "GET /ici HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert!(reponse.starts_with("HTTP/1.1 200") && reponse.ends_with("127.0.0.1"), "{reponse}");
        for lent in lents {
            lent.await.expect("their connections are closed");
        }
    }

    #[tokio::test]
    async fn the_end_of_the_program_waits_for_nobody_for_ever() {
        let (adresse, arreter, serveur) = demarrer().await;
        let lent = tokio::spawn(demander(adresse, "GET /lent HTTP/1.1\r\nHost: a\r\n\r\n"));
        tokio::time::sleep(Duration::from_millis(50)).await;
        arreter.send(()).expect("it listens");
        tokio::time::timeout(Duration::from_secs(5), serveur).await.expect("it ends").expect("without a panic");
        lent.abort();
    }
}
