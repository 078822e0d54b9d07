//! What happens to an account besides years of work. An event is told once, under a reference of whoever
//! tells it; afterwards only its end may be told.

use std::collections::{BTreeSet, HashMap};

use domaine::droits::{
    Abondement, AbondementNature, AskedConversion, Depense, Direction, Engagement, EngagementCategory, Montant,
    Purpose, Situation,
};
use domaine::mesures::{Day, Euros, Hours, Year};
use domaine::told::{Evenement, Nature};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::version::change_version;
use crate::lives::activites::{PEOPLE_PER_QUERY, list, rows, rows_per_query};
use crate::recognition::Recognized;
use crate::write_tx::WriteTx;
use crate::{StoreError, StoreResult, count, small_number, text, text_or_nothing};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvenementOutcome {
    /// Recorded.
    New,
    /// Known; its end was told now.
    Finished,
    /// The same was there.
    AlreadyThere,
    /// Another is known under that reference.
    Other,
}

/// An event as its columns hold it.
#[derive(Clone, Default, PartialEq, Eq)]
struct Columns {
    person: String,
    nature: &'static str,
    on: String,
    end: Option<String>,
    centimes: Option<i64>,
    hours: Option<i64>,
    year: Option<i64>,
    label: Option<String>,
    action: Option<String>,
    complement: i64,
}

const COLUMNS: &str = "personne, nature, le, fin, centimes, heures, annee, libelle, action, reference, complement";

impl Columns {
    fn of(nature: &Nature, person: &str) -> Self {
        let empty = Self { person: person.to_owned(), ..Self::default() };
        match nature {
            Nature::Abondement(abondement) => Self {
                nature: "abondement",
                on: abondement.date.to_string(),
                end: abondement.echeance.map(|day| day.to_string()),
                centimes: Some(abondement.montant.centimes()),
                label: Some(abondement.financeur.clone()),
                action: abondement.action.clone(),
                complement: i64::from(abondement.nature == AbondementNature::Complement),
                ..empty
            },
            Nature::Engagement(engagement) => Self {
                nature: "engagement",
                on: engagement.recorded_on.to_string(),
                year: Some(i64::from(engagement.year.count())),
                label: Some(engagement.category.code().to_owned()),
                ..empty
            },
            Nature::Depense(depense) => {
                let (centimes, hours) = match depense.asked {
                    Montant::Euros(euros) => (Some(euros.centimes()), None),
                    Montant::Hours(hours) => (None, Some(i64::from(hours.count()))),
                };
                Self {
                    nature: "depense",
                    on: depense.date.to_string(),
                    centimes,
                    hours,
                    label: Some(depense.purpose.code().to_owned()),
                    action: depense.action.clone(),
                    ..empty
                }
            }
            Nature::Conversion(conversion) => Self {
                nature: "conversion",
                on: conversion.date.to_string(),
                label: Some(conversion.direction.code().to_owned()),
                ..empty
            },
            Nature::Retraite { on, end } => {
                Self { nature: "retraite", on: on.to_string(), end: end.map(|day| day.to_string()), ..empty }
            }
            Nature::Deces { on, end } => {
                Self { nature: "deces", on: on.to_string(), end: end.map(|day| day.to_string()), ..empty }
            }
        }
    }
}

