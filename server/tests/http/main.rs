//! The whole router on a real store, SQLite then PostgreSQL: one file per resource.

mod alimentations;
mod attestations;
mod commande;
mod communs_import;
mod contestations;
mod donnees;
mod gardes;
mod historique;
mod imports;
mod inscriptions;
mod interface;
mod page;
mod profils;
mod qualifications;
mod releves;
mod reponses;
mod reprises;
mod schema;
mod sessions;
mod support;
