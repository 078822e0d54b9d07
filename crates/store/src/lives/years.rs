//! Puts what is now said of the years of people in the place of what was. Whether a year is rewritten or corrected is
//! `domaine::ledger`'s to say.

use std::collections::{BTreeMap, BTreeSet};

use domaine::droits::Activite;
use domaine::ledger::{Handling, YearChange, YearRecord, change_year};
use domaine::mesures::{Day, Year};
use domaine::plausible::Odd;
use domaine::told::SaidYear;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::StoreResult;
use crate::lives::activites::{self, ActiviteRow, NewActiviteRow, PEOPLE_PER_QUERY, columns, list};
use crate::recognition::Recognized;
use crate::row::text;
use crate::write_tx::WriteTx;

/// What origins now say of a year, by person, then by origin; nothing when one says nothing any more.
pub(crate) type Claims = BTreeMap<String, BTreeMap<String, Vec<Activite>>>;

/// What a change came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Years of people that changed.
    pub years: u64,
    /// Those of them that were credited already, hence corrected.
    pub corrected_ones: u64,
    /// Those of them about which the same source had said something else.
    pub repeated: u64,
    /// Years that stay as they were, since nobody could have worked all that is said of them: whose, which, and why.
    pub set_aside: Vec<(String, u16, Odd)>,
    /// How many people changed in each year: those that are to be credited again.
    pub by_year: BTreeMap<u16, u64>,
}

impl std::ops::AddAssign for Changes {
    fn add_assign(&mut self, other: Self) {
        self.years += other.years;
        self.corrected_ones += other.corrected_ones;
        self.repeated += other.repeated;
        self.set_aside.extend(other.set_aside);
        for (year, people) in other.by_year {
            *self.by_year.entry(year).or_default() += people;
        }
    }
}

impl WriteTx {
    /// Takes in what is said of those people, by people recognised or not in the same order.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn record_claims(
        &mut self,
        recognized_ones: &[Recognized],
        said_years: Vec<SaidYear>,
        today: Day,
    ) -> StoreResult<Changes> {
        let mut by_year: BTreeMap<Year, Claims> = BTreeMap::new();
        for (recognized, said) in recognized_ones.iter().zip(said_years) {
            if let Recognized::Person { id, .. } = recognized {
                let claims = by_year.entry(said.year).or_default().entry(id.clone()).or_default();
                claims.insert(said.origin, said.activite.into_iter().collect());
            }
        }
        let mut changes = Changes::default();
        for (year, claims) in &by_year {
            changes += change(&mut self.0, year.count(), claims, today).await?;
        }
        Ok(changes)
    }
}

/// Puts what is now said of that year in the place of what was.
pub(crate) async fn change(
    connexion: &mut AnyConnection,
    year: u16,
    claims: &Claims,
    today: Day,
) -> StoreResult<Changes> {
    let mut changes = Changes::default();
    let people: Vec<&str> = claims.keys().map(String::as_str).collect();
    for batch in people.chunks(PEOPLE_PER_QUERY) {
        changes += change_the_batch(connexion, year, batch, claims, &today.to_string()).await?;
    }
    Ok(changes)
}

