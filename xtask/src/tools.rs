//! The tools that build the page, and their versions. Each is taken where it stands if it is the right one.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{capture, cargo, on_path, path_with, program, run, succeeds};
use crate::install::Crate;
use crate::terminal::{say, step};
use crate::workspace;

/// 0.22 wants a newer Rust than the one of this workspace.
const TRUNK_VERSION: &str = "0.21.14";
const TRUNK: &str = "trunk";
const WASM_BINDGEN: &str = "wasm-bindgen";
const WASM: &str = "wasm32-unknown-unknown";

/// What builds the page and is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Target,
    Trunk,
    WasmBindgen,
}

/// What [`Tools::fetch`] would have to install.
pub(crate) fn missing() -> Vec<Missing> {
    let present = |name: &str, version: Result<String, String>| {
        version.is_ok_and(|version| cargo_program(name, &version).present().is_some())
    };
    let all = [
        (Missing::Target, has_wasm_target().unwrap_or(false)),
        (Missing::Trunk, present(TRUNK, Ok(TRUNK_VERSION.to_owned()))),
        (Missing::WasmBindgen, present(WASM_BINDGEN, locked_version("wasm-bindgen"))),
    ];
    all.into_iter().filter_map(|(tool, present)| (!present).then_some(tool)).collect()
}

/// The programs that build the page, found or fetched.
pub(crate) struct Tools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
}

impl Tools {
    /// Fetches what is missing: the first time takes minutes, the next ones nothing.
    pub(crate) fn fetch() -> Result<Self, String> {
        wasm_target()?;
        Ok(Self { trunk: cargo_program(TRUNK, TRUNK_VERSION).installed()?, wasm_bindgen: wasm_bindgen(WASM_BINDGEN)? })
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

fn has_wasm_target() -> Result<bool, String> {
    let libraries = capture(program("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    Ok(Path::new(libraries.trim()).is_dir())
}

fn wasm_target() -> Result<(), String> {
    if has_wasm_target()? {
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
    cargo_program(name, &locked_version("wasm-bindgen")?).installed()
}

fn cargo_program<'a>(program: &'a str, version: &'a str) -> Crate<'a> {
    let (package, features): (_, &[&str]) = match program {
        // It need not look for a newer trunk, nor fetch or serve anything by TLS.
        TRUNK => (TRUNK, &["--no-default-features"]),
        _ => ("wasm-bindgen-cli", &[]),
    };
    Crate { package, program, version, features }
}

/// Brings every crate of Cargo.lock that this machine and the browser want: a network that is not there is met before
/// anything is compiled.
pub(crate) fn fetch_crates() -> Result<(), String> {
    let host = capture(program("rustc").args(["--print", "host-tuple"]))?;
    let mut fetch = cargo(&["fetch", "--quiet", "--locked", "--target", WASM, "--target", host.trim()]);
    step("fetch the crates", || run(&mut fetch))
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
        say(
            "   no npm here: the page takes a system font instead of Atkinson Hyperlegible Next, and is some kilobytes heavier",
        );
        return Ok(false);
    }
    let mut npm = program("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    step("fetch the font, wasm-opt, the accessibility engine and the identity provider with npm", || run(&mut npm))
        .map(|()| true)
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
