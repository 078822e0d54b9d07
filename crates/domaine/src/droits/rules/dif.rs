//! The DIF: declared with its proof, inside the ceiling, replaced by a counter-entry.
//! Sources: décret n° 2018-1153, 15 € an hour; ordonnance n° 2019-861, article 8 (ceiling, last day).

use crate::bareme::{Bareme, Source};
use crate::dif::Rapport;
use crate::droits::account::{Account, Entry, Ledger, RecordedDif};
use crate::droits::facts::DeclaredAttestation;
use crate::droits::statement::{Hypotheses, Hypothesis, Motif, Poche, Raison};
use crate::mesures::{Euros, Hours, HoursVariation};

pub(in crate::droits) fn declare<'a, R: Ledger>(account: &mut Account<'a, R>, attestation: &'a DeclaredAttestation) {
    let (date, hours) = (attestation.declared_on, attestation.hours);
    let empty = Entry::empty(date, Poche::Dif, Source::DIF);
    if let (false, Some(end)) = (account.bareme.dif_can_be_declared(date), account.bareme.dif_declaration_end) {
        return account.write(empty, || Motif::DifTooLate { hours, end });
    }
    // What replaces an attestation corrects it: it is judged by the day of the first declaration.
    let mut origin = date;
    if attestation.rapport == Rapport::Replaces {
        for index in 0..account.difs.len() {
            let RecordedDif { date, montant, hours, .. } = account.difs[index];
            origin = origin.min(account.difs[index].origin);
            let over_paid = account.soldes.dif_part < montant.max(Euros::ZERO)
                || account.dif_hours < hours.max(HoursVariation::ZERO);
            let hypotheses = Hypotheses::NONE.with_if(over_paid, Hypothesis::OverPaid);
            let entry = Entry { montant, hours, hypotheses, ..empty };
            account.reverse(entry, date, Raison::ReplacedAttestation, None);
        }
        account.difs.clear();
    }
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
        .with_if(date > Bareme::LEGAL_DIF_END, Hypothesis::DifStillOpen);
    let ligne = account.ledger.count();
    account.difs.push(RecordedDif { date, attested: hours, origin, montant: entry.montant, hours: entry.hours, ligne });
    let taux = taux.map_or(Euros::ZERO, |taux| taux.value);
    account.write(entry, || Motif::Dif { hours, taux, reference: attestation.reference.clone() });
}
