//! Serves the page: the files inside the program, compressed beforehand, or a folder while
//! developing. Knows nothing of accounts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use api::probleme::Code;
use api::screens::SCREENS;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use vault::en_hexa;

use crate::error::Erreur;
use crate::state::AppState;

include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// A file of the page, as the program holds it.
struct Fichier {
    /// « /index.html ».
    chemin: &'static str,
    /// Hash of its bytes.
    empreinte: &'static str,
    identite: &'static [u8],
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

/// What is shown when the program was built without the page.
const SANS_PAGE: &str = "<!doctype html>\n<html lang=\"fr\">\n<meta charset=\"utf-8\">\n<title>Acquis : la page n'est pas construite</title>\n\
    <h1>La page n'est pas construite</h1>\n\
    <p>Le serveur fonctionne, mais il a été compilé sans la page. Lancez <code>cargo xtask run</code>, qui construit la page \
    puis le serveur, ou <code>cargo xtask dev</code> pour développer.</p>\n</html>\n";

/// Where the page comes from.
pub struct Page {
    dossier: Option<PathBuf>,
    embarquee: HashMap<&'static str, &'static Fichier>,
    politiques: HashMap<&'static str, HeaderValue>,
}

impl Page {
    /// The page inside the program, or that of a folder, read again at each request.
    ///
    /// # Errors
    /// A sentence in French when the folder is not there.
    pub fn ouvrir(dossier: Option<PathBuf>) -> Result<Self, String> {
        if let Some(chemin) = &dossier
            && !chemin.is_dir()
        {
            return Err(format!("page : {} n'est pas un dossier", chemin.display()));
        }
        Ok(Self::contenant(FICHIERS, dossier))
    }

    fn contenant(fichiers: &'static [Fichier], dossier: Option<PathBuf>) -> Self {
        let embarquee = fichiers.iter().map(|fichier| (fichier.chemin, fichier)).collect();
        let politiques = fichiers
            .iter()
            .filter(|fichier| fichier.chemin.ends_with(".html"))
            .map(|fichier| (fichier.chemin, politique(&String::from_utf8_lossy(fichier.identite))))
            .collect();
        Self { dossier, embarquee, politiques }
    }

    /// The file at this path.
    async fn trouver(&self, chemin: &str, codage: Codage) -> Option<Trouve> {
        if let Some(dossier) = &self.dossier {
            return depuis_le_dossier(dossier, chemin).await;
        }
        let fichier = self.embarquee.get(chemin)?;
        let (octets, codage) = match codage {
            Codage::Brotli => fichier.brotli.map(|octets| (octets, codage)),
            Codage::Gzip => fichier.gzip.map(|octets| (octets, codage)),
            Codage::Identite => None,
        }
        .unwrap_or((fichier.identite, Codage::Identite));
        Some(Trouve {
            chemin: fichier.chemin.into(),
            empreinte: fichier.empreinte.into(),
            octets: Bytes::from_static(octets),
            codage,
            politique: self.politiques.get(chemin).cloned(),
        })
    }
}

/// A file about to be served.
struct Trouve {
    chemin: Cow<'static, str>,
    empreinte: Cow<'static, str>,
    octets: Bytes,
    codage: Codage,
    politique: Option<HeaderValue>,
}

async fn depuis_le_dossier(dossier: &Path, chemin: &str) -> Option<Trouve> {
    let relatif = Path::new(chemin.strip_prefix('/')?);
    // Nothing but names: a path cannot leave the folder.
    if !relatif.components().all(|partie| matches!(partie, Component::Normal(_))) {
        return None;
    }
    let octets = tokio::fs::read(dossier.join(relatif)).await.ok()?;
    Some(Trouve {
        empreinte: en_hexa(&Sha256::digest(&octets)[..16]).into(),
        politique: chemin.ends_with(".html").then(|| politique(&String::from_utf8_lossy(&octets))),
        chemin: chemin.to_owned().into(),
        octets: octets.into(),
        codage: Codage::Identite,
    })
}

/// Serves a file of the page, or the page itself for its screens.
pub(crate) async fn servir(State(etat): State<AppState>, requete: Request) -> Response<Body> {
    if !matches!(*requete.method(), Method::GET | Method::HEAD) {
        let mut refus = Erreur::from(Code::MethodeRefusee).into_response();
        refus.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refus;
    }
    let chemin = requete.uri().path();
    let codage = Codage::prefere(requete.headers());
    let page = &etat.page;
    let mut statut = StatusCode::OK;
    let trouve = if is_screen(chemin) {
        match page.trouver(&format!("{}.html", chemin.trim_end_matches('/')), codage).await {
            Some(prete) => Some(prete),
            None => page.trouver("/index.html", codage).await,
        }
    } else if let Some(fichier) = page.trouver(chemin, codage).await {
        Some(fichier)
    } else {
        statut = StatusCode::NOT_FOUND;
        // A missing file must not be answered with a page that a script loader would try to read.
        let est_un_fichier = chemin.rsplit('/').next().is_some_and(|nom| nom.contains('.'));
        if est_un_fichier {
            None
        } else {
            match page.trouver("/introuvable.html", codage).await {
                Some(prete) => Some(prete),
                None => page.trouver("/index.html", codage).await,
            }
        }
    };
    match trouve {
        Some(trouve) => repondre(trouve, statut, requete.headers()),
        None if is_screen(chemin) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, "text/html; charset=utf-8")], SANS_PAGE).into_response()
        }
        None => (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/plain; charset=utf-8")], "Introuvable\n").into_response(),
    }
}

