//! `cargo xtask bench`: every figure of docs/performance.md that is about speed, measured on this machine.

use crate::browser;
use crate::command::{cargo, run};
use crate::page;
use crate::postgres::Cluster;
use crate::terminal::step;

/// Where the benches find a database other than SQLite.
const DATABASE: &str = "ACQUIS_DATABASE_URL";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Droits,
    Dsn,
    Serveur,
    Masse,
    Frappe,
}

impl Part {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Droits, "droits"),
        (Self::Dsn, "dsn"),
        (Self::Serveur, "serveur"),
        (Self::Masse, "masse"),
        (Self::Frappe, "frappe"),
    ];

    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|(_, known)| *known == name);
        found
            .map(|(part, _)| part)
            .ok_or_else(|| format!("`{name}` is not a part of the benches: droits, dsn, serveur, masse or frappe"))
    }

    fn measure(self) -> Result<(), String> {
        match self {
            Self::Droits => {
                step("judging and computing", || run(&mut cargo(&["bench", "--package", "domaine", "--benches"])))
            }
            Self::Dsn => dsn(),
            Self::Serveur => on_both("reading rights", &["bench", "--package", "server", "--bench", "droits"]),
            Self::Masse => on_both("a million people", &["bench", "--package", "acquis", "--bench", "mass"]),
            Self::Frappe => keystroke(),
        }
    }
}

pub(crate) fn bench(only: Option<Part>) -> Result<(), String> {
    let parts = Part::ALL.into_iter().map(|(part, _)| part);
    parts.filter(|part| only.is_none_or(|only| only == *part)).try_for_each(Part::measure)
}

/// How fast a file is read, then that fifty times more of it take no more memory.
fn dsn() -> Result<(), String> {
    step("reading a DSN", || run(&mut cargo(&["bench", "--package", "dsn", "--benches"])))?;
    let mut memory = cargo(&["test", "--package", "dsn", "--release", "--test", "memoire"]);
    step("the memory of reading a DSN", || run(memory.args(["--", "--nocapture"])))
}

fn on_both(what: &str, arguments: &[&str]) -> Result<(), String> {
    step(&format!("{what}, on SQLite"), || run(cargo(arguments).env_remove(DATABASE)))?;
    let cluster = Cluster::start()?;
    step(&format!("{what}, on PostgreSQL"), || run(cargo(arguments).env(DATABASE, cluster.url())))
}

fn keystroke() -> Result<(), String> {
    let browser = browser::find()?;
    page::build()?;
    let binary = page::server()?;
    let mut measure = cargo(&["run", "--quiet", "--release", "--package", "parcours", "--bin", "mesure_frappe"]);
    measure.env("ACQUIS_BINAIRE", binary).env("CHROMEDRIVER", browser.driver).env("CHROMIUM", browser.chromium);
    step("a keystroke in Chromium", || run(&mut measure))
}
