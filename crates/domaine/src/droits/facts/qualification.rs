//! What a holder does with a declaration of being below level 3. The form is in [`crate::forms`].

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
}
