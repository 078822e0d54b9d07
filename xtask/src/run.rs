//! `cargo xtask run`: from a fresh clone to an address to open.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::command::{cannot_start, program as start_program, run as run_command};
use crate::page::{self, Kind};
use crate::plan;
use crate::port::{address, must_be_free};
use crate::program;
use crate::provider;
use crate::terminal::{duration, say, step};
use crate::tools::{self, Tools};
use crate::workspace;

/// Where Acquis listens if nothing else is asked.
pub(crate) const PORT: u16 = 8087;

/// What `cargo xtask run` is asked.
pub(crate) struct Asked {
    port: u16,
    with_provider: bool,
}

impl Asked {
    /// Reads what follows `run`.
    pub(crate) fn read(words: &[&str]) -> Result<Self, String> {
        let mut asked = Self { port: PORT, with_provider: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--avec-fournisseur" => asked.with_provider = true,
                "--port" => {
                    let port = words.next().copied().unwrap_or_default();
                    let refused = || format!("`{port}` is not a port: give a number from 1 to 65535");
                    asked.port = port.parse().map_err(|_| refused())?;
                }
                other => {
                    return Err(format!("`{other}` is not something that run takes: --port N, --avec-fournisseur"));
                }
            }
        }
        Ok(asked)
    }
}

pub(crate) fn run(Asked { port, with_provider }: Asked) -> Result<(), String> {
    must_be_free(port, "cargo xtask run --port N takes another")?;
    if with_provider {
        provider::must_be_possible()?;
    }
    plan::announce();
    let start = Instant::now();
    tools::fetch_crates()?;
    Tools::fetch()?;
    let binary = program::quick()?;
    page::build(Kind::Quick)?;
    let data = workspace::root().join("donnees");
    let acquis = || {
        let mut command = acquis(&binary, &data, port);
        command.env("ACQUIS_PAGE", Kind::Quick.folder());
        if with_provider {
            provider::tell(&mut command);
        }
        command
    };
    step("prepare the database with the fictional people", || run_command(acquis().arg("demo")))?;
    let _provider = with_provider.then(|| provider::start(port)).transpose()?;
    let mut server = serve(&mut acquis())?;
    wait_until_ready(&mut server, port)?;
    let time = duration(start.elapsed());
    // A name, not a number: browsers keep for names alone what some ways of signing in need.
    let address = format!("http://localhost:{port}/");
    say(&format!(
        "\nAcquis is open after {time}: {address}\nWhat it writes to people is read at {address}boite. Its data is in donnees/. \
         Ctrl-C stops it."
    ));
    if with_provider {
        say(
            "« Me connecter avec Identité d’essai » leads to an identity provider of this machine: choose who you are.",
        );
    }
    let status = server.wait().map_err(|error| format!("the server was lost: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("the server stopped ({status})")) }
}

/// The server's program with its data folder and its address.
pub(crate) fn acquis(binary: &Path, data: &Path, port: u16) -> Command {
    let mut command = start_program(binary);
    // The founding document declares a DIF in 2020: the demonstration leaves open what the law closed on 30 June 2021.
    command.env("ACQUIS_FIN_DECLARATION_DIF", "ouverte");
    command.env("ACQUIS_DONNEES", data).env("ACQUIS_ECOUTE", format!("127.0.0.1:{port}"));
    command
}

/// Starts serving, without waiting for the answer.
pub(crate) fn serve(acquis: &mut Command) -> Result<Child, String> {
    acquis.arg("servir").spawn().map_err(|error| cannot_start(acquis, &error))
}

/// Asks `/sante/pret` until it says yes, the server ends, or half a minute has passed.
pub(crate) fn wait_until_ready(server: &mut Child, port: u16) -> Result<(), String> {
    for _ in 0..150 {
        if let Ok(Some(status)) = server.try_wait() {
            return Err(format!("the server stopped before it was ready ({status}); its last lines say why"));
        }
        if is_ready(port) {
            return Ok(());
        }
        pause(Duration::from_millis(200));
    }
    // It answers nothing: nothing is lost by ending it.
    server.kill().and_then(|()| server.wait()).map_err(|error| format!("the server cannot be ended: {error}"))?;
    Err("the server does not answer on /sante/pret after 30 s".to_owned())
}

fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address(port), Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET /sante/pret HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 2"))
}

/// A moment between two looks at something that another program is about to change.
#[expect(
    clippy::disallowed_methods,
    reason = "polling another program, always a bounded number of times or until Ctrl-C"
)]
pub(crate) fn pause(moment: Duration) {
    std::thread::sleep(moment);
}
