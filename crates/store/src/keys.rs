//! What the database knows of the keys: a witness of each version that something of it may need, and the version that writes.
//! The keys themselves are never here, but for the public halves of those that sign.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use vault::{PublicKey, Vault};

use crate::opening_failed::OpeningFailed;
use crate::row::{is_missing_table, small_number, text};
use crate::{Store, StoreError, StoreResult};

const WITNESSES: &str = "SELECT nom, valeur FROM temoins WHERE nom = 'cle' OR nom LIKE 'cle %'";
const IN_USE: &str = "version en usage";
const DIGESTS: &str = "empreintes";

/// The name of the witness of a version: the first has none of its own, from the time when it was the only one.
fn name(version: u8) -> String {
    if version == 1 { "cle".to_owned() } else { format!("cle {version}") }
}

/// The witnesses of the versions that something may need, the oldest first.
pub(crate) async fn witnesses(connexion: &mut AnyConnection) -> StoreResult<BTreeMap<u8, String>> {
    let mut found = BTreeMap::new();
    for row in sqlx::query(WITNESSES).fetch_all(connexion).await? {
        let name = text(&row, "nom")?;
        let version = name.strip_prefix("cle ").map_or(Ok(1), |number| number.parse::<u8>());
        found.insert(version.map_err(|_| StoreError::Corrupt("nom"))?, text(&row, "valeur")?);
    }
    Ok(found)
}

async fn in_use(connexion: &mut AnyConnection) -> StoreResult<u8> {
    let row = sqlx::query("SELECT valeur FROM temoins WHERE nom = $1").bind(IN_USE).fetch_one(connexion).await?;
    text(&row, "valeur")?.parse().map_err(|_| StoreError::Corrupt("version en usage"))
}

async fn write(connexion: &mut AnyConnection, name: &str, value: &str) -> StoreResult<()> {
    sqlx::query("INSERT INTO temoins (nom, valeur) VALUES ($1, $2) ON CONFLICT (nom) DO UPDATE SET valeur = $2")
        .bind(name)
        .bind(value)
        .execute(connexion)
        .await?;
    Ok(())
}

/// Checks that these keys are those the data was written with, and notes the witness of those that come new.
pub(crate) async fn recognize(connexion: &mut AnyConnection, vault: &Vault) -> Result<(), OpeningFailed> {
    let known = witnesses(connexion).await?;
    let ours: BTreeMap<u8, String> = vault.witnesses().into_iter().collect();
    for (version, witness) in &known {
        match ours.get(version) {
            Some(ours) if ours == witness => {}
            Some(_) => return Err(OpeningFailed::OtherKey),
            None => return Err(OpeningFailed::LacksKey(*version)),
        }
    }
    let digests = sqlx::query("SELECT valeur FROM temoins WHERE nom = $1").bind(DIGESTS);
    let digests = digests.fetch_optional(&mut *connexion).await.map_err(StoreError::from)?;
    match digests.map(|row| text(&row, "valeur")).transpose()? {
        None => write(connexion, DIGESTS, &vault.witness_of_digests()).await?,
        Some(witness) if witness == vault.witness_of_digests() => {}
        Some(_) => return Err(OpeningFailed::OtherKey),
    }
    let since = if known.is_empty() { vault.newest() } else { in_use(connexion).await? };
    if known.is_empty() {
        write(connexion, IN_USE, &since.to_string()).await?;
    }
    // One of before, which nothing needs any more, is not asked for again because a former copy of the ring still has it.
    for (version, witness) in ours.iter().filter(|(version, _)| **version >= since && !known.contains_key(version)) {
        write(connexion, &name(*version), witness).await?;
    }
    publish(connexion, vault).await?;
    Ok(())
}

/// Keeps the public half of each key that signs: it checks what was signed, for as long as somebody keeps it.
async fn publish(connexion: &mut AnyConnection, vault: &Vault) -> StoreResult<()> {
    for (version, key) in vault.public_keys() {
        sqlx::query(
            "INSERT INTO cles_de_signature (publique, version, sceau) VALUES ($1, $2, $3) ON CONFLICT (publique) DO NOTHING",
        )
        .bind(key.to_text())
        .bind(i64::from(version))
        .bind(vault.publication_seal(version, &key))
        .execute(&mut *connexion)
        .await?;
    }
    Ok(())
}

impl Store {
    /// What checks the signatures that were ever made here, the newest key first: of keys that are no longer there as well. One
    /// that somebody else wrote in the database is left out.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn public_keys(&self, vault: &Vault) -> StoreResult<Vec<PublicKey>> {
        let mut keys: BTreeMap<u8, PublicKey> = vault.public_keys().into_iter().collect();
        for row in
            sqlx::query("SELECT publique, version, sceau FROM cles_de_signature").fetch_all(&self.readers).await?
        {
            let version = small_number(&row, "version")?;
            let key = PublicKey::parse(&text(&row, "publique")?);
            let seal = text(&row, "sceau")?;
            match key.filter(|key| vault.publication_seal(version, key) == seal) {
                Some(key) => drop(keys.entry(version).or_insert(key)),
                None => {
                    tracing::error!(version, "a key of signatures that this program did not write is not published")
                }
            }
        }
        Ok(keys.into_values().rev().collect())
    }

    /// Checks that these keys are those the data was written with, and notes those that were added.
    ///
    /// # Errors
    /// [`OpeningFailed`] when they are others, or the database fails.
    pub async fn recognize_keys(&self, vault: &Vault) -> Result<(), OpeningFailed> {
        let mut transaction = self.write().await?;
        recognize(&mut transaction, vault).await?;
        Ok(self.complete(transaction).await?)
    }

    /// Whether this database was filled under some key already.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn has_a_witness(&self) -> StoreResult<bool> {
        match sqlx::query(WITNESSES).fetch_optional(&self.writer).await {
            Ok(row) => Ok(row.is_some()),
            Err(sqlx::Error::Database(error)) if is_missing_table(&*error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The witnesses of the versions that something may need, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn witnesses(&self) -> StoreResult<Vec<String>> {
        let mut connexion = self.readers.acquire().await?;
        Ok(witnesses(&mut connexion).await?.into_values().collect())
    }

    /// The version that writes.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn version_in_use(&self) -> StoreResult<u8> {
        let mut connexion = self.readers.acquire().await?;
        in_use(&mut connexion).await
    }

    /// From now on this version writes: who is recorded under a former one by a program that does not know it is refused.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn use_version(&self, version: u8) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        write(&mut transaction, IN_USE, &version.to_string()).await?;
        self.complete(transaction).await
    }

    /// Nothing needs this version any more.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn forget_version(&self, version: u8) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM temoins WHERE nom = $1").bind(name(version)).execute(&mut *transaction).await?;
        self.complete(transaction).await
    }
}
