//! The programs for this machine: the server, and the one that writes the first paint. Knows nothing of the browser.

use std::path::PathBuf;

use crate::command::{cargo, run};
use crate::terminal::step;
use crate::workspace::{self, PAGE, PRERENDER, PROGRAM, PROGRAM_PACKAGE};

/// The folder where cargo leaves a program of the profile `dev`.
const QUICK: &str = "debug";

/// Builds both in the profile `dev`, which is quick to build and shared with `cargo xtask dev` and the tests.
pub(crate) fn quick() -> Result<PathBuf, String> {
    step("build the server and the writer of the first paint (profile `dev`)", || build(&[PROGRAM, PRERENDER]))?;
    Ok(built(PROGRAM))
}

/// The server alone, in the profile `dev`.
pub(crate) fn quick_server() -> Result<PathBuf, String> {
    step("build the server (profile `dev`)", || build(&[PROGRAM]))?;
    Ok(built(PROGRAM))
}

/// What writes the first paint.
pub(crate) fn prerender() -> Result<PathBuf, String> {
    build(&[PRERENDER])?;
    Ok(built(PRERENDER))
}

/// The server as it is deployed: in release, with what `dist/` holds inside.
pub(crate) fn release() -> Result<PathBuf, String> {
    step("build the server (release)", || run(&mut cargo(&["build", "--release", "--package", PROGRAM_PACKAGE])))?;
    Ok(workspace::target_folder().join("release").join(PROGRAM))
}

/// Cargo chooses the features of what several packages share from the packages it is given: always the same two, so
/// that none of it is compiled twice.
fn build(programs: &[&str]) -> Result<(), String> {
    let mut command = cargo(&["build", "--quiet", "--package", PAGE, "--package", PROGRAM_PACKAGE]);
    command.args(["--no-default-features", "--features", &format!("{PAGE}/ssr")]);
    command.args(programs.iter().flat_map(|program| ["--bin", program]));
    run(&mut command)
}

fn built(program: &str) -> PathBuf {
    workspace::target_folder().join(QUICK).join(program)
}
