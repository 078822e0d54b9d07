//! `acquis sauvegarder`, `acquis sauvegarde verifier`, `acquis restaurer`: from the settings to `batch::backup`. None of
//! them brings tables up to date.

use std::path::Path;
use std::process::ExitCode;

use batch::Moment;
use batch::backup::{self, Source, Target};
use store::{Act, Operation, Operator, Store, sqlite_file};
use vault::Vault;

use crate::settings::Config;
use crate::terminal::Terminal;
use crate::{Failure, GAPS, say};

/// Makes a backup.
pub(crate) async fn make(
    config: &Config,
    operator: &Operator,
    moment: Moment,
    folder: &Path,
) -> Result<ExitCode, Failure> {
    let nothing = "il n'y a rien à sauvegarder : la base de données est vide";
    if sqlite_file(&config.database_url).is_some_and(|file| !file.exists()) {
        return Err(nothing.into());
    }
    let store = Store::open(&config.database_url).await?;
    if store.step().await?.is_none() {
        return Err(nothing.into());
    }
    let source = Source { store: &store, url: &config.database_url, pieces: &config.pieces_dir(), console: &Terminal };
    if let Some(ring) = config.ring()? {
        store.hold_key(&Vault::of(ring));
    }
    let made = backup::make(&source, moment, folder).await?;
    record(&store, operator, moment, Operation::BackedUp).await?;
    store.close().await;
    say(&made.to_string())?;
    Ok(if made.is_lossless() { ExitCode::SUCCESS } else { ExitCode::from(GAPS) })
}

/// Tries a backup, with the key when it is at hand.
pub(crate) async fn verify(config: &Config, folder: &Path) -> Result<ExitCode, Failure> {
    let vault = config.ring()?.map(Vault::of);
    let seen = backup::verify(folder, vault.as_ref(), &Terminal).await?;
    say(&seen.to_string())?;
    Ok(match (seen.is_sound(), seen.is_lossless()) {
        (false, _) => ExitCode::FAILURE,
        (true, false) => ExitCode::from(GAPS),
        (true, true) => ExitCode::SUCCESS,
    })
}

/// Puts a backup back.
pub(crate) async fn restore(
    config: &Config,
    operator: &Operator,
    moment: Moment,
    folder: &Path,
) -> Result<ExitCode, Failure> {
    let Some(ring) = config.ring()? else {
        return Err(format!(
            "cle : remettez d'abord la clé d'origine dans {}, ou dites-la dans le réglage « cle » ; sans elle, ce qui serait \
             restauré ne pourrait pas être relu",
            config.key_file().display()
        )
        .into());
    };
    let vault = Vault::of(ring);
    let target = Target { url: &config.database_url, pieces: &config.pieces_dir(), vault: &vault, console: &Terminal };
    let restored = backup::restore(folder, &target).await?;
    let store = Store::open(&config.database_url).await?;
    store.hold_key(&vault);
    record(&store, operator, moment, Operation::Restored).await?;
    store.close().await;
    say(&restored.to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// In the journal, whose table is only known when it is that of this program.
async fn record(store: &Store, operator: &Operator, moment: Moment, what: Operation) -> Result<(), Failure> {
    if store.is_up_to_date().await? {
        store.record_act(moment.now, Act::of(operator), what).await?;
    }
    Ok(())
}
