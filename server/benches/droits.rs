//! What reading one's rights costs, beside a constant of the same size on the same server: the
//! same router and layers, over real connections. The first must reach half of the second.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use api::accounts::SaisieInscription;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use server::{AppState, Clock, Options, Settings, router_with, start};
use store::{Pieces, Store, sqlite_address};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use vault::{Hashing, Vault};

const CONSTANT: &str =
    r#"{"au":"2026-11-23","solde":"1810.00","dont_dif":"0.00","plafond":"5000.00","connu":true,"dif_declare":false}"#;
const CONNEXIONS: u64 = 16;
const REQUESTS: u64 = 40_000;

fn main() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let executor = Runtime::new().expect("a runtime");
    let (address, cookie) = executor.block_on(prepare(dir.path().display().to_string()));
    let throughput = |path: &str, cookie: &str| {
        // The best of three: the machine has other things to do.
        (0..3).map(|_| executor.block_on(measure(address, path, cookie))).max().unwrap_or(0)
    };
    let constant = throughput("/constante", &cookie);
    let droits = throughput("/api/droits", &cookie);
    let mut output = std::io::stdout();
    let _ = writeln!(output, "a constant of the same size   {constant:>8} requests/s");
    let _ = writeln!(output, "GET /api/droits               {droits:>8} requests/s");
    let _ = writeln!(output, "ratio                         {:>7} %   (at least 50)", droits * 100 / constant.max(1));
    // Elsewhere each reading asks the database whether the session still stands: another server may have ended it.
    let promised = std::env::var_os("ACQUIS_DATABASE_URL").is_none();
    assert!(!promised || droits * 2 >= constant, "reading rights costs more than twice a constant");
}

async fn prepare(data: String) -> (SocketAddr, String) {
    let data = Path::new(&data);
    // SQLite, unless another database is named: an empty one.
    let sqlite = || sqlite_address(&data.join("acquis.db"));
    let base = std::env::var("ACQUIS_DATABASE_URL").unwrap_or_else(|_| sqlite());
    let vault = Arc::new(Vault::new(&[7; 32]));
    let store = Store::open(&base).await.expect("a database");
    store.migrate(&vault).await.expect("migrations");
    let clock = Clock::system();
    batch::demo::fill(&store, &vault, clock.now()).await.expect("the fictional people");
    let pieces = Pieces::open(&data.join("pieces"), Arc::clone(&vault)).expect("a folder");
    let hashing = Hashing::with(8, 1).expect("a quick Argon2");
    let state = start(Options { settings: Settings::default(), store, vault, pieces, clock, hashing }).expect("a page");
    let constant = get(async || ([(CONTENT_TYPE, "application/json")], CONSTANT));
    let application = router_with(state.clone(), axum::Router::new().route("/constante", constant));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move { axum::serve(listener, application).await });
    let cookie = sign_up(&state, address).await;
    (address, cookie)
}

/// Registers Dominique; gives the cookie.
async fn sign_up(state: &AppState, address: SocketAddr) -> String {
    let saisie = SaisieInscription {
        nom_naissance: "Pat-Trois".into(),
        prenoms: "Dominique Marie-Louise".into(),
        date_naissance: "28/03/1979".into(),
        nir: "2790351215189".into(),
        key: "89".into(),
        telephone_mobile: "0612345678".into(),
        courriel: "dominique@exemple.fr".into(),
        mot_de_passe: "Tram jaune, quai 12 !".into(),
        cgu: true,
        ..SaisieInscription::default()
    };
    let body = serde_json::to_string(&saisie).expect("a body");
    let waits = post(address, "/api/inscription", "", &body).await;
    testbed::examine(state).await;
    let letters = testbed::letters(state).await;
    let code = letters.first().and_then(|letter| testbed::code_in(&letter.text)).expect("a code");
    post(address, "/api/inscription/confirmation", &waits, &format!("{{\"code\":\"{code}\"}}")).await
}

/// Posts this body; gives the first cookie of the answer.
async fn post(address: SocketAddr, path: &str, cookie: &str, body: &str) -> String {
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: a\r\norigin: http://localhost:8087\r\ncontent-type: application/json\r\n\
         cookie: {cookie}\r\nidempotency-key: 0123456789abcdef\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("a request");
    let mut response = String::new();
    stream.read_to_string(&mut response).await.expect("an answer");
    let cookie = response.lines().find_map(|ligne| ligne.strip_prefix("set-cookie: ")).expect("a cookie");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// Requests a second.
async fn measure(address: SocketAddr, path: &str, cookie: &str) -> u64 {
    let rest = Arc::new(AtomicU64::new(REQUESTS));
    let request: Arc<str> = format!("GET {path} HTTP/1.1\r\nhost: a\r\ncookie: {cookie}\r\n\r\n").into();
    let start = tokio::time::Instant::now();
    let tasks: Vec<_> = (0..CONNEXIONS)
        .map(|_| {
            let (rest, request) = (Arc::clone(&rest), Arc::clone(&request));
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.expect("a connection");
                let mut buffer = vec![0; 8_192];
                while rest.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok() {
                    stream.write_all(request.as_bytes()).await.expect("a request");
                    let mut readings = 0;
                    while !buffer[..readings].ends_with(b"}") {
                        readings += stream.read(&mut buffer[readings..]).await.expect("an answer");
                    }
                    assert!(buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer[..readings]));
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a task that ends");
    }
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
    REQUESTS * 1_000 / ms
}
