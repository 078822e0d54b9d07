//! The account: its only balance, what is written in it and what it remembers. A room below the rules, which write in
//! the account that they are handed; it decides nothing of what a fact is worth.

mod balance;
mod credit;
mod entry;

pub(in crate::droits) use balance::{Account, Mouvement, RecordedAccord, RecordedDif, RecordedYear, Remaining};
pub(in crate::droits) use credit::{Credit, Droit};
pub(in crate::droits) use entry::{Draft, Entry, Ledger, Lignes, Nothing};
