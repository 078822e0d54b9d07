//! The form of a simulation, and the working life that it supposes.

use super::emploi::{Emploi, full_time, supposed_year};
use crate::bareme::Bareme;
use crate::dif::{Rapport, lire_heures};
use crate::droits::{AttestationDeclaree, DeclarationSousNiveau3, Periode, Situation};
use crate::forms::faute::Faute;
use crate::forms::formulaire::{Champ, Erreurs, Formulaire, mesure};
use crate::mesures::{Annee, DureeTravaillee, Heures, Jour};

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaisieSimulation {
    /// The first year of work, from 2015 on.
    pub depuis: String,
    /// The [`Emploi::code`] from that year on.
    pub emploi: String,
    /// Hours worked in a year; only for an employee.
    pub heures: String,
    /// The year of the change; empty for none.
    pub changement: String,
    /// The [`Emploi::code`] from the change on.
    pub ensuite: String,
    /// Hours worked in a year from the change on; only for an employee.
    pub heures_ensuite: String,
    /// Hours of DIF to declare; empty for none.
    pub dif: String,
    /// The last year to look at.
    pub jusqu_a: String,
    /// Without a diploma of level 3, declared today: years before keep the ordinary credit (R6323-3-1).
    pub sous_niveau_3: bool,
    /// With a recognised disability (BOETH) from the first year on.
    pub boeth: bool,
}

/// The fields of the form, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampSimulation {
    /// `#depuis`
    Depuis,
    /// `#emploi`
    Emploi,
    /// `#heures-par-an`
    Heures,
    /// `#changement`
    Changement,
    /// `#ensuite`
    Ensuite,
    /// `#heures-par-an-ensuite`
    HeuresEnsuite,
    /// `#dif`
    Dif,
    /// `#jusqu-a`
    JusquA,
    /// `#sous-niveau-3`
    SousNiveau3,
    /// `#boeth`
    Boeth,
}

impl Champ for ChampSimulation {
    const TOUS: &'static [Self] = &[
        Self::Depuis,
        Self::Emploi,
        Self::Heures,
        Self::Changement,
        Self::Ensuite,
        Self::HeuresEnsuite,
        Self::Dif,
        Self::JusquA,
        Self::SousNiveau3,
        Self::Boeth,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Depuis => "depuis",
            Self::Emploi => "emploi",
            Self::Heures => "heures-par-an",
            Self::Changement => "changement",
            Self::Ensuite => "ensuite",
            Self::HeuresEnsuite => "heures-par-an-ensuite",
            Self::Dif => "dif",
            Self::JusquA => "jusqu-a",
            Self::SousNiveau3 => "sous-niveau-3",
            Self::Boeth => "boeth",
        }
    }
}

/// A working life supposed, and the day to look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// What to compute rights from.
    pub situation: Situation,
    /// The last day of the last year looked at.
    pub au: Jour,
}

/// The first year a form may begin with: before, there was the DIF alone.
const PREMIERE_ANNEE: u16 = 2015;
/// How many years ahead a form may look.
const AVENIR: u16 = 40;
/// More hours than that in a year is a mistake of typing: 52 weeks of 48 hours, the most that is lawful (L3121-20).
const HEURES_PAR_AN: u32 = 2_496;

impl SaisieSimulation {
    /// The form as it is first shown: a full-time employee since last year.
    pub fn proposee(aujourdhui: Jour) -> Self {
        let annee = aujourdhui.annee();
        Self {
            depuis: annee.saturating_sub(1).max(PREMIERE_ANNEE).to_string(),
            emploi: Emploi::Salarie.code().into(),
            heures: full_time(aujourdhui).centiemes().div_euclid(100).to_string(),
            jusqu_a: (annee + 5).to_string(),
            ..Self::default()
        }
    }
}

impl Formulaire for SaisieSimulation {
    type Champ = ChampSimulation;
    type Valide = Simulation;

