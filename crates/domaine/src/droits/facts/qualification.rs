//! What a holder does with a declaration of being below level 3. The form is in [`crate::forms`].

/// What a holder does with a declaration of being below level 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActeSousNiveau3 {
    /// Makes one.
    Declarer,
    /// Ends it: it counts up to the end of the civil year.
    Finir,
    /// Takes it back: what it gave is recalculated (R6323-3-1).
    Annuler,
}

impl ActeSousNiveau3 {
    /// The word that is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declarer => "debut",
            Self::Finir => "fin",
            Self::Annuler => "annulation",
        }
    }

    /// The act that this word names.
    pub fn par_code(code: &str) -> Option<Self> {
        [Self::Declarer, Self::Finir, Self::Annuler].into_iter().find(|acte| acte.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_word_of_its_own() {
        for acte in [ActeSousNiveau3::Declarer, ActeSousNiveau3::Finir, ActeSousNiveau3::Annuler] {
            assert_eq!(ActeSousNiveau3::par_code(acte.code()), Some(acte));
        }
        assert_eq!(ActeSousNiveau3::par_code("autre"), None);
    }
}
