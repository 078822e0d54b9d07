//! The program itself, with no setting of whoever runs the tests.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use testbed::{Application, DataDir, MASTER_KEY, said};

/// The program itself, on the data of that folder.
pub fn acquis(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acquis"));
    for (nom, _) in std::env::vars_os().filter(|(nom, _)| nom.to_string_lossy().starts_with("ACQUIS_")) {
        command.env_remove(nom);
    }
    command.args(arguments).env("ACQUIS_DONNEES", data).current_dir(data);
    command.env("ACQUIS_CLE", vault::to_hex(&MASTER_KEY));
    // Whoever runs it, by name.
    command.env("USER", "ada").env_remove("SUDO_USER");
    command
}

/// The program itself, on those data.
pub trait Program {
    fn acquis(&self, arguments: &[&str]) -> Command;
}

impl Program for Application {
    fn acquis(&self, arguments: &[&str]) -> Command {
        let mut command = acquis(self.dir.path(), arguments);
        command.env("ACQUIS_DATABASE_URL", &self.url);
        command
    }
}

impl Program for DataDir {
    fn acquis(&self, arguments: &[&str]) -> Command {
        let mut command = acquis(self.dir.path(), arguments);
        command.env("ACQUIS_DATABASE_URL", &self.url);
        command
    }
}

/// Runs the program on the data of this application, that text on its standard input.
fn on(application: &Application, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = application.acquis(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // A program that reads nothing may be gone already.
    let _ = child.stdin.take().expect("its standard input").write_all(input);
    child.wait_with_output().expect("its end")
}

/// What the program says when it has done that.
pub fn succeeds(application: &Application, arguments: &[&str], input: &str) -> String {
    let output = on(application, arguments, input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The program says so in one French line, and tells nothing.
pub fn is_refused(application: &Application, arguments: &[&str], input: &[u8], expected: &str) {
    let output = on(application, arguments, input);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", said(&output));
    assert!(error.starts_with("acquis : ") && error.contains(expected), "{arguments:?}: {error}");
    assert_eq!((error.lines().count(), output.stdout.len()), (1, 0), "{error}");
}

/// What a public server says of who runs it, as the documented file asks.
pub fn of_the_host() -> Vec<(String, String)> {
    let documented = include_str!("../../../../docs/acquis.toml.exemple");
    let (_, asked) = documented.split_once("# Ce que les pages disent").expect("the part of the host");
    let names = asked.lines().filter_map(|line| line.strip_prefix('#')?.strip_suffix(" = \"\""));
    let said = names.map(|name| (format!("ACQUIS_{}", name.to_uppercase()), format!("Ce que dit {name} <ici>")));
    said.chain([("ACQUIS_CONTACT_SECURITE".to_owned(), "mailto:securite@exemple.fr".to_owned())]).collect()
}
