//! Asks the antivirus of this machine about a file as it comes: clamd, over its socket. Keeps nothing of the file.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long the antivirus may take for one step; an answer on a whole file is one.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longer than any answer.
const ANSWER: u64 = 1_024;

/// Where the antivirus listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Antivirus {
    /// A socket of this machine.
    Unix(PathBuf),
    /// A port of this machine: what goes there is not encrypted.
    Tcp(SocketAddr),
}

/// What it says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It knows nothing against it.
    Nothing,
    /// It knows it as harmful.
    Harmful,
}

trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

/// A file that goes to the antivirus.
pub struct Examination(Box<dyn Line>);

impl Antivirus {
    /// Reads « unix:///run/clamav/clamd.ctl », or « tcp://127.0.0.1:3310 » on this machine alone.
    ///
    /// ```
    /// use antivirus::Antivirus;
    /// assert!(Antivirus::parse("unix:///run/clamav/clamd.ctl").is_some());
    /// assert!(Antivirus::parse("tcp://[::1]:3310").is_some());
    /// assert!(Antivirus::parse("tcp://192.168.1.9:3310").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("unix://") {
            return (cfg!(unix) && path.starts_with('/')).then(|| Self::Unix(path.into()));
        }
        let address: SocketAddr = text.strip_prefix("tcp://")?.parse().ok()?;
        address.ip().is_loopback().then_some(Self::Tcp(address))
    }

    /// Begins to examine a file.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn begin(&self) -> io::Result<Examination> {
        let line: Box<dyn Line> = match self {
            Self::Tcp(address) => Box::new(patiently(TcpStream::connect(address)).await?),
            #[cfg(unix)]
            Self::Unix(path) => Box::new(patiently(tokio::net::UnixStream::connect(path)).await?),
            #[cfg(not(unix))]
            Self::Unix(_) => return Err(io::ErrorKind::Unsupported.into()),
        };
        let mut examination = Examination(line);
        patiently(examination.0.write_all(b"zINSTREAM\0")).await?;
        Ok(examination)
    }
}

impl Examination {
    /// The next bytes of the file.
    ///
    /// # Errors
    /// When it takes no more.
    pub async fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        // An empty chunk would be the end.
        if length == 0 {
            return Ok(());
        }
        patiently(self.0.write_all(&length.to_be_bytes())).await?;
        patiently(self.0.write_all(bytes)).await
    }

    /// What is said of the whole file.
    ///
    /// # Errors
    /// When it could not be examined: then nothing is known of it.
    pub async fn finish(mut self) -> io::Result<Finding> {
        patiently(self.0.write_all(&[0; 4])).await?;
        let mut answer = Vec::new();
        patiently((&mut self.0).take(ANSWER).read_to_end(&mut answer)).await?;
        let answer = String::from_utf8_lossy(&answer);
        let answer = answer.trim_end_matches('\0').trim_end();
        if answer == "stream: OK" {
            Ok(Finding::Nothing)
        } else if answer.starts_with("stream: ") && answer.ends_with(" FOUND") {
            Ok(Finding::Harmful)
        } else {
            // It may repeat the name of a file of its own, and nothing of ours.
            Err(io::Error::other(format!("the antivirus answers « {answer} »")))
        }
    }
}

async fn patiently<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(PATIENCE, work).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}
