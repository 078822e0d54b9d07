//! A first reading, of the totals alone: which envelopes of a file hold what they announce. For a caller who can
//! read twice, and would rather keep nothing of the others. Bounded, whatever the file holds.

use std::collections::BTreeSet;
use std::io::{self, Read};

use super::{Event, Reader, Totals};

/// How many doubtful envelopes are told apart; beyond, all those that follow are doubtful.
const MAX_DOUBTFUL: usize = 10_000;

/// What a first reading found.
///
/// ```
/// use dsn::Precheck;
/// let bytes = dsn::example();
/// assert!(!Precheck::make(bytes.as_slice())?.is_doubtful(0));
/// // A line lost on its way.
/// let cut_short = String::from_utf8_lossy(&bytes).replace("S21.G00.53.002,'7.00'\n", "");
/// assert!(Precheck::make(cut_short.as_bytes())?.is_doubtful(0));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precheck {
    doubtful: BTreeSet<u64>,
    /// The rank from which all are doubtful.
    since: Option<u64>,
}

impl Precheck {
    /// Reads a file to its end.
    ///
    /// # Errors
    /// Those of the source.
    pub fn make(source: impl Read) -> io::Result<Self> {
        let mut precheck = Self::default();
        let mut reader = Reader::new("", source);
        let mut index = 0;
        while let Some(event) = reader.read_next()? {
            let Event::EnvelopeEnd(totals) = event else { continue };
            if totals != Totals::Right {
                precheck.doubt(index);
            }
            index += 1;
        }
        Ok(precheck)
    }

    /// Whether the envelope of that rank, from 0, does not hold what it announces, or announces nothing.
    pub fn is_doubtful(&self, index: u64) -> bool {
        self.since.is_some_and(|since| index >= since) || self.doubtful.contains(&index)
    }

    fn doubt(&mut self, index: u64) {
        if self.doubtful.len() < MAX_DOUBTFUL {
            self.doubtful.insert(index);
        } else {
            self.since.get_or_insert(index);
        }
    }
}
