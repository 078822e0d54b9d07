//! Who froze an account, and what may open it again. Knows no session and no letter.

use serde::{Deserialize, Serialize};

/// Who froze an account, and from where: what may open it again depends on it. The one that is hardest to undo last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FrozenBy {
    /// Its holder, in their profile.
    Profil,
    /// Its holder, by a letter sent to the e-mail that the account still has.
    #[serde(rename = "lettre")]
    Letter,
    /// Its holder, by a letter sent to an e-mail that the account had: whoever reads the one of today may have taken it.
    #[serde(rename = "ancienne_adresse")]
    FormerAddress,
    /// Whoever runs the service.
    Service,
}

impl FrozenBy {
    /// All of them, the one that is easiest to undo first.
    pub const ALL: [Self; 4] = [Self::Profil, Self::Letter, Self::FormerAddress, Self::Service];

    /// The word under which it is kept.
    ///
    /// ```
    /// use domaine::freezing::FrozenBy;
    /// assert_eq!(FrozenBy::from_code("lettre"), Some(FrozenBy::Letter));
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::Profil => "profil",
            Self::Letter => "lettre",
            Self::FormerAddress => "ancienne_adresse",
            Self::Service => "service",
        }
    }

    /// Which one has this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }

    /// Those that give way to this one: what an account was frozen by never becomes easier to undo.
    pub fn outranked(self) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |other| *other < self)
    }

    /// Whether its holder may open it again without whoever runs the service, by two proofs.
    pub const fn thawed_by_holder(self) -> bool {
        !matches!(self, Self::Service)
    }

    /// Whether a code sent to the e-mail of the account is one of the two; else only what an operator printed is.
    pub const fn trusts_mailbox(self) -> bool {
        matches!(self, Self::Profil | Self::Letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_that_of_the_wire_and_reads_back() {
        for by in FrozenBy::ALL {
            assert_eq!(FrozenBy::from_code(by.code()), Some(by));
            assert_eq!(serde_json::to_value(by).expect("a word"), by.code());
        }
        assert_eq!(FrozenBy::from_code("personne"), None);
    }

    #[test]
    fn a_freeze_gives_way_to_what_is_harder_to_undo_alone() {
        assert_eq!(FrozenBy::Profil.outranked().count(), 0);
        assert_eq!(FrozenBy::Letter.outranked().collect::<Vec<_>>(), [FrozenBy::Profil]);
        assert_eq!(FrozenBy::Service.outranked().count(), 3, "what an operator froze, an operator thaws");
    }

    #[test]
    fn what_a_former_address_stopped_is_not_opened_by_the_one_that_took_its_place() {
        let may: Vec<_> = FrozenBy::ALL.map(|by| (by.thawed_by_holder(), by.trusts_mailbox())).into();
        assert_eq!(may, [(true, true), (true, true), (true, false), (false, false)]);
    }
}
