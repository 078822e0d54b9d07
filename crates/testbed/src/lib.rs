//! An application of its own for each test, on each database; people with verbs. Never shipped.

mod antivirus;
mod authenticator;
mod browser;
mod gatherer;
mod operations;
mod provider;
mod smtp;
mod tls;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use mail::{Delivery, KeptLetter, Mailer};
use serde_json::{Value, json};
use server::{AppState, Clock, Options, Settings, router, start};
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::{Pieces, Store, sqlite_address};
use tempfile::TempDir;
use vault::{Hashing, Ring, Vault};

pub use antivirus::clamd;
pub use authenticator::Authenticator;
pub use axum::http::Method;
pub use browser::{Browser, TestResponse, multipart, multipart_named};
pub use gatherer::{Gathered, Gatherer};
pub use operations::{all, example, generated, operator, plan, rows, said, sums, write, year};
pub use provider::{CLIENT, Identities, SECRET};
pub use smtp::{Mailroom, Received};
pub use tls::{AnsweredOverTls, ask_over_tls, certificate};

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

/// The least that Argon2 takes: kibibytes, and passes.
const QUICK: (u32, u32) = (8, 1);

/// Where the PostgreSQL of the tests is, when `ACQUIS_TEST_POSTGRES` says it: then they are on it, else on SQLite. Each run
/// proves one of the two, and `cargo xtask test` makes both.
fn postgres() -> Option<String> {
    std::env::var("ACQUIS_TEST_POSTGRES").ok().filter(|server| !server.is_empty())
}

