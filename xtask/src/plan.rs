//! What `cargo xtask run` has before it: each step that is still to be done, what it is for, how long it takes and how
//! much disk. Does nothing itself.

use crate::page::Kind;
use crate::terminal::say;
use crate::tools::{self, Missing};
use crate::workspace::{self, PROGRAM};

/// A step that is still to be done. Durations and sizes are those of docs/performance.md, rounded up.
struct Step {
    name: &'static str,
    purpose: &'static str,
    seconds: u32,
    megabytes: u32,
}

const TARGET: Step =
    Step { name: "WebAssembly target", purpose: "Rust's own library for the browser", seconds: 10, megabytes: 150 };
const TRUNK: Step =
    Step { name: "trunk", purpose: "puts style, font and WebAssembly together", seconds: 200, megabytes: 90 };
const WASM_BINDGEN: Step =
    Step { name: "wasm-bindgen", purpose: "joins WebAssembly and JavaScript", seconds: 70, megabytes: 80 };
const DOWNLOADS: Step =
    Step { name: "downloads", purpose: "the crates of Cargo.lock, and the font", seconds: 25, megabytes: 800 };
const PROGRAMS: Step = Step {
    name: "programs",
    purpose: "the server, and what writes the first paint of every screen",
    seconds: 190,
    megabytes: 1_400,
};
const PAGE: Step =
    Step { name: "page", purpose: "its four parts, compiled for the browser", seconds: 85, megabytes: 600 };

/// Says what will be done and how long it takes, unless everything was done already.
pub(crate) fn announce() {
    let steps = remaining();
    if steps.is_empty() {
        return;
    }
    let seconds = steps.iter().map(|step| step.seconds).sum();
    let megabytes = steps.iter().map(|step| step.megabytes).sum();
    say(&format!(
        "First there are things to fetch and to build: about {} on two cores, {} of disk. Later starts take seconds.",
        minutes(seconds),
        size(megabytes)
    ));
    for step in steps {
        say(&format!("   {:>6}  {:<18}  {}", minutes(step.seconds), step.name, step.purpose));
    }
    say("");
}

fn remaining() -> Vec<Step> {
    let missing = tools::missing();
    let target = workspace::target_folder();
    let compiled = target.join("debug").join(PROGRAM).exists();
    let steps = [
        (missing.contains(&Missing::Target), TARGET),
        (!compiled, DOWNLOADS),
        (missing.contains(&Missing::Trunk), TRUNK),
        (missing.contains(&Missing::WasmBindgen), WASM_BINDGEN),
        (!compiled, PROGRAMS),
        (!Kind::Quick.folder().exists(), PAGE),
    ];
    steps.into_iter().filter_map(|(needed, step)| needed.then_some(step)).collect()
}

/// "20 s", "4 min".
fn minutes(seconds: u32) -> String {
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min", seconds.div_ceil(60)) }
}

/// "90 MB", "2.8 GB".
fn size(megabytes: u32) -> String {
    if megabytes < 1_000 {
        format!("{megabytes} MB")
    } else {
        format!("{}.{} GB", megabytes / 1_000, megabytes % 1_000 / 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_whole_minutes_and_never_too_short() {
        assert_eq!(minutes(40), "40 s");
        assert_eq!(minutes(60), "1 min");
        assert_eq!(minutes(61), "2 min");
    }

    #[test]
    fn a_size_is_told_in_the_unit_that_a_person_expects() {
        assert_eq!(size(90), "90 MB");
        assert_eq!(size(2_850), "2.8 GB");
    }
}
