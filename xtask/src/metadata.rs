//! What cargo knows about the packages, asked from `cargo metadata`. Judges nothing.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::command::{capture, cargo};

/// `cargo metadata` with these further arguments, as far as `T` wants to know it.
pub(crate) fn read<T: DeserializeOwned>(arguments: &[&str]) -> Result<T, String> {
    let text = capture(cargo(&["metadata", "--format-version", "1"]).args(arguments))?;
    serde_json::from_str(&text).map_err(|error| format!("`cargo metadata` answered something unreadable: {error}"))
}

/// The packages of ours whose tests run in a browser: those that ask for `wasm-bindgen-test`.
pub(crate) fn tested_in_browser() -> Result<Vec<String>, String> {
    let metadata: Value = read(&["--no-deps"])?;
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
