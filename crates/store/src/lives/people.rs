//! People whose NIR is known, and what is known of their working life.

use domaine::dif::{DifCounts, Rapport};
use domaine::droits::{DeclaredAttestation, EarlierHours, Provenance, Situation};
use domaine::identite::{DateNaissance, Nir, Nir13};
use domaine::mesures::{Day, Hours, Year};
use domaine::told;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};
use vault::{NirDigests, Vault};

use super::evenements;
use crate::lives::activites::{self, ActiviteRow, NewActiviteRow, REVERSAL, year};
use crate::row::{coded, flag, parsed, parsed_or_none, small_number, text, text_or_nothing};
use crate::{Store, StoreError, StoreResult};

/// A person as the store knows them. No `Debug`.
pub struct Person {
    /// Identifier.
    pub id: String,
    /// Birth name.
    pub nom_naissance: String,
    /// Birth date.
    pub date_naissance: DateNaissance,
    /// Given names.
    pub prenoms: String,
    sealed_nir: String,
    /// Whether the employers' declarations know this person.
    pub known: bool,
}

/// A person to record. No `Debug`.
pub struct NewPerson {
    /// Identifier, chosen by the caller: the NIR is encrypted under it.
    pub id: String,
    /// What the NIR is looked up by.
    pub nir_digests: NirDigests,
    /// The NIR, encrypted.
    pub sealed_nir: String,
    /// Birth name.
    pub nom_naissance: String,
    /// Given names.
    pub prenoms: String,
    /// Birth date, whose year tells apart two people a hundred years from each other.
    pub date_naissance: DateNaissance,
}

/// Facts to record for a person: those of the employers replace whatever was there.
pub struct Facts {
    /// Whether the employers' declarations know this person.
    pub known: bool,
    /// Hours, years and events; what a holder declares is not looked at.
    pub situation: Situation,
}

impl Person {
    /// The NIR, decrypted.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when what is stored is no NIR of this person under this key.
    pub fn nir(&self, vault: &Vault) -> StoreResult<Nir> {
        let unreadable = || StoreError::Corrupt("nir_chiffre");
        let body = vault.unseal_nir(&self.id, &self.sealed_nir).map_err(|_| unreadable())?;
        let key = Nir13::parse(&body).map_err(|_| unreadable())?.key();
        Nir::parse(&body, &format!("{key:02}")).map_err(|_| unreadable())
    }
}

fn from_row(row: &AnyRow) -> StoreResult<Person> {
    Ok(Person {
        id: text(row, "id")?,
        nom_naissance: text(row, "nom_naissance")?,
        date_naissance: coded(row, "date_naissance", DateNaissance::from_iso)?,
        prenoms: text(row, "prenoms")?,
        sealed_nir: text(row, "nir_chiffre")?,
        known: flag(row, "connue")?,
    })
}

/// The person under this NIR and year, recorded first if need be.
pub(crate) async fn find_or_create(connexion: &mut AnyConnection, new: &NewPerson, now: i64) -> StoreResult<Person> {
    // First: the hash that is written is not that of somebody who is known under a former key.
    if let Some(person) = find(connexion, &new.nir_digests, new.date_naissance.year()).await? {
        return Ok(person);
    }
    sqlx::query(
        "INSERT INTO personnes
             (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms, date_naissance, connue, version, creee_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8) ON CONFLICT DO NOTHING",
    )
    .bind(&new.id)
    .bind(new.nir_digests.newest())
    .bind(i64::from(new.date_naissance.year()))
    .bind(&new.sealed_nir)
    .bind(&new.nom_naissance)
    .bind(&new.prenoms)
    .bind(new.date_naissance.iso())
    .bind(now)
    .execute(&mut *connexion)
    .await?;
    let person = find(connexion, &new.nir_digests, new.date_naissance.year()).await?;
    person.ok_or_else(|| sqlx::Error::RowNotFound.into())
}

/// The person under this NIR and year, if there is one.
pub(crate) async fn find(
    connexion: &mut AnyConnection,
    digests: &NirDigests,
    year: u16,
) -> StoreResult<Option<Person>> {
    let sql = format!(
        "SELECT id, nom_naissance, date_naissance, prenoms, nir_chiffre, connue
         FROM personnes WHERE annee_naissance = $1 AND nir_empreinte IN {}",
        activites::list(1, digests.all().len())
    );
    let request = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(year));
    let row = bound(request, digests).fetch_optional(connexion).await?;
    row.as_ref().map(from_row).transpose()
}

