//! Which declarations of one month count together, and which take the place of others. Decided here alone, for
//! what is kept in memory and in a database alike. Knows no storage.

use super::Cote;

/// One way of dividing the month of an establishment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Division {
    /// The *champ* when it is of one *régime* only; nothing for a total declaration.
    pub champ: Option<Cote>,
    /// In how many parts.
    pub fractions: u8,
}

/// One declaration of a month, as far as its place goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Portion {
    /// The division it is a part of.
    pub division: Division,
    /// Which part, from 1.
    pub fraction: u8,
    /// The greater is the later.
    pub ordre: u64,
}

/// A declaration that counts now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnPlace {
    /// Where it stands.
    pub portion: Portion,
    /// Whether it says the same as the one that comes.
    pub dit_pareil: bool,
}

/// What became of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The first of its place.
    Nouveau,
    /// It took the place of earlier ones.
    Remplace,
    /// The same was there already.
    DejaLa,
    /// A later one was heard already.
    Depasse,
}

/// What is to be done with a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What becomes of it: it counts when it is new or replaces.
    pub sort: Sort,
    /// Those that count no more, by their place in the list given.
    pub retirees: Vec<usize>,
    /// Whether one of them was of another division: the month is divided anew.
    pub redivise: bool,
}

impl Division {
    /// Whether declarations of one and of the other would count the same hours twice.
    ///
    /// Assumption « une seule division »: the norm says that a declaration is total (S20.G00.05.008, 01) or of one
    /// *régime* (02 *agricole*, 03 *général*), and of which part of how many (S20.G00.05.003); it does not say what
    /// becomes of a month declared in one way, then in another. We read that the later word is on the whole month:
    /// a total one replaces the parts, parts replace a total one, and so for the number of fractions. Only two
    /// *régimes*, and the fractions of one division, live side by side.
    ///
    /// ```
    /// use domaine::declarations::{Cote, Division};
    /// let entier = Division { champ: None, fractions: 1 };
    /// let agricole = Division { champ: Cote::lire(b"02"), ..entier };
    /// let general = Division { champ: Cote::lire(b"03"), ..entier };
    /// assert!(entier.exclut(agricole) && agricole.exclut(entier));
    /// assert!(!agricole.exclut(general) && !entier.exclut(entier));
    /// assert!(entier.exclut(Division { fractions: 2, ..entier }));
    /// ```
    pub fn exclut(self, autre: Self) -> bool {
        self != autre && (self.champ == autre.champ || self.champ.is_none() || autre.champ.is_none())
    }
}

impl Portion {
    /// Whether both are of the very same part.
    fn est_a_la_place_de(self, autre: Self) -> bool {
        self.division == autre.division && self.fraction == autre.fraction
    }
}

