//! Where things are in the workspace, as cargo tells it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{capture, cargo};

/// The folder of the workspace's Cargo.toml.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// `cargo metadata` with these further arguments.
pub(crate) fn metadata(arguments: &[&str]) -> Result<Value, String> {
    let text = capture(cargo(&["metadata", "--format-version", "1"]).args(arguments))?;
    serde_json::from_str(&text).map_err(|error| format!("`cargo metadata` answered something unreadable: {error}"))
}

/// Where cargo builds: `target/`, or what `CARGO_TARGET_DIR` says.
pub(crate) fn target_folder() -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    root().join(set.unwrap_or_else(|| PathBuf::from("target")))
}

/// The packages of ours whose tests run in a browser: those that ask for `wasm-bindgen-test`.
pub(crate) fn tested_in_browser() -> Result<Vec<String>, String> {
    let metadata = metadata(&["--no-deps"])?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let asks = |package: &Value| {
        let dependencies = package["dependencies"].as_array().cloned().unwrap_or_default();
        dependencies.iter().any(|dependency| dependency["name"] == "wasm-bindgen-test")
    };
    Ok(packages.iter().filter(|package| asks(package)).filter_map(name).collect())
}

fn name(package: &Value) -> Option<String> {
    Some(package["name"].as_str()?.to_owned())
}
