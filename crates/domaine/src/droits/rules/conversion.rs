//! Hours of a public agent that become euros, and euros that become hours, when the holder asks for it.
//! Sources: Code du travail, R6323-43 and D6323-44.

use crate::bareme::{Source, Valeur};
use crate::droits::account::{Compte, Ecriture, Registre};
use crate::droits::facts::{ConversionDemandee, Montant, Sens};
use crate::droits::statement::{Hypothese, Hypotheses, Motif, Poche};
use crate::mesures::{Euros, Heures, Jour, VariationHeures};

/// A conversion that the holder asked for: every whole hour that can be converted is.
pub(in crate::droits) fn a_la_demande<R: Registre>(compte: &mut Compte<'_, R>, demandee: &ConversionDemandee) {
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
