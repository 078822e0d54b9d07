//! `cargo xtask test`: every test of the project, then one table and one line with all the numbers.

use std::num::NonZero;
use std::process::Command;
use std::time::Instant;

use crate::browser::{self, Browser};
use crate::command::{capture, cargo};
use crate::contract;
use crate::metadata;
use crate::page;
use crate::postgres::Cluster;
use crate::program;
use crate::tally::{Tally, count};
use crate::terminal::{complain, duration, say, step};
use crate::tools;
use crate::workspace;

/// What they connect to instead of SQLite.
const POSTGRES: &str = "ACQUIS_TEST_POSTGRES";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Native,
    Http,
    Browser,
    Journeys,
    Contract,
}

impl Part {
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        match name {
            "native" => Ok(Self::Native),
            "http" => Ok(Self::Http),
            "browser" => Ok(Self::Browser),
            "journeys" => Ok(Self::Journeys),
            "contract" => Ok(Self::Contract),
            _ => Err(format!("`{name}` is not a part of the tests: native, http, browser, journeys or contract")),
        }
    }
}

pub(crate) fn test(only: Option<Part>) -> Result<(), String> {
    let wanted = |part| only.is_none_or(|only| only == part);
    let mut report = Report::default();
    if wanted(Part::Native) {
        report.add("native", native);
    }
    if wanted(Part::Http) {
        // Their identity provider comes so; what cannot be had is told by the tests that want it.
        if let Err(reason) = tools::npm_packages() {
            complain(&reason);
        }
        report.add("HTTP on SQLite", on_sqlite);
        report.add("HTTP on PostgreSQL", on_postgres);
    }
    if wanted(Part::Browser) {
        report.add("wasm in Chromium", in_browser);
    }
    if wanted(Part::Journeys) {
        report.add("journeys in Chromium", journeys);
        report.add("… on PostgreSQL", journeys_on_postgres);
    }
    if wanted(Part::Contract) {
        report.add("schemathesis", against_its_description);
    }
    report.close()
}

/// The tests of one part, ready to start, or the reason why they cannot be run.
enum Tests {
    Ready(Box<dyn FnOnce() -> Result<Tally, String>>),
    Impossible { reason: String, tests: usize },
}

impl Tests {
    fn of(mut command: Command) -> Self {
        Self::Ready(Box::new(move || count(&mut command)))
    }
}

fn native() -> Tests {
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast", "--exclude", workspace::JOURNEYS]);
    command.args(workspace::ON_DATABASE.iter().flat_map(|package| ["--exclude", package]));
    Tests::of(command)
}

fn on_sqlite() -> Tests {
    let mut command = cargo(&["test", "--no-fail-fast"]);
    command.args(packages(workspace::ON_DATABASE)).env_remove(POSTGRES);
    Tests::of(command)
}

fn on_postgres() -> Tests {
    let selection: Vec<&str> = packages(workspace::ON_DATABASE).chain(["--test", "*"]).collect();
    match Cluster::start() {
        Ok(cluster) => Tests::Ready(Box::new(move || {
            let mut command = cargo(&["test", "--no-fail-fast"]);
            count(more_at_once(command.args(&selection).env(POSTGRES, cluster.url())))
        })),
        Err(reason) => Tests::Impossible { reason, tests: listed(&selection) },
    }
}

fn in_browser() -> Tests {
    let prepared = tools::wasm_test_runner().and_then(|runner| Ok((runner, browser::find()?)));
    match (prepared, metadata::tested_in_browser()) {
        (Ok((runner, browser)), Ok(packages)) => {
            let mut command = cargo(&["test", "--target", "wasm32-unknown-unknown", "--tests", "--no-fail-fast"]);
            command.args(packages.iter().flat_map(|package| ["--package", package.as_str()]));
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
            command.env("CHROMEDRIVER", browser.driver).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
            Tests::of(command)
        }
        // How many they are is only known in a browser: one for each package at least.
        (Err(reason), packages) => Tests::Impossible { reason, tests: packages.map_or(1, |packages| packages.len()) },
        (Ok(_), Err(reason)) => Tests::Impossible { reason, tests: 1 },
    }
}

/// The journeys of who somebody is, which write the most: again on the other database. The rest reads what they wrote.
const OF_IDENTITY: [&str; 7] =
    ["sign_up::", "identity::", "recovery::", "profil::", "changes::", "freezing::", "set_aside::"];

fn journeys() -> Tests {
    match browser::find() {
        Ok(browser) => Tests::Ready(Box::new(move || count(journeys_in(&browser)?.env_remove(POSTGRES)))),
        Err(reason) => Tests::Impossible { reason, tests: listed(&["--package", workspace::JOURNEYS]) },
    }
}

