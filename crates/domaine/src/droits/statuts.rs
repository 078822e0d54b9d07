//! What one status gives for one year: one function for each.

use super::activite::Statut;
use super::alimentation::{Credit, Droit, Jugement, Total};
use super::hypothese::{Hypothese, Hypotheses};
use super::motif::{Categorie, Raison};
use super::mouvements::Montant;
use super::situation::{Couverture, DeclarationSousNiveau3, Periode};
use crate::bareme::{Bareme, Rythme, Source, Valeur};
use crate::mesures::{Euros, Heures, MoisDeLAnnee};

pub(super) fn credit(jugement: &Jugement<'_>, total: &Total<'_>) -> Option<Credit> {
    // Before the first rule of all there was no account: such a year is not even a line.
    let fin = jugement.fin();
    jugement.bareme.heures_salaries.au(fin)?;
    match total.principale.statut {
        _ if total.reference.centiemes() == 0 => Some(rien(jugement, total, Raison::SansReference, Source::REFERENCE)),
        Statut::Salarie => salarie(jugement, total),
        Statut::Esat => Some(esat(jugement, total)),
        Statut::Independant { .. } => Some(independant(jugement, total)),
        Statut::AgentPublic { sans_niveau_3, non_complet } => Some(agent(jugement, total, sans_niveau_3, non_complet)),
    }
}

const fn categorie(statut: Statut) -> Categorie {
    match statut {
        Statut::Salarie => Categorie::Salarie,
        Statut::Esat => Categorie::Esat,
        Statut::Independant { .. } => Categorie::Independant,
        Statut::AgentPublic { sans_niveau_3: true, .. } => Categorie::AgentSousNiveau3,
        Statut::AgentPublic { .. } => Categorie::Agent,
    }
}

fn rien(jugement: &Jugement<'_>, total: &Total<'_>, raison: Raison, source: Source) -> Credit {
    Credit {
        date: jugement.jour_de_credit(),
        droit: Droit::Rien(raison),
        faits: total.faits(jugement.annee, categorie(total.principale.statut), Montant::Euros(Euros::ZERO)),
        manque: 0,
        source,
        hypotheses: total.hypotheses().avec(Hypothese::JourDeCredit),
    }
}

/// The whole credit from half time up, else in proportion, up to the next cent (R6323-1, I and II);
/// 800 € below level 3 (R6323-3-1); 300 € more for a disability (D6323-3-3). In hours before 2019.
fn salarie(jugement: &Jugement<'_>, total: &Total<'_>) -> Option<Credit> {
    let (bareme, situation, fin) = (jugement.bareme, jugement.situation, jugement.fin());
    let en_cours = |d: &DeclarationSousNiveau3| d.vaut_pour(jugement.annee, jugement.au);
    let sous_niveau_3 = situation.sous_niveau_3.iter().any(en_cours);
    let Some(entier) = bareme.credit_annuel.au(fin) else {
        let peu_qualifie = bareme.heures_peu_qualifies.au(fin).filter(|_| sous_niveau_3);
        let (categorie, rythme) = match peu_qualifie {
            Some(rythme) => (Categorie::SalarieSousNiveau3, rythme),
            None => (Categorie::Salarie, bareme.heures_salaries.au(fin)?),
        };
        let mut credit = heures(jugement, total, categorie, rythme, total.part(), false);
        credit.date = jugement.jour_de_credit();
        credit.hypotheses = credit
            .hypotheses
            .avec(Hypothese::JourDeCredit)
            .avec_si(total.est_un_forfait(), Hypothese::ForfaitJoursAvant2019);
        return Some(credit);
    };
    let (travail, tout) = (total.travail.centiemes(), total.reference.centiemes());
    let mi_temps = tout.div_ceil(2);
    let a_mi_temps = travail >= mi_temps;
    let mut plafond = bareme.plafond.au(fin)?.vaut;
    let mut categorie = Categorie::Salarie;
    let mut hypotheses = total.hypotheses().avec(Hypothese::JourDeCredit);
    let (mut montant, taux, source) = if !a_mi_temps {
        let credit = bareme.credit_proportionnel.au(fin)?;
        hypotheses = hypotheses.avec_si(sous_niveau_3, Hypothese::SousNiveau3SousMiTemps);
        (credit.vaut.au_prorata(travail, tout), credit.vaut, credit.source)
    } else if let (true, Some(majore)) = (sous_niveau_3, bareme.credit_peu_qualifie.au(fin)) {
        categorie = Categorie::SalarieSousNiveau3;
        plafond = bareme.plafond_peu_qualifie.au(fin).map_or(plafond, |valeur| valeur.vaut.max(plafond));
        (majore.vaut, majore.vaut, majore.source)
    } else {
        (entier.vaut, entier.vaut, entier.source)
    };
    let mut majoration = Euros::ZERO;
    if let Some((boeth, couverture)) = boeth(jugement, total) {
        majoration = boeth.vaut;
        montant += majoration;
        plafond = bareme.plafond_boeth.au(fin).map_or(plafond, |valeur| valeur.vaut.max(plafond));
        hypotheses = hypotheses
            .avec_si(!a_mi_temps, Hypothese::BoethSousMiTemps)
            .avec_si(couverture == Couverture::Partielle, Hypothese::BoethUnePartieDeLAnnee)
            .avec_si(categorie == Categorie::SalarieSousNiveau3, Hypothese::MajorationsCumulees);
    }
    let mut faits = total.faits(jugement.annee, categorie, Montant::Euros(taux));
    faits.majoration = majoration;
    Some(Credit {
        date: jugement.jour_de_credit(),
        droit: Droit::Euros { montant, plafond },
        faits,
        manque: mi_temps.saturating_sub(travail),
        source,
        hypotheses,
    })
}

