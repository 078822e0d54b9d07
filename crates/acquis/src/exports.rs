//! `acquis export verifier`: from the settings to `export`. No base is made, filled or changed.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;

use batch::wording::without_command;
use export::{Fault, check, public_keys};
use store::{Store, sqlite_file};
use vault::PublicKey;

use crate::settings::Config;
use crate::{Failure, say};

/// Says whether that file is what a service gave, and what is not.
pub(crate) async fn verify(config: &Config, path: &Path, keys: Option<&Path>) -> Result<ExitCode, Failure> {
    let keys = match keys {
        Some(path) => given(path)?,
        None => own(config).await?,
    };
    let file = File::open(path).map_err(|error| format!("{} : {error}", path.display()))?;
    let checked = check(BufReader::new(file), &keys).map_err(|refusal| format!("{} : {refusal}", path.display()))?;
    let mut text =
        format!("Signé par {}, avec la clé {}.\n", without_command(&checked.said), without_command(&checked.key));
    for fault in &checked.faults {
        let _ = match fault {
            Fault::Changed(name) => writeln!(text, "CHANGÉ : {}", without_command(name)),
            Fault::Missing(name) => writeln!(text, "ABSENT : {}", without_command(name)),
            Fault::Added(name) => writeln!(text, "AJOUTÉ, rien ne le signe : {}", without_command(name)),
            Fault::Hidden => writeln!(text, "AJOUTÉS : des octets qui ne sont d'aucun fichier"),
        };
    }
    if checked.faults.is_empty() {
        let _ = writeln!(text, "Ses {} fichiers sont tels qu'ils ont été remis.", checked.files);
    }
    say(&text)?;
    Ok(if checked.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The keys of a file.
fn given(path: &Path) -> Result<Vec<PublicKey>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| format!("--cle {} : {error}", path.display()))?;
    let keys = public_keys(&text);
    if keys.is_empty() {
        let wanted = "la page /.well-known/acquis-signatures.json du service est attendue, ou une clé Ed25519 en PEM";
        return Err(format!("--cle {} : {wanted}", path.display()).into());
    }
    Ok(keys)
}

/// Those of the base of this machine, which is neither made nor brought up to date for that.
async fn own(config: &Config) -> Result<Vec<PublicKey>, Failure> {
    const GIVE: &str = "donnez les clés publiées par le service qui l'a remis : --cle FICHIER";
    if sqlite_file(&config.database_url).is_some_and(|file| !file.exists()) {
        return Err(format!("il n'y a pas de base ici ; {GIVE}").into());
    }
    let Some(ring) = config.ring()? else { return Err(format!("la clé de cette base n'est pas là ; {GIVE}").into()) };
    let store = Store::open(&config.database_url).await?;
    if !store.is_up_to_date().await? {
        return Err(format!(
            "les tables de la base ne sont pas celles de ce programme : « acquis migrer » d'abord, ou {GIVE}"
        )
        .into());
    }
    let vault = config.vault(ring);
    let keys = store.public_keys(&vault).await?;
    store.close().await;
    Ok(keys)
}
