//! cargo-deny, and the advisories of RustSec that it knows how to ask for. Installs nothing.

use std::path::Path;
use std::process::Command;

use crate::command::{on_path, program, run, succeeds};
use crate::terminal::say;

/// Judges licenses, bans and sources, and the advisories of today; says what could not be judged.
pub(super) fn check() -> Result<(), String> {
    let Some(cargo_deny) = on_path("cargo-deny") else {
        say("   no cargo-deny here: xtask judges alone; advisories: not checked, but for those that deny.toml lists");
        return Ok(());
    };
    run(command(&cargo_deny).args(["check", "licenses", "bans", "sources"]))?;
    if !succeeds(command(&cargo_deny).args(["fetch", "db"])) {
        say(
            "   advisories: not checked, their database cannot be reached from here, but for those that deny.toml lists",
        );
        return Ok(());
    }
    run(command(&cargo_deny).args(["check", "--disable-fetch", "advisories"]))
}

fn command(cargo_deny: &Path) -> Command {
    let mut command = program(cargo_deny);
    command.args(["--locked", "--log-level", "error"]);
    command
}
