//! What an operator does, on a real store, SQLite then PostgreSQL, and what people see of it.

mod alimentations;
mod answers;
mod commande;
mod declared_statuses;
mod evenements;
mod identites;
mod imports;
mod orders;
mod program;
mod releves;
mod resumes;
mod ten_thousand;
