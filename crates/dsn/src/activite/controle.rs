//! A first reading, of the totals alone: which envelopes of a file hold what they announce. For a caller who can
//! read twice, and would rather keep nothing of the others. Bounded, whatever the file holds.

use std::collections::BTreeSet;
use std::io::{self, Read};

use super::{Evenement, Lecture, Totaux};

/// How many doubtful envelopes are told apart; beyond, all those that follow are doubtful.
const DOUTEUX_MAXIMUM: usize = 10_000;

/// What a first reading found.
///
/// ```
/// use dsn::Controle;
/// let octets = dsn::exemple();
/// assert!(!Controle::faire(octets.as_slice())?.est_douteux(0));
/// // A line lost on its way.
/// let ampute = String::from_utf8_lossy(&octets).replace("S21.G00.53.002,'7.00'\n", "");
/// assert!(Controle::faire(ampute.as_bytes())?.est_douteux(0));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Controle {
    douteux: BTreeSet<u64>,
    /// The rank from which all are doubtful.
    depuis: Option<u64>,
}

impl Controle {
    /// Reads a file to its end.
    ///
    /// # Errors
    /// Those of the source.
    pub fn faire(source: impl Read) -> io::Result<Self> {
        let mut controle = Self::default();
        let mut lecture = Lecture::new("", source);
        let mut rang = 0;
        while let Some(evenement) = lecture.suivant()? {
            let Evenement::FinEnvoi(totaux) = evenement else { continue };
            if totaux != Totaux::Justes {
                controle.douter(rang);
            }
            rang += 1;
        }
        Ok(controle)
    }

    /// Whether the envelope of that rank, from 0, does not hold what it announces, or announces nothing.
    pub fn est_douteux(&self, rang: u64) -> bool {
        self.depuis.is_some_and(|depuis| rang >= depuis) || self.douteux.contains(&rang)
    }

    fn douter(&mut self, rang: u64) {
        if self.douteux.len() < DOUTEUX_MAXIMUM {
            self.douteux.insert(rang);
        } else {
            self.depuis.get_or_insert(rang);
        }
    }
}
