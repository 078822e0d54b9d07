//! Volunteering that was recognised, in hours up to 2018, then in euros. Source: Code du travail, D5151-14.

use crate::bareme::{Bareme, Source};
use crate::droits::account::{Account, Entry, Ledger};
use crate::droits::facts::{Engagement, Montant, Provenance};
use crate::droits::statement::{Hypotheses, Hypothesis, Motif, Poche};
use crate::mesures::{Euros, HoursVariation};

/// An activity of volunteering: one of each category in a civil year, up to a ceiling of its own (D5151-14).
pub(in crate::droits) fn commit<R: Ledger>(account: &mut Account<'_, R>, place: usize) {
    let engagements = &account.situation.engagements;
    let engagement = &engagements[place];
    let already = engagements.iter().enumerate().any(|(index, other)| {
        // Of the same day, the first one given counts.
        (other.recorded_on, index) < (engagement.recorded_on, place)
            && other.year == engagement.year
            && other.category == engagement.category
    });
    let entry =
        if account.to_euros { in_euros(account, engagement, already) } else { in_hours(account, engagement, already) };
    if let Some(mut entry) = entry {
        if account.frozen_by(entry.date, false).is_some() {
            entry.source = Source::ENGAGEMENT_AT_RETRAITE;
        }
        account.write(entry, || Motif::Engagement(engagement.category.clone()));
    }
}

/// « Le total des droits acquis », says the text of the ceiling: read as what is left, or as all that was ever acquired.
fn assumed(as_acquired: Euros, given: Euros) -> Hypotheses {
    Hypotheses::NONE.with_if(as_acquired < given, Hypothesis::CecOnBalance)
}

fn in_euros<R: Ledger>(account: &mut Account<'_, R>, engagement: &Engagement, already: bool) -> Option<Entry> {
    let date = engagement.recorded_on;
    let (credit, plafond) = (account.bareme.cec_credit.as_of(date)?, account.bareme.cec_plafond.as_of(date)?);
    let place = if already { Euros::ZERO } else { (plafond.value - account.soldes.cec_part).max(Euros::ZERO) };
    let montant = credit.value.min(place);
    let as_acquired = (plafond.value - account.cec_acquired).max(Euros::ZERO);
    account.cec_acquired += montant;
    Some(Entry {
        montant,
        hypotheses: assumed(as_acquired, montant),
        withheld: credit.value - montant,
        // Without a ceiling: withheld because another of the same category counts already.
        plafond: (!already).then_some(Montant::Euros(plafond.value)),
        ..Entry::empty(date, Poche::Cec, credit.source)
    })
}

/// In 2017 and 2018: hours, under a ceiling in hours.
fn in_hours<R: Ledger>(account: &mut Account<'_, R>, engagement: &Engagement, already: bool) -> Option<Entry> {
    let (date, zero) = (engagement.recorded_on, HoursVariation::ZERO);
    let (credit, plafond) = (account.bareme.cec_hours.as_of(date)?, account.bareme.cec_hours_plafond.as_of(date)?);
    let value = account.bareme.euros_per_cec_hour.as_of(Bareme::EURO_SWITCH)?.value;
    let limit = HoursVariation::from(plafond.value);
    let place = if already { zero } else { (limit - account.cec_hours).max(zero) };
    let hours = HoursVariation::from(credit.value).min(place);
    let (given, most) = (value.times(hours.absolute().count()), value.times(plafond.value.count()));
    let as_acquired = (most - account.cec_acquired).max(Euros::ZERO);
    account.cec_acquired += given;
    Some(Entry {
        hours,
        hypotheses: assumed(as_acquired, given),
        withheld_hours: HoursVariation::from(credit.value) - hours,
        plafond: (!already).then_some(Montant::Hours(plafond.value)),
        ..Entry::empty(date, Poche::Cec, credit.source)
    })
}

/// 1 January 2019: hours of volunteering become euros at a rate of their own (décret n° 2018-1349).
pub(in crate::droits) fn switch_to_euro<R: Ledger>(account: &mut Account<'_, R>) {
    let (date, held) = (Bareme::EURO_SWITCH, account.cec_hours);
    let Some(taux) = account.bareme.euros_per_cec_hour.as_of(date).filter(|_| held > HoursVariation::ZERO) else {
        return;
    };
    let hours = held.absolute();
    let entry =
        Entry { montant: taux.value.times(hours.count()), hours: -held, ..Entry::empty(date, Poche::Cec, taux.source) };
    // Whoever said so of the activity is not known here: its own line tells.
    account.write(entry, || Motif::ConvertedHours { hours, taux: taux.value, provenance: Provenance::Titulaire });
}
