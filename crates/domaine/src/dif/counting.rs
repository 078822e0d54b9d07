//! Which attestations count, of all those a holder declared. How many hours they come to is [`super::solde`]'s to say.

use super::attestation::Rapport;

/// The place of the first attestation that counts, given how each relates to those before it, in the order they were
/// declared: that one and all those after it count, those before it were replaced.
///
/// Source: that of [`Rapport`].
///
/// ```
/// use domaine::dif::{Rapport, first_counting};
/// assert_eq!(first_counting([Rapport::Remplace, Rapport::Ajoute]), 0);
/// assert_eq!(first_counting([Rapport::Remplace, Rapport::Ajoute, Rapport::Remplace]), 2);
/// ```
pub fn first_counting(rapports: impl IntoIterator<Item = Rapport>) -> usize {
    let replacing = rapports.into_iter().enumerate().filter(|(_, rapport)| *rapport == Rapport::Remplace);
    replacing.last().map_or(0, |(rank, _)| rank)
}

#[cfg(test)]
mod tests {
    use super::Rapport::{Ajoute, Remplace};
    use super::*;
    use crate::dif::solde;
    use crate::mesures::Heures;

    #[test]
    fn the_last_one_that_replaces_is_the_first_that_counts() {
        assert_eq!(first_counting([]), 0);
        assert_eq!(first_counting([Remplace]), 0);
        assert_eq!(first_counting([Remplace, Remplace]), 1);
        assert_eq!(first_counting([Remplace, Ajoute, Remplace, Ajoute, Ajoute]), 2);
        // Without any that replaces, all of them do.
        assert_eq!(first_counting([Ajoute, Ajoute]), 0);
    }

    #[test]
    fn those_that_count_make_the_balance() {
        let hours = |rank: usize| Heures::new(1 << rank);
        for choice in 0..64_u32 {
            let rapport = |rank: &usize| if choice >> rank & 1 == 1 { Remplace } else { Ajoute };
            let rapports: Vec<Rapport> = (0..6).collect::<Vec<_>>().iter().map(rapport).collect();
            let first = first_counting(rapports.iter().copied());
            let counted: Heures = (first..6).map(hours).sum();
            assert_eq!(counted, solde(rapports.iter().enumerate().map(|(rank, rapport)| (*rapport, hours(rank)))));
        }
    }
}
