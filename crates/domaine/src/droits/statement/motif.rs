//! Why a line is there: the rule that made it, and the facts it used.
//!
//! Few shapes for many rules: each shape that travels is paid for by the page.

use serde::{Deserialize, Serialize};

use crate::bareme::AbsenceNatures;
use crate::droits::facts::{EngagementCategory, Montant, Provenance, Statut};
use crate::mesures::{Day, Euros, Hours, Quantity, Year};

/// The rule that made a line, with the facts it used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Motif {
    /// Hours held on 31 December 2018, converted on 1 January 2019.
    #[serde(rename = "heures_converties")]
    ConvertedHours {
        /// How many.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "54"))]
        #[serde(rename = "heures")]
        hours: Hours,
        /// Euros for one hour.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "15.00"))]
        taux: Euros,
        /// Who said so.
        provenance: Provenance,
    },
    /// A year whose credit is whole.
    #[serde(rename = "annee_pleine")]
    FullYear {
        /// The year and its facts.
        #[serde(rename = "faits")]
        facts: YearOfWork,
    },
    /// A year whose credit is in proportion.
    #[serde(rename = "annee_partielle")]
    PartialYear {
        /// The year and its facts.
        #[serde(rename = "faits")]
        facts: YearOfWork,
        /// How much more work would have given the whole credit.
        #[serde(rename = "manque")]
        missing: Quantity,
    },
    /// A year that gives nothing.
    #[serde(rename = "annee_sans_credit")]
    YearWithoutCredit {
        /// The year and its facts.
        #[serde(rename = "faits")]
        facts: YearOfWork,
        /// Why.
        raison: Raison,
    },
    /// Hours of DIF, declared with a proof.
    Dif {
        /// How many this line adds.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "87"))]
        #[serde(rename = "heures")]
        hours: Hours,
        /// Euros for one hour; nothing while accounts were kept in hours.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "15.00"))]
        taux: Euros,
        /// The reference of the declaration.
        reference: String,
    },
    /// Hours of DIF declared after the last day.
    #[serde(rename = "dif_trop_tard")]
    DifTooLate {
        /// How many.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "87"))]
        #[serde(rename = "heures")]
        hours: Hours,
        /// The last day.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2021-06-30"))]
        #[serde(rename = "fin")]
        end: Day,
    },
    /// An activity of volunteering.
    Engagement(EngagementCategory),
    /// What someone else added.
    Abondement(Dotation),
    /// What someone else added and was not spent in time goes back.
    #[serde(rename = "abondement_echu")]
    ExpiredAbondement(Dotation),
    /// Something the account paid for.
    Depense(Paiement),
    /// What the account could not pay of it.
    #[serde(rename = "depense_non_couverte")]
    UncoveredDepense(Paiement),
    /// Hours of a public agent that become euros, or euros that become hours.
    Conversion {
        /// How many hours.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "50"))]
        #[serde(rename = "heures")]
        hours: Hours,
        /// Euros for one hour.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "15.00"))]
        taux: Euros,
    },
    /// A counter-entry: it takes back what an earlier line gave.
    Contrepassation {
        /// The day of that line.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2022-06-30"))]
        #[serde(rename = "du")]
        of: Day,
        /// Why.
        raison: Raison,
        /// The year of work, when that line credited one.
        #[serde(rename = "annee", default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2021"))]
        year: Option<Year>,
    },
    /// The account closes.
    #[serde(rename = "cloture")]
    Closing,
}

/// Why a year gives nothing, a payment is refused, or a line is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Raison {
    /// The contribution to training was not paid.
    #[serde(rename = "cotisation_impayee")]
    UnpaidCotisation,
    /// The age of the account was not reached.
    Age,
    /// A full-rate pension is due.
    Retraite,
    /// No rule gives anything to that status in that year.
    #[serde(rename = "sans_regle")]
    NoRule,
    /// The full year to which the work is compared is not known: no SMIC was given.
    #[serde(rename = "sans_reference")]
    NoReference,
    /// The account does not hold enough.
    #[serde(rename = "solde_insuffisant")]
    InsufficientSolde,
    /// A later DIF attestation stands for all.
    #[serde(rename = "attestation_remplacee")]
    ReplacedAttestation,
    /// The facts of the year were corrected.
    #[serde(rename = "annee_rectifiee")]
    RectifiedYear,
    /// The declaration of being below level 3 was wrong.
    #[serde(rename = "declaration_annulee")]
    CancelledDeclaration,
    /// Another line was corrected, which changes the room that was left for this one.
    #[serde(rename = "autre_ligne_corrigee")]
    OtherLineCorrected,
}

/// The category under which a year is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Category {
    /// An employee.
    Salarie,
    /// An employee below level 3.
    SalarieSousNiveau3,
    /// A person of an ESAT.
    Esat,
    /// A self-employed person.
    Independant,
    /// A public agent.
    Agent,
    /// A public agent of category C below level 3.
    AgentSousNiveau3,
}

impl Category {
    /// The category of a status, before anything is known of its holder.
    pub(in crate::droits) const fn of(statut: Statut) -> Self {
        match statut {
            Statut::Salarie => Self::Salarie,
            Statut::Esat => Self::Esat,
            Statut::Independant { .. } => Self::Independant,
            Statut::PublicAgent { without_niveau_3: true, .. } => Self::AgentSousNiveau3,
            Statut::PublicAgent { .. } => Self::Agent,
        }
    }

    /// Whether it feeds the hours of a public agent, which are another counter than the euros of everybody else.
    pub(crate) const fn is_an_agents(self) -> bool {
        matches!(self, Self::Agent | Self::AgentSousNiveau3)
    }
}

/// The facts of a year of work that the yearly credit uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct YearOfWork {
    /// The civil year of work.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2021"))]
    #[serde(rename = "annee")]
    pub year: Year,
    /// As whom; of several that feed one counter, the most favourable.
    #[serde(rename = "categorie")]
    pub category: Category,
    /// The other status of that year, less favourable, when there was a choice (R6323-27).
    #[serde(rename = "ecartee", default, skip_serializing_if = "Option::is_none")]
    pub discarded: Option<Category>,
    /// Work, absences that count as work included.
    #[serde(rename = "travail")]
    pub work: Quantity,
    /// The part of it that is absence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absences: Option<Quantity>,
    /// What those absences were.
    #[serde(default, skip_serializing_if = "AbsenceNatures::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::bareme::AbsenceNature>))]
    pub natures: AbsenceNatures,
    /// A full year of work.
    pub reference: Quantity,
    /// The credit of a full year.
    pub credit: Montant,
    /// What a disability adds to it.
    #[serde(default, skip_serializing_if = "Euros::is_zero")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "300.00"))]
    pub majoration: Euros,
    /// Who said so.
    pub provenance: Provenance,
}

/// What someone else added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dotation {
    /// Who pays.
    pub financeur: String,
    /// The only action it can pay for, when it is earmarked.
    pub action: Option<String>,
    /// The last day it can be spent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2027-12-31"))]
    pub echeance: Option<Day>,
}

/// What an expense asked of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Paiement {
    /// The reference of the request.
    pub reference: String,
    /// How much was asked.
    #[serde(rename = "demande")]
    pub asked: Montant,
    /// Why it was not paid, or not wholly.
    #[serde(rename = "refus", default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Raison>,
}
