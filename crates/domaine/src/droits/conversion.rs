//! Hours that become euros: those held at the end of 2018, and the DIF.
//! Source: décret n° 2018-1153, 15 € an hour.

use super::releve::{Avance, Motif};
use super::situation::{AttestationDeclaree, Situation};
use crate::bareme::Bareme;
use crate::dif::Rapport;
use crate::mesures::{Euros, Heures, Jour};

/// The day accounts passed from hours to euros.
const PASSAGE_A_L_EURO: Jour = Jour::date(2019, 1, 1);

/// Hours of CPF held on 31 December 2018.
pub(super) fn des_heures_anterieures(situation: &Situation, bareme: &Bareme) -> Option<Avance> {
    let anterieures = situation.heures_anterieures.as_ref()?;
    let taux = bareme.euros_par_heure.au(PASSAGE_A_L_EURO)?;
    (anterieures.heures > Heures::ZERO).then(|| Avance {
        date: PASSAGE_A_L_EURO,
        montant: taux.vaut.fois(anterieures.heures.nombre()),
        motif: Motif::HeuresConverties {
            heures: anterieures.heures,
            taux: taux.vaut,
            provenance: anterieures.provenance,
        },
        source: taux.source,
        hypothese: None,
    })
}

/// The DIF attestations that count on that day: those since the last one that stands for all.
pub(super) fn du_dif(situation: &Situation, date: Jour, bareme: &Bareme) -> impl Iterator<Item = Avance> {
    let connues: Vec<_> = situation.attestations.iter().filter(|a| a.declaree_le <= date).collect();
    let premiere = connues.iter().rposition(|a| a.rapport == Rapport::Remplace).unwrap_or(0);
    connues.into_iter().skip(premiere).filter_map(|attestation| d_une_attestation(attestation, bareme))
}

fn d_une_attestation(attestation: &AttestationDeclaree, bareme: &Bareme) -> Option<Avance> {
    let date = attestation.declaree_le.max(PASSAGE_A_L_EURO);
    let taux = bareme.euros_par_heure.au(date)?;
    let montant: Euros = taux.vaut.fois(attestation.heures.nombre());
    Some(Avance {
        date,
        montant,
        motif: Motif::Dif { heures: attestation.heures, taux: taux.vaut, reference: attestation.reference.clone() },
        source: taux.source,
        hypothese: None,
    })
}
