//! What happens to an account besides years of work, to columns and back. What becomes of an event that is told again is
//! `domaine::told`'s to say.

use std::collections::{BTreeSet, HashMap};

use domaine::droits::{
    Abondement, AbondementNature, Accord, AskedConversion, Depense, Direction, Engagement, EngagementCategory, Montant,
    Purpose,
};
use domaine::mesures::{Day, Euros, Hours};
use domaine::told::{Evenement, EvenementOutcome, Nature, NatureKind};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::version::change_version;
use crate::lives::activites::{PEOPLE_PER_QUERY, list, rows, rows_per_query, year};
use crate::recognition::Recognized;
use crate::row::{coded, count, flag, number_or_none, parsed, parsed_or_none, small_number, text, text_or_nothing};
use crate::write_tx::WriteTx;
use crate::{StoreError, StoreResult};

/// An event as its columns hold it.
#[derive(Default)]
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
    accord: Option<String>,
    inside_plafond: i64,
    seasonal: i64,
}

const COLUMNS: &str = "personne, nature, le, fin, centimes, heures, annee, libelle, action, reference, complement, accord, dans_plafond, saisonnier";

impl Columns {
    fn of(nature: &Nature, person: &str) -> Self {
        let empty = Self { person: person.to_owned(), nature: nature.kind().code(), ..Self::default() };
        match nature {
            Nature::Abondement(abondement) => Self {
                on: abondement.date.to_string(),
                end: abondement.echeance.map(|day| day.to_string()),
                centimes: Some(abondement.montant.centimes()),
                label: Some(abondement.financeur.clone()),
                action: abondement.action.clone(),
                complement: i64::from(abondement.nature == AbondementNature::Complement),
                accord: abondement.accord.as_ref().map(|accord| accord.titre.clone()),
                inside_plafond: i64::from(abondement.accord.as_ref().is_some_and(|accord| accord.inside_plafond)),
                seasonal: i64::from(abondement.accord.as_ref().is_some_and(|accord| accord.seasonal)),
                ..empty
            },
            Nature::Engagement(engagement) => Self {
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
                    on: depense.date.to_string(),
                    centimes,
                    hours,
                    label: Some(depense.purpose.code().to_owned()),
                    action: depense.action.clone(),
                    ..empty
                }
            }
            Nature::Conversion(conversion) => {
                Self { on: conversion.date.to_string(), label: Some(conversion.direction.code().to_owned()), ..empty }
            }
            Nature::Retraite { on, end } => Self { on: on.to_string(), end: end.map(|day| day.to_string()), ..empty },
            Nature::Deces { on, end } => Self { on: on.to_string(), end: end.map(|day| day.to_string()), ..empty },
        }
    }
}

/// The agreement of an event of that kind: there is one, or there is none.
fn accord(row: &AnyRow, kind: NatureKind) -> StoreResult<Option<Accord>> {
    let titre = text_or_nothing(row, "accord")?;
    if titre.is_some() != (kind == NatureKind::Accord) {
        return Err(StoreError::Corrupt("accord"));
    }
    let (seasonal, inside_plafond) = (flag(row, "saisonnier")?, flag(row, "dans_plafond")?);
    Ok(titre.map(|titre| Accord { titre, seasonal, inside_plafond }))
}

/// An event, from the columns of [`COLUMNS`].
pub(crate) fn from_row(row: &AnyRow) -> StoreResult<Evenement> {
    let on: Day = parsed(row, "le")?;
    let end: Option<Day> = parsed_or_none(row, "fin")?;
    let label = || text_or_nothing(row, "libelle")?.ok_or(StoreError::Corrupt("libelle"));
    let action = text_or_nothing(row, "action")?;
    let reference = text(row, "reference")?;
    let nature = match coded(row, "nature", NatureKind::from_code)? {
        kind @ (NatureKind::Abondement | NatureKind::Accord) => Nature::Abondement(Abondement {
            nature: if flag(row, "complement")? { AbondementNature::Complement } else { AbondementNature::Dotation },
            date: on,
            montant: Euros::from_centimes(count(row, "centimes")?),
            financeur: label()?,
            action,
            echeance: end,
            accord: accord(row, kind)?,
        }),
        NatureKind::Engagement => Nature::Engagement(Engagement {
            year: year(row)?,
            category: EngagementCategory::from_code(&label()?),
            recorded_on: on,
        }),
        NatureKind::Depense => {
            let asked = match number_or_none(row, "centimes")? {
                Some(centimes) => Montant::Euros(Euros::from_centimes(centimes)),
                None => Montant::Hours(Hours::new(small_number(row, "heures")?)),
            };
            let purpose = coded(row, "libelle", Purpose::from_code)?;
            Nature::Depense(Depense { date: on, asked, purpose, action, reference: reference.clone() })
        }
        NatureKind::Conversion => {
            Nature::Conversion(AskedConversion { date: on, direction: coded(row, "libelle", Direction::from_code)? })
        }
        NatureKind::Retraite => Nature::Retraite { on, end },
        NatureKind::Deces => Nature::Deces { on, end },
    };
    Ok(Evenement { reference, nature })
}

