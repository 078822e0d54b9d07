//! Working lives by batches, in the order of their identifiers: what everybody's rights are computed from.

use std::collections::HashMap;

use domaine::droits::Situation;
use domaine::ledger::credited_years;
use domaine::told;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Transaction};
use vault::NirDigests;

use super::{disabilities, entries, evenements, qualifications};
use crate::lives::activites::{self, columns, list};
use crate::lives::people::{age, attestation, bound, correction, earlier_hours};
use crate::row::{small_number, text};
use crate::{Engine, Store, StoreResult};

/// One moment of the database, read without keeping anybody from writing.
pub struct ReadTx(Transaction<'static, Any>);

impl Store {
    /// Begins to read: everything is as it stands now, whatever is written meanwhile.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn read_tx(&self) -> StoreResult<ReadTx> {
        Ok(ReadTx(match self.engine {
            Engine::Sqlite => self.readers.begin().await?,
            Engine::Postgres => self.readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
        }))
    }

    /// What the rights of one person are computed from; nothing when there is nobody of this identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn situation(&self, person: &str) -> StoreResult<Option<Situation>> {
        let mut connexion = self.readers.acquire().await?;
        one(&mut connexion, person).await
    }
}

impl ReadTx {
    /// The next people after that identifier, each with their life; empty at the end.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn situations(&mut self, after: &str, how_many: i64) -> StoreResult<Vec<(String, Situation)>> {
        batch(&mut self.0, after, how_many).await
    }

    /// The life of the people who have that NIR, by its keyed hash: two only when they were born a hundred
    /// years apart. With the year of their birth.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn by_nir(&mut self, digests: &NirDigests) -> StoreResult<Vec<(u16, String, Situation)>> {
        let places = list(0, digests.all().len());
        let sql = format!("SELECT annee_naissance, id FROM personnes WHERE nir_empreinte IN {places}");
        let records = bound(sqlx::query(AssertSqlSafe(sql)), digests).fetch_all(&mut *self.0).await?;
        let mut found = Vec::with_capacity(records.len());
        for row in &records {
            let (year, id) = (small_number(row, "annee_naissance")?, text(row, "id")?);
            let one = between(&mut self.0, Bounds::One(&id)).await?;
            found.extend(one.into_iter().map(|(person, situation)| (year, person, situation)));
        }
        Ok(found)
    }
}

/// Whose lives.
#[derive(Clone, Copy)]
enum Bounds<'a> {
    /// One person's.
    One(&'a str),
    /// After the first, up to the second.
    After(&'a str, &'a str),
}

/// What the rights of one person are computed from; nothing when there is nobody of this identifier.
pub(crate) async fn one(connexion: &mut AnyConnection, person: &str) -> StoreResult<Option<Situation>> {
    let one = between(connexion, Bounds::One(person)).await?;
    Ok(one.into_iter().next().map(|(_, situation)| situation))
}