/// An event, from the columns that follow that of the person, in the order of [`COLUMNS`].
pub(crate) fn from_row(row: &AnyRow) -> StoreResult<Evenement> {
    let day = |column: usize, what| -> StoreResult<Option<Day>> {
        text_or_nothing(row, column)?.map(|day| day.parse().map_err(|_| StoreError::Corrupt(what))).transpose()
    };
    let on = day(2, "le")?.ok_or(StoreError::Corrupt("le"))?;
    let end = day(3, "fin")?;
    let label = || text_or_nothing(row, 7)?.ok_or(StoreError::Corrupt("libelle"));
    let action = text_or_nothing(row, 8)?;
    let reference = text(row, 9)?;
    let nature = match text(row, 1)?.as_str() {
        "abondement" => Nature::Abondement(Abondement {
            nature: match count(row, 10)? {
                0 => AbondementNature::Dotation,
                _ => AbondementNature::Complement,
            },
            date: on,
            montant: Euros::from_centimes(count(row, 4)?),
            financeur: label()?,
            action,
            echeance: end,
        }),
        "engagement" => Nature::Engagement(Engagement {
            year: Year::new(small_number(row, 6, "annee")?).map_err(|_| StoreError::Corrupt("annee"))?,
            category: EngagementCategory::from_code(&label()?),
            recorded_on: on,
        }),
        "depense" => {
            let centimes: Option<i64> = row.try_get(4)?;
            let asked = match centimes {
                Some(centimes) => Montant::Euros(Euros::from_centimes(centimes)),
                None => Montant::Hours(Hours::new(small_number(row, 5, "heures")?)),
            };
            let purpose = Purpose::from_code(&label()?).ok_or(StoreError::Corrupt("objet"))?;
            Nature::Depense(Depense { date: on, asked, purpose, action, reference: reference.clone() })
        }
        "conversion" => {
            let direction = Direction::from_code(&label()?).ok_or(StoreError::Corrupt("sens"))?;
            Nature::Conversion(AskedConversion { date: on, direction })
        }
        "retraite" => Nature::Retraite { on, end },
        "deces" => Nature::Deces { on, end },
        _ => return Err(StoreError::Corrupt("nature")),
    };
    Ok(Evenement { reference, nature })
}

/// Where they are read, and in which order they happened.
pub(crate) const TABLE: (&str, &str, &str) = (COLUMNS, "evenements", "personne, le, reference");

/// Puts events in the life they happened to.
pub(crate) fn live(situation: &mut Situation, evenements: Vec<Evenement>) {
    for evenement in evenements {
        match evenement.nature {
            Nature::Abondement(abondement) => situation.abondements.push(abondement),
            Nature::Engagement(engagement) => situation.engagements.push(engagement),
            Nature::Depense(depense) => situation.depenses.push(depense),
            Nature::Conversion(conversion) => situation.conversions.push(conversion),
            Nature::Retraite { on, end: None } => {
                situation.retraite_since = Some(situation.retraite_since.map_or(on, |other| other.min(on)));
            }
            Nature::Deces { on, end: None } => {
                situation.deces = Some(situation.deces.map_or(on, |other| other.min(on)));
            }
            Nature::Retraite { .. } | Nature::Deces { .. } => {}
        }
    }
}

/// The events of a life, under their own reference or one that begins like that.
pub(crate) fn of_a_life(situation: &Situation, prefix: &str) -> Vec<Evenement> {
    let depenses = situation.depenses.iter().cloned().map(Nature::Depense);
    let all = (situation.abondements.iter().cloned().map(Nature::Abondement))
        .chain(situation.engagements.iter().cloned().map(Nature::Engagement))
        .chain(depenses)
        .chain(situation.conversions.iter().copied().map(Nature::Conversion))
        .chain(situation.retraite_since.map(|on| Nature::Retraite { on, end: None }))
        .chain(situation.deces.map(|on| Nature::Deces { on, end: None }));
    let reference = |nature: &Nature, index: i32| match nature {
        Nature::Depense(depense) => depense.reference.clone(),
        _ => format!("{prefix}-{index}"),
    };
    all.zip(1..).map(|(nature, index)| Evenement { reference: reference(&nature, index), nature }).collect()
}

impl WriteTx {
    /// Takes in events that happened to those people, recognised or not in the same order; what became of each,
    /// nothing for those of nobody.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn tell(
        &mut self,
        recognized_ones: &[Recognized],
        evenements: &[Evenement],
        now: i64,
    ) -> StoreResult<Vec<Option<EvenementOutcome>>> {
        let ids: Vec<Option<&str>> = recognized_ones
            .iter()
            .map(|recognized| match recognized {
                Recognized::Person { id, .. } => Some(id.as_str()),
                Recognized::NoNom | Recognized::OtherAccount => None,
            })
            .collect();
        record(&mut self.0, &ids, evenements, now).await
    }
}

