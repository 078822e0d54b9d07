//! The program itself, with no setting of whoever runs the tests.

use std::path::Path;
use std::process::Command;

use testbed::{DataDir, MASTER_KEY};

/// The program itself, on the data of that folder.
pub fn acquis(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acquis"));
    for (nom, _) in std::env::vars_os().filter(|(nom, _)| nom.to_string_lossy().starts_with("ACQUIS_")) {
        command.env_remove(nom);
    }
    command.args(arguments).env("ACQUIS_DONNEES", data).current_dir(data);
    command.env("ACQUIS_CLE", vault::to_hex(&MASTER_KEY));
    command
}

/// The program itself, on those data.
pub trait Program {
    fn acquis(&self, arguments: &[&str]) -> Command;
}

impl Program for DataDir {
    fn acquis(&self, arguments: &[&str]) -> Command {
        let mut command = acquis(self.dir.path(), arguments);
        command.env("ACQUIS_DATABASE_URL", &self.url);
        command
    }
}
