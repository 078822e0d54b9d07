//! What a person downloads to open an account, and then to see it: cold loads in brotli 11, against their budget.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;

use crate::terminal::say;
use crate::workspace;
use crate::workspace::files;

/// What html, css, js and wasm together may weigh, for a screen of each part of the page; the font, cached for good,
/// is shown apart. The first is the promise made to who opens an account; the others hold the other parts where they are.
const BUDGETS: [(&str, usize); 4] =
    [("inscription", 149_714), ("historique", 202_600), ("simuler", 166_600), ("acces", 180_500)];
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
    for (screen, budget) in BUDGETS {
        let html = dist.join(format!("{screen}.html"));
        let text = fs::read_to_string(&html)
            .map_err(|error| format!("{} cannot be read ({error}): was its first paint written?", html.display()))?;
        let needed = |file: &&PathBuf| KINDS.contains(&extension(file).as_str()) && asks(&text, file);
        let mut counted: Vec<PathBuf> = vec![html];
        counted.extend(all.iter().filter(needed).cloned());
        let counted = weigh(&dist, &counted)?;
        let total = sum(&counted, |weight| weight.packed);
        say(&format!("{:<58} {:>9} {:>9}", format!("cold load of /{screen}, in bytes"), "raw", "brotli"));
        counted.iter().for_each(row);
        row(&Weight { file: "total".to_owned(), raw: sum(&counted, |weight| weight.raw), packed: total });
        say(&format!("{:<58} {:>9} {budget:>9}", "budget", ""));
        if total > budget {
            return Err(format!("/{screen} weighs {total} bytes, above {budget}: the table tells which file grew"));
        }
    }
    let fonts: Vec<PathBuf> = all.into_iter().filter(|file| extension(file) == "woff2").collect();
    let fonts = weigh(&dist, &fonts)?;
    say("apart:");
    fonts.iter().for_each(row);
    if fonts.is_empty() {
        say("no font (npm was absent when the page was built)");
    }
    Ok(())
}

/// Whether this page asks for that file to be shown; what it only announces for later is not counted.
fn asks(html: &str, file: &Path) -> bool {
    let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
    html.split_inclusive('>').any(|piece| piece.contains(name) && !piece.contains("rel=\"prefetch\""))
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
