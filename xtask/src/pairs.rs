//! The wasm of a part of the page and the script that wasm-bindgen wrote beside it, changed together or not at all.

use std::fs;
use std::path::Path;

use crate::workspace::files;

/// What follows the name of the script in that of its wasm.
const WASM_ENDING: &str = "_bg.wasm";

/// Writes both as `change` makes them, for every pair of this folder; refuses what it does not understand.
pub(crate) fn rewrite(folder: &Path, change: impl Fn(&[u8], &str) -> Option<(Vec<u8>, String)>) -> Result<(), String> {
    for wasm_file in files(folder)? {
        let shown = wasm_file.display().to_string();
        let Some(pair) = shown.strip_suffix(WASM_ENDING) else { continue };
        let script_file = format!("{pair}.js");
        let wasm = fs::read(&wasm_file).map_err(|error| format!("{shown} cannot be read: {error}"))?;
        let script =
            fs::read_to_string(&script_file).map_err(|error| format!("{script_file} cannot be read: {error}"))?;
        let (wasm, script) = change(&wasm, &script)
            .ok_or_else(|| format!("{shown} and its script do not call each other as wasm-bindgen was known to do"))?;
        fs::write(&wasm_file, wasm).map_err(|error| format!("{shown} cannot be written: {error}"))?;
        fs::write(&script_file, script).map_err(|error| format!("{script_file} cannot be written: {error}"))?;
    }
    Ok(())
}

/// The words of a script, in its order.
pub(crate) fn words(script: &str) -> impl Iterator<Item = &str> {
    // Before a brace it is a hole in a text.
    script.split(|c| !in_word(c)).filter(|word| !word.is_empty() && *word != "$")
}

pub(crate) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}
