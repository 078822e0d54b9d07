//! An application of its own for each test, on each database; people with verbs. Never shipped.

mod operations;
mod smtp;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use mail::{Delivery, KeptLetter, Mailer};
use serde_json::{Value, json};
use server::{AppState, Clock, Options, Settings, router, start};
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::{Pieces, Store, sqlite_address};
use tempfile::TempDir;
use tower::ServiceExt;
use vault::{Hashing, Vault};

pub use axum::http::Method;
pub use operations::{all, example, generated, operator, plan, rows, said, sums, write, year};
pub use smtp::{Mailroom, Received};

/// A page of this machine.
pub const ORIGIN: &str = "http://127.0.0.1:8087";
/// A key of idempotence.
pub const KEY: &str = "essai-0123456789";
/// The password of everybody.
pub const MOT_DE_PASSE: &str = "Tram jaune, quai 12 !";
/// The key of the data of these tests: the same in every run, so that hashes can be compared.
pub const MASTER_KEY: [u8; 32] = [7; 32];
/// Monday 23 November 2026, ten o'clock in Paris.
const START: &str = "2026-11-23T09:00:00Z";

/// Runs a test on SQLite, then on PostgreSQL when `ACQUIS_TEST_POSTGRES` says where.
pub fn trial(test: impl AsyncFn(Application)) {
    trial_with(|_| (), test);
}

/// As [`trial`], with settings.
pub fn trial_with(settle: impl Fn(&mut Settings), test: impl AsyncFn(Application)) {
    journal();
    let executor =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    executor.block_on(async {
        let dir = private_folder();
        let url = sqlite_address(&dir.path().join("acquis.db"));
        let application = Application::new(dir, url, &settle).await;
        test(application.clone()).await;
        application.state.store.close().await;
        match std::env::var("ACQUIS_TEST_POSTGRES") {
            Ok(server) => {
                let (url, schema) = schema(&server).await;
                let dir = private_folder();
                let application = Application::new(dir, url, &settle).await;
                test(application.clone()).await;
                application.state.store.close().await;
                on_the_server(&server, format!("DROP SCHEMA {schema} CASCADE")).await;
            }
            Err(_) => warn(),
        }
    });
}

/// Where a program of its own keeps its data: a folder, and in it its database, or a schema of the PostgreSQL of
/// the tests, which goes with it.
pub struct DataDir {
    /// The folder.
    pub dir: TempDir,
    /// The address of the database.
    pub url: String,
    schema: Option<(String, String)>,
}

impl DataDir {
    /// Runs a test that starts programs, on SQLite, then on PostgreSQL when `ACQUIS_TEST_POSTGRES` says where; it is
    /// given what makes new data.
    pub fn trial(test: impl Fn(&dyn Fn() -> Self)) {
        test(&|| {
            let dir = private_folder();
            Self { url: sqlite_address(&dir.path().join("acquis.db")), dir, schema: None }
        });
        match std::env::var("ACQUIS_TEST_POSTGRES") {
            Ok(server) => test(&|| {
                let (url, nom) = alone(schema(&server));
                let dir = private_folder();
                Self { dir, url, schema: Some((server.clone(), nom)) }
            }),
            Err(_) => warn(),
        }
    }
}

impl Drop for DataDir {
    fn drop(&mut self) {
        if let Some((server, nom)) = &self.schema {
            alone(on_the_server(server, format!("DROP SCHEMA {nom} CASCADE")));
        }
    }
}

/// A folder that its owner alone reads, as the program makes its own.
fn private_folder() -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(dir.path(), private).expect("the rights of a folder of ours");
    }
    dir
}

fn alone<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

fn warn() {
    static SAID: OnceLock<()> = OnceLock::new();
    // Written past the capture of the test runner: it must be seen when every test passes.
    SAID.get_or_init(|| {
        let _ =
            writeln!(std::io::stderr(), "PostgreSQL: SKIPPED, ACQUIS_TEST_POSTGRES is not set; only SQLite was tested");
    });
}

/// A schema of its own for each test: the address that leads to it, and its name.
async fn schema(server: &str) -> (String, String) {
    static INDEX: AtomicU32 = AtomicU32::new(0);
    let nom = format!("essai_{}_{}", std::process::id(), INDEX.fetch_add(1, Ordering::SeqCst));
    on_the_server(server, format!("CREATE SCHEMA {nom}")).await;
    let link = if server.contains('?') { '&' } else { '?' };
    (format!("{server}{link}options=-c%20search_path%3D{nom}"), nom)
}

async fn on_the_server(server: &str, sql: String) {
    install_default_drivers();
    let mut connexion = AnyConnection::connect(server).await.expect("the PostgreSQL of the tests");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connexion).await.expect("a statement of the tests");
    connexion.close().await.expect("a connection that closes");
}

/// An application with its data.
#[derive(Clone)]
pub struct Application {
    /// The state behind its router.
    pub state: AppState,
    /// Where its files are.
    pub dir: Arc<TempDir>,
    /// The address of its database.
    pub url: String,
    router: Router,
}

