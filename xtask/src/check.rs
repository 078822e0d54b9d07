//! `cargo xtask check`: what must hold besides the tests. Everything is looked at, then every failure is named.

use crate::command::{cargo, run};
use crate::terminal::{say, step};
use crate::{citations, dependencies, language, page, sizes, tools, workspace};

pub(crate) fn check() -> Result<(), String> {
    tools::Tools::fetch()?;
    let clippy = |arguments: &[&str]| run(cargo(arguments).args(["--", "-D", "warnings"]));
    let in_browser = workspace::IN_BROWSER.iter().flat_map(|package| ["--package", package]);
    let wasm: Vec<&str> = ["clippy", "--target", "wasm32-unknown-unknown"].into_iter().chain(in_browser).collect();
    let results = [
        step("format (cargo fmt puts it right)", || run(&mut cargo(&["fmt", "--all", "--", "--check"]))),
        step("language of the names (docs/glossary.md)", language::check),
        step("tests and counts that docs/asvs.md and docs/securite.md cite", citations::check),
        step("licenses, sources and known faults of the dependencies", dependencies::check),
        // Before the lints of the server, which is compiled again when the page changes.
        page::build(page::Kind::Small),
        step("lints, native", || clippy(&["clippy", "--workspace", "--all-targets"])),
        step("lints, first paint", || {
            clippy(&["clippy", "--package", workspace::PAGE, "--no-default-features", "--features", "ssr"])
        }),
        step("lints, WebAssembly", || clippy(&wasm)),
        step("weight of the page", sizes::check),
    ];
    let failures: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    if failures.is_empty() {
        say("everything holds");
        return Ok(());
    }
    Err(format!("{} checks failed:\n- {}", failures.len(), failures.join("\n- ")))
}
