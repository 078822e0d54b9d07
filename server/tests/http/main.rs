//! The whole router on a real store, SQLite then PostgreSQL: one file per resource.

mod attestations;
mod commande;
mod contestations;
mod donnees;
mod gardes;
mod historique;
mod inscriptions;
mod interface;
mod page;
mod profils;
mod qualifications;
mod releves;
mod schema;
mod sessions;
mod support;
