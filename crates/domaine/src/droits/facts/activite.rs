//! A year of work, in the unit and the status in which it was done.

use serde::{Deserialize, Serialize};

use crate::bareme::{AbsenceNature, AbsenceNatures, Bareme};
use crate::mesures::{Day, Days, Euros, MonthsOfYear, Quantity, WorkDuration, Year};

/// A civil year of work for one employer, or for all of those of the same status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activite {
    /// The civil year.
    pub year: Year,
    /// As whom.
    pub statut: Statut,
    /// How much, and what a full year is.
    pub work: Work,
    /// Absences from that work, in its own unit; those in another unit cannot be added and are left out.
    pub absences: Vec<Absence>,
    /// The months in which the employer declared a recognised disability (BOETH, L5212-13).
    pub boeth: MonthsOfYear,
    /// Who said so.
    pub provenance: Provenance,
}

/// As whom a person works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statut {
    /// An employee of the private sector.
    Salarie,
    /// Admitted to an *établissement ou service d'accompagnement par le travail*.
    Esat,
    /// Self-employed, liberal or artist-author, spouse who takes part in the work.
    Independant {
        /// The day the contribution to training was paid; without it the year gives nothing.
        cotisation_paid_on: Option<Day>,
    },
    /// A public agent: the account is kept in hours.
    PublicAgent {
        /// Category C, without a diploma of level 3.
        without_niveau_3: bool,
        /// A post which is itself not full time (*temps incomplet*, *temps non complet*): only then
        /// is the credit in proportion; part time (*temps partiel*) counts as full time.
        incomplete: bool,
    },
}

/// As whom a person works, without what goes with it: the word that is stored and read from files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the variant of `Statut` that it is named after")]
pub enum StatutKind {
    Salarie,
    Esat,
    Independant,
    PublicAgent,
}

impl StatutKind {
    const ALL: [Self; 4] = [Self::Salarie, Self::Esat, Self::Independant, Self::PublicAgent];

    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Salarie => "salarie",
            Self::Esat => "esat",
            Self::Independant => "independant",
            Self::PublicAgent => "agent_public",
        }
    }

    /// The status that this word names.
    ///
    /// ```
    /// use domaine::droits::{Statut, StatutKind};
    /// assert_eq!(StatutKind::from_code("esat"), Some(Statut::Esat.kind()));
    /// assert_eq!(StatutKind::from_code("Esat"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Statut {
    /// Which of the four it is.
    pub const fn kind(self) -> StatutKind {
        match self {
            Self::Salarie => StatutKind::Salarie,
            Self::Esat => StatutKind::Esat,
            Self::Independant { .. } => StatutKind::Independant,
            Self::PublicAgent { .. } => StatutKind::PublicAgent,
        }
    }
}

/// Work done in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Counted in hours.
    Hours {
        /// Hours worked.
        worked: WorkDuration,
        /// The full year of the profession when an agreement fixes it; else the legal one applies.
        reference: Option<WorkDuration>,
    },
    /// A *forfait-jours*, or days of exercise of a self-employed person.
    Days {
        /// Days worked, or days of exercise.
        facts: Days,
        /// The days of a full year in the agreement; at most those of the barème.
        accord: Option<Days>,
    },
    /// Pay, when no time is counted.
    Paie {
        /// Pay of the year.
        received: Euros,
        /// The hourly SMIC of that year, as the employer's declaration gives it.
        hourly_smic: Euros,
    },
}

/// An absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Why.
    pub nature: AbsenceNature,
    /// The work that it took the place of.
    pub quantity: Quantity,
}

/// Who made a fact known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Provenance {
    /// The employers' declarations (DSN).
    Employeurs,
    /// The balance in hours of the former account.
    #[serde(rename = "ancien_compte")]
    FormerAccount,
    /// The holder.
    Titulaire,
    /// Nobody yet: a year supposed by a projection.
    Projection,
}

