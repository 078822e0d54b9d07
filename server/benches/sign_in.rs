//! Signing in beside what Argon2 alone allows on the same cores, reading one's rights meanwhile, and what looking at a session costs.
//! The client is a process of its own, whose time of processor is told: it takes it from the server.
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
use vault::token_digest;

/// How long each measure takes.
const LASTS: Duration = Duration::from_secs(10);
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

/// What a client measured.
struct Measured {
    answers: u64,
    p50: u64,
    p99: u64,
    /// The time of processor that it took, in hundredths of that of one core.
    processor: u64,
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
    let alone = argon2_alone(cores);
    let idle = asks(address, "droits", &reader).await;
    let stormy = asks(address, "sign-in", &cookies).await;
    let (storm, read) = tokio::join!(asks(address, "sign-in", &cookies), asks(address, "droits", &reader));
    let check = session_check(&application, address, &cookies).await;

    let mut output = std::io::stdout();
    let mut line = |what: &str, text: String| drop(writeln!(output, "{what:<44}{text}"));
    let hundredths = |answers: u64| answers * 100 / alone.max(1);
    line("Argon2 alone", format!("{:>8} /s on {cores} cores", per_second(alone)));
    for (what, measured) in [("signing in", &stormy), ("signing in while others read", &storm)] {
        line(
            what,
            format!(
                "{:>8} /s, {} % (at least 90), p50 {} ms; client: {} % of a core",
                per_second(measured.answers),
                hundredths(measured.answers),
                measured.p50 / 1_000,
                measured.processor
            ),
        );
    }
    for (what, measured) in [("GET /api/droits, idle", &idle), ("GET /api/droits, while eight sign in", &read)] {
        line(
            what,
            format!(
                "p50 {:>6} µs, p99 {:>6} µs, {} answers; client: {} % of a core",
                measured.p50, measured.p99, measured.answers, measured.processor
            ),
        );
    }
    line(
        "looking at a session that is not remembered",
        format!("p50 {:>6} µs, p99 {:>6} µs (p50 at most 100)", check.p50, check.p99),
    );
    assert!(hundredths(stormy.answers) >= 90, "signing in takes more than Argon2 does");
    assert!(read.p99 <= idle.p99 * 3, "who reads waits for who signs in");
    let sqlite = application.url.starts_with("sqlite:");
    assert!(!sqlite || check.p50 <= 100, "looking at a session takes more than 100 µs");
}

/// With one figure after the point.
fn per_second(answers: u64) -> String {
    let tenths = answers * 10 / LASTS.as_secs();
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// How many hashes of that strength these cores make, on threads that do nothing else, by the library itself.
fn argon2_alone(cores: usize) -> u64 {
    let (start, argon2) = (Instant::now(), Argon2::default());
    assert_eq!(
        (argon2.params().m_cost(), argon2.params().t_cost(), argon2.params().p_cost()),
        (STRENGTH.0, STRENGTH.1, 1)
    );
    let hash_on = || {
        let mut memory = vec![Block::default(); argon2.params().block_count()];
        let (mut made, mut output) = (0, [0; 32]);
        while start.elapsed() < LASTS {
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
async fn asks(address: SocketAddr, what: &str, cookies: &str) -> Measured {
    let asked = format!("{address} {what} {cookies}");
    let told = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.env(CLIENT, asked).stderr(Stdio::inherit()).output().expect("a client")
    });
    let told = told.await.expect("a client");
    assert!(told.status.success(), "the client failed");
    let text = String::from_utf8(told.stdout).expect("figures");
    let figures: Vec<u64> = text.split_whitespace().map(|figure| figure.parse().expect("a figure")).collect();
    let [answers, p50, p99, processor] = figures[..] else { panic!("the client says {text}") };
    Measured { answers, p50, p99, processor }
}

/// The client: writes how many answers it had, p50 and p99 in microseconds, and what it took of a core.
fn client(asked: &str) {
    let mut words = asked.splitn(3, ' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (address, what, cookies) = (word().parse().expect("an address"), word(), word());
    let executor = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (before, start) = (processor_time(), Instant::now());
    let mut times = executor.block_on(async {
        let askers = if what == "sign-in" { STORM } else { 1 };
        let tasks: Vec<_> =
            (0..askers).map(|_| tokio::spawn(repeats(address, what.clone(), cookies.clone()))).collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await.expect("a task that ends"));
        }
        times
    });
    let wall = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
    let (p50, p99) = percentiles(&mut times);
    // A tick of the kernel is ten milliseconds.
    let processor = (processor_time() - before) * 10 * 100 / wall;
    let _ = write!(std::io::stdout(), "{} {p50} {p99} {processor}", times.len());
}

async fn repeats(address: SocketAddr, what: String, cookies: String) -> Vec<u64> {
    let request = if what == "sign-in" {
        // A session of its own each time, from a browser that the account knows.
        let known = cookies.split("; ").find(|cookie| cookie.starts_with("acquis-connu=")).unwrap_or_default();
        sign_in_request(known)
    } else {
        format!("GET /api/droits HTTP/1.1\r\nhost: a\r\ncookie: {cookies}\r\n\r\n")
    };
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let (begin, mut times) = (Instant::now(), Vec::new());
    while begin.elapsed() < LASTS {
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

/// How long the store takes to find a session that it does not remember: it forgets them in a second, and at each sign-in.
async fn session_check(application: &Application, address: SocketAddr, cookies: &str) -> Measured {
    let mut digests = Vec::new();
    for _ in 0..15 {
        let given = sign_in(address, cookies.split_once("; ").unwrap_or_default().1).await;
        let token = given.split("; ").find_map(|cookie| cookie.strip_prefix("acquis=")).expect("a session").to_owned();
        digests.push(token_digest(&token));
    }
    let mut times = Vec::new();
    for _ in 0..10 {
        for digest in &digests {
            let start = Instant::now();
            let found = application.state.store.session(digest).await.expect("a database");
            // The last to sign in takes the place of the one before, past twenty.
            if found.is_some() {
                times.push(micros(start));
            }
        }
        tokio::time::sleep(Duration::from_millis(1_050)).await;
    }
    let (p50, p99) = percentiles(&mut times);
    Measured { answers: u64::try_from(times.len()).unwrap_or(u64::MAX), p50, p99, processor: 0 }
}

fn micros(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX)
}

fn percentiles(times: &mut [u64]) -> (u64, u64) {
    times.sort_unstable();
    let at = |hundredth: usize| times.get(times.len() * hundredth / 100).copied().unwrap_or_default();
    (at(50), at(99))
}

/// The time of processor of this process, in ticks of the kernel; nothing where it does not say.
fn processor_time() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}
