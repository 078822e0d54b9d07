//! The real program, as a person who hosts it would start it: on the loopback, with data of its own.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::attente::jusqu_a;
use crate::{port_libre, racine};

/// A running Acquis with the fictional people, stopped and forgotten with its value.
#[derive(Debug)]
pub struct Serveur {
    dossier: TempDir,
    port: u16,
    reglages: Vec<(String, String)>,
    processus: Option<Child>,
}

impl Serveur {
    /// Starts one, ready to answer.
    pub fn demarrer() -> Self {
        Self::avec(&[])
    }

    /// Starts one with these further settings (`ACQUIS_…`).
    pub fn avec(reglages: &[(&str, &str)]) -> Self {
        let reglages = reglages.iter().map(|(nom, valeur)| ((*nom).to_owned(), (*valeur).to_owned())).collect();
        let dossier = tempfile::tempdir().expect("the temporary folder can be written");
        let mut serveur = Self { dossier, port: port_libre(), reglages, processus: None };
        let demo = serveur.commande("demo").output().expect("the program starts");
        let paroles = String::from_utf8_lossy(&demo.stderr);
        assert!(demo.status.success(), "`acquis demo` failed ({}):\n{paroles}", demo.status);
        serveur.relancer();
        serveur
    }

    /// Changes a setting, from the next start on.
    pub fn regler(&mut self, nom: &str, valeur: &str) {
        self.reglages.push((nom.to_owned(), valeur.to_owned()));
    }

    /// Starts again at the same address, on the same data.
    pub fn relancer(&mut self) {
        self.couper();
        let journal = File::create(self.journal()).expect("the temporary folder can be written");
        let processus = self.commande("serve").stdout(Stdio::null()).stderr(journal).spawn();
        self.processus = Some(processus.expect("the program starts"));
        if let Err(refus) = jusqu_a(|| self.est_pret()) {
            panic!("{refus}\n{}", self.paroles());
        }
    }

    /// Ends it as a power cut would; the data stay.
    pub fn couper(&mut self) {
        if let Some(mut processus) = self.processus.take() {
            processus.kill().expect("our own child can be ended");
            processus.wait().expect("an ended child can be waited for");
        }
    }

    /// Runs another command of the program on the same data, that text on its standard input; what it said.
    pub fn executer(&self, ordre: &str, arguments: &[&str], entree: &str) -> String {
        let mut commande = self.commande(ordre);
        commande.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut enfant = commande.spawn().expect("the program starts");
        let mut tuyau = enfant.stdin.take().expect("its standard input");
        tuyau.write_all(entree.as_bytes()).expect("the program reads");
        drop(tuyau);
        let sortie = enfant.wait_with_output().expect("an ended child can be waited for");
        assert!(sortie.status.success(), "{ordre}: {}", String::from_utf8_lossy(&sortie.stderr));
        String::from_utf8_lossy(&sortie.stdout).into_owned()
    }

    /// The address of a path.
    pub fn adresse(&self, chemin: &str) -> String {
        format!("http://127.0.0.1:{}{chemin}", self.port)
    }

    /// Its data folder.
    pub fn donnees(&self) -> &Path {
        self.dossier.path()
    }

    /// What it wrote on its standard error since it was started.
    pub fn paroles(&self) -> String {
        std::fs::read_to_string(self.journal()).unwrap_or_default()
    }

    fn est_pret(&self) -> Result<(), String> {
        let demander = || -> std::io::Result<String> {
            let mut flux = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            flux.set_read_timeout(Some(Duration::from_secs(5)))?;
            write!(flux, "GET /sante/pret HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
            let mut premiere_ligne = String::new();
            BufReader::new(flux).read_line(&mut premiere_ligne)?;
            Ok(premiere_ligne)
        };
        match demander() {
            Ok(ligne) if ligne.starts_with("HTTP/1.1 2") => Ok(()),
            Ok(ligne) => Err(format!("the server is not ready: {}", ligne.trim_end())),
            Err(erreur) => Err(format!("the server does not answer: {erreur}")),
        }
    }

    fn journal(&self) -> PathBuf {
        self.dossier.path().join("serveur.journal")
    }

    fn commande(&self, ordre: &str) -> Command {
        let mut commande = Command::new(binaire());
        commande.arg(ordre).current_dir(self.dossier.path()).stdin(Stdio::null());
        commande.env("ACQUIS_DONNEES", self.dossier.path().join("donnees"));
        commande.env("ACQUIS_ECOUTE", format!("127.0.0.1:{}", self.port));
        commande.envs(self.reglages.iter().map(|(nom, valeur)| (nom, valeur)));
        commande
    }
}

impl Drop for Serveur {
    fn drop(&mut self) {
        self.couper();
    }
}

/// The program under test: `ACQUIS_BINAIRE`, else where `cargo build --release` puts it.
fn binaire() -> PathBuf {
    let dit = std::env::var_os("ACQUIS_BINAIRE").map(PathBuf::from);
    let binaire = dit.unwrap_or_else(|| racine().join("target/release/acquis"));
    assert!(binaire.is_file(), "{} is missing: `cargo xtask test journeys` builds it", binaire.display());
    binaire
}
