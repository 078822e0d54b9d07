//! From what is known to a statement: the order of events, the rule that each calls, the corrections after the fact.
//! The only room that calls rules; it holds no figure and no article of its own.

mod corrections;
mod events;
mod years;

use crate::bareme::Bareme;
use crate::droits::account::{Compte, Credit, Lignes, Registre, Rien};
use crate::droits::facts::{Evenement, Nature, Situation};
use crate::droits::rules::{abondement, conversion, depense, dif, engagement, euro};
use crate::droits::statement::{Etat, Releve, Soldes};
use crate::mesures::{Annee, Jour};
use events::derouler;

/// The statement of this working life as it stood at the end of that day.
///
/// Each line says which rule made it, where the rule is written and which facts it used; the
/// balance is exactly the sum of the lines. A year which is over and not credited yet is among
/// [`Releve::acquises`]. On a future day it is a projection: see [`Situation::projeter`].
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::droits::{calculer, HeuresAnterieures, Provenance, Situation};
/// use domaine::mesures::{Euros, Heures, Jour};
///
/// let situation = Situation {
///     heures_anterieures: Some(HeuresAnterieures {
///         heures: Heures::new(54),
///         provenance: Provenance::AncienCompte,
///     }),
///     ..Situation::default()
/// };
/// let releve = calculer(&situation, Jour::date(2026, 11, 23), &Bareme::EN_VIGUEUR);
/// assert_eq!(releve.solde, Euros::entiers(810));
/// ```
pub fn calculer(situation: &Situation, date: Jour, bareme: &Bareme) -> Releve {
    let (evenements, credits) = derouler(situation, bareme, date);
    let mut compte = Compte::ouvrir(situation, bareme, Lignes(Vec::with_capacity(evenements.len() + 2)));
    let venus = compte.avancer(&evenements, &credits, date);
    let soldes = compte.soldes_au(date);
    let venues = compte.registre.0.len();
    if soldes.etat != Etat::Ferme {
        for evenement in &evenements[venus..] {
            compte.credit(*evenement, &credits, date);
        }
    }
    let mut lignes = compte.registre.0;
    let acquises = lignes.split_off(venues);
    Releve {
        au: date,
        etat: soldes.etat,
        solde: soldes.total,
        dont_dif: soldes.dont_dif,
        dont_cec: soldes.dont_cec,
        dont_abondements: soldes.dont_abondements,
        plafond: soldes.plafond,
        solde_heures: soldes.heures,
        lignes,
        acquises,
    }
}

/// The balances that [`calculer`] gives, without the lines: for a great many lives at once.
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::droits::{Activite, Provenance, Situation, calculer, solde};
/// use domaine::mesures::{Annee, DureeTravaillee, Euros, Jour};
///
/// let annee = Annee::new(2024).unwrap();
/// let activite = Activite::salariee(annee, DureeTravaillee::heures(803), None, Provenance::Employeurs);
/// let situation = Situation { activites: vec![activite], ..Situation::default() };
/// let jour = Jour::date(2026, 11, 23);
/// let soldes = solde(&situation, jour, &Bareme::EN_VIGUEUR);
/// assert_eq!(soldes.total, Euros::de_centimes(249_85));
/// assert_eq!(soldes.total, calculer(&situation, jour, &Bareme::EN_VIGUEUR).solde);
/// ```
pub fn solde(situation: &Situation, date: Jour, bareme: &Bareme) -> Soldes {
    let (evenements, credits) = derouler(situation, bareme, date);
    let mut compte = Compte::ouvrir(situation, bareme, Rien);
    compte.avancer(&evenements, &credits, date);
    compte.soldes_au(date)
}

impl<'a, R: Registre> Compte<'a, R> {
    /// Writes everything up to the end of that day, and says how many events that was.
    fn avancer(&mut self, evenements: &[Evenement], credits: &[Credit], au: Jour) -> usize {
        let situation: &'a Situation = self.situation;
        for (rang, evenement) in evenements.iter().enumerate() {
            let Evenement { date, nature, place } = *evenement;
            if date > au {
                return rang;
            }
            let a_retenir = self.suivre_les_annees && matches!(nature, Nature::Conversion | Nature::Depense);
            self.en_cours = a_retenir.then_some(nature);
            match nature {
                Nature::Passage => euro::passer_a_l_euro(self),
                Nature::Echeance => abondement::echoir(self, &situation.abondements[place], date),
                Nature::Attestation => dif::declarer(self, &situation.attestations[place]),
                Nature::Rectification | Nature::Annulation => self.corriger(date),
                Nature::Credit | Nature::Report => self.credit(*evenement, credits, date),
                Nature::Engagement => engagement::engager(self, place),
                Nature::Abondement => abondement::abonder(self, &situation.abondements[place]),
                Nature::Conversion => conversion::a_la_demande(self, &situation.conversions[place]),
                Nature::Depense => depense::payer(self, &situation.depenses[place]),
                Nature::Deces => {
                    self.cloturer(date);
                    return evenements.len();
                }
            }
        }
        evenements.len()
    }

    /// Credits a year on its day, with what is known on another, at the latest that day.
    fn credit(&mut self, evenement: Evenement, credits: &[Credit], connu_le: Jour) {
        let Evenement { date, nature, place } = evenement;
        if !self.suivre_les_annees {
            return self.crediter(&credits[place], date);
        }
        let annee = match nature {
            Nature::Report => u16::try_from(place).ok().and_then(|annee| Annee::new(annee).ok()),
            _ => Some(credits[place].faits.annee),
        };
        let Some(annee) = annee else { return };
        if self.annees.iter().any(|inscrite| inscrite.annee() == annee) {
            return;
        }
        // A correction may have changed the day too: a later one has its own event.
        let credit = years::credit_au(self.situation, self.bareme, annee, connu_le);
        if let Some(credit) = credit.filter(|credit| credit.date <= date) {
            self.crediter(&credit, date);
        }
    }

    fn soldes_au(&self, date: Jour) -> Soldes {
        Soldes { plafond: self.plafond_au(date), etat: self.etat(date), ..self.soldes }
    }
}
