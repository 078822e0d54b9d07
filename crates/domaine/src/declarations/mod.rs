//! What employers declare: which declarations of a month count, whom they speak of, and what their months come to.
//! Knows no format of file and no storage.

mod contradiction;
mod division;
mod recognition;
mod short_code;
mod worked_month;
mod year_total;

pub use contradiction::{Claim, ClaimSetAside, Return, returns, sets_aside};
pub use division::{Decision, Division, InPlace, Order, Outcome, Portion, decide};
pub use recognition::{Agreement, EarlierNir, Named, Recorded, may_join_earlier, recognise};
pub use short_code::ShortCode;
pub use worked_month::{StatutDeclare, WorkedMonth};
pub use year_total::YearTotals;
