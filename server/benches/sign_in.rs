//! Signing in beside what Argon2 alone allows on the same cores while the same other reads their rights, that reading, and what looking
//! at a session costs. The client is a process of its own, whose time of processor is told: it takes it from the server.
//!
//! It fails where a promise is broken: nine tenths of what Argon2 allows, a p99 within three times that of an idle server, 100 µs.

use std::env;
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::thread::{available_parallelism, scope};
use std::time::{Duration, Instant};

use argon2::{Argon2, Block};
use serde_json::json;
use testbed::{Application, MOT_DE_PASSE, ORIGIN, trial};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How long what is measured alone takes.
const LASTS: Duration = Duration::from_secs(20);
/// What is compared is measured in turn, as many times: a machine that others share is not always as fast. What is told is the median
/// of the turns, each of which is compared with its neighbour.
const TURNS: usize = 9;
/// How long each turn takes.
const TURN: Duration = Duration::from_secs(4);
/// How many sessions are looked at that nothing remembers.
const LOOKED_AT: usize = 2_000;
/// A reader comes this often.
const EACH: Duration = Duration::from_millis(10);
/// As many sign in at once.
const STORM: usize = 8;
/// What OWASP asks: kibibytes and passes.
const STRENGTH: (u32, u32) = (19 * 1_024, 2);
/// How the client is told whom to ask, what, and with which cookies.
const CLIENT: &str = "ACQUIS_BENCH_CLIENT";

fn main() {
    match env::var(CLIENT) {
        Ok(asked) => client(&asked),
        Err(_) => trial(measure),
    }
}

/// What was measured.
#[derive(Default)]
struct Measured {
    /// How long each answer took, in microseconds.
    times: Vec<u64>,
    /// The time of processor that the client took, in thousandths of that of one core, for each turn.
    processor: Vec<u64>,
}

/// What is told of it.
struct Percentiles {
    answers: u64,
    p50: u64,
    p99: u64,
    processor: u64,
}

impl Measured {
    /// How many hundredths of what Argon2 alone made in the same time the server made of it. Who signs in is on the same cores, and is no
    /// part of the server: what Argon2 would have had is what they left.
    fn hundredths_of(&self, alone: u64, cores: usize) -> u64 {
        let taken = self.processor.iter().sum::<u64>();
        let left = cores_in_thousandths(cores).saturating_sub(taken);
        u64::try_from(self.times.len()).unwrap_or(u64::MAX) * 100 * cores_in_thousandths(cores) / (alone * left).max(1)
    }

    fn add(&mut self, turn: Self) {
        self.times.extend(turn.times);
        self.processor.extend(turn.processor);
    }

    fn percentiles(&mut self) -> Percentiles {
        self.times.sort_unstable();
        let at = |hundredth: usize| self.times.get(self.times.len() * hundredth / 100).copied().unwrap_or_default();
        let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        let processor = self.processor.iter().sum::<u64>() / count(self.processor.len()).max(1);
        Percentiles { answers: count(self.times.len()), p50: at(50), p99: at(99), processor }
    }
}

