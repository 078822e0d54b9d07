//! A person while the lines about them are read: what is said so far, and what is still missing.
//! Bounded, whatever the file holds.

use domaine::identite::nir::coherence;
use domaine::identite::{DateNaissance, Nir13, NirInvalide, Nom};

use super::entete::pose;
use super::pieces::{AbsenceLue, ActiviteLue, ContratLu, PaieLue};
use super::temps::{self, Sorte};
use super::{Absence, Contrat, Identifiant, Individu, Ntt, Paie};
use crate::blocs::{ACTIVITE, ARRET, CHANGEMENTS_INDIVIDU, CONTRAT, FIN_CONTRAT, INDIVIDU, REMUNERATION, SUSPENSION};
use crate::code::Code;
use crate::constat::Constat;
use crate::lignes::Rubrique;
use crate::rapport::{PersonneMasquee, Rapport, Signalement, masquer};
use crate::valeurs;

/// How many contracts, pays, activities and absences one person may have in a declaration.
pub const PIECES_MAXIMUM: usize = 2000;

#[derive(Default)]
pub(super) struct Brouillon {
    ligne: u64,
    rang: u64,
    nir: Option<Result<Nir13, NirInvalide>>,
    ntt: Option<Ntt>,
    nom: Option<Nom>,
    prenoms: Option<Nom>,
    naissance: Option<DateNaissance>,
    ancien_nir: Option<Nir13>,
    contrats: Vec<ContratLu>,
    paies: Vec<PaieLue>,
    pieces: usize,
    a_dit_sa_naissance: bool,
    abime: bool,
}

impl Brouillon {
    pub fn new(ligne: u64, rang: u64) -> Self {
        Self { ligne, rang, ..Self::default() }
    }

    /// A line that may have said anything of this person could not be read.
    pub const fn abimer(&mut self) {
        self.abime = true;
    }

    /// The person as a report may name them.
    pub fn masque(&self) -> PersonneMasquee {
        PersonneMasquee { rang: self.rang, nir: self.nir.as_ref().and_then(|nir| nir.as_ref().ok()).map(masquer) }
    }

    fn signaler(&self, rapport: &mut Rapport, ligne: u64, constat: Constat) {
        rapport.signaler(Signalement { ligne, personne: Some(self.masque()), constat });
    }

    /// Opens an occurrence of a block.
    pub fn ouvrir(&mut self, ligne: u64, code: Code) {
        let bloc = code.bloc();
        if !matches!(bloc, CONTRAT | REMUNERATION | ACTIVITE | ARRET | SUSPENSION) {
            return;
        }
        self.pieces += 1;
        if self.pieces > PIECES_MAXIMUM {
            return;
        }
        match bloc {
            CONTRAT => self.contrats.push(ContratLu::new(ligne)),
            REMUNERATION => self.paies.push(PaieLue { ligne, ..PaieLue::default() }),
            ACTIVITE => {
                if let Some(paie) = self.paies.last_mut() {
                    paie.activites.push(ActiviteLue { ligne, ..ActiviteLue::default() });
                }
            }
            _ => {
                if let Some(contrat) = self.contrats.last_mut() {
                    let de = Code::new(bloc, 1);
                    contrat.arrets.push(AbsenceLue { motif: None, suite: [None; 3], ligne, de });
                }
            }
        }
    }

