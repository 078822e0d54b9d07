//! `cargo xtask run | dev | test | drivers | page | check | bench`: the only place that knows tools and their versions.
//! Each command has its file; nothing here is shipped.

mod apt;
mod bench;
mod browser;
mod check;
mod citations;
mod command;
mod contract;
mod custom_sections;
mod dependencies;
mod dev;
mod drivers;
mod fingerprints;
mod glue;
mod install;
mod language;
mod metadata;
mod page;
mod pairs;
mod plan;
mod port;
mod postgres;
mod process;
mod program;
mod provider;
mod run;
mod sizes;
mod styles;
mod tally;
mod template;
mod terminal;
mod test;
mod tools;
mod uncalled;
mod wasm;
mod wasm_opt;
mod workspace;

use std::process::ExitCode;

use terminal::{complain, say};

const HELP: &str = "\
cargo xtask <command>

  run [--port N] [--avec-fournisseur]
                   fetch what is missing, build everything the quick way, start Acquis with the fictional people; with an
                   identity provider of this machine, to sign in by
  dev              the server and `trunk serve` together, rebuilt and reloaded on every change
  test [part]      every test; a part is one of: native, http, browser, journeys, contract (schemathesis)
  drivers [name]   kills, full disks, attacks…: tests/drivers/ against the release, ten minutes or so
  page [--release] the page alone, in target/quick-page/; with --release the small one, in dist/, which goes into the
                   server: `cargo build --release` afterwards makes the file to deploy
  check            format, lints, language of the names, what docs/asvs.md cites, licenses and sources of the dependencies,
                   weight of the page
  bench [part]     what things cost; a part is one of: rights, dsn, server, mass (a million people), keystroke (in a browser)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["run", asked @ ..] => run::Asked::read(asked).and_then(run::run),
        ["dev"] => dev::dev(),
        ["test"] => test::test(None),
        ["test", part] => test::Part::named(part).and_then(|part| test::test(Some(part))),
        ["drivers"] => drivers::run_them(None),
        ["drivers", name] => drivers::run_them(Some(name)),
        ["page"] => page::build(page::Kind::Quick),
        ["page", "--release"] => page::build(page::Kind::Small),
        ["check"] => check::check(),
        ["check", "language"] => language::check(),
        ["check", "citations"] => citations::check(),
        ["check", "sizes"] => sizes::check(),
        ["bench"] => bench::bench(None),
        ["bench", part] => bench::Part::named(part).and_then(|part| bench::bench(Some(part))),
        [] | ["help" | "--help" | "-h"] => {
            say(HELP);
            Ok(())
        }
        other => Err(format!("`{}` is not a command.\n\n{HELP}", other.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            complain(&reason);
            ExitCode::FAILURE
        }
    }
}