async fn measure(application: Application) {
    application.dominique().await;
    // Who reads is somebody else: past twenty sessions of an account, others of it end.
    let reader = application.renaud().await.cookie.expect("a session");
    let application = application.hashing_with(STRENGTH).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    let router = server::router(application.state.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let cookies = sign_in(address, "").await;

    let cores = available_parallelism().map_or(1, usize::from);
    let mut idle = asks(address, "droits", LASTS, &reader).await;
    let (mut alone, mut storm, mut read) = (0, Measured::default(), Measured::default());
    let mut hundredths = Vec::new();
    for _ in 0..TURNS {
        // Whoever reads does so in both: what that takes is no part of signing in.
        let hashing = tokio::task::spawn_blocking(move || argon2_alone(cores, TURN));
        let (hashed, _) = tokio::join!(hashing, asks(address, "droits", TURN, &reader));
        let hashed = hashed.expect("a count");
        alone += hashed;
        let signing_in = asks(address, "sign-in", TURN, &cookies);
        let (stormed, reading) = tokio::join!(signing_in, asks(address, "droits", TURN, &reader));
        hundredths.push(stormed.hundredths_of(hashed, cores));
        storm.add(stormed);
        read.add(reading);
    }
    hundredths.sort_unstable();
    let (worst, median, best) = (hundredths[0], hundredths[TURNS / 2], hundredths[TURNS - 1]);
    let mut check = session_check(&application).await;
    let [idle, storm, read, check] = [&mut idle, &mut storm, &mut read, &mut check].map(Measured::percentiles);

    let mut output = std::io::stdout();
    let mut line = |what: &str, text: String| drop(writeln!(output, "{what:<44}{text}"));
    line("Argon2 alone, while another reads", format!("{:>8} /s on {cores} cores", per_second(alone)));
    line(
        "signing in, eight at once, while they read",
        format!(
            "{:>8} /s, {median} % (at least 90; {worst} to {best}) of what the client leaves, p50 {} ms; client: {} ‰ of a core",
            per_second(storm.answers),
            storm.p50 / 1_000,
            storm.processor
        ),
    );
    for (what, measured) in [("GET /api/droits, idle", &idle), ("GET /api/droits, while eight sign in", &read)] {
        line(
            what,
            format!(
                "p50 {:>6} µs, p99 {:>6} µs, {} answers; client: {} ‰ of a core",
                measured.p50, measured.p99, measured.answers, measured.processor
            ),
        );
    }
    line(
        "looking at a session that is not remembered",
        format!("p50 {:>6} µs, p99 {:>6} µs (p50 at most 100)", check.p50, check.p99),
    );
    assert!(median >= 90, "signing in takes more than Argon2 does");
    assert!(read.p99 <= idle.p99 * 3, "who reads waits for who signs in");
    let sqlite = application.url.starts_with("sqlite:");
    assert!(!sqlite || check.p50 <= 100, "looking at a session takes more than 100 µs");
}

/// With one figure after the point, over all turns.
fn per_second(answers: u64) -> String {
    let tenths = answers * 10 / (TURN.as_secs() * u64::try_from(TURNS).unwrap_or(1));
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// How many hashes of that strength these cores make, on threads that do nothing else, by the library itself.
fn argon2_alone(cores: usize, lasts: Duration) -> u64 {
    let (start, argon2) = (Instant::now(), Argon2::default());
    assert_eq!(
        (argon2.params().m_cost(), argon2.params().t_cost(), argon2.params().p_cost()),
        (STRENGTH.0, STRENGTH.1, 1)
    );
    let hash_on = || {
        let mut memory = vec![Block::default(); argon2.params().block_count()];
        let (mut made, mut output) = (0, [0; 32]);
        while start.elapsed() < lasts {
            argon2
                .hash_password_into_with_memory(MOT_DE_PASSE.as_bytes(), b"grues vertes", &mut output, &mut memory)
                .expect("a hash");
            made += 1;
        }
        made
    };
    scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(hash_on)).collect();
        threads.into_iter().map(|thread| thread.join().expect("a count")).sum()
    })
}

/// Sends a client, and reads what it measured.
async fn asks(address: SocketAddr, what: &str, lasts: Duration, cookies: &str) -> Measured {
    let asked = format!("{address} {what} {} {cookies}", lasts.as_millis());
    let told = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.env(CLIENT, asked).stderr(Stdio::inherit()).output().expect("a client")
    });
    let told = told.await.expect("a client");
    assert!(told.status.success(), "the client failed");
    let text = String::from_utf8(told.stdout).expect("figures");
    let mut figures = text.split_whitespace().map(|figure| figure.parse().expect("a figure"));
    let processor = vec![figures.next().expect("its time of processor")];
    Measured { times: figures.collect(), processor }
}

