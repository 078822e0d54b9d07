//! What a server says of who runs it: asked of a public one before it starts, then shown to everybody.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use testbed::DataDir;

use crate::program::{Program as _, of_the_host};

const PUBLIC: [(&str, &str); 3] = [
    ("ACQUIS_ADRESSE_PUBLIQUE", "https://acquis.example"),
    ("ACQUIS_SMTP", "smtp://127.0.0.1:25"),
    ("ACQUIS_EXPEDITEUR", "ne-pas-repondre@acquis.example"),
];

fn public(data: &DataDir, said: &[(String, String)]) -> Command {
    let mut command = data.acquis(&["servir"]);
    command.env("ACQUIS_ECOUTE", "127.0.0.1:0").envs(PUBLIC).envs(said.iter().map(|(name, text)| (name, text)));
    command.env("ACQUIS_PAGE", Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn a_public_server_that_does_not_say_who_runs_it_does_not_start_and_tells_all_that_is_missing() {
    DataDir::trial(|new| {
        let data = new();
        let kept = |name: &str| !["ACQUIS_EDITEUR", "ACQUIS_MEDIATEUR", "ACQUIS_CONTACT_SECURITE"].contains(&name);
        let said: Vec<_> = of_the_host().into_iter().filter(|(name, _)| kept(name)).collect();
        let output = public(&data, &said).output().expect("the program runs");
        let refusal = String::from_utf8(output.stderr).expect("French in UTF-8");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{refusal}");
        let told: Vec<&str> = refusal.lines().skip(1).filter_map(|line| line.trim().split(" : ").next()).collect();
        assert_eq!(told, ["contact_securite", "editeur", "mediateur"], "{refusal}");
        assert!(refusal.contains("Qui publie ce site : nom ou raison sociale"), "it says what to write: {refusal}");
        assert!(!data.dir.path().join("acquis.db").exists(), "nothing was touched");
    });
}

/// A server of its own, until it is dropped.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn fetch(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn a_public_server_shows_what_its_host_says_and_leaves_nothing_to_complete() {
    DataDir::trial(|new| {
        let data = new();
        let mut server = Served(public(&data, &of_the_host()).spawn().expect("the program runs"));
        let mut line = String::new();
        let output = server.0.stdout.take().expect("an output");
        BufReader::new(output).read_line(&mut line).expect("a line of the program");
        let address = line.trim().rsplit("http://").next().expect("its address");
        let pages = ["accessibilite", "cgu", "donnees-personnelles", "mentions-legales", "aide"];
        let all: String = pages.map(|page| fetch(address, &format!("/prose/{page}.html"))).concat();
        for (name, _) in of_the_host().iter().filter(|(name, _)| name != "ACQUIS_CONTACT_SECURITE") {
            let name = name.trim_start_matches("ACQUIS_").to_lowercase();
            assert!(all.contains(&format!("Ce que dit {name} &lt;ici&gt;")), "{name} is shown nowhere");
        }
        assert!(all.contains("<a href=\"mailto:securite@exemple.fr\">"), "{all}");
        assert!(!all.contains("data-hebergeur") && !all.contains("machine d’essai"), "{all}");
    });
}
