//! People whose NIR is known, and what is known of their working life.

use domaine::dif::Rapport;
use domaine::droits::{DeclaredAttestation, Provenance, Situation};
use domaine::identite::DateNaissance;
use domaine::mesures::{Day, Hours, Year};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::evenements;
use crate::lives::activites::{self, ActiviteRow, NewActiviteRow, REVERSAL};
use crate::{Store, StoreError, StoreResult, count, small_number, text, text_or_nothing};

/// A person as the store knows them. No `Debug`.
pub struct Person {
    /// Identifier.
    pub id: String,
    /// Birth name.
    pub nom_naissance: String,
    /// `1979-03-28`, unknown parts as 00.
    pub date_naissance: String,
    /// Given names.
    pub prenoms: String,
    /// The NIR, encrypted.
    pub sealed_nir: String,
    /// Whether the employers' declarations know this person.
    pub known: bool,
}

/// A person to record. No `Debug`.
pub struct NewPerson {
    /// Identifier, chosen by the caller: the NIR is encrypted under it.
    pub id: String,
    /// What the NIR is looked up by.
    pub nir_digest: String,
    /// Year of birth, which tells apart two people a hundred years from each other.
    pub naissance_year: u16,
    /// The NIR, encrypted.
    pub sealed_nir: String,
    /// Birth name.
    pub nom_naissance: String,
    /// Given names.
    pub prenoms: String,
    /// `1979-03-28`.
    pub date_naissance: String,
}

/// Facts to record for a person: those of the employers replace whatever was there.
pub struct Facts {
    /// Whether the employers' declarations know this person.
    pub known: bool,
    /// Hours, years and events; what a holder declares is not looked at.
    pub situation: Situation,
}

fn from_row(row: &AnyRow) -> StoreResult<Person> {
    Ok(Person {
        id: text(row, 0)?,
        nom_naissance: text(row, 1)?,
        date_naissance: text(row, 2)?,
        prenoms: text(row, 3)?,
        sealed_nir: text(row, 4)?,
        known: count(row, 5)? == 1,
    })
}

/// The person under this NIR and year, recorded first if need be.
pub(crate) async fn find_or_create(connexion: &mut AnyConnection, new: &NewPerson, now: i64) -> StoreResult<Person> {
    sqlx::query(
        "INSERT INTO personnes
             (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms, date_naissance, connue, version, creee_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8) ON CONFLICT DO NOTHING",
    )
    .bind(&new.id)
    .bind(&new.nir_digest)
    .bind(i64::from(new.naissance_year))
    .bind(&new.sealed_nir)
    .bind(&new.nom_naissance)
    .bind(&new.prenoms)
    .bind(&new.date_naissance)
    .bind(now)
    .execute(&mut *connexion)
    .await?;
    let row = sqlx::query(
        "SELECT id, nom_naissance, date_naissance, prenoms, nir_chiffre, connue
         FROM personnes WHERE nir_empreinte = $1 AND annee_naissance = $2",
    )
    .bind(&new.nir_digest)
    .bind(i64::from(new.naissance_year))
    .fetch_one(connexion)
    .await?;
    from_row(&row)
}

pub(crate) fn provenance(row: &AnyRow, column: usize) -> StoreResult<Provenance> {
    Provenance::from_code(&text(row, column)?).ok_or(StoreError::Corrupt("provenance"))
}

impl Store {
    /// The person of this identifier.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn person(&self, id: &str) -> StoreResult<Option<Person>> {
        let row = sqlx::query(
            "SELECT id, nom_naissance, date_naissance, prenoms, nir_chiffre, connue FROM personnes WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Records a person and what the employers know of them; twice the same is once.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was recorded.
    pub async fn save_facts(&self, new: &NewPerson, facts: &Facts, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        let person = find_or_create(&mut transaction, new, now).await?;
        sqlx::query("UPDATE personnes SET connue = $1, version = version + 1 WHERE id = $2")
            .bind(i64::from(facts.known))
            .bind(&person.id)
            .execute(&mut *transaction)
            .await?;
        for clear in [
            "DELETE FROM heures_anterieures WHERE personne = $1",
            "DELETE FROM activites WHERE personne = $1 AND corrige_le = '' AND origine = 'reprise'",
        ] {
            sqlx::query(clear).bind(&person.id).execute(&mut *transaction).await?;
        }
        if let Some(hours) = &facts.situation.earlier_hours {
            sqlx::query("INSERT INTO heures_anterieures (personne, heures, provenance) VALUES ($1, $2, $3)")
                .bind(&person.id)
                .bind(i64::from(hours.hours.count()))
                .bind(hours.provenance.code())
                .execute(&mut *transaction)
                .await?;
        }
        let new_ones: Vec<NewActiviteRow> = facts
            .situation
            .activites
            .iter()
            .zip(1..)
            .map(|(activite, index)| {
                let (corrected_on, activite) = (String::new(), activite.clone());
                (person.id.clone(), index, ActiviteRow { corrected_on, origin: REVERSAL.into(), activite })
            })
            .collect();
        activites::insert(&mut transaction, &new_ones).await?;
        let evenements = evenements::of_a_life(&facts.situation, &format!("{REVERSAL}-{}", person.id));
        let whose = vec![Some(person.id.as_str()); evenements.len()];
        evenements::record(&mut transaction, &whose, &evenements, now).await?;
        self.complete(transaction).await?;
        Ok(())
    }
}

/// What opens an account: the birth date, and the first day of an apprenticeship.
#[derive(Clone, Copy, Default)]
pub(crate) struct Age {
    pub naissance: Option<Day>,
    pub apprenti_since: Option<Day>,
}

/// From that column on.
pub(crate) fn age(row: &AnyRow, column: usize) -> StoreResult<Age> {
    let naissance = DateNaissance::from_iso(&text(row, column)?).ok_or(StoreError::Corrupt("date_naissance"))?;
    let apprenti_since = text_or_nothing(row, column + 1)?
        .map(|day| day.parse().map_err(|_| StoreError::Corrupt("apprenti_depuis")))
        .transpose()?;
    Ok(Age { naissance: naissance.at_the_earliest(), apprenti_since })
}

/// The year and the day of a correction, from that column on.
pub(crate) fn correction(row: &AnyRow, column: usize) -> StoreResult<(Year, Day)> {
    let year = Year::new(small_number(row, column, "annee")?).map_err(|_| StoreError::Corrupt("annee"))?;
    Ok((year, text(row, column + 1)?.parse().map_err(|_| StoreError::Corrupt("le"))?))
}

/// An attestation, from that column on.
pub(crate) fn attestation(row: &AnyRow, column: usize) -> StoreResult<DeclaredAttestation> {
    Ok(DeclaredAttestation {
        hours: Hours::new(small_number(row, column, "heures")?),
        rapport: Rapport::from_code(&text(row, column + 1)?).ok_or(StoreError::Corrupt("rapport"))?,
        declared_on: text(row, column + 2)?.parse().map_err(|_| StoreError::Corrupt("declaree_le"))?,
        reference: text(row, column + 3)?,
    })
}
