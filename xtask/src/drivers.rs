//! `cargo xtask drivers`: tests/drivers/ against the program as it is deployed, on both databases. What each tries is
//! theirs to say.

use crate::command::{on_path, program as start_program, run};
use crate::postgres::Cluster;
use crate::program;
use crate::terminal::{complain, step};
use crate::workspace;

pub(crate) fn run_them(name: Option<&str>) -> Result<(), String> {
    let python = on_path("python3").ok_or("the drivers are written for Python 3: put `python3` on the PATH")?;
    let binary = program::release()?;
    let mut drivers = start_program(python);
    drivers.arg(workspace::root().join(workspace::DRIVERS)).arg(binary).args(name);
    match Cluster::start() {
        Ok(cluster) => {
            drivers.args(["--postgres", &cluster.url()]);
            step("drivers", || run(&mut drivers))
        }
        Err(reason) => {
            complain(&format!("NOT TRIED on PostgreSQL: {reason}"));
            step("drivers", || run(&mut drivers))
        }
    }
}
