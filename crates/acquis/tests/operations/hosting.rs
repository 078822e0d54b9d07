//! What a server says of who runs it: asked of a public one before it starts, then shown to everybody.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use testbed::{DataDir, ask_over_tls, certificate, said};

use crate::program::{Program as _, acquis, of_the_host};

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

#[test]
fn a_server_with_a_certificate_speaks_tls_1_2_and_1_3_with_strong_suites_and_nothing_older_or_in_clear() {
    DataDir::trial(|new| {
        let data = new();
        let (certificate, key) = certificate(data.dir.path());
        let mut command = public(&data, &of_the_host());
        command.env("ACQUIS_TLS_CERTIFICAT", &certificate).env("ACQUIS_TLS_CLE", &key);
        let mut server = Served(command.spawn().expect("the program runs"));
        let mut line = String::new();
        BufReader::new(server.0.stdout.take().expect("an output")).read_line(&mut line).expect("a line of the program");
        let address = line.trim().rsplit("https://").next().expect("its address").to_owned();
        for (version, suite) in [
            (&rustls::version::TLS13, rustls::CipherSuite::TLS13_AES_256_GCM_SHA384),
            (&rustls::version::TLS12, rustls::CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384),
        ] {
            let answered = ask_over_tls(&address, "/sante/pret", &certificate, version).expect("an answer");
            assert_eq!((answered.version, answered.suite), (version.version, suite));
            assert!(answered.text.starts_with("HTTP/1.1 200"), "{}", answered.text);
            assert!(answered.text.contains("strict-transport-security: max-age=31536000"), "{}", answered.text);
        }
        // A hello of TLS 1.1 with a suite of its time: a fatal alert, « protocol version » or « handshake failure ».
        let mut old = TcpStream::connect(&address).expect("the server listens");
        let hello = [b"\x03\x02".as_slice(), &[7; 32], b"\0\0\x04\xc0\x13\x00\x2f\x01\0"].concat();
        let length = u8::try_from(hello.len()).expect("a short hello");
        old.write_all(&[b"\x16\x03\x01\0".as_slice(), &[length + 4, 1, 0, 0, length], &hello].concat())
            .expect("a hello");
        let mut alert = Vec::new();
        old.read_to_end(&mut alert).expect("an alert");
        assert!(matches!(alert.as_slice(), [21, 3, _, 0, 2, 2, 40 | 70]), "{alert:?}");
        let mut clear = TcpStream::connect(&address).expect("the server listens");
        clear.write_all(b"GET /sante/pret HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
        let mut said = Vec::new();
        let _cut = clear.read_to_end(&mut said);
        assert!(!said.starts_with(b"HTTP"), "{said:?}");
    });
}

#[test]
fn a_certificate_without_its_key_or_without_the_address_that_it_is_for_is_refused() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (certificate, key) = certificate(dir.path());
    for (with_key, expected) in [(false, "vont ensemble"), (true, "adresse_publique doit dire l'adresse")] {
        let mut command = acquis(dir.path(), &["servir"]);
        command.env("ACQUIS_ECOUTE", "127.0.0.1:0").env("ACQUIS_TLS_CERTIFICAT", &certificate);
        if with_key {
            command.env("ACQUIS_TLS_CLE", &key);
        }
        let output = command.output().expect("the program runs");
        let refusal = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{refusal}");
        assert!(refusal.contains(expected), "{refusal}");
    }
}

/// The role that docs/securite.md gives to the service, on the tables of this test.
struct Role {
    owner: String,
    name: String,
}

impl Role {
    fn documented(owner: &str, schema: &str) -> Self {
        let documented = include_str!("../../../../docs/securite.md");
        let (_, orders) = documented.split_once("```sql\n").expect("the orders");
        let (orders, _) = orders.split_once("```").expect("their end");
        let role = Self { owner: owner.to_owned(), name: format!("service_{schema}") };
        for order in orders.split(';').filter(|order| !order.trim().is_empty()) {
            role.order(
                &order.replace("SCHEMA public", &format!("SCHEMA {schema}")).replace("acquis_service", &role.name),
            );
        }
        role
    }

    fn order(&self, sql: &str) {
        executed(&self.owner, sql).unwrap_or_else(|why| panic!("{sql}: {why}"));
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        for order in [format!("DROP OWNED BY {}", self.name), format!("DROP ROLE {}", self.name)] {
            let _ = executed(&self.owner, &order);
        }
    }
}

fn executed(url: &str, sql: &str) -> Result<(), String> {
    sqlx::any::install_default_drivers();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut connexion = AnyConnection::connect(url).await.map_err(|why| why.to_string())?;
        let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connexion).await;
        connexion.close().await.expect("a connection that closes");
        done.map(drop).map_err(|why| why.to_string())
    })
}

#[test]
fn the_documented_role_serves_and_can_neither_change_the_tables_nor_take_their_protections_away() {
    DataDir::trial(|new| {
        let data = new();
        let Some((_, schema)) = data.url.split_once("search_path%3D") else {
            // SQLite has no roles.
            return;
        };
        let ran = |url: &str, arguments: &[&str]| {
            let mut command = data.acquis(arguments);
            let output = command.env("ACQUIS_DATABASE_URL", url).output().expect("the program runs");
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        };
        ran(&data.url, &["migrer"]);
        let role = Role::documented(&data.url, schema);
        let (_, behind) = data.url.split_once('@').expect("a user");
        let service = format!("postgres://{}@{behind}", role.name);
        let last_year = "2024";
        for arguments in
            [&["demo"][..], &["alimenter", "--annee", last_year], &["journal"], &["journal", "verifier"], &["cles"]]
        {
            ran(&service, arguments);
        }
        let mut command = data.acquis(&["servir"]);
        command.env("ACQUIS_DATABASE_URL", &service).env("ACQUIS_ECOUTE", "127.0.0.1:0").stdout(Stdio::piped());
        let mut server = Served(command.spawn().expect("the program runs"));
        let mut line = String::new();
        BufReader::new(server.0.stdout.take().expect("an output")).read_line(&mut line).expect("a line of the program");
        let address = line.trim().rsplit("http://").next().expect("its address");
        assert!(fetch(address, "/sante/pret").starts_with("HTTP/1.1 200"));
        for order in [
            "DROP TABLE journal",
            "ALTER TABLE journal DISABLE TRIGGER ALL",
            "DELETE FROM journal",
            "TRUNCATE journal",
            "DELETE FROM _sqlx_migrations",
            "CREATE TABLE a_elle (n INTEGER)",
        ] {
            assert!(executed(&service, order).is_err(), "{order}");
        }
        drop(server);
    });
}
