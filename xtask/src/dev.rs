//! `cargo xtask dev`: the server in debug and `trunk serve` side by side, each rebuilt when its sources change.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::command::run as run_command;
use crate::page;
use crate::port::must_be_free;
use crate::process::Process;
use crate::program;
use crate::run::{PORT, acquis, pause, serve};
use crate::terminal::{complain, say, step};
use crate::tools::Tools;
use crate::workspace;

/// trunk's own default, which the proxy of Trunk.toml and people's habits expect.
const PAGE_PORT: u16 = 8080;

pub(crate) fn dev() -> Result<(), String> {
    must_be_free(PORT, "stop what listens there (another `cargo xtask run` or `dev`?)")?;
    must_be_free(PAGE_PORT, "stop what listens there (another `trunk serve`?)")?;
    let tools = Tools::fetch()?;
    page::font()?;
    let binary = program::quick_server()?;
    step("prepare a database with the fictional people", || run_command(server(&binary).arg("demo")))?;
    let mut site = Process::start(&mut trunk_serve(&tools)?)?;
    let mut api = Process::from(serve(&mut server(&binary))?);
    say(&format!("\nThe page: http://localhost:{PAGE_PORT}/ (reloads on change). Ctrl-C stops everything."));
    let mut seen = last_change();
    loop {
        pause(Duration::from_millis(500));
        if site.has_ended() {
            return Err("trunk serve stopped; its last lines say why".to_owned());
        }
        let now = last_change();
        if now == seen {
            continue;
        }
        seen = now;
        // The old one goes on answering while the new one is compiled, and after a mistake.
        match program::quick_server() {
            Ok(binary) => {
                drop(api);
                api = Process::from(serve(&mut server(&binary))?);
            }
            Err(error) => complain(&format!("{error}; the server goes on as it was")),
        }
    }
}

fn server(binary: &Path) -> Command {
    let mut command = acquis(binary, &workspace::target_folder().join("dev-donnees"), PORT);
    // The page comes by trunk, from another port.
    // The name first: browsers take no passkey at 127.0.0.1.
    let addresses = ["localhost", "127.0.0.1"].map(|host| format!("http://{host}:{PAGE_PORT}")).join(",");
    command.env("ACQUIS_ADRESSE_PUBLIQUE", addresses);
    command
}

fn trunk_serve(tools: &Tools) -> Result<Command, String> {
    let mut trunk = tools.trunk("serve")?;
    // dist/ is the page that a release holds.
    trunk.arg("--dist").arg(workspace::target_folder().join("dev-dist"));
    trunk.args(["--address", "127.0.0.1", "--port", &PAGE_PORT.to_string()]);
    Ok(trunk)
}

/// The newest moment at which a source of the server was written, and how many there are.
fn last_change() -> (Option<SystemTime>, usize) {
    let folders = workspace::PROGRAM_SOURCES.iter().map(|name| workspace::root().join(name));
    let sources: Vec<PathBuf> = folders.filter_map(|folder| workspace::files(&folder).ok()).flatten().collect();
    let newest = sources.iter().filter_map(|file| file.metadata().and_then(|facts| facts.modified()).ok()).max();
    (newest, sources.len())
}
