//! What travels between the page and the server: paths, screens and bodies. No behaviour, no sentence but the titles of
//! the documents.
//!
//! No number travels: amounts, hours and years are text (`"1810.00"`), exact for every reader.

pub mod accounts;
pub mod contestations;
pub mod dif;
pub mod droits;
pub mod handicap;
pub mod identities;
pub mod journal;
pub mod passkeys;
pub mod probleme;
pub mod requests;
pub mod routes;
pub mod screens;
pub mod second_step;
