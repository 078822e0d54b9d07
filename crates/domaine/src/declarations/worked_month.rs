//! A month of work as a declaration says it, once its codes are understood. No law: which absences count is for the
//! rights to say.

use crate::bareme::AbsenceNature;
use crate::droits::Statut;
use crate::mesures::{Day, Unit};

/// A month of a person under one status. In hundredths, negative when it takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkedMonth {
    /// The year.
    pub year: u16,
    /// The month, from 1 to 12.
    pub month: u8,
    /// As whom.
    pub statut: StatutDeclare,
    /// Hours worked.
    pub hours: i64,
    /// Days worked, those of a *forfait-jours* included.
    pub days: i64,
    /// The days of a full year in the agreement.
    pub accord: Option<i64>,
    /// Absences by nature.
    pub absences: Vec<(AbsenceNature, Unit, i64)>,
    /// Whether a disability was declared (BOETH).
    pub boeth: bool,
    /// The first day of a contract of apprenticeship.
    pub apprenti_since: Option<Day>,
}

/// As whom an employer declares that a person worked; the self-employed have no employer.
///
/// In the order of their words, which is that in which months are kept and their declaration is hashed: another order
/// would make every known declaration look new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatutDeclare {
    /// A public agent.
    PublicAgent,
    /// Admitted to an *établissement ou service d'accompagnement par le travail*.
    Esat,
    /// An employee of the private sector.
    Salarie,
}

impl StatutDeclare {
    const ALL: [Self; 3] = [Self::PublicAgent, Self::Esat, Self::Salarie];

    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PublicAgent => "agent_public",
            Self::Esat => "esat",
            Self::Salarie => "salarie",
        }
    }

    /// The status that this word names.
    ///
    /// ```
    /// use domaine::declarations::StatutDeclare;
    /// assert_eq!(StatutDeclare::from_code("esat"), Some(StatutDeclare::Esat));
    /// assert_eq!(StatutDeclare::from_code("independant"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|statut| statut.code() == code)
    }
}

impl From<StatutDeclare> for Statut {
    fn from(declare: StatutDeclare) -> Self {
        match declare {
            // No declaration says the diploma, nor that a post is itself not full time.
            StatutDeclare::PublicAgent => Self::PublicAgent { without_niveau_3: false, incomplete: false },
            StatutDeclare::Esat => Self::Esat,
            StatutDeclare::Salarie => Self::Salarie,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_in_the_order_of_their_words_and_read_back() {
        let codes = StatutDeclare::ALL.map(StatutDeclare::code);
        assert!(codes.is_sorted() && StatutDeclare::ALL.is_sorted(), "{codes:?}");
        assert_eq!(codes.map(StatutDeclare::from_code), StatutDeclare::ALL.map(Some));
        for unknown in ["", "Esat", "esat ", "independant"] {
            assert_eq!(StatutDeclare::from_code(unknown), None, "{unknown}");
        }
    }
}
