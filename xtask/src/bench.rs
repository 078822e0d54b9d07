//! `cargo xtask bench`: every figure of docs/performance.md that is about speed, measured on this machine.

use crate::browser;
use crate::command::{cargo, run};
use crate::page;
use crate::postgres::Cluster;
use crate::program;
use crate::terminal::step;
use crate::workspace;

/// Where the benches find a database other than SQLite.
const DATABASE: &str = "ACQUIS_DATABASE_URL";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Rights,
    Dsn,
    Server,
    Mass,
    Keystroke,
}

impl Part {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Rights, "rights"),
        (Self::Dsn, "dsn"),
        (Self::Server, "server"),
        (Self::Mass, "mass"),
        (Self::Keystroke, "keystroke"),
    ];

    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|(_, known)| *known == name);
        found
            .map(|(part, _)| part)
            .ok_or_else(|| format!("`{name}` is not a part of the benches: rights, dsn, server, mass or keystroke"))
    }

    fn measure(self) -> Result<(), String> {
        match self {
            Self::Rights => step("judging and computing", || {
                run(&mut cargo(&["bench", "--package", workspace::RIGHTS_BENCHES, "--benches"]))
            }),
            Self::Dsn => dsn(),
            Self::Server => {
                on_both("reading rights", workspace::SERVER_BENCH)?;
                let alone =
                    [("the answers of the door", workspace::ANSWERS_BENCH), ("signing in", workspace::SIGN_IN_BENCH)];
                alone.into_iter().try_for_each(|(what, (package, bench))| {
                    step(what, || run(&mut cargo(&["bench", "--package", package, "--bench", bench])))
                })
            }
            Self::Mass => on_both("a million people", workspace::MASS_BENCH),
            Self::Keystroke => keystroke(),
        }
    }
}

pub(crate) fn bench(only: Option<Part>) -> Result<(), String> {
    let parts = Part::ALL.into_iter().map(|(part, _)| part);
    parts.filter(|part| only.is_none_or(|only| only == *part)).try_for_each(Part::measure)
}

/// How fast a file is read, then that fifty times more of it take no more memory.
fn dsn() -> Result<(), String> {
    step("reading a DSN", || run(&mut cargo(&["bench", "--package", workspace::DSN_BENCHES, "--benches"])))?;
    let mut memory =
        cargo(&["test", "--package", workspace::DSN_BENCHES, "--release", "--test", workspace::DSN_MEMORY_TEST]);
    step("the memory of reading a DSN", || run(memory.args(["--", "--nocapture"])))
}

fn on_both(what: &str, (package, bench): (&str, &str)) -> Result<(), String> {
    let arguments = &["bench", "--package", package, "--bench", bench];
    step(&format!("{what}, on SQLite"), || run(cargo(arguments).env_remove(DATABASE)))?;
    let cluster = Cluster::start()?;
    step(&format!("{what}, on PostgreSQL"), || run(cargo(arguments).env(DATABASE, cluster.url())))
}

fn keystroke() -> Result<(), String> {
    let browser = browser::find()?;
    page::build(page::Kind::Small)?;
    let binary = program::release()?;
    let mut measure =
        cargo(&["run", "--quiet", "--release", "--package", workspace::JOURNEYS, "--bin", workspace::KEYSTROKE]);
    measure
        .env(workspace::JOURNEYS_PROGRAM, binary)
        .env("CHROMEDRIVER", browser.driver)
        .env("CHROMIUM", browser.chromium);
    step("a keystroke in Chromium", || run(&mut measure))
}