    fn valider(&self, aujourdhui: Jour) -> Result<Simulation, Erreurs<ChampSimulation>> {
        let mut erreurs = Erreurs::new();
        let ici = aujourdhui.annee().max(PREMIERE_ANNEE);
        let fin = ici + AVENIR;
        let depuis = erreurs.garder(ChampSimulation::Depuis, annee(&self.depuis, PREMIERE_ANNEE, fin));
        let jusqu_a =
            erreurs.garder(ChampSimulation::JusquA, annee(&self.jusqu_a, depuis.unwrap_or(PREMIERE_ANNEE), fin));
        let emploi = erreurs.garder(ChampSimulation::Emploi, emploi(&self.emploi));
        let heures = erreurs.garder(ChampSimulation::Heures, heures(emploi, &self.heures));
        let change = !self.changement.trim().is_empty();
        let bornes = (depuis.unwrap_or(PREMIERE_ANNEE), jusqu_a.unwrap_or(fin));
        let changement = match change {
            true => erreurs.garder(ChampSimulation::Changement, annee(&self.changement, bornes.0, bornes.1)),
            false => Some(u16::MAX),
        };
        let ensuite = match change {
            true => erreurs.garder(ChampSimulation::Ensuite, self::emploi(&self.ensuite)),
            false => Some(Emploi::SansEmploi),
        };
        let heures_ensuite = match change {
            true => erreurs.garder(ChampSimulation::HeuresEnsuite, self::heures(ensuite, &self.heures_ensuite)),
            false => Some(DureeTravaillee::ZERO),
        };
        let dif = erreurs.garder(ChampSimulation::Dif, dif(&self.dif, aujourdhui));
        let (Some(depuis), Some(jusqu_a), Some(changement), Some(dif)) = (depuis, jusqu_a, changement, dif) else {
            return Err(erreurs);
        };
        let (Some(avant), Some(apres)) = (emploi.zip(heures), ensuite.zip(heures_ensuite)) else {
            return Err(erreurs);
        };
        let activites = (depuis..=jusqu_a)
            .filter_map(|annee| supposed_year(annee, if annee < changement { avant } else { apres }, ici))
            .collect();
        let debut = Jour::date(depuis, 1, 1);
        let attestation = dif.map(|heures| AttestationDeclaree {
            heures,
            rapport: Rapport::Remplace,
            declaree_le: aujourdhui,
            reference: String::new(),
        });
        let declaration = DeclarationSousNiveau3 { declaree_le: aujourdhui, fin_declaree_le: None, annulee_le: None };
        let situation = Situation {
            activites,
            attestations: attestation.into_iter().collect(),
            sous_niveau_3: self.sous_niveau_3.then_some(declaration).into_iter().collect(),
            boeth: self.boeth.then_some(Periode { du: debut, au: None }).into_iter().collect(),
            ..Situation::default()
        };
        Ok(Simulation { situation, au: Jour::date(jusqu_a, 12, 31) })
    }
}

/// A year from one bound to the other, both included.
fn annee(texte: &str, de: u16, a: u16) -> Result<u16, Faute> {
    let refus = Faute::AnneeHorsBornes { de: borne(de), a: borne(a) };
    let texte = mesure(texte)?.trim();
    let annee = if texte.len() == 4 { texte.parse().map_err(|_| refus)? } else { 0 };
    if (de..=a).contains(&annee) { Ok(annee) } else { Err(refus) }
}

/// A bound is a year of this century: always one that travels.
fn borne(annee: u16) -> Annee {
    Annee::new(annee).unwrap_or(Annee::PREMIERE)
}

fn emploi(texte: &str) -> Result<Emploi, Faute> {
    Emploi::par_code(texte).ok_or(Faute::EmploiManquant)
}

/// « 1607 », « 803,5 »: hours in a year, for whom they are asked.
fn heures(emploi: Option<Emploi>, texte: &str) -> Result<DureeTravaillee, Faute> {
    if emploi != Some(Emploi::Salarie) {
        return Ok(DureeTravaillee::ZERO);
    }
    let compact: String = mesure(texte)?.chars().filter(|c| !c.is_whitespace()).collect();
    let (entieres, fraction) = compact.split_once([',', '.']).unwrap_or((&compact, ""));
    let chiffres = |t: &str, au_plus: usize| t.len() <= au_plus && t.bytes().all(|c| c.is_ascii_digit());
    if entieres.is_empty() || !chiffres(entieres, 4) || !chiffres(fraction, 2) {
        return Err(Faute::HeuresParAn);
    }
    let centiemes: u32 =
        [entieres, fraction, &"00"[fraction.len()..]].concat().parse().map_err(|_| Faute::HeuresParAn)?;
    match centiemes {
        1.. if centiemes <= HEURES_PAR_AN * 100 => Ok(DureeTravaillee::de_centiemes(centiemes)),
        _ => Err(Faute::HeuresParAn),
    }
}

fn dif(texte: &str, aujourdhui: Jour) -> Result<Option<Heures>, Faute> {
    match mesure(texte)?.trim() {
        "" => Ok(None),
        texte => lire_heures(texte, aujourdhui, &Bareme::EN_VIGUEUR).map(Some).map_err(Faute::Heures),
    }
}
