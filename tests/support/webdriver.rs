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
    pub(crate) fn open(port: u16, capabilities: Value) -> Result<Self, String> {
        let request = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = call(port, "POST", "/session", Some(&request))?;
        let id = answer["sessionId"].as_str().ok_or("chromedriver opened no session")?;
        Ok(Self { port, id: id.to_owned() })
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, String> {
        call(self.port, "GET", &self.path(path), None)
    }

    pub(crate) fn post(&self, path: &str, body: Value) -> Result<Value, String> {
        call(self.port, "POST", &self.path(path), Some(&body))
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Value, String> {
        call(self.port, "DELETE", &self.path(path), None)
    }

    /// A command of Chromium's own protocol.
    pub(crate) fn chromium(&self, command: &str, parameters: Value) -> Result<Value, String> {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
    }

    /// Runs a script of the page and gives what it returns.
    pub(crate) fn run(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.post("execute/sync", json!({ "script": script, "args": arguments }))
    }

    /// The same for a script that answers through the last of its arguments.
    pub(crate) fn run_later(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.post("execute/async", json!({ "script": script, "args": arguments }))
    }

    /// Closes the browser.
    pub(crate) fn close(&self) -> Result<(), String> {
        call(self.port, "DELETE", &format!("/session/{}", self.id), None).map(|_| ())
    }

    fn path(&self, rest: &str) -> String {
        format!("/session/{}/{rest}", self.id)
    }
}

/// Whether chromedriver is ready for sessions.
pub(crate) fn is_ready(port: u16) -> Result<(), String> {
    let answer = call(port, "GET", "/status", None)?;
    if answer["ready"] == true { Ok(()) } else { Err("chromedriver is not ready".to_owned()) }
}

fn call(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let answer = exchange(port, method, path, &body).map_err(|error| format!("chromedriver: {error}"))?;
    let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| format!("chromedriver: {error}"))?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(error) if value["message"].is_string() => {
            let message = value["message"].as_str().unwrap_or_default();
            Err(format!("{error}: {}", message.lines().next().unwrap_or_default()))
        }
        _ => Ok(value),
    }
}

/// One request on a connection of its own: chromedriver is on this machine, and nothing is left half-read.
fn exchange(port: u16, method: &str, path: &str, body: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(90)))?;
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim_end().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut content = vec![0; length];
    reader.read_exact(&mut content)?;
    Ok(content)
}
