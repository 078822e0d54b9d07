//! Contracts, absences, pays and activities while their lines are read: any rubric may be missing
//! until the end.

use domaine::mesures::Jour;

use super::entete::pose;
use super::{Activite, Contrat, FinContrat, MotifAbsence};
use crate::blocs::ACTIVITE;
use crate::code::Code;
use crate::lignes::Rubrique;
use crate::valeurs::{self, Cote, Quantite};

/// Contracts may come without their number, which is only known to lack at the end.
pub(super) struct ContratLu {
    pub numero: Option<String>,
    pub suite: Contrat,
    pub arrets: Vec<AbsenceLue>,
}

pub(super) struct AbsenceLue {
    pub motif: Option<MotifAbsence>,
    pub suite: [Option<Jour>; 3],
    pub ligne: u64,
    pub de: Code,
}

#[derive(Default)]
pub(super) struct PaieLue {
    pub ligne: u64,
    pub contrat: Option<String>,
    pub debut: Option<Jour>,
    pub fin: Option<Jour>,
    pub genre: Option<Cote>,
    pub heures: Option<Quantite>,
    pub activites: Vec<ActiviteLue>,
}

#[derive(Default)]
pub(super) struct ActiviteLue {
    pub ligne: u64,
    pub genre: Option<Cote>,
    pub mesure: Option<Quantite>,
    pub unite: Option<Cote>,
}

fn numero(rubrique: &Rubrique<'_>) -> Option<String> {
    let texte = rubrique.texte();
    let texte = texte.trim();
    (!texte.is_empty()).then(|| texte.to_owned())
}

impl ContratLu {
    pub const fn new(ligne: u64) -> Self {
        let suite = Contrat {
            ligne,
            numero: String::new(),
            debut: None,
            fin_prevue: None,
            statut: None,
            nature: None,
            dispositif: None,
            unite: None,
            quotite_reference: None,
            quotite: None,
            modalite: None,
            idcc: None,
            boeth: None,
            absences: Vec::new(),
            fin: None,
        };
        Self { numero: None, suite, arrets: Vec::new() }
    }

    pub fn lire(&mut self, place: u16, rubrique: &Rubrique<'_>) -> bool {
        let valeur = rubrique.valeur;
        let contrat = &mut self.suite;
        match place {
            1 => pose(&mut contrat.debut, valeurs::jour(valeur)),
            2 => pose(&mut contrat.statut, Cote::lire(valeur)),
            7 => pose(&mut contrat.nature, Cote::lire(valeur)),
            8 => pose(&mut contrat.dispositif, Cote::lire(valeur)),
            9 => pose(&mut self.numero, numero(rubrique)),
            10 => pose(&mut contrat.fin_prevue, valeurs::jour(valeur)),
            11 => pose(&mut contrat.unite, Cote::lire(valeur)),
            12 => pose(&mut contrat.quotite_reference, Quantite::lire(valeur)),
            13 => pose(&mut contrat.quotite, Quantite::lire(valeur)),
            14 => pose(&mut contrat.modalite, Cote::lire(valeur)),
            17 => pose(&mut contrat.idcc, Cote::lire(valeur)),
            72 => pose(&mut contrat.boeth, Cote::lire(valeur)),
            _ => true,
        }
    }

    pub fn lire_la_fin(&mut self, place: u16, valeur: &[u8]) -> bool {
        let fin = self.suite.fin.get_or_insert(FinContrat { jour: None, motif: None });
        match place {
            1 => pose(&mut fin.jour, valeurs::jour(valeur)),
            2 => pose(&mut fin.motif, Cote::lire(valeur)),
            _ => true,
        }
    }
}

impl AbsenceLue {
    pub fn lire(&mut self, arret: bool, place: u16, valeur: &[u8]) -> bool {
        let [depuis, jusqu_a, reprise] = &mut self.suite;
        match place {
            1 => {
                let genre = if arret { MotifAbsence::Arret } else { MotifAbsence::Suspension };
                pose(&mut self.motif, Cote::lire(valeur).map(genre))
            }
            2 => pose(depuis, valeurs::jour(valeur)),
            3 => pose(jusqu_a, valeurs::jour(valeur)),
            10 if arret => pose(reprise, valeurs::jour(valeur)),
            _ => true,
        }
    }
}

impl PaieLue {
    pub fn lire(&mut self, place: u16, rubrique: &Rubrique<'_>) -> bool {
        match place {
            1 => pose(&mut self.debut, valeurs::jour(rubrique.valeur)),
            2 => pose(&mut self.fin, valeurs::jour(rubrique.valeur)),
            10 => pose(&mut self.contrat, numero(rubrique)),
            11 => pose(&mut self.genre, Cote::lire(rubrique.valeur)),
            12 => pose(&mut self.heures, Quantite::lire(rubrique.valeur)),
            _ => true,
        }
    }
}

impl ActiviteLue {
    pub fn lire(&mut self, place: u16, valeur: &[u8]) -> bool {
        match place {
            1 => pose(&mut self.genre, Cote::lire(valeur)),
            2 => pose(&mut self.mesure, Quantite::lire(valeur)),
            3 => pose(&mut self.unite, Cote::lire(valeur)),
            _ => true,
        }
    }

    /// A measure without a unit is in that of the contract.
    pub fn fermer(self, unite_du_contrat: Option<Cote>) -> Result<Activite, (u64, Code)> {
        let manque = |place| (self.ligne, Code::new(ACTIVITE, place));
        Ok(Activite {
            genre: self.genre.ok_or(manque(1))?,
            mesure: self.mesure.ok_or(manque(2))?,
            unite: self.unite.or(unite_du_contrat).ok_or(manque(3))?,
        })
    }
}
