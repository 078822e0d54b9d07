//! What the law leaves unclear, by name: a line that rests on one says so.

use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A choice made where the law says nothing or is unclear; the screen shows it as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Hypothesis {
    /// The law says no day: « au cours du premier semestre de l'année suivante ».
    #[serde(rename = "jour_de_credit")]
    CreditDay,
    /// Nobody has declared this year: it is supposed, for a projection.
    Projection,
    /// 24 h a year « jusqu'à 120 h »: the credit of the year that reaches 120 h stops there.
    #[serde(rename = "passage_du_palier")]
    PalierCrossing,
    /// Work of 2018 is credited in 2019: its hours become euros at once, as those held on 31 December 2018.
    #[serde(rename = "annee_du_passage_a_l_euro")]
    YearOfEuroSwitch,
    /// Hours above what the ordinary account could hold come from the 400 h regime, so the higher ceiling applies.
    #[serde(rename = "plafond_a_la_conversion")]
    PlafondAtConversion,
    /// Days of a *forfait-jours* are taken over those of a full year before 2019 too.
    #[serde(rename = "forfait_jours_avant2019")]
    ForfaitJoursBefore2019,
    /// Durations counted differently are brought to the unit of the main one, up to the next hundredth.
    #[serde(rename = "durees_reunies")]
    JoinedDurations,
    /// Below level 3 and below half time: the ordinary credit in proportion, and the ordinary ceiling.
    #[serde(rename = "sous_niveau3_sous_mi_temps")]
    SousNiveau3BelowHalfTime,
    /// Disability and below half time: the whole addition, as the article states no condition.
    #[serde(rename = "boeth_sous_mi_temps")]
    BoethBelowHalfTime,
    /// Disability during a part of the year: the whole addition.
    #[serde(rename = "boeth_une_partie_de_l_annee")]
    BoethPartOfTheYear,
    /// Below level 3 and disability: the limit of the year that the manager publishes, not both additions.
    #[serde(rename = "majorations_cumulees")]
    CombinedMajorations,
    /// The credit of an ESAT is not raised again for the disability.
    #[serde(rename = "esat_sans_majoration")]
    EsatWithoutMajoration,
    /// In an ESAT for a part of the year: the whole credit, as the article counts years of admission.
    #[serde(rename = "esat_periode_courte")]
    EsatShortPeriod,
    /// Days of exercise over those of the civil year; the half-time rule is that of employees.
    #[serde(rename = "exercice_en_jours")]
    ExerciceInDays,
    /// Several periods as self-employed add up, whether they overlap or not, up to the year; those that are paid count,
    /// once all of them are.
    #[serde(rename = "periodes_reunies")]
    JoinedPeriods,
    /// 2018 of a self-employed person is credited in euros in 2020, as service-public.fr says.
    #[serde(rename = "independant_des2018")]
    IndependantFrom2018,
    /// Agent for a part of the year, or less than full time: the whole credit, as a DSN does not tell a post that is
    /// itself not full time (*temps non complet*) from part time.
    #[serde(rename = "agent_periode_courte")]
    AgentShortPeriod,
    /// The age of the account must be reached by the end of the year of work.
    #[serde(rename = "age_en_fin_d_annee")]
    AgeAtYearEnd,
    /// What is not credited yet on the day of the full-rate pension is not credited any more.
    #[serde(rename = "retraite_avant_le_credit")]
    RetraiteBeforeCredit,
    /// A birth date of which a part is not known counts as 31 December for the age of a full-rate pension.
    #[serde(rename = "naissance_en_fin_d_annee")]
    BirthAtYearEnd,
    /// Born before 1955: the age of a full-rate pension is not computed, the account stays open until one is told.
    #[serde(rename = "ne_avant1955")]
    BornBefore1955,
    /// 150 h of DIF and CPF together: counted for each training.
    #[serde(rename = "heures_ensemble_par_formation")]
    HoursTogetherPerFormation,
    /// In 2019, when no article gave an order: DIF, then CPF, then volunteering, then what others added.
    #[serde(rename = "ordre_ancien")]
    FormerOrder,
    /// The DIF and the yearly credits are of one rank: the DIF first.
    #[serde(rename = "dif_avant_cpf")]
    DifBeforeCpf,
    /// Among sums that come at the same rank an order of the minister goes by their title, which is not known: earmarked,
    /// then the nearest deadline.
    #[serde(rename = "ordre_des_abondements")]
    AbondementsOrder,
    /// What an agreement adds inside the ceiling is spent with the yearly credits, though R6333-3 takes agreements first.
    #[serde(rename = "accord_parmi_les_droits")]
    AccordAmongOwn,
    /// The ceiling of volunteering is compared with what is left of it.
    #[serde(rename = "cec_sur_le_solde")]
    CecOnBalance,
    /// A fraction of an hour that passes the ceiling stays as it was; half an hour exactly is rounded up.
    #[serde(rename = "heures_entieres")]
    WholeHours,
    /// Attestations of simultaneous employers add up, above the hours that one of them can certify too.
    #[serde(rename = "dif_au_dela_d_une_attestation")]
    DifBeyondOneAttestation,
    /// A DIF declared after the day the law set counts, because this account keeps the declaration open.
    #[serde(rename = "dif_encore_ouvert")]
    DifStillOpen,
    /// What a correction takes back and is already spent makes the balance lower, below zero if need be.
    #[serde(rename = "trop_percu")]
    OverPaid,
}

