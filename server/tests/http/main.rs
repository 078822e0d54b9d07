//! The whole router on a real store, SQLite then PostgreSQL: one file per resource.

mod answers;
mod attempts;
mod attestations;
mod changes;
mod contestations;
mod export;
mod freezing;
mod handicaps;
mod historique;
mod inscriptions;
mod letters;
mod levels;
mod meanwhile;
mod middleware;
mod openapi;
mod page;
mod profils;
mod qualifications;
mod recoveries;
mod releves;
mod retention;
mod schema;
mod sessions;
mod storage;
mod thawing;
mod trail;