    /// Takes a rubric in.
    pub fn lire(&mut self, rapport: &mut Rapport, ligne: u64, rubrique: &Rubrique<'_>) {
        if self.pieces > PIECES_MAXIMUM {
            return;
        }
        let (bloc, numero) = (rubrique.code.bloc(), rubrique.code.numero());
        let bien_lue = match bloc {
            INDIVIDU => match self.lire_identite(numero, rubrique) {
                Ok(bien_lue) => bien_lue,
                Err(constat) => return self.signaler(rapport, ligne, constat),
            },
            CHANGEMENTS_INDIVIDU if numero == 8 => pose(&mut self.ancien_nir, nir(rubrique).ok()),
            CONTRAT => self.contrats.last_mut().is_none_or(|contrat| contrat.lire(numero, rubrique)),
            FIN_CONTRAT => self.contrats.last_mut().is_none_or(|contrat| contrat.lire_la_fin(numero, rubrique.valeur)),
            ARRET | SUSPENSION => {
                let absence = self.contrats.last_mut().and_then(|contrat| contrat.arrets.last_mut());
                absence.is_none_or(|absence| absence.lire(bloc == ARRET, numero, rubrique.valeur))
            }
            REMUNERATION => self.paies.last_mut().is_none_or(|paie| paie.lire(numero, rubrique)),
            ACTIVITE => {
                let activite = self.paies.last_mut().and_then(|paie| paie.activites.last_mut());
                activite.is_none_or(|activite| activite.lire(numero, rubrique.valeur))
            }
            _ => true,
        };
        if !bien_lue {
            self.signaler(rapport, ligne, Constat::Valeur(rubrique.code));
        }
    }

    fn lire_identite(&mut self, numero: u16, rubrique: &Rubrique<'_>) -> Result<bool, Constat> {
        match numero {
            1 => self.nir = Some(nir(rubrique)),
            2 => self.nom = Some(Nom::parse(&rubrique.texte()).map_err(Constat::Nom)?),
            4 => self.prenoms = Some(Nom::parse(&rubrique.texte()).map_err(Constat::Prenoms)?),
            6 => {
                self.a_dit_sa_naissance = true;
                self.naissance = Some(valeurs::naissance(rubrique.valeur).ok_or(Constat::Naissance)?);
            }
            20 => self.ntt = Some(Ntt::lire(&rubrique.texte()).ok_or(Constat::NumeroTemporaire)?),
            _ => {}
        }
        Ok(true)
    }

    /// The person, once all was read; nothing when they must be left out, which the report tells.
    pub fn fermer(mut self, rapport: &mut Rapport) -> Option<Individu> {
        let ligne = self.ligne;
        if self.abime {
            self.signaler(rapport, ligne, Constat::IndividuAbime);
            return None;
        }
        if self.pieces > PIECES_MAXIMUM {
            self.signaler(rapport, ligne, Constat::IndividuDemesure);
            return None;
        }
        let identifiant = self.identifiant(rapport)?;
        if !self.a_dit_sa_naissance {
            self.signaler(rapport, ligne, Constat::SansNaissance);
        }
        if let (Identifiant::Nir(nir), Some(naissance)) = (&identifiant, &self.naissance)
            && let Err(incoherence) = coherence(nir, naissance)
        {
            self.signaler(rapport, ligne, Constat::NaissanceEtNir(incoherence));
        }
        let contrats = self.fermer_les_contrats(rapport);
        let paies = self.fermer_les_paies(rapport, &contrats);
        let individu = Individu {
            ligne,
            rang: self.rang,
            identifiant,
            nom: self.nom.take(),
            prenoms: self.prenoms.take(),
            naissance: self.naissance,
            ancien_nir: self.ancien_nir.take(),
            contrats,
            paies,
        };
        self.juger_l_activite(rapport, &individu);
        Some(individu)
    }

    fn identifiant(&self, rapport: &mut Rapport) -> Option<Identifiant> {
        let (constat, identifiant) = match (&self.nir, &self.ntt) {
            (Some(Ok(nir)), _) => return Some(Identifiant::Nir(nir.clone())),
            (None, Some(ntt)) => return Some(Identifiant::Temporaire(ntt.clone())),
            (Some(Err(faute)), Some(ntt)) => (Constat::NirRemplace(*faute), Some(Identifiant::Temporaire(ntt.clone()))),
            (Some(Err(faute)), None) => (Constat::Nir(*faute), None),
            (None, None) => (Constat::SansIdentifiant, None),
        };
        self.signaler(rapport, self.ligne, constat);
        identifiant
    }

