//! What gathers journals, for the tests: takes lines over HTTP, or does not.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

/// What came in one sending.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// What showed where it came from.
    pub authorization: String,
    /// The lines.
    pub lines: Vec<Value>,
}

/// It listens for as long as the tests run.
#[derive(Clone)]
pub struct Gatherer {
    /// Where it listens.
    pub address: String,
    status: Arc<AtomicU16>,
    taken: Arc<Mutex<Vec<Gathered>>>,
}

impl Gatherer {
    /// One that takes everything.
    #[expect(clippy::new_without_default, reason = "it opens a port")]
    pub fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = format!("http://{}/jsonl", listener.local_addr().expect("its address"));
        let (status, taken) = (Arc::new(AtomicU16::new(204)), Arc::new(Mutex::new(Vec::new())));
        let (answers, keeps) = (Arc::clone(&status), Arc::clone(&taken));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who leaves in the middle is not answered.
                let _ = take(stream, answers.load(Ordering::SeqCst), &keeps);
            }
        });
        Self { address, status, taken }
    }

    /// Answers this from now on; what it refuses it does not take.
    pub fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// What was taken, sending by sending.
    pub fn taken(&self) -> Vec<Gathered> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The lines that were taken.
    pub fn lines(&self) -> Vec<Value> {
        self.taken().into_iter().flat_map(|gathered| gathered.lines).collect()
    }
}

fn take(stream: TcpStream, status: u16, taken: &Mutex<Vec<Gathered>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(&stream);
    let (mut authorization, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if line.trim_end().is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => value.clone_into(&mut authorization),
            "content-length" => length = value.parse().map_err(std::io::Error::other)?,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    if (200..300).contains(&status) {
        let body = String::from_utf8(body).map_err(std::io::Error::other)?;
        let lines = body.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
        taken.lock().unwrap_or_else(PoisonError::into_inner).push(Gathered { authorization, lines });
    }
    write!(&stream, "HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}
