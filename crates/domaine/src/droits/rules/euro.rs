//! 1 January 2019: accounts pass from hours to euros, and hours of before that are written later follow them.
//! Source: décret n° 2018-1153 (15 € an hour).

use crate::bareme::Bareme;
use crate::droits::account::{Compte, Droit, Ecriture, Registre};
use crate::droits::facts::{Montant, Provenance};
use crate::droits::statement::{Hypothese, Hypotheses, Motif, Poche};
use crate::mesures::{Annee, Euros, Heures, Jour, VariationHeures};

/// Euros for an hour held on the day accounts passed to euros.
fn taux(bareme: &Bareme) -> Euros {
    bareme.euros_par_heure.au(Bareme::PASSAGE_A_L_EURO).map_or(Euros::ZERO, |taux| taux.vaut)
}

/// 1 January 2019: every hour of an employee becomes euros; those of a public agent stay.
pub(in crate::droits) fn passer_a_l_euro<R: Registre>(compte: &mut Compte<'_, R>) {
    compte.en_euros = true;
    let date = Bareme::PASSAGE_A_L_EURO;
    if let Some(anterieures) = &compte.situation.heures_anterieures {
        convertir(compte, date, Poche::Cpf, anterieures.heures, VariationHeures::ZERO, anterieures.provenance);
    }
    let heures = compte.heures_privees;
    if heures > VariationHeures::ZERO {
        convertir(compte, date, Poche::Cpf, heures.absolue(), -heures, Provenance::Employeurs);
    }
    // Hours already spent are owed in euros, should the year be corrected.
    for inscrite in &mut compte.annees {
        if matches!(inscrite.credit.droit, Droit::Heures { agent: false, .. }) {
            inscrite.montant += taux(compte.bareme).fois(inscrite.heures.absolue().nombre());
            inscrite.heures = VariationHeures::ZERO;
        }
    }
    // Expenses took hours of DIF without saying of which attestation: the oldest ones go first.
    let mut depensees = compte.difs.iter().map(|dif| dif.heures).sum::<VariationHeures>() - compte.heures_dif;
    for rang in 0..compte.difs.len() {
        let prises = depensees.min(compte.difs[rang].heures);
        depensees = depensees - prises;
        let heures = compte.difs[rang].heures - prises;
        if heures > VariationHeures::ZERO {
            let avant = compte.soldes.dont_dif;
            compte.difs[rang].ligne = compte.registre.nombre();
            convertir(compte, date, Poche::Dif, heures.absolue(), -heures, Provenance::Titulaire);
            compte.difs[rang].montant += compte.soldes.dont_dif - avant;
        }
        // Hours already spent are owed in euros, should the attestation be replaced.
        let dues = taux(compte.bareme).fois(prises.absolue().nombre());
        compte.difs[rang].montant += dues;
        compte.difs[rang].heures = VariationHeures::ZERO;
    }
}

/// Hours of work of 2018 or before, credited or corrected after the day of the euro.
pub(in crate::droits) fn apres_le_passage<R: Registre>(compte: &mut Compte<'_, R>, date: Jour, heures: Heures) {
    if heures > Heures::ZERO {
        convertir(compte, date, Poche::Cpf, heures, -VariationHeures::from(heures), Provenance::Employeurs);
    }
}

/// The same, when what they are worth is known already.
pub(in crate::droits) fn de_ces_heures<R: Registre>(
    compte: &mut Compte<'_, R>,
    date: Jour,
    heures: VariationHeures,
    montant: Euros,
) {
    let Some(valeur) = compte.bareme.euros_par_heure.au(date).filter(|_| !heures.est_nulle()) else { return };
    let hypotheses = Hypotheses::AUCUNE.avec(Hypothese::AnneeDuPassageALEuro);
    let plafond = Some(Montant::Euros(compte.plafond_au(date)));
    let vide = Ecriture::vide(date, Poche::Cpf, valeur.source);
    let ecriture = Ecriture { montant, heures: -heures, plafond, hypotheses, ..vide };
    let (heures, taux, provenance) = (heures.absolue(), valeur.vaut, Provenance::Employeurs);
    compte.ecrire(ecriture, || Motif::HeuresConverties { heures, taux, provenance });
}

fn convertir<R: Registre>(
    compte: &mut Compte<'_, R>,
    date: Jour,
    poche: Poche,
    heures: Heures,
    variation: VariationHeures,
    provenance: Provenance,
) {
    let Some(taux) = compte.bareme.euros_par_heure.au(date) else { return };
    if heures == Heures::ZERO {
        return;
    }
    let rythme = compte.bareme.heures_salaries.au(date).map_or(Heures::ZERO, |rythme| rythme.vaut.plafond);
    let acquises = compte.heures_acquises.absolue().max(heures);
    let eleve = poche == Poche::Cpf && acquises > rythme;
    if let (true, Some(plafond)) = (eleve, compte.bareme.plafond_peu_qualifie.au(date)) {
        // Any year credited in euros comes after those hours.
        compte.retenir_le_plafond(Annee::PREMIERE, plafond.vaut);
    }
    let plafond = compte.plafond_au(date);
    let vide = Ecriture::vide(date, poche, taux.source);
    let mut ecriture = compte.sous(vide, taux.vaut.fois(heures.nombre()), plafond);
    ecriture.heures = variation;
    ecriture.hypotheses = Hypotheses::AUCUNE
        .avec_si(eleve, Hypothese::PlafondALaConversion)
        .avec_si(date > Bareme::PASSAGE_A_L_EURO, Hypothese::AnneeDuPassageALEuro);
    compte.ecrire(ecriture, || Motif::HeuresConverties { heures, taux: taux.vaut, provenance });
}
