//! Where things stand in the workspace, and what its packages and programs are called: the one place to change when one
//! of them is renamed. Starts no program.

use std::fs;
use std::path::{Path, PathBuf};

/// The package of the program `acquis`.
pub(crate) const PROGRAM_PACKAGE: &str = "acquis";
/// The program that is deployed.
pub(crate) const PROGRAM: &str = "acquis";
/// The package of the page, and its binary for the browser.
pub(crate) const PAGE: &str = "frontend";
/// The binary of the page's package that writes the first paint of every screen.
pub(crate) const PRERENDER: &str = "prerender";
/// The parts of the page, which are features of its package: the door, before an account; the account; the simulation; the
/// ways into the account (docs/decisions/0008).
pub(crate) const PAGE_PARTS: [&str; 4] = ["porte", "compte", "simulation", "acces"];
/// Everything that is compiled for the browser.
pub(crate) const IN_BROWSER: &[&str] = &[PAGE, "domaine", "api"];
/// The packages whose tests run on each database engine.
pub(crate) const ON_DATABASE: &[&str] = &["server", "acquis"];
/// The package of the journeys in a browser, and its program that measures a keystroke.
pub(crate) const JOURNEYS: &str = "journeys";
pub(crate) const KEYSTROKE: &str = "keystroke";
/// The benches, each in its package: all those of validation and rights, those of the readers, and by name those that
/// want a database.
pub(crate) const RIGHTS_BENCHES: &str = "domaine";
pub(crate) const DSN_BENCHES: &str = "dsn";
pub(crate) const DSN_MEMORY_TEST: &str = "memory";
pub(crate) const SERVER_BENCH: (&str, &str) = ("server", "droits");
/// How long the door takes to answer; on PostgreSQL too where a test would.
pub(crate) const ANSWERS_BENCH: (&str, &str) = ("server", "answers");
/// Signing in beside reading.
pub(crate) const SIGN_IN_BENCH: (&str, &str) = ("server", "sign_in");
pub(crate) const MASS_BENCH: (&str, &str) = ("acquis", "mass");
/// How the journeys are told which program to start.
pub(crate) const JOURNEYS_PROGRAM: &str = "ACQUIS_BINAIRE";
/// What runs the drivers.
pub(crate) const DRIVERS: &str = "tests/drivers/run.py";
/// Where the sources of the program stand, and those of the page.
pub(crate) const PROGRAM_SOURCES: &[&str] = &["server", "crates"];
pub(crate) const PAGE_SOURCES: &[&str] = &[
    "frontend",
    "crates",
    "style",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    ".cargo/config.toml",
    "package-lock.json",
];

/// The folder of the workspace's Cargo.toml.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// Where cargo builds: `target/`, or what `CARGO_TARGET_DIR` says.
pub(crate) fn target_folder() -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    root().join(set.unwrap_or_else(|| PathBuf::from("target")))
}

/// Every file in a folder, in a stable order; a file is its own only one; nothing if it does not exist.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(if path.exists() { vec![path.to_path_buf()] } else { Vec::new() });
    }
    let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let entries = fs::read_dir(path).map_err(unreadable)?.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let nested = paths.iter().map(|path| files(path)).collect::<Result<Vec<_>, _>>()?;
    Ok(nested.into_iter().flatten().collect())
}

/// Whether this is continuous integration, where nothing may be left unchecked.
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}
