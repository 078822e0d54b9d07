//! What an operator has done: imports, yearly credits, statements, disputes. A store, a reader and a moment in, a report
//! out. Knows neither the command line nor HTTP, and reads no clock.

pub mod alimentation;
pub mod contestations;
pub mod demo;
pub mod import;
mod moment;
mod progress;
pub mod releves;
pub mod wording;

pub use moment::Moment;
