//! The records of `activites`: every kind of activity that rights know, to columns and back, and
//! what becomes of them when one who feeds them says something else.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domaine::bareme::AbsenceNature;
use domaine::droits::{Absence, Activite, Provenance, Rectification, Statut, StatutKind, Work};
use domaine::mesures::{Day, Days, Euros, MonthsOfYear, Unit, WorkDuration, Year};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::row::{coded, count, flag, number_or_none, parsed_or_none, small_number, text};
use crate::{StoreError, StoreResult};

/// The columns that [`from_row`] reads.
macro_rules! columns {
    () => {
        "personne, annee, corrige_le, origine, statut, cotisation_payee_le, sans_niveau_3, non_complet, unite, travail, \
         reference, absences, provenance, boeth"
    };
}
pub(crate) use columns;

/// How many values one statement may bind. SQLite looks a « $1 » up by its name, along all those of
/// the statement: a long one costs the square of its length.
const MAX_VALUES: usize = 700;
/// The longest list of people in one statement.
pub(crate) const PEOPLE_PER_QUERY: usize = 250;

/// Who feeds a record.
pub(crate) const REVERSAL: &str = "reprise";
pub(crate) const DSN: &str = "dsn";

/// A record, with who said it and since when.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ActiviteRow {
    /// Empty for what was first known.
    pub corrected_on: String,
    pub origin: String,
    pub activite: Activite,
}

/// A record of that person, as the columns of [`columns`] hold it.
pub(crate) fn from_row(row: &AnyRow) -> StoreResult<(String, ActiviteRow)> {
    let year = year(row)?;
    let statut = match coded(row, "statut", StatutKind::from_code)? {
        StatutKind::Salarie => Statut::Salarie,
        StatutKind::Esat => Statut::Esat,
        StatutKind::Independant => {
            Statut::Independant { cotisation_paid_on: parsed_or_none(row, "cotisation_payee_le")? }
        }
        StatutKind::PublicAgent => {
            Statut::PublicAgent { without_niveau_3: flag(row, "sans_niveau_3")?, incomplete: flag(row, "non_complet")? }
        }
    };
    let reference = number_or_none(row, "reference")?;
    let hundredths = |n: i64| u32::try_from(n).map_err(|_| StoreError::Corrupt("travail"));
    let work = count(row, "travail")?;
    let work = match coded(row, "unite", Unit::from_code)? {
        Unit::Hours => Work::Hours {
            worked: WorkDuration::from_hundredths(hundredths(work)?),
            reference: reference.map(hundredths).transpose()?.map(WorkDuration::from_hundredths),
        },
        Unit::Days => Work::Days {
            facts: Days::from_hundredths(hundredths(work)?),
            accord: reference.map(hundredths).transpose()?.map(Days::from_hundredths),
        },
        Unit::Paie => Work::Paie {
            received: Euros::from_centimes(work),
            hourly_smic: Euros::from_centimes(reference.ok_or(StoreError::Corrupt("reference"))?),
        },
    };
    let provenance = coded(row, "provenance", Provenance::from_code)?;
    let absences = unpack(&text(row, "absences")?)?
        .into_iter()
        .map(|(nature, unit, n)| Ok(Absence { nature, quantity: unit.quantity(hundredths(n)?) }))
        .collect::<StoreResult<_>>()?;
    let boeth = MonthsOfYear::from_bits(small_number(row, "boeth")?).ok_or(StoreError::Corrupt("boeth"))?;
    let activite = Activite { year, statut, work, absences, boeth, provenance };
    let fact = ActiviteRow { corrected_on: text(row, "corrige_le")?, origin: text(row, "origine")?, activite };
    Ok((text(row, "personne")?, fact))
}

/// The year of a row.
pub(crate) fn year(row: &AnyRow) -> StoreResult<Year> {
    Year::new(small_number(row, "annee")?).map_err(|_| StoreError::Corrupt("annee"))
}

