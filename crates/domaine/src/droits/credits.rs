//! Writing a year in the account: the ceiling, and the hours that become euros.

use super::activite::Activite;
use super::alimentation::{Credit, Droit, Gain, Jugement};
use super::compte::{AnneeInscrite, Compte};
use super::conversion;
use super::hypothese::Hypothese;
use super::motif::{AnneeTravaillee, Motif, Raison};
use super::mouvements::Montant;
use super::releve::{Ecriture, Poche, Registre};
use super::situation::Situation;
use crate::bareme::{Bareme, Source};
use crate::mesures::{Annee, Jour};

/// The credit of a year, from the facts known on that day.
pub(super) fn credit_au(situation: &Situation, bareme: &Bareme, annee: Annee, au: Jour) -> Option<Credit> {
    let jugement = Jugement { annee, au, situation, bareme };
    // Of several corrections the latest stands; of the same day, the last one given.
    let rectification = situation.rectifications.iter().filter(|r| r.annee == annee && r.le <= au).max_by_key(|r| r.le);
    let de_l_annee = |activite: &&Activite| activite.annee == annee;
    match rectification {
        Some(rectification) => jugement.credit(rectification.activites.iter().filter(de_l_annee)),
        None => jugement.credit(situation.activites.iter().filter(de_l_annee)),
    }
}

impl<R: Registre> Compte<'_, R> {
    /// Credits a year on that day.
    pub(super) fn crediter(&mut self, credit: &Credit, date: Jour) {
        let mut ecriture =
            Ecriture { hypotheses: credit.hypotheses, ..Ecriture::vide(date, Poche::Cpf, credit.source) };
        let fin = credit.faits.annee.dernier_jour();
        let empechement = if self.est_gele(date) {
            Some((Raison::Retraite, Source::RETRAITE, Hypothese::RetraiteAvantLeCredit))
        } else if !self.a_l_age(fin) {
            Some((Raison::Age, Source::CLOTURE, Hypothese::AgeEnFinDAnnee))
        } else {
            None
        };
        let refus = empechement.map(|(raison, ..)| raison);
        let avant = (self.cpf, self.heures_privees + self.heures_publiques, self.registre.nombre());
        if let Some((raison, source, hypothese)) = empechement {
            ecriture.source = source;
            ecriture.hypotheses = ecriture.hypotheses.avec(hypothese);
            self.ecrire(ecriture, || Motif::AnneeSansCredit { faits: credit.faits, raison });
        } else {
            self.donner(credit, ecriture);
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

    fn donner(&mut self, credit: &Credit, mut ecriture: Ecriture) {
        let annee = credit.faits.annee;
        match credit.droit {
            Droit::Rien(raison) => self.ecrire(ecriture, || Motif::AnneeSansCredit { faits: credit.faits, raison }),
            Droit::Euros { montant, plafond } => {
                self.retenir_le_plafond(annee, plafond);
                let ecriture = self.sous(ecriture, montant, plafond);
                self.ecrire(ecriture, || motif(credit, credit.faits));
            }
            Droit::Heures { rythme, part, tout, agent } => {
                let tenues = if agent || !self.en_euros {
                    self.heures_privees + self.heures_publiques
                } else {
                    self.heures_acquises
                };
                let gain = Gain::de(&rythme, tenues.nombre().max(0).unsigned_abs(), part, tout);
                ecriture.agent = agent;
                ecriture.heures = gain.heures.into();
                ecriture.retenu_heures = gain.retenues.into();
                ecriture.plafond = Some(Montant::Heures(rythme.plafond));
                ecriture.hypotheses = ecriture.hypotheses.avec_si(gain.au_palier, Hypothese::PassageDuPalier);
                let faits = AnneeTravaillee { credit: Montant::Heures(gain.taux), ..credit.faits };
                self.ecrire(ecriture, || motif(credit, faits));
                if !agent {
                    self.heures_acquises += gain.heures.into();
                    if self.en_euros {
                        conversion::apres_le_passage(self, ecriture.date, gain.heures);
                    }
                } else if self.plafond_heures.is_none_or(|(derniere, _)| derniere <= annee) {
                    self.plafond_heures = Some((annee, rythme.plafond));
                }
            }
        }
    }
}

fn motif(credit: &Credit, faits: AnneeTravaillee) -> Motif {
    if credit.manque == 0 {
        Motif::AnneePleine { faits }
    } else {
        Motif::AnneePartielle { faits, manque: faits.travail.avec(credit.manque) }
    }
}
