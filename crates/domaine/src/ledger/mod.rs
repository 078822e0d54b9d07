//! The ledger of yearly credits, to which one only adds: which years may enter it, what it lacks for the statement and
//! it to say the same, and what becomes of a year when one of those who feed it says something else.
//! Knows no storage; computes no right.

mod missing;
mod opening;
mod written;
mod year_change;

pub use missing::{Entry, MissingEntry, Stated, is_concerned, missing_entries};
pub use opening::{NotCreditable, creditable};
pub use written::{WrittenEntry, credited_years, put_right};
pub use year_change::{Handling, YearChange, YearRecord, change_year};
