//! What an operator does, on a real store, SQLite then PostgreSQL, and what people see of it.

mod accounts;
mod alimentations;
mod answers;
mod attestations;
mod backups;
mod civil;
mod command;
mod declared_statuses;
mod dialects;
mod evenements;
mod hosting;
mod identities;
mod imports;
mod journal;
mod justificatifs;
mod letters;
mod oddities;
mod orders;
mod program;
mod releves;
mod resumes;
mod rule_corrections;
mod ten_thousand;
mod version_0_1;
mod warnings;
mod ways_in;
