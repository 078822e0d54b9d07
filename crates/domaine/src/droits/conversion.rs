//! Hours that become euros, and euros that become hours.
//! Sources: décret n° 2018-1153 (15 € an hour, 1 January 2019); R6323-43 and D6323-44 for public agents.

use super::activite::Provenance;
use super::alimentation::Droit;
use super::compte::Compte;
use super::hypothese::{Hypothese, Hypotheses};
use super::motif::Motif;
use super::mouvements::{ConversionDemandee, Montant, Sens};
use super::releve::{Ecriture, Poche, Registre};
use crate::bareme::{Bareme, Source, Valeur};
use crate::mesures::{Annee, Euros, Heures, Jour, VariationHeures};

/// Euros for an hour held on the day accounts passed to euros.
pub(super) fn taux(bareme: &Bareme) -> Euros {
    bareme.euros_par_heure.au(Bareme::PASSAGE_A_L_EURO).map_or(Euros::ZERO, |taux| taux.vaut)
}

/// 1 January 2019: every hour of an employee becomes euros; those of a public agent stay.
pub(super) fn passer_a_l_euro<R: Registre>(compte: &mut Compte<'_, R>) {
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
pub(super) fn apres_le_passage<R: Registre>(compte: &mut Compte<'_, R>, date: Jour, heures: Heures) {
    if heures > Heures::ZERO {
        convertir(compte, date, Poche::Cpf, heures, -VariationHeures::from(heures), Provenance::Employeurs);
    }
}

/// The same, when what they are worth is known already.
pub(super) fn de_ces_heures<R: Registre>(
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

/// A conversion that the holder asked for: every whole hour that can be converted is.
pub(super) fn a_la_demande<R: Registre>(compte: &mut Compte<'_, R>, demandee: &ConversionDemandee) {
    let date = demandee.date;
    if compte.est_gele(date) || !compte.en_euros {
        return;
    }
    match demandee.sens {
        Sens::HeuresEnEuros => heures_en_euros(compte, date),
        Sens::EurosEnHeures => euros_en_heures(compte, date),
        Sens::CecEnHeures => cec_en_heures(compte, date),
    }
}

/// How many whole hours that money is worth.
fn contenues(montant: Euros, taux: Euros) -> u32 {
    let heures = montant.centimes().max(0).checked_div(taux.centimes()).unwrap_or(0);
    u32::try_from(heures).unwrap_or(u32::MAX)
}

/// Within the ceiling in euros: the hours that do not fit stay hours.
fn heures_en_euros<R: Registre>(compte: &mut Compte<'_, R>, date: Jour) {
    let Some(taux) = compte.bareme.euros_par_heure_d_agent.au(date) else { return };
    let plafond = compte.plafond_au(date);
    let tenues = compte.heures_publiques.nombre().max(0).unsigned_abs();
    let heures = tenues.min(contenues(plafond - compte.sous_plafond(), taux.vaut));
    let hypotheses = Hypotheses::AUCUNE.avec_si(heures < tenues, Hypothese::HeuresEntieres);
    convertir_en(compte, date, Poche::Cpf, heures, taux, false, hypotheses, Some(Montant::Euros(plafond)));
}

/// Within the ceiling in hours, and 150 h over six years.
fn euros_en_heures<R: Registre>(compte: &mut Compte<'_, R>, date: Jour) {
    let bareme = compte.bareme;
    let (Some(taux), Some(convertibles), Some(annees)) =
        (bareme.euros_en_heure.au(date), bareme.heures_convertibles.au(date), bareme.annees_de_conversion.au(date))
    else {
        return;
    };
    let depuis = (date.annee().saturating_sub(annees.vaut), date.mois(), date.jour());
    let recentes: Heures = compte
        .conversions
        .iter()
        .filter(|(jour, _)| (jour.annee(), jour.mois(), jour.jour()) > depuis)
        .map(|(_, heures)| *heures)
        .sum();
    let ordinaire = || compte.bareme.heures_agents.au(date).map_or(Heures::ZERO, |rythme| rythme.vaut.plafond);
    let plafond = compte.plafond_heures.map_or_else(ordinaire, |(_, plafond)| plafond);
    let tenues = compte.heures_publiques.nombre().max(0).unsigned_abs();
    let mut place =
        (convertibles.vaut.nombre().saturating_sub(recentes.nombre())).min(plafond.nombre().saturating_sub(tenues));
    let mut total = 0;
    for (poche, tenu) in [(Poche::Cpf, compte.cpf), (Poche::Dif, compte.soldes.dont_dif)] {
        let heures = contenues(tenu, taux.vaut).min(place);
        let hypotheses = Hypotheses::AUCUNE.avec(Hypothese::SixAnsGlissants).avec(Hypothese::HeuresEntieres);
        convertir_en(compte, date, poche, heures, taux, true, hypotheses, Some(Montant::Heures(plafond)));
        place -= heures;
        total += heures;
    }
    if total > 0 {
        compte.conversions.push((date, Heures::new(total)));
    }
}

/// Outside the ceilings.
fn cec_en_heures<R: Registre>(compte: &mut Compte<'_, R>, date: Jour) {
    let Some(taux) = compte.bareme.cec_en_heure.au(date) else { return };
    let heures = contenues(compte.soldes.dont_cec, taux.vaut);
    let hypotheses = Hypotheses::AUCUNE.avec(Hypothese::HeuresEntieres);
    convertir_en(compte, date, Poche::Cec, heures, taux, true, hypotheses, None);
}

#[expect(clippy::too_many_arguments, reason = "one line of an account, said once for the three directions")]
fn convertir_en<R: Registre>(
    compte: &mut Compte<'_, R>,
    date: Jour,
    poche: Poche,
    heures: u32,
    taux: &Valeur<Euros>,
    en_heures: bool,
    hypotheses: Hypotheses,
    plafond: Option<Montant>,
) {
    if heures == 0 {
        return;
    }
    let euros = taux.vaut.fois(heures);
    let heures = Heures::new(heures);
    let (montant, variation) =
        if en_heures { (-euros, heures.into()) } else { (euros, -VariationHeures::from(heures)) };
    let source: Source = taux.source;
    let motif = || Motif::Conversion { heures, taux: taux.vaut };
    let vide = Ecriture { agent: true, hypotheses, plafond, ..Ecriture::vide(date, poche, source) };
    if poche == Poche::Dif {
        // The euros leave the DIF; the hours are those of the agent's account.
        compte.ecrire(Ecriture { montant, ..vide }, motif);
        compte.ecrire(Ecriture { poche: Poche::Cpf, heures: variation, ..vide }, motif);
    } else {
        compte.ecrire(Ecriture { montant, heures: variation, ..vide }, motif);
    }
}
