//! « Et si ? »: a working life supposed by anybody, in a form; no identity, no account.
//!
//! From a year on, one situation; from another year on, if it is given, another one. The statement that follows is
//! computed by the same rules as everybody's ([`crate::droits::calculer`]). What an operator sets for the accounts is not
//! known here: the barème as it is stands for it.

use std::fmt::Write as _;

use crate::bareme::Bareme;
use crate::dif::{Rapport, lire_heures};
use crate::droits::{
    Activite, AttestationDeclaree, DeclarationSousNiveau3, Periode, Provenance, Situation, Statut, Travail,
};
use crate::formulaire::{Champ, Erreurs, Faute, Formulaire, mesure};
use crate::mesures::{Annee, DureeTravaillee, Heures, Jour, Jours, MoisDeLAnnee};

/// What a person does for a living, as the form asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emploi {
    /// An employee of the private sector, so many hours a year.
    Salarie,
    /// Without employment: nothing is acquired.
    SansEmploi,
    /// Self-employed all the year, the contribution to training being paid.
    Independant,
    /// Self-employed all the year, the contribution not being paid.
    IndependantSansContribution,
    /// Admitted to an ESAT.
    Esat,
    /// A public agent, full time: the account is kept in hours.
    AgentPublic,
    /// The same, of category C and without a diploma of level 3.
    AgentPublicSousNiveau3,
}

impl Emploi {
    /// Every one, in the order of the screen.
    pub const TOUS: [Self; 7] = [
        Self::Salarie,
        Self::SansEmploi,
        Self::Independant,
        Self::IndependantSansContribution,
        Self::Esat,
        Self::AgentPublic,
        Self::AgentPublicSousNiveau3,
    ];

    /// The word that names it in a form and in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Salarie => "salarie",
            Self::SansEmploi => "sans-emploi",
            Self::Independant => "independant",
            Self::IndependantSansContribution => "independant-sans-contribution",
            Self::Esat => "esat",
            Self::AgentPublic => "agent-public",
            Self::AgentPublicSousNiveau3 => "agent-public-c",
        }
    }

    /// The one that this word names.
    pub fn par_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|emploi| emploi.code() == code)
    }
}

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
            heures: temps_plein(aujourdhui).centiemes().div_euclid(100).to_string(),
            jusqu_a: (annee + 5).to_string(),
            ..Self::default()
        }
    }

    /// The answers in the fragment of an address: « depuis=2020&emploi=salarie… ». Holds nothing of the person.
    pub fn en_lien(&self) -> String {
        let mut lien = String::new();
        for (nom, texte) in self.textes() {
            let texte = texte.trim();
            if !texte.is_empty() {
                let separe = if lien.is_empty() { "" } else { "&" };
                // Writing into a text cannot fail.
                let _written = write!(lien, "{separe}{nom}={}", texte.replace(|c: char| !est_de_lien(c), ""));
            }
        }
        for (nom, coche) in [("sous-niveau-3", self.sous_niveau_3), ("boeth", self.boeth)] {
            if coche {
                let _written = write!(lien, "&{nom}=oui");
            }
        }
        lien
    }

    /// The answers of such a fragment; what it does not know is left out, what it lacks stays empty.
    ///
    /// ```
    /// use domaine::mesures::Jour;
    /// use domaine::simulation::SaisieSimulation;
    ///
    /// let saisie = SaisieSimulation::proposee(Jour::date(2026, 11, 24));
    /// assert_eq!(SaisieSimulation::de_lien(&saisie.en_lien()), saisie);
    /// ```
    pub fn de_lien(lien: &str) -> Self {
        let mut saisie = Self::default();
        for (nom, texte) in lien.split('&').filter_map(|partie| partie.split_once('=')) {
            if texte.len() > 40 || !texte.chars().all(est_de_lien) {
                continue;
            }
            match nom {
                "sous-niveau-3" => saisie.sous_niveau_3 = texte == "oui",
                "boeth" => saisie.boeth = texte == "oui",
                _ => {
                    if let Some(place) = saisie.place(nom) {
                        texte.clone_into(place);
                    }
                }
            }
        }
        saisie
    }

    fn textes(&self) -> [(&'static str, &str); 8] {
        [
            (ChampSimulation::Depuis.id(), &self.depuis),
            (ChampSimulation::Emploi.id(), &self.emploi),
            (ChampSimulation::Heures.id(), &self.heures),
            (ChampSimulation::Changement.id(), &self.changement),
            (ChampSimulation::Ensuite.id(), &self.ensuite),
            (ChampSimulation::HeuresEnsuite.id(), &self.heures_ensuite),
            (ChampSimulation::Dif.id(), &self.dif),
            (ChampSimulation::JusquA.id(), &self.jusqu_a),
        ]
    }

    fn place(&mut self, nom: &str) -> Option<&mut String> {
        Some(match ChampSimulation::par_id(nom)? {
            ChampSimulation::Depuis => &mut self.depuis,
            ChampSimulation::Emploi => &mut self.emploi,
            ChampSimulation::Heures => &mut self.heures,
            ChampSimulation::Changement => &mut self.changement,
            ChampSimulation::Ensuite => &mut self.ensuite,
            ChampSimulation::HeuresEnsuite => &mut self.heures_ensuite,
            ChampSimulation::Dif => &mut self.dif,
            ChampSimulation::JusquA => &mut self.jusqu_a,
            ChampSimulation::SousNiveau3 | ChampSimulation::Boeth => return None,
        })
    }
}

