//! The balances of an account and its state, without the lines that explain them.

use serde::{Deserialize, Serialize};

use crate::mesures::{Euros, VariationHeures};

/// What can be done with an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Etat {
    /// It is fed and spent.
    #[default]
    Ouvert,
    /// The holder is too young.
    PasEncoreOuvert,
    /// A full-rate pension is due: neither fed nor spent, but for volunteering.
    Gele,
    /// The holder is dead.
    Ferme,
}

/// The balances of an account, without their explanation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Soldes {
    /// Everything in euros.
    pub total: Euros,
    /// The part of it that comes from the DIF.
    pub dont_dif: Euros,
    /// The part of it that comes from volunteering.
    pub dont_cec: Euros,
    /// The part of it that others added.
    pub dont_abondements: Euros,
    /// Everything in hours.
    pub heures: VariationHeures,
    /// Where the account stops.
    pub plafond: Euros,
    /// What can be done with it.
    pub etat: Etat,
}

impl Soldes {
    /// The part that counts under the ceiling: yearly credits and DIF.
    ///
    /// ```
    /// use domaine::droits::Soldes;
    /// use domaine::mesures::Euros;
    /// let soldes = Soldes { total: Euros::entiers(740), dont_cec: Euros::entiers(240), ..Soldes::default() };
    /// assert_eq!(soldes.sous_plafond(), Euros::entiers(500));
    /// ```
    pub fn sous_plafond(&self) -> Euros {
        self.total - self.dont_cec - self.dont_abondements
    }
}
