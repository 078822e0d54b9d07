//! TLS, where no proxy of this machine ends it: versions 1.2 and 1.3, the suites of rustls, ours preferred. The certificate is
//! read again when it is renewed, without a restart.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{Error, ServerConfig};
use tokio_rustls::TlsAcceptor;

/// Where the certificate and its key are.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate, then those that lead to its authority, in PEM.
    pub certificate: PathBuf,
    /// The key of the first, in PEM.
    pub key: PathBuf,
}

/// How often the files are looked at.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);

/// What ends TLS here.
pub struct Tls {
    files: TlsFiles,
    provider: Arc<CryptoProvider>,
    shown: Arc<Shown>,
    config: Arc<ServerConfig>,
}

/// The certificate that is shown now.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Tls {
    /// Reads both files.
    ///
    /// # Errors
    /// A sentence in French that names the file.
    pub(crate) fn open(files: &TlsFiles) -> Result<Self, String> {
        let provider = Arc::new(default_provider());
        let shown = Arc::new(Shown(RwLock::new(Arc::new(read(files, &provider)?))));
        let builder =
            ServerConfig::builder_with_provider(Arc::clone(&provider)).with_protocol_versions(&[&TLS13, &TLS12]);
        let builder = builder.map_err(|error| format!("tls_certificat : {error}"))?;
        let resolver: Arc<dyn ResolvesServerCert> = Arc::clone(&shown) as _;
        let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
        config.ignore_client_order = true;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { files: files.clone(), provider, shown, config: Arc::new(config) })
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config))
    }

    /// Shows what the files hold now, if it is another certificate; whether it is.
    fn look_again(&self) -> Result<bool, String> {
        let new = read(&self.files, &self.provider)?;
        let mut shown = self.shown.0.write().unwrap_or_else(PoisonError::into_inner);
        let other = shown.cert != new.cert;
        if other {
            *shown = Arc::new(new);
        }
        Ok(other)
    }

    /// Follows the files for as long as the server serves. A renewal that is half written is read at the next look.
    pub(crate) async fn follow(&self) {
        loop {
            tokio::time::sleep(BETWEEN_LOOKS).await;
            match self.look_again() {
                Ok(true) => tracing::info!("another certificate is shown from now on"),
                Ok(false) => {}
                Err(why) => {
                    tracing::warn!(erreur = why, "the certificate cannot be read again: the one before is shown")
                }
            }
        }
    }
}

fn read(files: &TlsFiles, provider: &CryptoProvider) -> Result<CertifiedKey, String> {
    let of = |setting: &str, path: &Path, why: &dyn std::fmt::Display| format!("{setting} : {} {why}", path.display());
    let unread = "ne peut pas être lu comme du PEM :";
    let (certificate, key) = (files.certificate.as_path(), files.key.as_path());
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect);
    let chain = chain.map_err(|error| of("tls_certificat", certificate, &format!("{unread} {error}")))?;
    if chain.is_empty() {
        return Err(of("tls_certificat", certificate, &"ne contient pas de certificat"));
    }
    is_private(key).map_err(|why| of("tls_cle", key, &why))?;
    // What is wrong with a key is not repeated: the library may tell some of it.
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|_| of("tls_cle", key, &"n'est pas une clé en PEM"))?;
    CertifiedKey::from_der(chain, secret, provider).map_err(|error| match error {
        Error::InconsistentKeys(_) => of("tls_cle", key, &"n'est pas la clé de ce certificat"),
        _ => of("tls_cle", key, &"n'est pas une clé que l'on sache employer (ECDSA, Ed25519 ou RSA)"),
    })
}

/// Whether the rest of the machine cannot read it.
#[cfg(unix)]
fn is_private(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let facts = path.metadata().map_err(|error| format!("ne peut pas être lu : {error}"))?;
    if facts.permissions().mode() & 0o007 == 0 {
        return Ok(());
    }
    Err("peut être lu de toute la machine : « chmod o= » sur ce fichier".to_owned())
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> Result<(), String> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use tempfile::TempDir;

    use super::*;

    /// Another certificate of nobody, and its key, in this folder.
    fn files(dir: &TempDir) -> TlsFiles {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let (certificate, key) = (dir.path().join("certificat.pem"), dir.path().join("cle.pem"));
        std::fs::write(&certificate, made.cert.pem()).expect("a certificate written");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("a key written");
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).expect("its rights");
        TlsFiles { certificate, key }
    }

    #[test]
    fn a_certificate_that_was_renewed_is_shown_without_a_restart_and_a_broken_one_is_not() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let tls = Tls::open(&files(&dir)).unwrap_or_else(|why| panic!("{why}"));
        let shown = || Arc::clone(&tls.shown.0.read().expect("the certificate"));
        let first = shown();
        assert_eq!(tls.look_again(), Ok(false));
        std::fs::write(&tls.files.certificate, "-----BEGIN CERTIFICATE-----\n").expect("half a file");
        assert!(tls.look_again().is_err());
        assert_eq!(shown().cert, first.cert);
        files(&dir);
        assert_eq!(tls.look_again(), Ok(true));
        assert_ne!(shown().cert, first.cert);
    }

    #[test]
    fn a_certificate_or_a_key_that_cannot_serve_is_told_by_its_file() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let whole = files(&dir);
        let refusal = |files: &TlsFiles| Tls::open(files).err().unwrap_or_default();
        let absent = TlsFiles { certificate: "/nulle/part".into(), ..whole.clone() };
        assert!(
            refusal(&absent).starts_with("tls_certificat : /nulle/part ne peut pas être lu"),
            "{}",
            refusal(&absent)
        );
        let swapped = TlsFiles { certificate: whole.key.clone(), ..whole.clone() };
        assert!(refusal(&swapped).ends_with("ne contient pas de certificat"), "{}", refusal(&swapped));
        let other = tempfile::tempdir().expect("a temporary folder");
        let crossed = TlsFiles { key: files(&other).key, ..whole.clone() };
        assert!(refusal(&crossed).ends_with("n'est pas la clé de ce certificat"), "{}", refusal(&crossed));
        std::fs::set_permissions(&whole.key, std::fs::Permissions::from_mode(0o644)).expect("its rights");
        assert!(refusal(&whole).contains("chmod o="), "{}", refusal(&whole));
    }
}
