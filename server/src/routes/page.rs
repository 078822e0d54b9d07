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

use crate::error::AppError;
use crate::page::{Encoding, Found};
use crate::state::AppState;

/// What is shown when the program was built without the page.
const NO_PAGE: &str = "<!doctype html>\n<html lang=\"fr\">\n<meta charset=\"utf-8\">\n<title>Acquis : la page n'est pas construite</title>\n\
    <h1>La page n'est pas construite</h1>\n\
    <p>Le serveur fonctionne, mais il a été compilé sans la page. Lancez <code>cargo xtask run</code>, qui construit la page \
    puis le serveur, ou <code>cargo xtask dev</code> pour développer.</p>\n</html>\n";

/// Shows the official image over the words of the button, which are still read out; where colours are those of the person, or a browser
/// makes no sheet, the words. Here and not in the page: who has no such image does not wait for it.
const OFFICIAL: &str = ";if(document.adoptedStyleSheets){const feuille=new CSSStyleSheet;feuille.replaceSync('\
    @media (forced-colors:none){button#fournisseur{inline-size:min(100%,18rem);block-size:3.5rem;border-color:transparent;color:transparent;\
    background:url(/api/identite/bouton) left/contain no-repeat}}');document.adoptedStyleSheets=[feuille]}";

/// Which day it is in Paris, and what people call the identity provider where there is one, for a page that is the same bytes
/// every day: a script, so that it is known before anything is judged.
pub(super) async fn day(State(state): State<AppState>) -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    let mut script = format!("document.documentElement.dataset.jour=\"{}\"", state.clock.today());
    if let Some(elsewhere) = &state.elsewhere {
        // A text of the settings, as JSON writes one: no end of a script, no end of a line.
        let label = serde_json::to_string(elsewhere.label()).unwrap_or_default().replace('<', "\\u003c");
        script.push_str(&format!(";document.documentElement.dataset.fournisseur={label}"));
        if state.settings.identity.as_ref().is_some_and(|provider| provider.button.is_some()) {
            script.push_str(OFFICIAL);
        }
    }
    (headers, script)
}

/// Serves a file of the page, or the page itself for its screens.
pub(super) async fn serve(State(state): State<AppState>, request: Request) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refusal = AppError::from(Code::MethodRefused).into_response();
        refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refusal;
    }
    let path = request.uri().path();
    let encoding = Encoding::preferred(request.headers());
    let page = &state.page;
    let mut statut = StatusCode::OK;
    let found = if is_screen(path) {
        match page.look_up(&format!("{}.html", path.trim_end_matches('/')), encoding).await {
            Some(ready) => Some(ready),
            None => page.look_up("/index.html", encoding).await,
        }
    } else if let Some(file) = page.look_up(path, encoding).await {
        Some(file)
    } else {
        statut = StatusCode::NOT_FOUND;
        // A missing file must not be answered with a page that a script loader would try to read.
        let is_a_file = path.rsplit('/').next().is_some_and(|nom| nom.contains('.'));
        if is_a_file {
            None
        } else {
            match page.look_up("/introuvable.html", encoding).await {
                Some(ready) => Some(ready),
                None => page.look_up("/index.html", encoding).await,
            }
        }
    };
    match found {
        Some(found) => answer(found, statut, request.headers()),
        None if is_screen(path) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, "text/html; charset=utf-8")], NO_PAGE).into_response()
        }
        None => (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/plain; charset=utf-8")], "Introuvable\n").into_response(),
    }
}

/// Whether a screen stands at exactly this path: each is the same page, which shows the right one.
fn is_screen(path: &str) -> bool {
    SCREENS.iter().any(|screen| screen.path == path)
}