/// What is to become of a declaration, given those of its establishment and month that count now, and the greatest
/// order ever heard of each division, whatever became of it.
///
/// As if all had come in the order of their numbers: a declaration counts when no later one was heard of its very
/// part, nor of a division that excludes its own. So the order in which they come changes nothing, provided that
/// their numbers differ; between equal numbers the last to come is believed.
pub fn decider(nouvelle: Portion, en_place: &[EnPlace], entendues: &[(Division, u64)]) -> Decision {
    let exclut = |autre: Division| nouvelle.division.exclut(autre);
    let sa_place = en_place.iter().find(|autre| nouvelle.est_a_la_place_de(autre.portion));
    let depassee = sa_place.is_some_and(|autre| autre.portion.ordre > nouvelle.ordre)
        || entendues.iter().any(|(autre, ordre)| exclut(*autre) && *ordre > nouvelle.ordre);
    let deja_la = sa_place.is_some_and(|autre| autre.portion.ordre == nouvelle.ordre && autre.dit_pareil);
    let compte = !depassee && !deja_la;
    let perimee = |portion: &Portion| {
        let avant = portion.ordre < nouvelle.ordre || (compte && portion.ordre == nouvelle.ordre);
        // Even behind a later one, it says that what came before it in another division was no longer true.
        if exclut(portion.division) { avant } else { compte && nouvelle.est_a_la_place_de(*portion) }
    };
    let retirees: Vec<usize> =
        en_place.iter().enumerate().filter(|(_, autre)| perimee(&autre.portion)).map(|(rang, _)| rang).collect();
    let redivise = retirees.iter().any(|rang| exclut(en_place[*rang].portion.division));
    let sort = match (depassee, deja_la) {
        (true, _) => Sort::Depasse,
        (false, true) => Sort::DejaLa,
        (false, false) if retirees.is_empty() => Sort::Nouveau,
        (false, false) => Sort::Remplace,
    };
    Decision { sort, retirees, redivise }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portion(champ: &str, part: (u8, u8), ordre: u64) -> Portion {
        let division = Division { champ: Cote::lire(champ.as_bytes()), fractions: part.1 };
        Portion { division, fraction: part.0, ordre }
    }

    fn alone(nouvelle: Portion, other: Portion, dit_pareil: bool) -> (Sort, usize) {
        let heard = [(other.division, other.ordre)];
        let Decision { sort, retirees, .. } = decider(nouvelle, &[EnPlace { portion: other, dit_pareil }], &heard);
        (sort, retirees.len())
    }

    #[test]
    fn of_one_part_the_later_order_counts_and_the_same_word_is_there_already() {
        let standing = portion("", (1, 1), 5);
        let at = |ordre, dit_pareil| alone(portion("", (1, 1), ordre), standing, dit_pareil);
        assert_eq!(at(4, false), (Sort::Depasse, 0));
        assert_eq!(at(5, false), (Sort::Remplace, 1));
        assert_eq!(at(6, false), (Sort::Remplace, 1));
        // The same word again, under the same number only: under a later one it is the later that stays.
        assert_eq!(at(4, true), (Sort::Depasse, 0));
        assert_eq!(at(5, true), (Sort::DejaLa, 0));
        assert_eq!(at(6, true), (Sort::Remplace, 1));
    }

    #[test]
    fn a_whole_month_and_its_parts_exclude_each_other_by_order() {
        let half = portion("", (1, 2), 5);
        let whole = |ordre| alone(portion("", (1, 1), ordre), half, false);
        assert_eq!([whole(4), whole(5), whole(6)], [(Sort::Depasse, 0), (Sort::Remplace, 1), (Sort::Remplace, 1)]);
        let other_half = |ordre| alone(portion("", (2, 2), ordre), half, false);
        assert_eq!([other_half(4), other_half(5), other_half(6)], [(Sort::Nouveau, 0); 3]);
    }

    #[test]
    fn two_regimes_live_side_by_side_and_a_total_one_replaces_both() {
        let (agricole, general) = (portion("02", (1, 1), 5), portion("03", (1, 1), 6));
        assert_eq!(alone(general, agricole, false), (Sort::Nouveau, 0));
        let standing = [agricole, general].map(|portion| EnPlace { portion, dit_pareil: false });
        let heard = [(agricole.division, 5), (general.division, 6)];
        let total = |ordre| decider(portion("", (1, 1), ordre), &standing, &heard);
        assert_eq!(total(7), Decision { sort: Sort::Remplace, retirees: vec![0, 1], redivise: true });
        // Behind the later of the two it does not count, and says yet that the earlier was no longer true.
        let late = Portion { division: Division { champ: None, fractions: 1 }, fraction: 1, ordre: 6 };
        let standing_late = [EnPlace { portion: agricole, dit_pareil: false }];
        let heard_late = [(agricole.division, 5), (general.division, 7)];
        let decision = decider(late, &standing_late, &heard_late);
        assert_eq!(decision, Decision { sort: Sort::Depasse, retirees: vec![0], redivise: true });
    }

    #[test]
    fn an_order_that_was_heard_counts_even_when_nothing_of_it_stands() {
        let whole = Division { champ: None, fractions: 1 };
        let heard = |ordre| decider(portion("", (1, 2), 5), &[], &[(whole, ordre)]).sort;
        assert_eq!([heard(4), heard(5), heard(6)], [Sort::Nouveau, Sort::Nouveau, Sort::Depasse]);
    }
}
