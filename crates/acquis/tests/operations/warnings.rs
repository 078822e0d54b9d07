//! What the program says on its standard error of the place where it is put, and only when there is something to say.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::Stdio;

use testbed::said;

use crate::program::{acquis, of_the_host};

/// What `acquis servir` logs before it listens.
fn at_start(data: &Path, settings: &[(&str, &str)]) -> String {
    let mut command = acquis(data, &["servir"]);
    // A server that has an address on the network says who runs it.
    command.env("ACQUIS_ECOUTE", "127.0.0.1:0").envs(of_the_host()).envs(settings.iter().copied());
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("an output")).read_line(&mut line).expect("a line of the program");
    server.kill().expect("it is stopped");
    server.wait().expect("it ends");
    let mut log = String::new();
    server.stderr.take().expect("a log").read_to_string(&mut log).expect("its log");
    assert!(line.contains("à l'écoute"), "{line}{log}");
    log
}

#[cfg(unix)]
#[test]
fn data_that_others_of_the_machine_can_read_are_told_until_they_cannot() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().expect("a temporary folder");
    let warns = || {
        let output = acquis(dir.path(), &["demo"]).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output).contains("other users of this machine can read the data")
    };
    let open = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its rights");
    let base = dir.path().join("acquis.db");
    open(dir.path(), 0o755);
    assert!(!warns(), "what the program makes is its owner's alone, whatever the folder");
    open(&base, 0o644);
    assert!(warns(), "a database that an older version made");
    open(dir.path(), 0o700);
    assert!(!warns(), "nobody else reaches what is inside");
    open(dir.path(), 0o755);
    open(&base, 0o600);
    let proofs = dir.path().join("pieces");
    fs::create_dir_all(&proofs).expect("a folder");
    open(&proofs, 0o755);
    assert!(warns(), "the folder of proofs");
}

#[test]
fn a_set_up_where_nobody_can_stay_connected_is_told_at_start() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (of_an_address, of_the_network) = ("nobody who comes by this address", "ecoute is open to the network and");
    let in_clear = "ecoute is open to the network without a certificate";
    // A server that has an address on the network writes to its people.
    let mail = [("ACQUIS_SMTP", "smtp://127.0.0.1:25"), ("ACQUIS_EXPEDITEUR", "ne-pas-repondre@acquis.example")];
    for (settings, expected) in [
        (vec![], None),
        (vec![("ACQUIS_ECOUTE", "0.0.0.0:0")], Some(of_the_network)),
        (
            vec![("ACQUIS_ECOUTE", "0.0.0.0:0"), ("ACQUIS_ADRESSE_PUBLIQUE", "http://192.168.1.20:8087")],
            Some(of_an_address),
        ),
        (vec![("ACQUIS_ECOUTE", "0.0.0.0:0"), ("ACQUIS_ADRESSE_PUBLIQUE", "https://acquis.example")], Some(in_clear)),
        (vec![("ACQUIS_ADRESSE_PUBLIQUE", "https://acquis.example")], None),
    ] {
        let log = at_start(dir.path(), &[&settings[..], &mail].concat());
        for warning in [of_an_address, of_the_network, in_clear] {
            assert_eq!(log.contains(warning), expected == Some(warning), "{settings:?}: {log}");
        }
    }
}

#[test]
fn each_line_of_the_log_is_an_object_where_it_is_asked_for() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let log = at_start(
        dir.path(),
        &[
            ("ACQUIS_ECOUTE", "0.0.0.0:0"),
            ("ACQUIS_JOURNAL_FORMAT", "json"),
            ("ACQUIS_SMTP", "smtp://127.0.0.1:25"),
            ("ACQUIS_EXPEDITEUR", "ne-pas-repondre@acquis.example"),
        ],
    );
    let told: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"))).collect();
    let warning = told
        .iter()
        .find(|line| line["message"].as_str().is_some_and(|text| text.contains("ecoute is open to the network")));
    let warning = warning.unwrap_or_else(|| panic!("{log}"));
    assert_eq!((&warning["level"], &warning["target"]), (&"WARN".into(), &"server::start".into()), "{warning}");
    assert!(warning["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{warning}");
}
