//! An application of its own for each test, on each database; people with verbs. Never shipped.

mod operations;

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
use serde_json::{Value, json};
use server::{AppState, Clock, Options, Settings, router, start};
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::{Pieces, Store, adresse_sqlite};
use tempfile::TempDir;
use tower::ServiceExt;
use vault::{Coffre, Hachage};

pub use axum::http::Method;
pub use operations::{annee, dit, ecrire, exemple, genere, lignes, plan, sommes, tout};

/// A page of this machine.
pub const ORIGINE: &str = "http://127.0.0.1:8080";
/// A key of idempotence.
pub const CLE: &str = "essai-0123456789";
/// The password of everybody.
pub const MOT_DE_PASSE: &str = "Tram jaune, quai 12 !";
/// The key of the data of these tests: the same in every run, so that hashes can be compared.
pub const MASTER_KEY: [u8; 32] = [7; 32];
/// Monday 23 November 2026, ten o'clock in Paris.
const DEBUT: &str = "2026-11-23T09:00:00Z";

/// Runs a test on SQLite, then on PostgreSQL when `ACQUIS_TEST_POSTGRES` says where.
pub fn essai(test: impl AsyncFn(Application)) {
    essai_avec(|_| (), test);
}

/// As [`essai`], with settings.
pub fn essai_avec(settle: impl Fn(&mut Settings), test: impl AsyncFn(Application)) {
    journal();
    let executeur =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    executeur.block_on(async {
        let dossier = tempfile::tempdir().expect("a temporary folder");
        let url = adresse_sqlite(&dossier.path().join("acquis.db"));
        let application = Application::nouvelle(dossier, url, &settle).await;
        test(application.clone()).await;
        application.etat.store.fermer().await;
        match std::env::var("ACQUIS_TEST_POSTGRES") {
            Ok(serveur) => {
                let (url, schema) = schema(&serveur).await;
                let dossier = tempfile::tempdir().expect("a temporary folder");
                let application = Application::nouvelle(dossier, url, &settle).await;
                test(application.clone()).await;
                application.etat.store.fermer().await;
                sur_le_serveur(&serveur, format!("DROP SCHEMA {schema} CASCADE")).await;
            }
            Err(_) => avertir(),
        }
    });
}

/// Where a program of its own keeps its data: a folder, and in it its database, or a schema of the PostgreSQL of
/// the tests, which goes with it.
pub struct Donnees {
    /// The folder.
    pub dossier: TempDir,
    /// The address of the database.
    pub url: String,
    schema: Option<(String, String)>,
}

impl Donnees {
    /// Runs a test that starts programs, on SQLite, then on PostgreSQL when `ACQUIS_TEST_POSTGRES` says where; it is
    /// given what makes new data.
    pub fn essai(test: impl Fn(&dyn Fn() -> Self)) {
        test(&|| {
            let dossier = tempfile::tempdir().expect("a temporary folder");
            Self { url: adresse_sqlite(&dossier.path().join("acquis.db")), dossier, schema: None }
        });
        match std::env::var("ACQUIS_TEST_POSTGRES") {
            Ok(serveur) => test(&|| {
                let (url, nom) = seul(schema(&serveur));
                let dossier = tempfile::tempdir().expect("a temporary folder");
                Self { dossier, url, schema: Some((serveur.clone(), nom)) }
            }),
            Err(_) => avertir(),
        }
    }
}

impl Drop for Donnees {
    fn drop(&mut self) {
        if let Some((serveur, nom)) = &self.schema {
            seul(sur_le_serveur(serveur, format!("DROP SCHEMA {nom} CASCADE")));
        }
    }
}

fn seul<T>(travail: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(travail)
}

fn avertir() {
    static DIT: OnceLock<()> = OnceLock::new();
    // Written past the capture of the test runner: it must be seen when every test passes.
    DIT.get_or_init(|| {
        let _ =
            writeln!(std::io::stderr(), "PostgreSQL: SKIPPED, ACQUIS_TEST_POSTGRES is not set; only SQLite was tested");
    });
}

/// A schema of its own for each test: the address that leads to it, and its name.
async fn schema(serveur: &str) -> (String, String) {
    static RANG: AtomicU32 = AtomicU32::new(0);
    let nom = format!("essai_{}_{}", std::process::id(), RANG.fetch_add(1, Ordering::SeqCst));
    sur_le_serveur(serveur, format!("CREATE SCHEMA {nom}")).await;
    let lien = if serveur.contains('?') { '&' } else { '?' };
    (format!("{serveur}{lien}options=-c%20search_path%3D{nom}"), nom)
}

async fn sur_le_serveur(serveur: &str, sql: String) {
    install_default_drivers();
    let mut connexion = AnyConnection::connect(serveur).await.expect("the PostgreSQL of the tests");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connexion).await.expect("a statement of the tests");
    connexion.close().await.expect("a connection that closes");
}

/// An application with its data.
#[derive(Clone)]
pub struct Application {
    /// The state behind its router.
    pub etat: AppState,
    /// Where its files are.
    pub dossier: Arc<TempDir>,
    /// The address of its database.
    pub url: String,
    routeur: Router,
}

