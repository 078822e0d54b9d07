//! cargo-deny, and the advisories of RustSec that it knows how to ask for. Installed in continuous integration alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{on_path, program, run, succeeds};
use crate::install::Crate;
use crate::terminal::say;
use crate::workspace;

/// What continuous integration installs; elsewhere any version that is there will do.
const DENY: Crate<'_> =
    Crate { package: "cargo-deny", program: "cargo-deny", version: "0.20.2", features: &["--no-default-features"] };

/// Judges licenses, bans and sources, and the advisories of today; says what could not be judged.
pub(super) fn check() -> Result<(), String> {
    let Some(cargo_deny) = find()? else {
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

fn find() -> Result<Option<PathBuf>, String> {
    if workspace::in_ci() { DENY.installed().map(Some) } else { Ok(on_path(DENY.program)) }
}

fn command(cargo_deny: &Path) -> Command {
    let mut command = program(cargo_deny);
    command.args(["--locked", "--log-level", "error"]);
    command
}
