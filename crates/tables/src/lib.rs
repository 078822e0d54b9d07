//! The CSV formats: bytes in, what each line says or a sentence out. Knows neither rights nor storage.

mod activites;
mod csv;
pub mod days;
mod evenements;
mod table;

pub use activites::Activites;
pub use evenements::Evenements;
pub use table::{NIR_AND_NAISSANCE, ReadRow, Row, Table, TableReader};
