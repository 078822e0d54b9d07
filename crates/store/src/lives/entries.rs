//! Rows of the ledger, as an account goes by them. Adds none.

use domaine::ledger::{Entry, WrittenEntry};
use domaine::mesures::{Day, Euros, HoursVariation, Year};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::any::AnyRow;

use crate::row::{count, number_or_none, parsed, small_number, text};
use crate::{StoreError, StoreResult};

/// The columns, the table and the order of what the account goes by.
pub(super) const TABLE: (&str, &str, &str) = (
    "personne, annee, rang, date, centimes, heures, retenu, retenu_heures, corrige, motif, ecrite_le",
    "ecritures",
    "personne, annee, rang",
);

/// An entry as it is kept.
pub(super) fn from_row(row: &AnyRow) -> StoreResult<WrittenEntry> {
    let year: u16 = small_number(row, "annee")?;
    Ok(WrittenEntry {
        year: Year::new(year).map_err(|_| StoreError::Corrupt("annee"))?,
        entry: entry(row)?,
        withheld: Euros::from_centimes(count(row, "retenu")?),
        withheld_hours: HoursVariation::new(small_number(row, "retenu_heures")?),
        // A reason of another edition, that this one cannot read, decides nothing: the entry stays as it is.
        motif: serde_json::from_str(&text(row, "motif")?).ok(),
        written_on: legal_day(count(row, "ecrite_le")?)?,
    })
}

/// What an entry gives or takes back.
pub(crate) fn entry(row: &AnyRow) -> StoreResult<Entry> {
    Ok(Entry {
        rank: count(row, "rang")?,
        date: parsed(row, "date")?,
        montant: Euros::from_centimes(count(row, "centimes")?),
        hours: HoursVariation::new(small_number(row, "heures")?),
        takes_back: number_or_none(row, "corrige")?,
    })
}

/// The day of an instant in French legal time.
pub(crate) fn legal_day(ms: i64) -> StoreResult<Day> {
    let corrupt = || StoreError::Corrupt("ecrite_le");
    let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let date = Timestamp::from_millisecond(ms).map_err(|_| corrupt())?.to_zoned(paris).date();
    date.to_string().parse().map_err(|_| corrupt())
}