/// Fills the places of a query with what a NIR is looked up by.
pub(crate) fn bound<'q>(
    mut request: Query<'q, Any, AnyArguments>,
    digests: &NirDigests,
) -> Query<'q, Any, AnyArguments> {
    for digest in digests.all() {
        request = request.bind(digest.clone());
    }
    request
}

/// The hours of the former account.
pub(crate) fn earlier_hours(row: &AnyRow) -> StoreResult<EarlierHours> {
    Ok(EarlierHours {
        hours: Hours::new(small_number(row, "heures")?),
        provenance: coded(row, "provenance", Provenance::from_code)?,
    })
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
        .fetch_optional(&self.readers)
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
        let evenements = told::events_of(&facts.situation, &format!("{REVERSAL}-{}", person.id));
        let whose = vec![Some(person.id.as_str()); evenements.len()];
        evenements::record(&mut transaction, &whose, &evenements, now).await?;
        self.complete(transaction).await?;
        Ok(())
    }
}

/// What opens and freezes an account: the birth date, and the first day of an apprenticeship.
#[derive(Clone, Copy, Default)]
pub(crate) struct Age {
    pub naissance: Option<Day>,
    pub naissance_year_end: Option<Day>,
    pub apprenti_since: Option<Day>,
}

pub(crate) fn age(row: &AnyRow) -> StoreResult<Age> {
    let naissance = coded(row, "date_naissance", DateNaissance::from_iso)?;
    Ok(Age {
        naissance: naissance.at_the_earliest(),
        naissance_year_end: naissance.year_end_if_partial(),
        apprenti_since: parsed_or_none(row, "apprenti_depuis")?,
    })
}

/// The year and the day of a correction.
pub(crate) fn correction(row: &AnyRow) -> StoreResult<(Year, Day)> {
    Ok((year(row)?, parsed(row, "le")?))
}

/// An attestation.
pub(crate) fn attestation(row: &AnyRow) -> StoreResult<DeclaredAttestation> {
    let (declared_on, decided_on) = (parsed(row, "declaree_le")?, parsed_or_none(row, "decide_le")?);
    let (accepted_on, refused_on) = match text_or_nothing(row, "acte")?.as_deref() {
        None => (None, None),
        Some("acceptation") => (decided_on, None),
        Some("refus") => (None, decided_on),
        Some(_) => return Err(StoreError::Corrupt("acte")),
    };
    let counts_from = match coded(row, "compte_des", DifCounts::from_code)? {
        DifCounts::AtOnce => Some(declared_on),
        DifCounts::OnceSeen => accepted_on,
    };
    Ok(DeclaredAttestation {
        hours: Hours::new(small_number(row, "heures")?),
        rapport: coded(row, "rapport", Rapport::from_code)?,
        declared_on,
        reference: text(row, "reference")?,
        counts_from,
        refused_on,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    #[tokio::test]
    async fn a_word_that_is_not_known_is_a_failure() {
        let hours = async |word: &str| earlier_hours(&row(&format!("120 AS heures, '{word}' AS provenance")).await);
        assert_eq!(hours("titulaire").await.expect("hours").provenance, Provenance::Titulaire);
        assert!(is_of(&hours("").await, "provenance"));
        let declared = async |word: &str| {
            let columns = "40 AS heures, '2026-11-23' AS declaree_le, 'DIF-1' AS reference,
                           'declaration' AS compte_des, NULL AS acte, NULL AS decide_le";
            attestation(&row(&format!("{columns}, '{word}' AS rapport")).await)
        };
        assert_eq!(declared("remplace").await.expect("an attestation").rapport, Rapport::Replaces);
        assert!(is_of(&declared("annule").await, "rapport"));
    }

    #[tokio::test]
    async fn a_birth_date_is_a_date_in_every_row_that_has_one() {
        let columns = "'p' AS id, 'Pat' AS nom_naissance, 'Camille' AS prenoms, 'x' AS nir_chiffre, 1 AS connue,
                       NULL AS apprenti_depuis";
        let known = row(&format!("{columns}, '1979-03-00' AS date_naissance")).await;
        assert_eq!(from_row(&known).map(|person| person.date_naissance.iso()).ok().as_deref(), Some("1979-03-00"));
        let unknown = row(&format!("{columns}, '28/03/1979' AS date_naissance")).await;
        assert!(is_of(&from_row(&unknown), "date_naissance"));
        assert!(is_of(&age(&unknown), "date_naissance"));
    }
}
