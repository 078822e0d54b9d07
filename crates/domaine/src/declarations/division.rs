//! Which declarations of one month count together, and which take the place of others. Decided here alone, for
//! what is kept in memory and in a database alike. Knows no storage.

use super::ShortCode;

/// One way of dividing the month of an establishment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Division {
    /// The *champ* when it is of one *régime* only; nothing for a total declaration.
    pub champ: Option<ShortCode>,
    /// In how many parts.
    pub fractions: u8,
}

/// When a declaration was made, as its sender numbers it: the greater is the later. Of two that bear one number, that
/// which replaces or cancels comes after that which only declares, whichever is heard first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order {
    /// S20.G00.05.004.
    pub number: u64,
    /// Whether it says that it takes the place of an earlier one (S20.G00.05.002: 03, 04 or 05).
    pub replaces: bool,
}

/// One declaration of a month, as far as its place goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Portion {
    /// The division it is a part of.
    pub division: Division,
    /// Which part, from 1.
    pub fraction: u8,
    /// The greater is the later.
    pub order: Order,
}

/// A declaration that counts now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InPlace {
    /// Where it stands.
    pub portion: Portion,
    /// Whether it says the same as the one that comes.
    pub says_the_same: bool,
}

/// What became of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The first of its place.
    New,
    /// It took the place of earlier ones.
    Replaces,
    /// The same was there already.
    AlreadyThere,
    /// A later one was heard already.
    Superseded,
}

/// What is to be done with a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What becomes of it: it counts when it is new or replaces.
    pub outcome: Outcome,
    /// Those that count no more, by their place in the list given.
    pub removed: Vec<usize>,
    /// Whether one of them was of another division: the month is divided anew.
    pub redivided: bool,
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
    /// use domaine::declarations::{ShortCode, Division};
    /// let whole = Division { champ: None, fractions: 1 };
    /// let agricultural = Division { champ: ShortCode::parse(b"02"), ..whole };
    /// let general = Division { champ: ShortCode::parse(b"03"), ..whole };
    /// assert!(whole.excludes(agricultural) && agricultural.excludes(whole));
    /// assert!(!agricultural.excludes(general) && !whole.excludes(whole));
    /// assert!(whole.excludes(Division { fractions: 2, ..whole }));
    /// ```
    pub fn excludes(self, other: Self) -> bool {
        self != other && (self.champ == other.champ || self.champ.is_none() || other.champ.is_none())
    }
}

impl Portion {
    /// Whether both are of the very same part.
    fn est_a_la_place_de(self, other: Self) -> bool {
        self.division == other.division && self.fraction == other.fraction
    }
}