/// What may stand in a shared address as it is.
fn est_de_lien(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | ',' | '.')
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
            .filter_map(|annee| une_annee(annee, if annee < changement { avant } else { apres }, ici))
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

/// A year of that life; nothing without employment. A year that is not over is supposed.
fn une_annee(annee: u16, (emploi, heures): (Emploi, DureeTravaillee), ici: u16) -> Option<Activite> {
    let en_heures = |faites| Travail::Heures { faites, reference: None };
    let exercice = Jours::entiers(if Jour::jours_du_mois(annee, 2) == 29 { 366 } else { 365 });
    let independant = |cotisation_payee_le| {
        (Statut::Independant { cotisation_payee_le }, Travail::Jours { faits: exercice, accord: None })
    };
    // For an ESAT and a public agent it only says that there was work.
    let plein = temps_plein(Jour::date(annee, 12, 31));
    let (statut, travail) = match emploi {
        Emploi::SansEmploi => return None,
        Emploi::Salarie => (Statut::Salarie, en_heures(heures)),
        Emploi::Independant => independant(Some(Jour::date(annee, 12, 31))),
        Emploi::IndependantSansContribution => independant(None),
        Emploi::Esat => (Statut::Esat, en_heures(plein)),
        Emploi::AgentPublic | Emploi::AgentPublicSousNiveau3 => {
            let sans_niveau_3 = emploi == Emploi::AgentPublicSousNiveau3;
            (Statut::AgentPublic { sans_niveau_3, non_complet: false }, en_heures(plein))
        }
    };
    let provenance = if annee < ici { Provenance::Titulaire } else { Provenance::Projection };
    let boeth = MoisDeLAnnee::AUCUN;
    Some(Activite { annee: Annee::new(annee).ok()?, statut, travail, absences: Vec::new(), boeth, provenance })
}

