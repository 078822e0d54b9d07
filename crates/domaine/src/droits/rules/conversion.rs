//! Hours of a public agent that become euros, and euros that become hours, when the holder asks for it.
//! Sources: Code du travail, R6323-43 and D6323-44.

use crate::bareme::{Source, Value};
use crate::droits::account::{Account, Entry, Ledger};
use crate::droits::facts::{AskedConversion, Direction, Montant};
use crate::droits::statement::{Hypotheses, Hypothesis, Motif, Poche};
use crate::mesures::{Day, Euros, Hours, HoursVariation};

/// A conversion that the holder asked for: every whole hour that can be converted is.
pub(in crate::droits) fn on_demand<R: Ledger>(account: &mut Account<'_, R>, asked: &AskedConversion) {
    let date = asked.date;
    if account.is_frozen(date) || !account.to_euros {
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
    let hypotheses = Hypotheses::NONE.with_if(hours < kept, Hypothesis::WholeHours);
    convert_to(account, date, Poche::Cpf, hours, taux, false, hypotheses, Some(Montant::Euros(plafond)));
}

/// Within the ceiling in hours, and 150 h over six years.
fn euros_to_hours<R: Ledger>(account: &mut Account<'_, R>, date: Day) {
    let bareme = account.bareme;
    let (Some(taux), Some(convertibles), Some(years)) = (
        bareme.euros_per_converted_hour.as_of(date),
        bareme.convertible_hours.as_of(date),
        bareme.conversion_years.as_of(date),
    ) else {
        return;
    };
    let since = (date.year().saturating_sub(years.value), date.month(), date.day());
    let recent: Hours = account
        .conversions
        .iter()
        .filter(|(day, _)| (day.year(), day.month(), day.day()) > since)
        .map(|(_, hours)| *hours)
        .sum();
    let ordinary = || account.bareme.agent_hours.as_of(date).map_or(Hours::ZERO, |pace| pace.value.plafond);
    let plafond = account.hours_plafond.map_or_else(ordinary, |(_, plafond)| plafond);
    let kept = account.public_hours.count().max(0).unsigned_abs();
    let mut place =
        (convertibles.value.count().saturating_sub(recent.count())).min(plafond.count().saturating_sub(kept));
    let mut total = 0;
    for (poche, held) in [(Poche::Cpf, account.cpf), (Poche::Dif, account.soldes.dif_part)] {
        let hours = contained(held, taux.value).min(place);
        let hypotheses = Hypotheses::NONE.with(Hypothesis::SixRollingYears).with(Hypothesis::WholeHours);
        convert_to(account, date, poche, hours, taux, true, hypotheses, Some(Montant::Hours(plafond)));
        place -= hours;
        total += hours;
    }
    if total > 0 {
        account.conversions.push((date, Hours::new(total)));
    }
}

/// Outside the ceilings.
fn cec_to_hours<R: Ledger>(account: &mut Account<'_, R>, date: Day) {
    let Some(taux) = account.bareme.cec_per_hour.as_of(date) else { return };
    let hours = contained(account.soldes.cec_part, taux.value);
    let hypotheses = Hypotheses::NONE.with(Hypothesis::WholeHours);
    convert_to(account, date, Poche::Cec, hours, taux, true, hypotheses, None);
}

#[expect(clippy::too_many_arguments, reason = "one line of an account, said once for the three directions")]
fn convert_to<R: Ledger>(
    account: &mut Account<'_, R>,
    date: Day,
    poche: Poche,
    hours: u32,
    taux: &Value<Euros>,
    to_hours: bool,
    hypotheses: Hypotheses,
    plafond: Option<Montant>,
) {
    if hours == 0 {
        return;
    }
    let euros = taux.value.times(hours);
    let hours = Hours::new(hours);
    let (montant, variation) = if to_hours { (-euros, hours.into()) } else { (euros, -HoursVariation::from(hours)) };
    let source: Source = taux.source;
    let motif = || Motif::Conversion { hours, taux: taux.value };
    let empty = Entry { agent: true, hypotheses, plafond, ..Entry::empty(date, poche, source) };
    if poche == Poche::Dif {
        // The euros leave the DIF; the hours are those of the agent's account.
        account.write(Entry { montant, ..empty }, motif);
        account.write(Entry { poche: Poche::Cpf, hours: variation, ..empty }, motif);
    } else {
        account.write(Entry { montant, hours: variation, ..empty }, motif);
    }
}