async fn change_the_batch(
    connexion: &mut AnyConnection,
    year: u16,
    batch: &[&str],
    claims: &Claims,
    today: &str,
) -> StoreResult<Changes> {
    let mut in_place = in_place(connexion, year, batch).await?;
    let credited = people_of_year(connexion, year, batch, "SELECT DISTINCT personne FROM ecritures").await?;
    let mut changes = Changes::default();
    let (mut to_clear, mut to_correct, mut to_write) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for person in batch {
        let Some(said) = claims.get(*person) else { continue };
        let standing = in_place.remove(*person).unwrap_or_default();
        let change = change_year(&standing, said, credited.contains(*person));
        let Some(YearChange { records, handling, said_before }) = change else { continue };
        let corrected_on = match handling {
            Handling::Correct => {
                changes.corrected_ones += 1;
                to_correct.insert(*person);
                today
            }
            Handling::Rewrite => {
                to_clear.insert(*person);
                ""
            }
            Handling::SetAside(odd) => {
                changes.set_aside.push(((*person).to_owned(), year, odd));
                continue;
            }
        };
        changes.years += 1;
        *changes.by_year.entry(year).or_default() += 1;
        changes.repeated += u64::from(said_before);
        to_write.extend(number_records(person, records, corrected_on));
    }
    clear(connexion, year, "", &to_clear).await?;
    clear(connexion, year, today, &to_correct).await?;
    for person in &to_correct {
        sqlx::query("INSERT INTO rectifications (personne, annee, le) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(*person)
            .bind(i64::from(year))
            .bind(today)
            .execute(&mut *connexion)
            .await?;
    }
    activites::insert(connexion, &to_write).await?;
    let changed: Vec<&str> = to_clear.iter().chain(&to_correct).copied().collect();
    if !changed.is_empty() {
        let sql = format!("UPDATE personnes SET version = version + 1 WHERE id IN {}", list(0, changed.len()));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for person in changed {
            query = query.bind(person);
        }
        query.execute(&mut *connexion).await?;
    }
    Ok(changes)
}

fn number_records(person: &str, records: Vec<YearRecord>, corrected_on: &str) -> Vec<NewActiviteRow> {
    let mut indices: BTreeMap<String, i64> = BTreeMap::new();
    let mut rows = Vec::with_capacity(records.len());
    for YearRecord { origin, activite } in records {
        let index = indices.entry(origin.clone()).or_default();
        *index += 1;
        let row = ActiviteRow { corrected_on: corrected_on.to_owned(), origin, activite };
        rows.push((person.to_owned(), *index, row));
    }
    rows
}

/// The records that stand for the year today: those of the latest correction, if there is one.
async fn in_place(
    connexion: &mut AnyConnection,
    year: u16,
    batch: &[&str],
) -> StoreResult<BTreeMap<String, Vec<YearRecord>>> {
    let sql = format!(
        concat!(
            "SELECT ",
            columns!(),
            " FROM activites WHERE annee = $1 AND personne IN {} ORDER BY personne, origine, rang"
        ),
        list(1, batch.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(year));
    for person in batch {
        query = query.bind(*person);
    }
    let mut facts: BTreeMap<String, Vec<ActiviteRow>> = BTreeMap::new();
    for row in query.fetch_all(&mut *connexion).await? {
        let (person, fact) = activites::from_row(&row)?;
        facts.entry(person).or_default().push(fact);
    }
    let sql = format!(
        "SELECT personne, MAX(le) AS derniere FROM rectifications WHERE annee = $1 AND personne IN {} GROUP BY personne",
        list(1, batch.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(year));
    for person in batch {
        query = query.bind(*person);
    }
    let mut last = BTreeMap::new();
    for row in query.fetch_all(&mut *connexion).await? {
        last.insert(text(&row, "personne")?, text(&row, "derniere")?);
    }
    let standing = |(person, facts): (String, Vec<ActiviteRow>)| {
        let on = last.get(&person).map_or("", String::as_str);
        let latest = facts.into_iter().filter(|fact| fact.corrected_on == on);
        // They are compared with what is said now, whatever the day they were corrected.
        let record = |ActiviteRow { origin, activite, .. }| YearRecord { origin, activite };
        let mut records: Vec<YearRecord> = latest.map(record).collect();
        // The order of texts is not the same in every database.
        records.sort_by(|one, other| one.origin.cmp(&other.origin));
        (person, records)
    };
    Ok(facts.into_iter().map(standing).collect())
}

async fn people_of_year(
    connexion: &mut AnyConnection,
    year: u16,
    batch: &[&str],
    select: &str,
) -> StoreResult<BTreeSet<String>> {
    let sql = format!("{select} WHERE annee = $1 AND personne IN {}", list(1, batch.len()));
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(year));
    for person in batch {
        query = query.bind(*person);
    }
    let records = query.fetch_all(connexion).await?;
    records.iter().map(|row| text(row, "personne")).collect()
}

async fn clear(
    connexion: &mut AnyConnection,
    year: u16,
    corrected_on: &str,
    people: &BTreeSet<&str>,
) -> StoreResult<()> {
    if people.is_empty() {
        return Ok(());
    }
    let sql =
        format!("DELETE FROM activites WHERE annee = $1 AND corrige_le = $2 AND personne IN {}", list(2, people.len()));
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(year)).bind(corrected_on);
    for person in people {
        query = query.bind(*person);
    }
    query.execute(connexion).await?;
    Ok(())
}