/// Takes in events of people by their identifiers; what became of each.
pub(crate) async fn record(
    connexion: &mut AnyConnection,
    people: &[Option<&str>],
    evenements: &[Evenement],
    now: i64,
) -> StoreResult<Vec<Option<EvenementOutcome>>> {
    let mut known_ones = known_ones(connexion, evenements).await?;
    let (mut outcomes, mut new_ones, mut touched) = (Vec::with_capacity(evenements.len()), Vec::new(), BTreeSet::new());
    for (person, evenement) in people.iter().zip(evenements) {
        let Some(person) = person else {
            outcomes.push(None);
            continue;
        };
        let columns = Columns::of(&evenement.nature, person);
        let known = known_ones.get(&evenement.reference);
        let outcome = match known {
            None => EvenementOutcome::New,
            Some(known) if *known == columns => EvenementOutcome::AlreadyThere,
            Some(known) if known.end.is_none() && *known == (Columns { end: None, ..columns.clone() }) => {
                EvenementOutcome::Finished
            }
            Some(_) => EvenementOutcome::Other,
        };
        match outcome {
            EvenementOutcome::New => new_ones.push((evenement.reference.as_str(), columns.clone())),
            EvenementOutcome::Finished => {
                sqlx::query("UPDATE evenements SET fin = $1 WHERE reference = $2")
                    .bind(&columns.end)
                    .bind(&evenement.reference)
                    .execute(&mut *connexion)
                    .await?;
            }
            EvenementOutcome::AlreadyThere | EvenementOutcome::Other => {}
        }
        if matches!(outcome, EvenementOutcome::New | EvenementOutcome::Finished) {
            touched.insert(*person);
            // The same reference further down is compared with this one.
            known_ones.insert(evenement.reference.clone(), columns);
        }
        outcomes.push(Some(outcome));
    }
    insert(connexion, &new_ones, now).await?;
    for person in touched {
        change_version(connexion, person).await?;
    }
    Ok(outcomes)
}

async fn known_ones(connexion: &mut AnyConnection, evenements: &[Evenement]) -> StoreResult<HashMap<String, Columns>> {
    let mut known_ones = HashMap::new();
    for batch in evenements.chunks(PEOPLE_PER_QUERY) {
        let sql = format!("SELECT {COLUMNS} FROM evenements WHERE reference IN {}", list(0, batch.len()));
        let mut request = sqlx::query(AssertSqlSafe(sql));
        for evenement in batch {
            request = request.bind(&evenement.reference);
        }
        for row in request.fetch_all(&mut *connexion).await? {
            let Evenement { reference, nature } = from_row(&row)?;
            known_ones.insert(reference, Columns::of(&nature, &text(&row, 0)?));
        }
    }
    Ok(known_ones)
}

async fn insert(connexion: &mut AnyConnection, new_ones: &[(&str, Columns)], now: i64) -> StoreResult<()> {
    const COUNT: usize = 12;
    for batch in new_ones.chunks(rows_per_query(COUNT)) {
        let sql = format!("INSERT INTO evenements ({COLUMNS}, recu_le) VALUES {}", rows(batch.len(), COUNT));
        let mut request = sqlx::query(AssertSqlSafe(sql));
        for (reference, columns) in batch {
            request = request
                .bind(&columns.person)
                .bind(columns.nature)
                .bind(&columns.on)
                .bind(&columns.end)
                .bind(columns.centimes)
                .bind(columns.hours)
                .bind(columns.year)
                .bind(&columns.label)
                .bind(&columns.action)
                .bind(*reference)
                .bind(columns.complement)
                .bind(now);
        }
        request.execute(&mut *connexion).await?;
    }
    Ok(())
}
