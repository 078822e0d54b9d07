//! Where an account stops. Source: Code du travail, article L6323-11; DIF counts inside it
//! (ordonnance n° 2019-861, article 8).

use crate::bareme::Bareme;
use crate::mesures::{Euros, Jour};

/// The ceiling on that day; nothing could be held in euros before 2019.
pub(super) fn au(date: Jour, bareme: &Bareme) -> Euros {
    bareme.plafond.au(date).map_or(Euros::ZERO, |plafond| plafond.vaut)
}

/// How much more the account can hold.
pub(super) fn place(solde: Euros, date: Jour, bareme: &Bareme) -> Euros {
    (au(date, bareme) - solde).max(Euros::ZERO)
}