/// Whether a screen stands at exactly this path: each is the same page, which shows the right one.
fn is_screen(path: &str) -> bool {
    SCREENS.iter().any(|screen| screen.path == path)
}

fn repondre(trouve: Trouve, statut: StatusCode, demande: &HeaderMap) -> Response<Body> {
    let etiquette = match trouve.codage.nom() {
        Some(codage) => format!("\"{}-{codage}\"", trouve.empreinte),
        None => format!("\"{}\"", trouve.empreinte),
    };
    let connue = demande.get_all(IF_NONE_MATCH).into_iter().filter_map(|valeur| valeur.to_str().ok()).any(|valeur| {
        valeur.split(',').map(str::trim).any(|connue| connue == "*" || connue.trim_start_matches("W/") == etiquette)
    });
    let mut reponse = if connue && statut == StatusCode::OK {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut reponse = Response::new(Body::from(trouve.octets));
        *reponse.status_mut() = statut;
        reponse.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media(&trouve.chemin)));
        if let Some(codage) = trouve.codage.nom() {
            reponse.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(codage));
        }
        reponse
    };
    let entetes = reponse.headers_mut();
    if let Ok(etiquette) = HeaderValue::from_str(&etiquette) {
        entetes.insert(ETAG, etiquette);
    }
    entetes.insert(VARY, HeaderValue::from_static("accept-encoding"));
    let duree = if est_immuable(&trouve.chemin) { "public, max-age=31536000, immutable" } else { "no-cache" };
    entetes.insert(CACHE_CONTROL, HeaderValue::from_static(duree));
    if let Some(politique) = trouve.politique {
        entetes.insert(CONTENT_SECURITY_POLICY, politique);
    }
    reponse
}

/// Whether the name holds the hash of the bytes. The name of the JavaScript holds that of the
/// WebAssembly, so it is not enough for it.
fn est_immuable(chemin: &str) -> bool {
    let Some((nom, extension)) = chemin.rsplit_once('.') else { return false };
    matches!(extension, "wasm" | "css" | "woff2")
        && nom
            .split(['-', '_', '/', '.'])
            .any(|partie| partie.len() >= 8 && partie.bytes().all(|c| c.is_ascii_hexdigit()))
}

fn media(chemin: &str) -> &'static str {
    match chemin.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What a page may load: its own files, and the scripts written in it, by their hash.
fn politique(html: &str) -> HeaderValue {
    let scripts = empreintes(html, "script");
    let styles = empreintes(html, "style");
    let texte = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    HeaderValue::from_str(&texte).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// The hashes of what is written between the tags of this name, as a policy names them.
fn empreintes(html: &str, balise: &str) -> String {
    let (ouvre, ferme) = (format!("<{balise}"), format!("</{balise}"));
    let mut hachages = String::new();
    let mut reste = html;
    while let Some(debut) = reste.find(&ouvre) {
        reste = &reste[debut + ouvre.len()..];
        let Some(fin_de_balise) = reste.find('>') else { break };
        let (attributs, suite) = reste.split_at(fin_de_balise);
        let Some(fin) = suite.find(&ferme) else { break };
        let contenu = &suite[1..fin];
        let est_cette_balise = attributs.is_empty() || attributs.starts_with(char::is_whitespace);
        if est_cette_balise && !contenu.is_empty() && !attributs.contains("src=") {
            hachages.push_str(&format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(contenu))));
        }
        reste = &suite[fin..];
    }
    hachages
}

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Codage {
    Brotli,
    Gzip,
    Identite,
}

