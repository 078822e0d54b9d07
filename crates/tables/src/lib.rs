//! The CSV formats: bytes in, what each line says or a sentence out. Knows neither rights nor storage.
//!
//! A file is read twice: [`check`] finds out how it is written and refuses it whole when it cannot be told apart; then
//! [`TableReader`] says what each line means, and a line whose values are wrong is told alone.

mod activites;
mod csv;
pub mod days;
mod encoding;
mod evenements;
mod table;
mod values;

pub use activites::Activites;
pub use encoding::Encoding;
pub use evenements::Evenements;
pub use table::{NIR_AND_NAISSANCE, ReadFault, ReadRow, Row, Table, TableReader, check};