/// A legal full year on that day.
fn temps_plein(jour: Jour) -> DureeTravaillee {
    Bareme::EN_VIGUEUR.duree_de_reference.au(jour).map_or(DureeTravaillee::ZERO, |valeur| valeur.vaut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::droits::calculer;
    use crate::mesures::Euros;

    const JOUR: Jour = Jour::date(2026, 11, 24);

    fn saisie(lien: &str) -> SaisieSimulation {
        SaisieSimulation::de_lien(lien)
    }

    fn solde(lien: &str) -> Euros {
        let simulation = saisie(lien).valider(JOUR).expect("a good form");
        calculer(&simulation.situation, simulation.au, &Bareme::EN_VIGUEUR).solde
    }

    #[test]
    fn each_supposed_life_gives_what_the_rules_say() {
        // Credited in the year that follows: up to the end of 2030, the years up to 2029 count.
        for (lien, euros) in [
            ("depuis=2026&emploi=salarie&heures-par-an=1607&jusqu-a=2030", "2000.00"),
            ("depuis=2026&emploi=salarie&heures-par-an=803,5&jusqu-a=2030", "2000.00"),
            ("depuis=2026&emploi=salarie&heures-par-an=803&jusqu-a=2027", "249.85"),
            ("depuis=2026&emploi=sans-emploi&jusqu-a=2030", "0.00"),
            ("depuis=2026&emploi=independant&jusqu-a=2027", "500.00"),
            ("depuis=2026&emploi=independant-sans-contribution&jusqu-a=2027", "0.00"),
            ("depuis=2026&emploi=esat&jusqu-a=2027", "800.00"),
            ("depuis=2026&emploi=salarie&heures-par-an=1607&jusqu-a=2027&sous-niveau-3=oui", "800.00"),
            ("depuis=2026&emploi=salarie&heures-par-an=1607&jusqu-a=2027&boeth=oui", "800.00"),
            ("depuis=2026&emploi=salarie&heures-par-an=1607&jusqu-a=2027&dif=87", "1805.00"),
            ("depuis=2019&emploi=salarie&heures-par-an=1607&jusqu-a=2040", "5000.00"),
            (
                "depuis=2026&emploi=salarie&heures-par-an=1607&changement=2028&ensuite=sans-emploi&jusqu-a=2032",
                "1000.00",
            ),
        ] {
            assert_eq!(solde(lien).to_string(), euros, "{lien}");
        }
    }

    // Source: Code du travail, R6323-3-1, II: from the credit of the year of the declaration.
    #[test]
    fn the_level_of_diploma_is_declared_today_and_raises_no_year_before() {
        for (depuis, jusqu_a, euros) in [
            // Six years of 500 €, then 2026 and 2027.
            (2020, 2028, "4600.00"),
            (2025, 2026, "500.00"),
            (2026, 2027, "800.00"),
            (2028, 2029, "800.00"),
        ] {
            let lien = format!("depuis={depuis}&emploi=salarie&heures-par-an=1607&jusqu-a={jusqu_a}&sous-niveau-3=oui");
            assert_eq!(solde(&lien).to_string(), euros, "{lien}");
        }
    }

    #[test]
    fn an_agent_of_category_c_below_level_3_gets_more_hours() {
        for (code, heures) in [("agent-public", 50), ("agent-public-c", 100)] {
            let simulation = saisie(&format!("depuis=2026&emploi={code}&jusqu-a=2027")).valider(JOUR).expect("a form");
            let releve = calculer(&simulation.situation, simulation.au, &Bareme::EN_VIGUEUR);
            assert_eq!(releve.solde_heures.nombre(), heures, "{code}");
        }
    }

    #[test]
    fn every_fault_is_at_its_field() {
        let fautes = |lien: &str| {
            let erreurs = saisie(lien).valider(JOUR).expect_err("a bad form");
            erreurs.dans_l_ordre().into_iter().map(|(champ, _)| champ.id()).collect::<Vec<_>>()
        };
        assert_eq!(fautes(""), ["depuis", "emploi", "jusqu-a"]);
        assert_eq!(
            fautes("depuis=2014&emploi=salarie&heures-par-an=2500&jusqu-a=2067"),
            ["depuis", "heures-par-an", "jusqu-a"]
        );
        assert_eq!(
            fautes(
                "depuis=2020&emploi=sans-emploi&jusqu-a=2030&changement=2031&ensuite=salarie&heures-par-an-ensuite=8.125&dif=121"
            ),
            ["changement", "heures-par-an-ensuite", "dif"]
        );
        assert_eq!(fautes("depuis=2030&emploi=esat&jusqu-a=2029"), ["jusqu-a"]);
    }

    #[test]
    fn a_link_holds_the_hypotheses_and_nothing_else() {
        let lien = "depuis=2020&emploi=salarie&heures-par-an=803,5&jusqu-a=2030&boeth=oui";
        assert_eq!(saisie(lien).en_lien(), lien);
        assert_eq!(saisie("nom=Ambroise&depuis=<b>&emploi=esat&x").en_lien(), "emploi=esat");
    }
}
