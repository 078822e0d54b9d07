//! Debian's packages, for tools that cargo and npm cannot bring.

use std::process::Command;
use std::sync::OnceLock;

use crate::command::{capture, on_path, program, run, succeeds};
use crate::terminal::{agreed, say, step};

/// Installs these packages if this is a Debian-like machine and we may; otherwise says what to install by hand.
pub(crate) fn install(packages: &[&str]) -> Result<(), String> {
    let names = packages.join(" ");
    let by_hand = || format!("install by hand (names of Debian's packages): {names}");
    if on_path("apt-get").is_none() {
        return Err(by_hand());
    }
    let Some(administrator) = administrator() else {
        return Err(format!("{}: sudo apt-get install {names}", by_hand()));
    };
    if matches!(administrator, Administrator::Sudo) && !agreed(&format!("   apt-get will install, with sudo: {names}"))
    {
        return Err(format!("not installed, as you wished; {}", by_hand()));
    }
    step(&format!("install {names} with apt-get"), || {
        update(administrator)?;
        run(apt_get(administrator).args(["install", "--yes", "--no-install-recommends"]).args(packages))
    })
    .map_err(|error| format!("{error}; {}", by_hand()))
}

/// The lists of packages, once for each run of xtask.
fn update(administrator: Administrator) -> Result<(), String> {
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.get().is_none() {
        say("   apt-get update");
        run(apt_get(administrator).arg("update"))?;
    }
    DONE.get_or_init(|| ());
    Ok(())
}

#[derive(Clone, Copy)]
enum Administrator {
    Oneself,
    Sudo,
}

fn administrator() -> Option<Administrator> {
    if is_root() {
        Some(Administrator::Oneself)
    } else if succeeds(program("sudo").args(["-n", "true"])) {
        Some(Administrator::Sudo)
    } else {
        None
    }
}

/// Whether xtask runs as root.
pub(crate) fn is_root() -> bool {
    capture(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn apt_get(administrator: Administrator) -> Command {
    let mut command = match administrator {
        Administrator::Oneself => program("apt-get"),
        Administrator::Sudo => {
            let mut command = program("sudo");
            command.args(["-n", "--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
            command
        }
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
    command
}
