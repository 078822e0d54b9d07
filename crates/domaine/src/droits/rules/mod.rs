//! One rule of the law a file. A rule is handed a year or an account by the engine, and says or writes what the text
//! gives; none calls another: what two of them share is in `year`, which holds no rule.

pub(super) mod abondement;
pub(super) mod accord;
pub(super) mod agent;
pub(super) mod conversion;
pub(super) mod depense;
pub(super) mod dif;
pub(super) mod eligibility;
pub(super) mod engagement;
pub(super) mod esat;
pub(super) mod euro;
pub(super) mod independant;
pub(super) mod majoration;
pub(super) mod plafond;
pub(super) mod plurality;
pub(super) mod salarie;
pub(super) mod year;