/// Where they are read, and in which order they happened.
pub(crate) const TABLE: (&str, &str, &str) = (COLUMNS, "evenements", "personne, le, reference");

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
                Recognized::NoNom | Recognized::Disputed | Recognized::OtherAccount => None,
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
        let known = known_ones.get(&evenement.reference);
        let outcome = evenement.nature.told_of(person, known.map(|(whose, nature)| (whose.as_str(), nature)));
        let columns = Columns::of(&evenement.nature, person);
        match outcome {
            EvenementOutcome::Finished => {
                sqlx::query("UPDATE evenements SET fin = $1 WHERE reference = $2")
                    .bind(columns.end)
                    .bind(&evenement.reference)
                    .execute(&mut *connexion)
                    .await?;
            }
            EvenementOutcome::New => new_ones.push((evenement.reference.as_str(), columns)),
            EvenementOutcome::AlreadyThere | EvenementOutcome::Other => {}
        }
        if matches!(outcome, EvenementOutcome::New | EvenementOutcome::Finished) {
            touched.insert(*person);
            // The same reference further down is compared with this one.
            known_ones.insert(evenement.reference.clone(), ((*person).to_owned(), evenement.nature.clone()));
        }
        outcomes.push(Some(outcome));
    }
    insert(connexion, &new_ones, now).await?;
    for person in touched {
        change_version(connexion, person).await?;
    }
    Ok(outcomes)
}

/// The events known under those references: whose, and what.
async fn known_ones(
    connexion: &mut AnyConnection,
    evenements: &[Evenement],
) -> StoreResult<HashMap<String, (String, Nature)>> {
    let mut known_ones = HashMap::new();
    for batch in evenements.chunks(PEOPLE_PER_QUERY) {
        let sql = format!("SELECT {COLUMNS} FROM evenements WHERE reference IN {}", list(0, batch.len()));
        let mut request = sqlx::query(AssertSqlSafe(sql));
        for evenement in batch {
            request = request.bind(&evenement.reference);
        }
        for row in request.fetch_all(&mut *connexion).await? {
            let Evenement { reference, nature } = from_row(&row)?;
            known_ones.insert(reference, (text(&row, "personne")?, nature));
        }
    }
    Ok(known_ones)
}

async fn insert(connexion: &mut AnyConnection, new_ones: &[(&str, Columns)], now: i64) -> StoreResult<()> {
    const COUNT: usize = 15;
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
                .bind(&columns.accord)
                .bind(columns.inside_plafond)
                .bind(columns.seasonal)
                .bind(now);
        }
        request.execute(&mut *connexion).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    /// An event of that kind, under that word, as the database would give it.
    async fn stored(nature: &str, label: &str, complement: u8) -> StoreResult<Evenement> {
        let accord = if nature == "accord" { "'Accord du 12 mars 2024'" } else { "NULL" };
        from_row(
            &row(&format!(
                "'p' AS personne, '{nature}' AS nature, '2026-01-05' AS le, NULL AS fin, 10000 AS centimes,
                 NULL AS heures, 2025 AS annee, '{label}' AS libelle, NULL AS action, 'R-1' AS reference,
                 {complement} AS complement, {accord} AS accord, 0 AS dans_plafond, 1 AS saisonnier"
            ))
            .await,
        )
    }

    #[tokio::test]
    async fn an_event_is_read_back_under_its_words_and_another_word_is_a_failure() {
        for (kind, label) in [
            (NatureKind::Abondement, "Région"),
            (NatureKind::Accord, "Employeur"),
            (NatureKind::Engagement, "benevolat"),
            (NatureKind::Depense, "formation"),
            (NatureKind::Conversion, "heures_en_euros"),
            (NatureKind::Retraite, ""),
            (NatureKind::Deces, ""),
        ] {
            let read = stored(kind.code(), label, 0).await.expect("an event");
            assert_eq!(read.nature.kind(), kind);
            assert_eq!(Columns::of(&read.nature, "p").nature, kind.code());
        }
        for word in ["", "Deces", "naissance"] {
            assert!(is_of(&stored(word, "", 0).await, "nature"), "{word}");
        }
        assert!(is_of(&stored("depense", "voyage", 0).await, "libelle"));
        assert!(is_of(&stored("conversion", "formation", 0).await, "libelle"));
    }

    #[tokio::test]
    async fn the_title_of_an_addition_is_one_of_two() {
        let title = async |complement| match stored("abondement", "Région", complement).await?.nature {
            Nature::Abondement(abondement) => Ok(abondement.nature),
            other => panic!("{other:?}"),
        };
        assert_eq!(title(0).await.ok(), Some(AbondementNature::Dotation));
        assert_eq!(title(1).await.ok(), Some(AbondementNature::Complement));
        assert!(is_of(&title(2).await, "complement"));
    }
}
