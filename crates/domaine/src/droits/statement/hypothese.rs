//! What the law leaves unclear, by name: a line that rests on one says so.

use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A choice made where the law says nothing or is unclear; the screen shows it as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Hypothese {
    /// The law says no day: « au cours du premier semestre de l'année suivante ».
    JourDeCredit,
    /// Nobody has declared this year: it is supposed, for a projection.
    Projection,
    /// 24 h a year « jusqu'à 120 h »: the credit of the year that reaches 120 h stops there.
    PassageDuPalier,
    /// Work of 2018 is credited in 2019: its hours become euros at once, as those held on 31 December 2018.
    AnneeDuPassageALEuro,
    /// Hours above what the ordinary account could hold come from the 400 h regime, so the higher ceiling applies.
    PlafondALaConversion,
    /// Days of a *forfait-jours* are taken over those of a full year before 2019 too.
    ForfaitJoursAvant2019,
    /// Durations counted differently are brought to the unit of the main one, up to the next hundredth.
    DureesReunies,
    /// Below level 3 and below half time: the ordinary credit in proportion, and the ordinary ceiling.
    SousNiveau3SousMiTemps,
    /// Disability and below half time: the whole addition, as the article states no condition.
    BoethSousMiTemps,
    /// Disability during a part of the year: the whole addition.
    BoethUnePartieDeLAnnee,
    /// Below level 3 and disability: both raise the credit.
    MajorationsCumulees,
    /// The credit of an ESAT is not raised again for the disability.
    EsatSansMajoration,
    /// In an ESAT for a part of the year: the whole credit, as the article counts years of admission.
    EsatPeriodeCourte,
    /// Days of exercise over those of the civil year; the half-time rule is that of employees.
    ExerciceEnJours,
    /// Several periods as self-employed add up, whether they overlap or not, up to the year; those that are paid count,
    /// once all of them are.
    PeriodesReunies,
    /// 2018 of a self-employed person is credited in euros, as service-public.fr says.
    IndependantDes2018,
    /// Agent and employee in one year: the longer work alone is credited, at equal length the account in euros; the
    /// other credit is left out, though R6323-27 only says which of the two rights is used.
    ActivitePrincipale,
    /// Agent for a part of the year, or less than full time: the whole credit, as a DSN does not tell a post that is
    /// itself not full time (*temps non complet*) from part time.
    AgentPeriodeCourte,
    /// Before 2020 too, hours of an agent are credited on 31 December.
    AgentAvant2020,
    /// The age of the account must be reached by the end of the year of work.
    AgeEnFinDAnnee,
    /// What is not credited yet on the day of the full-rate pension is not credited any more.
    RetraiteAvantLeCredit,
    /// 150 h of DIF and CPF together: counted for each training.
    HeuresEnsembleParFormation,
    /// Before 5 December 2025: DIF, then CPF, then volunteering, then what others added.
    OrdreAncien,
    /// From 5 December 2025 the DIF and the yearly credits are of one rank: the DIF first, as before.
    DifAvantCpf,
    /// Volunteering is spent before what completes the rights; both come after the CPF.
    CecAvantAbondements,
    /// Among sums that come at the same rank, an order that was not read decides: earmarked, then the nearest deadline.
    OrdreDesAbondements,
    /// Only whole hours are converted; what is left stays as it was.
    HeuresEntieres,
    /// The six years are those that end on the day of the conversion.
    SixAnsGlissants,
    /// Attestations of simultaneous employers add up, above the hours that one of them can certify too.
    DifAuDelaDUneAttestation,
    /// A DIF declared after the day the law set counts, because this account keeps the declaration open.
    DifEncoreOuvert,
    /// What a correction takes back and is already spent makes the balance lower, below zero if need be.
    TropPercu,
}