/// The client: writes what it took of a core, then how many microseconds each answer took.
fn client(asked: &str) {
    let mut words = asked.splitn(4, ' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (address, what) = (word().parse().expect("an address"), word());
    let (lasts, cookies) = (Duration::from_millis(word().parse().expect("milliseconds")), word());
    let executor = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (before, start) = (processor_time(), Instant::now());
    let times = executor.block_on(async {
        let askers = if what == "sign-in" { STORM } else { 1 };
        let tasks: Vec<_> =
            (0..askers).map(|_| tokio::spawn(repeats(address, what.clone(), lasts, cookies.clone()))).collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await.expect("a task that ends"));
        }
        times
    });
    let wall = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX).max(1);
    let processor = (processor_time() - before) * 1_000 / wall;
    let times: Vec<String> = times.iter().map(u64::to_string).collect();
    let _ = write!(std::io::stdout(), "{processor} {}", times.join(" "));
}

async fn repeats(address: SocketAddr, what: String, lasts: Duration, cookies: String) -> Vec<u64> {
    let request = if what == "sign-in" {
        // A session of its own each time, from a browser that the account knows.
        let known = cookies.split("; ").find(|cookie| cookie.starts_with("acquis-connu=")).unwrap_or_default();
        sign_in_request(known)
    } else {
        format!("GET /api/droits HTTP/1.1\r\nhost: a\r\ncookie: {cookies}\r\n\r\n")
    };
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    // The first is that of a connection to be made: it is not counted.
    answer(&mut stream, &request).await;
    let (begin, mut times) = (Instant::now(), Vec::new());
    while begin.elapsed() < lasts {
        let start = Instant::now();
        answer(&mut stream, &request).await;
        times.push(micros(start));
        if what != "sign-in" {
            tokio::time::sleep(EACH.saturating_sub(start.elapsed())).await;
        }
    }
    times
}

fn sign_in_request(cookies: &str) -> String {
    let body = json!({ "courriel": "dominique@exemple.fr", "mot_de_passe": MOT_DE_PASSE }).to_string();
    format!(
        "POST /api/connexion HTTP/1.1\r\nhost: a\r\norigin: {ORIGIN}\r\ncontent-type: application/json\r\ncookie: {cookies}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Signs in; gives the cookies.
async fn sign_in(address: SocketAddr, cookies: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let answer = answer(&mut stream, &sign_in_request(cookies)).await;
    let given = answer.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    given.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
}

/// Sends a request, and reads its whole answer, which went well.
async fn answer(stream: &mut TcpStream, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.expect("a request");
    let (mut buffer, mut read) = (vec![0; 16_384], 0);
    while !buffer[..read].ends_with(b"}") {
        read += stream.read(&mut buffer[read..]).await.expect("an answer");
    }
    let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    text
}

/// How long the store takes to find a session that it does not remember: as many are opened as are looked at, each once.
async fn session_check(application: &Application) -> Measured {
    let opened = format!(
        "INSERT INTO sessions (empreinte, compte, ouverte_le, vue_le, expire_le, appareil, numero, origine)
             WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < {LOOKED_AT})
             SELECT 'banc-' || n, compte, ouverte_le, vue_le, expire_le, appareil, 'banc-' || n, origine
             FROM sessions CROSS JOIN turn WHERE empreinte = (SELECT MIN(empreinte) FROM sessions)
         RETURNING empreinte"
    );
    let digests = application.rows(&opened).await;
    assert_eq!(digests.len(), LOOKED_AT);
    let mut times = Vec::new();
    for digest in &digests {
        let start = Instant::now();
        let found = application.state.store.session(digest).await.expect("a database");
        times.push(micros(start));
        assert!(found.is_some(), "a session that was opened");
    }
    Measured { times, processor: Vec::new() }
}

fn micros(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// The time of processor of this process, whose only thread asks, in nanoseconds; nothing where the kernel does not say.
fn processor_time() -> u64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|time| time.parse().ok()).unwrap_or_default()
}

fn cores_in_thousandths(cores: usize) -> u64 {
    u64::try_from(cores).unwrap_or(1) * 1_000
}
