//! Which attestations count, of all those a holder declared. How many hours they come to is [`super::solde`]'s to say.

use super::attestation::Rapport;

/// When the hours of an attestation count: whoever runs the service chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DifCounts {
    /// As soon as they are declared, and they are to be checked.
    #[default]
    AtOnce,
    /// Once somebody has seen the proof.
    OnceSeen,
}

impl DifCounts {
    /// Its word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "declaration",
            Self::OnceSeen => "verification",
        }
    }

    /// The one of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::AtOnce, Self::OnceSeen].into_iter().find(|counts| counts.code() == code)
    }
}

/// The place of the first attestation that counts, given how each relates to those before it, in the order they were
/// declared: that one and all those after it count, those before it were replaced.
///
/// Source: that of [`Rapport`].
///
/// ```
/// use domaine::dif::{Rapport, first_counting};
/// assert_eq!(first_counting([Rapport::Replaces, Rapport::Adds]), 0);
/// assert_eq!(first_counting([Rapport::Replaces, Rapport::Adds, Rapport::Replaces]), 2);
/// ```
pub fn first_counting(reports: impl IntoIterator<Item = Rapport>) -> usize {
    let replacing = reports.into_iter().enumerate().filter(|(_, rapport)| *rapport == Rapport::Replaces);
    replacing.last().map_or(0, |(rank, _)| rank)
}

#[cfg(test)]
mod tests {
    use super::Rapport::{Adds, Replaces};
    use super::*;
    use crate::dif::solde;
    use crate::mesures::Hours;

    #[test]
    fn the_last_one_that_replaces_is_the_first_that_counts() {
        assert_eq!(first_counting([]), 0);
        assert_eq!(first_counting([Replaces]), 0);
        assert_eq!(first_counting([Replaces, Replaces]), 1);
        assert_eq!(first_counting([Replaces, Adds, Replaces, Adds, Adds]), 2);
        // Without any that replaces, all of them do.
        assert_eq!(first_counting([Adds, Adds]), 0);
    }

    #[test]
    fn those_that_count_make_the_balance() {
        let hours = |rank: usize| Hours::new(1 << rank);
        for choice in 0..64_u32 {
            let rapport = |rank: &usize| if choice >> rank & 1 == 1 { Replaces } else { Adds };
            let reports: Vec<Rapport> = (0..6).collect::<Vec<_>>().iter().map(rapport).collect();
            let first = first_counting(reports.iter().copied());
            let counted: Hours = (first..6).map(hours).sum();
            assert_eq!(counted, solde(reports.iter().enumerate().map(|(rank, rapport)| (*rapport, hours(rank)))));
        }
    }
}
