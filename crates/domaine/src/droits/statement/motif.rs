//! Why a line is there: the rule that made it, and the facts it used.
//!
//! Few shapes for many rules: each shape that travels is paid for by the page.

use serde::{Deserialize, Serialize};

use crate::bareme::Bareme;
use crate::droits::facts::{Abondement, EngagementCategory, Montant, Provenance, Raison, YearOfWork};
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
        #[serde(rename = "heures")]
        hours: Hours,
        /// Euros for one hour.
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
        #[serde(rename = "heures")]
        hours: Hours,
        /// Euros for one hour; nothing while accounts were kept in hours.
        taux: Euros,
        /// The reference of the declaration.
        reference: String,
    },
    /// Hours of DIF declared after the last day.
    #[serde(rename = "dif_trop_tard")]
    DifTooLate {
        /// How many.
        #[serde(rename = "heures")]
        hours: Hours,
        /// The last day.
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
        #[serde(rename = "heures")]
        hours: Hours,
        /// Euros for one hour.
        taux: Euros,
    },
    /// A counter-entry: it takes back what an earlier line gave.
    Contrepassation {
        /// The day of that line.
        #[serde(rename = "du")]
        of: Day,
        /// Why.
        raison: Raison,
        /// The year of work, when that line credited one.
        #[serde(rename = "annee", default, skip_serializing_if = "Option::is_none")]
        year: Option<Year>,
    },
    /// The account closes.
    #[serde(rename = "cloture")]
    Closing,
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
    pub echeance: Option<Day>,
    /// The agreement, or the decision of the employer, that makes them pay; nothing when none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accord: Option<String>,
}

impl Dotation {
    pub(in crate::droits) fn of(abondement: &Abondement, bareme: &Bareme) -> Self {
        Self {
            financeur: abondement.financeur.clone(),
            action: abondement.reserved_action(bareme).cloned(),
            echeance: abondement.delay(bareme),
            accord: abondement.accord.as_ref().map(|accord| accord.titre.clone()),
        }
    }
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
