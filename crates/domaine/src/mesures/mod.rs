//! Days, euros and hours: whole numbers with a unit. Nothing here knows a rule of training.
//!
//! On the wire they all travel as text (`"1810.00"`, `"54"`, `"2021-06-30"`): no reader can
//! round them by taking them for floating-point numbers.

mod day;
mod euros;
mod hours;
mod month;
#[cfg(feature = "openapi")]
mod openapi;
mod quantity;
mod unit;
mod variation;

pub use day::{Day, DayInvalide, Year};
pub use euros::{Euros, EurosInvalides};
pub use hours::{DurationInvalide, Hours, HoursInvalides, WorkDuration};
pub use month::MonthsOfYear;
#[cfg(feature = "openapi")]
pub(crate) use openapi::measured;
pub use quantity::{Days, Quantity};
pub use unit::Unit;
pub use variation::HoursVariation;
