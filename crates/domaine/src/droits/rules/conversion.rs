//! Hours of a public agent that become euros, and euros that become hours, when the holder asks for it.
//! Sources: Code du travail, R6323-43 and D6323-44; décret n° 2017-928, articles 2 and 3-1.

use crate::droits::account::{Account, Entry, Ledger};
use crate::droits::facts::{AskedConversion, Direction, Montant};
use crate::droits::statement::{Hypotheses, Hypothesis, Motif, Poche};
use crate::mesures::{Day, Euros, Hours, HoursVariation};

/// A conversion that the holder asked for, of everything that can be converted.
pub(in crate::droits) fn on_demand<R: Ledger>(account: &mut Account<'_, R>, asked: &AskedConversion) {
    let date = asked.date;
    if account.frozen_by(date, false).is_some() || !account.to_euros {
        return;
    }
    match asked.direction {
        Direction::HoursToEuros => hours_to_euros(account, date),
        Direction::EurosToHours => euros_to_hours(account, date),
        Direction::CecToHours => cec_to_hours(account, date),
    }
}

/// How many whole hours that money is worth.
fn contained(montant: Euros, taux: Euros) -> u32 {
    let hours = montant.centimes().max(0).checked_div(taux.centimes()).unwrap_or(0);
    u32::try_from(hours).unwrap_or(u32::MAX)
}

/// Within the ceiling in euros: the hours that do not fit stay hours.
fn hours_to_euros<R: Ledger>(account: &mut Account<'_, R>, date: Day) {
    let Some(taux) = account.bareme.euros_per_agent_hour.as_of(date) else { return };
    let plafond = account.plafond_at(date);
    let kept = account.public_hours.count().max(0).unsigned_abs();
    let hours = kept.min(contained(plafond - account.below_plafond(), taux.value));
    if hours == 0 {
        return;
    }
    let (montant, variation) = (taux.value.times(hours), -HoursVariation::from(Hours::new(hours)));
    let entry = Entry {
        agent: true,
        montant,
        hours: variation,
        hypotheses: Hypotheses::NONE.with_if(hours < kept, Hypothesis::WholeHours),
        plafond: Some(Montant::Euros(plafond)),
        ..Entry::empty(date, Poche::Cpf, taux.source)
    };
    account.write(entry, || Motif::Conversion { hours: Hours::new(hours), taux: taux.value });
}

/// Rounded to the nearest hour, within the ceiling in hours and the limit of its continuous period (décret n° 2017-928,
/// article 3-1). What is rounded leaves whole; what a limit stops stays in euros.
fn euros_to_hours<R: Ledger>(account: &mut Account<'_, R>, date: Day) {
    let bareme = account.bareme;
    let ordinary = bareme.agent_hours.as_of(date).map_or(Hours::ZERO, |pace| pace.value.plafond);
    let plafond = account.hours_plafond.map_or(ordinary, |(_, plafond)| plafond);
    let limits = if plafond > ordinary { bareme.low_qualification_conversion_limit } else { bareme.conversion_limit };
    let (Some(taux), Some(limit)) = (bareme.euros_per_converted_hour.as_of(date), limits.as_of(date)) else {
        return;
    };
    let since = (date.year().saturating_sub(limit.value.years), date.month(), date.day());
    let recent: Hours = account
        .conversions
        .iter()
        .filter(|(day, _)| (day.year(), day.month(), day.day()) > since)
        .map(|(_, hours)| *hours)
        .sum();
    let kept = account.public_hours.count().max(0).unsigned_abs();
    let place = (limit.value.hours.count().saturating_sub(recent.count())).min(plafond.count().saturating_sub(kept));
    let held = account.below_plafond().max(Euros::ZERO);
    let (nearest, at_half) = nearest(held, taux.value);
    let hours = nearest.min(place);
    if hours == 0 {
        return;
    }
    let euros = if hours < nearest { taux.value.times(hours) } else { held };
    let cpf = account.cpf.max(Euros::ZERO).min(euros);
    let motif = || Motif::Conversion { hours: Hours::new(hours), taux: taux.value };
    let entry = Entry {
        agent: true,
        hypotheses: Hypotheses::NONE.with_if(at_half && hours == nearest, Hypothesis::WholeHours),
        plafond: Some(Montant::Hours(plafond)),
        ..Entry::empty(date, Poche::Cpf, taux.source)
    };
    account.write(Entry { montant: -cpf, hours: Hours::new(hours).into(), ..entry }, motif);
    if cpf < euros {
        account.write(Entry { poche: Poche::Dif, montant: cpf - euros, ..entry }, motif);
    }
    account.conversions.push((date, Hours::new(hours)));
}

/// Outside the ceilings, rounded to the nearest hour (décret n° 2017-928, article 2).
fn cec_to_hours<R: Ledger>(account: &mut Account<'_, R>, date: Day) {
    let Some(taux) = account.bareme.cec_per_hour.as_of(date) else { return };
    let held = account.soldes.cec_part.max(Euros::ZERO);
    let (hours, at_half) = nearest(held, taux.value);
    if hours > 0 {
        let hypotheses = Hypotheses::NONE.with_if(at_half, Hypothesis::WholeHours);
        let (montant, variation) = (-held, Hours::new(hours).into());
        let empty = Entry::empty(date, Poche::Cec, taux.source);
        let entry = Entry { agent: true, montant, hours: variation, hypotheses, ..empty };
        account.write(entry, || Motif::Conversion { hours: Hours::new(hours), taux: taux.value });
    }
}

/// The nearest whole number of hours that money is worth, and whether it was half way between two: then the higher.
fn nearest(montant: Euros, taux: Euros) -> (u32, bool) {
    let (held, taux) = (montant.centimes().max(0), taux.centimes().max(1));
    let hours = (2 * held + taux) / (2 * taux);
    (u32::try_from(hours).unwrap_or(u32::MAX), (2 * held) % (2 * taux) == taux)
}
