//! Takes connections and gives them to the router. What a client may keep waiting is bounded: the head of a request,
//! the number of connections, the reading of an answer, the end of the program. The pace of a body is `limits`' to say.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::header::{CONNECTION, HOST};
use axum::http::{HeaderValue, Response, StatusCode, Version};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use limits::Places;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

/// What a client may keep us waiting.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the whole head of a request, the idle time before it included; for what TLS says first, as much.
    pub header: Duration,
    /// For a client to take the next bytes of its answer.
    pub answer: Duration,
    /// For the requests under way, once the program must end.
    pub stop: Duration,
}

impl Patience {
    /// That of `acquis servir`.
    pub const ORDINARY: Self =
        Self { header: Duration::from_secs(20), answer: Duration::from_secs(30), stop: Duration::from_secs(20) };
}

/// After a connection could not be taken, mostly because too many files are open.
const RESPITE: Duration = Duration::from_millis(50);

/// At most one line in the log in this time says that connections were refused: there may be thousands.
const BETWEEN_WARNINGS: Duration = Duration::from_secs(60);

/// Serves until `stop` is ready, then finishes what is under way.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    places: Arc<Places>,
    tls: Option<TlsAcceptor>,
    stop: impl Future<Output = ()>,
) {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(patience.header);
    let free = Arc::new(Semaphore::new(places.capacity));
    let mut warned: Option<Instant> = None;
    let follow_up = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let socket = async { (Arc::clone(&free).acquire_owned().await, listener.accept().await) };
        // Once all are taken, whoever comes next waits to be.
        let (free_one, socket) = tokio::select! {
            socket = socket => socket,
            () = &mut stop => break,
        };
        let (stream, address): (_, SocketAddr) = match socket {
            Ok(socket) => socket,
            Err(error) => {
                tracing::warn!(erreur = %error, "a connection could not be taken");
                tokio::time::sleep(RESPITE).await;
                continue;
            }
        };
        let Some(place) = places.take(address.ip()) else {
            if warned.is_none_or(|warned| warned.elapsed() > BETWEEN_WARNINGS) {
                warned = Some(Instant::now());
                tracing::warn!("connections are refused: an address holds as many as one may");
            }
            continue;
        };
        // Without this the end of an answer may wait for the client to acknowledge its beginning.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(erreur = %error, "a connection stays slow");
        }
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let router = router.clone();
            async move {
                if !names_one_host(&request) {
                    return Ok(refusal());
                }
                let mut request: Request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(address));
                router.oneshot(request).await
            }
        });
        // The system wakes a writer when a good part of its buffer is free: who takes a byte now and then is as late as
        // who takes none.
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience.answer));
        let stream = Box::pin(stream);
        let (protocol, follow_up, tls) = (protocol.clone(), follow_up.watcher(), tls.clone());
        tokio::spawn(async move {
            let ended = match tls {
                None => follow_up.watch(protocol.serve_connection(TokioIo::new(stream), service)).await,
                Some(tls) => match tokio::time::timeout(patience.header, tls.accept(stream)).await {
                    Ok(Ok(stream)) => follow_up.watch(protocol.serve_connection(TokioIo::new(stream), service)).await,
                    Ok(Err(error)) => {
                        tracing::debug!(erreur = %error, "a client and this server agree on no TLS");
                        Ok(())
                    }
                    Err(_) => Ok(()),
                },
            };
            if let Err(error) = ended {
                tracing::debug!(erreur = %error, "a connection ended badly");
            }
            drop((place, free_one));
        });
    }
    drop(listener);
    if tokio::time::timeout(patience.stop, follow_up.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests still under way: their clients were too slow");
    }
}

/// Whether it says for which host it is, once (RFC 9112, 3.2). We look at none; a proxy and we must not differ about it.
fn names_one_host<B>(request: &hyper::Request<B>) -> bool {
    let hosts = request.headers().get_all(HOST).into_iter().count();
    hosts == 1 || (hosts == 0 && request.version() < Version::HTTP_11)
}

