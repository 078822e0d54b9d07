//! Certificates of nobody, and a client that says which TLS it was answered in.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::pki_types::pem::PemObject as _;
use rustls::{
    CipherSuite, ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned, SupportedProtocolVersion,
};

/// Writes a certificate of `localhost` in that folder, and its key, which its owner alone reads.
pub fn certificate(dir: &Path) -> (PathBuf, PathBuf) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let (certificate, key) = (dir.join("certificat.pem"), dir.join("cle.pem"));
    std::fs::write(&certificate, made.cert.pem()).expect("a certificate written");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("a key written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).expect("its rights");
    }
    (certificate, key)
}

/// What was answered over TLS, and in which.
pub struct AnsweredOverTls {
    /// The version that was agreed on.
    pub version: ProtocolVersion,
    /// The suite that was agreed on.
    pub suite: CipherSuite,
    /// The head and the body.
    pub text: String,
}

/// Asks for a path of `localhost`, whose certificate must be that one.
///
/// # Errors
/// Why it was not answered.
pub fn ask_over_tls(
    address: &str,
    path: &str,
    certificate: &Path,
    version: &'static SupportedProtocolVersion,
) -> std::io::Result<AnsweredOverTls> {
    let mut known = RootCertStore::empty();
    let certificate = rustls::pki_types::CertificateDer::from_pem_file(certificate).expect("a certificate");
    known.add(certificate).expect("a certificate of an authority");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_protocol_versions(&[version]).expect("a version");
    let config = config.with_root_certificates(known).with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).map_err(std::io::Error::other)?;
    let socket = TcpStream::connect(address)?;
    socket.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut stream = StreamOwned::new(connection, socket);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let version = stream.conn.protocol_version().expect("a version");
    let suite = stream.conn.negotiated_cipher_suite().expect("a suite").suite();
    Ok(AnsweredOverTls { version, suite, text })
}
