//! The last compiler of a release: binaryen's `wasm-opt`, which sees the whole of a wasm file where LLVM saw one function
//! after the other. Comes with the npm packages; without npm the page is the same, and some kilobytes heavier.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::thread;

use crate::command::{program, run};
use crate::terminal::say;
use crate::workspace::{self, files};

const WASM_OPT: &str = "node_modules/binaryen/bin/wasm-opt";
/// Flattened first and its blocks told anew, a file packs better than by `-Oz` alone. Low memory is the far end of the
/// stack: what would write there has used up its megabyte.
const PASSES: [&str; 5] = ["--flatten", "--rereloop", "-Oz", "-Oz", "--low-memory-unused"];

/// What rustc writes for this target (rustc 1.95.0, `wasm32-unknown-unknown`), and every browser since 2022 reads: wasm-bindgen takes the
/// section away that says it.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes every wasm file of these folders smaller, all at once: each takes half a minute of one core.
pub(crate) fn shrink(folders: &[PathBuf]) -> Result<(), String> {
    let wasm_opt = workspace::root().join(WASM_OPT);
    if !wasm_opt.exists() {
        say("   no wasm-opt here (it comes with npm): the page works the same, and is heavier");
        return Ok(());
    }
    let all = folders.iter().map(|folder| files(folder)).collect::<Result<Vec<_>, _>>()?;
    let all: Vec<PathBuf> =
        all.into_iter().flatten().filter(|file| file.extension() == Some(OsStr::new("wasm"))).collect();
    let shrink_one = |file: &Path| run(program(&wasm_opt).args(FEATURES).args(PASSES).arg(file).arg("-o").arg(file));
    thread::scope(|scope| {
        let started: Vec<_> = all.iter().map(|file| scope.spawn(move || shrink_one(file))).collect();
        let ended =
            started.into_iter().map(|one| one.join().unwrap_or_else(|_| Err("wasm-opt was not waited for".into())));
        ended.collect()
    })
}
