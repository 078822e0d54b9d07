//! The page: the files inside the program, compressed beforehand, or a folder while developing. Who is answered what is
//! `routes::page`'s to say.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use axum::http::header::ACCEPT_ENCODING;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use vault::to_hex;

use crate::compression;
use crate::places::Places;

include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// A file of the page, as the program holds it.
pub(crate) struct EmbeddedFile {
    /// « /index.html ».
    pub(crate) path: &'static str,
    /// Hash of its bytes.
    pub(crate) digest: &'static str,
    pub(crate) identite: &'static [u8],
    pub(crate) gzip: Option<&'static [u8]>,
    pub(crate) brotli: Option<&'static [u8]>,
}

/// A file of the page whose places were filled when the program started.
struct FilledFile {
    digest: String,
    identite: Bytes,
    gzip: Bytes,
    brotli: Bytes,
}

impl FilledFile {
    /// Compressed once, as well as can be while somebody waits for the program to start.
    fn new(html: String) -> std::io::Result<Self> {
        let html = Bytes::from(html);
        Ok(Self {
            digest: digest(&html),
            gzip: compression::gzip(&html, 9)?.into(),
            brotli: compression::brotli(&html, 9)?.into(),
            identite: html,
        })
    }
}

/// Where the page comes from.
pub struct Page {
    dir: Option<PathBuf>,
    places: Places,
    embedded: HashMap<&'static str, &'static EmbeddedFile>,
    filled: HashMap<&'static str, FilledFile>,
    policies: HashMap<&'static str, HeaderValue>,
}

impl Page {
    /// The page inside the program, or that of a folder, read again at each request; with that written in its places.
    ///
    /// # Errors
    /// A sentence in French when the folder is not there.
    pub fn open(dir: Option<PathBuf>, places: Places) -> Result<Self, String> {
        if let Some(path) = &dir
            && !path.is_dir()
        {
            return Err(format!("page : {} n'est pas un dossier", path.display()));
        }
        Ok(Self::container(FILES, dir, places))
    }

    pub(crate) fn container(files: &'static [EmbeddedFile], dir: Option<PathBuf>, places: Places) -> Self {
        let embedded = files.iter().map(|file| (file.path, file)).collect();
        let policies = files
            .iter()
            .filter(|file| file.path.ends_with(".html"))
            .map(|file| (file.path, policy(&String::from_utf8_lossy(file.identite))))
            .collect();
        let with_places = files.iter().filter(|file| dir.is_none() && file.path.ends_with(".html"));
        let filled = with_places
            .filter_map(|file| {
                let html = places.fill(std::str::from_utf8(file.identite).ok()?)?;
                // Only the writing in memory could fail: the page is then served as it was built.
                Some((file.path, FilledFile::new(html).ok()?))
            })
            .collect();
        Self { dir, places, embedded, filled, policies }
    }

    /// The file at this path.
    pub(crate) async fn look_up(&self, path: &str, encoding: Encoding) -> Option<Found> {
        if let Some(dir) = &self.dir {
            return from_dir(dir, path, &self.places).await;
        }
        if let Some(file) = self.filled.get(path) {
            let bytes = match encoding {
                Encoding::Brotli => &file.brotli,
                Encoding::Gzip => &file.gzip,
                Encoding::Identite => &file.identite,
            };
            return Some(Found {
                path: path.to_owned().into(),
                digest: file.digest.clone().into(),
                bytes: bytes.clone(),
                encoding,
                policy: self.policies.get(path).cloned(),
            });
        }
        let file = self.embedded.get(path)?;
        let (bytes, encoding) = match encoding {
            Encoding::Brotli => file.brotli.map(|bytes| (bytes, encoding)),
            Encoding::Gzip => file.gzip.map(|bytes| (bytes, encoding)),
            Encoding::Identite => None,
        }
        .unwrap_or((file.identite, Encoding::Identite));
        Some(Found {
            path: file.path.into(),
            digest: file.digest.into(),
            bytes: Bytes::from_static(bytes),
            encoding,
            policy: self.policies.get(path).cloned(),
        })
    }
}