fn journeys_on_postgres() -> Tests {
    match browser::find().and_then(|browser| Ok((browser, Cluster::start()?))) {
        Ok((browser, cluster)) => Tests::Ready(Box::new(move || {
            count(journeys_in(&browser)?.env(POSTGRES, cluster.url()).arg("--").args(OF_IDENTITY))
        })),
        Err(reason) => Tests::Impossible { reason, tests: OF_IDENTITY.len() },
    }
}

/// On the program that the journeys have built.
fn against_its_description() -> Tests {
    match contract::python() {
        Ok(python) => Tests::Ready(Box::new(move || count(&mut contract::command(python, program::quick_server()?)))),
        Err(reason) => Tests::Impossible { reason, tests: contract::TESTS },
    }
}

fn journeys_in(browser: &Browser) -> Result<Command, String> {
    page::build(page::Kind::Small)?;
    // The page that people are given, inside a server that the other tests have all but compiled already.
    let binary = program::quick_server()?;
    let mut command = cargo(&["test", "--package", workspace::JOURNEYS, "--no-fail-fast"]);
    command
        .env(workspace::JOURNEYS_PROGRAM, binary)
        .env("CHROMEDRIVER", &browser.driver)
        .env("CHROMIUM", &browser.chromium)
        .envs(browser.shell.iter().map(|shell| ("CHROMIUM_HEADLESS_SHELL", shell)));
    Ok(command)
}

/// Tests that mostly wait for PostgreSQL: twice as many at once as there are cores, unless whoever runs them says otherwise.
/// Browsers do not wait: twice as many took as long.
fn more_at_once(command: &mut Command) -> &mut Command {
    const THREADS: &str = "RUST_TEST_THREADS";
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    if std::env::var_os(THREADS).is_none() {
        command.env(THREADS, (2 * cores).to_string());
    }
    command
}

/// Cargo's words for these packages.
fn packages(names: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    names.iter().flat_map(|package| ["--package", package])
}

/// How many tests cargo would run, at least one: what cannot be listed was not proved either.
fn listed(selection: &[&str]) -> usize {
    let list = capture(cargo(&["test", "--quiet"]).args(selection).args(["--", "--list", "--format", "terse"]));
    list.map_or(0, |list| list.lines().filter(|line| line.ends_with(": test")).count()).max(1)
}

#[derive(Default)]
struct Report {
    rows: Vec<(&'static str, Tally, String)>,
}

impl Report {
    /// Runs a part. What stops it is a failure of that part: the others are run all the same.
    fn add(&mut self, name: &'static str, prepare: impl FnOnce() -> Tests) {
        let start = Instant::now();
        let tally = match prepare() {
            Tests::Ready(run) => step(&format!("tests: {name}"), run).unwrap_or_else(|reason| {
                complain(&reason);
                Tally { failed: 1, ..Tally::default() }
            }),
            Tests::Impossible { reason, tests } => {
                complain(&format!("TESTS NOT RUN ({name}): {reason}"));
                not_run(tests, workspace::in_ci())
            }
        };
        self.rows.push((name, tally, duration(start.elapsed())));
    }

    fn close(self) -> Result<(), String> {
        let mut total = Tally::default();
        say(&format!("\n{:<22} {:>8} {:>8} {:>8}   duration", "", "passed", "failed", "skipped"));
        for (name, tally, time) in self.rows {
            say(&format!("{name:<22} {:>8} {:>8} {:>8}   {time}", tally.passed, tally.failed, tally.skipped));
            total += tally;
        }
        let verdict = if total.failed == 0 { Ok(()) } else { Err("some tests failed: see above".to_owned()) };
        if let Err(reason) = &verdict {
            complain(reason);
        }
        say(&format!("\n{total}"));
        // Said already: the last line is the numbers, for people and for machines.
        if verdict.is_err() {
            std::process::exit(1);
        }
        Ok(())
    }
}

/// Tests that could not be run are skipped, never passed; in continuous integration they are failures.
fn not_run(tests: usize, in_ci: bool) -> Tally {
    if in_ci { Tally { failed: tests, ..Tally::default() } } else { Tally { skipped: tests, ..Tally::default() } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_run_is_skipped_at_home_and_failed_in_continuous_integration() {
        assert_eq!(not_run(4, false), Tally { skipped: 4, ..Tally::default() });
        assert_eq!(not_run(4, true), Tally { failed: 4, ..Tally::default() });
    }
}