impl Codage {
    /// The best that the browser admits.
    fn prefere(entetes: &HeaderMap) -> Self {
        let admis: Vec<&str> = entetes
            .get_all(ACCEPT_ENCODING)
            .into_iter()
            .filter_map(|valeur| valeur.to_str().ok())
            .flat_map(|valeur| valeur.split(','))
            .collect();
        let admet = |nom: &str| {
            admis.iter().any(|element| {
                let mut parties = element.split(';').map(str::trim);
                let nomme = parties.next().is_some_and(|n| n.eq_ignore_ascii_case(nom));
                // « q=0 », « q=0.0 »: not admitted.
                nomme
                    && !parties.any(|p| p.strip_prefix("q=").is_some_and(|q| q.bytes().all(|c| c == b'0' || c == b'.')))
            })
        };
        [Self::Brotli, Self::Gzip].into_iter().find(|codage| codage.nom().is_some_and(admet)).unwrap_or(Self::Identite)
    }

    const fn nom(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identite => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ESSAI: &[Fichier] = &[Fichier {
        chemin: "/index.html",
        empreinte: "abc",
        identite: b"<p>la page</p>",
        gzip: Some(b"gzip"),
        brotli: Some(b"brotli"),
    }];

    async fn servie(admis: &'static str, connue: &'static str) -> Response<Body> {
        let mut demande = HeaderMap::new();
        demande.insert(ACCEPT_ENCODING, HeaderValue::from_static(admis));
        demande.insert(IF_NONE_MATCH, HeaderValue::from_static(connue));
        let page = Page::contenant(ESSAI, None);
        let trouve = page.trouver("/index.html", Codage::prefere(&demande)).await.expect("the file");
        repondre(trouve, StatusCode::OK, &demande)
    }

    #[tokio::test]
    async fn each_coding_has_its_bytes_and_its_label() {
        for (admis, codage, etiquette) in [
            ("gzip, br", Some("br"), "\"abc-br\""),
            ("gzip", Some("gzip"), "\"abc-gzip\""),
            ("identity", None, "\"abc\""),
        ] {
            let reponse = servie(admis, "\"autre\"").await;
            let entete = |nom: &str| reponse.headers().get(nom).and_then(|valeur| valeur.to_str().ok());
            assert_eq!(entete("content-encoding"), codage, "{admis}");
            assert_eq!(entete("etag"), Some(etiquette), "{admis}");
            assert_eq!(entete("vary"), Some("accept-encoding"), "{admis}");
            assert_eq!(entete("content-type"), Some("text/html; charset=utf-8"), "{admis}");
        }
        assert_eq!(servie("br", "\"x\", W/\"abc-br\"").await.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(servie("gzip", "\"abc-br\"").await.status(), StatusCode::OK);
    }

    #[test]
    fn a_script_written_in_the_page_is_admitted_by_its_hash_and_no_other() {
        let html = "<script type=\"module\">alert(1)</script><script src=\"/a.js\"></script><style>p{}</style>";
        let politique = politique(html);
        let texte = politique.to_str().unwrap_or_default();
        let hachage = STANDARD.encode(Sha256::digest("alert(1)"));
        assert!(texte.contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hachage}';")), "{texte}");
        assert_eq!(texte.matches("sha256-").count(), 2);
        assert!(!texte.contains("unsafe-inline"));
    }

    #[test]
    fn only_a_name_that_holds_a_hash_never_changes() {
        assert!(est_immuable("/style-1a2b3c4d5e6f7a8b.css"));
        assert!(est_immuable("/acquis-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(!est_immuable("/acquis-1a2b3c4d5e6f7a8b.js"));
        assert!(!est_immuable("/police.woff2"));
    }

    #[test]
    fn the_best_admitted_coding_is_chosen() {
        let prefere = |texte: &'static str| {
            let mut entetes = HeaderMap::new();
            entetes.insert(ACCEPT_ENCODING, HeaderValue::from_static(texte));
            Codage::prefere(&entetes)
        };
        assert_eq!(prefere("gzip, deflate, br"), Codage::Brotli);
        assert_eq!(prefere("gzip;q=0.5, br;q=0"), Codage::Gzip);
        assert_eq!(prefere("gzip;q=0.0"), Codage::Identite);
        assert_eq!(prefere(""), Codage::Identite);
    }
}
