//! A mail server for the tests: it speaks SMTP over a real socket, with TLS when asked, and keeps what it takes. What it
//! answers to a mailbox depends on how its name begins.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How long anybody waits for anybody here.
const PATIENCE: Duration = Duration::from_secs(30);

/// A message that was taken.
#[derive(Clone)]
pub struct Received {
    /// To whom.
    pub to: String,
    /// What was sent after `DATA`, as it came.
    pub data: String,
    /// Whether it came through TLS.
    pub encrypted: bool,
}

/// A mail server of this machine.
pub struct Mailroom {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    received: Mutex<Vec<Received>>,
    one_more: Condvar,
    asked: Mutex<Vec<String>>,
    tls: Option<Arc<ServerConfig>>,
    from_the_first_byte: bool,
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Mailroom {
    /// One that speaks without TLS.
    pub fn plain() -> Self {
        Self::serving(Shared::default())
    }

    /// One that speaks TLS from the first byte, under the name `localhost`; the certificate to trust is written in that
    /// file.
    pub fn encrypted(certificate: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        std::fs::write(certificate, made.cert.pem()).expect("a certificate written");
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the versions of TLS")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a key of this certificate");
        Self::serving(Shared { tls: Some(Arc::new(tls)), from_the_first_byte: true, ..Shared::default() })
    }

    fn serving(shared: Shared) -> Self {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = socket.local_addr().expect("an address");
        let shared = Arc::new(shared);
        let server = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in socket.incoming().flatten() {
                let shared = Arc::clone(&server);
                // A client that leaves is nobody's fault.
                std::thread::spawn(move || drop(shared.greet(stream)));
            }
        });
        Self { address, shared }
    }

    /// What was taken so far.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared.received).clone()
    }

    /// The mailboxes that were asked for, taken or not, in their order.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.shared.asked).clone()
    }

    /// Waits until so many messages were taken.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        let received = lock(&self.shared.received);
        let waited = self.shared.one_more.wait_timeout_while(received, PATIENCE, |received| received.len() < count);
        let (received, _) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(received.len() >= count, "{} of {count} messages", received.len());
        received.clone()
    }
}

impl Shared {
    fn greet(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        match &self.tls {
            Some(tls) if self.from_the_first_byte => {
                let connection = ServerConnection::new(Arc::clone(tls)).map_err(std::io::Error::other)?;
                self.converse(StreamOwned::new(connection, stream), true)
            }
            _ => self.converse(stream, false),
        }
    }

    fn converse(&self, stream: impl Read + Write, encrypted: bool) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        let mut to = String::new();
        say(&mut stream, "220 mailroom")?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let verb = line.split([' ', ':', '\r', '\n']).next().unwrap_or_default().to_uppercase();
            match verb.as_str() {
                "EHLO" => say(&mut stream, "250-mailroom\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN")?,
                // « user » and « secret », in the only way that is offered.
                "AUTH" if line.trim_end().ends_with("AHVzZXIAc2VjcmV0") => say(&mut stream, "235 known")?,
                "AUTH" => say(&mut stream, "535 unknown")?,
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    let before = lock(&self.asked).iter().filter(|asked| **asked == to).count();
                    lock(&self.asked).push(to.clone());
                    match to.split(['.', '@']).next() {
                        Some("nobody") => say(&mut stream, &format!("550 {to} is not here"))?,
                        Some("later") if before == 0 => say(&mut stream, &format!("451 {to} may come later"))?,
                        _ => say(&mut stream, "250 here")?,
                    }
                }
                "DATA" => {
                    say(&mut stream, "354 go on")?;
                    let data = read_data(&mut stream)?;
                    lock(&self.received).push(Received { to: to.clone(), data, encrypted });
                    self.one_more.notify_all();
                    say(&mut stream, "250 taken")?;
                }
                "QUIT" => return say(&mut stream, "221 bye"),
                _ => say(&mut stream, "250 well")?,
            }
        }
    }
}

fn say(stream: &mut BufReader<impl Read + Write>, line: &str) -> std::io::Result<()> {
    let stream = stream.get_mut();
    stream.write_all(line.as_bytes())?;
    stream.write_all(b"\r\n")?;
    stream.flush()
}

fn read_data(stream: &mut impl BufRead) -> std::io::Result<String> {
    let mut data = String::new();
    loop {
        let start = data.len();
        if stream.read_line(&mut data)? == 0 || &data[start..] == ".\r\n" {
            data.truncate(start);
            return Ok(data);
        }
    }
}