impl Provenance {
    const ALL: [Self; 4] = [Self::Employeurs, Self::FormerAccount, Self::Titulaire, Self::Projection];

    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Employeurs => "employeurs",
            Self::FormerAccount => "ancien_compte",
            Self::Titulaire => "titulaire",
            Self::Projection => "projection",
        }
    }

    /// The provenance that this word names.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.code() == code)
    }
}

impl Activite {
    /// A year of work as an employee, in hours.
    ///
    /// ```
    /// use domaine::droits::{Activite, Provenance};
    /// use domaine::mesures::{Year, WorkDuration};
    ///
    /// let year = Year::new(2024).unwrap();
    /// let activite = Activite::salariee(year, WorkDuration::hours(803), None, Provenance::Employeurs);
    /// assert_eq!(activite.to_hours(), Some((WorkDuration::hours(803), None)));
    /// ```
    pub const fn salariee(
        year: Year,
        worked: WorkDuration,
        reference: Option<WorkDuration>,
        provenance: Provenance,
    ) -> Self {
        Self {
            year,
            statut: Statut::Salarie,
            work: Work::Hours { worked, reference },
            absences: Vec::new(),
            boeth: MonthsOfYear::NONE,
            provenance,
        }
    }

    /// The hours worked and the full year of the agreement, for an employee counted in hours without any
    /// absence or disability; nothing for any other record, which these two would not tell whole.
    pub const fn to_hours(&self) -> Option<(WorkDuration, Option<WorkDuration>)> {
        match (self.statut, self.work) {
            (Statut::Salarie, Work::Hours { worked, reference })
                if self.absences.is_empty() && self.boeth.is_empty() =>
            {
                Some((worked, reference))
            }
            _ => None,
        }
    }

    /// The work done, absences that count as work included, then those absences alone and what they are.
    pub(in crate::droits) fn quantities(&self, bareme: &Bareme) -> (Quantity, u32, AbsenceNatures) {
        let done = match self.work {
            Work::Hours { worked, .. } => Quantity::Hours(worked),
            Work::Days { facts, .. } => Quantity::Days(facts),
            Work::Paie { received, .. } => Quantity::Paie(received),
        };
        if self.absences.is_empty() {
            return (done, 0, AbsenceNatures::NONE);
        }
        let agent = matches!(self.statut, Statut::PublicAgent { .. });
        let count = |absence: &&Absence| {
            absence.quantity.same_unit(done) && bareme.counted_absence(absence.nature, agent, self.year)
        };
        let (absences, natures) =
            self.absences.iter().filter(count).fold((0_u32, AbsenceNatures::NONE), |(total, natures), absence| {
                (total.saturating_add(absence.quantity.hundredths()), natures.with(absence.nature))
            });
        (done.with(done.hundredths().saturating_add(absences)), absences, natures)
    }

    /// A full year, in the unit of the work. Nothing when the barème knows none, or when the SMIC is missing.
    ///
    /// Source: Code du travail, R6323-1, II; R6323-22 for the time of exercise of the self-employed.
    pub(in crate::droits) fn reference(&self, bareme: &Bareme) -> Option<Quantity> {
        let end = self.year.last_day();
        let reference = match self.work {
            Work::Hours { reference: Some(agreed), .. } if agreed > WorkDuration::ZERO => Quantity::Hours(agreed),
            Work::Hours { .. } => Quantity::Hours(bareme.reference_duration.as_of(end)?.value),
            Work::Days { .. } if matches!(self.statut, Statut::Independant { .. }) => {
                let days = 337 + u32::from(Day::days_in_month(self.year.count(), 2));
                Quantity::Days(Days::whole(days))
            }
            Work::Days { accord, .. } => {
                let legal = bareme.forfait_days.as_of(end)?.value;
                Quantity::Days(accord.filter(|accord| *accord > Days::ZERO).map_or(legal, |a| a.min(legal)))
            }
            Work::Paie { hourly_smic, .. } => {
                Quantity::Paie(hourly_smic.times(bareme.smic_hours.as_of(end)?.value.count()))
            }
        };
        (reference.hundredths() > 0).then_some(reference)
    }
}
