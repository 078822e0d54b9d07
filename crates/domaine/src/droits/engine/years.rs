//! A year of work: its credit from what is known on a day, by the rules of its statuses, and its writing in the account.

use crate::bareme::{Bareme, Source};
use crate::droits::account::{AnneeInscrite, Compte, Credit, Ecriture, Registre};
use crate::droits::facts::{Activite, Situation, Statut};
use crate::droits::rules::year::{Jugement, Total};
use crate::droits::rules::{agent, eligibility, esat, euro, independant, majoration, plafond, plurality, salarie};
use crate::droits::statement::{Motif, Poche, Raison};
use crate::mesures::{Annee, Jour};

/// The credit of a year, from the facts known on that day.
pub(super) fn credit_au(situation: &Situation, bareme: &Bareme, annee: Annee, au: Jour) -> Option<Credit> {
    let jugement = Jugement { annee, au, situation, bareme };
    // Of several corrections the latest stands; of the same day, the last one given.
    let rectification = situation.rectifications.iter().filter(|r| r.annee == annee && r.le <= au).max_by_key(|r| r.le);
    let de_l_annee = |activite: &&Activite| activite.annee == annee;
    match rectification {
        Some(rectification) => credit(&jugement, rectification.activites.iter().filter(de_l_annee)),
        None => credit(&jugement, situation.activites.iter().filter(de_l_annee)),
    }
}

/// The credit of the year, from its records; nothing when no work was done, or before accounts existed.
pub(super) fn credit<'b>(
    jugement: &Jugement<'_>,
    activites: impl Iterator<Item = &'b Activite> + Clone,
) -> Option<Credit> {
    let mut suite = activites.clone();
    if let (Some(seule), None) = (suite.next(), suite.next()) {
        return du_statut(jugement, &Total::de(seule, jugement.bareme)?);
    }
    let une_payee = activites.clone().any(|activite| independant::is_paid(activite.statut));
    let compte = |activite: &&Activite| !une_payee || independant::counts_beside_paid(activite.statut);
    let du_rang = |rang| {
        let du_rang = |activite: &&Activite| rang_du_statut(activite.statut) == rang;
        let groupe = activites.clone().filter(compte).filter(du_rang);
        Total::somme(groupe, jugement.bareme).and_then(|total| du_statut(jugement, &total))
    };
    let mut prive: Option<Credit> = None;
    for rang in [0, 1, 2] {
        if let Some(credit) = du_rang(rang) {
            prive = Some(prive.map_or(credit, |autre| plurality::plus_favorable(jugement.bareme, autre, credit)));
        }
    }
    match (prive, du_rang(3)) {
        (Some(prive), Some(agent)) => Some(plurality::principale(prive, agent)),
        (prive, agent) => prive.or(agent),
    }
}

/// What one status gives for that year: the only place that knows which rule is whose.
fn du_statut(jugement: &Jugement<'_>, total: &Total<'_>) -> Option<Credit> {
    if jugement.fin() < Bareme::PASSAGE_A_L_EURO
        && matches!(total.principale.statut, Statut::Salarie)
        && jugement.situation.heures_anterieures.is_some()
    {
        return None;
    }
    // Before the first rule of all there was no account: such a year is not even a line.
    let fin = jugement.fin();
    jugement.bareme.heures_salaries.au(fin)?;
    match total.principale.statut {
        _ if total.reference.centiemes() == 0 => Some(jugement.rien(total, Raison::SansReference, Source::REFERENCE)),
        Statut::Salarie => salarie::credit(jugement, total, majoration::boeth(jugement, total)),
        Statut::Esat => Some(esat::credit(jugement, total, majoration::boeth(jugement, total).is_some())),
        Statut::Independant { .. } => Some(independant::credit(jugement, total)),
        Statut::AgentPublic { sans_niveau_3, non_complet } => {
            Some(agent::credit(jugement, total, sans_niveau_3, non_complet))
        }
    }
}

const fn rang_du_statut(statut: Statut) -> u8 {
    match statut {
        Statut::Salarie => 0,
        Statut::Esat => 1,
        Statut::Independant { .. } => 2,
        Statut::AgentPublic { .. } => 3,
    }
}

impl<R: Registre> Compte<'_, R> {
    /// Credits a year on that day.
    pub(super) fn crediter(&mut self, credit: &Credit, date: Jour) {
        let mut ecriture =
            Ecriture { hypotheses: credit.hypotheses, ..Ecriture::vide(date, Poche::Cpf, credit.source) };
        let empechement = eligibility::obstacle(self, credit.faits.annee, date);
        let refus = empechement.map(|(raison, ..)| raison);
        let avant = (self.cpf, self.heures_privees + self.heures_publiques, self.registre.nombre());
        if let Some((raison, source, hypothese)) = empechement {
            ecriture.source = source;
            ecriture.hypotheses = ecriture.hypotheses.avec(hypothese);
            self.ecrire(ecriture, || Motif::AnneeSansCredit { faits: credit.faits, raison });
        } else {
            let heures = plafond::donner(self, credit, ecriture);
            euro::apres_le_passage(self, date, heures);
        }
        if self.suivre_les_annees {
            self.annees.push(AnneeInscrite {
                credit: *credit,
                refus,
                date,
                montant: self.cpf - avant.0,
                heures: self.heures_privees + self.heures_publiques - avant.1,
                lignes: (avant.2, self.registre.nombre()),
            });
        }
    }
}
