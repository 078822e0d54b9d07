//! The whole router on a real store, SQLite then PostgreSQL: one file per resource.

mod alimentations;
mod attestations;
mod commande;
mod communs_import;
mod donnees;
mod gardes;
mod imports;
mod inscriptions;
mod interface;
mod page;
mod profils;
mod releves;
mod reprises;
mod sessions;
mod support;
