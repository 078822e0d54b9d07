//! What several handlers need: it knows none of them, and no path.

pub(super) mod account;
pub(super) mod answers;
pub(super) mod connection;
pub(super) mod proof;
pub(super) mod refusals;
pub(super) mod views;
pub(super) mod waiting;