impl Application {
    async fn new(dir: TempDir, url: String, settle: &impl Fn(&mut Settings)) -> Self {
        let dir = Arc::new(dir);
        let application = Self::sur(Arc::clone(&dir), &url, settle, true).await;
        let state = &application.state;
        batch::demo::fill(&state.store, &state.vault, state.clock.now()).await.expect("the fictional people");
        application
    }

    async fn sur(dir: Arc<TempDir>, url: &str, settle: impl Fn(&mut Settings), migrate: bool) -> Self {
        let mut settings = Settings::default();
        // As the demonstration: a test of what the law closed sets the day.
        settings.bareme.dif_declaration_end = None;
        settle(&mut settings);
        // As the program leaves it: a test looks at every file of the folder.
        std::fs::write(dir.path().join("cle"), vault::to_hex(&MASTER_KEY)).expect("a key written");
        let vault = Arc::new(Vault::new(&MASTER_KEY));
        let store = Store::open(url).await.expect("a database");
        if migrate {
            store.migrate(&vault).await.expect("migrations");
        }
        let pieces = Pieces::open(&dir.path().join("pieces"), Arc::clone(&vault)).expect("a folder");
        let (clock, hashing) = (Clock::settled(START), Hashing::with(8, 1).expect("a quick Argon2"));
        let state = start(Options { settings, store, vault, pieces, clock, hashing }).expect("a page");
        Self { router: router(state.clone()), state, dir, url: url.to_owned() }
    }

    /// The same data behind a database that refuses to write, as when the disk is full.
    pub async fn without_writing(&self) -> Self {
        let url = &self.url;
        let url = if url.starts_with("sqlite:") {
            url.replace("mode=rwc", "mode=ro")
        } else {
            format!("{url}%20-c%20default_transaction_read_only%3Don")
        };
        Self::sur(Arc::clone(&self.dir), &url, |_| (), false).await
    }

    /// Nobody in particular.
    pub fn anonyme(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None, key: KEY.to_owned(), ip: [127, 0, 0, 1] }
    }

    /// Somebody in front of another router on the same data.
    pub fn on_this_router(&self, router: Router) -> Browser {
        Browser { router, ..self.anonyme() }
    }

    /// Dominique, whose statement is that of the founding document, just registered.
    pub async fn dominique(&self) -> Browser {
        self.recorded(dominique()).await
    }

    /// Renaud, who has a DIF to declare, just registered.
    pub async fn renaud(&self) -> Browser {
        self.recorded(renaud()).await
    }

    /// Somebody who just registered.
    pub async fn recorded(&self, body: Value) -> Browser {
        let mut browser = self.anonyme();
        let response = browser.sign_up(&body).await;
        assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
        browser
    }

    /// The letters that were written, those of the last moment first: this machine sends nothing.
    pub async fn letters(&self) -> Vec<KeptLetter> {
        let (store, vault) = (&self.state.store, &self.state.vault);
        let now = self.state.clock.now();
        let mailer = Mailer::new(store.clone(), Arc::clone(vault), Delivery::Here);
        mailer.send_due(|| now).await.expect("an outbox");
        mail::kept_letters(store, vault).await.expect("letters")
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        let mut connexion = AnyConnection::connect(&self.url).await.expect("a connection");
        let ligne = sqlx::query(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}")))
            .fetch_one(&mut connexion)
            .await
            .expect("a count");
        connexion.close().await.expect("a connection that closes");
        ligne.get(0)
    }

    /// How many files of proofs there are.
    pub fn piece_files(&self) -> usize {
        files(&self.dir.path().join("pieces"))
    }
}

fn files(dir: &Path) -> usize {
    std::fs::read_dir(dir).map_or(0, |inputs| inputs.count())
}

/// A person in front of a browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// The cookie of the session.
    pub cookie: Option<String>,
    /// The key of idempotence of what is sent.
    pub key: String,
    /// Where it comes from.
    pub ip: [u8; 4],
}

