//! The DIF: declared with its proof, inside the ceiling, replaced by a counter-entry.
//! Sources: décret n° 2018-1153, 15 € an hour; ordonnance n° 2019-861, article 8 (ceiling, last day).

use crate::bareme::{Bareme, Source};
use crate::dif::Rapport;
use crate::droits::account::{Compte, DifInscrit, Ecriture, Registre};
use crate::droits::facts::AttestationDeclaree;
use crate::droits::statement::{Hypothese, Hypotheses, Motif, Poche, Raison};
use crate::mesures::{Euros, Heures, VariationHeures};

pub(in crate::droits) fn declarer<'a, R: Registre>(compte: &mut Compte<'a, R>, attestation: &'a AttestationDeclaree) {
    let (date, heures) = (attestation.declaree_le, attestation.heures);
    let vide = Ecriture::vide(date, Poche::Dif, Source::DIF);
    if let (false, Some(fin)) = (compte.bareme.dif_declarable(date), compte.bareme.fin_declaration_dif) {
        return compte.ecrire(vide, || Motif::DifTropTard { heures, fin });
    }
    // What replaces an attestation corrects it: it is judged by the day of the first declaration.
    let mut origine = date;
    if attestation.rapport == Rapport::Remplace {
        for rang in 0..compte.difs.len() {
            let DifInscrit { date, montant, heures, .. } = compte.difs[rang];
            origine = origine.min(compte.difs[rang].origine);
            let trop_percu = compte.soldes.dont_dif < montant.max(Euros::ZERO)
                || compte.heures_dif < heures.max(VariationHeures::ZERO);
            let hypotheses = Hypotheses::AUCUNE.avec_si(trop_percu, Hypothese::TropPercu);
            let ecriture = Ecriture { montant, heures, hypotheses, ..vide };
            compte.contrepasser(ecriture, date, Raison::AttestationRemplacee, None);
        }
        compte.difs.clear();
    }
    let taux = compte.bareme.euros_par_heure.au(date).filter(|_| compte.en_euros);
    let mut ecriture = match taux {
        None => Ecriture { heures: heures.into(), ..vide },
        Some(taux) => {
            let brut = taux.vaut.fois(heures.nombre());
            let ecriture = compte.sous(Ecriture { source: taux.source, ..vide }, brut, compte.plafond_au(date));
            // Neither fed nor spent once a full-rate pension is due.
            if compte.est_gele(origine) {
                Ecriture { montant: Euros::ZERO, retenu: brut, plafond: None, source: Source::RETRAITE, ..ecriture }
            } else {
                ecriture
            }
        }
    };
    let autres: Heures = compte.difs.iter().map(|dif| dif.attestees).sum();
    let au_dela = compte.bareme.heures_par_attestation.au(date).is_some_and(|une| autres + heures > une.vaut);
    ecriture.hypotheses = Hypotheses::AUCUNE
        .avec_si(autres > Heures::ZERO && au_dela, Hypothese::DifAuDelaDUneAttestation)
        .avec_si(date > Bareme::FIN_LEGALE_DU_DIF, Hypothese::DifEncoreOuvert);
    let ligne = compte.registre.nombre();
    compte.difs.push(DifInscrit {
        date,
        attestees: heures,
        origine,
        montant: ecriture.montant,
        heures: ecriture.heures,
        ligne,
    });
    let taux = taux.map_or(Euros::ZERO, |taux| taux.vaut);
    compte.ecrire(ecriture, || Motif::Dif { heures, taux, reference: attestation.reference.clone() });
}
