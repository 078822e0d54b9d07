//! The WebDriver protocol: JSON over HTTP on the loopback, with nothing between. Knows no page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

/// The key under which the protocol hands over an element.
pub(crate) const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One browser, driven through chromedriver.
#[derive(Debug)]
pub(crate) struct Session {
    port: u16,
    id: String,
}

impl Session {
    /// Opens a browser with these capabilities.
    pub(crate) fn ouvrir(port: u16, capacites: Value) -> Result<Self, String> {
        let demande = json!({ "capabilities": { "alwaysMatch": capacites } });
        let reponse = appeler(port, "POST", "/session", Some(&demande))?;
        let id = reponse["sessionId"].as_str().ok_or("chromedriver opened no session")?;
        Ok(Self { port, id: id.to_owned() })
    }

    pub(crate) fn lire(&self, chemin: &str) -> Result<Value, String> {
        appeler(self.port, "GET", &self.chemin(chemin), None)
    }

    pub(crate) fn envoyer(&self, chemin: &str, corps: Value) -> Result<Value, String> {
        appeler(self.port, "POST", &self.chemin(chemin), Some(&corps))
    }

    /// A command of Chromium's own protocol.
    pub(crate) fn chromium(&self, commande: &str, parametres: Value) -> Result<Value, String> {
        self.envoyer("goog/cdp/execute", json!({ "cmd": commande, "params": parametres }))
    }

    /// Runs a script of the page and gives what it returns.
    pub(crate) fn executer(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.envoyer("execute/sync", json!({ "script": script, "args": arguments }))
    }

    /// The same for a script that answers through the last of its arguments.
    pub(crate) fn executer_plus_tard(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.envoyer("execute/async", json!({ "script": script, "args": arguments }))
    }

    /// Closes the browser.
    pub(crate) fn fermer(&self) -> Result<(), String> {
        appeler(self.port, "DELETE", &format!("/session/{}", self.id), None).map(|_| ())
    }

    fn chemin(&self, suite: &str) -> String {
        format!("/session/{}/{suite}", self.id)
    }
}

/// Whether chromedriver is ready for sessions.
pub(crate) fn est_pret(port: u16) -> Result<(), String> {
    let reponse = appeler(port, "GET", "/status", None)?;
    if reponse["ready"] == true { Ok(()) } else { Err("chromedriver is not ready".to_owned()) }
}

fn appeler(port: u16, methode: &str, chemin: &str, corps: Option<&Value>) -> Result<Value, String> {
    let corps = corps.map(Value::to_string).unwrap_or_default();
    let reponse = echanger(port, methode, chemin, &corps).map_err(|erreur| format!("chromedriver: {erreur}"))?;
    let mut reponse: Value = serde_json::from_slice(&reponse).map_err(|erreur| format!("chromedriver: {erreur}"))?;
    let valeur = reponse["value"].take();
    match valeur["error"].as_str() {
        Some(erreur) if valeur["message"].is_string() => {
            let message = valeur["message"].as_str().unwrap_or_default();
            Err(format!("{erreur}: {}", message.lines().next().unwrap_or_default()))
        }
        _ => Ok(valeur),
    }
}

/// One request on a connection of its own: chromedriver is on this machine, and nothing is left half-read.
fn echanger(port: u16, methode: &str, chemin: &str, corps: &str) -> std::io::Result<Vec<u8>> {
    let mut flux = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    flux.set_read_timeout(Some(Duration::from_secs(90)))?;
    let longueur = corps.len();
    write!(
        flux,
        "{methode} {chemin} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Length: {longueur}\r\nConnection: close\r\n\r\n{corps}"
    )?;
    let mut lecteur = BufReader::new(flux);
    let mut longueur = 0;
    loop {
        let mut ligne = String::new();
        if lecteur.read_line(&mut ligne)? == 0 || ligne.trim_end().is_empty() {
            break;
        }
        if let Some((nom, valeur)) = ligne.split_once(':')
            && nom.eq_ignore_ascii_case("content-length")
        {
            longueur = valeur.trim().parse().unwrap_or(0);
        }
    }
    let mut contenu = vec![0; longueur];
    lecteur.read_exact(&mut contenu)?;
    Ok(contenu)
}