/// Absences on one line of text.
pub(crate) fn pack(absences: impl Iterator<Item = (AbsenceNature, Unit, i64)>) -> String {
    let mut row = String::new();
    for (nature, unit, hundredths) in absences {
        let space = if row.is_empty() { "" } else { " " };
        let _ = write!(row, "{space}{}:{}:{hundredths}", nature.code(), unit.code());
    }
    row
}

pub(crate) fn unpack(row: &str) -> StoreResult<Vec<(AbsenceNature, Unit, i64)>> {
    let one = |text: &str| {
        let mut parts = text.split(':');
        let nature = AbsenceNature::from_code(parts.next()?)?;
        let unit = Unit::from_code(parts.next()?)?;
        Some((nature, unit, parts.next()?.parse().ok()?))
    };
    row.split_ascii_whitespace().map(|text| one(text).ok_or(StoreError::Corrupt("absences"))).collect()
}

/// « ($1, $2), ($3, $4) »: as many rows of as many values.
pub(crate) fn rows(rows: usize, columns: usize) -> String {
    let mut sql = String::with_capacity(rows * columns * 7);
    for index in 0..rows {
        sql.push_str(if index == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            let comma = if column == 1 { "" } else { ", " };
            let _ = write!(sql, "{comma}${}", index * columns + column);
        }
        sql.push(')');
    }
    sql
}

/// « ($3, $4, $5) »: a list that begins after those already bound.
pub(crate) fn list(after: usize, count: usize) -> String {
    let mut sql = String::from("(");
    for index in 1..=count {
        let comma = if index == 1 { "" } else { ", " };
        let _ = write!(sql, "{comma}${}", after + index);
    }
    sql.push(')');
    sql
}

/// How many rows of so many columns go in one statement.
pub(crate) const fn rows_per_query(columns: usize) -> usize {
    MAX_VALUES / columns
}

/// A record to write: whose, which in its order, and what.
pub(crate) type NewActiviteRow = (String, i64, ActiviteRow);

/// Writes records.
pub(crate) async fn insert(connexion: &mut AnyConnection, facts: &[NewActiviteRow]) -> StoreResult<()> {
    for batch in facts.chunks(rows_per_query(15)) {
        let sql = format!(
            "INSERT INTO activites (personne, annee, corrige_le, origine, rang, statut, cotisation_payee_le, sans_niveau_3,
                 non_complet, unite, travail, reference, absences, provenance, boeth) VALUES {}",
            rows(batch.len(), 15)
        );
        let mut request = sqlx::query(AssertSqlSafe(sql));
        for (person, index, fact) in batch {
            let activite = &fact.activite;
            let (cotisation, without_niveau_3, incomplete) = match activite.statut {
                Statut::Salarie | Statut::Esat => (None, false, false),
                Statut::Independant { cotisation_paid_on } => (cotisation_paid_on, false, false),
                Statut::PublicAgent { without_niveau_3, incomplete } => (None, without_niveau_3, incomplete),
            };
            let (unit, work, reference) = match activite.work {
                Work::Hours { worked, reference } => {
                    (Unit::Hours, i64::from(worked.hundredths()), reference.map(|r| i64::from(r.hundredths())))
                }
                Work::Days { facts, accord } => {
                    (Unit::Days, i64::from(facts.hundredths()), accord.map(|a| i64::from(a.hundredths())))
                }
                Work::Paie { received, hourly_smic } => (Unit::Paie, received.centimes(), Some(hourly_smic.centimes())),
            };
            let absences = activite
                .absences
                .iter()
                .map(|absence| (absence.nature, Unit::of(absence.quantity), i64::from(absence.quantity.hundredths())));
            request = request
                .bind(person)
                .bind(i64::from(activite.year.count()))
                .bind(&fact.corrected_on)
                .bind(&fact.origin)
                .bind(*index)
                .bind(activite.statut.kind().code())
                .bind(cotisation.map(|day| day.to_string()))
                .bind(i64::from(without_niveau_3))
                .bind(i64::from(incomplete))
                .bind(unit.code())
                .bind(work)
                .bind(reference)
                .bind(pack(absences))
                .bind(activite.provenance.code())
                .bind(i64::from(activite.boeth.bits()));
        }
        request.execute(&mut *connexion).await?;
    }
    Ok(())
}

