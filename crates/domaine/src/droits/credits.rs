//! Writing a year in the account: the ceiling, the hours that become euros, and corrections after the fact.

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
use crate::mesures::{Annee, Euros, Jour, VariationHeures};

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
        if let Some((raison, source, hypothese)) = empechement {
            ecriture.source = source;
            ecriture.hypotheses = ecriture.hypotheses.avec(hypothese);
            return self.ecrire(ecriture, || Motif::AnneeSansCredit { faits: credit.faits, raison });
        }
        let avant = (self.cpf, self.heures_privees + self.heures_publiques);
        match credit.droit {
            Droit::Rien(raison) => self.ecrire(ecriture, || Motif::AnneeSansCredit { faits: credit.faits, raison }),
            Droit::Euros { montant, plafond } => {
                self.plafond = Some(plafond);
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
                if agent {
                    self.plafond_heures = Some(rythme.plafond);
                } else {
                    self.heures_acquises += gain.heures.into();
                    if self.en_euros {
                        conversion::apres_le_passage(self, date, gain.heures);
                    }
                }
            }
        }
        if self.suivre_les_annees {
            self.annees.push(AnneeInscrite {
                annee: credit.faits.annee,
                droit: credit.droit,
                date,
                montant: self.cpf - avant.0,
                heures: self.heures_privees + self.heures_publiques - avant.1,
            });
        }
    }

    /// Takes a year back and credits it again with what is known on that day, if that differs.
    pub(super) fn recalculer(&mut self, annee: Annee, date: Jour, raison: Raison) {
        let nouveau = credit_au(self.situation, self.bareme, annee, date);
        let Some(rang) = self.annees.iter().position(|inscrite| inscrite.annee == annee) else {
            // Not credited yet: it will be, on its day, with what is known by then.
            if let Some(credit) = nouveau.filter(|credit| credit.date <= date) {
                self.crediter(&credit, date);
            }
            return;
        };
        if nouveau.is_some_and(|nouveau| nouveau.droit == self.annees[rang].droit) {
            return;
        }
        let inscrite = self.annees.swap_remove(rang);
        let agent = matches!(inscrite.droit, Droit::Heures { agent: true, .. });
        let mut ecriture = Ecriture { agent, ..Ecriture::vide(date, Poche::Cpf, Source::RECALCUL) };
        ecriture.montant = inscrite.montant;
        ecriture.heures = inscrite.heures;
        if let (Droit::Heures { agent: false, .. }, true) = (inscrite.droit, self.en_euros) {
            // Those hours are euros by now.
            let taux = conversion::taux(self.bareme);
            ecriture.montant += taux.fois(inscrite.heures.absolue().nombre());
            ecriture.heures = VariationHeures::ZERO;
        }
        if let Droit::Heures { agent: false, .. } = inscrite.droit {
            self.heures_acquises = self.heures_acquises - heures_donnees(&inscrite, conversion::taux(self.bareme));
        }
        self.contrepasser(ecriture, inscrite.date, raison);
        if let Some(credit) = nouveau {
            self.crediter(&credit, date);
        }
    }

    /// A declaration of being below level 3 was wrong: the years it raised are recalculated.
    pub(super) fn recalculer_tout(&mut self, date: Jour) {
        let mut annees: Vec<Annee> = self.annees.iter().map(|inscrite| inscrite.annee).collect();
        annees.sort_unstable();
        for annee in annees {
            self.recalculer(annee, date, Raison::DeclarationAnnulee);
        }
    }
}

/// The hours a year gave, whether they are still hours or euros already.
fn heures_donnees(inscrite: &AnneeInscrite, taux: Euros) -> VariationHeures {
    let converties = inscrite.montant.centimes().checked_div(taux.centimes()).unwrap_or(0);
    inscrite.heures + VariationHeures::new(i32::try_from(converties).unwrap_or(0))
}

fn motif(credit: &Credit, faits: AnneeTravaillee) -> Motif {
    if credit.manque == 0 {
        Motif::AnneePleine { faits }
    } else {
        Motif::AnneePartielle { faits, manque: faits.travail.avec(credit.manque) }
    }
}