impl Browser {
    /// Sends a request.
    pub async fn send(&mut self, mut request: Request<Body>) -> TestResponse {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert("cookie", cookie.parse().expect("a cookie"));
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.ip, 50_000))));
        let response = self.router.clone().oneshot(request).await.expect("a router never fails");
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
        if let Some(cookie) = head.headers.get("set-cookie").and_then(|value| value.to_str().ok()) {
            self.cookie = cookie.split(';').next().filter(|c| !c.ends_with('=')).map(str::to_owned);
        }
        TestResponse { statut: head.status, headers: head.headers, body }
    }

    /// Begins a request as a page of this machine does.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header("origin", ORIGIN).header("idempotency-key", &self.key)
    }

    /// Reads what is at that path.
    pub async fn fetch(&mut self, path: &str) -> TestResponse {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Sends JSON.
    pub async fn json(&mut self, method: Method, path: &str, body: &Value) -> TestResponse {
        self.bytes(method, path, "application/json", body.to_string().into_bytes()).await
    }

    /// Sends bytes of that kind.
    pub async fn bytes(&mut self, method: Method, path: &str, media: &str, body: Vec<u8>) -> TestResponse {
        let request = self.request(method, path).header("content-type", media).body(Body::from(body));
        self.send(request.expect("a request")).await
    }

    /// Registers.
    pub async fn sign_up(&mut self, body: &Value) -> TestResponse {
        self.json(Method::POST, "/api/inscription", body).await
    }

    /// Connects.
    pub async fn sign_in(&mut self, courriel: &str, mot_de_passe: &str) -> TestResponse {
        let body = json!({ "courriel": courriel, "mot_de_passe": mot_de_passe });
        self.json(Method::POST, "/api/connexion", &body).await
    }

    /// Declares a DIF.
    pub async fn declare(&mut self, champs: &[(&str, &str)], file: Option<&[u8]>) -> TestResponse {
        // Tests that are about something else write the head of a PDF alone: the rest of a document is blank.
        let whole = file.filter(|file| file.starts_with(b"%PDF-") && file.len() < 40);
        let whole = whole.map(|head| [head, [b'\n'; 64].as_slice()].concat());
        let body = multipart(champs, whole.as_deref().or(file));
        self.bytes(Method::POST, "/api/dif", "multipart/form-data; boundary=FRONTIERE", body).await
    }
}

/// The body of a form with a file.
pub fn multipart(champs: &[(&str, &str)], file: Option<&[u8]>) -> Vec<u8> {
    let mut body = Vec::new();
    for (nom, value) in champs {
        let champ = format!("--FRONTIERE\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{value}\r\n");
        body.extend(champ.into_bytes());
    }
    if let Some(file) = file {
        let head = "--FRONTIERE\r\nContent-Disposition: form-data; name=\"attestation\"; filename=\"a.pdf\"\r\n\
                    Content-Type: application/pdf\r\n\r\n";
        body.extend(head.bytes());
        body.extend(file);
        body.extend(b"\r\n");
    }
    body.extend(b"--FRONTIERE--\r\n");
    body
}

/// What was answered.
pub struct TestResponse {
    /// Its status.
    pub statut: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl TestResponse {
    /// Its body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Its body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// A header, empty when it is not there.
    pub fn header(&self, nom: &str) -> &str {
        self.headers.get(nom).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Checks that this is a refusal of this status and code.
    pub fn is_refused_with(&self, statut: u16, code: &str) {
        assert_eq!(self.statut.as_u16(), statut, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let json = self.json();
        assert_eq!(json["code"], code);
        assert_eq!(json["status"], statut);
        assert_eq!(json["type"], format!("urn:acquis:probleme:{code}"));
        assert!(json["title"].is_string());
        if matches!(statut, 429 | 503) {
            assert!(self.header("retry-after").parse().is_ok_and(|seconds: u32| seconds > 0), "when to try again");
        }
    }

    /// The fault at a field.
    pub fn faute(&self, champ: &str) -> Value {
        let json = self.json();
        let errors = json["erreurs"].as_array().cloned().unwrap_or_default();
        errors.into_iter().find(|error| error["champ"] == champ).map_or(Value::Null, |error| error["faute"].clone())
    }
}

/// Dominique, whose statement is that of the founding document.
pub fn dominique() -> Value {
    inscription("Pat-Trois", "Dominique Marie-Louise", "28/03/1979", "2790351215189", "89", "dominique@exemple.fr")
}

/// Renaud, who has a DIF to declare.
pub fn renaud() -> Value {
    inscription("Ambroise", "Renaud", "15/01/1980", "1800175999001", "37", "renaud@exemple.fr")
}

/// Camille, whom the employers do not know.
pub fn camille() -> Value {
    inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr")
}

/// Maëlle, whose account is full.
pub fn maelle() -> Value {
    inscription("Lhéritier", "Maëlle", "02/06/1965", "2650669999012", "80", "maelle@exemple.fr")
}

/// What somebody types to register.
pub fn inscription(nom: &str, prenoms: &str, naissance: &str, nir: &str, key: &str, courriel: &str) -> Value {
    json!({
        "nom_naissance": nom, "prenoms": prenoms, "date_naissance": naissance, "nir": nir, "cle": key,
        "telephone_fixe": "", "telephone_mobile": "06 12 34 56 78", "courriel": courriel,
        "mot_de_passe": MOT_DE_PASSE, "cgu": true
    })
}

/// A value with one member changed.
pub fn with(mut body: Value, champ: &str, value: impl Into<Value>) -> Value {
    body[champ] = value.into();
    body
}

/// Everything that is logged by every test, at the most talkative level.
pub fn journal() -> &'static Arc<Mutex<Vec<u8>>> {
    static JOURNAL: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();
    JOURNAL.get_or_init(|| {
        let journal = Arc::new(Mutex::new(Vec::new()));
        let duplicate = Arc::clone(&journal);
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || Pen(Arc::clone(&duplicate)))
            .finish();
        tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");
        journal
    })
}

struct Pen(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
