//! The real program, as a person who hosts it would start it: on the loopback, with data of its own.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::browser::NAME;
use crate::wait::until;
use crate::{free_port, root};

/// A running Acquis with the fictional people, stopped and forgotten with its value.
#[derive(Debug)]
pub struct Server {
    dir: TempDir,
    port: u16,
    settings: Vec<(String, String)>,
    process: Option<Child>,
    database: Option<Database>,
}

impl Server {
    /// Starts one, ready to answer.
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// Starts one with these further settings (`ACQUIS_…`).
    pub fn with(settings: &[(&str, &str)]) -> Self {
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let dir = tempfile::tempdir().expect("the temporary folder can be written");
        let port = free_port();
        let mut server = Self { dir, port, settings, process: None, database: Database::asked_for(port) };
        let demo = server.command("demo").output().expect("the program starts");
        let said = String::from_utf8_lossy(&demo.stderr);
        assert!(demo.status.success(), "`acquis demo` failed ({}):\n{said}", demo.status);
        server.restart();
        server
    }

    /// Changes a setting, from the next start on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Opens it to the public at these addresses, from the next start on: it has a mail server, to which nothing is sent
    /// here, and says who runs it, as the documented file asks.
    pub fn open_to_the_public(&mut self, addresses: &str) {
        let documented = std::fs::read_to_string(root().join("docs/acquis.toml.exemple")).expect("the documented file");
        let (_, asked) = documented.split_once("# Ce que les pages disent").expect("the part of the host");
        for name in asked.lines().filter_map(|line| line.strip_prefix('#')?.strip_suffix(" = \"\"")) {
            self.set(&format!("ACQUIS_{}", name.to_uppercase()), &format!("Ce que dit {name}"));
        }
        self.set("ACQUIS_CONTACT_SECURITE", "mailto:securite@exemple.fr");
        self.set("ACQUIS_ADRESSE_PUBLIQUE", addresses);
        self.set("ACQUIS_SMTP", "smtp://127.0.0.1:25");
        self.set("ACQUIS_EXPEDITEUR", "ne-pas-repondre@acquis.example");
    }

    /// Starts again at the same address, on the same data.
    pub fn restart(&mut self) {
        self.cut();
        let log = File::create(self.log()).expect("the temporary folder can be written");
        let process = self.command("servir").stdout(Stdio::null()).stderr(log).spawn();
        self.process = Some(process.expect("the program starts"));
        if let Err(refusal) = until(|| self.is_ready()) {
            panic!("{refusal}\n{}", self.said());
        }
    }

    /// Ends it as a power cut would; the data stay.
    pub fn cut(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("our own child can be ended");
            process.wait().expect("an ended child can be waited for");
        }
    }

    /// Runs another command of the program on the same data, that text on its standard input; what it said.
    pub fn run(&self, subcommand: &str, arguments: &[&str], input: &str) -> String {
        let mut command = self.command(subcommand);
        // The journal wants a person, and whoever runs the tests may be nobody.
        command.args(["--agent", "Zoé Martin"]);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut pipe = child.stdin.take().expect("its standard input");
        pipe.write_all(input.as_bytes()).expect("the program reads");
        drop(pipe);
        let output = child.wait_with_output().expect("an ended child can be waited for");
        assert!(output.status.success(), "{subcommand}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Its address for who comes from the network.
    pub fn url_by_name(&self) -> String {
        format!("http://{NAME}:{}", self.port)
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        self.dir.path()
    }

    /// What it wrote on its standard error since it was started.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }

    fn is_ready(&self) -> Result<(), String> {
        let ask = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            write!(stream, "GET /sante/pret HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
            let mut first_line = String::new();
            BufReader::new(stream).read_line(&mut first_line)?;
            Ok(first_line)
        };
        match ask() {
            Ok(line) if line.starts_with("HTTP/1.1 2") => Ok(()),
            Ok(line) => Err(format!("the server is not ready: {}", line.trim_end())),
            Err(error) => Err(format!("the server does not answer: {error}")),
        }
    }

    fn log(&self) -> PathBuf {
        self.dir.path().join("serveur.journal")
    }

    fn command(&self, subcommand: &str) -> Command {
        let mut command = Command::new(binary());
        command.arg(subcommand).current_dir(self.dir.path()).stdin(Stdio::null());
        command.env("ACQUIS_DONNEES", self.dir.path().join("donnees"));
        command.env("ACQUIS_ECOUTE", format!("127.0.0.1:{}", self.port));
        // As the demonstration: a journey past the last day sets it.
        command.env("ACQUIS_FIN_DECLARATION_DIF", "ouverte");
        command.envs(self.database.iter().map(|database| ("ACQUIS_DATABASE_URL", database.url())));
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.cut();
    }
}

/// A database of its own on the PostgreSQL of `ACQUIS_TEST_POSTGRES`, forgotten with its value.
#[derive(Debug)]
struct Database {
    cluster: String,
    name: String,
}

impl Database {
    /// None unless the variable says where: the journeys are on SQLite then.
    fn asked_for(port: u16) -> Option<Self> {
        let cluster = std::env::var("ACQUIS_TEST_POSTGRES").ok().filter(|url| !url.is_empty())?;
        let database = Self { cluster, name: format!("journey_{}_{port}", std::process::id()) };
        let created = database.ask(&format!("CREATE DATABASE {}", database.name)).expect("psql starts");
        assert!(created.status.success(), "no database: {}", String::from_utf8_lossy(&created.stderr));
        Some(database)
    }

    fn url(&self) -> String {
        let (server, _) = self.cluster.rsplit_once('/').expect("postgres://…/database");
        format!("{server}/{}", self.name)
    }

    fn ask(&self, sql: &str) -> std::io::Result<Output> {
        Command::new("psql").args([&self.cluster, "-X", "-q", "-c", sql]).output()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The cluster of the tests goes with them: a database that stays harms nobody.
        drop(self.ask(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)));
    }
}

/// The program under test: `ACQUIS_BINAIRE`, else where `cargo build --release` puts it.
fn binary() -> PathBuf {
    let given = std::env::var_os("ACQUIS_BINAIRE").map(PathBuf::from);
    let binary = given.unwrap_or_else(|| root().join("target/release/acquis"));
    assert!(binary.is_file(), "{} is missing: `cargo xtask test journeys` builds it", binary.display());
    binary
}
