//! The account while it unfolds: what each pocket holds, and how an entry changes it. No rule here.

use super::credit::{Credit, Droit};
use super::ecriture::{Ecriture, Registre};
use crate::bareme::{Bareme, Source};
use crate::droits::facts::{Abondement, Montant, Nature, Situation};
use crate::droits::statement::{Etat, Motif, Poche, Raison, Soldes};
use crate::mesures::{Annee, Euros, Heures, Jour, VariationHeures};

/// An account, and where its entries go.
pub(in crate::droits) struct Compte<'a, R> {
    pub situation: &'a Situation,
    pub bareme: &'a Bareme,
    pub registre: R,
    pub soldes: Soldes,
    /// The part in euros that counts under the ceiling, DIF left out.
    pub cpf: Euros,
    /// Hours of CPF of an employee, before 2019.
    pub heures_privees: VariationHeures,
    /// Hours of CPF of a public agent.
    pub heures_publiques: VariationHeures,
    /// Hours of DIF, before 2019.
    pub heures_dif: VariationHeures,
    /// Hours that volunteering gave to a public agent.
    pub heures_cec: VariationHeures,
    /// Hours acquired as an employee, whatever became of them: the first level looks at these.
    pub heures_acquises: VariationHeures,
    /// Whether accounts are kept in euros by now.
    pub en_euros: bool,
    /// The latest year of work that was credited in euros, and its ceiling.
    pub plafond: Option<(Annee, Euros)>,
    /// The latest year of work that was credited in hours to an agent, and its ceiling.
    pub plafond_heures: Option<(Annee, Heures)>,
    /// What others added and is left, in the order in which it is spent.
    pub dotations: Vec<Restante<'a>>,
    /// DIF attestations that count.
    pub difs: Vec<DifInscrit>,
    /// Years credited, only when one of them may have to be taken back.
    pub annees: Vec<AnneeInscrite>,
    pub suivre_les_annees: bool,
    /// What an expense or a conversion wrote: a correction leaves it as it is.
    pub mouvements: Vec<Mouvement>,
    /// The nature of the event being written, when what it writes must be found again.
    pub en_cours: Option<Nature>,
    /// The last day on which corrections were written.
    pub corrige_le: Option<Jour>,
    /// Euros that became hours: when, and how many.
    pub conversions: Vec<(Jour, Heures)>,
}

/// What is left of what someone added.
pub(in crate::droits) struct Restante<'a> {
    pub abondement: &'a Abondement,
    pub reste: Euros,
}

/// An attestation as it was written in the account.
#[derive(Clone, Copy)]
pub(in crate::droits) struct DifInscrit {
    pub date: Jour,
    /// The hours it certifies.
    pub attestees: Heures,
    /// The day of the first of those that it replaced, or its own.
    pub origine: Jour,
    pub montant: Euros,
    pub heures: VariationHeures,
    /// Its line, among those that are kept.
    pub ligne: usize,
}

/// A year as it was written in the account.
#[derive(Clone, Copy)]
pub(in crate::droits) struct AnneeInscrite {
    pub credit: Credit,
    /// What kept it from being credited: the age, or a pension.
    pub refus: Option<Raison>,
    pub date: Jour,
    /// What a correction would take back: hours of an employee are euros from 2019 on.
    pub montant: Euros,
    pub heures: VariationHeures,
    /// Its lines, among those that are kept: the first, and the one after the last.
    pub lignes: (usize, usize),
}

impl AnneeInscrite {
    /// The year of work.
    pub(in crate::droits) const fn annee(&self) -> Annee {
        self.credit.faits.annee
    }

    /// Whether its hours are those of a public agent.
    pub(in crate::droits) const fn est_d_un_agent(&self) -> bool {
        matches!(self.credit.droit, Droit::Heures { agent: true, .. })
    }

    /// Whether both give the same for the same year.
    pub(in crate::droits) fn vaut(&self, autre: &Self) -> bool {
        self.annee() == autre.annee()
            && self.credit.droit == autre.credit.droit
            && (self.refus, self.montant, self.heures) == (autre.refus, autre.montant, autre.heures)
    }
}

/// Something written by an expense or a conversion.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Mouvement {
    pub nature: Nature,
    pub ecriture: Ecriture,
}

impl<'a, R: Registre> Compte<'a, R> {
    pub(in crate::droits) fn ouvrir(situation: &'a Situation, bareme: &'a Bareme, registre: R) -> Self {
        Self {
            situation,
            bareme,
            registre,
            soldes: Soldes::default(),
            cpf: Euros::ZERO,
            heures_privees: VariationHeures::ZERO,
            heures_publiques: VariationHeures::ZERO,
            heures_dif: VariationHeures::ZERO,
            heures_cec: VariationHeures::ZERO,
            heures_acquises: VariationHeures::ZERO,
            en_euros: false,
            plafond: None,
            plafond_heures: None,
            dotations: Vec::new(),
            difs: Vec::new(),
            annees: Vec::new(),
            mouvements: Vec::new(),
            en_cours: None,
            corrige_le: None,
            suivre_les_annees: !situation.rectifications.is_empty()
                || situation.sous_niveau_3.iter().any(|declaration| declaration.annulee_le.is_some()),
            conversions: Vec::new(),
        }
    }

