//! What a holder takes away as one file: written as it is read, signed, and checked by anybody without the service that gave it. No
//! database, no network, no clock.

mod checking;
mod manifest;
mod notice;
mod packing;
mod statement;

pub use checking::{Checked, Fault, Refusal, check, public_keys};
pub use notice::notice;
pub use packing::{Failure, Packing};
pub use statement::statement;
