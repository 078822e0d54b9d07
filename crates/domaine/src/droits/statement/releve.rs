//! The statement: lines that explain themselves, and their sum. Nothing here decides what a line holds.

use serde::{Deserialize, Serialize};

use super::ligne::Ligne;
use super::motif::Motif;
use super::soldes::AccountState;
use crate::mesures::{Day, Euros, HoursVariation};

/// A statement of rights on a given day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Releve {
    /// The day it is true of.
    #[serde(rename = "au")]
    pub as_of: Day,
    /// What can be done with the account on that day.
    #[serde(rename = "etat", default)]
    pub state: AccountState,
    /// The sum of the lines.
    pub solde: Euros,
    /// The part of the balance that comes from the DIF.
    #[serde(rename = "dont_dif")]
    pub dif_part: Euros,
    /// The part of the balance that comes from volunteering; outside the ceiling.
    #[serde(rename = "dont_cec", default, skip_serializing_if = "Euros::is_zero")]
    pub cec_part: Euros,
    /// The part of the balance that others added; outside the ceiling.
    #[serde(rename = "dont_abondements", default, skip_serializing_if = "Euros::is_zero")]
    pub abondements_part: Euros,
    /// Where the account stops, on that day.
    pub plafond: Euros,
    /// The sum of the lines in hours: before 2019, or as a public agent.
    #[serde(rename = "solde_heures", default, skip_serializing_if = "HoursVariation::is_zero")]
    pub solde_hours: HoursVariation,
    /// The lines, oldest first.
    pub lignes: Vec<Ligne>,
    /// What is acquired and not spendable yet: each line counts from its date, and its balances are those of then.
    #[serde(rename = "acquises", default, skip_serializing_if = "Vec::is_empty")]
    pub earned: Vec<Ligne>,
}

impl Releve {
    /// The part of the balance that counts under the ceiling: yearly credits and DIF.
    pub fn below_plafond(&self) -> Euros {
        self.solde - self.cec_part - self.abondements_part
    }

    /// What the ceiling withheld of the DIF declared under that reference; nothing when no line comes from it.
    pub fn withheld_of(&self, reference: &str) -> Euros {
        let comes_from_it =
            |ligne: &&Ligne| matches!(&ligne.motif, Motif::Dif { reference: declared, .. } if declared == reference);
        self.lignes.iter().find(comes_from_it).map_or(Euros::ZERO, |ligne| ligne.withheld)
    }
}
