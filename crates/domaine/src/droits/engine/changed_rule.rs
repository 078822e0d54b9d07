//! Whether a year that the ledger holds would be given otherwise by the rules of today: what `acquis alimenter` puts right.

use super::standing::as_credited;
use super::years::by_rule;
use crate::bareme::Bareme;
use crate::droits::account::{Account, Nothing};
use crate::droits::facts::Situation;
use crate::droits::rules::eligibility;
use crate::mesures::{Day, Year};

/// Whether the rules of today give that year otherwise than the ledger says, from facts that did not change.
pub(super) fn rule_has_changed(situation: &Situation, bareme: &Bareme, year: Year, as_of: Day) -> bool {
    by_rule(situation, bareme, year, as_of).into_iter().flatten().any(|credit| {
        let stands = as_credited(situation, bareme, credit, as_of);
        let account = Account::open(situation, bareme, Nothing);
        let obstacle = eligibility::obstacle(&account, credit.key(), credit.date).map(|(raison, ..)| raison);
        stands.droit != credit.droit || obstacle.is_some_and(|raison| account.stands_despite(raison, &credit, as_of))
    })
}
