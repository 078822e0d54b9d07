//! What a holder does with a declaration of being below level 3. The form is in [`crate::forms`].

use super::situation::DeclarationSousNiveau3;
use crate::mesures::Day;

/// What a holder does with a declaration of being below level 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActSousNiveau3 {
    /// Makes one.
    Declare,
    /// Ends it: it counts up to the end of the civil year.
    Finish,
    /// Takes it back: what it gave is recalculated (R6323-3-1).
    Cancel,
}

impl ActSousNiveau3 {
    /// The word that is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declare => "debut",
            Self::Finish => "fin",
            Self::Cancel => "annulation",
        }
    }

    /// The act that this word names.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Declare, Self::Finish, Self::Cancel].into_iter().find(|act| act.code() == code)
    }

    /// Whether it changes anything of these declarations, oldest first: there is one to end or take back, or none under way
    /// when one is made. A second click, another tab ask for what is so already.
    pub fn changes(self, declarations: &[DeclarationSousNiveau3]) -> bool {
        let under_way = declarations.last().is_some_and(DeclarationSousNiveau3::is_under_way);
        match self {
            Self::Declare => !under_way,
            Self::Finish | Self::Cancel => under_way,
        }
    }
}

/// The declarations that these acts make, in their order; nothing when one ends what was never declared.
pub fn declarations_of(acts: impl IntoIterator<Item = (ActSousNiveau3, Day)>) -> Option<Vec<DeclarationSousNiveau3>> {
    let mut declarations: Vec<DeclarationSousNiveau3> = Vec::new();
    for (act, day) in acts {
        match act {
            ActSousNiveau3::Declare => {
                declarations.push(DeclarationSousNiveau3 {
                    declared_on: day,
                    end_declared_on: None,
                    cancelled_on: None,
                });
            }
            ActSousNiveau3::Finish => declarations.last_mut()?.end_declared_on = Some(day),
            ActSousNiveau3::Cancel => declarations.last_mut()?.cancelled_on = Some(day),
        }
    }
    Some(declarations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_word_of_its_own() {
        for act in [ActSousNiveau3::Declare, ActSousNiveau3::Finish, ActSousNiveau3::Cancel] {
            assert_eq!(ActSousNiveau3::from_code(act.code()), Some(act));
        }
        assert_eq!(ActSousNiveau3::from_code("autre"), None);
    }

    #[test]
    fn acts_make_declarations_and_none_ends_what_was_not_made() {
        let (one, two) = (Day::date(2026, 1, 5), Day::date(2026, 3, 9));
        let (declare, end, take_back) = (ActSousNiveau3::Declare, ActSousNiveau3::Finish, ActSousNiveau3::Cancel);
        let made = declarations_of([(declare, one), (end, two), (declare, two)]).unwrap();
        assert_eq!(made.len(), 2);
        assert_eq!((made[0].end_declared_on, made[1].declared_on, made[1].is_under_way()), (Some(two), two, true));
        assert_eq!(declarations_of([(take_back, one)]), None);
        assert!(end.changes(&made) && take_back.changes(&made) && !declare.changes(&made));
        assert!(declare.changes(&made[..1]) && !end.changes(&made[..1]) && !end.changes(&[]) && declare.changes(&[]));
    }
}
