//! The whole router on a real store, SQLite then PostgreSQL: one file per resource.

mod alimentations;
mod attestations;
mod commande;
mod communs_import;
mod contestations;
mod dix_mille;
mod donnees;
mod evenements;
mod gardes;
mod historique;
mod identites;
mod imports;
mod inscriptions;
mod interface;
mod ordres;
mod page;
mod profils;
mod qualifications;
mod releves;
mod reponses;
mod reprises;
mod schema;
mod sessions;
mod statuts_declares;
mod support;