/// Runs a test on the database of this run.
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
        match postgres() {
            Some(server) => {
                let (url, schema) = schema(&server).await;
                let application = Application::new(dir, url, &settle).await;
                test(application.clone()).await;
                application.state.store.close().await;
                on_the_server(&server, format!("DROP SCHEMA {schema} CASCADE")).await;
            }
            None => {
                let url = sqlite_address(&dir.path().join("acquis.db"));
                let application = Application::new(dir, url, &settle).await;
                test(application.clone()).await;
                application.state.store.close().await;
            }
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
    /// Runs a test that starts programs, on the database of this run; it is given what makes new data.
    pub fn trial(test: impl Fn(&dyn Fn() -> Self)) {
        test(&|| {
            let dir = private_folder();
            match postgres() {
                Some(server) => {
                    let (url, nom) = alone(schema(&server));
                    Self { dir, url, schema: Some((server, nom)) }
                }
                None => Self { url: sqlite_address(&dir.path().join("acquis.db")), dir, schema: None },
            }
        });
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
        let application = Self::sur(Arc::clone(&dir), &url, settle, true, QUICK).await;
        let state = &application.state;
        batch::demo::fill(&state.store, &state.vault, state.clock.now()).await.expect("the fictional people");
        application
    }

    async fn sur(
        dir: Arc<TempDir>,
        url: &str,
        settle: impl Fn(&mut Settings),
        migrate: bool,
        (memory, passes): (u32, u32),
    ) -> Self {
        let mut settings = Settings::default();
        // As the demonstration: a test of what the law closed sets the day.
        settings.bareme.dif_declaration_end = None;
        settle(&mut settings);
        // As the program leaves it: a test looks at every file of the folder.
        std::fs::write(dir.path().join("cle"), vault::to_hex(&MASTER_KEY)).expect("a key written");
        let file = dir.path().join("cle");
        let source = move || Ring::parse(&std::fs::read_to_string(&file).ok()?);
        let vault = Arc::new(Vault::following(Ring::new(MASTER_KEY), source));
        let store = Store::open(url).await.expect("a database");
        if migrate {
            store.migrate(&vault).await.expect("migrations");
        }
        let pieces = Pieces::open(&dir.path().join("pieces"), Arc::clone(&vault)).expect("a folder");
        let (clock, hashing) = (Clock::settled(START), Hashing::with(memory, passes).expect("an Argon2"));
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
        Self::sur(Arc::clone(&self.dir), &url, |_| (), false, QUICK).await
    }

    /// Another server on the same data, which knows of it what the database says.
    pub async fn another_server(&self) -> Self {
        Self::sur(Arc::clone(&self.dir), &self.url, |_| (), false, QUICK).await
    }

    /// The same, with the settings of this one.
    pub async fn twin_server(&self) -> Self {
        let settle = |settings: &mut Settings| settings.clone_from(&self.state.settings);
        Self::sur(Arc::clone(&self.dir), &self.url, settle, false, QUICK).await
    }

    /// Another server on the same data, of a version that hashes passwords with so many kibibytes and passes.
    pub async fn hashing_with(&self, strength: (u32, u32)) -> Self {
        Self::sur(Arc::clone(&self.dir), &self.url, |_| (), false, strength).await
    }

    /// Nobody in particular.
    pub fn anonyme(&self) -> Browser {
        let (waiting, ip) = (BTreeMap::new(), [127, 0, 0, 1]);
        Browser { router: self.router.clone(), cookie: None, waiting, key: KEY.to_owned(), ip, origin: ORIGIN }
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

    /// Somebody who just registered, and proved their e-mail by the code of the letter.
    pub async fn recorded(&self, body: Value) -> Browser {
        static RANK: AtomicU32 = AtomicU32::new(0);
        let mut browser = self.anonyme();
        browser.key = format!("inscription-{:08}", RANK.fetch_add(1, Ordering::SeqCst));
        self.register(&mut browser, &body).await;
        browser.key = KEY.to_owned();
        browser
    }

    /// Asks for an account that cannot be had: the answer does not say so, and nothing is opened.
    pub async fn comes_to_nothing(&self, body: &Value) {
        static RANK: AtomicU32 = AtomicU32::new(0);
        let (accounts, mut browser) = (self.count("comptes").await, self.anonyme());
        browser.key = format!("sans-suite-{:08}", RANK.fetch_add(1, Ordering::SeqCst));
        let response = browser.sign_up(body).await;
        assert_eq!(response.statut, StatusCode::ACCEPTED, "{}", response.text());
        let idle = self.count("demandes WHERE etat = 'sans_suite'").await;
        self.examine().await;
        assert_eq!(self.count("demandes WHERE etat = 'sans_suite'").await, idle + 1, "nobody was sent a code");
        assert_eq!(self.count("comptes").await, accounts);
    }

    /// Registers, and types the code of the letter.
    pub async fn register(&self, browser: &mut Browser, body: &Value) {
        let courriel = body["courriel"].as_str().expect("an e-mail");
        // The clock of a test stands still: letters of one moment have no order.
        let before: Vec<String> = self.letters_to(courriel).await.into_iter().map(|letter| letter.text).collect();
        let response = browser.sign_up(body).await;
        assert_eq!(response.statut, StatusCode::ACCEPTED, "{}", response.text());
        let mut letter = None;
        // Somebody else of the same test may be delivering it.
        for _ in 0..500 {
            letter = self.letters_to(courriel).await.into_iter().find(|letter| !before.contains(&letter.text));
            if letter.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let response = browser.confirm(code_in(&letter.expect("a letter").text).expect("a code")).await;
        assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
    }

    /// Looks at what was asked: what the program does each second.
    pub async fn examine(&self) {
        examine(&self.state).await;
    }

    /// The letters to this mailbox, once what was asked was looked at; the last first.
    pub async fn letters_to(&self, courriel: &str) -> Vec<KeptLetter> {
        self.examine().await;
        self.letters().await.into_iter().filter(|letter| letter.to == courriel).collect()
    }

    /// The letters that were written, but for those that prove a mailbox: nobody was told of anything.
    pub async fn notices(&self) -> Vec<KeptLetter> {
        let written = self.letters().await.into_iter();
        written.filter(|letter| !letter.subject.starts_with("Confirmez ")).collect()
    }

    /// The code of the last letter to this mailbox, as it is written there.
    pub async fn code_for(&self, courriel: &str) -> String {
        code_in(&self.letters_to(courriel).await.first().expect("a letter").text).expect("a code").to_owned()
    }

    /// The code of the last letter of this subject to this mailbox, if there is one.
    pub async fn code_titled(&self, courriel: &str, subject: &str) -> Option<String> {
        let letters = self.letters_to(courriel).await;
        let letter = letters.iter().find(|letter| letter.subject == subject)?;
        code_in(&letter.text).map(str::to_owned)
    }

    /// The codes of the change that waits, by the letters to these two mailboxes: what is sent to prove it.
    pub async fn codes_of_change(&self, present: &str, new: &str) -> Value {
        let present = self.code_titled(present, "Confirmez le changement de vos coordonnées").await;
        let new = self.code_titled(new, "Confirmez votre nouvelle adresse").await;
        json!({ "code_actuel": present.unwrap_or_default(), "code_nouveau": new.unwrap_or_default() })
    }

    /// Changes how to reach somebody, from the form to the codes of the letters.
    pub async fn change_coordonnees(&self, browser: &mut Browser, asked: &Value) -> TestResponse {
        let present = browser.fetch("/api/profil").await.json()["courriel"].as_str().expect("an e-mail").to_owned();
        // Letters of one moment have no order.
        self.state.clock.advance(Duration::from_secs(1));
        let answer = browser.json(Method::PUT, "/api/profil/coordonnees", asked).await;
        assert_eq!(answer.statut, StatusCode::ACCEPTED, "{}", answer.text());
        let new = asked["courriel"].as_str().expect("an e-mail");
        let mut codes = self.codes_of_change(&present, new).await;
        if new == present {
            codes["code_nouveau"] = json!("");
        }
        if answer.json()["changement"]["code_actuel"] == json!(false) {
            codes["code_actuel"] = json!("");
        }
        browser.json(Method::POST, "/api/profil/coordonnees/confirmation", &codes).await
    }

    /// What the link of the last letter to this mailbox carries.
    pub async fn token_for(&self, courriel: &str) -> String {
        let letters = self.letters_to(courriel).await;
        let text = &letters.first().expect("a letter").text;
        let token = text.lines().find_map(|line| line.split_once('#')).expect("a link with a token").1;
        token.to_owned()
    }

    /// The letters that were written, those of the last moment first: this machine sends nothing.
    pub async fn letters(&self) -> Vec<KeptLetter> {
        letters(&self.state).await
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

    /// Makes every account one of before: nobody proved that its e-mail is theirs.
    pub async fn as_before_confirmation(&self) {
        self.change("UPDATE comptes SET courriel_confirme_le = NULL").await;
    }

    /// Makes every account one whose holder showed a document to an operator.
    pub async fn as_seen_by_an_operator(&self) {
        self.change("UPDATE comptes SET identite_prouvee_le = 1, numero_prouve_le = 1").await;
    }

    /// Makes every account one whose holder a provider named: which proves no number.
    pub async fn as_named_by_a_provider(&self) {
        self.change("UPDATE comptes SET identite_prouvee_le = 1, numero_prouve_le = NULL").await;
    }

    async fn change(&self, sql: &'static str) {
        let mut connexion = AnyConnection::connect(&self.url).await.expect("a connection");
        sqlx::query(sql).execute(&mut connexion).await.expect("a change");
        connexion.close().await.expect("a connection that closes");
        // Otherwise it would remember them for a second.
        self.state.store.forget_sessions();
    }

    /// How many files of proofs there are.
    pub fn piece_files(&self) -> usize {
        files(&self.dir.path().join("pieces"))
    }
}

fn files(dir: &Path) -> usize {
    std::fs::read_dir(dir).map_or(0, |inputs| inputs.count())
}

/// Looks at what was asked of this server: what the program does each second.
pub async fn examine(state: &AppState) {
    let now = state.clock.now();
    state.requests.examiner().examine_due(|| now).await.expect("requests");
}

/// The letters that this server wrote, those of the last moment first.
pub async fn letters(state: &AppState) -> Vec<KeptLetter> {
    let (store, vault, now) = (&state.store, &state.vault, state.clock.now());
    let mailer = Mailer::new(store.clone(), Arc::clone(vault), Delivery::Here);
    mailer.send_due(|| now).await.expect("an outbox");
    mail::kept_letters(store, vault, i64::MAX).await.expect("letters")
}

/// The code that a letter shows, if it shows one.
pub fn code_in(text: &str) -> Option<&str> {
    let is_code = |line: &&str| line.len() == 7 && line.bytes().all(|c| c.is_ascii_digit() || c == b' ');
    text.lines().map(str::trim).find(is_code)
}

/// What an application shows that was given this secret, as it is typed, at that moment in milliseconds.
pub fn shown_by_application(secret: &str, now: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).expect("a secret");
    let application = totp_rs::Builder::new().with_secret(secret).build().expect("an application");
    application.generate(u64::try_from(now / 1_000).expect("a moment")).to_string()
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
