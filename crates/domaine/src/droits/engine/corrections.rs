//! Corrections after the fact: the yearly credits are told again with what is known on that day, and what
//! differs from the account is taken back, then written anew. What was spent meanwhile stays spent.

use std::mem;

use super::years;
use crate::bareme::{Bareme, Source};
use crate::droits::account::{AnneeInscrite, Brouillon, Compte, Credit, Ecriture, Registre};
use crate::droits::facts::{Evenement, Nature};
use crate::droits::rules::{dif, euro};
use crate::droits::statement::{Categorie, Hypothese, Hypotheses, Motif, Poche, Raison};
use crate::mesures::{Annee, Euros, Jour, VariationHeures};

impl<'a, R: Registre> Compte<'a, R> {
    /// Writes the corrections of that day, all of them at once: first what is taken back, then what is given.
    pub(super) fn corriger(&mut self, date: Jour) {
        if self.corrige_le.replace(date) == Some(date) {
            return;
        }
        let ombre = self.rejouer(date);
        let (gardees, mut reprises): (Vec<_>, Vec<_>) =
            mem::take(&mut self.annees).into_iter().partition(|ancienne| ombre.annees.iter().any(|n| n.vaut(ancienne)));
        let mut nouvelles: Vec<AnneeInscrite> = ombre
            .annees
            .iter()
            .filter(|nouvelle| !gardees.iter().any(|a| a.annee() == nouvelle.annee()))
            .copied()
            .collect();
        reprises.sort_by_key(AnneeInscrite::annee);
        nouvelles.sort_by_key(AnneeInscrite::annee);
        let difs: Vec<usize> = (0..self.difs.len().min(ombre.difs.len()))
            .filter(|rang| self.difs[*rang].montant != ombre.difs[*rang].montant)
            .collect();
        self.annees = gardees;
        self.reprendre(&reprises, &nouvelles, date);
        let dif_apres = difs
            .iter()
            .fold(self.soldes.dont_dif, |dif, rang| dif - self.difs[*rang].montant + ombre.difs[*rang].montant);
        for rang in &difs {
            let inscrit = self.difs[*rang];
            let mut ecriture = Ecriture::vide(date, Poche::Dif, Source::PLAFOND);
            ecriture.montant = inscrit.montant;
            ecriture.hypotheses = ecriture.hypotheses.avec_si(dif_apres < Euros::ZERO, Hypothese::TropPercu);
            self.contrepasser(ecriture, inscrit.date, Raison::AutreLigneCorrigee, None);
        }
        self.plafond = ombre.plafond;
        self.plafond_heures = ombre.plafond_heures;
        self.heures_acquises = ombre.heures_acquises;
        for nouvelle in nouvelles {
            for (ecriture, motif) in &ombre.registre.0[nouvelle.lignes.0..nouvelle.lignes.1] {
                self.ecrire(Ecriture { date, ..*ecriture }, || motif.clone());
            }
            if self.en_euros && !nouvelle.est_d_un_agent() {
                // Told in hours, on a day before they became euros.
                let heures = ombre.registre.0[nouvelle.lignes.0..nouvelle.lignes.1].iter().map(|(e, _)| e.heures).sum();
                euro::de_ces_heures(self, date, heures, nouvelle.montant);
            }
            self.annees.push(AnneeInscrite { date, ..nouvelle });
        }
        for rang in difs {
            let nouveau = ombre.difs[rang];
            let (ecriture, motif) = &ombre.registre.0[nouveau.ligne];
            // Its hours, if it was declared in hours, are euros by now.
            let ecriture = Ecriture { date, montant: nouveau.montant, heures: VariationHeures::ZERO, ..*ecriture };
            self.ecrire(ecriture, || motif.clone());
            self.difs[rang].montant = nouveau.montant;
            self.difs[rang].date = date;
        }
    }

