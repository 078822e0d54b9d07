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
use vault::en_hexa;

include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// A file of the page, as the program holds it.
pub(crate) struct Fichier {
    /// « /index.html ».
    pub(crate) chemin: &'static str,
    /// Hash of its bytes.
    pub(crate) empreinte: &'static str,
    pub(crate) identite: &'static [u8],
    pub(crate) gzip: Option<&'static [u8]>,
    pub(crate) brotli: Option<&'static [u8]>,
}

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

    pub(crate) fn contenant(fichiers: &'static [Fichier], dossier: Option<PathBuf>) -> Self {
        let embarquee = fichiers.iter().map(|fichier| (fichier.chemin, fichier)).collect();
        let politiques = fichiers
            .iter()
            .filter(|fichier| fichier.chemin.ends_with(".html"))
            .map(|fichier| (fichier.chemin, politique(&String::from_utf8_lossy(fichier.identite))))
            .collect();
        Self { dossier, embarquee, politiques }
    }

    /// The file at this path.
    pub(crate) async fn trouver(&self, chemin: &str, codage: Codage) -> Option<Trouve> {
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
pub(crate) struct Trouve {
    pub(crate) chemin: Cow<'static, str>,
    pub(crate) empreinte: Cow<'static, str>,
    pub(crate) octets: Bytes,
    pub(crate) codage: Codage,
    pub(crate) politique: Option<HeaderValue>,
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
pub(crate) enum Codage {
    Brotli,
    Gzip,
    Identite,
}

impl Codage {
    /// The best that the browser admits.
    pub(crate) fn prefere(entetes: &HeaderMap) -> Self {
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
        let politique = politique(html);
        let texte = politique.to_str().unwrap_or_default();
        let hachage = STANDARD.encode(Sha256::digest("alert(1)"));
        assert!(texte.contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hachage}';")), "{texte}");
        assert_eq!(texte.matches("sha256-").count(), 2);
        assert!(!texte.contains("unsafe-inline"));
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