/// A file about to be served.
pub(crate) struct Found {
    pub(crate) path: Cow<'static, str>,
    pub(crate) digest: Cow<'static, str>,
    pub(crate) bytes: Bytes,
    pub(crate) encoding: Encoding,
    pub(crate) policy: Option<HeaderValue>,
}

fn digest(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes)[..16])
}

async fn from_dir(dir: &Path, path: &str, places: &Places) -> Option<Found> {
    let relative = Path::new(path.strip_prefix('/')?);
    // Nothing but names: a path cannot leave the folder.
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let mut bytes = tokio::fs::read(dir.join(relative)).await.ok()?;
    let is_html = path.ends_with(".html");
    if is_html && let Some(filled) = std::str::from_utf8(&bytes).ok().and_then(|html| places.fill(html)) {
        bytes = filled.into_bytes();
    }
    Some(Found {
        digest: digest(&bytes).into(),
        policy: is_html.then(|| policy(&String::from_utf8_lossy(&bytes))),
        path: path.to_owned().into(),
        bytes: bytes.into(),
        encoding: Encoding::Identite,
    })
}

/// What a page may load: its own files, and the scripts written in it, by their hash.
fn policy(html: &str) -> HeaderValue {
    let scripts = digests(html, "script");
    let styles = digests(html, "style");
    let text = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types default"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// The hashes of what is written between the tags of this name, as a policy names them.
fn digests(html: &str, tag: &str) -> String {
    let (opens, closed) = (format!("<{tag}"), format!("</{tag}"));
    let mut hashings = String::new();
    let mut rest = html;
    while let Some(start) = rest.find(&opens) {
        rest = &rest[start + opens.len()..];
        let Some(tag_end) = rest.find('>') else { break };
        let (attributes, tail) = rest.split_at(tag_end);
        let Some(end) = tail.find(&closed) else { break };
        let content = &tail[1..end];
        let is_this_tag = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        if is_this_tag && !content.is_empty() && !attributes.contains("src=") {
            hashings.push_str(&format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(content))));
        }
        rest = &tail[end..];
    }
    hashings
}

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
    Identite,
}

impl Encoding {
    /// The best that the browser admits.
    pub(crate) fn preferred(headers: &HeaderMap) -> Self {
        let allowed: Vec<&str> = headers
            .get_all(ACCEPT_ENCODING)
            .into_iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let allows = |nom: &str| {
            allowed.iter().any(|element| {
                let mut parts = element.split(';').map(str::trim);
                let named = parts.next().is_some_and(|n| n.eq_ignore_ascii_case(nom));
                // « q=0 », « q=0.0 »: not admitted.
                named && !parts.any(|p| p.strip_prefix("q=").is_some_and(|q| q.bytes().all(|c| c == b'0' || c == b'.')))
            })
        };
        [Self::Brotli, Self::Gzip]
            .into_iter()
            .find(|encoding| encoding.nom().is_some_and(allows))
            .unwrap_or(Self::Identite)
    }

    pub(crate) const fn nom(self) -> Option<&'static str> {
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

    #[test]
    fn a_script_written_in_the_page_is_admitted_by_its_hash_and_no_other() {
        let html = "<script type=\"module\">alert(1)</script><script src=\"/a.js\"></script><style>p{}</style>";
        let policy = policy(html);
        let text = policy.to_str().unwrap_or_default();
        let hashing = STANDARD.encode(Sha256::digest("alert(1)"));
        assert!(text.contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hashing}';")), "{text}");
        assert_eq!(text.matches("sha256-").count(), 2);
        assert!(!text.contains("unsafe-inline"));
        assert!(text.ends_with("require-trusted-types-for 'script'; trusted-types default"), "{text}");
    }

    #[test]
    fn the_best_admitted_coding_is_chosen() {
        let preferred = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(text));
            Encoding::preferred(&headers)
        };
        assert_eq!(preferred("gzip, deflate, br"), Encoding::Brotli);
        assert_eq!(preferred("gzip;q=0.5, br;q=0"), Encoding::Gzip);
        assert_eq!(preferred("gzip;q=0.0"), Encoding::Identite);
        assert_eq!(preferred(""), Encoding::Identite);
    }
}
