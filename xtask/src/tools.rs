//! The tools that build the page, and their versions. Each is taken where it stands if it is the right one.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{capture, cargo, on_path, path_with, program, run, succeeds};
use crate::terminal::{say, step};
use crate::workspace;

/// 0.22 wants a newer Rust than the one of this workspace.
const TRUNK: &str = "0.21.14";
const WASM: &str = "wasm32-unknown-unknown";

/// The programs that build the page, found or fetched.
pub(crate) struct Tools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
}

impl Tools {
    /// Fetches what is missing: the first time takes minutes, the next ones nothing.
    pub(crate) fn fetch() -> Result<Self, String> {
        wasm_target()?;
        Ok(Self { trunk: installed("trunk", "trunk", TRUNK)?, wasm_bindgen: wasm_bindgen("wasm-bindgen")? })
    }

    /// trunk, which finds the right `wasm-bindgen` on its PATH and fetches nothing by itself.
    pub(crate) fn trunk(&self, command: &str) -> Result<Command, String> {
        let mut trunk = program(&self.trunk);
        trunk.env("PATH", path_with(&[folder_of(&self.wasm_bindgen)])?);
        // trunk takes NO_COLOR=1, a common habit, for a mistake.
        trunk.env_remove("NO_COLOR").args([command, "--offline"]);
        Ok(trunk)
    }
}

/// The program that runs wasm tests in a browser.
pub(crate) fn wasm_test_runner() -> Result<PathBuf, String> {
    wasm_target()?;
    wasm_bindgen("wasm-bindgen-test-runner")
}

fn wasm_target() -> Result<(), String> {
    let libraries = capture(program("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        return Err(format!(
            "Rust cannot build for {WASM} here, and there is no rustup to add it. Install rustup (https://rustup.rs), or the {WASM} \
             standard library of your distribution's Rust"
        ));
    }
    step("add the WebAssembly target", || run(program("rustup").args(["target", "add", WASM])))
}

/// A program of the wasm-bindgen CLI: its version must be exactly the one of the library in Cargo.lock.
fn wasm_bindgen(name: &str) -> Result<PathBuf, String> {
    installed("wasm-bindgen-cli", name, &locked_version("wasm-bindgen")?)
}

/// The version of a package in Cargo.lock.
fn locked_version(name: &str) -> Result<String, String> {
    let file = workspace::root().join("Cargo.lock");
    if !file.exists() {
        run(&mut cargo(&["generate-lockfile"]))?;
    }
    let text = std::fs::read_to_string(&file).map_err(|error| format!("Cargo.lock cannot be read: {error}"))?;
    version_in_lock(&text, name).ok_or_else(|| format!("Cargo.lock knows no {name}: the page should depend on it"))
}

fn version_in_lock(lock: &str, name: &str) -> Option<String> {
    let after = lock.split_once(&format!("\nname = \"{name}\"\nversion = \""))?.1;
    Some(after.split_once('"')?.0.to_owned())
}

/// The program `name` of the crate `package` in exactly this version, installed by cargo if no one has it.
fn installed(package: &str, name: &str, version: &str) -> Result<PathBuf, String> {
    let common = cargo_home();
    let own = workspace::target_folder().join("tools");
    let candidates = [on_path(name), Some(common.join("bin").join(name)), Some(own.join("bin").join(name))];
    if let Some(found) = candidates.into_iter().flatten().find(|program| is_version(program, version)) {
        return Ok(found);
    }
    // Another version for other projects stays where it is: ours then goes to our own folder.
    let root = if common.join("bin").join(name).exists() { own } else { common };
    let title = format!("install {package} {version} with cargo (once, some minutes)");
    step(&title, || install(package, version, &root))?;
    let program = root.join("bin").join(name);
    if is_version(&program, version) {
        Ok(program)
    } else {
        Err(format!("{package} {version} is installed, but {} does not start", program.display()))
    }
}

fn install(package: &str, version: &str, root: &Path) -> Result<(), String> {
    let install = || {
        let mut command = cargo(&["install", package, "--version", version, "--root"]);
        command.arg(root);
        // Not between our own builds: it would be built with their settings.
        command.env_remove("CARGO_TARGET_DIR");
        command
    };
    if succeeds_loudly(install().arg("--locked")) {
        return Ok(());
    }
    say(&format!("   {package} does not build with its own lock file here: trying with today's versions"));
    run(&mut install())
        .map_err(|error| format!("{error}. Is the network there? By hand: cargo install {package} --version {version}"))
}

fn succeeds_loudly(command: &mut Command) -> bool {
    run(command).is_ok()
}

fn is_version(tool: &Path, version: &str) -> bool {
    capture(program(tool).arg("--version")).is_ok_and(|text| text.split_whitespace().any(|word| word == version))
}

fn cargo_home() -> PathBuf {
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home).unwrap_or_else(|| PathBuf::from(".cargo"))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(file)
}

/// Brings the pinned npm packages to `node_modules/`. Says so and goes on where there is no npm.
pub(crate) fn npm_packages() -> Result<bool, String> {
    let lock = workspace::root().join("package-lock.json");
    let marker = workspace::root().join("node_modules/.package-lock.json");
    let modified = |file: &Path| file.metadata().and_then(|facts| facts.modified()).ok();
    if modified(&marker) >= modified(&lock) {
        return Ok(true);
    }
    if !succeeds(program("npm").arg("--version")) {
        say("   no npm here: the page takes a system font instead of Atkinson Hyperlegible Next");
        return Ok(false);
    }
    let mut npm = program("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    step("fetch the font and the accessibility engine with npm", || run(&mut npm)).map(|()| true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_package_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }
}
