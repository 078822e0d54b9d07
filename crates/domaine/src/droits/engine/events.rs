//! Everything that happens to an account, in the order in which it happens. No rule here.

use super::years;
use crate::bareme::Bareme;
use crate::droits::account::Credit;
use crate::droits::facts::{Activite, Evenement, Nature, Situation};
use crate::droits::rules::year::Jugement;
use crate::mesures::{Annee, Jour};

/// The events of a life and the credits of its years, for a statement on that day: the years that are over
/// by then, the other things up to then.
pub(super) fn derouler(situation: &Situation, bareme: &Bareme, au: Jour) -> (Vec<Evenement>, Vec<Credit>) {
    let credits = annees(situation, bareme, au);
    let mut evenements = Vec::with_capacity(au_plus(situation));
    let credites = credits.iter().enumerate();
    evenements.extend(credites.map(|(place, credit)| Evenement { date: credit.date, nature: Nature::Credit, place }));
    reporter(situation, bareme, au, &mut evenements);
    let mut ajouter = |date: Jour, nature, place| {
        if date <= au {
            evenements.push(Evenement { date, nature, place });
        }
    };
    ajouter(Bareme::PASSAGE_A_L_EURO, Nature::Passage, 0);
    for (place, attestation) in situation.attestations.iter().enumerate() {
        ajouter(attestation.declaree_le, Nature::Attestation, place);
    }
    for (place, rectification) in situation.rectifications.iter().enumerate() {
        ajouter(rectification.le, Nature::Rectification, place);
    }
    for (place, declaration) in situation.sous_niveau_3.iter().enumerate() {
        if let Some(annulee) = declaration.annulee_le {
            ajouter(annulee, Nature::Annulation, place);
        }
    }
    for (place, engagement) in situation.engagements.iter().enumerate() {
        ajouter(engagement.inscrit_le, Nature::Engagement, place);
    }
    for (place, abondement) in situation.abondements.iter().enumerate() {
        ajouter(abondement.date, Nature::Abondement, place);
        if let Some(echeance) = abondement.delai(bareme) {
            ajouter(echeance.max(abondement.date).lendemain(), Nature::Echeance, place);
        }
    }
    for (place, conversion) in situation.conversions.iter().enumerate() {
        ajouter(conversion.date, Nature::Conversion, place);
    }
    for (place, depense) in situation.depenses.iter().enumerate() {
        ajouter(depense.date, Nature::Depense, place);
    }
    if let Some(deces) = situation.deces {
        ajouter(deces, Nature::Deces, 0);
    }
    // Stable: of one day and one nature, events stay in the order of their places.
    evenements.sort_by_key(Evenement::ordre);
    (evenements, credits)
}

/// The most events that a life can have, but for years that a withdrawn declaration puts off: the day of the euro and a
/// death are one each, an addition may also end.
fn au_plus(situation: &Situation) -> usize {
    2 + situation.activites.len()
        + situation.attestations.len()
        + situation.rectifications.len() * 2
        + situation.sous_niveau_3.len()
        + situation.engagements.len()
        + situation.abondements.len() * 2
        + situation.conversions.len()
        + situation.depenses.len()
}

/// The days on which years come due that a correction, known by then, gives another day than that of their first record.
fn reporter(situation: &Situation, bareme: &Bareme, au: Jour, evenements: &mut Vec<Evenement>) {
    let mut reporter = |annee: Annee, le: Jour| {
        if le <= au && annee.dernier_jour() <= au {
            let credit = years::credit_au(situation, bareme, annee, le).filter(|credit| credit.date > le);
            let place = usize::from(annee.nombre());
            evenements.extend(credit.map(|credit| Evenement { date: credit.date, nature: Nature::Report, place }));
        }
    };
    for rectification in &situation.rectifications {
        reporter(rectification.annee, rectification.le);
    }
    // Without a declaration another status may be the most favourable, and it may be paid later.
    for annulee in situation.sous_niveau_3.iter().filter_map(|declaration| declaration.annulee_le) {
        situation.activites.iter().for_each(|activite| reporter(activite.annee, annulee));
        situation.rectifications.iter().for_each(|rectification| reporter(rectification.annee, annulee));
    }
}

/// The credit of each year that is over on that day, as first declared.
fn annees(situation: &Situation, bareme: &Bareme, au: Jour) -> Vec<Credit> {
    let activites = &situation.activites;
    let mut credits = Vec::with_capacity(activites.len());
    let mut juger = |annee: Annee, activites: &[&Activite]| {
        if annee.dernier_jour() <= au {
            let jugement = Jugement { annee, au: bareme.jour_de_credit.de(annee.suivante()), situation, bareme };
            if let Some(credit) = years::credit(&jugement, activites.iter().copied()) {
                credits.push(credit);
            }
        }
    };
    // Nearly every life comes in order: no list is made then.
    if activites.is_sorted_by(|une, suivante| une.annee < suivante.annee) {
        for activite in activites {
            juger(activite.annee, &[activite]);
        }
    } else {
        let mut triees: Vec<&Activite> = activites.iter().collect();
        triees.sort_by_key(|activite| activite.annee);
        for ensemble in triees.chunk_by(|un, autre| un.annee == autre.annee) {
            juger(ensemble[0].annee, ensemble);
        }
    }
    credits
}