    /// Takes these years back, knowing what will be given in their place.
    fn reprendre(&mut self, reprises: &[AnneeInscrite], nouvelles: &[AnneeInscrite], date: Jour) {
        let mut apres = (self.cpf, self.heures_privees, self.heures_publiques);
        let mut compter = |annee: &AnneeInscrite, montant: Euros, heures: VariationHeures| {
            apres.0 += montant;
            let compte = if annee.est_d_un_agent() { &mut apres.2 } else { &mut apres.1 };
            *compte += heures;
        };
        reprises.iter().for_each(|annee| compter(annee, -annee.montant, -annee.heures));
        nouvelles.iter().for_each(|annee| compter(annee, annee.montant, annee.heures));
        for reprise in reprises {
            let nouvelle = nouvelles.iter().find(|nouvelle| nouvelle.annee() == reprise.annee());
            let raison = self.raison(reprise, nouvelle, date);
            let agent = reprise.est_d_un_agent();
            let heures_apres = if agent { apres.2 } else { apres.1 };
            let trop_percu = (reprise.montant > Euros::ZERO && apres.0 < Euros::ZERO)
                || (reprise.heures > VariationHeures::ZERO && heures_apres < VariationHeures::ZERO);
            let ecriture = Ecriture {
                agent,
                montant: reprise.montant,
                heures: reprise.heures,
                hypotheses: Hypotheses::AUCUNE.avec_si(trop_percu, Hypothese::TropPercu),
                ..Ecriture::vide(date, Poche::Cpf, source(raison, &reprise.credit))
            };
            self.contrepasser(ecriture, reprise.date, raison, Some(reprise.annee()));
        }
    }

    /// Why that year is taken back on that day.
    fn raison(&self, reprise: &AnneeInscrite, nouvelle: Option<&AnneeInscrite>, date: Jour) -> Raison {
        let inchangee = nouvelle.is_some_and(|nouvelle| nouvelle.credit.droit == reprise.credit.droit);
        let rectifiee = self.situation.rectifications.iter().any(|r| r.annee == reprise.annee() && r.le == date);
        match (inchangee, rectifiee) {
            (true, _) => Raison::AutreLigneCorrigee,
            (false, true) => Raison::AnneeRectifiee,
            (false, false) => Raison::DeclarationAnnulee,
        }
    }

    /// The account as it would stand if what is known on that day had been known from the start: each year on
    /// its own day, each DIF on the day it was declared, expenses and conversions as they took place.
    fn rejouer(&self, date: Jour) -> Compte<'a, Brouillon> {
        let credits = self.credits_connus(date);
        let mut pas = Vec::with_capacity(credits.len() + self.mouvements.len() + self.situation.attestations.len() + 1);
        if Bareme::PASSAGE_A_L_EURO <= date {
            pas.push(Evenement { date: Bareme::PASSAGE_A_L_EURO, nature: Nature::Passage, place: 0 });
        }
        for (place, attestation) in self.situation.attestations.iter().enumerate() {
            if attestation.declaree_le <= date {
                pas.push(Evenement { date: attestation.declaree_le, nature: Nature::Attestation, place });
            }
        }
        let credites = credits.iter().enumerate();
        pas.extend(credites.map(|(place, credit)| Evenement { date: credit.date, nature: Nature::Credit, place }));
        let mouvements = self.mouvements.iter().enumerate();
        pas.extend(mouvements.map(|(place, m)| Evenement { date: m.ecriture.date, nature: m.nature, place }));
        pas.sort_by_key(Evenement::ordre);
        let mut ombre = Compte::ouvrir(self.situation, self.bareme, Brouillon::default());
        for Evenement { date, nature, place } in pas {
            match nature {
                Nature::Passage => euro::passer_a_l_euro(&mut ombre),
                Nature::Attestation => dif::declarer(&mut ombre, &self.situation.attestations[place]),
                Nature::Credit => ombre.crediter(&credits[place], date),
                _ => ombre.ecrire(self.mouvements[place].ecriture, || Motif::Cloture),
            }
        }
        ombre
    }

    /// The credits due by that day, from what is known on it, in the order of the years.
    fn credits_connus(&self, date: Jour) -> Vec<Credit> {
        let connues = self.situation.rectifications.iter().filter(|r| r.le <= date).map(|r| r.annee);
        let mut annees: Vec<Annee> = self.situation.activites.iter().map(|a| a.annee).chain(connues).collect();
        annees.sort_unstable();
        annees.dedup();
        let credit = |annee| years::credit_au(self.situation, self.bareme, annee, date);
        annees.into_iter().filter_map(credit).filter(|credit| credit.date <= date).collect()
    }
}

/// Where it is written that such a year is taken back for that reason.
const fn source(raison: Raison, credit: &Credit) -> Source {
    match (raison, credit.faits.categorie) {
        (Raison::DeclarationAnnulee, _) => Source::RECALCUL,
        // The article of a credit is that of its ceiling.
        (Raison::AutreLigneCorrigee, _) => credit.source,
        (_, Categorie::Salarie | Categorie::SalarieSousNiveau3) => Source::DONNEES_DES_EMPLOYEURS,
        (_, Categorie::Esat) => Source::DONNEES_DES_ESAT,
        (_, Categorie::Independant) => Source::DONNEES_DES_INDEPENDANTS,
        (_, Categorie::Agent | Categorie::AgentSousNiveau3) => Source::AGENTS,
    }
}
