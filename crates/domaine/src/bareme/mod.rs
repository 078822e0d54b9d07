//! The figures of the law, each with the day it takes effect and its source. No formula here.

mod serie;
mod valeurs;

pub use serie::{Serie, Source, Valeur};
pub use valeurs::{Bareme, JourDeCredit};
