//! Serves the page and its files to whoever asks for something that no route names. Knows nothing of accounts.

use api::probleme::Code;
use api::screens::SCREENS;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::response::IntoResponse;

use crate::error::Erreur;
use crate::page::{Codage, Trouve};
use crate::state::AppState;

/// What is shown when the program was built without the page.
const SANS_PAGE: &str = "<!doctype html>\n<html lang=\"fr\">\n<meta charset=\"utf-8\">\n<title>Acquis : la page n'est pas construite</title>\n\
    <h1>La page n'est pas construite</h1>\n\
    <p>Le serveur fonctionne, mais il a été compilé sans la page. Lancez <code>cargo xtask run</code>, qui construit la page \
    puis le serveur, ou <code>cargo xtask dev</code> pour développer.</p>\n</html>\n";

/// Serves a file of the page, or the page itself for its screens.
pub(super) async fn servir(State(etat): State<AppState>, requete: Request) -> Response<Body> {
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

#[cfg(test)]
mod tests {
    use axum::http::header::ACCEPT_ENCODING;

    use super::*;
    use crate::page::{Fichier, Page};

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
    fn only_a_name_that_holds_a_hash_never_changes() {
        assert!(est_immuable("/style-1a2b3c4d5e6f7a8b.css"));
        assert!(est_immuable("/acquis-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(!est_immuable("/acquis-1a2b3c4d5e6f7a8b.js"));
        assert!(!est_immuable("/police.woff2"));
    }
}
