//! What an operator has done: imports, yearly credits, statements, disputes. A store, a reader and a moment in, a report
//! out. Knows neither the command line nor HTTP, nor a terminal (see
//! [`Console`]), and reads no clock.

pub mod accounts;
pub mod alimentation;
mod answer;
pub mod backup;
mod console;
pub mod contestations;
pub mod demo;
pub mod import;
pub mod journal;
pub mod justificatifs;
pub mod keys;
mod moment;
pub mod outside;
mod reason;
pub mod releves;
pub mod wording;

pub use answer::TextRefusal;
pub use console::{Console, Nobody};
pub use moment::Moment;
pub use reason::ReasonRefusal;