/// The next people after that identifier; empty at the end.
pub(crate) async fn batch(
    connexion: &mut AnyConnection,
    after: &str,
    how_many: i64,
) -> StoreResult<Vec<(String, Situation)>> {
    let records = sqlx::query("SELECT id FROM personnes WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(after)
        .bind(how_many)
        .fetch_all(&mut *connexion)
        .await?;
    match records.last() {
        Some(last) => between(connexion, Bounds::After(after, &text(last, "id")?)).await,
        None => Ok(Vec::new()),
    }
}

async fn between(connexion: &mut AnyConnection, bounds: Bounds<'_>) -> StoreResult<Vec<(String, Situation)>> {
    const PEOPLE: Table = Table {
        columns: "personne, date_naissance, apprenti_depuis",
        de: "(SELECT id AS personne, date_naissance, apprenti_depuis FROM personnes) p",
        order: "personne",
    };
    const ACTIVITES: Table =
        Table { columns: columns!(), de: "activites", order: "personne, annee, corrige_le, origine, rang" };
    const RECTIFICATIONS: Table =
        Table { columns: "personne, annee, le", de: "rectifications", order: "personne, annee, le" };
    const HOURS: Table = Table { columns: "personne, heures, provenance", de: "heures_anterieures", order: "personne" };
    const ATTESTATIONS: Table = Table {
        columns: "personne, heures, rapport, declaree_le, reference, compte_des, acte, x.le AS decide_le",
        de: "declarations_dif d JOIN comptes c ON c.id = d.compte LEFT JOIN decisions_dif x ON x.declaration = d.id",
        order: "personne, d.rang",
    };
    const SOUS_NIVEAU_3: Table = Table {
        columns: "personne, acte, le",
        de: "declarations_sous_niveau_3 d JOIN comptes c ON c.id = d.compte",
        order: "personne, d.rang",
    };
    const HANDICAPS: Table =
        Table { columns: disabilities::TABLE.0, de: disabilities::TABLE.1, order: disabilities::TABLE.2 };
    const EVENEMENTS: Table =
        Table { columns: evenements::TABLE.0, de: evenements::TABLE.1, order: evenements::TABLE.2 };
    const LEDGER: Table = Table { columns: entries::TABLE.0, de: entries::TABLE.1, order: entries::TABLE.2 };
    let ages = PEOPLE.load(connexion, bounds, age).await?;
    let facts = ACTIVITES.load(connexion, bounds, |row| Ok(activites::from_row(row)?.1)).await?;
    let corrections = RECTIFICATIONS.load(connexion, bounds, correction).await?;
    let hours = HOURS.load(connexion, bounds, earlier_hours).await?;
    let attestations = ATTESTATIONS.load(connexion, bounds, attestation).await?;
    let acts = SOUS_NIVEAU_3.load(connexion, bounds, qualifications::act).await?;
    let handicaps = HANDICAPS.load(connexion, bounds, disabilities::from_row).await?;
    let evenements = EVENEMENTS.load(connexion, bounds, evenements::from_row).await?;
    let written = LEDGER.load(connexion, bounds, entries::from_row).await?;

    let (mut facts, mut corrections, mut hours) = (by_person(facts), by_person(corrections), by_person(hours));
    let (mut attestations, mut acts) = (by_person(attestations), by_person(acts));
    let mut handicaps = by_person(handicaps);
    let (mut evenements, mut written) = (by_person(evenements), by_person(written));
    ages.into_iter()
        .map(|(person, age)| {
            let (activites, rectifications) =
                activites::for_droits(own(&mut facts, &person), own(&mut corrections, &person))?;
            let mut situation = Situation {
                earlier_hours: own(&mut hours, &person).into_iter().next(),
                activites,
                attestations: own(&mut attestations, &person),
                sous_niveau_3: qualifications::assemble(own(&mut acts, &person))?,
                handicaps: own(&mut handicaps, &person),
                rectifications,
                credited: credited_years(&own(&mut written, &person)),
                naissance: age.naissance,
                naissance_year_end: age.naissance_year_end,
                apprenti_since: age.apprenti_since,
                ..Situation::default()
            };
            told::happen(&mut situation, own(&mut evenements, &person));
            Ok((person, situation))
        })
        .collect()
}

/// Where a kind of fact is read; its column `person` says whose it is.
struct Table {
    columns: &'static str,
    de: &'static str,
    order: &'static str,
}

impl Table {
    async fn load<T>(
        &self,
        connexion: &mut AnyConnection,
        bounds: Bounds<'_>,
        load: impl Fn(&AnyRow) -> StoreResult<T>,
    ) -> StoreResult<Vec<(String, T)>> {
        let Self { columns, de, order } = self;
        let condition = match bounds {
            Bounds::One(_) => "personne = $1",
            Bounds::After(..) => "personne > $1 AND personne <= $2",
        };
        let sql = format!("SELECT {columns} FROM {de} WHERE {condition} ORDER BY {order}");
        let request = sqlx::query(AssertSqlSafe(sql));
        let request = match bounds {
            Bounds::One(person) => request.bind(person),
            Bounds::After(after, last) => request.bind(after).bind(last),
        };
        let records = request.fetch_all(connexion).await?;
        records.iter().map(|row| Ok((text(row, "personne")?, load(row)?))).collect()
    }
}

fn by_person<T>(readings: Vec<(String, T)>) -> HashMap<String, Vec<T>> {
    let mut by_person: HashMap<String, Vec<T>> = HashMap::new();
    for (person, fact) in readings {
        by_person.entry(person).or_default().push(fact);
    }
    by_person
}

fn own<T>(of_everybody: &mut HashMap<String, Vec<T>>, person: &str) -> Vec<T> {
    of_everybody.remove(person).unwrap_or_default()
}