/// What is to become of a declaration, given those of its establishment and month that count now, and the greatest
/// order ever heard of each division, whatever became of it.
///
/// As if all had come in the order of their numbers: a declaration counts when no later one was heard of its very
/// part, nor of a division that excludes its own. So the order in which they come changes nothing, provided that
/// their [`Order`] differs; between equal ones the last to come is believed.
pub fn decide(new: Portion, in_place: &[InPlace], heard_orders: &[(Division, Order)]) -> Decision {
    let excludes = |other: Division| new.division.excludes(other);
    let its_place = in_place.iter().find(|other| new.est_a_la_place_de(other.portion));
    let superseded = its_place.is_some_and(|other| other.portion.order > new.order)
        || heard_orders.iter().any(|(other, order)| excludes(*other) && *order > new.order);
    let same_number = |other: Order| other.number == new.order.number && other <= new.order;
    let already_there = its_place.is_some_and(|other| other.says_the_same && same_number(other.portion.order));
    let account = !superseded && !already_there;
    let stale = |portion: &Portion| {
        let before = portion.order < new.order || (account && portion.order == new.order);
        // Even behind a later one, it says that what came before it in another division was no longer true.
        if excludes(portion.division) { before } else { account && new.est_a_la_place_de(*portion) }
    };
    let removed: Vec<usize> =
        in_place.iter().enumerate().filter(|(_, other)| stale(&other.portion)).map(|(index, _)| index).collect();
    let redivided = removed.iter().any(|index| excludes(in_place[*index].portion.division));
    let outcome = match (superseded, already_there) {
        (true, _) => Outcome::Superseded,
        (false, true) => Outcome::AlreadyThere,
        (false, false) if removed.is_empty() => Outcome::New,
        (false, false) => Outcome::Replaces,
    };
    Decision { outcome, removed, redivided }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portion(champ: &str, part: (u8, u8), number: u64) -> Portion {
        let division = Division { champ: ShortCode::parse(champ.as_bytes()), fractions: part.1 };
        Portion { division, fraction: part.0, order: normal(number) }
    }

    fn normal(number: u64) -> Order {
        Order { number, replaces: false }
    }

    fn alone(new: Portion, other: Portion, says_the_same: bool) -> (Outcome, usize) {
        let heard = [(other.division, other.order)];
        let Decision { outcome, removed, .. } = decide(new, &[InPlace { portion: other, says_the_same }], &heard);
        (outcome, removed.len())
    }

    #[test]
    fn of_one_part_the_later_order_counts_and_the_same_word_is_there_already() {
        let standing = portion("", (1, 1), 5);
        let at = |order, says_the_same| alone(portion("", (1, 1), order), standing, says_the_same);
        assert_eq!(at(4, false), (Outcome::Superseded, 0));
        assert_eq!(at(5, false), (Outcome::Replaces, 1));
        assert_eq!(at(6, false), (Outcome::Replaces, 1));
        // The same word again, under the same number only: under a later one it is the later that stays.
        assert_eq!(at(4, true), (Outcome::Superseded, 0));
        assert_eq!(at(5, true), (Outcome::AlreadyThere, 0));
        assert_eq!(at(6, true), (Outcome::Replaces, 1));
    }

    #[test]
    fn of_one_number_a_replacement_counts_whichever_comes_first() {
        let declared = portion("", (1, 1), 5);
        let replacement = Portion { order: Order { number: 5, replaces: true }, ..declared };
        assert_eq!(alone(replacement, declared, false), (Outcome::Replaces, 1));
        assert_eq!(alone(declared, replacement, false), (Outcome::Superseded, 0));
        assert_eq!(alone(replacement, replacement, true), (Outcome::AlreadyThere, 0));
        assert_eq!(alone(replacement, declared, true), (Outcome::AlreadyThere, 0));
        // A later number is later all the same.
        assert_eq!(alone(portion("", (1, 1), 6), replacement, false), (Outcome::Replaces, 1));
        // Of another division too, whether it still stands or not.
        let half = portion("", (1, 2), 5);
        assert_eq!(alone(half, replacement, false), (Outcome::Superseded, 0));
        assert_eq!(decide(half, &[], &[(replacement.division, replacement.order)]).outcome, Outcome::Superseded);
    }

    #[test]
    fn a_whole_month_and_its_parts_exclude_each_other_by_order() {
        let half = portion("", (1, 2), 5);
        let whole = |order| alone(portion("", (1, 1), order), half, false);
        assert_eq!(
            [whole(4), whole(5), whole(6)],
            [(Outcome::Superseded, 0), (Outcome::Replaces, 1), (Outcome::Replaces, 1)]
        );
        let other_half = |order| alone(portion("", (2, 2), order), half, false);
        assert_eq!([other_half(4), other_half(5), other_half(6)], [(Outcome::New, 0); 3]);
    }

    #[test]
    fn two_regimes_live_side_by_side_and_a_total_one_replaces_both() {
        let (agricultural, general) = (portion("02", (1, 1), 5), portion("03", (1, 1), 6));
        assert_eq!(alone(general, agricultural, false), (Outcome::New, 0));
        let standing = [agricultural, general].map(|portion| InPlace { portion, says_the_same: false });
        let heard = [(agricultural.division, normal(5)), (general.division, normal(6))];
        let total = |order| decide(portion("", (1, 1), order), &standing, &heard);
        assert_eq!(total(7), Decision { outcome: Outcome::Replaces, removed: vec![0, 1], redivided: true });
        // Behind the later of the two it does not count, and says yet that the earlier was no longer true.
        let late = Portion { division: Division { champ: None, fractions: 1 }, fraction: 1, order: normal(6) };
        let standing_late = [InPlace { portion: agricultural, says_the_same: false }];
        let heard_late = [(agricultural.division, normal(5)), (general.division, normal(7))];
        let decision = decide(late, &standing_late, &heard_late);
        assert_eq!(decision, Decision { outcome: Outcome::Superseded, removed: vec![0], redivided: true });
    }

    #[test]
    fn an_order_that_was_heard_counts_even_when_nothing_of_it_stands() {
        let whole = Division { champ: None, fractions: 1 };
        let heard = |order| decide(portion("", (1, 2), 5), &[], &[(whole, normal(order))]).outcome;
        assert_eq!([heard(4), heard(5), heard(6)], [Outcome::New, Outcome::New, Outcome::Superseded]);
    }
}