/// What a disability adds to that year, if the holder had one on any day of it, as a period of the
/// situation or a month of an employer says.
fn boeth(jugement: &Jugement<'_>, total: &Total<'_>) -> Option<(&'static Valeur<Euros>, Couverture)> {
    // A disability that ended before the rule took effect is not concerned.
    let depuis = jugement.bareme.majoration_boeth.toutes().first()?.depuis;
    let concerne = |periode: &&Periode| periode.au.is_none_or(|au| au >= depuis);
    let des_periodes = jugement.situation.boeth.iter().filter(concerne).map(|p| p.couverture(jugement.annee)).max();
    let comptent =
        if jugement.annee.nombre() == depuis.annee() { total.boeth.depuis(depuis.mois()) } else { total.boeth };
    let des_employeurs = match (comptent.est_vide(), total.boeth) {
        (true, _) => Couverture::Aucune,
        (false, MoisDeLAnnee::TOUS) => Couverture::Entiere,
        (false, _) => Couverture::Partielle,
    };
    let couverture = des_periodes.map_or(des_employeurs, |couverture| couverture.max(des_employeurs));
    (couverture != Couverture::Aucune).then_some((jugement.bareme.majoration_boeth.au(jugement.fin())?, couverture))
}

/// The same credit full or part time (L6323-34, R6323-29).
fn esat(jugement: &Jugement<'_>, total: &Total<'_>) -> Credit {
    let (bareme, fin) = (jugement.bareme, jugement.fin());
    let (Some(credit), Some(plafond)) = (bareme.credit_esat.au(fin), bareme.plafond_esat.au(fin)) else {
        return rien(jugement, total, Raison::SansRegle, Source::ESAT);
    };
    let majorable = boeth(jugement, total).is_some();
    let (part, tout) = total.part();
    Credit {
        date: jugement.jour_de_credit(),
        droit: Droit::Euros { montant: credit.vaut, plafond: plafond.vaut },
        faits: total.faits(jugement.annee, Categorie::Esat, Montant::Euros(credit.vaut)),
        manque: 0,
        source: credit.source,
        hypotheses: total
            .hypotheses()
            .avec(Hypothese::JourDeCredit)
            .avec_si(majorable, Hypothese::EsatSansMajoration)
            .avec_si(part < tout, Hypothese::EsatPeriodeCourte),
    }
}

/// In proportion to the time of exercise, once the contribution is paid (L6323-27, R6323-22).
fn independant(jugement: &Jugement<'_>, total: &Total<'_>) -> Credit {
    let (bareme, fin) = (jugement.bareme, jugement.fin());
    let (Some(credit), Some(plafond)) = (bareme.credit_independant.au(fin), bareme.plafond_independant.au(fin)) else {
        return rien(jugement, total, Raison::SansRegle, Source::COTISATION);
    };
    let Some(paye) = total.paye_le else { return rien(jugement, total, Raison::CotisationImpayee, Source::COTISATION) };
    let (part, tout) = total.part();
    let date = jugement.jour_de_credit().max(paye);
    Credit {
        date,
        droit: Droit::Euros { montant: credit.vaut.au_prorata(part, tout), plafond: plafond.vaut },
        faits: total.faits(jugement.annee, Categorie::Independant, Montant::Euros(credit.vaut)),
        manque: tout - part,
        source: credit.source,
        hypotheses: total
            .hypotheses()
            .avec_si(date == jugement.jour_de_credit(), Hypothese::JourDeCredit)
            .avec_si(part < tout, Hypothese::ExerciceEnJours)
            .avec_si(total.plusieurs, Hypothese::PeriodesReunies)
            .avec_si(fin < Bareme::PASSAGE_A_L_EURO, Hypothese::IndependantDes2018),
    }
}

/// In hours, on 31 December; only a post that is not full time is prorated (décret n° 2019-1392).
fn agent(jugement: &Jugement<'_>, total: &Total<'_>, sans_niveau_3: bool, non_complet: bool) -> Credit {
    let (bareme, fin) = (jugement.bareme, jugement.fin());
    let serie = if sans_niveau_3 { &bareme.heures_agents_peu_qualifies } else { &bareme.heures_agents };
    let Some(rythme) = serie.au(fin) else {
        return rien(jugement, total, Raison::SansRegle, Source::AGENTS);
    };
    let categorie = categorie(total.principale.statut);
    let (part, tout) = total.part();
    let courte = !non_complet && part < tout;
    let part = if non_complet { part } else { tout };
    let mut credit = heures(jugement, total, categorie, rythme, (part, tout), true);
    credit.hypotheses = credit.hypotheses.avec_si(courte, Hypothese::AgentPeriodeCourte);
    // Before the last of the rules of these agents, no text that was read gives the day.
    let dernier = serie.toutes().last().is_some_and(|dernier| fin < dernier.depuis);
    credit.hypotheses = credit.hypotheses.avec_si(dernier, Hypothese::AgentAvant2020);
    credit
}

fn heures(
    jugement: &Jugement<'_>,
    total: &Total<'_>,
    categorie: Categorie,
    rythme: &Valeur<Rythme>,
    (part, tout): (u32, u32),
    agent: bool,
) -> Credit {
    let hypotheses: Hypotheses = total.hypotheses();
    let par_an: Heures = rythme.vaut.par_an;
    Credit {
        date: jugement.fin(),
        droit: Droit::Heures { rythme: rythme.vaut, part, tout, agent },
        faits: total.faits(jugement.annee, categorie, Montant::Heures(par_an)),
        manque: tout - part,
        source: rythme.source,
        hypotheses,
    }
}