    /// Writes an entry: the only place where a balance changes.
    pub(in crate::droits) fn ecrire(&mut self, ecriture: Ecriture, motif: impl FnOnce() -> Motif) {
        match ecriture.poche {
            Poche::Cpf => {
                self.cpf += ecriture.montant;
                if ecriture.agent {
                    self.heures_publiques += ecriture.heures;
                } else {
                    self.heures_privees += ecriture.heures;
                }
            }
            Poche::Dif => {
                self.soldes.dont_dif += ecriture.montant;
                self.heures_dif += ecriture.heures;
            }
            Poche::Cec => {
                self.soldes.dont_cec += ecriture.montant;
                self.heures_cec += ecriture.heures;
            }
            Poche::Abondement => self.soldes.dont_abondements += ecriture.montant,
        }
        if let Some(nature) = self.en_cours {
            self.mouvements.push(Mouvement { nature, ecriture });
        }
        self.soldes.total += ecriture.montant;
        self.soldes.heures += ecriture.heures;
        self.registre.inscrire(ecriture, self.soldes.total, self.soldes.heures, motif);
    }

    /// What counts under the ceiling in euros.
    pub(in crate::droits) fn sous_plafond(&self) -> Euros {
        self.cpf + self.soldes.dont_dif
    }

    /// The ceiling in euros on that day: that of the latest year of work credited, else the ordinary one.
    pub(in crate::droits) fn plafond_au(&self, date: Jour) -> Euros {
        let ordinaire = || self.bareme.plafond.au(date).map_or(Euros::ZERO, |plafond| plafond.vaut);
        self.plafond.map_or_else(ordinaire, |(_, plafond)| plafond)
    }

    /// The ceiling of a year of work becomes that of the account, unless a later one has its own.
    pub(in crate::droits) fn retenir_le_plafond(&mut self, annee: Annee, plafond: Euros) {
        if self.plafond.is_none_or(|(derniere, _)| derniere <= annee) {
            self.plafond = Some((annee, plafond));
        }
    }

    /// Adds euros as far as the ceiling leaves room, and says what it withheld.
    pub(in crate::droits) fn sous(&self, ecriture: Ecriture, brut: Euros, plafond: Euros) -> Ecriture {
        let montant = brut.min(plafond - self.sous_plafond()).max(Euros::ZERO);
        Ecriture { montant, retenu: brut - montant, plafond: Some(Montant::Euros(plafond)), ..ecriture }
    }

    /// Whether a full-rate pension is due on that day.
    pub(in crate::droits) fn est_gele(&self, date: Jour) -> bool {
        self.situation.retraite_depuis.is_some_and(|depuis| depuis <= date)
    }

    /// Whether the age of the account is reached on that day; yes when the birth date is not known.
    pub(in crate::droits) fn a_l_age(&self, date: Jour) -> bool {
        let Some(naissance) = self.situation.naissance else { return true };
        let ans = |age: &crate::bareme::Serie<u16>| age.au(date).map_or(u16::MAX, |age| age.vaut);
        let revolus = |ans: u16| {
            let jour = |jour: Jour, ans: u16| (u32::from(jour.annee()) + u32::from(ans), jour.mois(), jour.jour());
            jour(date, 0) >= jour(naissance, ans)
        };
        revolus(ans(&self.bareme.age_d_ouverture))
            || (revolus(ans(&self.bareme.age_d_apprenti))
                && self.situation.apprenti_depuis.is_some_and(|depuis| depuis <= date))
    }

    pub(in crate::droits) fn etat(&self, date: Jour) -> Etat {
        if self.situation.deces.is_some_and(|deces| deces <= date) {
            Etat::Ferme
        } else if self.est_gele(date) {
            Etat::Gele
        } else if self.a_l_age(date) {
            Etat::Ouvert
        } else {
            Etat::PasEncoreOuvert
        }
    }

    /// Takes back what an earlier line gave, to the cent.
    pub(in crate::droits) fn contrepasser(
        &mut self,
        ecriture: Ecriture,
        du: Jour,
        raison: Raison,
        annee: Option<Annee>,
    ) {
        let (montant, heures) = (-ecriture.montant, -ecriture.heures);
        if !montant.est_nul() || !heures.est_nulle() {
            let motif = || Motif::Contrepassation { du, raison, annee };
            self.ecrire(Ecriture { montant, heures, ..ecriture }, motif);
        }
    }

    /// Death: every pocket is emptied.
    pub(in crate::droits) fn cloturer(&mut self, date: Jour) {
        let poches = [
            (Poche::Cpf, false, self.cpf, self.heures_privees),
            (Poche::Cpf, true, Euros::ZERO, self.heures_publiques),
            (Poche::Dif, false, self.soldes.dont_dif, self.heures_dif),
            (Poche::Cec, false, self.soldes.dont_cec, self.heures_cec),
            (Poche::Abondement, false, self.soldes.dont_abondements, VariationHeures::ZERO),
        ];
        for (poche, agent, montant, heures) in poches {
            if !montant.est_nul() || !heures.est_nulle() {
                let vide = Ecriture::vide(date, poche, Source::CLOTURE);
                self.ecrire(Ecriture { agent, montant: -montant, heures: -heures, ..vide }, || Motif::Cloture);
            }
        }
        self.dotations.clear();
    }
}
