//! Days, euros and hours: whole numbers with a unit. Nothing here knows a rule of training.
//!
//! On the wire they all travel as text (`"1810.00"`, `"54"`, `"2021-06-30"`): no reader can
//! round them by taking them for floating-point numbers.

mod euros;
mod heures;
mod jour;
mod mois;
#[cfg(feature = "openapi")]
mod openapi;
mod quantite;
mod unit;
mod variation;

pub use euros::{Euros, EurosInvalides};
pub use heures::{DureeInvalide, DureeTravaillee, Heures, HeuresInvalides};
pub use jour::{Annee, Jour, JourInvalide};
pub use mois::MoisDeLAnnee;
pub use quantite::{Jours, Quantite};
pub use unit::Unit;
pub use variation::VariationHeures;
