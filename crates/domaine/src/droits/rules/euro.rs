//! 1 January 2019: accounts pass from hours to euros, and hours of before that are written later follow them.
//! Source: décret n° 2018-1153 (15 € an hour).

use crate::bareme::Bareme;
use crate::droits::account::{Account, Droit, Entry, Ledger};
use crate::droits::facts::{Montant, Provenance};
use crate::droits::statement::{Hypotheses, Hypothesis, Motif, Poche};
use crate::mesures::{Day, Euros, Hours, HoursVariation, Year};

/// Euros for an hour held on the day accounts passed to euros.
fn taux(bareme: &Bareme) -> Euros {
    bareme.euros_per_hour.as_of(Bareme::EURO_SWITCH).map_or(Euros::ZERO, |taux| taux.value)
}

/// 1 January 2019: every hour of an employee becomes euros; those of a public agent stay.
pub(in crate::droits) fn switch_to_euro<R: Ledger>(account: &mut Account<'_, R>) {
    account.to_euros = true;
    let date = Bareme::EURO_SWITCH;
    if let Some(earlier) = &account.situation.earlier_hours {
        convert(account, date, Poche::Cpf, earlier.hours, HoursVariation::ZERO, earlier.provenance);
    }
    let hours = account.private_hours;
    if hours > HoursVariation::ZERO {
        convert(account, date, Poche::Cpf, hours.absolute(), -hours, Provenance::Employeurs);
    }
    // Hours already spent are owed in euros, should the year be corrected.
    for recorded in &mut account.years {
        if matches!(recorded.credit.droit, Droit::Hours { agent: false, .. }) {
            recorded.montant += taux(account.bareme).times(recorded.hours.absolute().count());
            recorded.hours = HoursVariation::ZERO;
        }
    }
    // Expenses took hours of DIF without saying of which attestation: the oldest ones go first.
    let mut spent = account.difs.iter().map(|dif| dif.hours).sum::<HoursVariation>() - account.dif_hours;
    for index in 0..account.difs.len() {
        let taken = spent.min(account.difs[index].hours);
        spent = spent - taken;
        let hours = account.difs[index].hours - taken;
        if hours > HoursVariation::ZERO {
            let before = account.soldes.dif_part;
            account.difs[index].ligne = account.ledger.count();
            convert(account, date, Poche::Dif, hours.absolute(), -hours, Provenance::Titulaire);
            account.difs[index].montant += account.soldes.dif_part - before;
        }
        // Hours already spent are owed in euros, should the attestation be replaced.
        let owed = taux(account.bareme).times(taken.absolute().count());
        account.difs[index].montant += owed;
        account.difs[index].hours = HoursVariation::ZERO;
    }
}

/// Hours of work of 2018 or before, credited or corrected after the day of the euro.
// Called for every year of every life: see the bench « droits ».
#[inline]
pub(in crate::droits) fn after_switch<R: Ledger>(account: &mut Account<'_, R>, date: Day, hours: Hours) {
    if hours > Hours::ZERO {
        convert(account, date, Poche::Cpf, hours, -HoursVariation::from(hours), Provenance::Employeurs);
    }
}

/// The same, when what they are worth is known already.
pub(in crate::droits) fn convert_at_known_value<R: Ledger>(
    account: &mut Account<'_, R>,
    date: Day,
    hours: HoursVariation,
    montant: Euros,
) {
    let Some(value) = account.bareme.euros_per_hour.as_of(date).filter(|_| !hours.is_zero()) else { return };
    let hypotheses = Hypotheses::NONE.with(Hypothesis::YearOfEuroSwitch);
    let plafond = Some(Montant::Euros(account.plafond_at(date)));
    let empty = Entry::empty(date, Poche::Cpf, value.source);
    let entry = Entry { montant, hours: -hours, plafond, hypotheses, ..empty };
    let (hours, taux, provenance) = (hours.absolute(), value.value, Provenance::Employeurs);
    account.write(entry, || Motif::ConvertedHours { hours, taux, provenance });
}

fn convert<R: Ledger>(
    account: &mut Account<'_, R>,
    date: Day,
    poche: Poche,
    hours: Hours,
    variation: HoursVariation,
    provenance: Provenance,
) {
    let Some(taux) = account.bareme.euros_per_hour.as_of(date) else { return };
    if hours == Hours::ZERO {
        return;
    }
    let pace = account.bareme.salarie_hours.as_of(date).map_or(Hours::ZERO, |pace| pace.value.plafond);
    let earned = account.earned_hours.absolute().max(hours);
    let high = poche == Poche::Cpf && earned > pace;
    if let (true, Some(plafond)) = (high, account.bareme.low_qualification_plafond.as_of(date)) {
        // Any year credited in euros comes after those hours.
        account.withhold_above_plafond(Year::FIRST, plafond.value);
    }
    let plafond = account.plafond_at(date);
    let empty = Entry::empty(date, poche, taux.source);
    let mut entry = account.below(empty, taux.value.times(hours.count()), plafond);
    entry.hours = variation;
    entry.hypotheses = Hypotheses::NONE
        .with_if(high, Hypothesis::PlafondAtConversion)
        .with_if(date > Bareme::EURO_SWITCH, Hypothesis::YearOfEuroSwitch);
    account.write(entry, || Motif::ConvertedHours { hours, taux: taux.value, provenance });
}
