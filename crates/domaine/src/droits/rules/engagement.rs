//! Volunteering that was recognised. Source: Code du travail, D5151-14.

use crate::bareme::Source;
use crate::droits::account::{Account, Entry, Ledger};
use crate::droits::facts::Montant;
use crate::droits::statement::{Hypotheses, Hypothesis, Motif, Poche};
use crate::mesures::Euros;

/// An activity of volunteering: one of each category in a civil year, up to a ceiling of its own (D5151-14).
pub(in crate::droits) fn commit<R: Ledger>(account: &mut Account<'_, R>, place: usize) {
    let engagements = &account.situation.engagements;
    let engagement = &engagements[place];
    let date = engagement.recorded_on;
    let (Some(credit), Some(plafond)) = (account.bareme.cec_credit.as_of(date), account.bareme.cec_plafond.as_of(date))
    else {
        return;
    };
    let already = engagements.iter().enumerate().any(|(index, other)| {
        // Of the same day, the first one given counts.
        (other.recorded_on, index) < (date, place)
            && other.year == engagement.year
            && other.category == engagement.category
    });
    let place = if already { Euros::ZERO } else { (plafond.value - account.soldes.cec_part).max(Euros::ZERO) };
    let montant = credit.value.min(place);
    let source = if account.frozen_by(date, false).is_some() { Source::ENGAGEMENT_AT_RETRAITE } else { credit.source };
    // « Le total des droits acquis », says the text: read as what is left, or as all that was ever acquired.
    let as_acquired = (plafond.value - account.cec_acquired).max(Euros::ZERO).min(place);
    account.cec_acquired += montant;
    let entry = Entry {
        montant,
        hypotheses: Hypotheses::NONE.with_if(as_acquired < montant, Hypothesis::CecOnBalance),
        withheld: credit.value - montant,
        // Without a ceiling: withheld because another of the same category counts already.
        plafond: (!already).then_some(Montant::Euros(plafond.value)),
        ..Entry::empty(date, Poche::Cec, source)
    };
    account.write(entry, || Motif::Engagement(engagement.category.clone()));
}
