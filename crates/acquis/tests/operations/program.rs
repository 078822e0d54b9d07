//! The program itself, with no setting of whoever runs the tests.

use std::path::Path;
use std::process::Command;

use testbed::{Donnees, MASTER_KEY};

/// The program itself, on the data of that folder.
pub fn acquis(donnees: &Path, arguments: &[&str]) -> Command {
    let mut commande = Command::new(env!("CARGO_BIN_EXE_acquis"));
    for (nom, _) in std::env::vars_os().filter(|(nom, _)| nom.to_string_lossy().starts_with("ACQUIS_")) {
        commande.env_remove(nom);
    }
    commande.args(arguments).env("ACQUIS_DONNEES", donnees).current_dir(donnees);
    commande.env("ACQUIS_CLE", vault::en_hexa(&MASTER_KEY));
    commande
}

/// The program itself, on those data.
pub trait Program {
    fn acquis(&self, arguments: &[&str]) -> Command;
}

impl Program for Donnees {
    fn acquis(&self, arguments: &[&str]) -> Command {
        let mut commande = acquis(self.dossier.path(), arguments);
        commande.env("ACQUIS_DATABASE_URL", &self.url);
        commande
    }
}
