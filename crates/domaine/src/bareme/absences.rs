//! Absences that count as work. Source: Code du travail, article L6323-12.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::series::Source;
use crate::mesures::Jour;

/// Why a person was away from work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NatureAbsence {
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
    /// Ordinary sick leave: not counted.
    Maladie,
    /// Any other absence: not counted.
    Autre,
}

impl NatureAbsence {
    const TOUTES: [(Self, &'static str); 11] = [
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
        (Self::Autre, "autre"),
    ];

    /// The word under which it is stored.
    ///
    /// ```
    /// use domaine::bareme::NatureAbsence;
    /// assert_eq!(NatureAbsence::Maternite.code(), "maternite");
    /// assert_eq!(NatureAbsence::par_code("autre"), Some(NatureAbsence::Autre));
    /// ```
    pub fn code(self) -> &'static str {
        Self::TOUTES.iter().find(|(nature, _)| *nature == self).map_or("autre", |(_, code)| code)
    }

    /// The nature that this word names.
    pub fn par_code(code: &str) -> Option<Self> {
        Self::TOUTES.iter().find(|(_, connu)| *connu == code).map(|(nature, _)| *nature)
    }
}

/// Some natures of absence, each once. Travels as a list of names.
///
/// ```
/// use domaine::bareme::{NatureAbsence, NaturesAbsence};
/// let natures = NaturesAbsence::AUCUNE.avec(NatureAbsence::AccidentDuTravail).avec(NatureAbsence::Maternite);
/// assert_eq!(serde_json::to_string(&natures).unwrap(), r#"["maternite","accident_du_travail"]"#);
/// assert_eq!(serde_json::from_str::<NaturesAbsence>(r#"["accident_du_travail","maternite"]"#).unwrap(), natures);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NaturesAbsence(u16);

impl NaturesAbsence {
    /// None.
    pub const AUCUNE: Self = Self(0);

    /// These and one more.
    #[must_use]
    pub const fn avec(self, nature: NatureAbsence) -> Self {
        Self(self.0 | (1 << nature as u16))
    }

    /// These and those.
    #[must_use]
    pub const fn et(self, autres: Self) -> Self {
        Self(self.0 | autres.0)
    }

    /// Whether there is none.
    // By reference, as serde asks.
    pub const fn est_vide(&self) -> bool {
        self.0 == 0
    }

    /// Each of them, in the order of the article.
    pub fn iter(self) -> impl Iterator<Item = NatureAbsence> {
        let toutes = NatureAbsence::TOUTES.into_iter().map(|(nature, _)| nature);
        toutes.filter(move |nature| self.0 & (1 << *nature as u16) != 0)
    }
}

impl FromIterator<NatureAbsence> for NaturesAbsence {
    fn from_iter<I: IntoIterator<Item = NatureAbsence>>(natures: I) -> Self {
        natures.into_iter().fold(Self::AUCUNE, Self::avec)
    }
}

impl Serialize for NaturesAbsence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for NaturesAbsence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<NatureAbsence>::deserialize(deserializer).map(|natures| natures.into_iter().collect())
    }
}

/// An absence that counts as work, from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbsenceAssimilee {
    /// Which.
    pub nature: NatureAbsence,
    /// The first day it counts; absences of a civil year count if that year ends on or after it.
    pub depuis: Jour,
    /// Where it is written.
    pub source: Source,
}

const L6323_12: Source = Source { texte: "Code du travail", article: "L6323-12" };

// The text gives these no day of effect: they count since there are accounts.
const fn depuis_2015(nature: NatureAbsence) -> AbsenceAssimilee {
    AbsenceAssimilee { nature, depuis: Jour::date(2015, 1, 1), source: L6323_12 }
}

pub(super) const ABSENCES: &[AbsenceAssimilee] = &[
    depuis_2015(NatureAbsence::Maternite),
    depuis_2015(NatureAbsence::Paternite),
    depuis_2015(NatureAbsence::Adoption),
    depuis_2015(NatureAbsence::PresenceParentale),
    depuis_2015(NatureAbsence::ProcheAidant),
    depuis_2015(NatureAbsence::ParentalDEducation),
    depuis_2015(NatureAbsence::MaladieProfessionnelle),
    depuis_2015(NatureAbsence::AccidentDuTravail),
    AbsenceAssimilee {
        nature: NatureAbsence::SupplementaireDeNaissance,
        // For children born, adopted or due from that day on, says the note of the article: no leave before.
        depuis: Jour::date(2026, 1, 1),
        source: Source { texte: "Code du travail", article: "L6323-12 ; loi n° 2025-1403, article 99, X" },
    },
];
