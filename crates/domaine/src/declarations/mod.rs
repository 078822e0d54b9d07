//! What employers declare: which declarations of a month count, whom they speak of, and what their months come to.
//! Knows no format of file and no storage.

mod cote;
mod division;
mod recognition;
mod worked_month;
mod year_total;

pub use cote::Cote;
pub use division::{Decision, Division, EnPlace, Portion, Sort, decider};
pub use recognition::{Agreement, EarlierNir, Named, Recorded, may_join_earlier, recognise};
pub use worked_month::{StatutDeclare, WorkedMonth};
pub use year_total::YearTotals;
