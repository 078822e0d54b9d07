//! The credit of one year of work, before the ceiling. Several statuses in one year: the most
//! favourable amount and the most favourable ceiling (Code du travail, R6323-27).

use super::activite::{Activite, Provenance, Statut, Travail};
use super::hypothese::{Hypothese, Hypotheses};
use super::motif::{AnneeTravaillee, Raison};
use super::mouvements::Montant;
use super::situation::Situation;
use super::statuts;
use crate::bareme::{Bareme, NaturesAbsence, Rythme, Source};
use crate::mesures::{Annee, Euros, Heures, Jour, MoisDeLAnnee, Quantite};

/// What a year gives.
#[derive(Clone, Copy)]
pub(super) struct Credit {
    /// The day it becomes spendable.
    pub date: Jour,
    pub droit: Droit,
    pub faits: AnneeTravaillee,
    /// In hundredths of the unit of work: what more would have given the whole credit.
    pub manque: u32,
    pub source: Source,
    pub hypotheses: Hypotheses,
}

/// The right itself: in euros, or in hours whose number depends on those already held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Droit {
    Euros { montant: Euros, plafond: Euros },
    Heures { rythme: Rythme, part: u32, tout: u32, agent: bool },
    Rien(Raison),
}

/// A year being judged.
#[derive(Clone, Copy)]
pub(super) struct Jugement<'a> {
    pub annee: Annee,
    /// What is known on that day counts.
    pub au: Jour,
    pub situation: &'a Situation,
    pub bareme: &'a Bareme,
}

