//! The figures of the law, each with the day it takes effect and its source. No formula here.
//!
//! One file per family: [`Bareme`] gathers them.

mod absences;
mod agents;
mod conversion;
mod dif;
mod engagement;
mod salaries;
mod series;
mod values;

pub use absences::{AbsenceNature, AbsenceNatures, CountedAbsence};
pub use conversion::ConversionLimit;
pub use salaries::Pace;
pub use series::{Series, Source, Value};
pub use values::{Bareme, CreditDay};
