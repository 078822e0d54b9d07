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
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// What a client may keep us waiting.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the whole head of a request, the idle time before it included.
    pub header: Duration,
    /// For a client to take the next bytes of its answer.
    pub answer: Duration,
    /// For the requests under way, once the program must end.
    pub stop: Duration,
    /// How many connections at once; the others wait to be taken.
    pub connexions: usize,
}

impl Patience {
    /// That of `acquis servir`.
    pub const ORDINARY: Self = Self {
        header: Duration::from_secs(20),
        answer: Duration::from_secs(30),
        stop: Duration::from_secs(20),
        connexions: 4_096,
    };
}

/// After a connection could not be taken, mostly because too many files are open.
const RESPITE: Duration = Duration::from_millis(50);

/// Serves until `stop` is ready, then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(patience.header);
    let places = Arc::new(Semaphore::new(patience.connexions));
    let follow_up = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let socket = async { (Arc::clone(&places).acquire_owned().await, listener.accept().await) };
        let (place, socket) = tokio::select! {
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
        // Without this the end of an answer may wait for the client to acknowledge its beginning.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(erreur = %error, "a connection stays slow");
        }
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(address));
            router.clone().oneshot(request)
        });
        // The system wakes a writer when a good part of its buffer is free: who takes a byte now and then is as late as
        // who takes none.
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience.answer));
        let connexion = follow_up.watch(protocol.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            if let Err(error) = connexion.await {
                tracing::debug!(erreur = %error, "a connection ended badly");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(patience.stop, follow_up.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests still under way: their clients were too slow");
    }
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
        connexions: 2,
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
        (address, halt, tokio::spawn(serve(listener, router, SHORT, end)))
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
