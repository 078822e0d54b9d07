//! A year of work being judged: the words that the rules of every status share. No rule here.

use crate::bareme::{Bareme, NaturesAbsence, Rythme, Source, Valeur};
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::{Activite, Montant, Provenance, Situation, Statut, Travail};
use crate::droits::statement::{AnneeTravaillee, Categorie, Hypothese, Hypotheses, Raison};
use crate::mesures::{Annee, Euros, Heures, Jour, MoisDeLAnnee, Quantite};

/// A year being judged.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Jugement<'a> {
    pub annee: Annee,
    /// What is known on that day counts.
    pub au: Jour,
    pub situation: &'a Situation,
    pub bareme: &'a Bareme,
}

impl Jugement<'_> {
    /// The last day of the year.
    pub(in crate::droits) fn fin(&self) -> Jour {
        self.annee.dernier_jour()
    }

    /// The day of the following year on which it is credited.
    pub(in crate::droits) fn jour_de_credit(&self) -> Jour {
        self.bareme.jour_de_credit.de(self.annee.suivante())
    }

    /// A year that gives nothing, and why.
    pub(in crate::droits) fn rien(&self, total: &Total<'_>, raison: Raison, source: Source) -> Credit {
        Credit {
            date: self.jour_de_credit(),
            droit: Droit::Rien(raison),
            faits: total.faits(self.annee, Categorie::de(total.principale.statut), Montant::Euros(Euros::ZERO)),
            manque: 0,
            source,
            hypotheses: total.hypotheses().avec(Hypothese::JourDeCredit),
        }
    }

    /// A year that gives hours: how many depends on those that the account holds.
    pub(in crate::droits) fn heures(
        &self,
        total: &Total<'_>,
        categorie: Categorie,
        rythme: &Valeur<Rythme>,
        (part, tout): (u32, u32),
        agent: bool,
    ) -> Credit {
        let hypotheses: Hypotheses = total.hypotheses();
        let par_an: Heures = rythme.vaut.par_an;
        Credit {
            date: self.fin(),
            droit: Droit::Heures { rythme: rythme.vaut, part, tout, agent },
            faits: total.faits(self.annee, categorie, Montant::Heures(par_an)),
            manque: tout - part,
            source: rythme.source,
            hypotheses,
        }
    }
}

/// The records of one status in one year, added up in the unit of the longest.
pub(in crate::droits) struct Total<'a> {
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
    /// One record alone.
    pub(in crate::droits) fn de(activite: &'a Activite, bareme: &Bareme) -> Option<Self> {
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
    pub(in crate::droits) fn somme(activites: impl Iterator<Item = &'a Activite>, bareme: &Bareme) -> Option<Self> {
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
    pub(in crate::droits) fn part(&self) -> (u32, u32) {
        let tout = self.reference.centiemes();
        (self.travail.centiemes().min(tout), tout)
    }

    pub(in crate::droits) fn faits(&self, annee: Annee, categorie: Categorie, credit: Montant) -> AnneeTravaillee {
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

    pub(in crate::droits) fn hypotheses(&self) -> Hypotheses {
        Hypotheses::AUCUNE
            .avec_si(self.principale.provenance == Provenance::Projection, Hypothese::Projection)
            .avec_si(self.reunies, Hypothese::DureesReunies)
    }

    pub(in crate::droits) const fn est_un_forfait(&self) -> bool {
        matches!(self.principale.travail, Travail::Jours { .. })
    }
}

/// Whether the first work is a larger share of its full year than the other of its own.
pub(in crate::droits) fn plus_long(un: Quantite, son_an: Quantite, autre: Quantite, sien: Quantite) -> bool {
    let produit = |a: Quantite, b: Quantite| u64::from(a.centiemes()) * u64::from(b.centiemes());
    produit(un, sien) > produit(autre, son_an)
}
