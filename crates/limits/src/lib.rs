//! What one client may take of what serves everybody: connections, time, attempts. Answers no request, shows no screen, and
//! knows no route: `server` asks, and says in HTTP what is said here.

mod attempts;
mod client;
mod pace;
mod places;
mod ranks;

pub use attempts::{Attempts, Counter, Stopped};
pub use client::{address, origin};
pub use pace::{Pace, PacedBody, is_too_slow};
pub use places::{Place, Places};
pub use ranks::{Rank, Ranks};