impl Application {
    async fn nouvelle(dossier: TempDir, url: String, settle: &impl Fn(&mut Settings)) -> Self {
        let dossier = Arc::new(dossier);
        let application = Self::sur(Arc::clone(&dossier), &url, settle, true).await;
        let etat = &application.etat;
        batch::demo::remplir(&etat.store, &etat.coffre, etat.clock.maintenant()).await.expect("the fictional people");
        application
    }

    async fn sur(dossier: Arc<TempDir>, url: &str, settle: impl Fn(&mut Settings), migrer: bool) -> Self {
        let mut settings = Settings::default();
        settle(&mut settings);
        let coffre = Arc::new(Coffre::new(&MASTER_KEY));
        let store = Store::ouvrir(url).await.expect("a database");
        if migrer {
            store.migrer(&coffre).await.expect("migrations");
        }
        let pieces = Pieces::ouvrir(&dossier.path().join("pieces"), Arc::clone(&coffre)).expect("a folder");
        let (clock, hachage) = (Clock::reglee(DEBUT), Hachage::avec(8, 1).expect("a quick Argon2"));
        let etat = start(Options { settings, store, coffre, pieces, clock, hachage }).expect("a page");
        Self { routeur: router(etat.clone()), etat, dossier, url: url.to_owned() }
    }

    /// The same data behind a database that refuses to write, as when the disk is full.
    pub async fn sans_ecriture(&self) -> Self {
        let url = &self.url;
        let url = if url.starts_with("sqlite:") {
            url.replace("mode=rwc", "mode=ro")
        } else {
            format!("{url}%20-c%20default_transaction_read_only%3Don")
        };
        Self::sur(Arc::clone(&self.dossier), &url, |_| (), false).await
    }

    /// Nobody in particular.
    pub fn anonyme(&self) -> Navigateur {
        Navigateur { routeur: self.routeur.clone(), cookie: None, cle: CLE.to_owned(), ip: [127, 0, 0, 1] }
    }

    /// Somebody in front of another router on the same data.
    pub fn sur_ce_routeur(&self, routeur: Router) -> Navigateur {
        Navigateur { routeur, ..self.anonyme() }
    }

    /// Dominique, whose statement is that of the founding document, just registered.
    pub async fn dominique(&self) -> Navigateur {
        self.inscrit(dominique()).await
    }

    /// Renaud, who has a DIF to declare, just registered.
    pub async fn renaud(&self) -> Navigateur {
        self.inscrit(renaud()).await
    }

    /// Somebody who just registered.
    pub async fn inscrit(&self, corps: Value) -> Navigateur {
        let mut navigateur = self.anonyme();
        let reponse = navigateur.inscrire(&corps).await;
        assert_eq!(reponse.statut, StatusCode::CREATED, "{}", reponse.texte());
        navigateur
    }

    /// How many rows a table has.
    pub async fn compter(&self, table: &str) -> i64 {
        let mut connexion = AnyConnection::connect(&self.url).await.expect("a connection");
        let ligne = sqlx::query(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}")))
            .fetch_one(&mut connexion)
            .await
            .expect("a count");
        connexion.close().await.expect("a connection that closes");
        ligne.get(0)
    }

    /// How many files of proofs there are.
    pub fn fichiers_de_pieces(&self) -> usize {
        fichiers(&self.dossier.path().join("pieces"))
    }
}

fn fichiers(dossier: &Path) -> usize {
    std::fs::read_dir(dossier).map_or(0, |entrees| entrees.count())
}

/// A person in front of a browser.
#[derive(Clone)]
pub struct Navigateur {
    routeur: Router,
    /// The cookie of the session.
    pub cookie: Option<String>,
    /// The key of idempotence of what is sent.
    pub cle: String,
    /// Where it comes from.
    pub ip: [u8; 4],
}