impl Hypothese {
    /// Every assumption, in the order in which a line lists its own.
    pub const TOUTES: [Self; 31] = [
        Self::JourDeCredit,
        Self::Projection,
        Self::PassageDuPalier,
        Self::AnneeDuPassageALEuro,
        Self::PlafondALaConversion,
        Self::ForfaitJoursAvant2019,
        Self::DureesReunies,
        Self::SousNiveau3SousMiTemps,
        Self::BoethSousMiTemps,
        Self::BoethUnePartieDeLAnnee,
        Self::MajorationsCumulees,
        Self::EsatSansMajoration,
        Self::EsatPeriodeCourte,
        Self::ExerciceEnJours,
        Self::PeriodesReunies,
        Self::IndependantDes2018,
        Self::ActivitePrincipale,
        Self::AgentPeriodeCourte,
        Self::AgentAvant2020,
        Self::AgeEnFinDAnnee,
        Self::RetraiteAvantLeCredit,
        Self::HeuresEnsembleParFormation,
        Self::OrdreAncien,
        Self::DifAvantCpf,
        Self::CecAvantAbondements,
        Self::OrdreDesAbondements,
        Self::HeuresEntieres,
        Self::SixAnsGlissants,
        Self::DifAuDelaDUneAttestation,
        Self::DifEncoreOuvert,
        Self::TropPercu,
    ];
}

/// The assumptions that a line rests on. Travels as a list of names.
///
/// ```
/// use domaine::droits::{Hypothese, Hypotheses};
/// let deux = Hypotheses::AUCUNE.avec(Hypothese::JourDeCredit).avec(Hypothese::Projection);
/// assert!(deux.contient(Hypothese::JourDeCredit));
/// assert_eq!(deux.iter().count(), 2);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hypotheses(u32);

impl Hypotheses {
    /// The line rests on the law alone.
    pub const AUCUNE: Self = Self(0);

    /// These and one more.
    #[must_use]
    pub const fn avec(self, hypothese: Hypothese) -> Self {
        Self(self.0 | (1 << hypothese as u32))
    }

    /// These and one more, if the condition holds.
    #[must_use]
    pub const fn avec_si(self, condition: bool, hypothese: Hypothese) -> Self {
        if condition { self.avec(hypothese) } else { self }
    }

    /// These and those.
    #[must_use]
    pub const fn et(self, autres: Self) -> Self {
        Self(self.0 | autres.0)
    }

    /// Whether the line rests on it.
    pub const fn contient(self, hypothese: Hypothese) -> bool {
        self.0 & (1 << hypothese as u32) != 0
    }

    /// Whether the line rests on none.
    // By reference, as serde asks.
    pub const fn est_vide(&self) -> bool {
        self.0 == 0
    }

    /// Each of them, in the order of [`Hypothese::TOUTES`].
    pub fn iter(self) -> impl Iterator<Item = Hypothese> {
        Hypothese::TOUTES.into_iter().filter(move |hypothese| self.contient(*hypothese))
    }
}

impl FromIterator<Hypothese> for Hypotheses {
    fn from_iter<I: IntoIterator<Item = Hypothese>>(hypotheses: I) -> Self {
        hypotheses.into_iter().fold(Self::AUCUNE, Self::avec)
    }
}

impl Serialize for Hypotheses {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Hypotheses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Liste;
        impl<'de> Visitor<'de> for Liste {
            type Value = Hypotheses;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of assumptions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut liste: A) -> Result<Hypotheses, A::Error> {
                let mut hypotheses = Hypotheses::AUCUNE;
                while let Some(hypothese) = liste.next_element()? {
                    hypotheses = hypotheses.avec(hypothese);
                }
                Ok(hypotheses)
            }
        }
        deserializer.deserialize_seq(Liste)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_every_assumption_in_order() {
        for (rang, hypothese) in Hypothese::TOUTES.into_iter().enumerate() {
            assert_eq!(hypothese as usize, rang);
        }
    }

    #[test]
    fn assumptions_travel_as_a_list_of_names() {
        let hypotheses = Hypotheses::AUCUNE.avec(Hypothese::TropPercu).avec(Hypothese::JourDeCredit);
        let texte = serde_json::to_string(&hypotheses).unwrap();
        assert_eq!(texte, r#"["jour_de_credit","trop_percu"]"#);
        assert_eq!(serde_json::from_str::<Hypotheses>(&texte).unwrap(), hypotheses);
        assert_eq!(serde_json::from_str::<Hypotheses>("[]").unwrap(), Hypotheses::AUCUNE);
    }
}