/// As to any head that cannot be read: nothing in it is trusted, nor what follows.
fn refusal() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::{Notify, oneshot};

    use super::*;

    const SHORT: Patience = Patience {
        header: Duration::from_millis(200),
        answer: Duration::from_millis(200),
        stop: Duration::from_millis(300),
    };

    async fn start() -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let router = Router::new()
            .route("/ici", get(async |ConnectInfo(address): ConnectInfo<SocketAddr>| address.ip().to_string()))
            .route("/sans-fin", get(async || Body::from_stream(endless())))
            .route("/lent", get(async || tokio::time::sleep(Duration::from_secs(60)).await));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (halt, stop) = oneshot::channel::<()>();
        let end = async {
            let _asked = stop.await;
        };
        (address, halt, tokio::spawn(serve(listener, router, SHORT, Places::new(2, 2, Vec::new()), None, end)))
    }

    /// Told when an answer that has no end is given up.
    static DROPPED: Notify = Notify::const_new();

    struct Told;

    impl Drop for Told {
        fn drop(&mut self) {
            DROPPED.notify_one();
        }
    }

    fn endless() -> impl futures_util::Stream<Item = Result<Vec<u8>, std::io::Error>> {
        futures_util::stream::repeat_with({
            let told = Told;
            move || {
                let _kept = &told;
                Ok(vec![b'x'; 65_536])
            }
        })
    }

    async fn ask(address: SocketAddr, head: &str) -> (TcpStream, String) {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(head.as_bytes()).await.expect("it is sent");
        let mut response = String::new();
        let _cut = stream.read_to_string(&mut response).await;
        (stream, response)
    }

    #[tokio::test]
    async fn whoever_never_ends_a_head_makes_nobody_else_wait_for_ever() {
        let (address, _stop, _server) = start().await;
        // They take both places, and give them back.
        let slow_ones = ["GET / HTTP/1.1\r\nHost: a\r\nX: "; 4].map(|head| tokio::spawn(ask(address, head)));
        let (_, response) = ask(address, "GET /ici HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert!(response.starts_with("HTTP/1.1 200") && response.ends_with("127.0.0.1"), "{response}");
        for slow in slow_ones {
            slow.await.expect("their connections are closed");
        }
    }

    #[tokio::test]
    async fn whoever_holds_their_share_is_refused_at_once_and_taken_again_later() {
        let (address, _stop, _server) = start().await;
        let held = [TcpStream::connect(address).await, TcpStream::connect(address).await].map(|held| held.is_ok());
        assert_eq!(held, [true, true]);
        // Both places are of one address: given back with the end of their heads, not kept from it for ever.
        let (_, response) = ask(address, "GET /ici HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    }

    #[tokio::test]
    async fn a_request_for_two_hosts_or_for_none_is_not_read() {
        let (address, _stop, _server) = start().await;
        for (head, expected) in [
            ("GET /ici HTTP/1.1\r\nHost: a\r\nHost: a\r\n", "400"),
            ("GET /ici HTTP/1.1\r\nHost: a\r\nhost: b\r\n", "400"),
            ("GET /ici HTTP/1.1\r\n", "400"),
            ("GET /ici HTTP/1.0\r\n", "200"),
            ("GET /ici HTTP/1.0\r\nHost: a\r\nHost: b\r\n", "400"),
        ] {
            let (_, response) = ask(address, &format!("{head}\r\n")).await;
            assert_eq!(response.get(9..12), Some(expected), "{head}: {response}");
        }
    }

    #[tokio::test]
    async fn whoever_does_not_read_an_answer_is_hung_up_on() {
        let (address, _stop, _server) = start().await;
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(b"GET /sans-fin HTTP/1.1\r\nHost: a\r\n\r\n").await.expect("it is sent");
        tokio::time::timeout(Duration::from_secs(20), DROPPED.notified()).await.expect("its body is dropped");
        // What was under way can still be read; then nothing comes.
        let mut rest = Vec::new();
        let _cut = stream.read_to_end(&mut rest).await;
        assert!(rest.starts_with(b"HTTP/1.1 200"));
    }

    #[tokio::test]
    async fn the_end_of_the_program_waits_for_nobody_for_ever() {
        let (address, halt, server) = start().await;
        let slow = tokio::spawn(ask(address, "GET /lent HTTP/1.1\r\nHost: a\r\n\r\n"));
        tokio::time::sleep(Duration::from_millis(50)).await;
        halt.send(()).expect("it listens");
        tokio::time::timeout(Duration::from_secs(5), server).await.expect("it ends").expect("without a panic");
        slow.abort();
    }
}
