//! The balances of an account and its state, without the lines that explain them.

use serde::{Deserialize, Serialize};

use crate::mesures::{Euros, HoursVariation};

/// What can be done with an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AccountState {
    /// It is fed and spent.
    #[default]
    #[serde(rename = "ouvert")]
    Open,
    /// The holder is too young.
    #[serde(rename = "pas_encore_ouvert")]
    NotYetOpen,
    /// A full-rate pension is due, or its age is reached: neither fed nor spent, but for volunteering.
    #[serde(rename = "gele")]
    Frozen,
    /// The holder is dead.
    #[serde(rename = "ferme")]
    Closed,
}

/// The balances of an account, without their explanation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Soldes {
    /// Everything in euros.
    pub total: Euros,
    /// The part of it that comes from the DIF.
    pub dif_part: Euros,
    /// The part of it that comes from volunteering.
    pub cec_part: Euros,
    /// The part of it that others added.
    pub abondements_part: Euros,
    /// Everything in hours.
    pub hours: HoursVariation,
    /// Where the account stops.
    pub plafond: Euros,
    /// What can be done with it.
    pub state: AccountState,
}

impl Soldes {
    /// The part that counts under the ceiling: yearly credits and DIF.
    ///
    /// ```
    /// use domaine::droits::Soldes;
    /// use domaine::mesures::Euros;
    /// let soldes = Soldes { total: Euros::whole(740), cec_part: Euros::whole(240), ..Soldes::default() };
    /// assert_eq!(soldes.below_plafond(), Euros::whole(500));
    /// ```
    pub fn below_plafond(&self) -> Euros {
        self.total - self.cec_part - self.abondements_part
    }
}
