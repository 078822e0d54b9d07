//! When a command runs. Reads no clock: whoever starts the command does.

use domaine::mesures::Day;

/// The day and the instant of a command, the same from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Today, in French legal time.
    pub today: Day,
    /// Now, in milliseconds since 1970, UTC.
    pub now: i64,
}