impl Jugement<'_> {
    /// The last day of the year.
    pub(super) fn fin(&self) -> Jour {
        self.annee.dernier_jour()
    }

    /// The day of the following year on which it is credited.
    pub(super) fn jour_de_credit(&self) -> Jour {
        self.bareme.jour_de_credit.de(self.annee.suivante())
    }

    /// The credit of the year, from its records; nothing when no work was done, or before accounts existed.
    pub(super) fn credit<'b>(&self, activites: impl Iterator<Item = &'b Activite> + Clone) -> Option<Credit> {
        let mut suite = activites.clone();
        if let (Some(seule), None) = (suite.next(), suite.next()) {
            return self.du_statut(&Total::de(seule, self.bareme)?);
        }
        // Self-employed: what was not paid gives nothing to what was (L6323-27).
        let payee = |statut| matches!(statut, Statut::Independant { cotisation_payee_le: Some(_) });
        let une_payee = activites.clone().any(|activite| payee(activite.statut));
        let compte = |activite: &&Activite| {
            !une_payee || payee(activite.statut) || !matches!(activite.statut, Statut::Independant { .. })
        };
        let du_rang = |rang| {
            let du_rang = |activite: &&Activite| rang_du_statut(activite.statut) == rang;
            let groupe = activites.clone().filter(compte).filter(du_rang);
            Total::somme(groupe, self.bareme).and_then(|total| self.du_statut(&total))
        };
        let mut prive: Option<Credit> = None;
        for rang in [0, 1, 2] {
            if let Some(credit) = du_rang(rang) {
                prive = Some(prive.map_or(credit, |autre| self.plus_favorable(autre, credit)));
            }
        }
        match (prive, du_rang(3)) {
            (Some(prive), Some(agent)) => Some(principale(prive, agent)),
            (prive, agent) => prive.or(agent),
        }
    }

    fn du_statut(&self, total: &Total<'_>) -> Option<Credit> {
        if self.fin() < Bareme::PASSAGE_A_L_EURO
            && matches!(total.principale.statut, Statut::Salarie)
            && self.situation.heures_anterieures.is_some()
        {
            return None;
        }
        statuts::credit(self, total)
    }

    /// The larger amount, under the higher ceiling.
    fn plus_favorable(&self, un: Credit, autre: Credit) -> Credit {
        let (mut garde, ecarte) = if self.valeur(&autre) > self.valeur(&un) { (autre, un) } else { (un, autre) };
        if let (Droit::Euros { plafond, .. }, Droit::Euros { plafond: second, .. }) = (&mut garde.droit, ecarte.droit) {
            *plafond = (*plafond).max(second);
        }
        if !matches!(ecarte.droit, Droit::Rien(_)) {
            garde.faits.ecartee = Some(ecarte.faits.categorie);
        }
        garde
    }

    /// In euros, to compare: an hour for what it is worth in 2019.
    fn valeur(&self, credit: &Credit) -> Euros {
        match credit.droit {
            Droit::Euros { montant, .. } => montant,
            Droit::Heures { rythme, part, tout, .. } => {
                let taux = self.bareme.euros_par_heure.toutes().first().map_or(Euros::ZERO, |taux| taux.vaut);
                taux.fois(rythme.par_an.au_prorata(part, tout).nombre())
            }
            Droit::Rien(_) => Euros::ZERO,
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

/// Hours or euros: the longer work decides.
fn principale(prive: Credit, agent: Credit) -> Credit {
    let mut garde = match (prive.droit, agent.droit) {
        (Droit::Rien(_), _) => return agent,
        (_, Droit::Rien(_)) => return prive,
        _ if plus_long(agent.faits.travail, agent.faits.reference, prive.faits.travail, prive.faits.reference) => agent,
        _ => prive,
    };
    garde.hypotheses = garde.hypotheses.avec(Hypothese::ActivitePrincipale);
    garde
}

fn plus_long(un: Quantite, son_an: Quantite, autre: Quantite, sien: Quantite) -> bool {
    let produit = |a: Quantite, b: Quantite| u64::from(a.centiemes()) * u64::from(b.centiemes());
    produit(un, sien) > produit(autre, son_an)
}

/// The records of one status in one year, added up in the unit of the longest.
pub(super) struct Total<'a> {
    pub principale: &'a Activite,
    /// Work, absences that count included.
    pub travail: Quantite,
    /// Those absences alone, in hundredths.
    pub absences: u32,
    pub natures: NaturesAbsence,
    /// A full year; zero when it is not known.
    pub reference: Quantite,
    /// The months in which one of the employers declared a disability.
    pub boeth: MoisDeLAnnee,
    /// Self-employed: the day on which the last contribution was paid.
    pub paye_le: Option<Jour>,
    /// Whether it adds up several records.
    pub plusieurs: bool,
    pub reunies: bool,
}

impl<'a> Total<'a> {
    fn de(activite: &'a Activite, bareme: &Bareme) -> Option<Self> {
        let (travail, absences, natures) = activite.quantites(bareme);
        if travail.centiemes() == 0 {
            return None;
        }
        let reference = activite.reference(bareme).unwrap_or(travail.avec(0));
        let paye_le = match activite.statut {
            Statut::Independant { cotisation_payee_le } => cotisation_payee_le,
            Statut::Salarie | Statut::Esat | Statut::AgentPublic { .. } => None,
        };
        let (principale, boeth) = (activite, activite.boeth);
        Some(Self {
            principale,
            travail,
            absences,
            natures,
            reference,
            boeth,
            paye_le,
            plusieurs: false,
            reunies: false,
        })
    }

    /// The order of the records, and how many pieces the work of one employer comes in, change nothing: those that
    /// count alike are added up first, then brought to the longest.
    fn somme(activites: impl Iterator<Item = &'a Activite>, bareme: &Bareme) -> Option<Self> {
        let mut totaux: Vec<Self> = activites.filter_map(|activite| Self::de(activite, bareme)).collect();
        if totaux.len() > 1 {
            totaux.sort_unstable_by_key(Self::cle);
            totaux.dedup_by(|autre, gardee| {
                let pareils = autre.cle() == gardee.cle();
                if pareils {
                    gardee.ajouter(autre);
                }
                pareils
            });
        }
        // The longest, the first of those that are as long: every other is brought to it, once.
        let mut rang = 0;
        for (autre, total) in totaux.iter().enumerate().skip(1) {
            if plus_long(total.travail, total.reference, totaux[rang].travail, totaux[rang].reference) {
                rang = autre;
            }
        }
        let mut long = (rang < totaux.len()).then(|| totaux.swap_remove(rang))?;
        totaux.iter().for_each(|court| long.ajouter(court));
        Some(long)
    }

    /// What makes two records count alike.
    fn cle(&self) -> (u8, u32, [u8; 4]) {
        let unite = match self.travail {
            Quantite::Heures(_) => 0,
            Quantite::Jours(_) => 1,
            Quantite::Paie(_) => 2,
        };
        let statut = match self.principale.statut {
            Statut::Salarie | Statut::Esat | Statut::Independant { .. } => [0; 2],
            Statut::AgentPublic { sans_niveau_3, non_complet } => [u8::from(sans_niveau_3), u8::from(non_complet)],
        };
        let travail = match self.principale.travail {
            Travail::Heures { reference, .. } => u8::from(reference.is_some()),
            Travail::Jours { accord, .. } => u8::from(accord.is_some()),
            Travail::Paie { .. } => 0,
        };
        let [niveau, complet] = statut;
        (unite, self.reference.centiemes(), [niveau, complet, self.principale.provenance as u8, travail])
    }

    /// Adds another. Another unit or another full year is brought to this one's, up to the next hundredth: never to
    /// the holder's loss.
    fn ajouter(&mut self, court: &Self) {
        let long = self;
        let reunies = long.reunies || court.reunies || long.reference != court.reference;
        let (tout, sien) = (u64::from(long.reference.centiemes()), u64::from(court.reference.centiemes()));
        let ramene = |centiemes: u32| {
            if long.reference == court.reference {
                centiemes
            } else if sien == 0 {
                0
            } else {
                u32::try_from((u64::from(centiemes) * tout).div_ceil(sien)).unwrap_or(u32::MAX)
            }
        };
        let (travail, absences) = (ramene(court.travail.centiemes()), ramene(court.absences));
        long.travail = long.travail.avec(long.travail.centiemes().saturating_add(travail));
        long.absences = long.absences.saturating_add(absences);
        long.natures = long.natures.et(court.natures);
        long.boeth = long.boeth.union(court.boeth);
        long.paye_le = long.paye_le.max(court.paye_le);
        long.plusieurs = true;
        long.reunies = reunies;
    }

    /// The share of a full year, never more than the whole.
    pub(super) fn part(&self) -> (u32, u32) {
        let tout = self.reference.centiemes();
        (self.travail.centiemes().min(tout), tout)
    }

    pub(super) fn faits(&self, annee: Annee, categorie: super::motif::Categorie, credit: Montant) -> AnneeTravaillee {
        AnneeTravaillee {
            annee,
            categorie,
            ecartee: None,
            travail: self.travail,
            absences: (self.absences > 0).then(|| self.travail.avec(self.absences)),
            natures: self.natures,
            reference: self.reference,
            credit,
            majoration: Euros::ZERO,
            provenance: self.principale.provenance,
        }
    }

    pub(super) fn hypotheses(&self) -> Hypotheses {
        Hypotheses::AUCUNE
            .avec_si(self.principale.provenance == Provenance::Projection, Hypothese::Projection)
            .avec_si(self.reunies, Hypothese::DureesReunies)
    }

    pub(super) const fn est_un_forfait(&self) -> bool {
        matches!(self.principale.travail, Travail::Jours { .. })
    }
}

/// What a year gives in hours to an account that holds so many: what is credited, what is withheld,
/// the rate that was used, and whether the first level stopped it.
pub(super) struct Gain {
    pub heures: Heures,
    pub retenues: Heures,
    pub taux: Heures,
    pub au_palier: bool,
}

impl Gain {
    pub(super) fn de(rythme: &Rythme, tenues: u32, part: u32, tout: u32) -> Self {
        let sous_le_palier = tenues < rythme.palier.nombre();
        let (taux, limite) =
            if sous_le_palier { (rythme.par_an, rythme.palier) } else { (rythme.ensuite, rythme.plafond) };
        let brut = taux.au_prorata(part, tout).nombre();
        let heures = brut.min(limite.nombre().saturating_sub(tenues));
        Self {
            heures: Heures::new(heures),
            retenues: Heures::new(brut - heures),
            taux,
            au_palier: sous_le_palier && heures < brut && rythme.palier < rythme.plafond,
        }
    }
}