/// What rights are given: the years as first known, and their corrections.
pub(crate) fn for_droits(
    facts: impl IntoIterator<Item = ActiviteRow>,
    corrections: impl IntoIterator<Item = (Year, Day)>,
) -> StoreResult<(Vec<Activite>, Vec<Rectification>)> {
    let mut activites = Vec::new();
    let mut rectifications: BTreeMap<(Year, Day), Vec<Activite>> =
        corrections.into_iter().map(|correction| (correction, Vec::new())).collect();
    for fact in facts {
        if fact.corrected_on.is_empty() {
            activites.push(fact.activite);
        } else {
            let on: Day = fact.corrected_on.parse().map_err(|_| StoreError::Corrupt("corrige_le"))?;
            rectifications.entry((fact.activite.year, on)).or_default().push(fact.activite);
        }
    }
    let rectification = |((year, on), activites)| Rectification { on, year, activites };
    Ok((activites, rectifications.into_iter().map(rectification).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    #[test]
    fn absences_read_back_as_they_were_written() {
        let absences = [(AbsenceNature::Maternite, Unit::Hours, 14_000), (AbsenceNature::Other, Unit::Days, -50)];
        let row = pack(absences.into_iter());
        assert_eq!(row, "maternite:heures:14000 autre:jours:-50");
        assert_eq!(unpack(&row).ok(), Some(absences.to_vec()));
        assert!(unpack("maternite:mois:3").is_err());
    }

    /// A record of that status, unit and provenance, as the database would give it.
    async fn stored(statut: &str, unit: &str, provenance: &str) -> StoreResult<Activite> {
        let row = row(&format!(
            "'p' AS personne, 2024 AS annee, '' AS corrige_le, 'dsn' AS origine, '{statut}' AS statut,
             '2025-02-01' AS cotisation_payee_le, 1 AS sans_niveau_3, 0 AS non_complet, '{unit}' AS unite,
             160700 AS travail, 1165 AS reference, '' AS absences, '{provenance}' AS provenance, 0 AS boeth"
        ))
        .await;
        from_row(&row).map(|(_, fact)| fact.activite)
    }

    #[tokio::test]
    async fn a_record_is_read_back_under_its_words_and_another_word_is_a_failure() {
        let paid = Some(Day::date(2025, 2, 1));
        for (word, statut) in [
            ("salarie", Statut::Salarie),
            ("esat", Statut::Esat),
            ("independant", Statut::Independant { cotisation_paid_on: paid }),
            ("agent_public", Statut::PublicAgent { without_niveau_3: true, incomplete: false }),
        ] {
            assert_eq!(stored(word, "heures", "employeurs").await.expect("a record").statut, statut);
        }
        for (word, unit) in [("heures", Unit::Hours), ("jours", Unit::Days), ("paie", Unit::Paie)] {
            let work = stored("salarie", word, "employeurs").await.expect("a record").work;
            let same = match work {
                Work::Hours { .. } => unit == Unit::Hours,
                Work::Days { .. } => unit == Unit::Days,
                Work::Paie { .. } => unit == Unit::Paie,
            };
            assert!(same, "{word}");
        }
        for word in ["", "Salarie", "fonctionnaire"] {
            assert!(is_of(&stored(word, "heures", "employeurs").await, "statut"), "{word}");
        }
        assert!(is_of(&stored("salarie", "mois", "employeurs").await, "unite"));
        assert!(is_of(&stored("salarie", "heures", "voisin").await, "provenance"));
    }

    #[test]
    fn rows_of_values_are_numbered_one_after_the_other() {
        assert_eq!(rows(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(list(1, 2), "($2, $3)");
    }
}