impl Hypothesis {
    /// Every assumption, in the order in which a line lists its own.
    pub const ALL: [Self; 31] = [
        Self::CreditDay,
        Self::Projection,
        Self::PalierCrossing,
        Self::YearOfEuroSwitch,
        Self::PlafondAtConversion,
        Self::ForfaitJoursBefore2019,
        Self::JoinedDurations,
        Self::SousNiveau3BelowHalfTime,
        Self::BoethBelowHalfTime,
        Self::BoethPartOfTheYear,
        Self::CombinedMajorations,
        Self::EsatWithoutMajoration,
        Self::EsatShortPeriod,
        Self::ExerciceInDays,
        Self::JoinedPeriods,
        Self::IndependantFrom2018,
        Self::AgentShortPeriod,
        Self::AgeAtYearEnd,
        Self::RetraiteBeforeCredit,
        Self::BirthAtYearEnd,
        Self::BornBefore1955,
        Self::HoursTogetherPerFormation,
        Self::FormerOrder,
        Self::DifBeforeCpf,
        Self::AbondementsOrder,
        Self::AccordAmongOwn,
        Self::CecOnBalance,
        Self::WholeHours,
        Self::DifBeyondOneAttestation,
        Self::DifStillOpen,
        Self::OverPaid,
    ];
}

/// The assumptions that a line rests on. Travels as a list of names.
///
/// ```
/// use domaine::droits::{Hypothesis, Hypotheses};
/// let two = Hypotheses::NONE.with(Hypothesis::CreditDay).with(Hypothesis::Projection);
/// assert!(two.contains(Hypothesis::CreditDay));
/// assert_eq!(two.iter().count(), 2);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hypotheses(u32);

impl Hypotheses {
    /// The line rests on the law alone.
    pub const NONE: Self = Self(0);

    /// These and one more.
    #[must_use]
    pub const fn with(self, hypothesis: Hypothesis) -> Self {
        Self(self.0 | (1 << hypothesis as u32))
    }

    /// These and one more, if the condition holds.
    #[must_use]
    pub const fn with_if(self, condition: bool, hypothesis: Hypothesis) -> Self {
        if condition { self.with(hypothesis) } else { self }
    }

    /// These but one.
    #[must_use]
    pub const fn without(self, hypothesis: Hypothesis) -> Self {
        Self(self.0 & !(1 << hypothesis as u32))
    }

    /// These and those.
    #[must_use]
    pub const fn et(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether the line rests on it.
    pub const fn contains(self, hypothesis: Hypothesis) -> bool {
        self.0 & (1 << hypothesis as u32) != 0
    }

    /// Whether the line rests on none.
    // By reference, as serde asks.
    pub const fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// Each of them, in the order of [`Hypothesis::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Hypothesis> {
        Hypothesis::ALL.into_iter().filter(move |hypothesis| self.contains(*hypothesis))
    }
}

impl FromIterator<Hypothesis> for Hypotheses {
    fn from_iter<I: IntoIterator<Item = Hypothesis>>(hypotheses: I) -> Self {
        hypotheses.into_iter().fold(Self::NONE, Self::with)
    }
}

impl Serialize for Hypotheses {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Hypotheses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Hypotheses;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of assumptions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Hypotheses, A::Error> {
                let mut hypotheses = Hypotheses::NONE;
                while let Some(hypothesis) = list.next_element()? {
                    hypotheses = hypotheses.with(hypothesis);
                }
                Ok(hypotheses)
            }
        }
        deserializer.deserialize_seq(List)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_every_assumption_in_order() {
        for (index, hypothesis) in Hypothesis::ALL.into_iter().enumerate() {
            assert_eq!(hypothesis as usize, index);
        }
    }

    #[test]
    fn assumptions_travel_as_a_list_of_names() {
        let hypotheses = Hypotheses::NONE.with(Hypothesis::OverPaid).with(Hypothesis::CreditDay);
        let text = serde_json::to_string(&hypotheses).unwrap();
        assert_eq!(text, r#"["jour_de_credit","trop_percu"]"#);
        assert_eq!(serde_json::from_str::<Hypotheses>(&text).unwrap(), hypotheses);
        assert_eq!(serde_json::from_str::<Hypotheses>("[]").unwrap(), Hypotheses::NONE);
    }
}
