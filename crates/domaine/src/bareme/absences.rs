//! Absences that count as work. Sources: Code du travail, article L6323-12; for a public agent, décret n° 2017-928,
//! article 3.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::series::Source;
use crate::mesures::Day;

/// Why a person was away from work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AbsenceNature {
    /// Maternity.
    Maternite,
    /// Paternity and welcome of the child.
    Paternite,
    /// Adoption.
    Adoption,
    /// The additional birth leave.
    SupplementaireDeNaissance,
    /// Presence beside a sick child.
    PresenceParentale,
    /// Help to a close relative.
    ProcheAidant,
    /// Parental education leave.
    ParentalDEducation,
    /// Occupational disease.
    MaladieProfessionnelle,
    /// Work accident.
    AccidentDuTravail,
    /// Ordinary sick leave: counted for a public agent alone.
    Maladie,
    /// Any other absence: not counted.
    #[serde(rename = "autre")]
    Other,
}

impl AbsenceNature {
    const ALL: [(Self, &'static str); 11] = [
        (Self::Maternite, "maternite"),
        (Self::Paternite, "paternite"),
        (Self::Adoption, "adoption"),
        (Self::SupplementaireDeNaissance, "supplementaire_de_naissance"),
        (Self::PresenceParentale, "presence_parentale"),
        (Self::ProcheAidant, "proche_aidant"),
        (Self::ParentalDEducation, "parental_d_education"),
        (Self::MaladieProfessionnelle, "maladie_professionnelle"),
        (Self::AccidentDuTravail, "accident_du_travail"),
        (Self::Maladie, "maladie"),
        (Self::Other, "autre"),
    ];

    /// The word under which it is stored.
    ///
    /// ```
    /// use domaine::bareme::AbsenceNature;
    /// assert_eq!(AbsenceNature::Maternite.code(), "maternite");
    /// assert_eq!(AbsenceNature::from_code("autre"), Some(AbsenceNature::Other));
    /// ```
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(nature, _)| *nature == self).map_or("autre", |(_, code)| code)
    }

    /// The nature that this word names.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(nature, _)| *nature)
    }
}

/// Some natures of absence, each once. Travels as a list of names.
///
/// ```
/// use domaine::bareme::{AbsenceNature, AbsenceNatures};
/// let natures = AbsenceNatures::NONE.with(AbsenceNature::AccidentDuTravail).with(AbsenceNature::Maternite);
/// assert_eq!(serde_json::to_string(&natures).unwrap(), r#"["maternite","accident_du_travail"]"#);
/// assert_eq!(serde_json::from_str::<AbsenceNatures>(r#"["accident_du_travail","maternite"]"#).unwrap(), natures);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AbsenceNatures(u16);

impl AbsenceNatures {
    /// None.
    pub const NONE: Self = Self(0);

    /// These and one more.
    #[must_use]
    pub const fn with(self, nature: AbsenceNature) -> Self {
        Self(self.0 | (1 << nature as u16))
    }

    /// These and those.
    #[must_use]
    pub const fn et(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether there is none.
    // By reference, as serde asks.
    pub const fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// Each of them, in the order of the article.
    pub fn iter(self) -> impl Iterator<Item = AbsenceNature> {
        let all = AbsenceNature::ALL.into_iter().map(|(nature, _)| nature);
        all.filter(move |nature| self.0 & (1 << *nature as u16) != 0)
    }
}

impl FromIterator<AbsenceNature> for AbsenceNatures {
    fn from_iter<I: IntoIterator<Item = AbsenceNature>>(natures: I) -> Self {
        natures.into_iter().fold(Self::NONE, Self::with)
    }
}

impl Serialize for AbsenceNatures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for AbsenceNatures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<AbsenceNature>::deserialize(deserializer).map(|natures| natures.into_iter().collect())
    }
}

/// An absence that counts as work, from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedAbsence {
    /// Which.
    pub nature: AbsenceNature,
    /// The first day it counts; absences of a civil year count if that year ends on or after it.
    pub since: Day,
    /// Where it is written.
    pub source: Source,
}

const L6323_12: Source = Source { text: "Code du travail", article: "L6323-12" };

// The text gives these no day of effect: they count since there are accounts.
const fn since_2015(nature: AbsenceNature) -> CountedAbsence {
    CountedAbsence { nature, since: Day::date(2015, 1, 1), source: L6323_12 }
}

pub(super) const ABSENCES: &[CountedAbsence] = &[
    since_2015(AbsenceNature::Maternite),
    since_2015(AbsenceNature::Paternite),
    since_2015(AbsenceNature::Adoption),
    since_2015(AbsenceNature::PresenceParentale),
    since_2015(AbsenceNature::ProcheAidant),
    since_2015(AbsenceNature::ParentalDEducation),
    since_2015(AbsenceNature::MaladieProfessionnelle),
    since_2015(AbsenceNature::AccidentDuTravail),
    CountedAbsence {
        nature: AbsenceNature::SupplementaireDeNaissance,
        // For children born, adopted or due from that day on, says the note of the article: no leave before.
        since: Day::date(2026, 1, 1),
        source: Source { text: "Code du travail", article: "L6323-12 ; loi n° 2025-1403, article 99, X" },
    },
];

/// For a public agent every statutory leave counts, ordinary sick leave included. Union time is paid as work, and is
/// declared as such.
pub(super) const AGENT_ABSENCES: &[CountedAbsence] =
    &[CountedAbsence { nature: AbsenceNature::Maladie, since: Day::date(2017, 1, 1), source: Source::AGENTS }];
