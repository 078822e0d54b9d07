//! The identity provider of `cargo xtask run --avec-fournisseur`: a certified one, run by Node on this machine alone, with people
//! who do not exist (tests/provider).

use std::process::Command;

use crate::command::{capture, program};
use crate::port::must_be_free;
use crate::process::Process;
use crate::terminal::step;
use crate::tools;

/// Where it listens.
const PORT: u16 = 8097;
/// The least Node that it takes.
const NODE: u32 = 20;
/// What it knows Acquis by and what Acquis shows it, as tests/provider/provider.mjs writes them: no secret, on one machine.
const CLIENT: [(&str, &str); 3] = [
    ("ACQUIS_FOURNISSEUR_IDENTIFIANT", "acquis"),
    ("ACQUIS_FOURNISSEUR_SECRET", "un-secret-d-essai-que-tout-le-monde-connait"),
    ("ACQUIS_FOURNISSEUR_NOM", "Identité d’essai"),
];

/// Says what is missing before anything long is built.
pub(crate) fn must_be_possible() -> Result<(), String> {
    let told = capture(program("node").arg("--version")).unwrap_or_default();
    if major(&told).is_none_or(|major| major < NODE) {
        return Err(format!(
            "the identity provider wants Node {NODE} or newer, with npm (https://nodejs.org): install it, or run without --avec-fournisseur"
        ));
    }
    must_be_free(PORT, "the identity provider wants it: stop what listens there")
}

/// Starts it for an Acquis that listens there.
pub(crate) fn start(acquis: u16) -> Result<Process, String> {
    if !tools::npm_packages()? {
        return Err(
            "the identity provider comes with npm, which is missing: install it, or run without --avec-fournisseur"
                .to_owned(),
        );
    }
    let mut node = program("node");
    node.arg("tests/provider/provider.mjs").args([PORT.to_string(), format!("http://localhost:{acquis}")]);
    step("start the identity provider", || Process::start(&mut node))
}

/// Lets Acquis know it.
pub(crate) fn tell(acquis: &mut Command) {
    acquis.env("ACQUIS_FOURNISSEUR", format!("http://127.0.0.1:{PORT}/api/v2")).envs(CLIENT);
}

/// 20, of « v20.11.1 ».
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major(""), None);
    }
}
