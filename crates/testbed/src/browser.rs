//! A person in front of a browser, and what they are answered.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use zip::ZipArchive;

use crate::MOT_DE_PASSE;

/// A person in front of a browser.
#[derive(Clone)]
pub struct Browser {
    pub(crate) router: Router,
    /// The cookie of the session.
    pub cookie: Option<String>,
    /// The cookies of what was asked for, by their names.
    pub waiting: BTreeMap<String, String>,
    /// The key of idempotence of what is sent.
    pub key: String,
    /// Where it comes from.
    pub ip: [u8; 4],
    /// The page that it shows.
    pub origin: &'static str,
}

impl Browser {
    /// Sends a request.
    pub async fn send(&mut self, mut request: Request<Body>) -> TestResponse {
        let waiting = self.waiting.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies: Vec<String> = self.cookie.clone().into_iter().chain(waiting).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert("cookie", cookies.join("; ").parse().expect("cookies"));
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.ip, 50_000))));
        let response = self.router.clone().oneshot(request).await.expect("a router never fails");
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
        let given = head.headers.get_all("set-cookie").into_iter().filter_map(|value| value.to_str().ok());
        let given: Vec<(&str, &str)> =
            given.filter_map(|cookie| cookie.split(';').next().and_then(|pair| pair.split_once('='))).collect();
        for (name, value) in given {
            let waiting = ["inscription", "recuperation", "degel", "cle", "etape", "depart", "identite"];
            if waiting.iter().any(|asked| name.ends_with(asked)) {
                self.waiting.insert(name.to_owned(), value.to_owned());
                self.waiting.retain(|_, value| !value.is_empty());
            } else if !name.ends_with("connu") {
                self.cookie = (!value.is_empty()).then(|| format!("{name}={value}"));
            }
        }
        TestResponse { statut: head.status, headers: head.headers, body }
    }

    /// Begins a request as the page that it shows does.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header("origin", self.origin).header("idempotency-key", &self.key)
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

    /// Asks for an account.
    pub async fn sign_up(&mut self, body: &Value) -> TestResponse {
        self.json(Method::POST, "/api/inscription", body).await
    }

    /// Types the code of a letter.
    pub async fn confirm(&mut self, code: &str) -> TestResponse {
        self.json(Method::POST, "/api/inscription/confirmation", &json!({ "code": code })).await
    }

    /// Connects.
    pub async fn sign_in(&mut self, courriel: &str, mot_de_passe: &str) -> TestResponse {
        let body = json!({ "courriel": courriel, "mot_de_passe": mot_de_passe });
        self.json(Method::POST, "/api/connexion", &body).await
    }

    /// Takes everything away, with the password again and this code where the account asks for one: of an application, or kept.
    pub async fn take_everything_away(&mut self, code: &str) -> TestResponse {
        let champ = if code.contains('-') { "code_secours" } else { "code" };
        let shown = json!({ "mot_de_passe": MOT_DE_PASSE, champ: code });
        let allowed = self.json(Method::POST, "/api/profil/export/entier", &shown).await;
        if allowed.statut == 204 { self.fetch("/api/profil/export/entier").await } else { allowed }
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

/// The body of a form with a file, called by what it is.
pub fn multipart(champs: &[(&str, &str)], file: Option<&[u8]>) -> Vec<u8> {
    let (name, media) = match file {
        Some([0x89, b'P', b'N', b'G', ..]) => ("a.png", "image/png"),
        Some([0xff, 0xd8, ..]) => ("a.jpg", "image/jpeg"),
        Some([_, _, _, _, b'f', b't', b'y', b'p', ..]) => ("a.heic", "image/heic"),
        _ => ("a.pdf", "application/pdf"),
    };
    multipart_named(champs, file, name, media)
}

/// The body of a form with a file that comes under this name and media type.
pub fn multipart_named(champs: &[(&str, &str)], file: Option<&[u8]>, name: &str, media: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for (nom, value) in champs {
        let champ = format!("--FRONTIERE\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{value}\r\n");
        body.extend(champ.into_bytes());
    }
    if let Some(file) = file {
        let head = format!(
            "--FRONTIERE\r\nContent-Disposition: form-data; name=\"attestation\"; filename=\"{name}\"\r\n\
             Content-Type: {media}\r\n\r\n"
        );
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

    /// The files of the ZIP that it is.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut archive =
            ZipArchive::new(Cursor::new(&self.body)).unwrap_or_else(|_| panic!("no ZIP: {}", self.text()));
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a file of the ZIP");
            let (name, mut bytes) = (file.name().expect("a name").into_owned(), Vec::new());
            file.read_to_end(&mut bytes).expect("its bytes");
            files.insert(name, bytes);
        }
        files
    }

    /// The document of the export that it is.
    pub fn exported(&self) -> Value {
        serde_json::from_slice(&self.files()["donnees.json"]).expect("a document in JSON")
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