    fn fermer_les_contrats(&mut self, rapport: &mut Rapport) -> Vec<Contrat> {
        let lus = std::mem::take(&mut self.contrats);
        let mut contrats = Vec::with_capacity(lus.len());
        for lu in lus {
            let Some(numero) = lu.numero else {
                self.signaler(rapport, lu.suite.ligne, Constat::Manque(Code::new(CONTRAT, 9)));
                continue;
            };
            let mut absences = Vec::with_capacity(lu.arrets.len());
            for absence in lu.arrets {
                let [depuis, jusqu_a, reprise] = absence.suite;
                match absence.motif {
                    Some(motif) => {
                        absences.push(Absence { ligne: absence.ligne, motif, depuis, jusqu_a, reprise });
                    }
                    None => self.signaler(rapport, absence.ligne, Constat::Manque(absence.de)),
                }
            }
            contrats.push(Contrat { numero, absences, ..lu.suite });
        }
        contrats
    }

    fn fermer_les_paies(&mut self, rapport: &mut Rapport, contrats: &[Contrat]) -> Vec<Paie> {
        let lues = std::mem::take(&mut self.paies);
        let mut paies = Vec::new();
        for lue in lues {
            // What holds no time holds amounts, which nobody here needs.
            if lue.heures.is_none() && lue.activites.is_empty() {
                continue;
            }
            let manque = |numero| Code::new(REMUNERATION, numero);
            let (debut, fin, numero, genre) = match (lue.debut, lue.fin, lue.contrat, lue.genre) {
                (Some(debut), Some(fin), Some(numero), Some(genre)) => (debut, fin, numero, genre),
                (debut, fin, numero, _) => {
                    let premier = match (debut, fin, numero) {
                        (None, ..) => 1,
                        (_, None, _) => 2,
                        (.., None) => 10,
                        _ => 11,
                    };
                    self.signaler(rapport, lue.ligne, Constat::Manque(manque(premier)));
                    continue;
                }
            };
            if fin < debut {
                self.signaler(rapport, lue.ligne, Constat::PeriodeInverse);
                continue;
            }
            let contrat = contrats.iter().find(|contrat| contrat.numero == numero);
            if contrat.is_none() {
                self.signaler(rapport, lue.ligne, Constat::ContratInconnu);
            }
            let unite_du_contrat = contrat.and_then(|contrat| contrat.unite);
            let mut activites = Vec::with_capacity(lue.activites.len());
            for activite in lue.activites {
                match activite.fermer(unite_du_contrat) {
                    Ok(activite) => activites.push(activite),
                    Err((ligne, code)) => self.signaler(rapport, ligne, Constat::Manque(code)),
                }
            }
            paies.push(Paie { ligne: lue.ligne, contrat: numero, debut, fin, genre, heures: lue.heures, activites });
        }
        paies
    }

    /// Points at measures that do not stand where they should, or that are no time.
    fn juger_l_activite(&self, rapport: &mut Rapport, individu: &Individu) {
        for paie in &individu.paies {
            if paie.mesure_du_temps() && !individu.compte(paie) {
                self.signaler(rapport, paie.ligne, Constat::ActiviteEnDouble);
            } else if paie.mesure_du_temps() && !paie.est_de_type_002() {
                self.signaler(rapport, paie.ligne, Constat::ActiviteHors002);
            }
            if paie.activites.iter().any(|activite| temps::sorte(activite.unite.as_str()) == Sorte::Autre) {
                self.signaler(rapport, paie.ligne, Constat::UniteNonComptee);
            }
        }
    }
}

/// The norm wants thirteen characters and nothing else: no separator is passed over here.
fn nir(rubrique: &Rubrique<'_>) -> Result<Nir13, NirInvalide> {
    let texte = rubrique.texte();
    let nir = Nir13::parse(&texte)?;
    let intrus = texte.chars().zip(nir.as_str().chars()).find(|(ecrit, lu)| ecrit != lu);
    match intrus {
        Some((intrus, _)) => Err(NirInvalide::Caractere(intrus)),
        None if texte.len() > 13 => Err(NirInvalide::TropLong),
        None => Ok(nir),
    }
}
