//! The DIF: declared with its proof, inside the ceiling, replaced or refused by a counter-entry.
//! Sources: décret n° 2018-1153, 15 € an hour; ordonnance n° 2019-861, article 8 (ceiling, last day).

use crate::bareme::{Bareme, Source};
use crate::dif::Rapport;
use crate::droits::account::{Account, Entry, Ledger, RecordedDif};
use crate::droits::statement::{Hypotheses, Hypothesis, Motif, Poche, Raison};
use crate::mesures::{Day, Euros, Hours, HoursVariation};

/// The attestation of this place counts from that day on.
pub(in crate::droits) fn declare<R: Ledger>(account: &mut Account<'_, R>, place: usize, date: Day) {
    let attestation = &account.situation.attestations[place];
    let (hours, declared_on) = (attestation.hours, attestation.declared_on);
    if let (false, Some(end)) = (account.bareme.dif_can_be_declared(declared_on), account.bareme.dif_declaration_end) {
        return account.write(Entry::empty(date, Poche::Dif, Source::DIF), || Motif::DifTooLate { hours, end });
    }
    let after = account.attested.iter().position(|other| *other > place).unwrap_or(account.attested.len());
    account.attested.insert(after, place);
    settle(account, date, Raison::ReplacedAttestation);
}

/// Its proof is refused on that day: its hours leave, and those that it had replaced are back.
pub(in crate::droits) fn refuse<R: Ledger>(account: &mut Account<'_, R>, place: usize, date: Day) {
    account.attested.retain(|other| *other != place);
    settle(account, date, Raison::RefusedAttestation);
}

/// Writes what those that count by now change: first what is taken back, for that reason, then what is given.
fn settle<R: Ledger>(account: &mut Account<'_, R>, date: Day, raison: Raison) {
    let attestations = &account.situation.attestations;
    let counting = account.attested.iter().fold(Vec::new(), |mut counting, place| {
        if attestations[*place].rapport == Rapport::Replaces {
            counting.clear();
        }
        counting.push(*place);
        counting
    });
    // What replaces an attestation corrects it: it is judged by the day of the first declaration.
    let mut origin = date;
    for index in 0..account.difs.len() {
        let RecordedDif { date: of, montant, hours, .. } = account.difs[index];
        if counting.contains(&account.difs[index].place) {
            continue;
        }
        origin = origin.min(account.difs[index].origin);
        let over_paid =
            account.soldes.dif_part < montant.max(Euros::ZERO) || account.dif_hours < hours.max(HoursVariation::ZERO);
        let hypotheses = Hypotheses::NONE.with_if(over_paid, Hypothesis::OverPaid);
        let entry = Entry { montant, hours, hypotheses, ..Entry::empty(date, Poche::Dif, Source::DIF) };
        account.reverse(entry, of, raison, None);
    }
    account.difs.retain(|dif| counting.contains(&dif.place));
    for place in counting {
        if !account.difs.iter().any(|dif| dif.place == place) {
            add(account, place, date, origin);
        }
    }
}

/// Writes the hours of an attestation, judged as if they had been declared on the day of `origin`.
fn add<R: Ledger>(account: &mut Account<'_, R>, place: usize, date: Day, origin: Day) {
    let attestation = &account.situation.attestations[place];
    let hours = attestation.hours;
    let empty = Entry::empty(date, Poche::Dif, Source::DIF);
    let taux = account.bareme.euros_per_hour.as_of(date).filter(|_| account.to_euros);
    let mut entry = match taux {
        None => Entry { hours: hours.into(), ..empty },
        Some(taux) => {
            let raw = taux.value.times(hours.count());
            let entry = account.below(Entry { source: taux.source, ..empty }, raw, account.plafond_at(date));
            // Neither fed nor spent once a full-rate pension is due.
            match account.frozen_by(origin, false) {
                Some(source) => Entry { montant: Euros::ZERO, withheld: raw, plafond: None, source, ..entry },
                None => entry,
            }
        }
    };
    let others: Hours = account.difs.iter().map(|dif| dif.attested).sum();
    let beyond = account.bareme.hours_per_attestation.as_of(date).is_some_and(|one| others + hours > one.value);
    entry.hypotheses = account
        .assumed_of_age(origin)
        .with_if(others > Hours::ZERO && beyond, Hypothesis::DifBeyondOneAttestation)
        .with_if(attestation.declared_on > Bareme::LEGAL_DIF_END, Hypothesis::DifStillOpen);
    let ligne = account.ledger.count();
    let (montant, in_hours) = (entry.montant, entry.hours);
    account.difs.push(RecordedDif { place, date, attested: hours, origin, montant, hours: in_hours, ligne });
    let taux = taux.map_or(Euros::ZERO, |taux| taux.value);
    account.write(entry, || Motif::Dif { hours, taux, reference: attestation.reference.clone() });
}
