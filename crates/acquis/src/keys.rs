//! `acquis cles`, and what a server does when the file of the keys grows: from the settings to `batch::keys`.

use std::fmt::Write as _;
use std::fs::{File, TryLockError};
use std::process::ExitCode;
use std::time::Duration;

use batch::keys::{Inventory, Sealed};
use store::{Operation, Pieces, Store};
use vault::{Ring, Vault};

use crate::args::{KeyRequest, Keys};
use crate::desk::Office;
use crate::settings::Config;
use crate::terminal::Terminal;
use crate::{Failure, GAPS, data, say};

/// How long every program has to read the file again before a new version writes: each does at every second that it works.
const SETTLING: Duration = Duration::from_secs(3);
/// How often a server looks whether a version was added.
const WATCH: Duration = Duration::from_secs(1);

/// `acquis cles`.
pub(crate) async fn follow(office: &Office<'_>, pieces: &Pieces, keys: &Keys) -> Result<ExitCode, Failure> {
    let sealed = Sealed { store: office.store, pieces, vault: office.vault };
    match keys.request()? {
        KeyRequest::List => say(&told(sealed, office.config).await?)?,
        KeyRequest::Add => {
            let _turn = alone(office.config)?;
            let in_use = sealed.store.version_in_use().await?;
            let ring = ring(office.config)?;
            if ring.newest() > in_use {
                return Err(format!("la version {} attend déjà : « acquis cles tourner »", ring.newest()).into());
            }
            let version = add(office, &ring).await?;
            say(&format!(
                "Version {version} ajoutée à {}. Gardez-en une copie à part, copiez ce fichier sur chaque machine qui sert cette\n\
                 base, puis : acquis cles tourner\n",
                office.config.key_file().display()
            ))?;
        }
        KeyRequest::Turn => return turn(office, sealed).await,
        KeyRequest::Retire(version) => retire(office, sealed, version).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Holds the place of the one that changes the keys.
fn alone(config: &Config) -> Result<File, Failure> {
    let (path, file) = data::lock(config, "cles")?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err("un autre « acquis cles » est à l'œuvre sur cette base : laissez-le finir".into())
        }
        Err(TryLockError::Error(error)) => Err(format!("{} : {error}", path.display()).into()),
    }
}

fn ring(config: &Config) -> Result<Ring, Failure> {
    config.ring()?.ok_or_else(|| format!("la clé n'est plus dans {}", config.key_file().display()).into())
}

/// Adds a version to the file, and has the database know it before anything is sealed under it.
async fn add(office: &Office<'_>, ring: &Ring) -> Result<u8, Failure> {
    if office.config.key.is_some() {
        return Err("la clé vient du réglage « cle » (ACQUIS_CLE), que ce programme n'écrit pas : mettez-y vous-même deux \
                    versions, « 1:ANCIENNE 2:NOUVELLE » (une nouvelle : openssl rand -base64 32), redémarrez chaque serveur, \
                    puis relancez « acquis cles tourner » (docs/cles.md)"
            .into());
    }
    let more = ring.with(vault::random()).ok_or("il n'y a plus de numéro de version libre : retirez les anciennes")?;
    office.config.write_ring(&more)?;
    while office.vault.newest() != more.newest() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    office.store.recognize_keys(office.vault).await?;
    office.record(Operation::KeyAdded, false).await?;
    Ok(more.newest())
}

