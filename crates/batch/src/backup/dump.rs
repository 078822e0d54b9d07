//! PostgreSQL's own tools, told where the database is without its password being readable by the whole machine.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use url::Url;

use super::{Failure, Outcome};

/// What the tools know of an address of ours; the rest is for our own connections.
const KNOWN: &[&str] = &["sslmode", "sslrootcert", "sslcert", "sslkey", "host", "port", "user", "dbname"];

/// An address for the tools, and the password apart: arguments are readable by everybody.
fn split(url: &str) -> Outcome<(String, Option<String>)> {
    let unreadable = || Failure::Refused("database_url : cette adresse n'est pas lisible".into());
    let mut url = Url::parse(url).map_err(|_| unreadable())?;
    let mut password = url.password().map(decoded);
    let mut kept = Vec::new();
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "password" => password = Some(value.into_owned()),
            name => {
                let name = match name {
                    "ssl-mode" => "sslmode",
                    "ssl-root-cert" | "ssl-ca" => "sslrootcert",
                    "ssl-cert" => "sslcert",
                    "ssl-key" => "sslkey",
                    name => name,
                };
                if KNOWN.contains(&name) {
                    kept.push((name.to_owned(), value.into_owned()));
                }
            }
        }
    }
    url.set_password(None).map_err(|()| unreadable())?;
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Ok((url.into(), password))
}

fn decoded(text: &str) -> String {
    // A pair of a query is decoded by the same rules, but for the plus sign.
    let text = format!("v={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(text.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn run(program: &'static str, url: Option<&str>, arguments: &[&std::ffi::OsStr]) -> Outcome<Output> {
    let mut command = Command::new(program);
    if let Some(url) = url {
        let (url, password) = split(url)?;
        command.arg(format!("--dbname={url}"));
        if let Some(password) = password {
            command.env("PGPASSWORD", password);
        }
        command.arg("--no-password");
    }
    let output = command.args(arguments).stdin(Stdio::null()).output().map_err(|error| {
        let why = if error.kind() == std::io::ErrorKind::NotFound {
            "ce programme de PostgreSQL est nécessaire et n'est pas installé (paquet postgresql-client)".to_owned()
        } else {
            error.to_string()
        };
        Failure::Tool(program, why)
    })?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or_default();
    Err(Failure::Tool(program, format!("n'a pas pu aller au bout : {first}")))
}

/// Writes that moment of the database into that file.
pub(super) fn dump(url: &str, snapshot: &str, schema: &str, file: &Path) -> Outcome<()> {
    let mut into = std::ffi::OsString::from("--file=");
    into.push(file);
    let snapshot = format!("--snapshot={snapshot}");
    let schema_option = format!("--schema={schema}");
    let mut arguments: Vec<&std::ffi::OsStr> =
        ["--format=custom", "--no-owner", "--no-privileges", &snapshot].map(AsRef::as_ref).into();
    // The ordinary schema is there in every database: named, it would be made once more.
    if schema != "public" {
        arguments.push(schema_option.as_ref());
    }
    arguments.push(&into);
    run("pg_dump", Some(url), &arguments).map(drop)
}

/// Reads the whole archive, and does nothing with it.
pub(super) fn read_through(file: &Path) -> Outcome<()> {
    run("pg_restore", None, &["--file=/dev/null".as_ref(), file.as_os_str()]).map(drop)
}

/// Fills the database with the archive: all of it, or nothing.
pub(super) fn refill(url: &str, file: &Path) -> Outcome<()> {
    let options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"];
    let mut arguments: Vec<&std::ffi::OsStr> = options.map(AsRef::as_ref).into();
    arguments.push(file.as_os_str());
    run("pg_restore", Some(url), &arguments).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_an_argument() {
        for (address, url, password) in [
            ("postgres://a:s%20e%2Bc+r@h:5433/b", "postgres://a@h:5433/b", Some("s e+c+r")),
            ("postgresql://h/b?password=secret&sslmode=require", "postgresql://h/b?sslmode=require", Some("secret")),
            ("postgres://a@h/b?statement-cache-capacity=0&options=-c%20x%3Dy", "postgres://a@h/b", None),
        ] {
            let (given, kept) = split(address).expect("an address");
            assert_eq!((given.as_str(), kept.as_deref()), (url, password), "{address}");
        }
    }
}