impl Navigateur {
    /// Sends a request.
    pub async fn envoyer(&mut self, mut requete: Request<Body>) -> Reponse {
        if let Some(cookie) = &self.cookie {
            requete.headers_mut().insert("cookie", cookie.parse().expect("a cookie"));
        }
        requete.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.ip, 50_000))));
        let reponse = self.routeur.clone().oneshot(requete).await.expect("a router never fails");
        let (tete, corps) = reponse.into_parts();
        let corps = corps.collect().await.expect("a whole body").to_bytes().to_vec();
        if let Some(cookie) = tete.headers.get("set-cookie").and_then(|valeur| valeur.to_str().ok()) {
            self.cookie = cookie.split(';').next().filter(|c| !c.ends_with('=')).map(str::to_owned);
        }
        Reponse { statut: tete.status, entetes: tete.headers, corps }
    }

    /// Begins a request as a page of this machine does.
    pub fn requete(&self, methode: Method, chemin: &str) -> axum::http::request::Builder {
        Request::builder().method(methode).uri(chemin).header("origin", ORIGINE).header("idempotency-key", &self.cle)
    }

    /// Reads what is at that path.
    pub async fn lire(&mut self, chemin: &str) -> Reponse {
        let requete = Request::get(chemin).body(Body::empty()).expect("a request");
        self.envoyer(requete).await
    }

    /// Sends JSON.
    pub async fn json(&mut self, methode: Method, chemin: &str, corps: &Value) -> Reponse {
        self.octets(methode, chemin, "application/json", corps.to_string().into_bytes()).await
    }

    /// Sends bytes of that kind.
    pub async fn octets(&mut self, methode: Method, chemin: &str, media: &str, corps: Vec<u8>) -> Reponse {
        let requete = self.requete(methode, chemin).header("content-type", media).body(Body::from(corps));
        self.envoyer(requete.expect("a request")).await
    }

    /// Registers.
    pub async fn inscrire(&mut self, corps: &Value) -> Reponse {
        self.json(Method::POST, "/api/inscription", corps).await
    }

    /// Connects.
    pub async fn connecter(&mut self, courriel: &str, mot_de_passe: &str) -> Reponse {
        let corps = json!({ "courriel": courriel, "mot_de_passe": mot_de_passe });
        self.json(Method::POST, "/api/connexion", &corps).await
    }

    /// Declares a DIF.
    pub async fn declarer(&mut self, champs: &[(&str, &str)], fichier: Option<&[u8]>) -> Reponse {
        let corps = multipart(champs, fichier);
        self.octets(Method::POST, "/api/dif", "multipart/form-data; boundary=FRONTIERE", corps).await
    }
}

/// The body of a form with a file.
pub fn multipart(champs: &[(&str, &str)], fichier: Option<&[u8]>) -> Vec<u8> {
    let mut corps = Vec::new();
    for (nom, valeur) in champs {
        let champ = format!("--FRONTIERE\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n");
        corps.extend(champ.into_bytes());
    }
    if let Some(fichier) = fichier {
        let tete = "--FRONTIERE\r\nContent-Disposition: form-data; name=\"attestation\"; filename=\"a.pdf\"\r\n\
                    Content-Type: application/pdf\r\n\r\n";
        corps.extend(tete.bytes());
        corps.extend(fichier);
        corps.extend(b"\r\n");
    }
    corps.extend(b"--FRONTIERE--\r\n");
    corps
}

/// What was answered.
pub struct Reponse {
    /// Its status.
    pub statut: StatusCode,
    /// Its headers.
    pub entetes: HeaderMap,
    /// Its body.
    pub corps: Vec<u8>,
}

impl Reponse {
    /// Its body as text.
    pub fn texte(&self) -> String {
        String::from_utf8_lossy(&self.corps).into_owned()
    }

    /// Its body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.corps).unwrap_or_else(|_| panic!("not JSON: {}", self.texte()))
    }

    /// A header, empty when it is not there.
    pub fn entete(&self, nom: &str) -> &str {
        self.entetes.get(nom).and_then(|valeur| valeur.to_str().ok()).unwrap_or_default()
    }

    /// Checks that this is a refusal of this status and code.
    pub fn est_un_refus(&self, statut: u16, code: &str) {
        assert_eq!(self.statut.as_u16(), statut, "{}", self.texte());
        assert_eq!(self.entete("content-type"), "application/problem+json");
        let json = self.json();
        assert_eq!(json["code"], code);
        assert_eq!(json["status"], statut);
        assert_eq!(json["type"], format!("urn:acquis:probleme:{code}"));
        assert!(json["title"].is_string());
    }

    /// The fault at a field.
    pub fn faute(&self, champ: &str) -> Value {
        let json = self.json();
        let erreurs = json["erreurs"].as_array().cloned().unwrap_or_default();
        erreurs
            .into_iter()
            .find(|erreur| erreur["champ"] == champ)
            .map_or(Value::Null, |erreur| erreur["faute"].clone())
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
pub fn inscription(nom: &str, prenoms: &str, naissance: &str, nir: &str, cle: &str, courriel: &str) -> Value {
    json!({
        "nom_naissance": nom, "prenoms": prenoms, "date_naissance": naissance, "nir": nir, "cle": cle,
        "telephone_fixe": "", "telephone_mobile": "06 12 34 56 78", "courriel": courriel,
        "mot_de_passe": MOT_DE_PASSE, "cgu": true
    })
}

/// A value with one member changed.
pub fn avec(mut corps: Value, champ: &str, valeur: impl Into<Value>) -> Value {
    corps[champ] = valeur.into();
    corps
}

/// Everything that is logged by every test, at the most talkative level.
pub fn journal() -> &'static Arc<Mutex<Vec<u8>>> {
    static JOURNAL: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();
    JOURNAL.get_or_init(|| {
        let journal = Arc::new(Mutex::new(Vec::new()));
        let copie = Arc::clone(&journal);
        let abonne = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || Plume(Arc::clone(&copie)))
            .finish();
        tracing::subscriber::set_global_default(abonne).expect("the only subscriber");
        journal
    })
}

struct Plume(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Plume {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