fn answer(found: Found, statut: StatusCode, asked: &HeaderMap) -> Response<Body> {
    let label = match found.encoding.nom() {
        Some(encoding) => format!("\"{}-{encoding}\"", found.digest),
        None => format!("\"{}\"", found.digest),
    };
    let known = asked.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == label)
    });
    let mut response = if known && statut == StatusCode::OK {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(found.bytes));
        *response.status_mut() = statut;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media(&found.path)));
        if let Some(encoding) = found.encoding.nom() {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    };
    let headers = response.headers_mut();
    if let Ok(label) = HeaderValue::from_str(&label) {
        headers.insert(ETAG, label);
    }
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    let duration = if is_immutable(&found.path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(duration));
    if let Some(policy) = found.policy {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Whether the name holds the hash of the bytes. The name of the JavaScript holds that of the
/// WebAssembly, so it is not enough for it.
fn is_immutable(path: &str) -> bool {
    let Some((nom, extension)) = path.rsplit_once('.') else { return false };
    matches!(extension, "wasm" | "css" | "woff2")
        && nom.split(['-', '_', '/', '.']).any(|part| part.len() >= 8 && part.bytes().all(|c| c.is_ascii_hexdigit()))
}

fn media(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::ACCEPT_ENCODING;

    use super::*;
    use crate::page::{EmbeddedFile, Page};
    use crate::places::Places;

    static TRIAL: &[EmbeddedFile] = &[EmbeddedFile {
        path: "/index.html",
        digest: "abc",
        identite: b"<p>la page</p>",
        gzip: Some(b"gzip"),
        brotli: Some(b"brotli"),
    }];

    async fn served(allowed: &'static str, known: &'static str) -> Response<Body> {
        let mut asked = HeaderMap::new();
        asked.insert(ACCEPT_ENCODING, HeaderValue::from_static(allowed));
        asked.insert(IF_NONE_MATCH, HeaderValue::from_static(known));
        let page = Page::container(TRIAL, None, Places::default());
        let found = page.look_up("/index.html", Encoding::preferred(&asked)).await.expect("the file");
        answer(found, StatusCode::OK, &asked)
    }

    #[test]
    fn whatever_is_text_says_its_characters_and_nothing_else_does() {
        for text in ["/index.html", "/a.js", "/a.css", "/icone.svg", "/a.json", "/a.js.map", "/a.webmanifest", "/a.txt"]
        {
            assert!(media(text).ends_with("; charset=utf-8"), "{text}: {}", media(text));
        }
        for bytes in ["/a.wasm", "/a.woff2", "/a.png", "/favicon.ico", "/a"] {
            assert!(!media(bytes).contains("charset"), "{bytes}: {}", media(bytes));
        }
    }

    #[tokio::test]
    async fn each_coding_has_its_bytes_and_its_label() {
        for (allowed, encoding, label) in [
            ("gzip, br", Some("br"), "\"abc-br\""),
            ("gzip", Some("gzip"), "\"abc-gzip\""),
            ("identity", None, "\"abc\""),
        ] {
            let response = served(allowed, "\"autre\"").await;
            let header = |nom: &str| response.headers().get(nom).and_then(|value| value.to_str().ok());
            assert_eq!(header("content-encoding"), encoding, "{allowed}");
            assert_eq!(header("etag"), Some(label), "{allowed}");
            assert_eq!(header("vary"), Some("accept-encoding"), "{allowed}");
            assert_eq!(header("content-type"), Some("text/html; charset=utf-8"), "{allowed}");
        }
        assert_eq!(served("br", "\"x\", W/\"abc-br\"").await.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(served("gzip", "\"abc-br\"").await.status(), StatusCode::OK);
    }

    static WITH_A_PLACE: &[EmbeddedFile] = &[EmbeddedFile {
        path: "/prose/aide.html",
        digest: "abc",
        identite: b"<p><mark data-hebergeur=\"organisme\">[nom]</mark></p>",
        gzip: Some(b"gzip"),
        brotli: Some(b"brotli"),
    }];

    #[tokio::test]
    async fn a_page_whose_places_are_filled_is_the_same_in_each_coding_and_has_a_label_of_its_own() {
        use std::io::Read as _;
        let page = Page::container(WITH_A_PLACE, None, Places::new([("organisme", "Association X".to_owned())]));
        for (encoding, suffix) in [(Encoding::Brotli, "-br\""), (Encoding::Gzip, "-gzip\""), (Encoding::Identite, "\"")]
        {
            let found = page.look_up("/prose/aide.html", encoding).await.expect("the file");
            let bytes = found.bytes.clone();
            let mut text = String::new();
            match encoding {
                Encoding::Brotli => brotli::Decompressor::new(&bytes[..], 4_096).read_to_string(&mut text),
                Encoding::Gzip => flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text),
                Encoding::Identite => (&bytes[..]).read_to_string(&mut text),
            }
            .expect("a text");
            assert_eq!(text, "<p>Association X</p>");
            let label = answer(found, StatusCode::OK, &HeaderMap::new()).headers()[ETAG].to_str().map(str::to_owned);
            let label = label.expect("a label");
            assert!(label.ends_with(suffix) && !label.contains("abc"), "{label}");
        }
        let untouched = Page::container(WITH_A_PLACE, None, Places::default());
        let found = untouched.look_up("/prose/aide.html", Encoding::Brotli).await.expect("the file");
        assert_eq!(found.bytes, "brotli", "what the build compressed");
    }

    #[test]
    fn only_a_name_that_holds_a_hash_never_changes() {
        assert!(is_immutable("/style-1a2b3c4d5e6f7a8b.css"));
        assert!(is_immutable("/acquis-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(!is_immutable("/acquis-1a2b3c4d5e6f7a8b.js"));
        assert!(!is_immutable("/police.woff2"));
    }
}
