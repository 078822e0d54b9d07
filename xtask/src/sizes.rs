//! What a person downloads to open an account: the cold load of /inscription in brotli 11, against its budget.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;

use crate::page::files;
use crate::terminal::say;
use crate::workspace;

/// What html, css, js and wasm together should weigh; the font, cached for good, is shown apart.
const BUDGET: usize = 150_000;
/// What they may weigh today: the page has never been within its budget. It may go down, never up.
const CEILING: usize = 286_000;
const HTML: &str = "inscription.html";
const KINDS: [&str; 3] = ["css", "js", "wasm"];

struct Weight {
    file: String,
    raw: usize,
    packed: usize,
}

pub(crate) fn check() -> Result<(), String> {
    let dist = workspace::root().join("dist");
    let all = files(&dist)?;
    let extension = |file: &Path| file.extension().and_then(OsStr::to_str).unwrap_or_default().to_owned();
    let html = dist.join(HTML);
    if !html.is_file() {
        return Err(format!(
            "dist/{HTML} is missing, so the weight of the page is not known: was its first paint written?"
        ));
    }
    // Every one of them, asked for by this screen or not: one page, one bundle.
    let mut counted: Vec<PathBuf> = vec![html];
    counted.extend(all.iter().filter(|file| KINDS.contains(&extension(file).as_str())).cloned());
    let counted = weigh(&dist, &counted)?;
    let fonts: Vec<PathBuf> = all.into_iter().filter(|file| extension(file) == "woff2").collect();
    let fonts = weigh(&dist, &fonts)?;
    let total = sum(&counted, |weight| weight.packed);

    say(&format!("{:<58} {:>9} {:>9}", "cold load of /inscription, in bytes", "raw", "brotli"));
    counted.iter().for_each(row);
    row(&Weight { file: "total".to_owned(), raw: sum(&counted, |weight| weight.raw), packed: total });
    say(&format!("{:<58} {:>9} {BUDGET:>9}", "budget", ""));
    say("apart:");
    fonts.iter().for_each(row);
    if fonts.is_empty() {
        say("no font (npm was absent when the page was built)");
    }
    if total > CEILING {
        return Err(format!("the page weighs {total} bytes, above {CEILING}: the table tells which file grew"));
    }
    if total > BUDGET {
        say(&format!("the page is {} bytes above its budget; below {CEILING} this is not refused yet", total - BUDGET));
    }
    Ok(())
}

fn row(weight: &Weight) {
    say(&format!("{:<58} {:>9} {:>9}", weight.file, weight.raw, weight.packed));
}

fn sum(weights: &[Weight], of: impl Fn(&Weight) -> usize) -> usize {
    weights.iter().map(of).sum()
}

fn weigh(dist: &Path, files: &[PathBuf]) -> Result<Vec<Weight>, String> {
    let weigh_one = |path: &PathBuf| {
        let bytes = fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let file = path.strip_prefix(dist).unwrap_or(path).display().to_string();
        // A woff2 file is brotli inside: the server sends it as it is.
        let packed = if path.extension() == Some(OsStr::new("woff2")) { bytes.len() } else { packed(&bytes)? };
        Ok(Weight { file, raw: bytes.len(), packed })
    };
    files.iter().map(weigh_one).collect()
}

fn packed(bytes: &[u8]) -> Result<usize, String> {
    let settings = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    let mut output = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut output, &settings).map_err(|error| format!("brotli failed: {error}"))?;
    Ok(output.len())
}
