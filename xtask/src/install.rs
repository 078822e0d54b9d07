//! Programs that cargo brings: each is taken where it stands if it is the right version, and installed otherwise.
//! Which ones are needed is not known here.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{capture, cargo, on_path, program, run};
use crate::terminal::{say, step};
use crate::workspace;

/// A program of a crate, in exactly this version.
pub(crate) struct Crate<'a> {
    pub(crate) package: &'a str,
    pub(crate) program: &'a str,
    pub(crate) version: &'a str,
    /// Words of `cargo install` that leave out what we do not use.
    pub(crate) features: &'a [&'a str],
}

impl Crate<'_> {
    /// Where it stands, if somebody has it.
    pub(crate) fn present(&self) -> Option<PathBuf> {
        let folders = [cargo_home(), own_folder()].map(|root| root.join("bin").join(self.program));
        on_path(self.program).into_iter().chain(folders).find(|program| self.is_this(program))
    }

    /// Where it stands, after its installation if need be.
    pub(crate) fn installed(&self) -> Result<PathBuf, String> {
        if let Some(found) = self.present() {
            return Ok(found);
        }
        // Another version for other projects stays where it is: ours then goes to our own folder.
        let common = cargo_home();
        let root = if common.join("bin").join(self.program).exists() { own_folder() } else { common };
        let Self { package, version, .. } = self;
        step(&format!("install {package} {version} with cargo (once, some minutes)"), || self.install(&root))?;
        let program = root.join("bin").join(self.program);
        if self.is_this(&program) {
            Ok(program)
        } else {
            Err(format!("{package} {version} is installed, but {} does not start", program.display()))
        }
    }

    fn is_this(&self, program_file: &Path) -> bool {
        capture(program(program_file).arg("--version"))
            .is_ok_and(|text| text.split_whitespace().any(|word| word == self.version))
    }

    fn install(&self, root: &Path) -> Result<(), String> {
        if on_path("cargo-binstall").is_some() && run(&mut self.binstall(root)).is_ok() {
            return Ok(());
        }
        if run(self.compile(root).arg("--locked")).is_ok() {
            return Ok(());
        }
        let Self { package, version, .. } = self;
        say(&format!("   {package} does not build with its own lock file here: trying with today's versions"));
        run(&mut self.compile(root)).map_err(|error| {
            format!("{error}. Is the network there? By hand: cargo install {package} --version {version}")
        })
    }

    /// What its authors compiled, where somebody has the program that fetches it.
    fn binstall(&self, root: &Path) -> Command {
        let mut command = cargo(&["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"]);
        command.arg(root).arg(format!("{}@{}", self.package, self.version));
        command
    }

    /// It drives other programs, and is built three times faster when it is not made fast itself.
    fn compile(&self, root: &Path) -> Command {
        let mut command = cargo(&["install", self.package, "--version", self.version, "--debug", "--root"]);
        command.arg(root).args(self.features);
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_DEV_INCREMENTAL", "false");
        command.env("CARGO_PROFILE_DEV_STRIP", "true");
        // Not between our own builds: it would be built with their settings.
        command.env_remove("CARGO_TARGET_DIR");
        command
    }
}

fn own_folder() -> PathBuf {
    workspace::target_folder().join("tools")
}

fn cargo_home() -> PathBuf {
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home).unwrap_or_else(|| PathBuf::from(".cargo"))
}
