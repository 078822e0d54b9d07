//! `cargo xtask bench`: what the rights, the server and a keystroke cost on this machine.

use crate::browser;
use crate::command::{cargo, run};
use crate::page;
use crate::postgres::Cluster;
use crate::terminal::step;

pub(crate) fn bench() -> Result<(), String> {
    for package in ["domaine", "server"] {
        step(&format!("benches of {package}"), || run(&mut cargo(&["bench", "--package", package, "--benches"])))?;
    }
    let cluster = Cluster::start()?;
    let mut on_postgres = cargo(&["bench", "--package", "server", "--bench", "droits"]);
    step("reading rights on PostgreSQL", || run(on_postgres.env("ACQUIS_DATABASE_URL", cluster.url())))?;
    drop(cluster);
    let browser = browser::find()?;
    page::build()?;
    let binary = page::server()?;
    let mut measure = cargo(&["run", "--quiet", "--release", "--package", "parcours", "--bin", "mesure_frappe"]);
    measure.env("ACQUIS_BINAIRE", binary).env("CHROMEDRIVER", browser.driver).env("CHROMIUM", browser.chromium);
    step("a keystroke in Chromium", || run(&mut measure))
}
