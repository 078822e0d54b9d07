//! Money that moves for another reason than a year of work: volunteering, additions, spending, conversions.

use serde::{Deserialize, Serialize};

use crate::bareme::{Bareme, Source};
use crate::mesures::{Day, Euros, Hours, Year};

/// An activity of volunteering that was recognised (Code du travail, D5151-14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// The civil year of the activity.
    pub year: Year,
    /// Which.
    pub category: EngagementCategory,
    /// The day it was credited.
    pub recorded_on: Day,
}

/// A category of volunteering: one of each is credited in a civil year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EngagementCategory {
    /// Service civique.
    ServiceCivique,
    /// Military reserve.
    ReserveMilitaire,
    /// Volunteering in an association.
    Benevolat,
    /// Master of an apprentice.
    MaitreDApprentissage,
    /// Volunteer fire-fighter.
    SapeurPompier,
    /// Another activity of the list, as it is named there.
    #[serde(rename = "autre")]
    Other(String),
}

impl EngagementCategory {
    const NAMED_ONES: [(Self, &'static str); 5] = [
        (Self::ServiceCivique, "service_civique"),
        (Self::ReserveMilitaire, "reserve_militaire"),
        (Self::Benevolat, "benevolat"),
        (Self::MaitreDApprentissage, "maitre_d_apprentissage"),
        (Self::SapeurPompier, "sapeur_pompier"),
    ];

    /// The word under which it is stored: its name in the list for one that has no word of its own.
    ///
    /// ```
    /// use domaine::droits::EngagementCategory;
    /// assert_eq!(EngagementCategory::Benevolat.code(), "benevolat");
    /// assert_eq!(EngagementCategory::from_code("benevolat"), EngagementCategory::Benevolat);
    /// ```
    pub fn code(&self) -> &str {
        match self {
            Self::Other(heading) => heading,
            named_person => {
                Self::NAMED_ONES.iter().find(|(category, _)| category == named_person).map_or("", |(_, code)| code)
            }
        }
    }

    /// The category that this word names.
    pub fn from_code(code: &str) -> Self {
        let named_person = Self::NAMED_ONES.into_iter().find(|(_, known)| *known == code);
        named_person.map_or_else(|| Self::Other(code.to_owned()), |(category, _)| category)
    }
}

/// Under which title someone else adds to an account: it decides when the sum is spent (R6333-3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AbondementNature {
    /// Rights added to the account (L6323-4, III; L6323-13; L2254-2, VI): spent first.
    #[default]
    Dotation,
    /// What completes the rights for a training that they do not pay (L6323-4, II): spent last.
    Complement,
}

/// What someone else adds: outside the yearly credit and outside the ceiling (L6323-15).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abondement {
    /// Under which title.
    pub nature: AbondementNature,
    /// The day it is added.
    pub date: Day,
    /// How much.
    pub montant: Euros,
    /// Who pays.
    pub financeur: String,
    /// The only action it can pay for, when it is earmarked; of no effect before the day of R6323-42-1.
    pub action: Option<String>,
    /// The last day it can be spent; of no effect before that day either, nor on a sum that is not earmarked.
    pub echeance: Option<Day>,
    /// The agreement that it comes from, when it is an employer's.
    pub accord: Option<Accord>,
}

/// What makes an employer add more than the law does: a collective agreement (Code du travail, L6323-11, al. 4), or for
/// seasonal work an agreement or the employer's own decision (al. 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accord {
    /// As a person can look it up.
    pub titre: String,
    /// Whether it is for seasonal work.
    pub seasonal: bool,
    /// Whether it says that the sum counts under the ceiling of the account.
    pub inside_plafond: bool,
}

impl Accord {
    /// Where it is written.
    pub(in crate::droits) const fn source(&self) -> Source {
        if self.seasonal { Source::SEASONAL_ACCORDS } else { Source::ACCORDS }
    }
}

impl Abondement {
    /// Whether it counts under the ceiling: the agreement says so.
    pub(in crate::droits) fn is_inside_plafond(&self) -> bool {
        self.accord.as_ref().is_some_and(|accord| accord.inside_plafond)
    }

    /// The action it is earmarked to, if the law of its day lets it be.
    pub(in crate::droits) fn reserved_action(&self, bareme: &Bareme) -> Option<&String> {
        self.action.as_ref().filter(|_| self.date >= bareme.earmarking_since)
    }

    /// Its deadline, if the law lets it have one: « dans ce cas », says R6323-42-1 of a sum that is earmarked.
    pub(in crate::droits) fn delay(&self, bareme: &Bareme) -> Option<Day> {
        self.echeance.filter(|_| self.reserved_action(bareme).is_some())
    }
}

/// Something the account paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depense {
    /// The day the account was debited.
    pub date: Day,
    /// How much was asked of the account.
    pub asked: Montant,
    /// For what.
    pub purpose: Purpose,
    /// The action, for money earmarked to it.
    pub action: Option<String>,
    /// The reference of the request.
    pub reference: String,
}

/// What an expense pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A training of one's own.
    Formation,
    /// A training for one's tasks as a volunteer: only the *compte d'engagement citoyen* pays for it.
    FormationDeBenevole,
}

impl Purpose {
    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Formation => "formation",
            Self::FormationDeBenevole => "benevolat",
        }
    }

    /// What this word names.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Formation, Self::FormationDeBenevole].into_iter().find(|purpose| purpose.code() == code)
    }
}

/// An amount in the unit of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Montant {
    /// Euros.
    Euros(Euros),
    /// Hours.
    #[serde(rename = "heures")]
    Hours(Hours),
}

/// A conversion that the holder asked for, of everything that can be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedConversion {
    /// The day.
    pub date: Day,
    /// Which way.
    pub direction: Direction,
}

/// Which way a conversion goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Hours of a public agent to euros (R6323-43, D6323-44).
    HoursToEuros,
    /// Euros to hours of a public agent, at most so many over a continuous period.
    EurosToHours,
    /// Euros of volunteering to hours of a public agent.
    CecToHours,
}

impl Direction {
    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HoursToEuros => "heures_en_euros",
            Self::EurosToHours => "euros_en_heures",
            Self::CecToHours => "cec_en_heures",
        }
    }

    /// The way that this word names.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::HoursToEuros, Self::EurosToHours, Self::CecToHours]
            .into_iter()
            .find(|direction| direction.code() == code)
    }
}
