//! The program against its own description, by schemathesis: a Python of its own, made once beside the other tools.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{capture, on_path, program, run};
use crate::terminal::step;
use crate::workspace;

/// Each thing that it needs, at one version; and what is tried.
const PACKAGES: &str = "tests/drivers/contract.txt";
const DRIVER: &str = "tests/drivers/contract.py";
/// How many promises the driver holds.
pub(crate) const TESTS: usize = 4;

/// What runs it on this program.
pub(crate) fn command(python: PathBuf, binary: PathBuf) -> Command {
    let mut command = program(python);
    command.arg(workspace::root().join(DRIVER)).arg(binary);
    command
}

/// The Python where schemathesis is, made if need be.
pub(crate) fn python() -> Result<PathBuf, String> {
    let listed = workspace::root().join(PACKAGES);
    let text = std::fs::read_to_string(&listed).map_err(|error| format!("{PACKAGES} cannot be read: {error}"))?;
    let version = version(&text).ok_or_else(|| format!("{PACKAGES} says no version of schemathesis"))?;
    let folder = workspace::target_folder().join("tools").join(format!("schemathesis-{version}"));
    let [python, tool] = ["python", "schemathesis"].map(|name| folder.join("bin").join(name));
    let present = || capture(program(&tool).arg("--version")).is_ok_and(|text| text.trim_end().ends_with(version));
    if present() {
        return Ok(python);
    }
    let common = on_path("python3").ok_or("schemathesis is written for Python 3: put `python3` on the PATH")?;
    step(&format!("install schemathesis {version} in a folder of its own (once, a minute)"), || {
        // Half a folder of before would be taken as it is.
        run(program(common).args(["-m", "venv", "--clear"]).arg(&folder))
            .map_err(|error| format!("{error}: Debian has it as python3-venv"))?;
        let mut pip = program(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"]);
        run(pip.arg(&listed)).map_err(|error| format!("{error}. Is the network there?"))
    })?;
    if present() { Ok(python) } else { Err(format!("schemathesis {version} is installed, but does not start")) }
}

/// The version in a list of packages.
fn version(list: &str) -> Option<&str> {
    list.lines().find_map(|line| line.strip_prefix("schemathesis=="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_list() {
        assert_eq!(version("requests==2.0\nschemathesis==4.32.5\nurllib3==2\n"), Some("4.32.5"));
        assert_eq!(version("hypothesis==6\n"), None);
    }
}