async fn turn(office: &Office<'_>, sealed: Sealed<'_>) -> Result<ExitCode, Failure> {
    let _turn = alone(office.config)?;
    let mut in_use = sealed.store.version_in_use().await?;
    let mut ring = ring(office.config)?;
    // Another version waits, or a rotation was interrupted: this goes on with it.
    let goes_on = ring.newest() != in_use || {
        let found = sealed.inventory(true, &Terminal).await?;
        !found.before(in_use).is_empty()
    };
    if !goes_on {
        add(office, &ring).await?;
        ring = self::ring(office.config)?;
    }
    office.record(Operation::KeyTurned, false).await?;
    if ring.newest() != in_use {
        tokio::time::sleep(SETTLING).await;
        sealed.store.use_version(ring.newest()).await?;
        in_use = ring.newest();
    }
    let turned = sealed.turn(&Terminal).await?;
    let mut text = format!("version {in_use} en usage\n{turned}");
    if turned.is_lossless() {
        let former: Vec<String> = ring.versions().filter(|version| *version < in_use).map(|v| v.to_string()).collect();
        if !former.is_empty() {
            let _ = writeln!(
                text,
                "Plus rien ne dépend de ce qui précède (version {}), sauf les sauvegardes d'avant : gardez-le tant que vous en\n\
                 gardez une, puis « acquis cles retirer » (docs/cles.md). Gardez une copie à part de la nouvelle clé.",
                former.join(", ")
            );
        }
    }
    say(&text)?;
    Ok(if turned.is_lossless() { ExitCode::SUCCESS } else { ExitCode::from(GAPS) })
}

async fn retire(office: &Office<'_>, sealed: Sealed<'_>, version: u8) -> Result<(), Failure> {
    let _turn = alone(office.config)?;
    let in_use = sealed.store.version_in_use().await?;
    let ring = ring(office.config)?;
    if version >= in_use {
        return Err(format!("la version {version} est en usage ou à venir : elle ne se retire pas").into());
    }
    let less = ring.without(version).ok_or_else(|| format!("il n'y a pas de version {version} de la clé"))?;
    let found = sealed.inventory(true, &Terminal).await?;
    if let Some(things) = found.under.get(&version) {
        return Err(format!("la version {version} sert encore ({things}) : « acquis cles tourner » d'abord").into());
    }
    if office.config.key.is_some() {
        return Err(format!(
            "plus rien ne dépend de la version {version}, mais la clé vient du réglage « cle » (ACQUIS_CLE), que ce programme \
             n'écrit pas : il ne sait pas y retirer une version (docs/cles.md)"
        )
        .into());
    }
    // The database first: it may then be opened with that version or without it.
    sealed.store.forget_version(version).await?;
    office.config.write_ring(&less)?;
    office.record(Operation::KeyRetired, false).await?;
    say(&format!(
        "Version {version} retirée. Une sauvegarde faite avant la rotation ne s'ouvre qu'avec elle : si vous en gardez une,\n\
         gardez aussi la copie de cette version que vous avez à part.\n"
    ))
}

/// The versions, and what is under each.
async fn told(sealed: Sealed<'_>, config: &Config) -> Result<String, Failure> {
    let Inventory { under, unreadable } = sealed.inventory(false, &Terminal).await?;
    let in_use = sealed.store.version_in_use().await?;
    let from =
        if config.key.is_some() { "réglage « cle »".to_owned() } else { config.key_file().display().to_string() };
    let mut text = format!("clé : {from}\n");
    for (version, _) in sealed.vault.witnesses() {
        let state = match version.cmp(&in_use) {
            std::cmp::Ordering::Greater => "attend : acquis cles tourner",
            std::cmp::Ordering::Equal => "en usage",
            std::cmp::Ordering::Less if under.contains_key(&version) => "d'avant, sert encore : acquis cles tourner",
            std::cmp::Ordering::Less => "d'avant, ne sert plus qu'aux sauvegardes",
        };
        let things = under.get(&version).copied().unwrap_or_default();
        writeln!(text, "version {version}, {state}. {things}")?;
    }
    if !unreadable.is_empty() {
        writeln!(text, "illisibles avec ces clés. {unreadable}")?;
    }
    Ok(text)
}

/// Has the database know each version that the file gains while a server runs: one that sealed something is never taken away
/// unnoticed.
pub(crate) async fn watch(store: Store, vault: &Vault) {
    let mut known = vault.newest();
    loop {
        tokio::time::sleep(WATCH).await;
        let newest = vault.newest();
        if newest == known {
            continue;
        }
        match store.recognize_keys(vault).await {
            Ok(()) => {
                known = newest;
                tracing::info!(version = newest, "a version of the key was added");
            }
            Err(error) => tracing::error!(error = %error, "the key that was added is not known to the database"),
        }
    }
}
