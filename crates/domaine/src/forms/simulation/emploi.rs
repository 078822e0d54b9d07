//! What a person may suppose that they do for a living, and the year of work that it makes.

use crate::bareme::Bareme;
use crate::droits::{Activite, Provenance, Statut, Work};
use crate::mesures::{Day, Days, MonthsOfYear, WorkDuration, Year};

/// What a person does for a living, as the form asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emploi {
    /// An employee of the private sector, so many hours a year.
    Salarie,
    /// Without employment: nothing is acquired.
    WithoutEmploi,
    /// Self-employed all the year, the contribution to training being paid.
    Independant,
    /// Self-employed all the year, the contribution not being paid.
    IndependantWithoutContribution,
    /// Admitted to an ESAT.
    Esat,
    /// A public agent, full time: the account is kept in hours.
    PublicAgent,
    /// The same, of category C and without a diploma of level 3.
    PublicAgentSousNiveau3,
}

impl Emploi {
    /// Every one, in the order of the screen.
    pub const ALL: [Self; 7] = [
        Self::Salarie,
        Self::WithoutEmploi,
        Self::Independant,
        Self::IndependantWithoutContribution,
        Self::Esat,
        Self::PublicAgent,
        Self::PublicAgentSousNiveau3,
    ];

    /// The word that names it in a form and in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Salarie => "salarie",
            Self::WithoutEmploi => "sans-emploi",
            Self::Independant => "independant",
            Self::IndependantWithoutContribution => "independant-sans-contribution",
            Self::Esat => "esat",
            Self::PublicAgent => "agent-public",
            Self::PublicAgentSousNiveau3 => "agent-public-c",
        }
    }

    /// The one that this word names.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|emploi| emploi.code() == code)
    }
}

/// A year of that life; nothing without employment. A year that is not over is supposed.
pub(super) fn supposed_year(year: u16, (emploi, hours): (Emploi, WorkDuration), here: u16) -> Option<Activite> {
    let to_hours = |worked| Work::Hours { worked, reference: None };
    let exercice = Days::whole(if Day::days_in_month(year, 2) == 29 { 366 } else { 365 });
    let independant =
        |cotisation_paid_on| (Statut::Independant { cotisation_paid_on }, Work::Days { facts: exercice, accord: None });
    // For an ESAT and a public agent it only says that there was work.
    let full = full_time(Day::date(year, 12, 31));
    let (statut, work) = match emploi {
        Emploi::WithoutEmploi => return None,
        Emploi::Salarie => (Statut::Salarie, to_hours(hours)),
        Emploi::Independant => independant(Some(Day::date(year, 12, 31))),
        Emploi::IndependantWithoutContribution => independant(None),
        Emploi::Esat => (Statut::Esat, to_hours(full)),
        Emploi::PublicAgent | Emploi::PublicAgentSousNiveau3 => {
            let without_niveau_3 = emploi == Emploi::PublicAgentSousNiveau3;
            (Statut::PublicAgent { without_niveau_3, incomplete: false }, to_hours(full))
        }
    };
    let provenance = if year < here { Provenance::Titulaire } else { Provenance::Projection };
    let boeth = MonthsOfYear::NONE;
    Some(Activite { year: Year::new(year).ok()?, statut, work, absences: Vec::new(), boeth, provenance })
}

/// A legal full year on that day.
pub(super) fn full_time(day: Day) -> WorkDuration {
    Bareme::IN_FORCE.reference_duration.as_of(day).map_or(WorkDuration::ZERO, |value| value.value)
}
