//! What reading one's rights costs, beside a constant of the same size on the same server: the
//! same router and layers, over real connections. The first must reach half of the second.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use api::comptes::SaisieInscription;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use server::{Clock, Options, Settings, router_with, start};
use store::{Pieces, Store, adresse_sqlite};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use vault::{Coffre, Hachage};

const CONSTANTE: &str =
    r#"{"au":"2026-11-23","solde":"1810.00","dont_dif":"0.00","plafond":"5000.00","connu":true,"dif_declare":false}"#;
const CONNEXIONS: u64 = 16;
const REQUETES: u64 = 40_000;

fn main() {
    let dossier = tempfile::tempdir().expect("a temporary folder");
    let executeur = Runtime::new().expect("a runtime");
    let (adresse, cookie) = executeur.block_on(preparer(dossier.path().display().to_string()));
    let debit = |chemin: &str, cookie: &str| {
        // The best of three: the machine has other things to do.
        (0..3).map(|_| executeur.block_on(mesurer(adresse, chemin, cookie))).max().unwrap_or(0)
    };
    let constante = debit("/constante", &cookie);
    let droits = debit("/api/droits", &cookie);
    let mut sortie = std::io::stdout();
    let _ = writeln!(sortie, "a constant of the same size   {constante:>8} requests/s");
    let _ = writeln!(sortie, "GET /api/droits               {droits:>8} requests/s");
    let _ = writeln!(sortie, "ratio                         {:>7} %   (at least 50)", droits * 100 / constante.max(1));
    // Elsewhere each reading asks the database whether the session still stands: another server may have ended it.
    let promis = std::env::var_os("ACQUIS_DATABASE_URL").is_none();
    assert!(!promis || droits * 2 >= constante, "reading rights costs more than twice a constant");
}

async fn preparer(donnees: String) -> (SocketAddr, String) {
    let donnees = Path::new(&donnees);
    // SQLite, unless another database is named: an empty one.
    let sqlite = || adresse_sqlite(&donnees.join("acquis.db"));
    let base = std::env::var("ACQUIS_DATABASE_URL").unwrap_or_else(|_| sqlite());
    let coffre = Arc::new(Coffre::new(&[7; 32]));
    let store = Store::ouvrir(&base).await.expect("a database");
    store.migrer(&coffre).await.expect("migrations");
    let clock = Clock::systeme();
    batch::demo::remplir(&store, &coffre, clock.maintenant()).await.expect("the fictional people");
    let pieces = Pieces::ouvrir(&donnees.join("pieces"), Arc::clone(&coffre)).expect("a folder");
    let hachage = Hachage::avec(8, 1).expect("a quick Argon2");
    let etat = start(Options { settings: Settings::default(), store, coffre, pieces, clock, hachage }).expect("a page");
    let constante = get(async || ([(CONTENT_TYPE, "application/json")], CONSTANTE));
    let application = router_with(etat, axum::Router::new().route("/constante", constante));
    let ecoute = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let adresse = ecoute.local_addr().expect("its address");
    tokio::spawn(async move { axum::serve(ecoute, application).await });
    let cookie = inscrire(adresse).await;
    (adresse, cookie)
}

/// Registers Dominique; gives the cookie.
async fn inscrire(adresse: SocketAddr) -> String {
    let saisie = SaisieInscription {
        nom_naissance: "Pat-Trois".into(),
        prenoms: "Dominique Marie-Louise".into(),
        date_naissance: "28/03/1979".into(),
        nir: "2790351215189".into(),
        cle: "89".into(),
        telephone_mobile: "0612345678".into(),
        courriel: "dominique@exemple.fr".into(),
        mot_de_passe: "Tram jaune, quai 12 !".into(),
        cgu: true,
        ..SaisieInscription::default()
    };
    let corps = serde_json::to_string(&saisie).expect("a body");
    let requete = format!(
        "POST /api/inscription HTTP/1.1\r\nhost: a\r\norigin: http://localhost\r\ncontent-type: application/json\r\n\
         idempotency-key: 0123456789abcdef\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{corps}",
        corps.len()
    );
    let mut flux = TcpStream::connect(adresse).await.expect("a connection");
    flux.write_all(requete.as_bytes()).await.expect("a request");
    let mut reponse = String::new();
    flux.read_to_string(&mut reponse).await.expect("an answer");
    let cookie = reponse.lines().find_map(|ligne| ligne.strip_prefix("set-cookie: ")).expect("a cookie");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// Requests a second.
async fn mesurer(adresse: SocketAddr, chemin: &str, cookie: &str) -> u64 {
    let reste = Arc::new(AtomicU64::new(REQUETES));
    let requete: Arc<str> = format!("GET {chemin} HTTP/1.1\r\nhost: a\r\ncookie: {cookie}\r\n\r\n").into();
    let debut = tokio::time::Instant::now();
    let taches: Vec<_> = (0..CONNEXIONS)
        .map(|_| {
            let (reste, requete) = (Arc::clone(&reste), Arc::clone(&requete));
            tokio::spawn(async move {
                let mut flux = TcpStream::connect(adresse).await.expect("a connection");
                let mut tampon = vec![0; 8_192];
                while reste.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok() {
                    flux.write_all(requete.as_bytes()).await.expect("a request");
                    let mut lus = 0;
                    while !tampon[..lus].ends_with(b"}") {
                        lus += flux.read(&mut tampon[lus..]).await.expect("an answer");
                    }
                    assert!(tampon.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&tampon[..lus]));
                }
            })
        })
        .collect();
    for tache in taches {
        tache.await.expect("a task that ends");
    }
    let ms = u64::try_from(debut.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
    REQUETES * 1_000 / ms
}
